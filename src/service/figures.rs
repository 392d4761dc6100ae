//! Statistics as the staff look at them on the screen. A short thread counts, one at a time; what was
//! counted before stays in sight meanwhile, and what happens since has it counted again.

use std::cell::{Cell, Ref, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::archive::Unread;
use super::errand::{Errands, Wake};
use super::in_force::Current;
use super::journal::Notice;
use super::records::Records;
use super::statistics::Counted;
use crate::domain::entry::Event;
use crate::domain::statistics::Period;

/// What is counted, and by what.
#[derive(Clone)]
struct Asked {
    data: PathBuf,
    current: Arc<Current>,
    period: Period,
    now: DateTime<Utc>,
    /// Tells it from what whoever looked before has asked for.
    number: u64,
}

impl Asked {
    fn count(&self) -> Result<Counted, Unread> {
        let (plan, zone) = (&self.current.plan, self.current.settings.branch.time_zone);
        let records = Records::open(&self.data).map_err(Unread::Store)?;
        let counted = records.count(self.period, plan, zone, self.now);
        counted.map_err(Unread::Store)
    }
}

/// What a thread has counted.
struct Told {
    number: u64,
    at: DateTime<Utc>,
    counted: Result<Box<Counted>, Unread>,
}

/// What was counted, and as things stood when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The numbers.
    pub counted: Counted,
    /// The moment.
    pub at: DateTime<Utc>,
}

/// The statistics as the staff look at them.
pub struct Figures {
    errands: Errands<Told>,
    wanted: RefCell<Option<Asked>>,
    asked: Cell<u64>,
    /// A thread is counting.
    busy: Cell<bool>,
    /// Something has happened since it began to.
    stale: Cell<bool>,
    shown: RefCell<Option<Box<Shown>>>,
    unread: RefCell<Option<Unread>>,
}

impl Default for Figures {
    fn default() -> Self {
        Self::new(Arc::new(|| {}))
    }
}

impl Figures {
    /// Calls `wake` whenever [`Figures::take_in`] has something.
    pub fn new(wake: Wake) -> Self {
        Self {
            errands: Errands::new(wake),
            wanted: RefCell::default(),
            asked: Cell::default(),
            busy: Cell::default(),
            stale: Cell::default(),
            shown: RefCell::default(),
            unread: RefCell::default(),
        }
    }

    /// Has `period` counted in the journal of `data` by what is in force, as things stand at `now`.
    pub fn look_at(&self, data: &Path, current: &Arc<Current>, period: Period, now: DateTime<Utc>) {
        self.asked.set(self.asked.get() + 1);
        self.wanted.replace(Some(Asked {
            data: data.to_owned(),
            current: Arc::clone(current),
            period,
            now,
            number: self.asked.get(),
        }));
        self.begin();
    }

    /// Counts again what is looked at, where something has happened since, something else is in force, or
    /// the wall clock shows another minute: what is still owed becomes late by itself.
    pub fn keep_up(&self, current: &Arc<Current>, now: DateTime<Utc>) {
        let is_old = {
            let mut wanted = self.wanted.borrow_mut();
            let Some(asked) = wanted.as_mut().filter(|_| !self.busy.get()) else {
                return;
            };
            let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
            let is_old = self.stale.get()
                || asked.current.version != current.version
                || minute(asked.now) != minute(now);
            if is_old {
                asked.now = now;
                asked.current = Arc::clone(current);
            }
            is_old
        };
        if is_old {
            self.begin();
        }
    }

    /// Hears what the journal says.
    pub fn heard(&self, notice: &Notice) {
        let is_news = match notice {
            Notice::Recorded(entries) => entries
                .iter()
                .any(|entry| matches!(entry.draft.event, Event::Incident(_) | Event::Complaint(_))),
            Notice::Holds(_)
            | Notice::SetAside(_)
            | Notice::Mended
            | Notice::PutBack
            | Notice::LeftBehind => true,
            Notice::Listing(lists) => lists.are_whole(),
            Notice::Failed { .. } | Notice::Refused { .. } | Notice::UnfitDisk { .. } => false,
        };
        if is_news {
            self.stale.set(true);
        }
    }

    /// What was counted last.
    pub fn shown(&self) -> Option<Ref<'_, Shown>> {
        Ref::filter_map(self.shown.borrow(), Option::as_deref).ok()
    }

    /// Why there is nothing to be seen, where the last answer said so.
    pub fn unread(&self) -> Ref<'_, Option<Unread>> {
        self.unread.borrow()
    }

    /// Whether an answer is still to come.
    pub fn is_reading(&self) -> bool {
        self.busy.get()
    }

    /// Nobody looks at it any more.
    pub fn forget(&self) {
        self.wanted.take();
        self.shown.take();
        self.unread.take();
    }

    /// Waits until what was asked for is counted, for a picture.
    pub fn wait(&self) {
        while self.busy.get() {
            let Some(told) = self.errands.wait() else {
                return;
            };
            self.take(told);
        }
    }

    /// Takes in what was counted; says whether there was anything.
    pub fn take_in(&self) -> bool {
        let mut any = false;
        while let Some(told) = self.errands.answer() {
            any |= self.take(told);
        }
        any
    }

    fn take(&self, told: Told) -> bool {
        self.busy.set(false);
        let wanted = self.wanted.borrow().as_ref().map(|one| one.number);
        if wanted != Some(told.number) {
            // Somebody has asked for something else meanwhile, or for nothing any more.
            if wanted.is_some() {
                self.begin();
            }
            return false;
        }
        self.unread.take();
        match told.counted {
            Ok(counted) => drop(self.shown.replace(Some(Box::new(Shown {
                counted: *counted,
                at: told.at,
            })))),
            Err(why) => drop(self.unread.replace(Some(why))),
        }
        true
    }

    /// Has a thread count what is wanted, unless one is counting already.
    fn begin(&self) {
        let Some(asked) = self.wanted.borrow().clone() else {
            return;
        };
        if self.busy.replace(true) {
            return;
        }
        self.stale.set(false);
        let (number, at) = (asked.number, asked.now);
        let told = move |counted| Told {
            number,
            at,
            counted,
        };
        let failed = move |why| told(Err(Unread::NoThread(why)));
        let work = move || told(asked.count().map(Box::new));
        self.errands.send("figures", work, failed);
    }
}
