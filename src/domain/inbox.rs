//! The order in which the staff see complaints: what is overdue, what waits for them, the rest.

use chrono::{DateTime, Utc};

use super::complaint::{Complaint, Due};

/// A complaint with what has to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxItem {
    /// Where it stands.
    pub complaint: Complaint,
    /// What has to be done next, and by when.
    pub due: Option<Due>,
}

/// How much a complaint wants to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// The branch's own time for it is over.
    Overdue,
    /// The customer has written since the staff last did anything.
    Waiting,
    /// Nothing presses.
    Calm,
    /// It came with many others at once, and lies aside.
    Aside,
    /// Its words are gone.
    Erased,
}

impl InboxItem {
    /// The complaint under what was promised for it.
    pub fn of(complaint: Complaint) -> Self {
        let due = complaint.due();
        Self { complaint, due }
    }

    /// How much it wants to be seen.
    pub fn attention(&self, now: DateTime<Utc>) -> Attention {
        if self.complaint.erased.is_some() {
            Attention::Erased
        } else if self.complaint.aside.is_some() {
            Attention::Aside
        } else if self.due.is_some_and(|due| due.by() <= now) {
            Attention::Overdue
        } else if self.complaint.waiting {
            Attention::Waiting
        } else {
            Attention::Calm
        }
    }
}

/// How many complaints there are of each place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Overdue.
    pub overdue: usize,
    /// Waiting, and not overdue.
    pub waiting: usize,
    /// Neither.
    pub calm: usize,
    /// Lying aside.
    pub aside: usize,
    /// Erased.
    pub erased: usize,
}

impl Counts {
    /// All of them.
    pub fn all(&self) -> usize {
        self.overdue + self.waiting + self.calm + self.aside + self.erased
    }

    /// Those that want to be seen.
    pub fn pressing(&self) -> usize {
        self.overdue + self.waiting
    }

    /// One complaint changes its place.
    pub fn shift(&mut self, from: Attention, to: Attention) {
        let from = self.of(from);
        *from = from.saturating_sub(1);
        *self.of(to) += 1;
    }

    fn of(&mut self, place: Attention) -> &mut usize {
        match place {
            Attention::Overdue => &mut self.overdue,
            Attention::Waiting => &mut self.waiting,
            Attention::Calm => &mut self.calm,
            Attention::Aside => &mut self.aside,
            Attention::Erased => &mut self.erased,
        }
    }
}

/// Complaints that are one row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Whether they lie aside already, since when; else they are a burst that nobody has looked
    /// at.
    pub aside: Option<DateTime<Utc>>,
    /// When the first of them came.
    pub from: DateTime<Utc>,
    /// When the last of them came.
    pub to: DateTime<Utc>,
    /// How many they are.
    pub count: usize,
}

/// The length of the slots in which untouched complaints are counted, in milliseconds: ten
/// minutes.
pub const SLOT: i64 = 600_000;
/// So many untouched complaints of one slot are a burst: more than a lobby writes by itself …
pub const BURST: usize = 20;
/// … with which slots of so many before and behind it go: what the limits let through of a flood.
pub const TAIL: usize = 5;
/// The most groups of either kind that the list shows.
pub const GROUPS: usize = 20;

/// The bursts among untouched complaints, the newest first. `slots` are in the order of time,
/// each with the first and the last time in it.
pub fn bursts(slots: &[(DateTime<Utc>, DateTime<Utc>, usize)]) -> Vec<Group> {
    let slot = |at: DateTime<Utc>| at.timestamp_millis().div_euclid(SLOT);
    // Runs of slots, each with the most of one slot.
    let mut runs: Vec<(Group, usize)> = Vec::new();
    for &(from, to, count) in slots.iter().filter(|one| one.2 >= TAIL) {
        match runs.last_mut() {
            Some((run, most)) if slot(from) - slot(run.to) <= 1 => {
                run.to = to;
                run.count += count;
                *most = count.max(*most);
            }
            _ => {
                let aside = None;
                let run = Group {
                    aside,
                    from,
                    to,
                    count,
                };
                runs.push((run, count));
            }
        }
    }
    let found = runs.into_iter().filter(|(_, most)| *most >= BURST);
    found.map(|(run, _)| run).rev().take(GROUPS).collect()
}
