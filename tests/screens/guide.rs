//! What can be done on a guide beside walking it.

use std::sync::Arc;
use std::time::Duration;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, Status};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Plan, Text};
use lobby_kiosk::service::in_force::Reading;
use lobby_kiosk::{Guide, Urgency};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

fn open(type_id: &str) -> (tempfile::TempDir, Kiosk, IncidentId) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.start_guide(type_id);
    let id = kiosk.open()[0].id.clone();
    (dir, kiosk, id)
}

fn last_event(kiosk: &Kiosk, id: &IncidentId) -> IncidentEvent {
    let Ok(Event::Incident(event)) = kiosk.entries(id).last().unwrap().event() else {
        panic!("an entry nobody can read");
    };
    event
}

fn plan() -> Plan {
    plan_file::built_in()
}

#[test]
fn no_step_of_the_list_is_marked_as_late_without_words() {
    for kind in plan().incidents {
        if ["fire", "unclassified"].contains(&kind.id.as_str()) {
            continue;
        }
        let (_dir, kiosk, _) = open(&kind.id);
        kiosk.skip(Duration::from_secs(5 * 3600));
        let steps = kiosk.window().global::<Guide<'_>>().get_steps();
        for step in steps.iter().filter(|step| step.urgency != Urgency::Calm) {
            assert!(!step.time.is_empty(), "{}: {}", kind.id, step.command);
        }
        kiosk.stop();
    }
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
        second.in_lang(&Lang::ZH_CN),
        "one tap was enough"
    );
    kiosk.tap("reason-1");
    assert!(!kiosk.shows("reason-1"), "said once");
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
fn the_reasons_stand_where_the_notes_were() {
    let (_dir, kiosk, _) = open("fire");
    assert!(kiosk.shows("note-1"));
    kiosk.tap("step-skip");
    assert!(!kiosk.shows("note-1") && kiosk.shows("reason-1"));
    kiosk.tap("reason-1");
    assert!(kiosk.shows("note-1") && !kiosk.shows("reason-1"));
}

#[test]
fn the_notes_are_behind_one_control_where_the_row_is_needed() {
    let (_dir, kiosk, id) = open("power-cut");
    assert!(kiosk.shows("market-clock") && kiosk.shows("aid-fall"));
    assert!(!kiosk.shows("note-1") && !kiosk.shows("alone"));
    kiosk.tap("notes");
    assert!(kiosk.shows("note-1") && kiosk.shows("alone"));
    assert!(kiosk.shows("market-clock") && !kiosk.shows("aid-fall"));
    kiosk.tap("note-1");
    assert!(matches!(
        last_event(&kiosk, &id),
        IncidentEvent::Noted { .. }
    ));
    kiosk.tap("notes");
    assert!(kiosk.shows("aid-fall") && !kiosk.shows("note-1"));
    // The next step has its own row, whatever was open beside the one before.
    kiosk.tap("notes");
    kiosk.tap("step-done");
    assert!(kiosk.shows("market-clock") && !kiosk.shows("note-1"));
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
        first.in_lang(&Lang::ZH_CN),
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
    kiosk.tap("answer-fall");
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
        earthquake.steps[0].command.in_lang(&Lang::ZH_CN)
    );
    let incident = &kiosk.open()[0];
    assert_eq!(incident.id, id);
    assert_eq!(incident.log.len(), 3);
    assert_eq!(kiosk.entries(&id).len(), 3);
    kiosk.tap("change-type");
    kiosk.start_guide("unclassified");
    let second = plan().incident("unclassified").unwrap().steps[1]
        .command
        .clone();
    assert_eq!(
        kiosk.label("current-step"),
        second.in_lang(&Lang::ZH_CN),
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
    let (_dir, kiosk, _) = open("fire");
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
    kiosk.tap("answer-fall");
    let step = plan()
        .incident("sudden-illness")
        .unwrap()
        .step("call-120")
        .unwrap()
        .clone();
    assert_eq!(
        step.within,
        Some(60),
        "this test needs a deadline of one minute"
    );
    let urgency = || kiosk.urgency();
    assert_eq!(urgency(), Urgency::Calm);
    kiosk.pass(Duration::from_secs(41));
    assert_eq!(urgency(), Urgency::Soon, "the last third is amber");
    kiosk.pass(Duration::from_secs(20));
    assert_eq!(urgency(), Urgency::Overdue, "past is red");
}

#[test]
fn the_running_time_counts() {
    let (_dir, kiosk, _) = open("fire");
    assert_eq!(kiosk.label("elapsed"), "0:00");
    kiosk.pass(Duration::from_secs(2));
    assert_eq!(kiosk.label("elapsed"), "0:02");
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
        .incident(id.as_str())
        .unwrap();
    let Status::Closed { outcome, .. } = incident.status else {
        panic!()
    };
    assert_eq!(outcome, "handed-to-supervisor");
}

#[test]
fn a_second_tap_at_once_does_not_settle_the_next_step_too() {
    let (_dir, kiosk, _) = open("power-cut");
    let settled = |kiosk: &Kiosk| {
        let marks = &kiosk.open()[0].marks;
        marks.values().filter(|one| one.mark != Mark::Open).count()
    };
    for wait in [0, 150, 350] {
        let before = settled(&kiosk);
        kiosk.tap("step-done");
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(wait));
        kiosk.tap_at_once("step-done");
        kiosk.tap_at_once("step-skip");
        assert_eq!(settled(&kiosk), before + 1, "{wait} ms later");
        kiosk.tap("step-back");
    }
}

#[test]
fn a_second_tap_on_the_board_does_not_settle_the_first_step() {
    let (_dir, kiosk, _) = open("power-cut");
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    kiosk.tap_at_once("step-done");
    assert!(kiosk.open()[0].marks.is_empty());
    kiosk.tap("step-done");
    assert_eq!(kiosk.open()[0].marks.len(), 1);
}

#[test]
fn one_step_back_opens_the_step_before() {
    let (_dir, kiosk, id) = open("power-cut");
    let command = |index: usize| {
        let plan = plan();
        let steps = &plan.incident("power-cut").unwrap().steps;
        steps[index].command.in_lang(&Lang::ZH_CN).to_owned()
    };
    assert!(!kiosk.shows("step-back"), "there is none before the first");
    kiosk.tap("step-done");
    kiosk.tap("step-skip");
    assert!(kiosk.label("step-back").contains(&command(1)));
    kiosk.tap("step-back");
    assert_eq!(kiosk.label("current-step"), command(1));
    assert!(!kiosk.shows("reason-1"), "nothing to give a reason for");
    kiosk.tap("step-back");
    assert_eq!(kiosk.label("current-step"), command(0));
    assert!(!kiosk.shows("step-back"));
    assert!(matches!(
        last_event(&kiosk, &id),
        IncidentEvent::StepMarked {
            mark: Mark::Open,
            correction: true,
            ..
        }
    ));
    while kiosk.shows("step-done") {
        kiosk.tap("step-done");
    }
    assert!(kiosk.shows("step-back"), "also once all are settled");
}

#[test]
fn a_note_made_by_mistake_is_struck_out_and_kept() {
    let (dir, kiosk, id) = open("sudden-illness");
    kiosk.tap("answer-fall");
    kiosk.tap("note-3");
    let note = plan().incident("sudden-illness").unwrap().notes[2].clone();
    kiosk.tap("log");
    kiosk.tap("strike-note");
    assert!(!kiosk.shows("log-2"), "once is enough");
    let entries = kiosk.entries(&id);
    assert_eq!(entries.len(), 4, "the note is still there");
    let IncidentEvent::NoteStruck { entry, words } = last_event(&kiosk, &id) else {
        panic!()
    };
    assert_eq!((entry, words), (entries[2].id.clone(), note.name));
    let read = lobby_kiosk::store::Reader::open(dir.path()).unwrap();
    let incident = read.incident(id.as_str()).unwrap();
    assert!(incident.is_struck(&entries[2].id));
}

#[test]
fn the_margin_of_the_window_belongs_to_the_control_beside_it() {
    let (_dir, kiosk, _) = open("power-cut");
    let close = kiosk.find("close-incident").unwrap();
    let x = close.absolute_position().x + close.size().width / 2.0;
    let bottom = slint::LogicalPosition::new(x, crate::kiosk::BASELINE.1 as f32 - 0.5);
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
    kiosk.touch(bottom, Duration::from_millis(50));
    assert!(kiosk.shows("outcome-resolved"), "the lowest row of pixels");
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
    let corner = slint::LogicalPosition::new(0.5, 0.5);
    kiosk.touch(corner, Duration::from_millis(50));
    assert!(kiosk.shows("current-step"), "and the corner");
}

#[test]
fn the_log_is_dragged_by_a_mouse_too() {
    use slint::platform::WindowEvent;
    let (_dir, kiosk, _) = open("sudden-illness");
    while kiosk.shows("step-done") {
        kiosk.tap("step-done");
    }
    kiosk.tap("log");
    let top = || kiosk.find("log-2").map(|one| one.absolute_position().y);
    let before = top().unwrap();
    let window = kiosk.window().window();
    let at = |y: f32| slint::LogicalPosition::new(400.0, y);
    let button = slint::platform::PointerEventButton::Left;
    window.dispatch_event(WindowEvent::PointerPressed {
        position: at(600.0),
        button,
    });
    for step in 1..=20 {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(16));
        window.dispatch_event(WindowEvent::PointerMoved {
            position: at(600.0 - 10.0 * step as f32),
        });
    }
    window.dispatch_event(WindowEvent::PointerReleased {
        position: at(400.0),
        button,
    });
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
    assert!(top().is_none_or(|y| y < before - 50.0), "it has moved");
}

#[test]
fn the_chosen_language_survives_a_crash_and_not_idleness() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("language");
    kiosk.stop();
    let again = Kiosk::start(dir.path());
    assert_eq!(again.label("evacuate"), "Evacuate");
    again.skip(Duration::from_secs(121));
    again.stop();
    let later = Kiosk::start(dir.path());
    assert_eq!(later.label("evacuate"), "疏散");
}

#[test]
fn the_steps_of_a_new_type_have_their_time_from_the_change_on() {
    let (_dir, kiosk, _) = open("unclassified");
    kiosk.skip(Duration::from_secs(110));
    kiosk.tap("change-type");
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-fall");
    let step = plan()
        .incident("sudden-illness")
        .unwrap()
        .step("call-120")
        .unwrap()
        .clone();
    assert_eq!(
        step.within,
        Some(60),
        "this test needs a deadline of one minute"
    );
    assert_eq!(kiosk.urgency(), Urgency::Calm, "it has only just begun");
    kiosk.pass(Duration::from_secs(61));
    assert_eq!(kiosk.urgency(), Urgency::Overdue);
}

/// The choice that stands out among those for an entry of the log.
fn chosen(kiosk: &Kiosk) -> Vec<String> {
    let found = kiosk.all(|id| id.starts_with("correct-"));
    let chosen = found
        .iter()
        .filter(|one| one.accessible_item_selected() == Some(true));
    chosen
        .map(|one| one.accessible_id().unwrap().into())
        .collect()
}

#[test]
fn the_choice_that_stands_out_is_what_the_entry_says() {
    let (_dir, kiosk, _) = open("fire-equipment-fault");
    for control in ["step-done", "step-skip", "step-cannot"] {
        kiosk.tap(control);
    }
    kiosk.tap("log");
    for (row, says) in [(3, "done"), (2, "skipped"), (1, "cannot"), (5, "open")] {
        kiosk.tap(&format!("log-{row}"));
        assert_eq!(chosen(&kiosk), [format!("correct-{says}")]);
    }
}

/// The top and the bottom of what is on the screen.
fn edges(kiosk: &Kiosk, id: &str) -> (f32, f32) {
    let found = kiosk.find(id).unwrap_or_else(|| panic!("no {id}"));
    let top = found.absolute_position().y;
    (top, top + found.size().height)
}

#[test]
fn the_controls_of_an_entry_at_the_bottom_come_into_sight() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("answer-fall");
    kiosk.tap("no-answer");
    kiosk.tap("note-1");
    for size in crate::kiosk::SIZES {
        kiosk.resize(size);
        kiosk.tap("log");
        let mut rows = 0;
        // Row by row, as far as they are in sight without scrolling.
        for row in 2..20 {
            let id = format!("log-{row}");
            let top = kiosk.find(&id).map(|one| one.absolute_position().y);
            if top.is_none_or(|top| top + 40.0 > size.1 as f32) {
                continue;
            }
            rows += 1;
            kiosk.tap(&id);
            let controls = kiosk.all(|id| {
                id.starts_with("correct-") || id.starts_with("call-") || id == "strike-note"
            });
            assert!(!controls.is_empty(), "{id} at {size:?}");
            for one in controls {
                let id = one.accessible_id().unwrap();
                assert!(
                    edges(&kiosk, &id).1 <= size.1 as f32 - 8.0,
                    "{id} of row {row} at {size:?}"
                );
            }
            kiosk.tap("back-to-board");
            kiosk.tap("log");
        }
        assert!(rows > 3);
        kiosk.tap("back-to-board");
    }
}

#[test]
fn two_taps_of_one_finger_make_one_note() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("answer-fall");
    let notes = || {
        let log = &kiosk.open()[0].log;
        let noted = |line: &&lobby_kiosk::domain::incident::LogLine| {
            matches!(line.event, IncidentEvent::Noted { .. })
        };
        log.iter().filter(noted).count()
    };
    for wait in [0, 150, 350, 499] {
        let before = notes();
        kiosk.tap("note-3");
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(wait));
        kiosk.tap_at_once("note-3");
        assert_eq!(notes(), before + 1, "{wait} ms later");
        kiosk.pass(Duration::from_secs(3));
    }
    // A tablet that was busy hears the second tap late.
    let before = notes();
    kiosk.tap("note-3");
    kiosk.pass(Duration::from_millis(900));
    kiosk.tap("note-3");
    assert_eq!(notes(), before + 1);
    kiosk.pass(Duration::from_secs(2));
    kiosk.tap("note-3");
    assert_eq!(notes(), before + 2, "it happened again");
}

#[test]
fn what_is_left_and_what_was_closed_share_the_room() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    kiosk.tap("back-to-board");
    for size in crate::kiosk::SIZES {
        kiosk.resize(size);
        kiosk.tap("after");
        let edge = |id: &str| edges(&kiosk, id);
        let kind = plan().incident("sudden-illness").unwrap().clone();
        let left = kind.steps.iter().filter(|step| step.is_follow_up()).count();
        let last = edge(&format!("follow-up-done-{left}"));
        let closed = edge("closed-1");
        assert!(last.1 < closed.0, "one after the other");
        assert!(
            closed.1 < size.1 as f32,
            "all of it is in sight at {size:?}"
        );
        // The reasons of the last one open in sight as well.
        kiosk.tap(&format!("follow-up-waive-{left}"));
        assert!(edge("reason-1").1 <= size.1 as f32);
        kiosk.tap("back-to-board");
    }
}

#[test]
fn the_reasons_of_a_row_at_the_bottom_come_into_sight() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    kiosk.tap("back-to-board");
    for kind in ["earthquake", "power-cut", "fire"] {
        kiosk.start_guide(kind);
        kiosk.tap("close-incident");
        kiosk.tap("outcome-resolved");
        kiosk.tap("back-to-board");
    }
    kiosk.tap("after");
    let bottom = crate::kiosk::BASELINE.1 as f32;
    let in_sight = |id: &str| {
        let found = kiosk.find(id);
        found.is_some_and(|one| one.absolute_position().y + one.size().height / 2.0 < bottom)
    };
    let last = (1..20)
        .map(|row| format!("follow-up-waive-{row}"))
        .take_while(|id| in_sight(id))
        .last()
        .unwrap();
    kiosk.tap(&last);
    let reason = kiosk.find("reason-1").unwrap();
    assert!(reason.absolute_position().y + reason.size().height <= bottom);
}

/// Puts another plan in force, as an edit of `plan.toml` does.
fn change_plan(kiosk: &Kiosk, change: impl FnOnce(&mut Plan)) {
    let in_force = &kiosk.screens.services().in_force;
    let mut plan = (*in_force.plan()).clone();
    change(&mut plan);
    let others = in_force.take(Reading {
        plan: Arc::new(plan),
        plan_text: Arc::from("another plan"),
        ..Reading::clone(&in_force.now())
    });
    assert!(others);
    kiosk.screens.process_notices();
}

#[test]
fn an_incident_goes_by_the_plan_that_it_began_with_and_a_new_one_by_the_new_plan() {
    let (_dir, kiosk, id) = open("power-cut");
    let command = || kiosk.window().global::<Guide<'_>>().get_command();
    let before = command();
    change_plan(&kiosk, |plan| {
        for kind in &mut plan.incidents {
            kind.steps[0].command =
                Text::new([(Lang::ZH_CN, "新的第一步"), (Lang::EN, "Another step")]);
        }
    });
    assert_eq!(command(), before);
    kiosk.tap("back-to-board");
    kiosk.tap("incident-fire");
    assert_eq!(command(), "新的第一步");
    kiosk.screens.state().show_guide(&id);
    kiosk.screens.draw();
    assert_eq!(command(), before);
}

#[test]
fn a_type_that_only_the_new_plan_has_can_be_chosen_for_what_began_before() {
    let (_dir, kiosk, id) = open("unclassified");
    change_plan(&kiosk, |plan| {
        let place = plan.incidents.iter().position(|one| one.id == "power-cut");
        plan.incidents[place.unwrap()].id = "dark".to_owned();
    });
    let incidents = &kiosk.screens.services().incidents;
    assert!(incidents.change_type(&id, "dark"));
    let kind = incidents.kind(&incidents.get(&id).unwrap());
    assert_eq!(kind.expect("a guide to walk").id, "dark");
    let IncidentEvent::Retyped { digest, .. } = last_event(&kiosk, &id) else {
        panic!("{:?}", last_event(&kiosk, &id));
    };
    let now = kiosk.screens.services().in_force.now();
    assert_eq!(digest.as_ref(), Some(&now.plan_digest));
}

#[test]
fn a_step_is_handed_over_in_two_taps_and_stays_in_sight() {
    let (_dir, kiosk, id) = open("fire");
    let first = kiosk.label("current-step");
    kiosk.tap("step-hand");
    kiosk.tap("crew-counter");
    assert_ne!(kiosk.label("current-step"), first, "the guide goes on");
    let said = kiosk.label("under-way-1");
    assert!(said.contains("柜台") && said.contains(&first), "{said}");
    assert!(matches!(
        last_event(&kiosk, &id),
        IncidentEvent::StepHanded { to, .. } if to == "counter"
    ));
    kiosk.tap("under-way-1");
    assert!(!kiosk.shows("under-way-1"), "reported done");
}

#[test]
fn alone_is_one_tap_and_nobody_is_there_to_hand_anything_to() {
    let (_dir, kiosk, id) = open("fire");
    kiosk.tap("alone");
    assert!(matches!(
        last_event(&kiosk, &id),
        IncidentEvent::AloneSet { alone: true }
    ));
    assert!(kiosk.shows("step-done") && !kiosk.shows("step-hand"));
    kiosk.tap("alone");
    assert!(kiosk.shows("step-hand"), "somebody came");
}

#[test]
fn behind_other_incidents_one_more_tap_says_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-unclassified");
    assert_eq!(kiosk.open().len(), 1, "it runs already");
    kiosk.tap("incident-robbery");
    assert_eq!(kiosk.open()[0].type_id, "robbery");
    assert!(kiosk.shows("current-step"));
    kiosk.stop();
}

#[test]
fn whoever_is_reached_was_called() {
    let (_dir, kiosk, _) = open("sudden-illness");
    kiosk.tap("answer-fall");
    let call = kiosk.label("current-step");
    kiosk.tap("called");
    assert_ne!(kiosk.label("current-step"), call, "one act, one record");
}

#[test]
fn another_incident_stands_in_the_header_and_one_tap_leads_there() {
    let (_dir, kiosk, _) = open("fire");
    assert!(!kiosk.shows("other-incident"));
    kiosk.tap("back-to-board");
    kiosk.tap("incident-power-cut");
    let said = kiosk.label("other-incident");
    assert!(said.contains("火灾"), "{said}");
    kiosk.tap("other-incident");
    let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
    assert_eq!(guide.get_type_id(), "fire");
}
