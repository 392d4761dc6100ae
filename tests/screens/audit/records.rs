//! The records: the list, what narrows it, one incident.

use super::{everywhere, wordy};
use crate::records::{open, season, tap};

#[test]
fn the_records() {
    everywhere(wordy, |kiosk, _, look| {
        open(kiosk);
        look("no records");
        for _ in 0..14 {
            season(kiosk);
        }
        open(kiosk);
        look("the list");
        tap(kiosk, "page-after");
        look("the end of the list");
        tap(kiosk, "month-before");
        look("a month");
        tap(kiosk, "record-type");
        look("every type");
        tap(kiosk, "record-type-3");
        tap(kiosk, "left-only");
        look("narrowed");
        tap(kiosk, "month");
        tap(kiosk, "left-only");
        tap(kiosk, "record-type");
        tap(kiosk, "record-type-1");
        for place in 1..5 {
            tap(kiosk, &format!("record-{place}"));
            look(&format!("record {place}"));
            tap(kiosk, "back-to-board");
        }
    });
}
