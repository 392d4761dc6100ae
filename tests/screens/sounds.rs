//! What is to be heard: the rhythm, the tone of a life-saving step that is overdue, the spoken order.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::sound::{Sound, Wish};

use crate::kiosk::{Kiosk, epoch};

/// A kiosk with these settings, and what it wants to be heard.
fn kiosk(settings: &str) -> (tempfile::TempDir, Kiosk, Receiver<Wish>) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), settings).unwrap();
    let (to, wishes) = channel();
    let kiosk = Kiosk::start_with(dir.path(), |services| {
        services.sound = Sound::told_to(to, true);
    });
    (dir, kiosk, wishes)
}

const ALOUD: &str = "[screen]\nspoken_orders = true\n";

fn heard(wishes: &Receiver<Wish>) -> Vec<Wish> {
    wishes.try_iter().collect()
}

/// The words that are wanted last; none where silence is.
fn spoken(wishes: &Receiver<Wish>) -> Option<Vec<String>> {
    let all = heard(wishes).into_iter();
    let mut last = all.filter_map(|wish| match wish {
        Wish::Speech(words) => Some(words),
        _ => None,
    });
    last.next_back()
        .map(|words| words.into_iter().map(|one| one.words).collect())
}

#[test]
fn the_rhythm_is_heard_from_the_tap_to_the_word_that_ends_it_on_every_screen() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
    assert_eq!(heard(&wishes), []);
    kiosk.tap("resuscitation");
    let all = heard(&wishes);
    assert!(matches!(all[..], [Wish::Rhythm(Some(_))]), "{all:?}");
    kiosk.pass(Duration::from_secs(150));
    kiosk.tap("resuscitation-aed");
    kiosk.tap("resuscitation-back");
    kiosk.tap("back-to-board");
    assert_eq!(heard(&wishes), [], "it goes on, and is not begun anew");
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("resuscitation");
    kiosk.tap("resuscitation-breathing");
    assert_eq!(heard(&wishes), [Wish::Rhythm(None)]);
}

#[test]
fn closing_its_incident_ends_the_rhythm() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(8));
    kiosk.tap("resuscitation-back");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    assert_eq!(heard(&wishes).last(), Some(&Wish::Rhythm(None)));
}

#[test]
fn a_life_saving_step_has_one_tone_when_it_becomes_overdue() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(58));
    assert_eq!(heard(&wishes), []);
    kiosk.pass(Duration::from_secs(4));
    assert_eq!(heard(&wishes), [Wish::Overdue]);
    kiosk.pass(Duration::from_secs(60));
    kiosk.tap("back-to-board");
    kiosk.tap("incident-fire");
    assert_eq!(heard(&wishes), [], "once");
}

#[test]
fn it_is_heard_on_the_board_as_well_and_not_once_the_step_is_done() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-fire");
    kiosk.tap("back-to-board");
    kiosk.pass(Duration::from_secs(62));
    assert_eq!(heard(&wishes), [Wish::Overdue]);
    let (_dir, kiosk, wishes) = self::kiosk("");
    kiosk.tap("incident-fire");
    kiosk.tap("step-done");
    kiosk.tap("step-done");
    kiosk.pass(Duration::from_secs(90));
    assert_eq!(heard(&wishes), []);
}

#[test]
fn discreet_guides_are_silent() {
    let plan = plan_file::built_in();
    let discreet = plan.incidents.iter().filter(|kind| kind.discreet);
    let ids: Vec<&str> = discreet.map(|kind| kind.id.as_str()).collect();
    assert!(ids.len() > 3, "{ids:?}");
    for id in ids {
        let (_dir, kiosk, wishes) = kiosk("");
        kiosk.start_guide(id);
        kiosk.pass(Duration::from_secs(400));
        assert_eq!(heard(&wishes), [], "{id}");
    }
}

#[test]
fn no_tone_disturbs_whoever_has_a_card_open_to_call() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(20));
    kiosk.tap("contacts");
    kiosk.tap("contact-ambulance");
    assert!(kiosk.shows("call-script"));
    kiosk.pass(Duration::from_secs(60));
    assert_eq!(heard(&wishes), [], "it became overdue meanwhile");
    kiosk.tap("card-close");
    kiosk.pass(Duration::from_secs(10));
    assert_eq!(heard(&wishes), [], "and that is old news by then");
}

#[test]
fn no_tone_puts_whoever_presses_out_of_the_rhythm() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-fire");
    kiosk.tap("back-to-board");
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
    kiosk.tap("resuscitation");
    kiosk.pass(Duration::from_secs(100));
    let overdue = heard(&wishes);
    assert!(!overdue.contains(&Wish::Overdue), "{overdue:?}");
}

#[test]
fn a_restart_does_not_sound_for_what_was_overdue_long_before() {
    let dir = tempfile::tempdir().unwrap();
    let before = Kiosk::start_at(dir.path(), epoch() - chrono::TimeDelta::minutes(10));
    before.tap("incident-fire");
    before.stop();
    let (to, wishes) = channel();
    let kiosk = Kiosk::start_with(dir.path(), |services| {
        services.sound = Sound::told_to(to, true);
    });
    assert_eq!(kiosk.open().len(), 1);
    kiosk.pass(Duration::from_secs(120));
    assert_eq!(heard(&wishes), []);
}

#[test]
fn the_order_to_leave_is_spoken_only_where_the_branch_wants_it() {
    let (_dir, kiosk, wishes) = kiosk("");
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(10));
    assert_eq!(spoken(&wishes), None);
}

#[test]
fn it_is_spoken_in_both_languages_until_the_order_changes_or_ends() {
    let (_dir, kiosk, wishes) = kiosk(ALOUD);
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(2));
    assert_eq!(spoken(&wishes), None, "a tap by mistake is not heard");
    kiosk.pass(Duration::from_secs(6));
    let first = spoken(&wishes).unwrap();
    assert_eq!(first, ["伏地、遮挡、手抓牢", "Drop, cover, hold on"]);
    kiosk.pass(Duration::from_secs(20));
    assert_eq!(spoken(&wishes), None, "it goes on by itself");
    kiosk.tap("next-command");
    let second = spoken(&wishes).unwrap();
    assert_eq!(second.len(), 2);
    assert_ne!(second, first);
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    assert_eq!(spoken(&wishes), Some(Vec::new()));
}

#[test]
fn it_is_silent_while_somebody_telephones_or_presses() {
    let (_dir, kiosk, wishes) = kiosk(ALOUD);
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(8));
    assert_eq!(spoken(&wishes).unwrap().len(), 2);
    kiosk.tap("contacts");
    kiosk.tap("contact-ambulance");
    assert_eq!(spoken(&wishes), Some(Vec::new()));
    kiosk.tap("card-close");
    assert_eq!(spoken(&wishes).unwrap().len(), 2);
    let id = kiosk.open()[0].id.clone();
    kiosk.screens.state().show_guide(&id);
    kiosk.screens.state().resuscitate();
    kiosk.screens.draw();
    assert_eq!(spoken(&wishes), Some(Vec::new()));
}

#[test]
fn where_people_flee_from_somebody_nothing_is_spoken() {
    let (_dir, kiosk, wishes) = kiosk(ALOUD);
    kiosk.tap("incident-physical-conflict");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(20));
    assert_eq!(spoken(&wishes), None, "presumed");

    let (_dir, kiosk, wishes) = self::kiosk(ALOUD);
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(8));
    assert_eq!(spoken(&wishes).unwrap().len(), 2);
    kiosk.tap("hazard-violence");
    assert_eq!(spoken(&wishes), Some(Vec::new()), "named");
}
