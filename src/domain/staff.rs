//! The staff's own area: its PIN, and what is noted about it in the journal.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::clock::moved;
use super::ids::PersonId;

/// The topic of everything about the staff area in the journal.
pub const STAFF_TOPIC: &str = "staff";
/// The topic of the PINs that were in force.
pub const PIN_TOPIC: &str = "staff-pin";
/// The topic of the tries of one PIN: somebody's, or the first administrator's. Each has its own, so that
/// whoever tries one keeps nobody from another.
pub fn staff_topic(person: Option<&PersonId>) -> String {
    with_person(STAFF_TOPIC, person)
}

/// The topic of what was in force as one PIN.
pub fn pin_topic(person: Option<&PersonId>) -> String {
    with_person(PIN_TOPIC, person)
}

fn with_person(topic: &str, person: Option<&PersonId>) -> String {
    person.map_or_else(|| topic.to_owned(), |person| format!("{topic}:{person}"))
}

/// Wrong tries without a wait: fingers slip.
pub const FREE_TRIES: u32 = 3;
/// The wait after the first wrong try beyond [`FREE_TRIES`]; it doubles with each further one.
pub const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// The longest wait.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// The fewest and the most digits of a PIN.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// What can happen at the staff area. Never a digit that was typed: a wrong PIN is often nearly
/// the right one, and a number may be somebody's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum StaffEvent {
    /// The right PIN was given.
    #[serde(rename = "staff.unlocked")]
    Unlocked {},
    /// A wrong PIN was given.
    #[serde(rename = "staff.refused")]
    Refused {},
    /// A telephone number was changed, added or removed.
    #[serde(rename = "staff.number-changed")]
    NumberChanged {
        /// Id of its role in the plan.
        role: String,
        /// Which of the role's numbers, counted from 1.
        place: u32,
    },
    /// A telephone number was found to be right.
    #[serde(rename = "staff.number-confirmed")]
    NumberConfirmed {
        /// Id of its role in the plan.
        role: String,
        /// Which of the role's numbers, counted from 1.
        place: u32,
    },
}

impl StaffEvent {
    /// Reads an event as version 1 of its bodies meant it, which counted numbers from 0.
    pub fn of_version_1(self) -> Self {
        match self {
            Self::NumberChanged { role, place } => Self::NumberChanged {
                role,
                place: place.saturating_add(1),
            },
            Self::NumberConfirmed { role, place } => Self::NumberConfirmed {
                role,
                place: place.saturating_add(1),
            },
            Self::Unlocked {} | Self::Refused {} => self,
        }
    }
}

/// What is noted of the PIN itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum PinEvent {
    /// Another PIN than before is in force, or the first that this journal knows of.
    #[serde(rename = "staff.pin-in-force")]
    InForce {
        /// What tells the file that holds it from any other: nothing of the PIN can be had from it.
        mark: String,
    },
}

/// How long to wait before the next PIN is looked at, folded from the journal, so that switching
/// the tablet off and on does not shorten it.
///
/// [`FREE_TRIES`] wrong tries cost nothing, each further one a wait that begins with it; the right
/// PIN makes all good, and so does a new one: who can set it need not be kept out. When the clock
/// jumps, the wait goes on as if it had not. A clock that shows less than at the last wrong try was set back: nobody can
/// tell any more how much of the wait is over, so it counts as over, and nobody is locked out for
/// as long as the clock was wrong. The tries stay counted: the next wrong one waits longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    wrong: u32,
    last: Option<DateTime<Utc>>,
    pin: Option<String>,
}

impl Lockout {
    /// Takes in the next event.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &StaffEvent) {
        match event {
            StaffEvent::Unlocked {} => self.forgive(),
            StaffEvent::Refused {} => {
                self.wrong = self.wrong.saturating_add(1);
                self.last = Some(at);
            }
            StaffEvent::NumberChanged { .. } | StaffEvent::NumberConfirmed { .. } => {}
        }
    }

    /// Takes in which PIN is in force.
    pub fn take_pin(&mut self, event: &PinEvent) {
        let PinEvent::InForce { mark } = event;
        if self.pin.as_ref().is_some_and(|before| before != mark) {
            self.forgive();
        }
        self.pin = Some(mark.clone());
    }

    /// Whether the PIN of this mark is another than the one that the journal knows of.
    pub fn is_news(&self, mark: &str) -> bool {
        self.pin.as_deref() != Some(mark)
    }

    /// The wall clock was set by `by`: the wait goes on as if it had not been.
    pub fn shift(&mut self, by: TimeDelta) {
        self.last = self.last.map(|last| moved(last, by));
    }

    fn forgive(&mut self) {
        self.wrong = 0;
        self.last = None;
    }

    /// When the wait after the last wrong try is over, by the clock of that try; none where there
    /// is none to wait for.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        let (last, wait) = (self.last?, self.wait()?);
        Some(
            last.checked_add_signed(wait)
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
        )
    }

    /// Whether no PIN is looked at now.
    pub fn is_locked(&self, now: DateTime<Utc>) -> bool {
        self.left(now).is_some()
    }

    /// How much of the wait is left, more than nothing and never more than the whole of it; none
    /// where a PIN may be given now.
    pub fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let set_back = self.last.is_some_and(|last| now < last);
        let left = self.until()?.signed_duration_since(now);
        (!set_back && left > TimeDelta::zero()).then_some(left)
    }

    /// The wait that the last wrong try has brought.
    fn wait(&self) -> Option<TimeDelta> {
        let doublings = self.wrong.checked_sub(FREE_TRIES + 1)?;
        let wait = 2_i32
            .checked_pow(doublings)
            .and_then(|times| FIRST_WAIT.checked_mul(times));
        Some(wait.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)))
    }
}

/// Whether `pin` may be one: 6 to 12 ASCII digits, not all the same, and no plain run such as
/// 123456, 987654 or 567890.
pub fn is_pin(pin: &str) -> bool {
    let digits = pin.as_bytes();
    // What each digit adds to the one before it, from 9 on to 0.
    let mut steps = digits
        .iter()
        .zip(digits.iter().skip(1))
        .map(|(one, next)| (10 + next - one) % 10);
    PIN_DIGITS.contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && !steps
            .next()
            .is_some_and(|first| matches!(first, 0 | 1 | 9) && steps.all(|step| step == first))
}
