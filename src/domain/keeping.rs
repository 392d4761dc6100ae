//! When what customers wrote goes by itself. A clock can be wrong by years, and what is erased
//! does not come back: so nothing goes before the staff were told, the tablet has run a week since
//! by a clock that nobody can set, and the date has been confirmed where it jumped.

use crate::domain::ids::EntryId;

use chrono::{DateTime, Months, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The topic of everything about erasing by itself in the journal.
pub const KEEPING_TOPIC: &str = "keeping";
/// How long the tablet must have run since an erasure was announced.
pub const NOTICE: Duration = Duration::from_secs(7 * DAY.as_secs());
/// How long it must run from one batch to the next.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The most complaints that one batch erases.
pub const BATCH: usize = 20;
/// A clock that moves so much more or less than time has passed is not believed by itself.
pub const JUMP: TimeDelta = TimeDelta::hours(24);

/// What can happen about erasing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum KeepingEvent {
    /// Complaints are past their keeping, and the staff are told that they will be erased.
    #[serde(rename = "keeping.announced")]
    Announced {
        /// How many there were.
        count: u64,
        /// The years that the settings keep them.
        years: u32,
        /// Those done with up to then are meant.
        done_before: DateTime<Utc>,
    },
    /// The announcement no longer holds: the settings say something else.
    #[serde(rename = "keeping.withdrawn")]
    Withdrawn {},
    /// All that was announced is erased, as far as it was not to be kept after all.
    #[serde(rename = "keeping.finished")]
    Finished {},
    /// The clock moved by more than a day within no time, or nobody can tell how much passed.
    #[serde(rename = "keeping.clock-doubted")]
    ClockDoubted {
        /// What it showed before.
        before: DateTime<Utc>,
        /// What it shows now.
        now: DateTime<Utc>,
    },
    /// The staff say that the date is right.
    #[serde(rename = "keeping.clock-confirmed")]
    ClockConfirmed {},
}

/// What was announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// Its entry.
    pub entry: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// How many complaints there were.
    pub count: u64,
    /// The years that the settings kept them.
    pub years: u32,
    /// Those done with up to then are meant.
    pub done_before: DateTime<Utc>,
}

/// Where erasing by itself stands, as everything noted about it leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// What is announced and not finished.
    pub announced: Option<Announced>,
    /// What the clock showed before a jump that nobody has confirmed, and after it.
    pub doubted: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Keeping {
    /// Takes in the next event, whose entry is `entry`.
    pub fn apply(&mut self, entry: &EntryId, at: DateTime<Utc>, event: &KeepingEvent) {
        match event {
            KeepingEvent::Announced {
                count,
                years,
                done_before,
            } => {
                self.announced = Some(Announced {
                    entry: entry.clone(),
                    at,
                    count: *count,
                    years: *years,
                    done_before: *done_before,
                });
            }
            KeepingEvent::Withdrawn {} | KeepingEvent::Finished {} => self.announced = None,
            KeepingEvent::ClockDoubted { before, now } => {
                // Back and forth again is one doubt: what it showed at first is told.
                let before = self.doubted.map_or(*before, |(first, _)| first);
                self.doubted = Some((before, *now));
            }
            KeepingEvent::ClockConfirmed {} => self.doubted = None,
        }
    }
}

/// What was done with up to then is past its keeping at `now`. A day is added, so that a leap
/// day's anniversary does not come early.
pub fn done_before(years: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    now.checked_sub_signed(TimeDelta::days(1))?
        .checked_sub_months(Months::new(years.checked_mul(12)?))
}

/// Whether the clock moved from `before` to `now` while `passed` went by in fact. While the
/// program was not running nobody knows what went by, and a long pause is a jump too.
pub fn has_jumped(before: DateTime<Utc>, now: DateTime<Utc>, passed: Duration) -> bool {
    let passed = TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
    let moved = now.signed_duration_since(before);
    moved
        .checked_sub(&passed)
        .is_none_or(|more| more.abs() > JUMP)
}
