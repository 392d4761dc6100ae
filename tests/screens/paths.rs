//! What must hold on every screen of every path through every guide, from the tap to the close:
//! whoever can save a life is one tap away, no clock is over at its birth, no command comes again,
//! and what a guide keeps to itself is said nowhere.

use std::collections::BTreeSet;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{DoneBy, IncidentType};
use lobby_kiosk::{Screen, Urgency};

use crate::extent;
use crate::kiosk::{Kiosk, LANGUAGES};
use crate::ways::{Way, ways};

/// Those who come when a life is at stake.
const LIFE_SAVING: [&str; 3] = ["police", "fire-brigade", "ambulance"];

/// All that can be read or heard on the screen.
fn words(kiosk: &Kiosk) -> BTreeSet<String> {
    let elements = kiosk.elements().into_iter();
    elements
        .filter_map(|one| one.accessible_label())
        .map(String::from)
        .filter(|label| !label.is_empty())
        .collect()
}

/// What a guide keeps to itself: its name, where it is to be read as another, in every language.
fn kept_back(kind: &IncidentType) -> Vec<&str> {
    let is_kept = kind.discreet && kind.public_name.is_some();
    let names = LANGUAGES.iter().map(|lang| kind.name.in_lang(lang));
    names.filter(|_| is_kept).collect()
}

/// What is wrong with the screen that is shown.
fn faults(kiosk: &Kiosk, kind: &IncidentType, here: &str) -> Vec<String> {
    let words = words(kiosk);
    let names = kept_back(kind).into_iter();
    let said = names.filter(|name| words.iter().any(|one| one.contains(name)));
    said.map(|name| format!("{here}: says {name}")).collect()
}

/// Whether the card of a role is on the screen, or the one button that leads to all of them.
fn is_near(kiosk: &Kiosk, role: &str) -> bool {
    [format!("contact-{role}"), format!("card-{role}")]
        .iter()
        .any(|id| kiosk.shows(id))
}

/// Walks a guide along one way; answers what was wrong.
fn walk(kiosk: &Kiosk, kind: &IncidentType, way: &Way<'_>, lang: &Lang) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut commands = BTreeSet::new();
    let mut answers = way.answers.iter();
    kiosk.start_guide(&kind.id);
    for step in &way.steps {
        let here = format!("{} {:?} {} in {lang}", kind.id, way.answers, step.id);
        wrong.extend(faults(kiosk, kind, &here));
        assert_eq!(kiosk.label("current-step"), step.command.in_lang(lang));
        if kiosk.urgency() != Urgency::Calm {
            wrong.push(format!("{here}: its clock is over as it is born"));
        }
        if !commands.insert(step.command.in_lang(lang)) {
            wrong.push(format!("{here}: its command comes again"));
        }
        let called = step.contacts.iter().chain(&kind.cards);
        let called = called.filter(|role| LIFE_SAVING.contains(&role.as_str()));
        // A guide that bystanders may read keeps one card, which leads to all of them.
        let far = |role: &&String| !is_near(kiosk, role) && !kind.discreet;
        let far: Vec<&String> = called.filter(far).collect();
        if !far.is_empty() || !kiosk.shows("contacts") {
            wrong.push(format!("{here}: {far:?} not at hand"));
        }
        if kind.discreet
            && !kind.cards.is_empty()
            && !kind.cards.iter().any(|role| is_near(kiosk, role))
        {
            wrong.push(format!("{here}: no card at hand"));
        }
        if step.is_question() {
            kiosk.tap(&format!("answer-{}", answers.next().unwrap()));
        } else if kiosk.shows("step-begun") {
            kiosk.tap("step-begun");
        } else {
            kiosk.tap("step-done");
        }
    }
    let here = format!("{} {:?} in {lang}", kind.id, way.answers);
    for (id, place) in [
        ("log", "log"),
        ("back-to-board", "all settled"),
        ("close-incident", "outcomes"),
    ] {
        kiosk.tap(id);
        wrong.extend(faults(kiosk, kind, &format!("{here}, {place}")));
    }
    kiosk.tap("outcome-resolved");
    wrong.extend(faults(kiosk, kind, &format!("{here}, closed")));
    kiosk.tap("back-to-board");
    wrong
}

#[test]
fn every_path_keeps_help_at_hand_and_its_secrets() {
    let plan = plan_file::built_in();
    let mut wrong = Vec::new();
    for (index, lang) in LANGUAGES.iter().enumerate() {
        if index > 0 && !extent::is_whole() {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        if index > 0 {
            kiosk.tap("language");
        }
        for kind in &plan.incidents {
            for way in ways(kind) {
                wrong.extend(walk(&kiosk, kind, &way, lang));
            }
        }
        kiosk.stop();
    }
    assert!(wrong.is_empty(), "{} faults:\n{wrong:#?}", wrong.len());
}

#[test]
fn the_button_for_help_leads_to_all_who_save_lives() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    for kind in &plan_file::built_in().incidents {
        kiosk.start_guide(&kind.id);
        kiosk.tap("contacts");
        for role in LIFE_SAVING {
            assert!(
                kiosk.shows(&format!("contact-{role}")),
                "{role}: {}",
                kind.id
            );
        }
        kiosk.tap("back-to-board");
        kiosk.tap("undo");
    }
    kiosk.stop();
}

/// The screens beside the guide, while a guide that keeps its name to itself is open.
#[test]
fn what_a_guide_keeps_to_itself_is_said_nowhere_else() {
    let plan = plan_file::built_in();
    let secret = |kind: &&IncidentType| !kept_back(kind).is_empty();
    let secrets: Vec<&IncidentType> = plan.incidents.iter().filter(secret).collect();
    assert!(secrets.len() > 4, "{}", secrets.len());
    for kind in secrets {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.start_guide(&kind.id);
        let mut wrong = Vec::new();
        let mut look =
            |here: &str| wrong.extend(faults(&kiosk, kind, &format!("{}, {here}", kind.id)));
        for face in ["contacts", "posted"] {
            kiosk.tap(face);
            look(face);
        }
        kiosk.screens.state().show(Screen::Board);
        kiosk.screens.draw();
        kiosk.tap("incident-power-cut");
        look("the guide of another");
        kiosk.tap("evacuate");
        look("signs");
        kiosk.tap("staff-steps");
        look("sweep");
        kiosk.tap("handover");
        look("handover");
        kiosk.stop();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn one_call_makes_one_command_on_every_way() {
    let plan = plan_file::built_in();
    for kind in &plan.incidents {
        for way in ways(kind) {
            for role in LIFE_SAVING {
                let calls = way.steps.iter().filter(|step| {
                    step.done_by == Some(DoneBy::Call)
                        && step.condition.is_none()
                        && step.contacts.first().is_some_and(|one| one == role)
                });
                let calls: Vec<&str> = calls.map(|step| step.id.as_str()).collect();
                assert!(calls.len() < 2, "{} {:?}: {calls:?}", kind.id, way.answers);
            }
        }
    }
}
