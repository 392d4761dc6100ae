//! For how long a mistaken act can be taken back.

use chrono::{DateTime, TimeDelta, Utc};

/// A span after an act within which it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoWindow(TimeDelta);

/// After the start of an incident or of an evacuation, and after a close.
pub const UNDO: UndoWindow = UndoWindow::seconds(5);
/// After the end of an evacuation: who has left must not be called back by a slip, so it is longer
/// than for a start.
pub const END_UNDO: UndoWindow = UndoWindow::seconds(10);
/// After a close, for taking the incident up again.
pub const REOPEN: UndoWindow = UndoWindow(TimeDelta::hours(24));

impl UndoWindow {
    /// A window of this many seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(TimeDelta::seconds(seconds))
    }

    /// Its length.
    pub const fn length(self) -> TimeDelta {
        self.0
    }

    /// When it ends, for an act at `at`.
    pub fn ends(self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.checked_add_signed(self.0).unwrap_or(at)
    }

    /// Whether it is open at `now`. Before the act it is not: a clock that was set back, and by so
    /// little that it is no jump, must not prolong it.
    pub fn is_open(self, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        (TimeDelta::zero()..self.0).contains(&(now - at))
    }

    /// Whole seconds that are left of it at `now`, rounded up; 0 once it is over.
    pub fn seconds_left(self, at: DateTime<Utc>, now: DateTime<Utc>) -> i32 {
        if !self.is_open(at, now) {
            return 0;
        }
        let left = self.ends(at) - now;
        i32::try_from((left.num_milliseconds() + 999) / 1000).unwrap_or(i32::MAX)
    }
}
