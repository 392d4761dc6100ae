//! When the exchanges take orders, at every edge of a day.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use lobby_kiosk::domain::calendar::Calendar;
use lobby_kiosk::domain::market::{Market, Phase, is_trading_day};

/// The calendar that is built in.
fn year() -> Calendar {
    Calendar::default().with_built_in()
}

/// A time on the exchanges' clock.
fn beijing(text: &str) -> DateTime<Utc> {
    let here: NaiveDateTime = text.parse().expect("a time");
    (here - TimeDelta::hours(8)).and_utc()
}

fn at(text: &str) -> Market {
    Market::at(beijing(text), &year()).expect("a day that can be told")
}

#[test]
fn every_part_of_a_day_begins_to_the_second() {
    // A Monday.
    for (begins, phase, next) in [
        ("00:00:00", Phase::Early, "09:15:00"),
        ("09:15:00", Phase::Opening, "09:20:00"),
        ("09:20:00", Phase::OpeningFixed, "09:25:00"),
        ("09:25:00", Phase::Opened, "09:30:00"),
        ("09:30:00", Phase::Morning, "11:30:00"),
        ("11:30:00", Phase::Noon, "13:00:00"),
        ("13:00:00", Phase::Afternoon, "14:57:00"),
        ("14:57:00", Phase::Closing, "15:00:00"),
    ] {
        let market = at(&format!("2026-11-23T{begins}"));
        assert_eq!(market.phase, phase, "{begins}");
        assert_eq!(market.next.to_string(), format!("2026-11-23 {next}"));
        assert!(market.is_open_today() && market.is_sure);
        // The second before is another part.
        let before = beijing(&format!("2026-11-23T{begins}")) - TimeDelta::seconds(1);
        let before = Market::at(before, &year()).expect("a day");
        assert_ne!(before.phase, phase, "{begins}");
        if begins != "00:00:00" {
            assert_eq!(before.next.to_string(), format!("2026-11-23 {begins}"));
            assert_eq!(before.minutes, 1, "the last minute has begun");
        }
    }
}

#[test]
fn after_the_close_the_next_day_with_trading_is_told() {
    for (now, next) in [
        ("2026-11-23T15:00:00", "2026-11-24 09:15:00"),
        ("2026-11-23T23:59:59", "2026-11-24 09:15:00"),
        // Friday.
        ("2026-11-27T15:00:00", "2026-11-30 09:15:00"),
        // The last day before National Day.
        ("2026-09-30T15:00:00", "2026-10-08 09:15:00"),
        ("2026-02-13T18:00:00", "2026-02-24 09:15:00"),
    ] {
        let market = at(now);
        assert_eq!(market.phase, Phase::Over, "{now}");
        assert_eq!(market.next.to_string(), next, "{now}");
        assert!(!market.is_open_today());
    }
}

#[test]
fn holidays_and_worked_weekends_have_no_trading() {
    for (now, next) in [
        ("2026-11-28T10:00:00", "2026-11-30 09:15:00"),
        ("2026-11-29T10:00:00", "2026-11-30 09:15:00"),
        ("2026-10-01T10:00:00", "2026-10-08 09:15:00"),
        // Worked by the branch, and no day of the exchanges.
        ("2026-10-10T10:00:00", "2026-10-12 09:15:00"),
        ("2026-02-14T14:58:00", "2026-02-24 09:15:00"),
        ("2026-01-01T09:20:00", "2026-01-05 09:15:00"),
    ] {
        let market = at(now);
        assert_eq!(market.phase, Phase::Closed, "{now}");
        assert_eq!(market.next.to_string(), next, "{now}");
    }
    let saturday = "2026-10-10".parse().expect("a day");
    assert!(year().is_working_day(saturday) && !is_trading_day(&year(), saturday));
}

#[test]
fn minutes_are_those_that_have_begun() {
    for (now, minutes) in [
        ("14:20:00", 37),
        ("14:20:01", 37),
        ("14:20:59", 37),
        ("14:21:00", 36),
        ("14:56:00", 1),
        ("14:56:59", 1),
        ("14:57:00", 3),
    ] {
        assert_eq!(at(&format!("2026-11-23T{now}")).minutes, minutes, "{now}");
    }
}

#[test]
fn what_rests_on_unknown_holidays_is_not_sure() {
    assert!(at("2026-12-30T15:00:00").is_sure, "Thursday is still 2026");
    let last = at("2026-12-31T15:00:00");
    assert_eq!(last.next.to_string(), "2027-01-01 09:15:00");
    assert!(!last.is_sure, "nobody has entered New Year's Day");
    assert!(at("2026-12-31T14:00:00").is_sure);
    assert!(!at("2027-03-01T10:00:00").is_sure);
    let mut known = year();
    known.holidays.insert("2027-01-01".parse().expect("a day"));
    let told = Market::at(beijing("2026-12-31T15:00:00"), &known).expect("a day");
    assert_eq!(told.next.to_string(), "2027-01-04 09:15:00");
    assert!(told.is_sure);
}

#[test]
fn the_exchanges_keep_beijing_time_wherever_the_branch_is() {
    // 9:30 in Beijing, whatever a clock in Urumqi or London shows.
    let at: DateTime<Utc> = "2026-11-23T01:30:00Z".parse().expect("a time");
    assert_eq!(
        Market::at(at, &year()).expect("a day").phase,
        Phase::Morning
    );
    assert_eq!(Market::at(DateTime::<Utc>::MAX_UTC, &year()), None);
}
