//! The desk's thread: it answers one question after the other, and does what takes its time.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::pending::Pending;
use crate::domain::actor::Actor;
use crate::domain::complaint::{Aside, ComplaintEvent};
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::inbox::{Counts, Group, InboxItem};
use crate::service::complaints::{ComplaintError, ComplaintFile, Complaints, GROUP, Openings};
use crate::service::errand::Wake;
use crate::store::reader::Which;

/// Complaints of one page: more than anybody looks through at once.
pub const PAGE: usize = 50;
/// The most complaints whose incidents are kept in mind: the guide asks only for those that are
/// open or were closed lately.
const LINKS: usize = 200;
/// An answer that took this long is followed by a pause of so many times that: however many
/// complaints there are and however fast more come, the list takes no more than a part of a core.
const SLOW: Duration = Duration::from_millis(20);
const PAUSE: u32 = 4;

pub(super) enum Question {
    List {
        which: Which,
        first: usize,
        now: DateTime<Utc>,
    },
    ComplaintFile(ComplaintId),
    Sweep {
        group: Group,
        at: DateTime<Utc>,
    },
}

pub(super) enum Told {
    List(Result<Box<Listing>, ComplaintError>),
    ComplaintFile(ComplaintId, Result<Box<ComplaintFile>, ComplaintError>),
    Swept,
}

/// A page of the list, and what there is besides.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The complaints of the page, in their order.
    pub matters: Vec<InboxItem>,
    /// Number of the first of them in its list, from 0.
    pub first: usize,
    /// How many complaints the list holds.
    pub listed: usize,
    /// How many complaints there are of each place.
    pub counts: Counts,
    /// The groups, each a row of the list: bursts, then what lies aside.
    pub groups: Vec<Group>,
    /// When time alone next changes the list.
    pub next_due: Option<DateTime<Utc>>,
    /// How much of the list is there, in percent, while it is being made anew.
    pub growing: Option<u8>,
    /// The first line of each complaint of the page; none while the staff area is locked.
    pub openings: Openings,
    /// The complaint that an incident belongs to.
    pub(super) links: HashMap<IncidentId, ComplaintId>,
    pub(super) which: Which,
}

impl Listing {
    /// Brings the page up to date with what was done, at `now`.
    pub(super) fn take_in(&mut self, done: &Pending, now: DateTime<Utc>) {
        if let ComplaintEvent::Linked { incident } = &done.event {
            self.links.insert(incident.clone(), done.complaint.clone());
        }
        let shown = self
            .matters
            .iter_mut()
            .find(|one| one.complaint.id == done.complaint);
        if let Some(matter) = shown {
            let before = matter.attention(now);
            done.apply_to_matter(matter);
            self.counts.shift(before, matter.attention(now));
        }
    }
}

/// Answers until nobody asks any more.
pub(super) fn work(
    complaints: &Complaints,
    asked: &Receiver<(u64, Question)>,
    tell: &Sender<(u64, Told)>,
    wake: &Wake,
) {
    // The list waits out its pause; whatever else is asked does not.
    let mut later: Option<(u64, Question)> = None;
    let mut pause = Instant::now();
    loop {
        let left = pause.saturating_duration_since(Instant::now());
        let next = match later.take() {
            None => asked.recv().ok(),
            Some(list) => match asked.recv_timeout(left) {
                Ok(other) => {
                    later = Some(list);
                    Some(other)
                }
                Err(RecvTimeoutError::Timeout) => Some(list),
                Err(RecvTimeoutError::Disconnected) => None,
            },
        };
        let Some((number, question)) = next else {
            return;
        };
        let began = Instant::now();
        let is_list = matches!(question, Question::List { .. });
        if is_list && pause > began {
            later = Some((number, question));
            continue;
        }
        let told = answer(complaints, question);
        let took = began.elapsed();
        if is_list && took > SLOW {
            pause = Instant::now() + took * PAUSE;
        }
        if tell.send((number, told)).is_err() {
            return;
        }
        wake();
    }
}

fn answer(complaints: &Complaints, question: Question) -> Told {
    match question {
        Question::List { which, first, now } => {
            Told::List(list(complaints, which, first, now).map(Box::new))
        }
        Question::ComplaintFile(id) => {
            let file = complaints.file(&id).map(Box::new);
            Told::ComplaintFile(id, file)
        }
        Question::Sweep { group, at } => {
            sweep(complaints, group, at);
            Told::Swept
        }
    }
}

fn list(
    complaints: &Complaints,
    which: Which,
    first: usize,
    now: DateTime<Utc>,
) -> Result<Listing, ComplaintError> {
    let page = complaints.page(which, now, first, PAGE)?;
    let mut links = HashMap::new();
    // The newest first: an incident keeps the latest that belongs to it.
    for one in complaints.linked(LINKS)? {
        for incident in one.incidents {
            links.entry(incident).or_insert_with(|| one.id.clone());
        }
    }
    let openings = complaints.openings(&page.complaints);
    Ok(Listing {
        openings,
        matters: page.complaints.into_iter().map(InboxItem::of).collect(),
        first,
        listed: page.listed,
        counts: page.counts,
        groups: page.groups,
        next_due: page.next_due,
        growing: page.growing,
        links,
        which,
    })
}

/// Puts a burst aside, or back what lies aside. The group is looked for again before each part,
/// so that none goes with it that somebody has accepted or added to meanwhile.
fn sweep(complaints: &Complaints, group: Group, at: DateTime<Utc>) {
    let mut left = group.count;
    while left > 0 {
        let Ok(some) = complaints.of_group(group, GROUP.min(left)) else {
            return;
        };
        if some.is_empty() {
            return;
        }
        left = left.saturating_sub(some.len());
        let event = || match group.aside {
            None => ComplaintEvent::PutAside { why: Aside::Burst },
            Some(_) => ComplaintEvent::PutBack {},
        };
        let events = some.into_iter().map(|one| (one.id, event())).collect();
        // The screen says by itself that the disk refuses; what was handed over stays queued.
        if complaints
            .record_all(Some(Actor::SignedIn), events, at)
            .is_err()
        {
            return;
        }
    }
}
