//! The people as a running kiosk knows them, and who is on duty.

use std::cell::RefCell;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tracing::warn;

use super::{People, PeopleError};
use crate::domain::actor::Actor;
use crate::domain::entry::Event;
use crate::domain::ids::PersonId;
use crate::domain::person::{DUTY_TOPIC, Duty, PEOPLE_TOPIC, PeopleEvent, Person};
use crate::service::pcs::RoleOf;
use crate::service::recorder::Recorder;
use crate::service::{Services, StoreError};
use crate::store::Reader;

/// The people in force, and why a list that lies there now is none.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The people; of a file that says nothing, those of before.
    pub people: Arc<People>,
    /// What is wrong with the file.
    pub fault: Option<PeopleError>,
}

/// The people and the duty of a running kiosk.
#[derive(Default)]
pub struct Here {
    list: Arc<RwLock<List>>,
    duty: RefCell<Option<Duty>>,
}

impl Here {
    /// Those of the data directory `data`, and who is on duty by its journal. What cannot be read is
    /// nobody: whoever needs the tablet now is not kept waiting.
    pub fn of(data: &Path) -> Self {
        let here = Self::default();
        here.teller(data)();
        // Where nobody is known, nobody is on duty: the start need not ask the journal.
        if here.list().people.all().next().is_none() {
            return here;
        }
        let duty =
            last_duty(data).inspect_err(|error| warn!(%error, "who is on duty is not known"));
        here.duty.replace(duty.ok().flatten());
        here
    }

    /// Reads the file of `data` again, on any thread.
    pub fn teller(&self, data: &Path) -> impl Fn() + Send + 'static {
        let (list, data) = (Arc::clone(&self.list), data.to_owned());
        move || {
            let read = People::read(&data);
            let mut list = list.write().unwrap_or_else(PoisonError::into_inner);
            match read {
                Ok(people) => {
                    *list = List {
                        people: Arc::new(people),
                        fault: None,
                    }
                }
                Err(fault) => list.fault = Some(fault),
            }
        }
    }

    /// The people at this moment.
    pub fn list(&self) -> List {
        self.reader()()
    }

    /// The same on any thread.
    pub fn reader(&self) -> impl Fn() -> List + Clone + Send + Sync + 'static {
        let list = Arc::clone(&self.list);
        move || list.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says on any thread what somebody is at this moment; none for whoever is not on the list.
    pub fn roles(&self) -> RoleOf {
        let list = self.reader();
        Arc::new(move |person| list().people.get(person).map(|one| one.role))
    }

    /// Who is on duty at this moment.
    pub fn on_duty(&self, now: DateTime<Utc>, zone: Tz) -> Option<Person> {
        let duty = self.duty.borrow();
        let duty = duty.as_ref().filter(|duty| duty.holds(now, &zone))?;
        self.list().people.get(&duty.person).cloned()
    }
}

/// Who was said to be on duty last, by the journal of `data`.
fn last_duty(data: &Path) -> Result<Option<Duty>, StoreError> {
    let last = Reader::open(data)?.entries_since(DUTY_TOPIC, |_| true)?;
    let last = last
        .first()
        .and_then(|entry| match (entry.time(), entry.event()) {
            (Some(at), Ok(Event::People(event))) => Duty::of(at, &event),
            _ => None,
        });
    Ok(last)
}

impl Services {
    /// Who is on duty now.
    pub fn on_duty(&self) -> Option<Person> {
        let zone = self.settings().branch.time_zone;
        self.people.on_duty(self.clock.now(), zone)
    }

    /// Somebody is on duty from now on, or nobody any more.
    pub fn set_on_duty(&self, person: Option<PersonId>) {
        let event = PeopleEvent::OnDuty { person };
        let act = self.recorder.act(DUTY_TOPIC, event.clone());
        self.people.duty.replace(Duty::of(act.at(), &event));
        self.recorder.record(act);
        self.follow_duty();
    }

    /// Has what is done from now on carry whoever is on duty: a shift ends with its day, and people
    /// come and go. Says who that is.
    pub fn follow_duty(&self) -> Option<Person> {
        let person = self.on_duty();
        let id = person.as_ref().map(|person| person.id.clone());
        self.recorder.acts(Actor::OnDuty, id);
        person
    }
}

/// Notes in the journal of `data` who may do what, where that differs from what it says. A list that
/// cannot be read says nothing of anybody, and nothing is noted. Waits for the disk.
///
/// # Errors
/// The journal cannot be read.
pub fn note(data: &Path, list: &List, recorder: &Recorder) -> Result<(), StoreError> {
    if list.fault.is_some() {
        return Ok(());
    }
    let people = list.people.standing();
    let last = Reader::open(data)?.entries_since(PEOPLE_TOPIC, |_| true)?;
    let known = last.first().and_then(|entry| match entry.event() {
        Ok(Event::People(PeopleEvent::InForce { people })) => Some(people),
        _ => None,
    });
    if known.unwrap_or_default() != people {
        let event = PeopleEvent::InForce { people };
        recorder.record(recorder.act(PEOPLE_TOPIC, event));
    }
    Ok(())
}
