//! What happened, looked up on the tablet: the list, what narrows it, one incident with its timeline.

use std::time::Duration;

use lobby_kiosk::domain::incident::Mark;
use lobby_kiosk::{Records, RecordsShown, Screen, Shell};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

/// What is looked up in the tests: see [`seasoned`].
pub fn season(kiosk: &Kiosk) {
    let incidents = &kiosk.screens.services().incidents;
    let power = incidents.start("power-cut").unwrap();
    incidents.mark_current(&power, Mark::Done);
    kiosk.skip(Duration::from_secs(75));
    incidents.mark_current(&power, Mark::Skipped);
    incidents.close(&power, "resolved");
    kiosk.skip(Duration::from_secs(10 * 24 * 3600));
    let storm = incidents.start("extreme-weather").unwrap();
    incidents.close(&storm, "resolved");
    let mistaken = incidents.start("fire").unwrap();
    incidents.undo(&mistaken);
    kiosk.skip(Duration::from_secs(3600));
    incidents.start("earthquake").unwrap();
    kiosk.settle();
}

/// A kiosk that has seen a power cut last month, and a storm, a mistaken tap and an open earthquake
/// this month.
fn seasoned() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    season(&kiosk);
    (dir, kiosk)
}

fn shown(kiosk: &Kiosk) -> Vec<(String, String)> {
    let rows = kiosk.window().global::<Records<'_>>().get_rows();
    let rows = rows.iter().map(|row| (row.name.into(), row.when.into()));
    rows.collect()
}

pub fn open(kiosk: &Kiosk) {
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_inbox();
    kiosk.screens.draw();
    kiosk.tap("staff-records");
    kiosk.wait_for_records();
}

pub fn tap(kiosk: &Kiosk, id: &str) {
    kiosk.tap(id);
    kiosk.wait_for_records();
}

fn names(kiosk: &Kiosk) -> Vec<String> {
    shown(kiosk).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn the_newest_stands_first_and_what_is_open_or_mistaken_says_so() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    assert_eq!(names(&kiosk), ["地震", "火灾", "极端天气", "停电"]);
    assert_eq!(kiosk.label("records-summary"), "共 4 起事件");
    assert!(
        kiosk.label("record-1").contains("处置中"),
        "{}",
        kiosk.label("record-1")
    );
    assert!(
        kiosk.label("record-2").contains("误触"),
        "{}",
        kiosk.label("record-2")
    );
    assert!(kiosk.label("record-4").contains("2026-11-23 15:42"));
}

#[test]
fn a_month_a_type_and_what_is_left_narrow_the_list() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    tap(&kiosk, "month-before");
    assert_eq!(kiosk.label("month"), "2026-12");
    assert_eq!(names(&kiosk), ["地震", "火灾", "极端天气"]);
    tap(&kiosk, "month-before");
    assert_eq!(
        (kiosk.label("month"), names(&kiosk)),
        ("2026-11".into(), vec!["停电".into()])
    );
    tap(&kiosk, "month-before");
    assert_eq!(kiosk.label("records-summary"), "没有事件");
    tap(&kiosk, "month-after");
    tap(&kiosk, "month-after");
    tap(&kiosk, "month-after");
    assert_eq!(kiosk.label("month"), "全部月份");
    tap(&kiosk, "left-only");
    assert!(names(&kiosk).contains(&"地震".to_owned()) && !names(&kiosk).contains(&"火灾".into()));
    tap(&kiosk, "left-only");
    tap(&kiosk, "record-type");
    let types = kiosk.window().global::<Records<'_>>().get_types();
    let place = types.iter().position(|one| one.id == "power-cut").unwrap();
    tap(&kiosk, &format!("record-type-{}", place + 1));
    assert_eq!(names(&kiosk), ["停电"]);
    assert_eq!(kiosk.label("record-type"), "停电");
    tap(&kiosk, "record-type");
    tap(&kiosk, "record-type-1");
    assert_eq!(names(&kiosk).len(), 4);
}

#[test]
fn an_incident_opens_with_its_timeline_as_it_happened() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    tap(&kiosk, "record-4");
    let records = kiosk.window().global::<Records<'_>>();
    assert_eq!(records.get_title(), "停电");
    assert!(records.get_facts().contains("2026-11-23 15:42"));
    let lines: Vec<_> = records.get_lines().iter().collect();
    let times: Vec<_> = lines.iter().map(|line| line.since.as_str()).collect();
    assert_eq!(times, ["+0:00", "+0:00", "+1:15", "+1:15"]);
    let marked: Vec<bool> = lines.iter().map(|line| line.deviation).collect();
    assert_eq!(marked, [false, false, true, false]);
    assert!(lines.iter().all(|line| line.who == "当班"));
    kiosk.tap("back-to-board");
    assert_eq!(records.get_shown(), RecordsShown::List);
    assert_eq!(names(&kiosk).len(), 4);
}

#[test]
fn nothing_of_it_is_there_without_a_pin_nor_left_behind_after() {
    let (_dir, kiosk) = seasoned();
    kiosk.screens.state().show_records();
    kiosk.screens.draw();
    let screen = || kiosk.window().global::<Shell<'_>>().get_screen();
    assert_eq!(screen(), Screen::Pin);
    assert!(shown(&kiosk).is_empty());
    open(&kiosk);
    assert!(!shown(&kiosk).is_empty());
    kiosk.tap("lock");
    assert!(shown(&kiosk).is_empty());
    assert!(kiosk.screens.services().archive.page().incidents.is_empty());
}

#[test]
fn a_journal_that_cannot_be_read_is_named() {
    let (dir, kiosk) = seasoned();
    open(&kiosk);
    let archive = &kiosk.screens.services().archive;
    archive.look_for(&dir.path().join("nowhere"), Default::default(), 0);
    kiosk.wait_for_records();
    assert!(kiosk.label("records-summary").contains("nowhere"));
}
