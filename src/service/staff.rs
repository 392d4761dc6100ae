//! What the staff do behind their PIN and takes its time: looking up the wrong tries, checking a
//! PIN, writing `kiosk.toml`. A short thread does it, and the screen is told once it is done.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::NaiveDate;

use super::pin::{self, PinError};
use super::{Services, StoreError, Stored};
use crate::domain::entry::Event;
use crate::domain::fault::{Fault, Problem};
use crate::domain::plan::Plan;
use crate::domain::staff::{Lockout, STAFF_TOPIC, StaffEvent};
use crate::settings::edit::{self, EditError};
use crate::settings::{self, From, Loaded, Settings};
use crate::store::Reader;

/// Tells the screen that there is an answer; runs on the short thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What became of a job.
#[derive(Debug)]
pub enum Answer {
    /// The wrong tries so far are known now, or cannot be looked up.
    LookedUp(Result<(), StoreError>),
    /// Whether it was the PIN.
    Tried(Result<bool, PinError>),
    /// A number was changed, or not.
    Edited(Box<Edited>),
    /// The system had no thread to give; its words.
    NoThread(String),
}

/// What is to be done with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It was found to be right.
    Confirm,
    /// It is this one from now on.
    Set(String),
    /// It is no more.
    Remove,
}

/// A change of a role's numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The role's id.
    pub role: String,
    /// The number's place in the role's list, from 0; behind the last one adds another.
    pub place: usize,
    /// The role's numbers as whoever asks for the change has them in sight.
    pub seen: Vec<String>,
    /// What to do.
    pub edit: Edit,
    /// The day it is done, in the branch's time zone.
    pub day: NaiveDate,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// What was to be done.
    pub change: Change,
    /// Whether it was.
    pub outcome: Outcome,
    /// The settings as the file has them now.
    pub loaded: Loaded,
}

/// Whether a change was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on disk.
    Done,
    /// The file has other numbers than those in sight: nothing was written.
    Meanwhile,
    /// Nothing was written.
    Refused(EditError),
}

/// Does one job at a time for the staff area, and keeps its wrong tries in mind.
pub struct Staff {
    wake: Wake,
    tell: Sender<(Option<Lockout>, Answer)>,
    told: Receiver<(Option<Lockout>, Answer)>,
    busy: Cell<bool>,
    lockout: RefCell<Option<Lockout>>,
}

impl Default for Staff {
    fn default() -> Self {
        Self::new(Arc::new(|| {}))
    }
}

impl Staff {
    /// Calls `wake` whenever [`Staff::answer`] has something.
    pub fn new(wake: Wake) -> Self {
        let (tell, told) = channel();
        Self {
            wake,
            tell,
            told,
            busy: Cell::new(false),
            lockout: RefCell::default(),
        }
    }

    /// Whether a job is under way: no other is begun meanwhile.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// The wrong tries so far; none before they were looked up.
    pub fn lockout(&self) -> Option<Lockout> {
        self.lockout.borrow().clone()
    }

    /// Looks up the wrong tries in the journal of `data`, which hold after a restart too.
    pub fn look_up(&self, data: &Path) {
        let data = data.to_owned();
        self.start(move || match tries(&data) {
            Ok(lockout) => (Some(lockout), Answer::LookedUp(Ok(()))),
            Err(error) => (None, Answer::LookedUp(Err(error))),
        });
    }

    /// Checks whether `pin` is the PIN of `data`.
    pub fn try_pin(&self, data: &Path, pin: String) {
        let data = data.to_owned();
        self.start(move || (None, Answer::Tried(pin::matches(&data, &pin))));
    }

    /// Changes a number in the `kiosk.toml` of `data`, and reads that file again.
    pub fn edit(&self, data: &Path, plan: Plan, change: Change) {
        let data = data.to_owned();
        self.start(move || {
            let outcome = write(&data, &plan, &change);
            let loaded = Settings::look(&data, &plan);
            let edited = Edited {
                change,
                outcome,
                loaded,
            };
            (None, Answer::Edited(Box::new(edited)))
        });
    }

    /// The answer of the job that was under way, once it is there.
    pub fn answer(&self) -> Option<Answer> {
        let (lockout, answer) = self.told.try_recv().ok()?;
        self.busy.set(false);
        if lockout.is_some() {
            self.lockout.replace(lockout);
        }
        Some(answer)
    }

    fn start(&self, job: impl FnOnce() -> (Option<Lockout>, Answer) + Send + 'static) {
        if self.busy.replace(true) {
            return;
        }
        let (tell, wake) = (self.tell.clone(), self.wake.clone());
        let spawned = std::thread::Builder::new()
            .name("staff".to_owned())
            .spawn(move || {
                // Nobody hears it while the program is closing.
                tell.send(job()).ok();
                wake();
            });
        if let Err(error) = spawned {
            let answer = Answer::NoThread(error.to_string());
            self.tell.send((None, answer)).ok();
            (self.wake)();
        }
    }
}

impl Services {
    /// Notes in the journal what somebody did at the staff area.
    pub fn staff_did(&self, event: StaffEvent) {
        let noted = Event::Staff(event.clone());
        let at = self.incidents.record_beside(STAFF_TOPIC, noted);
        let mut lockout = self.staff.lockout.borrow_mut();
        lockout.get_or_insert_default().apply(at, &event);
    }
}

/// The wrong tries since the last right one.
fn tries(data: &Path) -> Result<Lockout, StoreError> {
    let unlocked =
        |one: &Stored| matches!(one.event(), Some(Event::Staff(StaffEvent::Unlocked {})));
    let mut lockout = Lockout::default();
    for entry in Reader::open(data)?.entries_since(STAFF_TOPIC, unlocked)? {
        if let (Some(at), Some(Event::Staff(event))) = (entry.time(), entry.event()) {
            lockout.apply(at, &event);
        }
    }
    Ok(lockout)
}

fn write(data: &Path, plan: &Plan, change: &Change) -> Outcome {
    let found = Settings::look(data, plan);
    let (role, place, day) = (change.role.as_str(), change.place, change.day);
    if found.settings.numbers(role, plan) != change.seen {
        // A file that is not there at all says nothing of the numbers.
        return if found.from == From::BuiltIn {
            Outcome::Refused(EditError::Broken(missing(data, found.faults)))
        } else {
            Outcome::Meanwhile
        };
    }
    let written = match &change.edit {
        Edit::Confirm => edit::confirm(data, plan, role, place, day),
        Edit::Set(number) => edit::set_number(data, plan, role, place, number, day),
        Edit::Remove => edit::set_number(data, plan, role, place, "", day),
    };
    written.map_or_else(Outcome::Refused, |()| Outcome::Done)
}

fn missing(data: &Path, faults: Vec<Fault>) -> Vec<Fault> {
    if !faults.is_empty() {
        return faults;
    }
    vec![Fault {
        file: settings::path(data).display().to_string(),
        line: None,
        key: String::new(),
        problem: Problem::NotFound,
    }]
}
