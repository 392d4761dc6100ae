//! Links to phones: the code of a guide, of a record and of a complaint, and the list.

use std::path::Path;
use std::time::Duration;

use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::helper;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::pages::PagesState;

use super::{everywhere, wordy};
use crate::phone::{bound, type_wrong_codes};
use crate::records::{open, tap};

#[test]
fn the_phones() {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    everywhere(wordy, |kiosk, _, look| {
        kiosk.start_guide("power-cut");
        kiosk.pass(Duration::from_secs(6));
        look("a guide whose undo has gone");
        kiosk.tap("phone-link");
        kiosk.wait_for_link();
        look("a code while phones do not reach the tablet");
        kiosk.tap("back-to-board");
        // The longest address that a code carries.
        kiosk.screens.services().pages.set(PagesState {
            base: Some("http://lobby-desk.people-road.example.cn:8080".to_owned()),
            trouble: None,
        });
        kiosk.tap("phone-link");
        kiosk.wait_for_link();
        look("the code of a guide");
        kiosk.tap("back-to-board");
        let id = kiosk.open()[0].id.clone();
        open(kiosk);
        tap(kiosk, "record-1");
        look("a record");
        kiosk.tap("phone-link");
        kiosk.wait_for_link();
        look("the code of a record");
        kiosk.tap("back-to-board");
        look("the record again");
        crate::phone::noted(kiosk, &id);
        look("a record with a note and a photo");
        kiosk.tap("hold-notes");
        look("why they must be kept");
        tap(kiosk, "hold-why-1");
        kiosk.settle();
        kiosk.wait_for_records();
        look("a record whose notes are on hold");
        kiosk.tap("hold-notes");
        look("why they need not be kept any longer");
        kiosk.tap("back-to-board");
        kiosk.tap("report");
        look("whether the report is to have them");
        kiosk.tap("report-with");
        kiosk.wait_for_report();
        look("a report with them");
        let words = ComplaintText {
            what: "等了一个多小时".to_owned(),
            ..ComplaintText::default()
        };
        let (complaint, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
        kiosk.screens.state().show_inbox();
        kiosk.screens.state().open_complaint(&complaint);
        kiosk.read();
        look("a complaint");
        kiosk.tap("phone-link");
        kiosk.wait_for_link();
        look("the code of a complaint");
        kiosk.screens.state().show_phones();
        kiosk.screens.draw();
        look("links that nobody has scanned");
        for thing in [Thing::Guide(id.clone()), Thing::Record(id), Thing::Counter] {
            bound(kiosk, thing);
        }
        kiosk.settle();
        kiosk.screens.state().show_phones();
        kiosk.screens.draw();
        look("the list");
        kiosk.tap("revoke-all");
        look("an empty list");
        kiosk.tap("counter-complaint");
        kiosk.wait_for_link();
        look("the code for the counter");
        kiosk.screens.state().show_phones();
        kiosk.screens.draw();
        kiosk.tap("pair-pc");
        look("a PC while none may read");
    });
}

/// The same for a branch whose PCs may read.
fn with_pcs(data: &Path) {
    wordy(data);
    let path = data.join("kiosk.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let allowed = text.replace("networks = []", "networks = [\"192.168.1.0/24\"]");
    assert_ne!(allowed, text);
    std::fs::write(path, allowed).unwrap();
}

#[test]
fn the_pcs() {
    everywhere(with_pcs, |kiosk, _, look| {
        kiosk.screens.state().unlock();
        let open = |kiosk: &crate::kiosk::Kiosk| {
            kiosk.screens.state().show_phones();
            kiosk.screens.draw();
            kiosk.tap("pair-pc");
        };
        open(kiosk);
        look("a PC while none reaches the tablet");
        kiosk.screens.services().pages.set(PagesState {
            base: Some("http://lobby-desk.people-road.example.cn:8080".to_owned()),
            trouble: None,
        });
        open(kiosk);
        look("a PC without encryption");
        kiosk.screens.services().pages.set(PagesState {
            base: Some("https://lobby-desk.people-road.example.cn:8443".to_owned()),
            trouble: None,
        });
        open(kiosk);
        look("the code for a PC");
        let pcs = kiosk.screens.services().pcs.clone().unwrap();
        let shown = kiosk.label("pc-code");
        pcs.pair(&shown, kiosk.now()).unwrap().expect("a session");
        kiosk.settle();
        look("a PC has it");
        bound(kiosk, Thing::Counter);
        kiosk.screens.state().show_phones();
        kiosk.screens.draw();
        look("a PC in the list, and a phone");
        open(kiosk);
        type_wrong_codes(kiosk);
        look("a code that is void");
    });
}
