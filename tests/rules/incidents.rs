//! The rules of incidents and guides, without a window, a disk or a clock.

use chrono::{DateTime, Duration, TimeZone, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::guide::{Deadline, Guide, Urgency};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent, Mark, Status, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{IncidentType, Plan, Text};
use lobby_kiosk::domain::summary::{IncidentState, Summary};

fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    begin() + Duration::seconds(seconds)
}

fn started(kind: &IncidentType) -> (Incident, Summary) {
    let event = IncidentEvent::Started {
        type_id: kind.id.clone(),
        name: kind.name.clone(),
        plan: "2026-11-23".to_owned(),
        digest: None,
    };
    (
        Incident::begin(&"i".into(), &"e0".into(), begin(), &event).unwrap(),
        Summary::begin(&"i".into(), begin(), &event).unwrap(),
    )
}

fn mark(kind: &IncidentType, step: usize, mark: Mark) -> IncidentEvent {
    let step = &kind.steps[step];
    IncidentEvent::StepMarked {
        step: StepRef {
            type_id: kind.id.clone(),
            step: step.id.clone(),
        },
        command: step.command.clone(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    }
}

fn plan() -> Plan {
    plan_file::built_in()
}

#[test]
fn nothing_but_a_start_begins_an_incident() {
    for event in [
        IncidentEvent::StartUndone {},
        IncidentEvent::Reopened {},
        IncidentEvent::CloseUndone {},
    ] {
        assert_eq!(
            Incident::begin(&"i".into(), &"e".into(), begin(), &event),
            None
        );
        assert_eq!(Summary::begin(&"i".into(), begin(), &event), None);
    }
}

#[test]
fn the_current_step_is_the_first_without_a_last_word() {
    let plan = plan();
    let kind = plan.incident("power-cut").unwrap();
    let (mut incident, _) = started(kind);
    assert_eq!(Guide::of(&incident, kind).current, Some(0));
    incident.apply(&"e1".into(), after(1), &mark(kind, 1, Mark::Skipped));
    assert_eq!(Guide::of(&incident, kind).current, Some(0));
    incident.apply(&"e2".into(), after(2), &mark(kind, 0, Mark::Done));
    assert_eq!(Guide::of(&incident, kind).current, Some(2));
    incident.apply(&"e3".into(), after(3), &mark(kind, 1, Mark::Open));
    assert_eq!(
        Guide::of(&incident, kind).current,
        Some(1),
        "corrected back"
    );
    assert_eq!(incident.log.len(), 4, "and nothing is deleted");
}

#[test]
fn follow_ups_are_never_the_current_step() {
    let plan = plan();
    for kind in &plan.incidents {
        let (mut incident, _) = started(kind);
        for (index, step) in kind.steps.iter().enumerate() {
            if !step.is_follow_up() {
                incident.apply(&"e".into(), after(1), &mark(kind, index, Mark::Done));
            }
        }
        let guide = Guide::of(&incident, kind);
        assert_eq!(guide.current, None, "{}", kind.id);
        assert_eq!(guide.left_behind(&kind.id).len(), guide.follow_ups.len());
    }
}

#[test]
fn a_deadline_is_amber_in_its_last_third_and_red_when_it_is_over() {
    let urgency = |now: i64| Deadline::at(begin(), after(300), after(now)).urgency;
    assert_eq!(urgency(0), Urgency::Calm);
    assert_eq!(urgency(199), Urgency::Calm);
    assert_eq!(urgency(200), Urgency::Soon);
    assert_eq!(urgency(299), Urgency::Soon);
    assert_eq!(urgency(300), Urgency::Overdue);
}

#[test]
fn a_start_can_be_undone_for_five_seconds_and_not_by_a_clock_set_back() {
    let plan = plan();
    let (incident, _) = started(plan.incident("fire").unwrap());
    let may =
        |milliseconds| incident.may_undo_start(begin() + Duration::milliseconds(milliseconds));
    assert!(may(0) && may(4999));
    assert!(!may(5000) && !may(-1));
}

#[test]
fn a_close_can_be_taken_back_and_reopened_within_a_day() {
    let plan = plan();
    let kind = plan.incident("earthquake").unwrap();
    let (mut incident, mut summary) = started(kind);
    let mut left = Guide::of(&incident, kind).left_behind(&kind.id);
    left.truncate(2);
    assert_eq!(left.len(), 2, "this test needs two follow-ups");
    let close = IncidentEvent::Closed {
        outcome: "resolved".to_owned(),
        words: Text::new([(Lang::ZH_CN, "已解决"), (Lang::EN, "Resolved")]),
        follow_ups: left,
    };
    incident.apply(&"e1".into(), after(60), &close);
    summary.apply(after(60), &close);
    assert!(matches!(incident.status, Status::Closed { .. }));
    assert_eq!(incident.follow_ups, summary.follow_ups);
    assert!(incident.may_undo_close(after(64)) && !incident.may_undo_close(after(65)));
    let day = 24 * 3600;
    assert!(incident.may_reopen(after(60 + day - 1)) && !incident.may_reopen(after(60 + day)));

    let index = kind
        .steps
        .iter()
        .position(|one| one.is_follow_up())
        .unwrap();
    let done = mark(kind, index, Mark::Done);
    incident.apply(&"e2".into(), after(70), &done);
    assert!(summary.apply(after(70), &done));
    assert_eq!(
        (incident.follow_ups.len(), summary.follow_ups.len()),
        (1, 1)
    );
    let long_ago = after(-30 * day);
    assert!(summary.is_live(after(365 * day)), "something is left to do");
    let waived = mark(kind, index + 1, Mark::Waived);
    summary.apply(after(80), &waived);
    assert!(summary.is_live(long_ago) && !summary.is_live(after(365 * day)));

    incident.apply(&"e3".into(), after(90), &IncidentEvent::Reopened {});
    summary.apply(after(90), &IncidentEvent::Reopened {});
    assert!(incident.is_open());
    assert_eq!(summary.standing, IncidentState::Open);
}

#[test]
fn a_text_without_a_language_is_never_blank() {
    let text = Text::new([(Lang::ZH_CN, "停电")]);
    assert_eq!(text.in_lang(&Lang::EN), "停电");
    assert_eq!(Text::default().in_lang(&Lang::EN), "");
}

#[test]
fn on_the_spot_the_time_runs_from_the_change_of_type_and_afterwards_from_the_event() {
    let plan = plan();
    let (mut incident, _) = started(plan.incident("unclassified").unwrap());
    let kind = plan.incident("sudden-illness").unwrap();
    incident.apply(
        &"e1".into(),
        after(600),
        &IncidentEvent::Retyped {
            type_id: kind.id.clone(),
            name: kind.name.clone(),
            digest: None,
        },
    );
    // The clock was set an hour forward since.
    let jump = 3600;
    incident.apply(
        &"e2".into(),
        after(700 + jump),
        &IncidentEvent::ClockJumped { by_ms: jump * 1000 },
    );
    let guide = Guide::of(&incident, kind);
    let within = |one: &lobby_kiosk::domain::guide::StepStanding<'_>| {
        Some((one.due?, i64::from(one.step.within?)))
    };
    let spot: Vec<_> = guide.steps.iter().filter_map(within).collect();
    let later: Vec<_> = guide.follow_ups.iter().filter_map(within).collect();
    assert!(
        !spot.is_empty() && !later.is_empty(),
        "this test needs both"
    );
    for (due, within) in spot {
        assert_eq!(due, after(600 + jump + within));
    }
    for (due, within) in later {
        assert_eq!(due, after(jump + within));
    }
}
