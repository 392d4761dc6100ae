//! The statistics: nothing counted, two years of an invented branch, and what became of a report.

use std::path::Path;

use lobby_kiosk::helper;

use super::{everywhere, wordy};
use crate::records;
use crate::statistics::{history, open, tap};

const TIMES: [&str; 4] = [
    "period-month",
    "period-quarter",
    "period-year",
    "period-all",
];

#[test]
fn the_statistics() {
    everywhere(history, |kiosk, _, look| {
        open(kiosk);
        for id in TIMES {
            tap(kiosk, id);
            look(id);
        }
        tap(kiosk, "period-quarter");
        tap(kiosk, "period-before");
        look("the quarter before");
    });
}

#[test]
fn reports_by_one_tap() {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    everywhere(wordy, |kiosk, _, look| {
        open(kiosk);
        look("nothing counted");
        kiosk.tap("statistics-report");
        look("a report being made");
        kiosk.wait_for_report();
        look("a report made");
        records::season(kiosk);
        records::open(kiosk);
        records::tap(kiosk, "record-4");
        look("a record");
        kiosk.tap("report");
        look("a record's report being made");
        kiosk.wait_for_report();
        look("a record's report");
        std::fs::remove_dir_all(kiosk.data.join("reports")).unwrap();
        std::fs::write(kiosk.data.join("reports"), "no folder").unwrap();
        kiosk.tap("report");
        kiosk.wait_for_report();
        look("a report that cannot be put away");
    });
}
