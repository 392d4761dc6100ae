//! First-aid cards: one tap from the guides that may need them, and back.

use std::time::Duration;

use lobby_kiosk::Screen;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::plan::UNKNOWN_ANSWER;

use crate::kiosk::Kiosk;
use crate::ways::ways;

fn here(kiosk: &Kiosk) -> Screen {
    kiosk.screens.state().navigator().here()
}

#[test]
fn every_step_that_names_a_card_is_one_tap_away_from_it() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    let plan = plan_file::built_in();
    let mut seen = 0;
    for kind in plan
        .incidents
        .iter()
        .filter(|kind| kind.steps.iter().any(|step| !step.aid.is_empty()))
    {
        for way in ways(kind) {
            kiosk.start_guide(&kind.id);
            let mut answers = way.answers.iter();
            for step in &way.steps {
                for aid in &step.aid {
                    kiosk.tap(&format!("aid-{aid}"));
                    assert_eq!(here(&kiosk), Screen::Aid, "{}.{}", kind.id, step.id);
                    assert!(kiosk.shows("contact-ambulance") && kiosk.shows("qr-dial"));
                    kiosk.tap("back-to-board");
                    assert_eq!(here(&kiosk), Screen::Guide);
                    seen += 1;
                }
                let offered = kiosk.all(|id| id.starts_with("aid-")).len();
                assert_eq!(offered, step.aid.len(), "{}.{}", kind.id, step.id);
                if step.is_question() {
                    let answer = answers.next().copied().unwrap_or(UNKNOWN_ANSWER);
                    kiosk.tap(&format!("answer-{answer}"));
                } else {
                    kiosk.tap("step-done");
                }
            }
            kiosk.tap("close-incident");
            kiosk.tap("outcome-resolved");
            kiosk.tap("back-to-board");
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_card_stays_while_it_is_followed() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-bleeding");
    kiosk.tap("aid-bleeding");
    kiosk.pass(Duration::from_secs(300));
    assert_eq!(here(&kiosk), Screen::Aid);
}

#[test]
fn a_call_from_a_card_is_of_the_guide_that_led_there() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("back-to-board");
    kiosk.tap("incident-power-cut");
    kiosk.tap("aid-fall");
    kiosk.tap("called");
    let of = |type_id: &str| {
        let open = kiosk.open();
        let one = open.iter().find(|one| one.type_id == type_id).unwrap();
        one.last_call("ambulance").is_some()
    };
    assert!(of("power-cut"));
    assert!(!of("sudden-illness"));
}

#[test]
fn where_the_person_stops_responding_the_card_leads_on() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-earthquake");
    for _ in 0..3 {
        kiosk.tap("step-done");
    }
    kiosk.tap("aid-bleeding");
    kiosk.tap("resuscitation");
    assert_eq!(here(&kiosk), Screen::Resuscitation);
    kiosk.pass(Duration::from_secs(8));
    kiosk.tap("resuscitation-taken-over");
    assert_eq!(here(&kiosk), Screen::Guide);
}
