//! The rules of calls and evacuations, without a window, a disk or a clock.

use chrono::{DateTime, Duration, TimeZone, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::calling::{CallEvent, LastCall, Outcome, is_exhausted, number_to_try};
use lobby_kiosk::domain::evacuation::{End, EvacuationEvent};
use lobby_kiosk::domain::hazard::{asks_hazard, hazard};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::phone::is_mobile;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::public_notice;

fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

fn incident(type_id: &str) -> Incident {
    let event = IncidentEvent::Started {
        type_id: type_id.to_owned(),
        name: Text::new([(Lang::EN, type_id)]),
        plan: "2026-11-23".to_owned(),
        digest: None,
    };
    Incident::begin(&"i".into(), &"e0".into(), begin(), &event).unwrap()
}

fn evacuated(type_id: &str, events: &[EvacuationEvent]) -> Incident {
    let mut one = incident(type_id);
    let started = EvacuationEvent::Started {
        opened: false,
        because: None,
    };
    for (index, event) in std::iter::once(&started).chain(events).enumerate() {
        let at = begin() + Duration::seconds(i64::try_from(index).unwrap());
        one.apply(&"e".into(), at, &IncidentEvent::Evacuation(event.clone()));
    }
    one
}

fn named(hazard: &str) -> EvacuationEvent {
    EvacuationEvent::HazardNamed {
        hazard: hazard.to_owned(),
        name: Text::default(),
    }
}

fn last(place: usize, answered: bool) -> Option<LastCall> {
    Some(LastCall {
        at: begin(),
        place,
        answered,
        in_vain: usize::from(!answered),
    })
}

#[test]
fn numbers_are_tried_one_after_the_other() {
    assert_eq!(number_to_try(None, 3), 1);
    assert_eq!(number_to_try(last(1, false), 3), 2);
    assert_eq!(number_to_try(last(3, false), 3), 1, "and round again");
    assert_eq!(
        number_to_try(last(2, true), 3),
        2,
        "who answered is called again"
    );
    assert_eq!(number_to_try(last(3, true), 2), 1, "a number that is gone");
    assert_eq!(number_to_try(None, 0), 1);
    assert!(!is_exhausted(last(1, false), 2) && !is_exhausted(last(2, true), 2));
    assert!(is_exhausted(last(2, false), 2) && !is_exhausted(None, 0));
}

#[test]
fn the_last_call_is_that_of_the_role() {
    let mut one = incident("fire");
    for (role, place, answered) in [("it", 1, false), ("security", 1, true), ("it", 2, true)] {
        let event = CallEvent::Called {
            role: role.to_owned(),
            name: Text::default(),
            place,
            answered,
        };
        one.apply(&"e".into(), begin(), &IncidentEvent::Call(event));
    }
    assert_eq!(one.last_call("it"), last(2, true));
    assert_eq!(one.last_call("security"), last(1, true));
    assert_eq!(one.last_call("hospital"), None);
}

#[test]
fn calls_in_vain_are_counted_until_somebody_answers_or_another_number_is_called() {
    let mut one = incident("fire");
    let call = |one: &mut Incident, entry: &str, place, answered| {
        let event = CallEvent::Called {
            role: "it".to_owned(),
            name: Text::default(),
            place,
            answered,
        };
        one.apply(&entry.into(), begin(), &IncidentEvent::Call(event));
        one.last_call("it").unwrap().in_vain
    };
    assert_eq!(call(&mut one, "e1", 1, false), 1);
    assert_eq!(call(&mut one, "e2", 2, false), 1);
    assert_eq!(call(&mut one, "e3", 2, false), 2);
    let correct = |one: &mut Incident, call: &str, outcome| {
        let event = CallEvent::Corrected {
            entry: call.into(),
            role: "it".to_owned(),
            name: Text::default(),
            place: 2,
            outcome,
        };
        one.apply(&"c".into(), begin(), &IncidentEvent::Call(event));
    };
    correct(&mut one, "e3", Outcome::NotMade);
    assert_eq!(one.last_call("it").unwrap().in_vain, 1);
    correct(&mut one, "e3", Outcome::Answered);
    assert_eq!(
        one.last_call("it")
            .map(|last| (last.answered, last.in_vain)),
        Some((true, 0))
    );
    correct(&mut one, "e3", Outcome::NoAnswer);
    assert_eq!(call(&mut one, "e4", 2, false), 3, "the last word holds");
    assert_eq!(one.call_outcome(&"e3".into()), Some(Outcome::NoAnswer));
    assert_eq!(one.call_outcome(&"c".into()), None);
}

#[test]
fn text_messages_reach_mobiles() {
    for number in [
        "13800138000",
        "+86 138 0013 8000",
        "199-0013-8000",
        "+44 7700 900123",
    ] {
        assert!(is_mobile(number), "{number}");
    }
    for number in [
        "021-12345678",
        "12110021",
        "110",
        "13800138000转1",
        "10086100861",
        "+86 21 12345678",
    ] {
        assert!(!is_mobile(number), "{number}");
    }
}

#[test]
fn the_hazard_is_the_named_one_or_the_types_or_any() {
    let plan = plan_file::built_in();
    let of = |one: &Incident| hazard(&plan, one, &[]).unwrap().id.clone();
    assert_eq!(of(&evacuated("fire", &[])), "fire");
    assert_eq!(of(&evacuated("earthquake", &[])), "earthquake");
    assert_eq!(
        of(&evacuated("power-cut", &[])),
        plan.hazards.last().unwrap().id
    );
    assert_eq!(of(&evacuated("fire", &[named("gas")])), "gas");
    assert_eq!(of(&evacuated("fire", &[named("no-such")])), "fire");
    // Before anybody says why, a fight that goes on beside it keeps the signs from telling where.
    let unnamed = evacuated("unclassified", &[]);
    let beside = |other: Incident| {
        let all = [unnamed.clone(), other];
        hazard(&plan, &unnamed, &all).unwrap().id.clone()
    };
    assert_eq!(beside(evacuated("physical-conflict", &[])), "violence");
    assert_eq!(beside(evacuated("fire", &[])), "other");
    assert!(asks_hazard(&unnamed, None));
    assert!(
        asks_hazard(&evacuated("fire", &[named("fire")]), None),
        "it may be corrected"
    );
    assert!(!asks_hazard(&evacuated("fire", &[]), None));
    let violence = plan.hazard("violence");
    assert!(
        asks_hazard(&evacuated("physical-conflict", &[]), violence),
        "there may be a fire as well"
    );
}

#[test]
fn a_step_that_is_done_may_change_what_customers_are_told() {
    let plan = plan_file::built_in();
    let kind = plan.incident("physical-conflict").expect("the type");
    let mut one = incident("physical-conflict");
    let marked = |mark| IncidentEvent::StepMarked {
        step: StepRef {
            type_id: kind.id.clone(),
            step: "weapon".to_owned(),
        },
        command: Text::default(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    };
    let told = |one: &Incident| {
        public_notice::in_force(one, kind)
            .expect("a notice")
            .clone()
    };
    assert_eq!(Some(told(&one)), kind.notice);
    let at = |seconds| begin() + Duration::seconds(seconds);
    one.apply(&"e".into(), at(60), &marked(Mark::Skipped));
    assert_eq!(Some(told(&one)), kind.notice);
    one.apply(&"f".into(), at(70), &marked(Mark::Done));
    assert_eq!(
        Some(told(&one)),
        kind.step("weapon").expect("the step").notice
    );
    assert!(told(&one).in_lang(&Lang::ZH_CN).contains("离开"));
    let look = kind.step("look").expect("the question");
    let answered = IncidentEvent::Answered {
        step: StepRef {
            type_id: kind.id.clone(),
            step: look.id.clone(),
        },
        question: look.command.clone(),
        answer: "words".to_owned(),
        words: Text::default(),
        correction: true,
    };
    one.apply(&"g".into(), at(80), &answered);
    assert_eq!(
        Some(told(&one)),
        kind.notice,
        "there was no weapon after all"
    );
}

#[test]
fn what_is_said_of_a_condition_is_not_said_before_it_holds() {
    let plan = plan_file::built_in();
    let kind = plan.incident("malicious-complaint").expect("the type");
    let mut one = incident(&kind.id);
    let danger = kind.step("danger").expect("the step");
    let key = |step: &str| StepRef {
        type_id: kind.id.clone(),
        step: step.to_owned(),
    };
    for step in kind.steps.iter().take_while(|step| step.id != "danger") {
        let marked = IncidentEvent::StepMarked {
            step: key(&step.id),
            command: Text::default(),
            mark: Mark::Done,
            reason: None,
            correction: false,
            approved: false,
        };
        one.apply(&"e".into(), begin(), &marked);
    }
    assert_eq!(public_notice::in_force(&one, kind), kind.notice.as_ref());
    let held = IncidentEvent::ConditionHeld {
        step: key("danger"),
        condition: Text::default(),
    };
    one.apply(&"f".into(), begin(), &held);
    assert!(danger.notice.is_some());
    assert_eq!(public_notice::in_force(&one, kind), danger.notice.as_ref());
}

#[test]
fn naming_another_hazard_begins_with_its_first_command() {
    let ordered = EvacuationEvent::Ordered {
        order: 2,
        command: Text::default(),
    };
    let one = evacuated("unclassified", &[named("earthquake"), ordered]);
    assert_eq!(one.evacuation.as_ref().unwrap().order, 2);
    let one = evacuated(
        "unclassified",
        &[
            named("earthquake"),
            EvacuationEvent::Ordered {
                order: 2,
                command: Text::default(),
            },
            named("fire"),
        ],
    );
    assert_eq!(one.evacuation.unwrap().order, 1);
}

#[test]
fn an_evacuation_runs_until_it_is_ended_undone_or_its_incident_is_over() {
    let one = evacuated("fire", &[]);
    assert!(one.running_evacuation().is_some());
    let running = one.running_evacuation().unwrap();
    assert!(running.may_undo(begin() + Duration::seconds(4)));
    assert!(!running.may_undo(begin() + Duration::seconds(5)));
    assert!(
        !running.may_undo(begin() - Duration::seconds(1)),
        "the clock was set back"
    );

    let ended = evacuated("fire", &[EvacuationEvent::Ended { end: End::AllClear }]);
    assert!(ended.running_evacuation().is_none());
    let again = evacuated(
        "fire",
        &[
            EvacuationEvent::HeadCounted { out: 9 },
            EvacuationEvent::Ended { end: End::AllClear },
            EvacuationEvent::Started {
                opened: false,
                because: None,
            },
        ],
    );
    assert_eq!(
        again.running_evacuation().unwrap().out,
        0,
        "a new one counts anew"
    );
    assert!(
        evacuated("fire", &[EvacuationEvent::Undone {}])
            .evacuation
            .is_none()
    );
    let mut closed = evacuated("fire", &[]);
    closed.apply(&"e".into(), begin(), &IncidentEvent::StartUndone {});
    assert!(closed.running_evacuation().is_none());
}

#[test]
fn what_happens_before_any_evacuation_is_left_alone() {
    let mut one = incident("fire");
    for event in [
        EvacuationEvent::HeadCounted { out: 3 },
        EvacuationEvent::Undone {},
        EvacuationEvent::Ended {
            end: End::FalseAlarm,
        },
    ] {
        one.apply(&"e".into(), begin(), &IncidentEvent::Evacuation(event));
        assert!(one.evacuation.is_none());
    }
    assert_eq!(one.log.len(), 4, "the record keeps it all the same");
}

#[test]
fn events_keep_their_names_on_disk() {
    let event = EvacuationEvent::Missing {
        missing: 2,
        out: 11,
    };
    let stored = serde_json::to_value(&event).unwrap();
    assert_eq!(
        stored,
        serde_json::json!({"kind": "incident.people-missing", "body": {"missing": 2, "out": 11}})
    );
    assert_eq!(
        serde_json::from_value::<EvacuationEvent>(stored).unwrap(),
        event
    );
    let called = CallEvent::Called {
        role: "it".to_owned(),
        name: Text::new([(Lang::EN, "IT")]),
        place: 1,
        answered: true,
    };
    let stored = serde_json::to_value(&called).unwrap();
    assert_eq!(stored["kind"], "incident.contact-called");
    assert_eq!(serde_json::from_value::<CallEvent>(stored).unwrap(), called);
    let corrected = CallEvent::Corrected {
        entry: "e1".into(),
        role: "it".to_owned(),
        name: Text::new([(Lang::EN, "IT")]),
        place: 1,
        outcome: Outcome::NotMade,
    };
    let stored = serde_json::to_value(&corrected).unwrap();
    assert_eq!(stored["kind"], "incident.call-corrected");
    assert_eq!(stored["body"]["outcome"], "not-made");
    assert_eq!(
        serde_json::from_value::<CallEvent>(stored).unwrap(),
        corrected
    );
}

#[test]
fn a_name_in_two_languages_is_two_names() {
    use lobby_kiosk::i18n::evacuation::by_script;
    for (name, halves) in [
        ("东侧楼梯 East stairs", ("东侧楼梯", "East stairs")),
        ("3号门 Gate 3", ("3号门", "Gate 3")),
        (
            "人民广场（北） People's Square",
            ("人民广场（北）", "People's Square"),
        ),
        ("东侧楼梯", ("东侧楼梯", "")),
        ("East stairs", ("East stairs", "")),
        ("A座 2F", ("A座 2F", "")),
        ("Gate A 东门", ("Gate A 东门", "")),
        ("", ("", "")),
    ] {
        assert_eq!(by_script(name), halves, "{name}");
    }
}
