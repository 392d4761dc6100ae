//! The wall clock, which people and time servers set, held against the clock that runs since the
//! machine was switched on, which nobody sets. What differs between them is a jump of the wall
//! clock. It is noted in the journal, and whatever reckons with moments before it moves them along:
//! running times, deadlines and waits go on as if the clock had not been touched.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The topic of everything about the clock in the journal.
pub const CLOCK_TOPIC: &str = "clock";

/// By how much the two clocks may differ before it is a jump. A leap second is none.
pub const TOLERANCE: TimeDelta = TimeDelta::seconds(2);

/// What can happen to the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ClockEvent {
    /// Both clocks were read: once each time the machine was switched on. The entry's own time is
    /// the wall clock's.
    #[serde(rename = "clock.read")]
    Read {
        /// What the system calls the time between switching on and off.
        boot: String,
        /// Milliseconds since the machine was switched on.
        up_ms: i64,
    },
    /// The wall clock was set. The entry's own time is the new one.
    #[serde(rename = "clock.jumped")]
    Jumped {
        /// By how many milliseconds; negative where it was set back.
        by_ms: i64,
        /// As in [`ClockEvent::Read`], where the system tells.
        #[serde(default)]
        boot: Option<String>,
        /// As in [`ClockEvent::Read`].
        #[serde(default)]
        up_ms: Option<i64>,
    },
}

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock.
    pub wall: DateTime<Utc>,
    /// The time since the machine was switched on, asleep or not.
    pub up: TimeDelta,
}

impl Reading {
    /// By how much the wall clock was set between `earlier` and now; none within [`TOLERANCE`].
    pub fn jump_since(self, earlier: Self) -> Option<TimeDelta> {
        let by = (self.wall - earlier.wall).checked_sub(&(self.up - earlier.up))?;
        (by.abs() > TOLERANCE).then_some(by)
    }
}

/// A reading that the journal holds, and in which boot it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The boot.
    pub boot: String,
    /// Both clocks.
    pub reading: Reading,
}

impl Mark {
    /// The reading in an entry of this time about the clock, if it has one.
    pub fn of(at: DateTime<Utc>, event: &ClockEvent) -> Option<Self> {
        let (boot, up_ms) = match event {
            ClockEvent::Read { boot, up_ms } => (boot, *up_ms),
            ClockEvent::Jumped { boot, up_ms, .. } => (boot.as_ref()?, (*up_ms)?),
        };
        Some(Self {
            boot: boot.clone(),
            reading: Reading {
                wall: at,
                up: TimeDelta::try_milliseconds(up_ms)?,
            },
        })
    }
}

/// By how much the wall clock was set while the program did not run. Within one boot the other
/// clock tells. Beyond it nothing does but the last entry: what was recorded lies in the past, so
/// a clock that shows less was set back, by that much at least.
pub fn jump_at_start(
    now: Reading,
    boot: Option<&str>,
    mark: Option<&Mark>,
    last_entry: Option<DateTime<Utc>>,
) -> Option<TimeDelta> {
    let same_boot = mark.filter(|mark| Some(mark.boot.as_str()) == boot);
    if let Some(mark) = same_boot.filter(|mark| mark.reading.up <= now.up) {
        return now.jump_since(mark.reading);
    }
    let back = now.wall - last_entry?;
    (back < -TOLERANCE).then_some(back)
}

/// A jump as the journal keeps it; none of one that no clock can make.
pub fn jump(by_ms: i64) -> TimeDelta {
    TimeDelta::try_milliseconds(by_ms).unwrap_or_default()
}

/// The moment that the wall clock would have shown for `at`, had it been set already by `by`.
pub fn moved(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(at)
}
