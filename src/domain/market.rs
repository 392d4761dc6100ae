//! When the exchanges in Shanghai and Shenzhen take orders: what makes an order urgent.
//!
//! The sessions are those of shares in auction trading (上交所、深交所交易规则): opening auction
//! 9:15–9:25, continuous trading 9:30–11:30 and 13:00–14:57, closing auction 14:57–15:00. In the
//! closing auction, and from 9:20 to 9:25, nothing can be cancelled. What is traded at a fixed price
//! after the close is not counted here.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::calendar::Calendar;

/// The clock of both exchanges before UTC, wherever the branch is: China has had no other time since
/// 1991.
pub const BEIJING: TimeDelta = TimeDelta::hours(8);
/// The most days that are looked through for one with trading: no holiday is nearly as long.
const MOST_DAYS: u64 = 60;

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No trading today; on a day without trading, all of it.
    Closed,
    /// Before 9:15 on a day with trading.
    Early,
    /// 9:15 to 9:20: opening auction, whose orders can be cancelled.
    Opening,
    /// 9:20 to 9:25: opening auction, whose orders cannot be cancelled any more.
    OpeningFixed,
    /// 9:25 to 9:30: the opening price is found.
    Opened,
    /// 9:30 to 11:30.
    Morning,
    /// 11:30 to 13:00.
    Noon,
    /// 13:00 to 14:57.
    Afternoon,
    /// 14:57 to 15:00: closing auction, whose orders cannot be cancelled.
    Closing,
    /// From 15:00 on, on a day with trading.
    Over,
}

/// Where the parts of a day with trading begin, in minutes after midnight.
const PARTS: [(u32, Phase); 9] = [
    (0, Phase::Early),
    (9 * 60 + 15, Phase::Opening),
    (9 * 60 + 20, Phase::OpeningFixed),
    (9 * 60 + 25, Phase::Opened),
    (9 * 60 + 30, Phase::Morning),
    (11 * 60 + 30, Phase::Noon),
    (13 * 60, Phase::Afternoon),
    (14 * 60 + 57, Phase::Closing),
    (15 * 60, Phase::Over),
];

/// How it stands with the market at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Market {
    /// Which part of the day it is.
    pub phase: Phase,
    /// When the next part begins, on the exchanges' clock: the next day's opening auction where
    /// today has none left.
    pub next: NaiveDateTime,
    /// Whole minutes until then, begun ones counted: 1 in the last minute.
    pub minutes: i64,
    /// Whether the days off of the year are known that this rests on.
    pub is_sure: bool,
}

impl Market {
    /// How it stands at `now`, by the days of `calendar`; none beyond the days that can be told.
    pub fn at(now: DateTime<Utc>, calendar: &Calendar) -> Option<Self> {
        let here = now.naive_utc().checked_add_signed(BEIJING)?;
        let today = here.date();
        let phase = if is_trading_day(calendar, today) {
            phase_at(here.time())
        } else {
            Phase::Closed
        };
        let next = match phase {
            Phase::Closed | Phase::Over => {
                at_minute(next_trading_day(calendar, today)?, 9 * 60 + 15)?
            }
            _ => next_part(here)?,
        };
        let seconds = (next - here).num_seconds();
        Some(Self {
            phase,
            next,
            minutes: (seconds + 59) / 60,
            is_sure: calendar
                .years_without_holidays(today, next.date())
                .is_empty(),
        })
    }

    /// Whether an order can still be placed for today, now or later.
    pub fn is_open_today(&self) -> bool {
        !matches!(self.phase, Phase::Closed | Phase::Over)
    }
}

/// Whether the exchanges trade on `day`: from Monday to Friday, but for public holidays. A weekend
/// day that is worked (调休) is none.
pub fn is_trading_day(calendar: &Calendar, day: NaiveDate) -> bool {
    day.weekday().number_from_monday() <= 5 && !calendar.holidays.contains(&day)
}

fn next_trading_day(calendar: &Calendar, day: NaiveDate) -> Option<NaiveDate> {
    let mut days = (1..=MOST_DAYS).map_while(|after| day.checked_add_days(Days::new(after)));
    days.find(|day| is_trading_day(calendar, *day))
}

fn phase_at(time: NaiveTime) -> Phase {
    let begun = PARTS
        .iter()
        .rev()
        .find(|(minute, _)| time >= clock(*minute));
    begun.map_or(Phase::Early, |(_, phase)| *phase)
}

/// When the part of today that follows `here` begins.
fn next_part(here: NaiveDateTime) -> Option<NaiveDateTime> {
    let mut parts = PARTS.iter();
    let (minute, _) = parts.find(|(minute, _)| clock(*minute) > here.time())?;
    at_minute(here.date(), *minute)
}

fn at_minute(day: NaiveDate, minute: u32) -> Option<NaiveDateTime> {
    day.and_hms_opt(minute / 60, minute % 60, 0)
}

fn clock(minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN)
}
