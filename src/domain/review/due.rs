//! Which incidents ask for their review, and until when.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use crate::domain::calendar::Calendar;

/// What began longer ago is not asked for any more: nobody remembers it. It can be reviewed all
/// the same.
const LONGEST: TimeDelta = TimeDelta::days(365);

/// Which incidents ask for their review at a moment: those that are over and began in the year
/// before, but those with an outcome that says that there was nothing. One that is final asks no more,
/// unless the incident was opened again since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Begun since then.
    pub since: DateTime<Utc>,
    /// The outcomes that leave nothing to do, by their ids in the plan.
    pub but: Vec<String>,
}

impl Asked {
    /// As things stand at `now`, in a branch that reviews what began at `since` or later; whatever it is
    /// where that is not said.
    pub fn at(now: DateTime<Utc>, since: Option<DateTime<Utc>>, but: Vec<String>) -> Self {
        let longest = now.checked_sub_signed(LONGEST).unwrap_or(now);
        Self {
            since: since.map_or(longest, |since| since.max(longest)),
            but,
        }
    }

    /// When the review of what was closed at `closed` is due: when `days` working days are over.
    pub fn until<Z: TimeZone>(
        closed: DateTime<Utc>,
        days: u32,
        calendar: &Calendar,
        zone: Z,
    ) -> DateTime<Utc> {
        calendar.after_working_days(closed, days, zone)
    }
}
