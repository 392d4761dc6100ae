//! The screen of a resuscitation: kept until somebody says otherwise, and all that is said there.

use std::time::Duration;

use lobby_kiosk::domain::incident::{IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::resuscitation::{End, ResuscitationEvent};
use lobby_kiosk::{RescuerTurn, Resuscitation, Screen};
use slint::ComponentHandle;

use crate::kiosk::Kiosk;

fn kiosk() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

fn to_compressions(kiosk: &Kiosk) {
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
}

fn here(kiosk: &Kiosk) -> Screen {
    kiosk.screens.state().navigator().here()
}

/// What the record says of the resuscitation in the first open incident.
fn said(kiosk: &Kiosk) -> Vec<ResuscitationEvent> {
    let open = kiosk.open();
    let events = open[0].log.iter().filter_map(|line| match &line.event {
        IncidentEvent::Resuscitation(event) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

fn turn(kiosk: &Kiosk) -> RescuerTurn {
    kiosk.window().global::<Resuscitation<'_>>().get_turn()
}

/// Whether a step of the guide was begun and goes on.
fn is_under_way(kiosk: &Kiosk, step: &str) -> bool {
    let open = kiosk.open();
    let key = StepRef {
        type_id: open[0].type_id.clone(),
        step: step.to_owned(),
    };
    open[0].under_way(&key).is_some()
}

fn mark_of(kiosk: &Kiosk, step: &str) -> Option<Mark> {
    let open = kiosk.open();
    let mut marks = open[0].marks.iter();
    marks
        .find(|(key, _)| key.step == step)
        .map(|(_, marked)| marked.mark)
}

#[test]
fn one_large_control_of_the_step_that_presses_opens_it() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    assert!(!kiosk.shows("resuscitation"), "120 comes first");
    kiosk.tap("step-done");
    kiosk.tap("resuscitation");
    assert_eq!(here(&kiosk), Screen::Resuscitation);
    assert_eq!(said(&kiosk), [ResuscitationEvent::Started {}]);
    // The act is the step: nobody has to say it twice. It is begun, and not done.
    assert!(is_under_way(&kiosk, "cpr"));
    assert_eq!(mark_of(&kiosk, "cpr"), None);
    for id in [
        "pulse",
        "change-in",
        "resuscitation-aed",
        "contact-ambulance",
        "resuscitation-back",
    ] {
        assert!(kiosk.shows(id), "{id}");
    }
    assert!(!kiosk.shows("evacuation-band"));
}

#[test]
fn nothing_leads_away_from_it_but_a_word() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(400));
    assert_eq!(here(&kiosk), Screen::Resuscitation, "idle");
    kiosk.skip(Duration::from_secs(31 * 60));
    assert_eq!(
        here(&kiosk),
        Screen::Resuscitation,
        "when else the posted face appears"
    );
    kiosk.tap("resuscitation-breathing");
    assert_eq!(here(&kiosk), Screen::Guide);
    let ended = ResuscitationEvent::Ended {
        end: End::Breathing,
    };
    assert_eq!(said(&kiosk).last(), Some(&ended));
    assert_eq!(kiosk.label("resuscitation"), "心肺复苏：跟节拍按");
}

#[test]
fn idleness_leads_back_to_it_from_wherever_somebody_looked() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(8));
    kiosk.tap("resuscitation-back");
    assert_eq!(here(&kiosk), Screen::Guide);
    assert_eq!(kiosk.label("resuscitation"), "回到心肺复苏节拍");
    kiosk.pass(Duration::from_secs(125));
    assert_eq!(here(&kiosk), Screen::Resuscitation);
    kiosk.tap("resuscitation-back");
    kiosk.tap("back-to-board");
    kiosk.pass(Duration::from_secs(125));
    assert_eq!(here(&kiosk), Screen::Resuscitation);
}

#[test]
fn leaving_at_once_says_that_it_was_opened_by_mistake() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(2));
    kiosk.tap("resuscitation-back");
    let undone = [
        ResuscitationEvent::Started {},
        ResuscitationEvent::Undone {},
    ];
    assert_eq!(said(&kiosk), undone);
    assert_eq!(mark_of(&kiosk, "cpr"), Some(Mark::Open), "still to be done");
    assert!(!is_under_way(&kiosk, "cpr"));
    assert_eq!(kiosk.label("current-step"), "立即按压胸部");
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(10));
    kiosk.tap("resuscitation-back");
    assert_eq!(said(&kiosk).len(), 3, "that was no mistake");
}

#[test]
fn two_minutes_are_counted_down_and_begin_anew_by_themselves() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    // The touch took a moment.
    kiosk.pass(Duration::from_secs(60));
    assert!(
        kiosk.label("change-in").ends_with("1:00"),
        "{}",
        kiosk.label("change-in")
    );
    kiosk.pass(Duration::from_secs(50));
    assert_eq!(turn(&kiosk), RescuerTurn::Ready);
    kiosk.pass(Duration::from_secs(11));
    assert_eq!(turn(&kiosk), RescuerTurn::Change);
    assert!(kiosk.label("change-in").ends_with("换人！"));
    kiosk.tap("resuscitation-changed");
    assert_eq!(turn(&kiosk), RescuerTurn::Going);
    assert_eq!(
        said(&kiosk).last(),
        Some(&ResuscitationEvent::RescuerChanged {})
    );
    kiosk.pass(Duration::from_secs(120));
    assert_eq!(
        turn(&kiosk),
        RescuerTurn::Change,
        "nobody has to begin them"
    );
    kiosk.pass(Duration::from_secs(16));
    assert_eq!(turn(&kiosk), RescuerTurn::Going, "nor to end them");
}

#[test]
fn what_is_said_is_on_disk_and_reads_in_the_log() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(20));
    kiosk.tap("resuscitation-aed");
    kiosk.tap("resuscitation-aed");
    kiosk.tap("resuscitation-changed");
    kiosk.tap("resuscitation-taken-over");
    let id = kiosk.open()[0].id.clone();
    let kinds: Vec<String> = kiosk
        .entries(&id)
        .iter()
        .map(|one| one.kind.clone())
        .collect();
    for (kind, count) in [
        ("incident.resuscitation-started", 1),
        ("incident.aed-here", 1),
        ("incident.rescuer-changed", 1),
        ("incident.resuscitation-ended", 1),
    ] {
        let found = kinds.iter().filter(|one| *one == kind).count();
        assert_eq!(found, count, "{kind}: {kinds:?}");
    }
}

#[test]
fn a_restart_finds_it_as_it_was() {
    let (dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(30));
    kiosk.tap("resuscitation-aed");
    kiosk.settle();
    let at = kiosk.now();
    kiosk.stop();
    let again = Kiosk::start_at(dir.path(), at + chrono::TimeDelta::seconds(20));
    assert_eq!(here(&again), Screen::Resuscitation);
    assert!(
        again.label("change-in").contains("1:"),
        "{}",
        again.label("change-in")
    );
    again.tap("resuscitation-back");
    assert_eq!(here(&again), Screen::Guide);
}

#[test]
fn an_evacuation_that_runs_is_one_tap_away() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(8));
    let id = kiosk.open()[0].id.clone();
    kiosk.screens.state().show_guide(&id);
    kiosk.screens.draw();
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(130));
    assert_eq!(
        here(&kiosk),
        Screen::Resuscitation,
        "the one who presses stays"
    );
    kiosk.tap("evacuation-band");
    assert_eq!(here(&kiosk), Screen::Evacuation);
}

#[test]
fn the_card_of_the_ambulance_opens_there_and_leads_back() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.tap("contact-ambulance");
    assert!(kiosk.shows("call-script"));
    kiosk.pass(Duration::from_secs(200));
    assert!(kiosk.shows("call-script"), "somebody is on the telephone");
    kiosk.tap("card-close");
    assert!(kiosk.shows("pulse"));
}

#[test]
fn the_compressions_are_done_once_somebody_says_that_they_are_over() {
    for (said, end) in [
        ("resuscitation-breathing", End::Breathing),
        ("resuscitation-taken-over", End::TakenOver),
    ] {
        let (_dir, kiosk) = kiosk();
        to_compressions(&kiosk);
        kiosk.tap("resuscitation");
        kiosk.pass(Duration::from_secs(30));
        kiosk.tap(said);
        assert_eq!(
            self::said(&kiosk).last(),
            Some(&ResuscitationEvent::Ended { end })
        );
        assert_eq!(mark_of(&kiosk, "cpr"), Some(Mark::Done), "{said}");
        assert!(!is_under_way(&kiosk, "cpr"));
    }
}

#[test]
fn an_end_that_was_tapped_by_mistake_is_taken_back_by_opening_it_again() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(30));
    kiosk.tap("resuscitation-breathing");
    kiosk.pass(Duration::from_secs(5));
    kiosk.tap("resuscitation");
    assert_eq!(said(&kiosk).last(), Some(&ResuscitationEvent::EndUndone {}));
    assert!(is_under_way(&kiosk, "cpr"));
    let left = kiosk.label("change-in");
    assert!(left.contains("1:2"), "the two minutes go on: {left}");
    kiosk.tap("resuscitation-breathing");
    kiosk.pass(Duration::from_secs(90));
    kiosk.tap("resuscitation");
    assert_eq!(
        said(&kiosk).last(),
        Some(&ResuscitationEvent::Started {}),
        "it begins anew"
    );
}

#[test]
fn who_says_that_the_rescuer_has_changed_is_not_asked_again_by_the_guide() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(122));
    kiosk.tap("resuscitation-back");
    assert!(kiosk.shows("prompt-done"), "nobody has said it yet");
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-changed");
    kiosk.tap("resuscitation-back");
    assert!(!kiosk.shows("prompt-done"), "one act answers both");
    kiosk.pass(Duration::from_secs(100));
    assert!(!kiosk.shows("prompt-done"));
    kiosk.pass(Duration::from_secs(25));
    assert_eq!(here(&kiosk), Screen::Resuscitation, "idleness leads there");
    kiosk.tap("resuscitation-back");
    assert!(kiosk.shows("prompt-done"), "two more minutes are over");
    // The other way round: said in the guide, the screen does not ask.
    kiosk.tap("prompt-done");
    kiosk.tap("resuscitation");
    assert_eq!(turn(&kiosk), RescuerTurn::Going);
    let id = kiosk.open()[0].id.clone();
    let entries = kiosk.entries(&id);
    let count = |kind: &str| entries.iter().filter(|one| one.kind == kind).count();
    assert_eq!(count("incident.rescuer-changed"), 1);
    assert_eq!(count("incident.prompted"), 1);
}

#[test]
fn no_prompt_to_change_the_rescuer_comes_once_nobody_presses_any_more() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(60));
    kiosk.tap("resuscitation-breathing");
    for _ in 0..5 {
        kiosk.pass(Duration::from_secs(60));
        assert!(!kiosk.shows("prompt-done"));
    }
}

#[test]
fn the_aed_begins_the_step_that_waits_for_it_and_the_end_ends_it() {
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(20));
    assert!(!is_under_way(&kiosk, "use-aed"));
    kiosk.tap("resuscitation-aed");
    assert!(is_under_way(&kiosk, "use-aed"));
    kiosk.tap("resuscitation-back");
    assert_ne!(kiosk.label("current-step"), "打开 AED", "not asked again");
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-taken-over");
    assert_eq!(mark_of(&kiosk, "use-aed"), Some(Mark::Done));
}

#[test]
fn nobody_is_asked_for_what_a_resuscitation_that_is_over_would_need() {
    // Somebody who breathes is rolled onto the side; no AED was ever here.
    let (_dir, kiosk) = kiosk();
    to_compressions(&kiosk);
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-breathing");
    let plan = lobby_kiosk::config::plan_file::built_in();
    let kind = plan.incident("sudden-illness").unwrap();
    let command = |step: &str| {
        let step = kind.step(step).expect(step);
        step.command
            .in_lang(&lobby_kiosk::domain::lang::Lang::ZH_CN)
    };
    assert_eq!(here(&kiosk), Screen::Guide);
    assert_eq!(kiosk.label("current-step"), command("recovery"));

    // Once the crew has taken over, nobody waits for it at the door either, nor tells the patient that it is
    // on its way; and nobody has to have done that.
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-taken-over");
    assert_eq!(mark_of(&kiosk, "meet-ambulance"), None);
    assert_eq!(kiosk.label("current-step"), command("others"));

    // A word said by mistake is taken back with all that came of it.
    kiosk.tap("resuscitation");
    assert!(is_under_way(&kiosk, "cpr"));
    kiosk.tap("resuscitation-back");
    assert_eq!(kiosk.label("current-step"), command("use-aed"));
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-taken-over");
    kiosk.pass(Duration::from_secs(61));
    assert!(!kiosk.shows("resuscitation"), "nobody took it back");
}

#[test]
fn the_call_that_is_answered_on_this_screen_is_done_in_the_guide() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-begun");
    assert!(is_under_way(&kiosk, "call-120"));
    kiosk.tap("resuscitation");
    kiosk.tap("called");
    assert_eq!(mark_of(&kiosk, "call-120"), Some(Mark::Done));
}
