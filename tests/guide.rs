//! What can be done on a guide beside walking it.

#[path = "common/kiosk.rs"]
mod kiosk;

use std::time::Duration;

use kiosk::Kiosk;
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, Status};
use lobby_kiosk::domain::plan::Plan;
use lobby_kiosk::plan_file;

fn open(type_id: &str) -> (tempfile::TempDir, Kiosk, String) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap(&format!("incident-{type_id}"));
    let id = kiosk.open()[0].id.clone();
    (dir, kiosk, id)
}

fn last_event(kiosk: &Kiosk, id: &str) -> IncidentEvent {
    let Some(Event::Incident(event)) = kiosk.entries(id).last().unwrap().event() else {
        panic!("an entry nobody can read");
    };
    event
}

fn plan() -> Plan {
    plan_file::built_in()
}

#[test]
fn one_tap_skips_and_a_second_says_why() {
    let (_dir, kiosk, id) = open("power-cut");
    kiosk.tap("step-skip");
    let second = plan().incident("power-cut").unwrap().steps[1]
        .command
        .clone();
    assert_eq!(
        kiosk.label("current-step"),
        second.in_lang("zh_CN"),
        "one tap was enough"
    );
    assert!(
        !kiosk.shows("note-1"),
        "the reasons stand where the notes were"
    );
    kiosk.tap("reason-1");
    assert!(kiosk.shows("note-1"));
    let IncidentEvent::StepMarked {
        mark,
        reason,
        correction,
        ..
    } = last_event(&kiosk, &id)
    else {
        panic!();
    };
    assert_eq!((mark, correction), (Mark::Skipped, false));
    assert_eq!(reason.unwrap().id, plan().skip_reasons[0].id);
}

#[test]
fn the_reasons_go_away_when_work_goes_on() {
    let (_dir, kiosk, _) = open("power-cut");
    kiosk.tap("step-cannot");
    assert!(kiosk.shows("reason-1"));
    kiosk.tap("step-done");
    assert!(!kiosk.shows("reason-1"));
}

#[test]
fn an_earlier_step_is_corrected_and_nothing_deleted() {
    let (_dir, kiosk, id) = open("power-cut");
    kiosk.tap("step-done");
    kiosk.tap("step-done");
    kiosk.tap("log");
    kiosk.tap("log-2");
    kiosk.tap("correct-open");
    let first = plan().incident("power-cut").unwrap().steps[0]
        .command
        .clone();
    assert_eq!(
        kiosk.label("current-step"),
        first.in_lang("zh_CN"),
        "to be done again"
    );
    let entries = kiosk.entries(&id);
    assert_eq!(entries.len(), 4, "the first word on it is still there");
    let IncidentEvent::StepMarked {
        mark, correction, ..
    } = last_event(&kiosk, &id)
    else {
        panic!();
    };
    assert_eq!((mark, correction), (Mark::Open, true));
}

#[test]
fn a_note_is_seen_and_recorded() {
    let (_dir, kiosk, id) = open("sudden-illness");
    let note = plan().incident("sudden-illness").unwrap().notes[2].clone();
    kiosk.tap("note-3");
    let IncidentEvent::Noted { note: noted, words } = last_event(&kiosk, &id) else {
        panic!()
    };
    assert_eq!((noted, words), (note.id, note.name));
}

#[test]
fn a_change_of_type_keeps_the_log() {
    let (_dir, kiosk, id) = open("unclassified");
    kiosk.tap("step-done");
    kiosk.tap("change-type");
    kiosk.tap("incident-earthquake");
    let earthquake = plan().incident("earthquake").unwrap().clone();
    assert_eq!(
        kiosk.label("current-step"),
        earthquake.steps[0].command.in_lang("zh_CN")
    );
    let incident = &kiosk.open()[0];
    assert_eq!(incident.id, id);
    assert_eq!(incident.log.len(), 3);
    assert_eq!(kiosk.entries(&id).len(), 3);
    kiosk.tap("change-type");
    kiosk.tap("incident-unclassified");
    let second = plan().incident("unclassified").unwrap().steps[1]
        .command
        .clone();
    assert_eq!(
        kiosk.label("current-step"),
        second.in_lang("zh_CN"),
        "what was done stays done"
    );
}

#[test]
fn a_close_can_be_undone_at_once_and_reopened_for_a_day() {
    let (_dir, kiosk, id) = open("power-cut");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-false-alarm");
    assert!(kiosk.open().is_empty());
    kiosk.pass(Duration::from_secs(3));
    kiosk.tap("undo");
    assert_eq!(kiosk.open().len(), 1);
    assert!(kiosk.shows("current-step"), "back in the guide");

    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    kiosk.tap("back-to-board");
    kiosk.skip(Duration::from_secs(24 * 3600 - 60));
    kiosk.tap("posted");
    kiosk.tap("after");
    kiosk.tap("closed-1");
    kiosk.tap("reopen");
    assert_eq!(kiosk.open().len(), 1);
    assert!(kiosk.shows("current-step"));
    assert_eq!(last_event(&kiosk, &id), IncidentEvent::Reopened {});
}

#[test]
fn after_a_day_a_closed_incident_stays_closed() {
    let (_dir, kiosk, id) = open("service-dispute");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    kiosk.pass(Duration::from_secs(6));
    assert!(kiosk.shows("reopen"));
    kiosk.skip(Duration::from_secs(24 * 3600));
    assert!(!kiosk.screens.services().incidents.reopen(&id));
    assert!(kiosk.open().is_empty());
}

#[test]
fn a_correction_to_skipped_asks_why() {
    let (_dir, kiosk, id) = open("power-cut");
    kiosk.tap("step-done");
    kiosk.tap("log");
    kiosk.tap("log-2");
    kiosk.tap("correct-skipped");
    kiosk.tap("reason-1");
    let IncidentEvent::StepMarked {
        mark,
        reason,
        correction,
        ..
    } = last_event(&kiosk, &id)
    else {
        panic!();
    };
    assert_eq!((mark, correction), (Mark::Skipped, false));
    assert!(reason.is_some());
}

#[test]
fn a_step_of_the_type_before_can_be_corrected() {
    let (_dir, kiosk, id) = open("unclassified");
    kiosk.tap("step-done");
    kiosk.tap("change-type");
    kiosk.tap("incident-earthquake");
    kiosk.tap("log");
    kiosk.tap("log-2");
    kiosk.tap("correct-cannot");
    let IncidentEvent::StepMarked { step, mark, .. } = last_event(&kiosk, &id) else {
        panic!();
    };
    assert_eq!(
        (step.type_id.as_str(), mark),
        ("unclassified", Mark::Cannot)
    );
}

#[test]
fn the_question_why_can_be_left_unanswered() {
    let (_dir, kiosk, _) = open("power-cut");
    kiosk.tap("step-skip");
    kiosk.tap("no-reason");
    assert!(kiosk.shows("note-1") && !kiosk.shows("reason-1"));
}

#[test]
fn follow_ups_stay_until_done_or_waived() {
    let (_dir, kiosk, id) = open("earthquake");
    let kind = plan().incident("earthquake").unwrap().clone();
    let left = kind.steps.iter().filter(|step| step.is_follow_up()).count();
    assert!(left >= 2, "this test needs two");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-evacuated");
    kiosk.tap("back-to-board");
    kiosk.skip(Duration::from_secs(3 * 24 * 3600));
    kiosk.tap("posted");
    kiosk.tap("after");
    kiosk.tap("follow-up-done-1");
    kiosk.tap("follow-up-waive-1");
    kiosk.tap("reason-1");
    let IncidentEvent::StepMarked { mark, reason, .. } = last_event(&kiosk, &id) else {
        panic!()
    };
    assert_eq!(mark, Mark::Waived);
    assert!(reason.is_some(), "a follow-up is let go only with a reason");
    for _ in 2..left {
        kiosk.tap("follow-up-done-1");
    }
    kiosk.tap("back-to-board");
    assert!(
        !kiosk.shows("after"),
        "nothing is left, and the day to reopen is over"
    );
}

#[test]
fn a_deadline_runs_down_and_over() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("step-done");
    let step = plan().incident("sudden-illness").unwrap().steps[1].clone();
    assert_eq!(
        step.within,
        Some(60),
        "this test needs a deadline of one minute"
    );
    let urgency = || kiosk.urgency();
    assert_eq!(urgency(), 0);
    kiosk.pass(Duration::from_secs(41));
    assert_eq!(urgency(), 1, "the last third is amber");
    kiosk.pass(Duration::from_secs(20));
    assert_eq!(urgency(), 2, "past is red");
}

#[test]
fn the_running_time_counts() {
    let (_dir, kiosk, _) = open("fire");
    assert_eq!(kiosk.label("elapsed"), "00:00");
    kiosk.pass(Duration::from_secs(2));
    assert_eq!(kiosk.label("elapsed"), "00:02");
    kiosk.skip(Duration::from_secs(3600));
    // Nobody was there for so long that the posted face has come up.
    kiosk.tap("resume");
    assert_eq!(kiosk.label("elapsed"), "1:00:02");
}

#[test]
fn a_closed_incident_says_how_it_ended() {
    let (dir, kiosk, id) = open("fire");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-handed-to-supervisor");
    kiosk.settle();
    let incident = lobby_kiosk::store::Reader::open(dir.path())
        .unwrap()
        .incident(&id)
        .unwrap();
    let Status::Closed { outcome, .. } = incident.status else {
        panic!()
    };
    assert_eq!(outcome, "handed-to-supervisor");
}
