//! The days that a receipt promises. They are in the journal from the moment they were said, so
//! that no later change of the settings moves them.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::Calendar;

/// The end of a promised day, which is the first moment of the next one, on the branch's clock of
/// the time when it was said. So the day can be told again, whatever zone is set by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Until(DateTime<FixedOffset>);

impl Until {
    /// The day that ends at `end` on the clock in `zone`; none beyond the years that can be
    /// written down, which only a clock gone wild can reach.
    pub fn end<Z: TimeZone>(end: DateTime<Utc>, zone: &Z) -> Option<Self> {
        let offset = zone.offset_from_utc_datetime(&end.naive_utc()).fix();
        let told = (1..9999).contains(&end.year());
        told.then(|| Self(end.with_timezone(&offset)))
    }

    /// The moment with which the day is over.
    pub fn over(self) -> DateTime<Utc> {
        self.0.to_utc()
    }

    /// The day itself.
    pub fn day(self) -> NaiveDate {
        (self.0 - Duration::milliseconds(1)).date_naive()
    }
}

/// What a receipt says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// By when the branch says whether it takes the complaint up.
    pub accept_by: Until,
    /// By when it answers.
    pub answer_by: Until,
}

impl Promise {
    /// What the branch promises for a complaint received at `received`, under its `terms` and on
    /// its clock in `zone`.
    pub fn of<Z: TimeZone>(received: DateTime<Utc>, terms: &Terms, zone: &Z) -> Option<Self> {
        let by = |days| {
            let end = terms
                .calendar
                .after_working_days(received, days, zone.clone());
            Until::end(end, zone)
        };
        Some(Self {
            accept_by: by(terms.accept_days)?,
            answer_by: by(terms.answer_days)?,
        })
    }

    /// The later days that `days` more working days give: to take it up, unless it was, and to
    /// answer it. They count from the promised day, or from `now` where that is over.
    pub fn extended<Z: TimeZone>(
        &self,
        accepted: bool,
        days: u32,
        now: DateTime<Utc>,
        calendar: &Calendar,
        zone: &Z,
    ) -> (Option<Until>, Option<Until>) {
        let later = |until: Until| {
            let from = (until.over() - Duration::milliseconds(1)).max(now);
            let end = calendar.after_working_days(from, days, zone.clone());
            Until::end(end, zone).filter(|end| *end > until)
        };
        let accept_by = if accepted {
            None
        } else {
            later(self.accept_by)
        };
        (accept_by, later(self.answer_by))
    }
}

/// The branch's own terms for handling a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Working days until it is accepted.
    pub accept_days: u32,
    /// Working days until it is answered.
    pub answer_days: u32,
    /// The branch's working days.
    pub calendar: Calendar,
}

/// What has to be done next, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Take it up.
    Accept(Until),
    /// Answer it.
    Answer(Until),
}

impl Due {
    /// The end of the time for it.
    pub fn by(self) -> DateTime<Utc> {
        self.until().over()
    }

    /// The day by whose end it is to be done.
    pub fn until(self) -> Until {
        match self {
            Self::Accept(by) | Self::Answer(by) => by,
        }
    }
}
