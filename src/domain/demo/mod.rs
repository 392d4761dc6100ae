//! What an invented branch would have lived through: when, and how often what. The history itself is
//! made by [`crate::service::demo`], act by act.

pub mod chance;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};

use self::chance::Chance;
use super::calendar::Calendar;
use super::market::is_trading_day;
use super::plan::{Plan, UNCLASSIFIED};

/// How many days a history goes back: two years.
pub const DAYS: u64 = 730;
/// When the branch opens and closes, in minutes after midnight.
const OPEN: (i64, i64) = (8 * 60 + 45, 17 * 60 + 15);

/// When of the day something happens, in minutes after midnight, and how often: while the exchanges
/// trade the lobby is full.
const TIMES: [((i64, i64), u64); 6] = [
    ((8 * 60 + 50, 9 * 60 + 14), 6),
    ((9 * 60 + 15, 11 * 60 + 29), 42),
    ((11 * 60 + 30, 12 * 60 + 59), 10),
    ((13 * 60, 14 * 60 + 59), 34),
    ((15 * 60, 15 * 60 + 59), 6),
    ((16 * 60, 16 * 60 + 50), 2),
];

/// How often a type of the built-in plan happens beside the others; any other one of
/// [`SELDOM`].
const OFTEN: [(&str, u64); 25] = [
    ("sudden-illness", 240),
    ("service-dispute", 210),
    ("trading-dispute", 120),
    ("trading-system-down", 90),
    ("network-outage", 70),
    ("power-cut", 45),
    (UNCLASSIFIED, 40),
    ("fraud-now", 36),
    ("malicious-complaint", 34),
    ("data-leak-dispute", 30),
    ("lost-person", 24),
    ("suspicious-person", 20),
    ("fire-equipment-fault", 20),
    ("lift-trapped", 18),
    ("extreme-weather", 18),
    ("group-complaint", 14),
    ("burst-pipe", 14),
    ("physical-conflict", 12),
    ("media-crisis", 6),
    ("fire", 16),
    ("self-harm", 2),
    ("earthquake", 2),
    ("robbery", 1),
    ("bomb-threat", 1),
    ("petrol-threat", 1),
];
/// How often any other type happens.
const SELDOM: u64 = 1;

/// The moments at which `count` things happen in the [`DAYS`] up to the end of the day `last`, in their
/// order: on working days alone, most on those with trading and within its hours.
pub fn moments<Z: TimeZone>(
    count: usize,
    last: NaiveDate,
    calendar: &Calendar,
    zone: &Z,
    chance: &mut Chance,
) -> Vec<DateTime<Utc>> {
    let back = (0..DAYS).filter_map(|back| last.checked_sub_days(Days::new(back)));
    let worked = back.filter(|day| calendar.is_working_day(*day));
    // A worked weekend is calm.
    let weighed = worked.map(|day| (day, if is_trading_day(calendar, day) { 10 } else { 3 }));
    let days: Vec<(NaiveDate, u64)> = weighed.collect();
    let moment = |_| {
        let day = *chance.weighted(&days)?;
        let (from, to) = *chance.weighted(&TIMES)?;
        let ms = chance.between(from * 60_000, to * 60_000 + 59_999);
        at(day, ms, zone)
    };
    let mut moments: Vec<_> = (0..count).filter_map(moment).collect();
    moments.sort();
    moments
}

/// The type of what happens in this month of the year, from 1.
pub fn kind_of(plan: &Plan, month: u32, chance: &mut Chance) -> Option<String> {
    let weighed = plan.incidents.iter().map(|kind| {
        let often = OFTEN.iter().find(|(id, _)| *id == kind.id);
        let weight = often.map_or(SELDOM, |(_, weight)| *weight);
        // Storms, floods and heat come in summer.
        let is_summer = (6..=9).contains(&month);
        let times = if kind.id == "extreme-weather" && is_summer {
            4
        } else {
            1
        };
        (kind.id.clone(), weight * times)
    });
    let weighed: Vec<(String, u64)> = weighed.collect();
    chance.weighted(&weighed).cloned()
}

/// How often an answer to a guide's question is given beside its others: most of what happens ends well.
pub fn likeliness(answer: &str) -> u64 {
    match answer {
        "fall" => 60,
        "words" | "peaceful" | "accepted" | "worried" | "one" | "building" | "all-well" | "odd"
        | "smoke" | "warning" | "well" | "not-yet" | "pipe" | "missing-elder" | "threat" => 40,
        "chest-pain" | "stroke" | "seizure" | "superior" | "provider" | "branch" | "gone" => 14,
        "no-response" | "weapon" | "danger" | "armed" | "hostage" | "lit" | "cut-off"
        | "flames" | "yes" => 3,
        _ => 8,
    }
}

/// The moment itself where the branch is open then, else some minutes after it opens the next time; never
/// earlier.
pub fn in_office<Z: TimeZone>(
    wanted: DateTime<Utc>,
    calendar: &Calendar,
    zone: &Z,
    chance: &mut Chance,
) -> DateTime<Utc> {
    let local = wanted.with_timezone(zone).naive_local();
    let minute = (local.time() - NaiveTime::MIN).num_minutes();
    if calendar.is_working_day(local.date()) && (OPEN.0..OPEN.1).contains(&minute) {
        return wanted;
    }
    let today = calendar.is_working_day(local.date()) && minute < OPEN.0;
    let days =
        (u64::from(!today)..60).filter_map(|on| local.date().checked_add_days(Days::new(on)));
    let next = days.into_iter().find(|day| calendar.is_working_day(*day));
    let ms = chance.between(OPEN.0 * 60_000, (OPEN.0 + 90) * 60_000);
    next.and_then(|day| at(day, ms, zone))
        .map_or(wanted, |at| at.max(wanted))
}

/// Of which month of the year a moment is on the clock in `zone`.
pub fn month_of<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> u32 {
    at.with_timezone(zone).month()
}

/// So many milliseconds after the midnight with which `day` begins.
fn at<Z: TimeZone>(day: NaiveDate, ms: i64, zone: &Z) -> Option<DateTime<Utc>> {
    let local = day.and_time(NaiveTime::MIN) + chrono::TimeDelta::milliseconds(ms);
    Some(zone.from_local_datetime(&local).earliest()?.to_utc())
}
