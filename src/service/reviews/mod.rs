//! The review of an incident and the actions that follow, as the staff see to them on the screen. A
//! short thread reads what is looked at; what is done shows at once and is recorded behind it.

mod listing;

use std::cell::{Cell, Ref, RefCell};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::archive::Unread;
use super::errand::{Errands, Wake};
use super::in_force::Current;
use super::recorder::{Recorded, Recorder};
use super::records::Records;
use super::reporting;
use crate::config::settings::Settings;
use crate::domain::actor::Actor;
use crate::domain::entry::review_topic;
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::plan::Plan;
use crate::domain::report::Report;
use crate::domain::review::{Asked, Planned, Review, ReviewEvent};
pub use listing::{ActionFilter, ActionPage, Counted, Listed};

/// The most actions of one list: those that are due first.
pub const MOST_LISTED: usize = 200;

/// Reads a plan that is no longer in force from its text.
pub type ReadPlan = fn(&str) -> Plan;

/// An incident with its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What its record tells.
    pub report: Report,
    /// What was said of it since.
    pub review: Review,
}

impl Opened {
    /// The event that finalises the review as it stands.
    pub fn finalised(&self) -> ReviewEvent {
        let last = self.report.timeline.last();
        let record = last.map_or_else(|| EntryId::from(""), |last| last.entry.clone());
        ReviewEvent::Finalised {
            version: self.review.next_version(),
            digest: digest_of(&self.review.text(&record)),
            record,
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn digest_of(text: &str) -> String {
    base16ct::lower::encode_string(&Sha256::digest(text.as_bytes()))
}

/// What a thread has read.
enum Told {
    Counted(Result<Counted, Unread>),
    Review(Result<Box<Opened>, Unread>),
    Actions(Result<ActionPage, Unread>),
}

/// The reviews as the staff see to them.
pub struct Reviews {
    errands: Errands<(u64, Told)>,
    read_plan: Option<ReadPlan>,
    asked: Cell<u64>,
    answered: Cell<u64>,
    counting: Cell<usize>,
    counted: Cell<Counted>,
    opened: RefCell<Option<Box<Opened>>>,
    actions: RefCell<ActionPage>,
    unread: RefCell<Option<Unread>>,
    /// What was done since somebody came in, or is not on the disk yet: what is read meanwhile may not
    /// hold it. To take it in twice is to take it in once.
    done: RefCell<Vec<(IncidentId, DateTime<Utc>, ReviewEvent)>>,
}

impl Default for Reviews {
    fn default() -> Self {
        Self::new(Arc::new(|| {}), None)
    }
}

impl Reviews {
    /// Calls `wake` whenever [`Reviews::take_in`] has something; plans that are no longer in force are
    /// read by `read_plan`; without it the one in force stands for them.
    pub fn new(wake: Wake, read_plan: Option<ReadPlan>) -> Self {
        Self {
            errands: Errands::new(wake),
            read_plan,
            asked: Cell::default(),
            answered: Cell::default(),
            counting: Cell::default(),
            counted: Cell::default(),
            opened: RefCell::default(),
            actions: RefCell::default(),
            unread: RefCell::default(),
            done: RefCell::default(),
        }
    }

    /// Opens the review of an incident in the journal of `data`.
    pub fn open(&self, data: &Path, id: &IncidentId, current: Arc<Current>, now: DateTime<Utc>) {
        self.opened.take();
        let (id, read_plan) = (id.clone(), self.read_plan);
        self.ask(data, move |data| {
            let read = Records::open(data).and_then(|records| {
                let read = |text: &str| match read_plan {
                    Some(read) => read(text),
                    None => (*current.plan).clone(),
                };
                let report = reporting::report(&records, id.as_str(), &current, &read, now)?;
                let review = records.review(&id)?;
                Ok(Box::new(Opened { report, review }))
            });
            Told::Review(read.map_err(Unread::Store))
        });
    }

    /// Looks for the actions that `filter` takes in the journal of `data`.
    pub fn look_for(&self, data: &Path, filter: ActionFilter) {
        self.ask(data, move |data| {
            let read = Records::open(data);
            let read = read.and_then(|records| records.actions(&filter, MOST_LISTED));
            Told::Actions(read.map_err(Unread::Store))
        });
    }

    /// Counts reviews and actions in the journal of `data`, as things stand at `now`.
    pub fn count(&self, data: &Path, asked: Asked, settings: Arc<Settings>, now: DateTime<Utc>) {
        self.counting.set(self.counting.get() + 1);
        let data = data.to_owned();
        let work = move || {
            let counted = Records::open(&data)
                .and_then(|records| records.count_reviews(&asked, &settings, now));
            (0, Told::Counted(counted.map_err(Unread::Store)))
        };
        let failed = |why| (0, Told::Counted(Err(Unread::NoThread(why))));
        self.errands.send("reviews", work, failed);
    }

    /// What was counted last.
    pub fn counted(&self) -> Counted {
        self.counted.get()
    }

    /// The review that is open, once it is read.
    pub fn opened(&self) -> Option<Ref<'_, Opened>> {
        Ref::filter_map(self.opened.borrow(), Option::as_deref).ok()
    }

    /// The list of actions that was read last.
    pub fn actions(&self) -> Ref<'_, ActionPage> {
        self.actions.borrow()
    }

    /// What an action says that is at hand: of the review that is open, or of the list.
    pub fn planned(&self, incident: &IncidentId, number: u32) -> Option<Planned> {
        let of_open = self.opened().and_then(|opened| {
            let review = Some(&opened.review).filter(|one| one.incident == *incident)?;
            let mut actions = review.content.actions.iter();
            let found = actions.find(|one| one.number == number);
            found.map(|one| one.planned.clone())
        });
        of_open.or_else(|| {
            let page = self.actions();
            let is_it = |one: &&Listed| one.incident == *incident && one.action.number == number;
            let found = page.listed.iter().find(is_it);
            found.map(|one| one.action.planned.clone())
        })
    }

    /// Why there is nothing to be seen, where the last answer said so.
    pub fn unread(&self) -> Ref<'_, Option<Unread>> {
        self.unread.borrow()
    }

    /// Whether an answer is still to come.
    pub fn is_reading(&self) -> bool {
        self.answered.get() < self.asked.get() || self.counting.get() > 0
    }

    /// Records what somebody who is signed in did about an incident's review, and shows it at once.
    pub fn act(&self, recorder: &Recorder, id: &IncidentId, event: ReviewEvent) {
        let act = recorder.act(&review_topic(id), event.clone());
        let act = act.by(Actor::SignedIn);
        self.take_up(id, act.at(), &event);
        self.done.borrow_mut().push((id.clone(), act.at(), event));
        recorder.record(act);
    }

    /// Nothing of it is at hand any more, but what was done and is not on the disk yet: whoever comes in
    /// next would not find it there.
    pub fn forget(&self, recorded: Recorded) {
        // An answer that is under way is nobody's.
        self.asked.set(self.asked.get() + 1);
        self.answered.set(self.asked.get());
        self.opened.take();
        self.actions.take();
        self.unread.take();
        if recorded == Recorded::Yes {
            self.done.take();
        }
        self.counted.take();
    }

    /// Waits until what was asked for is read, for a picture.
    pub fn wait(&self) {
        while self.is_reading() {
            let Some(told) = self.errands.wait() else {
                return;
            };
            self.take(told);
        }
    }

    /// Takes in what was read; says whether there was anything.
    pub fn take_in(&self) -> bool {
        let mut any = false;
        while let Some(told) = self.errands.answer() {
            any |= self.take(told);
        }
        any
    }

    fn take(&self, (number, told): (u64, Told)) -> bool {
        if let Told::Counted(counted) = told {
            self.counting.set(self.counting.get().saturating_sub(1));
            // What cannot be counted is said where it cannot be listed.
            self.counted.set(counted.unwrap_or_default());
            return true;
        }
        // Somebody may have asked for something else meanwhile.
        if number != self.asked.get() {
            return false;
        }
        self.answered.set(number);
        self.unread.take();
        match told {
            Told::Review(Ok(opened)) => drop(self.opened.replace(Some(opened))),
            Told::Actions(Ok(page)) => drop(self.actions.replace(page)),
            Told::Review(Err(why)) | Told::Actions(Err(why)) => {
                self.unread.replace(Some(why));
            }
            Told::Counted(_) => {}
        }
        for (id, at, event) in &*self.done.borrow() {
            self.take_up(id, *at, event);
        }
        true
    }

    /// Takes in what was done, wherever it shows.
    fn take_up(&self, id: &IncidentId, at: DateTime<Utc>, event: &ReviewEvent) {
        if let Some(opened) = &mut *self.opened.borrow_mut()
            && opened.review.incident == *id
        {
            opened.review.apply(at, event);
        }
        let listed = &mut self.actions.borrow_mut().listed;
        for one in listed.iter_mut().filter(|one| one.incident == *id) {
            let mut alone = Review::of(id);
            alone.content.actions.push(one.action.clone());
            alone.apply(at, event);
            // What is added meanwhile is another one's.
            if let Some(action) = alone.content.actions.into_iter().next() {
                one.action = action;
            }
        }
    }

    fn ask(&self, data: &Path, read: impl FnOnce(&Path) -> Told + Send + 'static) {
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let data = data.to_owned();
        let failed = move |why| (number, Told::Actions(Err(Unread::NoThread(why))));
        let work = move || (number, read(&data));
        self.errands.send("reviews", work, failed);
    }
}
