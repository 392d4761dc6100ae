//! Every guide from the tap on the board to the close, as a finger walks it, in every language.

use std::collections::BTreeSet;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{IncidentType, UNKNOWN_ANSWER};
use lobby_kiosk::store::{Reader, Verdict};

use crate::kiosk::{Kiosk, LANGUAGES};
use crate::ways::{Way, ways};

/// Walks a guide along one way; answers the incident's id.
fn walk(kiosk: &Kiosk, type_id: &str, way: &Way<'_>, lang: &Lang) -> IncidentId {
    kiosk.start_guide(type_id);
    assert!(kiosk.shows("undo"), "{type_id}: a start can be undone");
    let id = kiosk.open().last().unwrap().id.clone();
    let mut answers = way.answers.iter();
    let mut noted = false;
    for (index, step) in way.steps.iter().enumerate() {
        assert_eq!(
            kiosk.label("current-step"),
            step.command.in_lang(lang),
            "{type_id} {:?}",
            way.answers
        );
        if step.is_question() {
            kiosk.tap(&format!("answer-{}", answers.next().unwrap()));
            continue;
        }
        match index {
            1 => {
                kiosk.tap("step-skip");
                kiosk.tap("reason-2");
            }
            2 => kiosk.tap("step-cannot"),
            _ => kiosk.tap("step-done"),
        }
        if kiosk.shows("no-reason") {
            kiosk.tap("no-reason");
        }
        // A question has no room for notes; where something else stands in their row, they are behind
        // one control.
        if !noted && kiosk.shows("notes") {
            kiosk.tap("notes");
        }
        if !noted && kiosk.shows("note-1") {
            kiosk.tap("note-1");
            noted = true;
        }
    }
    assert!(
        !kiosk.shows("step-done"),
        "{type_id}: nothing is left to be done now"
    );
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    assert!(kiosk.shows("undo"), "{type_id}: a close can be undone");
    kiosk.tap("back-to-board");
    id
}

fn walk_all(lang: &Lang) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    if *lang != Lang::ZH_CN {
        kiosk.tap("language");
    }
    let plan = plan_file::built_in();
    assert_eq!(plan.incidents.len(), 26);
    let all = plan.incidents.iter();
    for (kind, way) in all.flat_map(|kind| ways(kind).into_iter().map(move |way| (kind, way))) {
        let id = walk(&kiosk, &kind.id, &way, lang);
        let events: Vec<IncidentEvent> = kiosk
            .entries(&id)
            .iter()
            .map(|stored| match stored.event() {
                Ok(Event::Incident(event)) => event,
                other => panic!("{}: {other:?} among its entries", kind.id),
            })
            .collect();
        check(kind, &way, &events);
    }
    let verdict = Reader::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    kiosk.stop();
}

/// The journal of a walk holds the start, a mark or an answer for each step with its words in every
/// language, the reason, the note and the close.
fn check(kind: &IncidentType, way: &Way<'_>, events: &[IncidentEvent]) {
    let id = &kind.id;
    let first = events.iter().find_map(|event| match event {
        IncidentEvent::Started { type_id, .. } if !kind.behind => Some(type_id),
        IncidentEvent::Retyped { type_id, .. } if kind.behind => Some(type_id),
        _ => None,
    });
    assert_eq!(
        first,
        Some(id),
        "what has no button on the board is said in the second tap"
    );
    let steps = &way.steps;
    let mut given = way.answers.iter();
    let mut marked = BTreeSet::new();
    for event in events {
        if let IncidentEvent::Answered {
            step,
            question,
            answer,
            words,
            correction,
        } = event
        {
            let index = steps.iter().position(|one| one.id == step.step).unwrap();
            assert_eq!(Some(&answer.as_str()), given.next());
            assert_eq!(*question, steps[index].command);
            assert_eq!(*words, steps[index].answer(answer).unwrap().name);
            assert!(!correction);
            marked.insert(index);
        }
        if let IncidentEvent::StepMarked {
            step,
            command,
            mark,
            reason,
            correction,
            approved: _,
        } = event
        {
            let index = steps.iter().position(|one| one.id == step.step).unwrap();
            let expected = match index {
                _ if steps[index].is_question() => {
                    assert_eq!(given.next(), Some(&UNKNOWN_ANSWER));
                    Mark::Skipped
                }
                1 => Mark::Skipped,
                2 => Mark::Cannot,
                _ => Mark::Done,
            };
            assert_eq!(*mark, expected, "{id}: {}", step.step);
            assert_eq!(*command, steps[index].command);
            let has_reason = index == 1 && !steps[1].is_question() && marked.contains(&1);
            assert_eq!(reason.is_some(), has_reason, "{id}");
            assert!(!correction, "{id}: a reason is no correction");
            marked.insert(index);
        }
    }
    assert_eq!(marked.len(), steps.len(), "{id}: every step is marked");
    let notes = events.iter().filter(
        |one| matches!(one, IncidentEvent::Noted { note, .. } if *note == kind.notes[0].id),
    );
    assert_eq!(notes.count(), 1, "{id}");
    let Some(IncidentEvent::Closed {
        outcome,
        follow_ups,
        ..
    }) = events.last()
    else {
        panic!("{id}: not closed");
    };
    assert_eq!(outcome, "resolved");
    let left: Vec<&str> = follow_ups
        .iter()
        .map(|left| left.step.step.as_str())
        .collect();
    let follow: Vec<&str> = kind
        .steps
        .iter()
        .filter(|one| one.is_follow_up())
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(left, follow, "{id}: what is due later stays in sight");
}

#[test]
fn every_guide_in_chinese() {
    walk_all(&LANGUAGES[0]);
}

#[test]
fn every_guide_in_english() {
    walk_all(&LANGUAGES[1]);
}

#[test]
fn who_breathes_but_does_not_respond_comes_to_lie_on_the_side() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    assert!(
        kiosk.shows("contact-ambulance"),
        "the call is beside the question"
    );
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
    assert_eq!(
        kiosk.label("current-step"),
        "立即按压胸部",
        "two taps from the start"
    );
    kiosk.tap("step-skip");
    kiosk.tap("step-skip");
    assert_eq!(kiosk.label("current-step"), "有呼吸才侧卧，头后仰");
    kiosk.stop();
}

#[test]
fn an_answer_is_changed_by_one_step_back_or_in_the_log_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-choking");
    assert_eq!(kiosk.label("current-step"), "交替拍背和冲击腹部");
    kiosk.tap("step-back");
    assert_eq!(kiosk.label("current-step"), "拍双肩，大声叫");
    kiosk.tap("answer-bleeding");
    assert_eq!(kiosk.label("current-step"), "用布用力压住伤口");
    kiosk.tap("step-done");
    kiosk.tap("log");
    // What was done last, then all that was said of the question.
    kiosk.tap("log-2");
    kiosk.tap("correct-open");
    kiosk.tap("answer-fall");
    assert_eq!(kiosk.label("current-step"), "拨打 120，开免提");
    let id = kiosk.open()[0].id.clone();
    assert_eq!(kiosk.entries(&id).len(), 7, "every word of it is kept");
    kiosk.tap("step-back");
    kiosk.tap("answer-bleeding");
    assert_eq!(
        kiosk.label("current-step"),
        "拨打 120，开免提",
        "the wound is pressed already"
    );
    kiosk.stop();
}

#[test]
fn who_cannot_tell_goes_on_by_the_way_of_all() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("log");
    kiosk.tap("log-2");
    assert!(!kiosk.shows("correct-done"), "it is answered or left out");
    kiosk.tap("back-to-board");
    kiosk.tap("answer-unknown");
    assert_eq!(kiosk.label("current-step"), "拨打 120，开免提");
    kiosk.tap("log");
    assert!(
        kiosk.shows("correct-open"),
        "the newest can be corrected at once"
    );
    assert!(!kiosk.shows("correct-done"), "nor afterwards");
    kiosk.tap("correct-open");
    assert!(kiosk.shows("answer-fall"), "it is asked again");
    kiosk.stop();
}

#[test]
fn what_is_begun_stays_in_sight_until_it_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-unknown");
    while kiosk.label("current-step") != "派人到门口接救护车" {
        kiosk.tap("step-done");
    }
    kiosk.tap("step-begun");
    assert_eq!(kiosk.label("current-step"), "安抚其他客户");
    kiosk.pass(std::time::Duration::from_secs(65));
    let said = kiosk.label("under-way-1");
    assert!(
        said.contains("派人到门口接救护车") && said.contains("1:05"),
        "{said}"
    );
    kiosk.tap("under-way-1");
    assert!(!kiosk.shows("under-way-1"));
    let marks = &kiosk.open()[0].marks;
    assert!(marks.values().any(|one| one.mark == Mark::Done));
    kiosk.stop();
}

#[test]
fn the_time_of_a_step_with_a_condition_runs_from_its_confirmation() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
    kiosk.pass(std::time::Duration::from_secs(100));
    assert_eq!(
        kiosk.urgency(),
        lobby_kiosk::Urgency::Calm,
        "nobody knows yet"
    );
    kiosk.tap("step-condition");
    assert!(!kiosk.shows("step-condition"), "once is enough");
    kiosk.pass(std::time::Duration::from_secs(29));
    assert_eq!(kiosk.urgency(), lobby_kiosk::Urgency::Soon);
    kiosk.pass(std::time::Duration::from_secs(2));
    assert_eq!(kiosk.urgency(), lobby_kiosk::Urgency::Overdue);
    kiosk.stop();
}
