//! Working days, and the instants at which they are over.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use lobby_kiosk::domain::calendar::Calendar;

const SHANGHAI: Tz = Tz::Asia__Shanghai;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn days<const N: usize>(texts: [&str; N]) -> impl Iterator<Item = NaiveDate> {
    texts.into_iter().map(day)
}

/// An instant as people write it, with its offset.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// National Day 2026: Thursday to Wednesday off, the Sunday before and the Saturday after worked.
fn national_day() -> Calendar {
    Calendar {
        holidays: (1..=7)
            .map(|n| NaiveDate::from_ymd_opt(2026, 10, n).expect("a day"))
            .collect(),
        workdays: days(["2026-09-27", "2026-10-10"]).collect(),
    }
}

/// The deadline of what was received at `received`, as the clock in `zone` shows it.
fn deadline(calendar: &Calendar, received: &str, days: u32, zone: Tz) -> String {
    let end = calendar.after_working_days(at(received), days, zone);
    end.with_timezone(&zone).format("%F %T %:z").to_string()
}

#[test]
fn monday_to_friday_are_worked() {
    let plain = Calendar::default();
    // 2026-11-23 is a Monday.
    let week: Vec<bool> = (0..7)
        .map(|n| plain.is_working_day(day("2026-11-23") + Days::new(n)))
        .collect();
    assert_eq!(week, [true, true, true, true, true, false, false]);
}

#[test]
fn holidays_are_free_and_make_up_days_are_worked() {
    let calendar = national_day();
    let worked: Vec<u32> = day("2026-09-26")
        .iter_days()
        .take(16)
        .filter(|day| calendar.is_working_day(*day))
        .map(|day| day.day())
        .collect();
    assert_eq!(worked, [27, 28, 29, 30, 8, 9, 10]);
    let both = Calendar {
        holidays: days(["2026-10-10"]).collect(),
        workdays: days(["2026-10-10"]).collect(),
    };
    assert!(!both.is_working_day(day("2026-10-10")));
}

#[test]
fn the_day_of_receipt_does_not_count() {
    let plain = Calendar::default();
    let end = |received, days| deadline(&plain, received, days, SHANGHAI);
    // Monday morning, Monday night.
    assert_eq!(
        end("2026-11-23T09:00:00+08:00", 3),
        "2026-11-27 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-11-23T23:59:59+08:00", 3),
        "2026-11-27 00:00:00 +08:00"
    );
    // A second later it is Tuesday.
    assert_eq!(
        end("2026-11-24T00:00:00+08:00", 3),
        "2026-11-28 00:00:00 +08:00"
    );
    // Still Monday in London, but not in the branch.
    assert_eq!(end("2026-11-23T16:30:00Z", 1), "2026-11-26 00:00:00 +08:00");
    // Over the weekend, from within it, and over three of them.
    assert_eq!(
        end("2026-11-27T09:00:00+08:00", 1),
        "2026-12-01 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-11-28T09:00:00+08:00", 1),
        "2026-12-01 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-11-23T09:00:00+08:00", 15),
        "2026-12-15 00:00:00 +08:00"
    );
}

#[test]
fn without_days_the_same_day_ends_or_else_the_next_working_one() {
    let calendar = national_day();
    let end = |received| deadline(&calendar, received, 0, SHANGHAI);
    assert_eq!(
        end("2026-09-30T10:00:00+08:00"),
        "2026-10-01 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-10-01T10:00:00+08:00"),
        "2026-10-09 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-10-10T10:00:00+08:00"),
        "2026-10-11 00:00:00 +08:00",
        "a Saturday that is worked"
    );
}

#[test]
fn a_week_of_holidays_with_its_make_up_days() {
    let calendar = national_day();
    let end = |received, days| deadline(&calendar, received, days, SHANGHAI);
    // Friday; Sunday the 27th is worked.
    assert_eq!(
        end("2026-09-25T15:00:00+08:00", 1),
        "2026-09-28 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-09-30T15:00:00+08:00", 3),
        "2026-10-11 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-10-03T15:00:00+08:00", 4),
        "2026-10-13 00:00:00 +08:00"
    );
}

#[test]
fn months_and_years_end() {
    let mut calendar = Calendar::default();
    calendar.holidays.insert(day("2027-01-01"));
    let end = |received, days| deadline(&calendar, received, days, SHANGHAI);
    assert_eq!(
        end("2026-12-30T12:00:00+08:00", 1),
        "2027-01-01 00:00:00 +08:00"
    );
    assert_eq!(
        end("2026-12-30T12:00:00+08:00", 2),
        "2027-01-05 00:00:00 +08:00"
    );
    // 2028 has a 29 February, a Tuesday; 2027 has none.
    assert_eq!(
        end("2028-02-28T12:00:00+08:00", 1),
        "2028-03-01 00:00:00 +08:00"
    );
    assert_eq!(
        end("2027-02-26T12:00:00+08:00", 1),
        "2027-03-02 00:00:00 +08:00"
    );
}

#[test]
fn the_clock_may_change_meanwhile() {
    let mut calendar = Calendar::default();
    let end = |calendar: &Calendar, received, zone| deadline(calendar, received, 1, zone);
    // Friday in winter time, Monday in summer time, and back.
    assert_eq!(
        end(&calendar, "2026-03-27T12:00:00+01:00", Tz::Europe__Berlin),
        "2026-03-31 00:00:00 +02:00"
    );
    assert_eq!(
        end(&calendar, "2026-10-23T12:00:00+02:00", Tz::Europe__Berlin),
        "2026-10-27 00:00:00 +01:00"
    );
    // The night of the change itself, where it is worked.
    calendar.workdays = days(["2026-03-08", "2026-11-01"]).collect();
    assert_eq!(
        end(
            &calendar,
            "2026-03-07T12:00:00-05:00",
            Tz::America__New_York
        ),
        "2026-03-09 00:00:00 -04:00"
    );
    assert_eq!(
        end(
            &calendar,
            "2026-10-31T12:00:00-04:00",
            Tz::America__New_York
        ),
        "2026-11-02 00:00:00 -05:00"
    );
}

#[test]
fn a_midnight_that_the_clock_skips() {
    // Saturdays that are worked, before a Sunday that begins at one o'clock.
    let calendar = Calendar {
        workdays: days(["2026-03-28", "2026-09-05"]).collect(),
        ..Calendar::default()
    };
    assert_eq!(
        deadline(&calendar, "2026-03-27T12:00:00+02:00", 1, Tz::Asia__Beirut),
        "2026-03-29 01:00:00 +03:00"
    );
    assert_eq!(
        calendar.after_working_days(at("2026-03-27T10:00:00Z"), 1, Tz::Asia__Beirut),
        at("2026-03-28T22:00:00Z")
    );
    assert_eq!(
        deadline(
            &calendar,
            "2026-09-04T12:00:00-04:00",
            1,
            Tz::America__Santiago
        ),
        "2026-09-06 01:00:00 -03:00"
    );
    // A whole day that never was: Samoa crossed the date line.
    let friday = Calendar::default();
    assert_eq!(
        deadline(&friday, "2011-12-28T12:00:00-10:00", 1, Tz::Pacific__Apia),
        "2011-12-31 00:00:00 +14:00"
    );
    // A gap that does not begin at midnight: 23:30 became 00:30.
    let toronto = Calendar {
        workdays: days(["1919-03-30"]).collect(),
        ..Calendar::default()
    };
    assert_eq!(
        deadline(
            &toronto,
            "1919-03-29T12:00:00-05:00",
            1,
            Tz::America__Toronto
        ),
        "1919-03-31 00:30:00 -04:00"
    );
}

#[test]
fn a_midnight_that_strikes_twice() {
    let calendar = Calendar {
        workdays: days(["2026-10-24", "2026-10-31", "2026-11-01"]).collect(),
        ..Calendar::default()
    };
    // Saturday has its last hour twice: its end is the end of the second one.
    assert_eq!(
        calendar.after_working_days(at("2026-10-23T10:00:00Z"), 1, Tz::Asia__Beirut),
        at("2026-10-24T22:00:00Z")
    );
    // Sunday has its first hour twice: 00:00 at -04:00, then at -05:00.
    assert_eq!(
        deadline(
            &calendar,
            "2026-10-30T12:00:00-04:00",
            1,
            Tz::America__Havana
        ),
        "2026-11-01 00:00:00 -05:00"
    );
}

#[test]
fn every_deadline_is_a_local_midnight_after_that_many_working_days() {
    let calendar = national_day();
    for zone in [
        Tz::Asia__Shanghai,
        Tz::Europe__Berlin,
        Tz::America__New_York,
        Tz::Asia__Kathmandu,
    ] {
        for hour in 0..24 * 30 {
            let received = at("2026-09-20T00:59:59Z") + TimeDelta::hours(hour);
            for days in 1..=5 {
                let end = calendar.after_working_days(received, days, zone);
                let first = received.with_timezone(&zone).date_naive();
                let last = end.with_timezone(&zone).date_naive();
                let between = first.iter_days().skip(1).take_while(|day| *day < last);
                let worked = between.filter(|day| calendar.is_working_day(*day)).count();
                assert_eq!(worked, days as usize, "{received} {zone}");
                assert!(calendar.is_working_day(last.pred_opt().expect("a day")));
                let midnight = last.and_hms_opt(0, 0, 0).expect("a time");
                assert_eq!(
                    Some(end),
                    zone.from_local_datetime(&midnight)
                        .single()
                        .map(|at| at.to_utc())
                );
            }
        }
    }
}

#[test]
fn endless_holidays_and_the_ends_of_time_stop_the_search() {
    let received = at("2026-11-23T09:00:00+08:00");
    let today = day("2026-11-23");
    let calendar = Calendar {
        holidays: today.iter_days().take(200 * 366).collect(),
        ..Calendar::default()
    };
    let end = calendar.after_working_days(received, 3, SHANGHAI);
    assert_eq!(end, at("2126-11-25T00:00:00+08:00"));
    let many = Calendar::default().after_working_days(received, u32::MAX, SHANGHAI);
    assert_eq!(many, end);

    let first = DateTime::<Utc>::MIN_UTC;
    let last = DateTime::<Utc>::MAX_UTC;
    for zone in [
        Tz::UTC,
        Tz::Asia__Shanghai,
        Tz::America__New_York,
        Tz::Pacific__Apia,
    ] {
        for days in [0, 1, 15, u32::MAX] {
            let plain = Calendar::default();
            assert_eq!(plain.after_working_days(last, days, zone), last);
            assert!(plain.after_working_days(first, days, zone) >= first);
            for hours in 0..100 {
                let near = last - TimeDelta::hours(hours);
                assert!(plain.after_working_days(near, days, zone) >= near);
            }
        }
    }
}

#[test]
fn the_days_of_2026_are_built_in_for_a_branch_that_has_entered_none() {
    let calendar = Calendar::default().with_built_in();
    let off = |text: &str| !calendar.is_working_day(day(text));
    // 国务院办公厅关于 2026 年部分节假日安排的通知.
    for free in [
        "2026-01-02",
        "2026-02-23",
        "2026-04-06",
        "2026-05-05",
        "2026-06-19",
        "2026-09-25",
    ] {
        assert!(off(free), "{free}");
    }
    for worked in [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ] {
        assert!(!off(worked), "{worked}");
    }
    assert_eq!(calendar.holidays.len(), 19);
    assert!(
        calendar
            .years_without_holidays(day("2026-01-01"), day("2026-12-31"))
            .is_empty()
    );
    // What the branch has entered for the year stands alone, a day of its next notice aside.
    let own = national_day();
    assert_eq!(own.clone().with_built_in(), own);
    let next = Calendar {
        holidays: days(["2026-12-31"]).collect(),
        ..Calendar::default()
    };
    assert_eq!(next.with_built_in().holidays.len(), 20);
}

#[test]
fn a_missing_next_year_is_missed_from_december_on() {
    let calendar = Calendar::default().with_built_in();
    let missing = |today: &str| calendar.missing_years(day(today), day(today));
    assert_eq!(missing("2026-11-30"), [] as [i32; 0]);
    assert_eq!(missing("2026-12-01"), [2027]);
    assert_eq!(missing("2027-01-01"), [2027]);
    assert_eq!(missing("2027-12-01"), [2027, 2028]);
    // A deadline that reaches into it misses it before.
    assert_eq!(
        calendar.missing_years(day("2026-11-30"), day("2027-01-08")),
        [2027]
    );
}
