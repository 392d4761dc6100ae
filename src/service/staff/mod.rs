//! What the staff do behind their PIN and takes its time: looking up the wrong tries, checking a
//! PIN, writing `kiosk.toml`. A short thread does it, and the screen is told once it is done.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use tracing::warn;
use zeroize::Zeroizing;

use super::people::{Here, People};
use super::pin::{self, PinError};
use super::{Services, StoreError};
use crate::config::fault::{Fault, Problem};
use crate::config::settings::edit::{self, EditError};
use crate::config::settings::{self, From, Loaded, Settings};
use crate::domain::actor::Actor;
use crate::domain::ids::PersonId;
use crate::domain::plan::Plan;
use crate::domain::staff::{Lockout, PinEvent, StaffEvent, pin_topic, staff_topic};
use crate::service::complaints::Complaints;
use crate::service::errand::{Errands, Wake};
use door::{opened, tries, try_person};

mod door;

/// Whose PIN is asked for: that of one of the people, or the first administrator's, which opens the
/// area on a tablet that knows nobody.
pub type Door = Option<PersonId>;

/// What became of a job.
#[derive(Debug)]
pub enum Answer {
    /// The wrong tries so far are known now, or cannot be looked up; and what tells the PIN that
    /// is in force from any other, where one is set.
    LookedUp(Door, Result<Option<String>, StoreError>),
    /// The people may be others.
    People,
    /// Whether it was the PIN.
    Tried(Door, Result<bool, PinError>),
    /// A number was changed, or not.
    Edited(Box<Edited>),
    /// Nothing could be done: the system had no thread to give, or the one it gave failed. Its
    /// words.
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

/// What a job tells.
struct Told {
    lockout: Option<(Door, Lockout)>,
    answer: Answer,
    /// Whether that was the job under way.
    ends_job: bool,
}

impl Told {
    fn of(lockout: Option<(Door, Lockout)>, answer: Answer) -> Self {
        Self {
            lockout,
            answer,
            ends_job: true,
        }
    }
}

/// Does one job at a time for the staff area, and keeps its wrong tries in mind.
pub struct Staff {
    errands: Errands<Told>,
    busy: Cell<bool>,
    lockouts: RefCell<HashMap<Door, Lockout>>,
    /// By how much the clock was set altogether, as far as the wait knows.
    jumped: Cell<TimeDelta>,
}

impl Default for Staff {
    fn default() -> Self {
        Self::new(Arc::new(|| {}))
    }
}

impl Staff {
    /// Calls `wake` whenever [`Staff::answer`] has something.
    pub fn new(wake: Wake) -> Self {
        Self {
            errands: Errands::new(wake),
            busy: Cell::new(false),
            lockouts: RefCell::default(),
            jumped: Cell::default(),
        }
    }

    /// Whether a job is under way: no other is begun meanwhile.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// The wrong tries of a PIN so far; none before they were looked up.
    pub fn lockout(&self, door: &Door) -> Option<Lockout> {
        self.lockouts.borrow().get(door).cloned()
    }

    /// Looks up the wrong tries of a PIN in the journal of `data`, which hold after a restart too, and
    /// which one is in force there. What is known of the tries is not looked up again: the last
    /// ones may not be on disk yet.
    pub fn look_up(&self, data: &Path, door: &Door) {
        let wanted = !self.lockouts.borrow().contains_key(door);
        self.start(Self::look(data, door.clone(), wanted));
    }

    /// Tells, from any thread, that the first administrator's PIN of `data` may have been set anew
    /// meanwhile.
    pub fn pin_teller(&self, data: &Path) -> impl Fn() + Send + 'static {
        let (tell, data) = (self.errands.teller(), data.to_owned());
        move || {
            tell(Told {
                ends_job: false,
                ..Self::look(&data, None, false)()
            });
        }
    }

    /// Reads the people of `data` again, on any thread, and tells that they may be others.
    pub fn people_teller(&self, data: &Path, people: &Here) -> impl Fn() + Send + 'static {
        let (tell, read) = (self.errands.teller(), people.teller(data));
        move || {
            read();
            tell(Told {
                ends_job: false,
                ..Told::of(None, Answer::People)
            });
        }
    }

    fn look(data: &Path, door: Door, wanted: bool) -> impl FnOnce() -> Told + Send + 'static {
        let data = data.to_owned();
        move || {
            let mark = match &door {
                None => pin::mark(&data),
                Some(person) => People::read(&data)
                    .ok()
                    .and_then(|people| people.mark_of(person)),
            };
            match wanted.then(|| tries(&data, &door)).transpose() {
                Ok(lockout) => {
                    let lockout = lockout.map(|lockout| (door.clone(), lockout));
                    Told::of(lockout, Answer::LookedUp(door, Ok(mark)))
                }
                Err(error) => Told::of(None, Answer::LookedUp(door, Err(error))),
            }
        }
    }

    /// Checks whether `pin` is the one of this door in `data`; the right one opens what customers
    /// wrote to `complaints` as well, as far as it can.
    pub fn try_pin(
        &self,
        data: &Path,
        door: Door,
        pin: String,
        complaints: Option<Arc<Complaints>>,
    ) {
        let (data, pin) = (data.to_owned(), Zeroizing::new(pin));
        self.start(move || {
            let tried = match &door {
                None => pin::matches(&data, &pin).inspect(|right| {
                    if let (true, Some(complaints)) = (right, complaints) {
                        opened(complaints.seals().unlock(Some(&pin)));
                    }
                }),
                Some(person) => try_person(&data, person, &pin, complaints),
            };
            Told::of(None, Answer::Tried(door, tried))
        });
    }

    /// Changes a number in the `kiosk.toml` of `data`, and reads that file again.
    pub fn edit(&self, data: &Path, plan: Plan, change: Change) {
        let data = data.to_owned();
        self.start(move || {
            let outcome = write(&data, &plan, &change);
            let loaded = Settings::load_readonly(&data, &plan);
            let edited = Edited {
                change,
                outcome,
                loaded,
            };
            Told::of(None, Answer::Edited(Box::new(edited)))
        });
    }

    /// The answer of the job that was under way, once it is there.
    pub fn answer(&self) -> Option<Answer> {
        let Told {
            lockout,
            answer,
            ends_job,
        } = self.errands.answer()?;
        if ends_job {
            self.busy.set(false);
        }
        if let Some((door, lockout)) = lockout {
            self.lockouts.borrow_mut().insert(door, lockout);
        }
        Some(answer)
    }

    fn start(&self, job: impl FnOnce() -> Told + Send + 'static) {
        if self.busy.replace(true) {
            return;
        }
        let failed = |why| Told::of(None, Answer::NoThread(why));
        self.errands.send("staff", job, failed);
    }
}

impl Services {
    /// Looks whether the clock has jumped; whatever reckons with the time goes on as if not.
    pub fn look_at_clock(&self) {
        let total = self.incidents.look_at_clock();
        let by = total - self.staff.jumped.replace(total);
        if !by.is_zero() {
            for lockout in self.staff.lockouts.borrow_mut().values_mut() {
                lockout.shift(by);
            }
        }
    }

    /// Takes in which PIN is in force at a door: a new one lifts the wait after wrong tries. Says
    /// whether it is news.
    pub fn pin_is(&self, door: &Door, mark: &str) -> bool {
        // It may move the wait along, so that nobody else may hold that.
        self.look_at_clock();
        let mut lockouts = self.staff.lockouts.borrow_mut();
        let Some(lockout) = lockouts.get_mut(door).filter(|known| known.is_news(mark)) else {
            return false;
        };
        let event = PinEvent::InForce {
            mark: mark.to_owned(),
        };
        lockout.take_pin(&event);
        let topic = pin_topic(door.as_ref());
        self.recorder.record(self.recorder.act(&topic, event));
        true
    }

    /// Notes in the journal what somebody did at the staff area, behind this door or before it.
    pub fn staff_did(&self, door: &Door, event: StaffEvent) {
        self.look_at_clock();
        let act = (self.recorder).act(&staff_topic(door.as_ref()), event.clone());
        let at = act.at();
        if matches!(event, StaffEvent::Refused {}) {
            warn!("a wrong PIN was given");
        }
        // Whoever gives a wrong PIN is nobody that is known.
        self.recorder.record(match event {
            StaffEvent::Refused {} => act,
            _ => act.by(Actor::SignedIn),
        });
        let mut lockouts = self.staff.lockouts.borrow_mut();
        lockouts.entry(door.clone()).or_default().apply(at, &event);
    }
}

fn write(data: &Path, plan: &Plan, change: &Change) -> Outcome {
    let found = Settings::load_readonly(data, plan);
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
