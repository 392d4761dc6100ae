//! Statistics on the tablet, and reports by one tap.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lobby_kiosk::app::demo::{Wanted, fill};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::statistics::Length;
use lobby_kiosk::service::archive::Unread;
use lobby_kiosk::view::staff::statistics::{Model, Section, Shape, present};
use lobby_kiosk::{Figures, ReportState, Screen, Shell, helper};
use slint::{ComponentHandle, Model as _};

use crate::kiosk::{Kiosk, epoch};
use crate::people::{FIRST, LI, WANG, branch, come_in};
use crate::records;

/// A kiosk of a branch to which nothing has happened yet, and one whose records are looked up in the
/// tests: a power cut in November, a storm, a mistaken tap and an open earthquake in December.
fn kiosk() -> (tempfile::TempDir, Kiosk) {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

fn seasoned() -> (tempfile::TempDir, Kiosk) {
    let (dir, kiosk) = kiosk();
    records::season(&kiosk);
    (dir, kiosk)
}

/// A directory with an invented history, up to the day on which every test begins.
pub fn history(data: &Path) {
    let wanted = Wanted {
        incidents: 90,
        complaints: 45,
        seed: 3,
        last: epoch().date_naive().pred_opt().unwrap(),
    };
    fill(data, &wanted).unwrap();
}

pub fn open(kiosk: &Kiosk) {
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_inbox();
    kiosk.screens.draw();
    tap(kiosk, "staff-statistics");
}

pub fn tap(kiosk: &Kiosk, id: &str) {
    kiosk.tap(id);
    kiosk.wait_for_figures();
}

fn model(kiosk: &Kiosk) -> Model {
    present(kiosk.screens.state())
}

fn section(kiosk: &Kiosk, id: &str) -> Option<Section> {
    model(kiosk).sections.into_iter().find(|one| one.id == id)
}

/// How many incidents there were in the time that is shown.
fn incidents(kiosk: &Kiosk) -> String {
    let tiles = section(kiosk, "overview").unwrap().rows;
    assert_eq!(tiles[0].cells[0], "事件");
    tiles[0].cells[1].clone()
}

/// What stands in the folder of reports.
pub fn reports(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data.join("reports"));
    let mut found: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .map(|one| one.unwrap().path())
        .collect();
    found.sort();
    found
}

fn names(data: &Path) -> Vec<String> {
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    reports(data).into_iter().map(name).collect()
}

fn report_state(kiosk: &Kiosk) -> ReportState {
    let figures = kiosk.window().global::<Figures<'_>>();
    figures.get_report_state()
}

#[test]
fn a_time_is_chosen_by_taps_and_its_numbers_stand_there() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    assert_eq!(kiosk.label("period"), "2026 年");
    assert_eq!(incidents(&kiosk), "3");
    assert!(kiosk.label("statistics-summary").contains("2026-12-03"));
    assert!(kiosk.shows("figures-overview"));
    let figures = kiosk.window().global::<Figures<'_>>();
    assert!(!figures.get_has_before() && !figures.get_has_after());
    tap(&kiosk, "period-month");
    assert_eq!(kiosk.label("period"), "2026-12 月度");
    assert_eq!(
        (incidents(&kiosk), model(&kiosk).chosen),
        ("2".into(), Some(Length::Month))
    );
    tap(&kiosk, "period-before");
    assert_eq!(kiosk.label("period"), "2026-11 月度");
    assert_eq!(
        (incidents(&kiosk), model(&kiosk).chosen),
        ("1".into(), None)
    );
    assert!(!figures.get_has_before() && figures.get_has_after());
    // Nothing happened before: the arrow leads nowhere.
    tap(&kiosk, "period-before");
    assert_eq!(kiosk.label("period"), "2026-11 月度");
    tap(&kiosk, "period-after");
    assert_eq!(incidents(&kiosk), "2");
    tap(&kiosk, "period-quarter");
    assert_eq!(kiosk.label("period"), "2026 年第 4 季度");
    assert_eq!(incidents(&kiosk), "3");
    tap(&kiosk, "period-all");
    assert_eq!(
        (kiosk.label("period"), incidents(&kiosk)),
        ("全部".into(), "3".into())
    );
}

#[test]
fn charts_have_their_numbers_and_the_longest_bar_is_whole() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    let types = section(&kiosk, "by-type").unwrap();
    assert_eq!(types.shape, Shape::Bars);
    assert_eq!(types.bars.len(), 3);
    assert!(
        types
            .bars
            .iter()
            .all(|bar| bar.shares[0] == 1.0 && bar.said[0] == "1 · 33%")
    );
    let power = types.bars.iter().find(|bar| bar.label == "停电").unwrap();
    assert_eq!(power.words, "停电 · 件数：1 · 占比：33%");
    let months = section(&kiosk, "by-month").unwrap();
    let said: Vec<_> = months
        .bars
        .iter()
        .map(|bar| (bar.label.as_str(), &bar.said))
        .collect();
    assert_eq!(
        said,
        [
            ("2026-11", &["1".to_owned(), "0".to_owned()]),
            ("2026-12", &["2".to_owned(), "0".to_owned()])
        ]
    );
    assert_eq!(months.bars[0].shares, [0.5, 0.0]);
    assert_eq!(months.legend, ["事件", "投诉"]);
    // A Monday and two on a Thursday.
    let days = section(&kiosk, "by-weekday").unwrap();
    let said: Vec<_> = days.bars.iter().map(|bar| bar.said[0].as_str()).collect();
    assert_eq!(said, ["1", "0", "0", "2", "0", "0", "0"]);
    let times = section(&kiosk, "times").unwrap();
    assert_eq!(times.shape, Shape::Table);
    assert_eq!(times.rows.len(), 3);
    assert_eq!(times.rows[2].cells[3], "1 分 15 秒");
}

#[test]
fn they_are_what_the_command_prints_in_either_language() {
    let dir = tempfile::tempdir().unwrap();
    history(dir.path());
    let kiosk = Kiosk::start(dir.path());
    open(&kiosk);
    tap(&kiosk, "period-all");
    for lang in Lang::OURS {
        kiosk.screens.state().choose_lang(&lang);
        let sections = model(&kiosk).sections;
        assert_eq!(sections.len(), 8);
        let services = kiosk.screens.services();
        let shown = services.figures.shown().unwrap();
        let lines = lobby_kiosk::report::statistics::Report {
            counted: &shown.counted,
            lang: &lang,
        }
        .lines();
        for section in sections {
            assert!(lines.contains(&section.title), "{}", section.title);
            for row in section.rows {
                let said = format!("  {}", row.cells.join("  "));
                assert!(lines.contains(&said), "{said}");
            }
            for bar in section.bars {
                let begins = format!("  {}  ", bar.label);
                let line = lines.iter().find(|line| line.starts_with(&begins));
                let number = bar.said[0].split(" · ").next().unwrap();
                assert!(line.unwrap().contains(number), "{bar:?}");
            }
        }
    }
}

#[test]
fn what_happens_meanwhile_is_counted_and_what_was_there_stays_until_then() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    kiosk.screens.services().incidents.start("fire").unwrap();
    kiosk.settle();
    kiosk.wait_for_figures();
    assert_eq!(incidents(&kiosk), "4");
    // Not waited for: another time is chosen, and the numbers of this one are still in sight.
    kiosk.tap("period-month");
    assert_eq!(kiosk.label("statistics-summary"), "正在读取…");
    assert_eq!(incidents(&kiosk), "4");
    kiosk.wait_for_figures();
    assert_eq!(incidents(&kiosk), "3");
    // What was asked for while it was counted is what is shown in the end.
    kiosk.tap("period-year");
    kiosk.tap("period-before");
    kiosk.tap("period-month");
    kiosk.wait_for_figures();
    assert_eq!(
        (kiosk.label("period"), incidents(&kiosk)),
        ("2026-12 月度".into(), "3".into())
    );
}

#[test]
fn what_is_owed_becomes_late_by_itself() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk);
    let before = kiosk.label("statistics-summary");
    kiosk.pass(Duration::from_secs(61));
    kiosk.wait_for_figures();
    assert_ne!(kiosk.label("statistics-summary"), before);
}

#[test]
fn nothing_of_it_is_there_without_a_pin_nor_left_behind_after() {
    let (dir, kiosk) = seasoned();
    kiosk.screens.state().show_statistics();
    kiosk.screens.draw();
    kiosk.wait_for_figures();
    assert_eq!(
        kiosk.window().global::<Shell<'_>>().get_screen(),
        Screen::Pin
    );
    let sections = || {
        kiosk
            .window()
            .global::<Figures<'_>>()
            .get_sections()
            .row_count()
    };
    assert_eq!(sections(), 0);
    kiosk.screens.state().report_figures();
    assert!(kiosk.screens.services().filing.making().is_none());
    open(&kiosk);
    assert!(sections() > 0);
    tap(&kiosk, "period-all");
    kiosk.tap("lock");
    assert_eq!(sections(), 0);
    assert!(kiosk.screens.services().figures.shown().is_none());
    // Whoever comes next begins anew.
    open(&kiosk);
    assert_eq!(kiosk.label("period"), "2026 年");
    assert_eq!(names(dir.path()), Vec::<String>::new());
}

#[test]
fn a_journal_that_cannot_be_read_is_named_and_no_numbers_of_another_time_are_shown() {
    let (dir, kiosk) = seasoned();
    open(&kiosk);
    let services = kiosk.screens.services();
    let nowhere = dir.path().join("nowhere");
    let all = lobby_kiosk::domain::statistics::Period::All;
    services
        .figures
        .look_at(&nowhere, &services.in_force.now(), all, kiosk.now());
    kiosk.wait_for_figures();
    assert!(matches!(
        &*services.figures.unread(),
        Some(Unread::Store(_))
    ));
    assert!(kiosk.label("statistics-summary").contains("nowhere"));
}

#[test]
fn one_tap_makes_the_report_of_an_incident_and_says_where_it_lies() {
    let (dir, kiosk) = seasoned();
    records::open(&kiosk);
    records::tap(&kiosk, "record-4");
    assert!(!kiosk.shows("report-said"));
    kiosk.tap("report");
    assert_eq!(kiosk.label("report-said"), "正在生成报告…");
    // Nobody waits for it: the list is there meanwhile, and another is not begun.
    kiosk.tap("back-to-board");
    records::tap(&kiosk, "record-1");
    assert!(kiosk.label("report-said").contains("另一份"));
    kiosk.tap("report");
    kiosk.wait_for_report();
    assert!(!kiosk.shows("report-said"));
    kiosk.tap("back-to-board");
    records::tap(&kiosk, "record-4");
    let made = reports(dir.path());
    assert_eq!(made.len(), 1, "{made:?}");
    let said = kiosk.label("report-said");
    assert!(said.contains(made[0].to_str().unwrap()), "{said}");
    let name = names(dir.path()).remove(0);
    assert!(
        name.starts_with("2026-11-23-停电-") && name.ends_with(".pdf"),
        "{name}"
    );
    assert!(fs::read(&made[0]).unwrap().starts_with(b"%PDF-"));
    // Made again, in another language too, it takes the place of the one before.
    kiosk.tap("language");
    kiosk.tap("report");
    kiosk.wait_for_report();
    let names = names(dir.path());
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(names[0].starts_with("2026-11-23-Power-"), "{names:?}");
}

#[test]
fn a_report_that_cannot_be_put_away_says_why_and_the_next_tap_tries_again() {
    let (dir, kiosk) = seasoned();
    let folder = dir.path().join("reports");
    fs::write(&folder, "no folder").unwrap();
    records::open(&kiosk);
    records::tap(&kiosk, "record-4");
    kiosk.tap("report");
    kiosk.wait_for_report();
    let said = kiosk.label("report-said");
    assert!(said.contains(folder.to_str().unwrap()), "{said}");
    fs::remove_file(&folder).unwrap();
    kiosk.tap("report");
    kiosk.wait_for_report();
    assert_eq!(reports(dir.path()).len(), 1);
}

#[test]
fn one_tap_makes_the_report_of_the_time_that_is_shown() {
    let (dir, kiosk) = seasoned();
    open(&kiosk);
    tap(&kiosk, "period-quarter");
    kiosk.tap("statistics-report");
    assert_eq!(report_state(&kiosk), ReportState::Making);
    kiosk.wait_for_report();
    assert_eq!(report_state(&kiosk), ReportState::Ready);
    assert_eq!(names(dir.path()), ["统计-2026-Q4.pdf"]);
    assert!(kiosk.label("report-said").contains("统计-2026-Q4.pdf"));
    // It is of this time alone.
    tap(&kiosk, "period-year");
    assert_eq!(report_state(&kiosk), ReportState::Nothing);
    kiosk.tap("statistics-report");
    // Whoever locks the area ends nothing: it lies there, and nobody is told.
    kiosk.tap("lock");
    kiosk.wait_for_report();
    assert_eq!(names(dir.path()), ["统计-2026-Q4.pdf", "统计-2026.pdf"]);
}

#[test]
fn everybody_with_a_pin_sees_them_and_no_file_is_called_by_a_person() {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let dir = tempfile::tempdir().unwrap();
    branch(dir.path());
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("on-duty");
    kiosk.tap("person-1");
    records::season(&kiosk);
    for (place, pin) in [(1, WANG), (2, LI), (3, FIRST)] {
        come_in(&kiosk, place, pin);
        tap(&kiosk, "staff-statistics");
        assert_eq!(incidents(&kiosk), (3 * place).to_string(), "{place}");
        kiosk.tap("staff-records");
        kiosk.wait_for_records();
        records::tap(&kiosk, "record-1");
        kiosk.tap("report");
        kiosk.wait_for_report();
        assert!(!kiosk.shows("refused"), "{place}");
        assert_eq!(reports(dir.path()).len(), place, "{place}");
        records::season(&kiosk);
    }
    for name in names(dir.path()) {
        assert!(!name.contains("王芳"), "{name}");
    }
}
