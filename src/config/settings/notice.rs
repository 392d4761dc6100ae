//! A year's days off from the file that the community keeps of the State Council's notice
//! (`holiday-cn`): `{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}, …]}`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use thiserror::Error;

use crate::config::fault::Fault;
use crate::config::file as config_file;

/// Years that such a file can be of.
const YEARS: RangeInclusive<i32> = 2007..=2100;
/// Days that a year's notice can sensibly name: the fullest had under fifty.
const MOST_DAYS: usize = 100;
/// Characters of a holiday's name that are kept, as the remark beside its days.
const NAME_CHARACTERS: usize = 12;

/// What a year's notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its year.
    pub year: i32,
    /// The days that it names, in their order.
    pub days: Vec<NoticeDay>,
}

/// A day that is not what its weekday makes of it, or is named with such days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub date: NaiveDate,
    /// The holiday that it belongs to.
    pub name: String,
    /// Nobody works; else it is a Saturday or Sunday that is worked.
    pub is_off: bool,
}

impl NoticeDay {
    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(&self) -> bool {
        is_weekend(self.date)
    }
}

/// Why a file is no year's notice. `i18n::calendar` words it for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoticeFault {
    /// It cannot be read as a text.
    #[error("the file cannot be read")]
    File(Fault),
    /// It is no JSON, or not of this form.
    #[error("line {line}: {detail}")]
    Form {
        /// Line in the file, counted from 1.
        line: usize,
        /// The parser's own words.
        detail: String,
    },
    /// A year that no such file is of.
    #[error("no year: {year}")]
    Year {
        /// What it says.
        year: i32,
    },
    /// No days, as before the notice is out.
    #[error("no days of {year} yet")]
    Empty {
        /// The file's year.
        year: i32,
    },
    /// More days than a notice has.
    #[error("{count} days")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// What stands for a day is none.
    #[error("no date: {written}")]
    BadDate {
        /// What stands there.
        written: String,
    },
    /// A day of another year. Only the December before may belong to it.
    #[error("{date} is not of {year}")]
    OtherYear {
        /// The day.
        date: NaiveDate,
        /// The file's year.
        year: i32,
    },
    /// The same day twice.
    #[error("{date} twice")]
    Twice {
        /// The day.
        date: NaiveDate,
    },
    /// A day from Monday to Friday that is to be worked: it is so without any notice.
    #[error("{date} is worked anyway")]
    WorkedAnyway {
        /// The day.
        date: NaiveDate,
    },
    /// No day off from Monday to Friday, though every year has some.
    #[error("no day off in {year}")]
    NoneOff {
        /// The file's year.
        year: i32,
    },
}

#[derive(Deserialize)]
struct Written {
    year: i32,
    days: Vec<WrittenDay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrittenDay {
    name: String,
    date: String,
    is_off_day: bool,
}

impl Notice {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// The first thing by which it is no year's notice.
    pub fn load(path: &Path) -> Result<Self, NoticeFault> {
        let text = config_file::text_of(path).map_err(NoticeFault::File)?;
        Self::parse(&text)
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// The first thing by which it is no year's notice.
    pub fn parse(text: &str) -> Result<Self, NoticeFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let written: Written = serde_json::from_str(text).map_err(|error| NoticeFault::Form {
            line: error.line(),
            detail: error.to_string(),
        })?;
        let year = written.year;
        if !YEARS.contains(&year) {
            return Err(NoticeFault::Year { year });
        }
        let count = written.days.len();
        match count {
            0 => return Err(NoticeFault::Empty { year }),
            _ if count > MOST_DAYS => return Err(NoticeFault::TooMany { count }),
            _ => {}
        }
        let days = written.days.into_iter().map(|one| day(one, year));
        let mut days: Vec<NoticeDay> = days.collect::<Result<_, _>>()?;
        days.sort_by_key(|one| one.date);
        let mut seen = BTreeSet::new();
        if let Some(twice) = days.iter().find(|one| !seen.insert(one.date)) {
            return Err(NoticeFault::Twice { date: twice.date });
        }
        let mut off = days.iter().filter(|one| one.is_off && !one.is_weekend());
        if !off.any(|one| one.date.year() == year) {
            return Err(NoticeFault::NoneOff { year });
        }
        Ok(Self { year, days })
    }
}

fn day(written: WrittenDay, year: i32) -> Result<NoticeDay, NoticeFault> {
    let Ok(date) = NaiveDate::parse_from_str(&written.date, "%Y-%m-%d") else {
        return Err(NoticeFault::BadDate {
            written: written.date,
        });
    };
    // New Year's holiday may begin in the year before.
    let before = date.year() == year - 1 && date.month() == 12;
    if date.year() != year && !before {
        return Err(NoticeFault::OtherYear { date, year });
    }
    if !written.is_off_day && !is_weekend(date) {
        return Err(NoticeFault::WorkedAnyway { date });
    }
    let letters = written.name.chars().filter(|sign| sign.is_alphanumeric());
    Ok(NoticeDay {
        date,
        name: letters.take(NAME_CHARACTERS).collect(),
        is_off: written.is_off_day,
    })
}

fn is_weekend(date: NaiveDate) -> bool {
    date.weekday().number_from_monday() > 5
}
