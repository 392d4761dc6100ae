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

    /// The one before it; none before the first that can be told.
    pub fn before(self) -> Option<Self> {
        let (year, month) = if self.month <= 1 {
            (self.year.checked_sub(1)?, 12)
        } else {
            (self.year, self.month - 1)
        };
        let before = Self { year, month };
        before.first_day().map(|_| before)
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

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// From 1 to 4.
    pub quarter: u32,
}

impl Quarter {
    /// The one that a day is in.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            quarter: day.month0() / 3 + 1,
        }
    }

    /// As it is typed, such as `2026-Q4`; none where it is no quarter.
    pub fn read(typed: &str) -> Option<Self> {
        let (year, quarter) = typed.trim().split_once('-')?;
        let number = quarter.strip_prefix(['Q', 'q'])?;
        let read = Self {
            year: year_of(year)?,
            quarter: number.parse().ok()?,
        };
        (1..=4).contains(&read.quarter).then_some(read)
    }

    /// Its first month.
    pub fn first(self) -> Month {
        Month {
            year: self.year,
            month: self.quarter.saturating_sub(1) * 3 + 1,
        }
    }

    /// The first month after it; none after the last that can be told.
    fn after(self) -> Option<Month> {
        self.first().next()?.next()?.next()
    }
}

/// How long a time is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// All there is.
    All,
}

/// The time that is looked at, on the branch's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// All there is.
    #[default]
    All,
    /// A year.
    Year(i32),
    /// A quarter of a year.
    Quarter(Quarter),
    /// A month.
    Month(Month),
}

impl Period {
    /// The one of this length that `day` is in.
    pub fn of(length: Length, day: NaiveDate) -> Self {
        match length {
            Length::Month => Self::Month(Month::of(day)),
            Length::Quarter => Self::Quarter(Quarter::of(day)),
            Length::Year => Self::Year(day.year()),
            Length::All => Self::All,
        }
    }

    /// The one of the same length before it; none before all there is.
    pub fn before(self) -> Option<Self> {
        match self {
            Self::All => None,
            Self::Year(year) => year.checked_sub(1).map(Self::Year),
            Self::Quarter(quarter) => {
                let last = quarter.first().before()?;
                Some(Self::of(Length::Quarter, last.first_day()?))
            }
            Self::Month(month) => month.before().map(Self::Month),
        }
    }

    /// The one of the same length after it; none after all there is.
    pub fn after(self) -> Option<Self> {
        match self {
            Self::All => None,
            Self::Year(year) => year.checked_add(1).map(Self::Year),
            Self::Quarter(quarter) => {
                let next = quarter.after()?;
                Some(Self::of(Length::Quarter, next.first_day()?))
            }
            Self::Month(month) => month.next().map(Self::Month),
        }
    }

    /// The first moment of it and the first one after it, on the clock in `zone`.
    pub fn range<Z: TimeZone>(self, zone: &Z) -> (DateTime<Utc>, DateTime<Utc>) {
        let (first, after) = match self {
            Self::All => (None, None),
            Self::Year(year) => {
                let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
                (day(year), day(year.saturating_add(1)))
            }
            Self::Quarter(quarter) => (
                quarter.first().first_day(),
                quarter.after().and_then(Month::first_day),
            ),
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
