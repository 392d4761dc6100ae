//! Every guide from the tap on the board to the close, as a finger walks it, in every language.

use std::collections::BTreeSet;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::{Reader, Verdict};

use crate::kiosk::{Kiosk, LANGUAGES};

/// Walks the guide of one type; answers the incident's id.
fn walk(kiosk: &Kiosk, type_id: &str, lang: &Lang) -> IncidentId {
    let plan = plan_file::built_in();
    let kind = plan.incident(type_id).unwrap();
    kiosk.tap(&format!("incident-{type_id}"));
    assert!(kiosk.shows("undo"), "{type_id}: a start can be undone");
    let id = kiosk.open().last().unwrap().id.clone();
    let steps: Vec<_> = kind
        .steps
        .iter()
        .filter(|step| !step.is_follow_up())
        .collect();
    for (index, step) in steps.iter().enumerate() {
        assert_eq!(
            kiosk.label("current-step"),
            step.command.in_lang(lang),
            "{type_id}"
        );
        match index {
            1 => {
                kiosk.tap("step-skip");
                kiosk.tap("reason-2");
            }
            2 => kiosk.tap("step-cannot"),
            _ => kiosk.tap("step-done"),
        }
        if index == 0 {
            kiosk.tap("note-1");
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
    assert_eq!(plan.incidents.len(), 17);
    for kind in &plan.incidents {
        let id = walk(&kiosk, &kind.id, lang);
        let events: Vec<IncidentEvent> = kiosk
            .entries(&id)
            .iter()
            .map(|stored| match stored.event() {
                Ok(Event::Incident(event)) => event,
                other => panic!("{}: {other:?} among its entries", kind.id),
            })
            .collect();
        check(kind, &events);
    }
    let verdict = Reader::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    kiosk.stop();
}

/// The journal of a walk holds the start, a mark for each step with its words in every
/// language, the reason, the note and the close.
fn check(kind: &lobby_kiosk::domain::plan::IncidentType, events: &[IncidentEvent]) {
    let id = &kind.id;
    assert!(
        matches!(&events[0], IncidentEvent::Started { type_id, .. } if type_id == id),
        "{id}: {:?}",
        events[0]
    );
    let steps: Vec<_> = kind
        .steps
        .iter()
        .filter(|step| !step.is_follow_up())
        .collect();
    let mut marked = BTreeSet::new();
    for event in events {
        if let IncidentEvent::StepMarked {
            step,
            command,
            mark,
            reason,
            correction,
        } = event
        {
            let index = steps.iter().position(|one| one.id == step.step).unwrap();
            let expected = match index {
                1 => Mark::Skipped,
                2 => Mark::Cannot,
                _ => Mark::Done,
            };
            assert_eq!(*mark, expected, "{id}: {}", step.step);
            assert_eq!(*command, steps[index].command);
            assert_eq!(reason.is_some(), index == 1 && marked.contains(&1), "{id}");
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
    kiosk.tap("step-done");
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
