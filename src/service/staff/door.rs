//! A door of the staff area: the tries of its PIN, and what the right one opens.

use std::path::Path;
use std::sync::Arc;

use super::Door;
use crate::domain::clock::{CLOCK_TOPIC, ClockEvent, jump};
use crate::domain::entry::Event;
use crate::domain::ids::PersonId;
use crate::domain::staff::{Lockout, StaffEvent, pin_topic, staff_topic};
use crate::own_file;
use crate::service::complaints::Complaints;
use crate::service::people::People;
use crate::service::pin::PinError;
use crate::service::seals::SealError;
use crate::service::{StoreError, Stored};
use crate::store::Reader;

/// Whether `pin` is that of somebody with one of their own; the right one opens what customers wrote.
pub(super) fn try_person(
    data: &Path,
    person: &PersonId,
    pin: &str,
    complaints: Option<Arc<Complaints>>,
) -> Result<bool, PinError> {
    let people = People::read(data).map_err(|error| PinError::Io {
        path: data.join(own_file::PEOPLE),
        detail: error.to_string(),
    })?;
    let right = people.is_pin_of(person, pin)?;
    if let (true, Some(complaints)) = (right, complaints) {
        opened(complaints.seals().unlock_for(pin, people.key_of(person)));
    }
    Ok(right)
}

/// Whoever reads a complaint is told why it is shut.
pub(super) fn opened(outcome: Result<(), SealError>) {
    #[expect(
        clippy::unused_result_ok,
        reason = "the files of complaints say what is wrong"
    )]
    outcome.ok();
}

/// The wrong tries at a door since the last right one, under every PIN and every jump of the clock
/// since.
pub(super) fn tries(data: &Path, door: &Door) -> Result<Lockout, StoreError> {
    let unlocked = |one: &Stored| matches!(one.event(), Ok(Event::Staff(StaffEvent::Unlocked {})));
    let reader = Reader::open(data)?;
    let mut entries = reader.entries(&pin_topic(door.as_ref()))?;
    entries.extend(reader.entries_since(&staff_topic(door.as_ref()), unlocked)?);
    entries.extend(reader.entries(CLOCK_TOPIC)?);
    entries.sort_by_key(|one| one.seq);
    let mut lockout = Lockout::default();
    for entry in entries {
        match (entry.time(), entry.event()) {
            (Some(at), Ok(Event::Staff(event))) => lockout.apply(at, &event),
            (_, Ok(Event::Pin(event))) => lockout.take_pin(&event),
            (_, Ok(Event::Clock(ClockEvent::Jumped { by_ms, .. }))) => {
                lockout.shift(jump(by_ms));
            }
            _ => {}
        }
    }
    Ok(lockout)
}
