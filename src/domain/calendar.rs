//! Working days: Monday to Friday, without the free days and with the make-up days (调休) that the
//! branch enters each year from the State Council's notice.

use std::collections::BTreeSet;

use chrono::{
    DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone, Utc, Weekday,
};

/// The most days that are looked through for a working day: a hundred years, far beyond any
/// deadline, so that no list of holidays keeps the search going.
const MOST_DAYS: u32 = 36_525;
/// Local time is never further than this from UTC.
const DAY: TimeDelta = TimeDelta::days(1);

/// Which days are worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days off besides Saturdays and Sundays.
    pub holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked. On a day in both lists nobody works.
    pub workdays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Whether the branch works on `day`.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !self.holidays.contains(&day) && (!weekend || self.workdays.contains(&day))
    }

    /// The years from `first` to `last` for which no day off has been entered. In China every year
    /// has some between Monday and Friday, so that none means that the notice was forgotten.
    pub fn years_without_holidays(&self, first: NaiveDate, last: NaiveDate) -> Vec<i32> {
        (first.year()..=last.year())
            .filter(|year| !self.holidays.iter().any(|day| day.year() == *year))
            .collect()
    }

    /// The years from `today` to `reach` for which no day off is known, and from December on the
    /// next one as well: its notice is out by then, and in January it is too late to ask for it.
    pub fn missing_years(&self, today: NaiveDate, reach: NaiveDate) -> Vec<i32> {
        let next = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).filter(|_| today.month() == 12);
        let last = next.map_or(reach, |next| next.max(reach));
        self.years_without_holidays(today, last)
    }

    /// When `days` working days are over: the end of the n-th working day after the day of
    /// receipt, both in the branch's time `zone`. The day of receipt itself never counts, however
    /// early it was; with 0 days the deadline is the end of that day, or of the next working day
    /// where it is none.
    ///
    /// The end of a day is the midnight that follows. Where the clock skips that midnight it is
    /// the first moment after the gap, and where it strikes twice the second time.
    ///
    /// A search that finds no end within a hundred years stops there, and at the last instant
    /// that can be told.
    pub fn after_working_days(
        &self,
        received: DateTime<Utc>,
        days: u32,
        zone: impl TimeZone,
    ) -> DateTime<Utc> {
        let last = self.last_day(local_day(received, &zone), days);
        last.and_then(|day| day.succ_opt())
            .and_then(|next| start_of(next, &zone))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The day at whose end the deadline is; none beyond the last day that can be told.
    fn last_day(&self, received: NaiveDate, days: u32) -> Option<NaiveDate> {
        let mut day = received;
        if days == 0 && self.is_working_day(day) {
            return Some(day);
        }
        let mut left = days.max(1);
        for _ in 0..MOST_DAYS {
            day = day.succ_opt()?;
            if self.is_working_day(day) {
                left -= 1;
                if left == 0 {
                    break;
                }
            }
        }
        Some(day)
    }
}

/// The date of `at` in `zone`.
fn local_day(at: DateTime<Utc>, zone: &impl TimeZone) -> NaiveDate {
    local_time(at, zone).unwrap_or(at.naive_utc()).date()
}

/// What the clock shows at `at`; none at the ends of what can be told.
fn local_time(at: DateTime<Utc>, zone: &impl TimeZone) -> Option<NaiveDateTime> {
    let utc = at.naive_utc();
    utc.checked_add_offset(zone.offset_from_utc_datetime(&utc).fix())
}

/// The instant with which `day` begins.
pub fn start_of(day: NaiveDate, zone: &impl TimeZone) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight) {
        MappedLocalTime::Single(at) => Some(at.to_utc()),
        MappedLocalTime::Ambiguous(one, other) => Some(one.to_utc().max(other.to_utc())),
        MappedLocalTime::None => after_gap(midnight, zone),
    }
}

/// The first instant at which the clock shows `skipped` or more, to the second.
fn after_gap(skipped: NaiveDateTime, zone: &impl TimeZone) -> Option<DateTime<Utc>> {
    let begin = skipped.and_utc().checked_sub_signed(DAY)?;
    let (mut before, mut after) = (0, 2 * DAY.num_seconds());
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let at = begin.checked_add_signed(TimeDelta::seconds(middle))?;
        if local_time(at, zone)? < skipped {
            before = middle;
        } else {
            after = middle;
        }
    }
    begin.checked_add_signed(TimeDelta::seconds(after))
}
