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
use crate::phone::bound;
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
    });
}
