//! The time that is looked at.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};

use crate::domain::calendar::start_of;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// From 1 to 12.
    pub month: u32,
}

impl Month {
    /// The one that a day is in.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    /// As it is typed, such as `2026-11`; none where it is no month.
    pub fn read(typed: &str) -> Option<Self> {
        let (year, month) = typed.trim().split_once('-')?;
        let read = Self {
            year: year_of(year)?,
            month: month.parse().ok()?,
        };
        read.first_day().map(|_| read)
    }

    /// The one after it; none after the last that can be told.
    pub fn next(self) -> Option<Self> {
        let (year, month) = if self.month >= 12 {
            (self.year.checked_add(1)?, 1)
        } else {
            (self.year, self.month + 1)
        };
        let next = Self { year, month };
        next.first_day().map(|_| next)
    }

    fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

/// The time that is looked at, on the branch's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// All there is.
    #[default]
    All,
    /// A year.
    Year(i32),
    /// A month.
    Month(Month),
}

impl Period {
    /// The first moment of it and the first one after it, on the clock in `zone`.
    pub fn range<Z: TimeZone>(self, zone: &Z) -> (DateTime<Utc>, DateTime<Utc>) {
        let (first, after) = match self {
            Self::All => (None, None),
            Self::Year(year) => {
                let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
                (day(year), day(year.saturating_add(1)))
            }
            Self::Month(month) => (month.first_day(), month.next().and_then(Month::first_day)),
        };
        let begin = |day: Option<NaiveDate>| day.and_then(|day| start_of(day, zone));
        (
            begin(first).unwrap_or(DateTime::<Utc>::MIN_UTC),
            begin(after).unwrap_or(DateTime::<Utc>::MAX_UTC),
        )
    }
}

/// A year as it is typed: four digits.
pub(super) fn year_of(typed: &str) -> Option<i32> {
    let is_year = typed.len() == 4 && typed.bytes().all(|one| one.is_ascii_digit());
    is_year.then(|| typed.parse().ok()).flatten()
}
