//! First-aid cards and the screen of a resuscitation, in every size and language.

use std::time::Duration;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::sound::Sound;

use super::{Kiosk, everywhere, filled_in, fresh};

/// To the step of a sudden illness that is the compressions.
fn to_compressions(kiosk: &Kiosk) {
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-no-response");
    kiosk.tap("step-done");
}

#[test]
fn every_card() {
    everywhere(filled_in, |kiosk, _, look| {
        kiosk.tap("incident-unclassified");
        for aid in &plan_file::built_in().aids {
            kiosk.screens.state().show_aid(&aid.id);
            kiosk.screens.draw();
            look(&format!("first aid, {}", aid.id));
            assert_eq!(kiosk.shows("resuscitation"), aid.resuscitation);
            kiosk.tap("back-to-board");
        }
        kiosk.screens.state().show_aid("choking");
        kiosk.screens.draw();
        kiosk.tap("no-answer");
        look("first aid, nobody answered");
        kiosk.tap("contact-ambulance");
        look("first aid, with the card of the ambulance");
        kiosk.tap("card-close");
        kiosk.tap("back-to-board");
        kiosk.tap("evacuate");
        kiosk.tap("to-guide");
        kiosk.screens.state().show_aid("choking");
        kiosk.screens.draw();
        look("first aid, while people leave");
    });
}

#[test]
fn a_resuscitation() {
    everywhere(fresh, |kiosk, _, look| {
        to_compressions(kiosk);
        look("the way to a resuscitation");
        kiosk.tap("resuscitation");
        look("a resuscitation, just begun");
        kiosk.pass(Duration::from_secs(6));
        look("a resuscitation");
        kiosk.skip(Duration::from_secs(103));
        look("a resuscitation, soon to change");
        kiosk.skip(Duration::from_secs(12));
        look("a resuscitation, to change");
        kiosk.tap("resuscitation-changed");
        kiosk.tap("resuscitation-aed");
        look("a resuscitation with the AED");
        kiosk.tap("no-answer");
        look("a resuscitation, nobody answered");
        kiosk.tap("contact-ambulance");
        look("a resuscitation, with the card of the ambulance");
        kiosk.tap("card-close");
        kiosk.tap("resuscitation-back");
        look("the guide while somebody is resuscitated");
        kiosk.tap("evacuate");
        let ill = kiosk.open()[0].id.clone();
        kiosk.screens.state().show_guide(&ill);
        kiosk.screens.draw();
        kiosk.tap("resuscitation");
        look("a resuscitation, while people leave");
        kiosk.skip(Duration::from_secs(3_700));
        look("a resuscitation, after an hour");
    });
}

#[test]
fn a_resuscitation_that_is_not_heard() {
    for size in crate::kiosk::SIZES {
        let dir = tempfile::tempdir().unwrap();
        let (to, _wishes) = std::sync::mpsc::channel();
        let kiosk = Kiosk::start_with(dir.path(), |services| {
            services.sound = Sound::told_to(to, false);
        });
        kiosk.resize(size);
        to_compressions(&kiosk);
        kiosk.tap("resuscitation");
        let faults = super::faults(&kiosk, size, "unheard");
        assert!(faults.is_empty(), "{faults:#?}");
        kiosk.stop();
    }
}
