//! What many incidents and complaints say together.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::America::New_York;
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::domain::calling::{CallEvent, Outcome};
use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::statistics::{
    ComplaintFact, Counting, Deadlines, InTime, IncidentFact, Length, Month, Period, Quarter,
    Statistics, nearest_rank,
};
use lobby_kiosk::domain::summary::{IncidentState, Summary};
use proptest::prelude::*;

fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = Shanghai.with_ymd_and_hms(2026, 11, day, hour, minute, 0);
    local.unwrap().to_utc()
}

fn closed(type_id: &str, started: DateTime<Utc>) -> IncidentFact<'_> {
    IncidentFact {
        type_id,
        started,
        standing: IncidentState::Closed,
        ended: Some(started + TimeDelta::minutes(20)),
        to_step: Some(30_000),
        to_report: Some(90_000),
    }
}

fn complaint(received: DateTime<Utc>, answered: Option<DateTime<Utc>>) -> ComplaintFact {
    ComplaintFact {
        about: About::Service,
        received,
        answered,
        answer_by: Some(received + TimeDelta::days(10)),
        is_aside: false,
        is_erased: false,
    }
}

fn counted(incidents: &[IncidentFact<'_>], complaints: &[ComplaintFact]) -> Statistics {
    let minute = |of: i64| Some(of * 60_000);
    let deadlines = BTreeMap::from([(
        "fire".to_owned(),
        Deadlines {
            step: minute(1),
            report: minute(2),
        },
    )]);
    let mut counting = Counting::begin(Period::All, &Shanghai, &deadlines, at(28, 12, 0));
    incidents.iter().for_each(|fact| counting.incident(fact));
    complaints.iter().for_each(|fact| counting.complaint(fact));
    counting.end()
}

#[test]
fn the_nearest_rank_is_a_value_that_was_there() {
    let values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    assert_eq!(nearest_rank(&values, 50), Some(5));
    assert_eq!(nearest_rank(&values, 90), Some(9));
    assert_eq!(nearest_rank(&values[..3], 50), Some(2));
    assert_eq!(nearest_rank(&values[..3], 90), Some(3));
    assert_eq!(nearest_rank(&values[..1], 50), Some(1));
    assert_eq!(nearest_rank(&[], 90), None);
}

#[test]
fn incidents_are_counted_by_type_month_weekday_and_hour_of_the_branch() {
    // A quarter to eight in the morning of a Monday in Shanghai is still Sunday by UTC.
    let monday = at(23, 7, 45);
    assert_eq!(monday.weekday(), chrono::Weekday::Sun);
    let september = Shanghai
        .with_ymd_and_hms(2026, 9, 1, 9, 0, 0)
        .unwrap()
        .to_utc();
    let found = counted(
        &[
            closed("fire", monday),
            closed("flood", monday),
            closed("fire", september),
        ],
        &[complaint(at(2, 9, 0), None)],
    );
    assert_eq!(found.incidents, 3);
    assert_eq!(
        found.by_type,
        [("fire".to_owned(), 2), ("flood".to_owned(), 1)]
    );
    let month = |month| Month { year: 2026, month };
    // October stands there with nothing.
    assert_eq!(
        found.by_month,
        [(month(9), 1, 0), (month(10), 0, 0), (month(11), 2, 1)]
    );
    assert_eq!(found.by_weekday(), [2, 1, 0, 0, 0, 0, 0]);
    assert_eq!(found.by_time_of_day()[7], 2);
    assert_eq!(found.by_time_of_day()[9], 1);
}

#[test]
fn a_tap_that_was_undone_and_a_complaint_put_aside_count_nowhere() {
    let undone = IncidentFact {
        standing: IncidentState::Undone,
        ..closed("fire", at(23, 9, 0))
    };
    let aside = ComplaintFact {
        is_aside: true,
        ..complaint(at(2, 9, 0), Some(at(3, 9, 0)))
    };
    let found = counted(&[undone], &[aside]);
    let nothing = counted(&[], &[]);
    assert_eq!(found.undone, 1);
    assert_eq!(Statistics { undone: 0, ..found }, nothing);
}

#[test]
fn times_are_held_against_the_deadlines_of_the_type() {
    let slow = IncidentFact {
        to_step: Some(61_000),
        to_report: None,
        ..closed("fire", at(23, 9, 0))
    };
    let just_begun = IncidentFact {
        standing: IncidentState::Open,
        ended: None,
        to_step: None,
        to_report: None,
        ..closed("fire", at(28, 11, 59) + TimeDelta::seconds(30))
    };
    let forgotten = IncidentFact {
        started: at(28, 11, 0),
        ..just_begun
    };
    let without = closed("flood", at(23, 9, 0));
    let found = counted(
        &[
            closed("fire", at(23, 9, 0)),
            slow,
            just_begun,
            forgotten,
            without,
        ],
        &[],
    );
    // What has no deadline is among the times and not among those that kept one; what may still be in
    // time is not decided; what nobody did is not in time.
    assert_eq!(found.to_step.count, 3);
    assert_eq!(found.to_step.in_time, InTime { kept: 1, of: 3 });
    assert_eq!(found.to_report.in_time, InTime { kept: 1, of: 3 });
    assert_eq!(
        (found.to_step.median, found.to_step.ninetieth),
        (Some(30_000), Some(61_000))
    );
    assert_eq!(found.open, 2);
    assert_eq!(found.to_close.count, 3);
    assert_eq!(found.to_close.median, Some(20 * 60_000));
}

#[test]
fn days_until_an_answer_are_those_of_the_calendar_and_the_last_one_is_in_time() {
    let late_evening = at(2, 23, 30);
    let by = late_evening + TimeDelta::days(10);
    let found = counted(
        &[],
        &[
            complaint(at(2, 9, 0), Some(at(2, 17, 0))),
            complaint(late_evening, Some(at(3, 0, 30))),
            complaint(late_evening, Some(by - TimeDelta::milliseconds(1))),
            complaint(late_evening, Some(by)),
            // Owed since long, not owed yet, and never any more.
            complaint(at(2, 9, 0), None),
            complaint(at(27, 9, 0), None),
            ComplaintFact {
                is_erased: true,
                ..complaint(at(2, 9, 0), None)
            },
        ],
    );
    assert_eq!(found.complaints, 7);
    assert_eq!(found.to_answer.count, 4);
    assert_eq!(
        (found.to_answer.median, found.to_answer.ninetieth),
        (Some(1), Some(10))
    );
    assert_eq!(found.to_answer.in_time, InTime { kept: 3, of: 5 });
    assert_eq!(found.to_answer.in_time.missed(), 2);
    assert_eq!(found.by_subject[1], (About::Service, 7));
}

#[test]
fn a_month_and_a_year_begin_and_end_with_the_branch_s_midnight() {
    let month = Month::read("2026-12").unwrap();
    let (from, to) = Period::Month(month).range(&Shanghai);
    assert_eq!(from.to_rfc3339(), "2026-11-30T16:00:00+00:00");
    assert_eq!(to.to_rfc3339(), "2026-12-31T16:00:00+00:00");
    assert_eq!(
        Period::Year(2026).range(&New_York).0.to_rfc3339(),
        "2026-01-01T05:00:00+00:00"
    );
    assert_eq!(Period::Year(2026).range(&Shanghai).1, to);
    for typed in [
        "2026-13",
        "2026-00",
        "26-11",
        "2026",
        "2026-11-01",
        "",
        "x-y",
    ] {
        assert_eq!(Month::read(typed), None, "{typed}");
    }
    assert_eq!(month.next(), Month::read("2027-01"));
}

/// The summary of an incident to which this happened, each a second after the one before.
fn summary(events: Vec<IncidentEvent>) -> Summary {
    let started = IncidentEvent::Started {
        type_id: "fire".to_owned(),
        name: Text::default(),
        plan: String::new(),
        digest: None,
    };
    let begin = at(23, 9, 0);
    let mut summary = Summary::begin(&"1".into(), begin, &started).unwrap();
    for (second, event) in (1..).zip(events) {
        summary.apply(begin + TimeDelta::seconds(second), &event);
    }
    summary
}

fn marked(mark: Mark) -> IncidentEvent {
    IncidentEvent::StepMarked {
        step: StepRef {
            type_id: "fire".to_owned(),
            step: "alarm".to_owned(),
        },
        command: Text::default(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    }
}

fn called(role: &str, place: usize, answered: bool) -> IncidentEvent {
    IncidentEvent::Call(CallEvent::Called {
        role: role.to_owned(),
        name: Text::default(),
        place,
        answered,
    })
}

fn corrected(role: &str, outcome: Outcome) -> IncidentEvent {
    IncidentEvent::Call(CallEvent::Corrected {
        entry: "call".into(),
        role: role.to_owned(),
        name: Text::default(),
        place: 1,
        outcome,
    })
}

#[test]
fn the_first_word_on_a_step_and_the_first_call_answered_are_timed() {
    let found = summary(vec![
        marked(Mark::Open),
        called("it", 1, false),
        marked(Mark::Skipped),
        called("fire-brigade", 1, true),
        marked(Mark::Done),
        called("it", 1, true),
    ]);
    let fact = found.fact();
    assert_eq!(fact.to_step, Some(3000));
    assert_eq!(fact.to_report, Some(4000));

    // A call that was none was no report: then the next one is, or one answered after all.
    let mistaken = vec![
        called("it", 1, true),
        called("police", 1, true),
        corrected("it", Outcome::NotMade),
    ];
    assert_eq!(summary(mistaken.clone()).fact().to_report, Some(2000));
    let both = [mistaken, vec![corrected("police", Outcome::NoAnswer)]].concat();
    assert_eq!(summary(both).fact().to_report, None);
    let after_all = vec![called("it", 1, false), corrected("it", Outcome::Answered)];
    assert_eq!(summary(after_all).fact().to_report, Some(2000));
}

#[test]
fn a_clock_that_was_set_changes_no_length_of_time() {
    let day = 86_400_000;
    let mut found = summary(vec![IncidentEvent::ClockJumped { by_ms: day }]);
    let begin = at(23, 9, 0) + TimeDelta::milliseconds(day);
    found.apply(begin + TimeDelta::seconds(5), &marked(Mark::Done));
    assert_eq!(found.fact().to_step, Some(5000));
}

proptest! {
    /// Whatever is counted, every way of counting it gives the same sum, and in any order the same.
    #[test]
    fn sums_agree(
        incidents in prop::collection::vec((0_i64..20_000_000, 0_usize..3, 0_i64..500_000), 0..60),
        complaints in prop::collection::vec((0_i64..20_000_000, 0_i64..40), 0..40),
    ) {
        let begin = at(1, 0, 0) - TimeDelta::days(200);
        let facts: Vec<IncidentFact<'_>> = incidents.iter().map(|(second, kind, took)| IncidentFact {
            to_step: Some(*took),
            ..closed(["fire", "flood", "theft"][*kind], begin + TimeDelta::seconds(*second))
        }).collect();
        let written: Vec<ComplaintFact> = complaints.iter().map(|(second, days)| {
            let received = begin + TimeDelta::seconds(*second);
            complaint(received, Some(received + TimeDelta::days(*days)))
        }).collect();
        let found = counted(&facts, &written);
        prop_assert_eq!(found.by_type.iter().map(|(_, count)| count).sum::<usize>(), facts.len());
        prop_assert_eq!(found.by_weekday().iter().sum::<usize>(), facts.len());
        prop_assert_eq!(found.by_time_of_day().iter().sum::<usize>(), facts.len());
        prop_assert_eq!(found.by_month.iter().map(|(_, one, _)| one).sum::<usize>(), facts.len());
        prop_assert_eq!(found.by_month.iter().map(|(.., one)| one).sum::<usize>(), written.len());
        prop_assert_eq!(found.by_subject.iter().map(|(_, count)| count).sum::<usize>(), written.len());
        for fact in &facts {
            let local = fact.started.with_timezone(&Shanghai);
            let day = local.weekday().num_days_from_monday() as usize;
            prop_assert!(found.by_hour[day][local.hour() as usize] > 0);
        }
        // Half of them, and nine tenths, did not take longer; one value less would not reach that.
        for (percent, value) in [(50, found.to_step.median), (90, found.to_step.ninetieth)] {
            let Some(value) = value else {
                prop_assert!(facts.is_empty());
                continue;
            };
            let within = |most: i64| incidents.iter().filter(|(.., took)| *took <= most).count() * 100;
            prop_assert!(within(value) >= facts.len() * percent);
            prop_assert!(within(value - 1) < facts.len() * percent);
        }
        let (mut facts, mut written) = (facts, written);
        facts.reverse();
        written.reverse();
        prop_assert_eq!(counted(&facts, &written), found);
    }
}

#[test]
fn times_of_one_length_follow_each_other_without_a_gap() {
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    for length in [Length::Month, Length::Quarter, Length::Year] {
        let mut period = Period::of(length, day(2025, 11, 30));
        for _ in 0..30 {
            let next = period.after().unwrap();
            let (_, end) = period.range(&Shanghai);
            let (begin, _) = next.range(&Shanghai);
            assert_eq!(end, begin, "{period:?}");
            assert_eq!(next.before(), Some(period));
            period = next;
        }
    }
    assert_eq!((Period::All.before(), Period::All.after()), (None, None));
    let quarter = |year, quarter| Period::Quarter(Quarter { year, quarter });
    assert_eq!(
        Period::of(Length::Quarter, day(2026, 1, 1)),
        quarter(2026, 1)
    );
    assert_eq!(
        Period::of(Length::Quarter, day(2026, 12, 31)),
        quarter(2026, 4)
    );
    assert_eq!(quarter(2026, 1).before(), Some(quarter(2025, 4)));
    let (begin, end) = quarter(2026, 4).range(&Shanghai);
    let local = |at: DateTime<Utc>| at.with_timezone(&Shanghai).date_naive();
    assert_eq!(
        (local(begin), local(end)),
        (day(2026, 10, 1), day(2027, 1, 1))
    );
}

#[test]
fn a_quarter_is_typed_with_its_year() {
    assert_eq!(
        Quarter::read("2026-Q4"),
        Some(Quarter {
            year: 2026,
            quarter: 4
        })
    );
    assert_eq!(
        Quarter::read(" 2026-q1 "),
        Some(Quarter {
            year: 2026,
            quarter: 1
        })
    );
    for wrong in [
        "2026", "2026-4", "2026-Q5", "2026-Q0", "26-Q1", "Q4-2026", "2026-Q",
    ] {
        assert_eq!(Quarter::read(wrong), None, "{wrong}");
    }
}
