//! The board: what one tap does, what undo leaves, what stays in sight.

use std::time::Duration;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::domain::incident::{IncidentEvent, Status};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::Services;
use lobby_kiosk::service::journal::Notice;
use lobby_kiosk::service::pages::PagesState;
use lobby_kiosk::store::Reader;
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

fn kiosk() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

/// The tile of the open incident whose words contain `name`.
fn tile(kiosk: &Kiosk, name: &str) -> String {
    let open = (1..).map(|place| format!("open-{place}"));
    let mut open = open.take_while(|id| kiosk.shows(id));
    open.find(|id| kiosk.label(id).contains(name))
        .unwrap_or_else(|| panic!("{name} is not among the open ones"))
}

#[test]
fn elements_are_found_at_all() {
    let (_dir, kiosk) = kiosk();
    assert!(
        kiosk.shows("incident-fire"),
        "without debug info no other test means anything"
    );
}

#[test]
fn seventeen_buttons() {
    let (_dir, kiosk) = kiosk();
    assert_eq!(kiosk.all(|id| id.starts_with("incident-")).len(), 17);
}

#[test]
fn undo_leaves_an_entry_and_no_open_incident() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    let id = kiosk.open()[0].id.clone();
    kiosk.pass(Duration::from_millis(4750));
    kiosk.tap("undo");
    assert!(kiosk.shows("incident-power-cut"), "back on the board");
    assert!(!kiosk.shows("open-1"));
    assert_eq!(kiosk.entries(&id).len(), 2);
    let incident = Reader::open(dir.path())
        .unwrap()
        .incident(id.as_str())
        .unwrap();
    assert_eq!(incident.status, Status::Undone);
}

#[test]
fn undo_goes_away_after_five_seconds() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_millis(5250));
    assert!(!kiosk.shows("undo"));
    assert_eq!(kiosk.open().len(), 1);
}

#[test]
fn an_open_incident_is_one_tap_away() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.tap("step-done");
    let command = kiosk.label("current-step");
    kiosk.tap("back-to-board");
    kiosk.tap("incident-fire");
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("open-1") && kiosk.shows("open-2") && !kiosk.shows("open-3"));
    kiosk.tap(&tile(&kiosk, "停电"));
    assert_eq!(kiosk.label("current-step"), command);
}

#[test]
fn what_is_due_first_comes_first_and_nothing_moves_while_time_passes() {
    let (_dir, kiosk) = kiosk();
    for id in ["power-cut", "trading-dispute", "sudden-illness"] {
        kiosk.tap(&format!("incident-{id}"));
        kiosk.tap("back-to-board");
    }
    let board = kiosk.window().global::<lobby_kiosk::Board<'_>>();
    let order = || -> Vec<String> {
        let open = board.get_open();
        open.iter().map(|card| card.type_id.into()).collect()
    };
    let before = order();
    assert_eq!(before[0], "sudden-illness", "{before:?}");
    kiosk.pass(Duration::from_secs(65));
    assert_eq!(order(), before);
    assert!(kiosk.label("open-1").contains("已超 0:0"));
}

#[test]
fn what_threatens_lives_is_larger_than_any_other_type_and_evacuate_is_last() {
    let (_dir, kiosk) = kiosk();
    for size in crate::kiosk::SIZES {
        kiosk.resize(size);
        let place = |id: &str| {
            let found = kiosk.find(id).unwrap();
            (found.absolute_position(), found.size())
        };
        let area = |id: &str| place(id).1.width * place(id).1.height;
        let evacuate = place("evacuate");
        let others = kiosk.ids().into_iter();
        for id in others.filter(|id| id.starts_with("incident-")) {
            let threat = ["fire", "sudden-illness", "physical-conflict", "earthquake"]
                .iter()
                .any(|one| id.ends_with(one));
            let large = area(&id) > area("incident-power-cut") + 1.0;
            assert_eq!(large, threat, "{id} at {size:?}");
            let at = place(&id).0;
            assert!(
                at.y <= evacuate.0.y + 1.0 && at.x <= evacuate.0.x + 1.0,
                "{id} comes after evacuate at {size:?}"
            );
        }
    }
}

#[test]
fn buttons_stay_where_they_are_when_something_is_open() {
    let (_dir, kiosk) = kiosk();
    let places = || -> Vec<(String, f32, f32)> {
        let all = kiosk.ids().into_iter();
        let kept = all.filter(|id| id == "evacuate" || id.starts_with("incident-"));
        kept.map(|id| {
            let found = kiosk.find(&id).unwrap();
            let (at, size) = (found.absolute_position(), found.size());
            // Those that threaten lives keep their lower end.
            (id, at.x, at.y + size.height)
        })
        .collect()
    };
    let before = places();
    kiosk.tap("incident-power-cut");
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("open-1"));
    assert_eq!(places(), before);
}

#[test]
fn people_who_leave_come_before_all_that_is_open() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("back-to-board");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    kiosk.screens.state().show(lobby_kiosk::Screen::Board);
    kiosk.screens.draw();
    let place = |id: &str| kiosk.find(id).unwrap().absolute_position();
    let (leaving, open) = (place("evacuation-running"), place("open-1"));
    assert!(leaving.x < open.x && leaving.y <= open.y);
    kiosk.tap("evacuation-running");
    assert!(!kiosk.shows("open-1"));
    assert!(kiosk.shows("headcount"), "its signs are back");
}

#[test]
fn the_same_type_asks_nothing_and_offers_a_second() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    assert!(!kiosk.shows("start-second"));
    kiosk.tap("step-done");
    kiosk.tap("back-to-board");
    kiosk.tap("incident-power-cut");
    assert_eq!(kiosk.open().len(), 1, "the open one is shown");
    kiosk.tap("start-second");
    assert_eq!(kiosk.open().len(), 2);
    assert!(
        !kiosk.shows("start-second"),
        "this one has just been started"
    );
    assert!(kiosk.shows("undo"));
}

#[test]
fn running_times_on_the_board() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.tap("back-to-board");
    kiosk.pass(Duration::from_secs(7));
    assert!(
        kiosk.label("open-1").contains("7 秒"),
        "{}",
        kiosk.label("open-1")
    );
    kiosk.skip(Duration::from_secs(12 * 60));
    // Nobody was there for long: the guide has come back.
    kiosk.tap("back-to-board");
    assert!(
        kiosk.label("open-1").contains("12 分钟"),
        "{}",
        kiosk.label("open-1")
    );
}

#[test]
fn all_that_is_open_is_in_sight_and_on_a_narrow_screen_one_tap_away() {
    let (_dir, kiosk) = kiosk();
    let ids = kiosk.all(|id| id.starts_with("incident-"));
    let ids: Vec<String> = ids
        .iter()
        .map(|one| one.accessible_id().unwrap().into())
        .collect();
    for id in &ids {
        kiosk.start_guide(id.trim_start_matches("incident-"));
        kiosk.tap("back-to-board");
    }
    let open = || {
        kiosk.ids().into_iter().filter(|id| {
            id.strip_prefix("open-")
                .is_some_and(|place| place.parse::<u32>().is_ok())
        })
    };
    assert_eq!(open().count(), 17, "in two rows");
    assert!(!kiosk.shows("open-more"));
    kiosk.resize((800, 1280));
    let mut seen: std::collections::BTreeSet<String> = open().collect();
    assert_eq!(seen.len(), 11, "what comes first, and the way to the rest");
    kiosk.tap("open-more");
    seen.extend(open());
    assert_eq!(seen.len(), 17, "{seen:?}");
}

#[test]
fn language_by_one_tap_and_back_when_idle() {
    let (_dir, kiosk) = kiosk();
    assert_eq!(kiosk.label("incident-earthquake"), "地震");
    kiosk.tap("language");
    assert_eq!(kiosk.label("incident-earthquake"), "Earthquake");
    assert_eq!(kiosk.label("language"), "中文");
    kiosk.skip(Duration::from_secs(119));
    assert_eq!(kiosk.label("incident-earthquake"), "Earthquake");
    kiosk.skip(Duration::from_secs(2));
    assert_eq!(kiosk.label("language"), "English");
    kiosk.tap("posted");
    assert_eq!(kiosk.label("incident-earthquake"), "地震");
}

#[test]
fn the_language_that_was_asked_for_is_the_first_where_the_branch_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let ask = |services: &mut Services| services.asked_lang = Some(Lang::EN);
    let kiosk = Kiosk::start_with(dir.path(), ask);
    assert_eq!(kiosk.label("incident-earthquake"), "Earthquake");
    let alone = "[screen]\nlanguages = [\"zh_CN\"]\n";
    std::fs::write(dir.path().join("kiosk.toml"), alone).unwrap();
    drop(kiosk);
    let kiosk = Kiosk::start_with(dir.path(), ask);
    assert_eq!(kiosk.label("incident-earthquake"), "地震");
}

#[test]
fn idleness_returns_to_the_open_guide() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.tap("back-to-board");
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("current-step"));
}

#[test]
fn unset_vital_values_are_named() {
    let (_dir, kiosk) = kiosk();
    let banner = kiosk.label("banner");
    for name in ["地址", "安保人员", "值班主管"] {
        assert!(banner.contains(name), "{banner}");
    }
}

/// A branch with nothing left to fill in but what is said of it.
const FILLED: &str = "[branch]\naddress = \"人民路188号\"\n[contacts]\n\
    security = { number = \"021-58886110\", confirmed = 2026-11-20 }\n\
    supervisor = { number = \"021-58886111\", confirmed = 2026-11-20 }\n";

#[test]
fn a_company_that_nobody_has_entered_is_named_until_it_is() {
    let (_dir, kiosk) = Kiosk::of(FILLED);
    assert!(
        kiosk
            .label("banner")
            .contains("未填写负责的公司，投诉表单不收集姓名")
    );
    kiosk.tap("language");
    assert!(kiosk.label("banner").contains("No company entered"));
    let firm = "[firm]\nname = \"示例证券股份有限公司\"\ncontact = \"021-58880000\"\n";
    let (_dir, kiosk) = Kiosk::of(&format!("{FILLED}{firm}"));
    assert!(!kiosk.shows("banner"), "{}", kiosk.label("banner"));
}

#[test]
fn holidays_of_the_next_year_are_missed_from_december_on() {
    let dir = tempfile::tempdir().unwrap();
    let firm = "[firm]\nname = \"示例证券股份有限公司\"\ncontact = \"021-58880000\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), format!("{FILLED}{firm}")).unwrap();
    // Midnight in Shanghai.
    let december = "2026-11-30T16:00:00Z".parse().unwrap();
    let before = Kiosk::start_at(dir.path(), december - chrono::TimeDelta::seconds(1));
    assert!(!before.shows("banner"), "{}", before.label("banner"));
    before.stop();
    let kiosk = Kiosk::start_at(dir.path(), december);
    assert!(kiosk.label("banner").contains("2027 年放假安排还没有录入"));
    kiosk.stop();
    let days = "[complaint]\nholidays = [2027-01-01]\n";
    std::fs::write(
        dir.path().join("kiosk.toml"),
        format!("{FILLED}{firm}{days}"),
    )
    .unwrap();
    let entered = Kiosk::start_at(dir.path(), december);
    assert!(!entered.shows("banner"), "{}", entered.label("banner"));
}

#[test]
fn a_broken_settings_file_is_named_and_the_last_good_one_is_in_force() {
    let dir = tempfile::tempdir().unwrap();
    let first = Kiosk::start(dir.path());
    first.stop();
    let path = dir.path().join("kiosk.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    let named = good.replacen("name = \"\"", "name = \"人民路营业部\"", 1);
    assert_ne!(named, good);
    std::fs::write(&path, &named).unwrap();
    Kiosk::start(dir.path()).stop();
    std::fs::write(
        &path,
        named.replacen("idle_seconds = 120", "idle_seconds = \"soon\"", 1),
    )
    .unwrap();
    let kiosk = Kiosk::start(dir.path());
    let banner = kiosk.label("banner");
    assert!(
        banner.contains("kiosk.toml") && banner.contains("idle_seconds"),
        "{banner}"
    );
    let branch = &kiosk.screens.services().settings().branch;
    assert_eq!(branch.name.as_deref(), Some("人民路营业部"));
}

#[test]
fn a_tablet_that_was_switched_off_comes_back_at_the_same_step() {
    let dir = tempfile::tempdir().unwrap();
    let first = Kiosk::start(dir.path());
    first.tap("incident-sudden-illness");
    first.tap("answer-fall");
    first.tap("step-done");
    let (command, later) = (
        first.label("current-step"),
        first.now() + Duration::from_secs(90),
    );
    first.stop();
    let again = Kiosk::start_at(dir.path(), later);
    assert_eq!(again.label("current-step"), command);
    assert_eq!(again.label("elapsed"), "1:30");
    assert_eq!(
        again.find("recorded").unwrap().accessible_value().unwrap(),
        "yes"
    );
}

#[test]
fn a_tap_is_pending_until_the_journal_has_it() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    let recorded = || kiosk.find("recorded").unwrap().accessible_value().unwrap();
    assert_eq!(recorded(), "pending");
    kiosk.settle();
    assert_eq!(recorded(), "yes");
    let id = kiosk.open()[0].id.clone();
    let events: Vec<_> = kiosk.open()[0]
        .log
        .iter()
        .map(|line| line.event.clone())
        .collect();
    assert!(matches!(events[..], [IncidentEvent::Started { .. }]));
    assert_eq!(kiosk.entries(&id).len(), 1);
}

#[test]
fn a_restart_takes_up_what_was_last_acted_on() {
    let dir = tempfile::tempdir().unwrap();
    let first = Kiosk::start(dir.path());
    first.tap("incident-sudden-illness");
    first.pass(Duration::from_secs(20));
    first.tap("back-to-board");
    first.tap("incident-fire");
    first.pass(Duration::from_secs(20));
    first.tap("back-to-board");
    first.tap(&tile(&first, "突发疾病"));
    first.tap("answer-fall");
    let command = first.label("current-step");
    let later = first.now() + Duration::from_secs(5);
    first.stop();
    let again = Kiosk::start_at(dir.path(), later);
    assert_eq!(
        again.label("current-step"),
        command,
        "not the fire that began later"
    );
}

#[test]
fn an_incident_whose_type_left_the_plan_asks_for_another() {
    let dir = tempfile::tempdir().unwrap();
    let first = Kiosk::start(dir.path());
    first.tap("incident-network-outage");
    first.settle();
    let later = first.now();
    first.stop();
    let text = plan_file::BUILT_IN.replace("\"network-outage\"", "\"line-outage\"");
    std::fs::write(dir.path().join("plan.toml"), text).unwrap();
    let again = Kiosk::start_at(dir.path(), later);
    assert!(
        !again.shows("current-step"),
        "no other guide's words are shown"
    );
    again.tap("incident-line-outage");
    assert!(again.shows("current-step"));
    assert_eq!(again.open().len(), 1, "it is still the same incident");
}

#[test]
fn the_board_says_what_became_of_the_journals_file() {
    let dir = tempfile::tempdir().unwrap();
    let name = "journal.db.set-aside-20261127T091500Z";
    std::fs::write(dir.path().join(name), "damaged").unwrap();
    let kiosk = Kiosk::start(dir.path());
    assert!(kiosk.label("banner").starts_with("旧记录已另存"));
    kiosk.tap("language");
    assert!(kiosk.label("banner").starts_with("Old records"));
    kiosk
        .screens
        .services()
        .journal_file
        .heard(&Notice::PutBack);
    kiosk.tap("language");
    assert!(kiosk.label("banner").contains("曾被移走"));
    // Until somebody has seen to it.
    kiosk.stop();
    let again = Kiosk::start(dir.path());
    assert!(again.label("banner").starts_with("旧记录已另存"));
    again.stop();
    std::fs::remove_file(dir.path().join(name)).unwrap();
    let seen_to = Kiosk::start(dir.path());
    assert!(!seen_to.label("banner").contains("旧记录"));
}

#[test]
fn an_overdue_step_shows_on_the_board() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("back-to-board");
    kiosk.pass(Duration::from_secs(55));
    assert!(!kiosk.label("open-1").contains("已超"));
    kiosk.pass(Duration::from_secs(10));
    assert!(
        kiosk.label("open-1").contains("已超"),
        "{}",
        kiosk.label("open-1")
    );
}

#[test]
fn a_shaking_finger_acts_once() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap_twice("incident-fire");
    assert_eq!(kiosk.open().len(), 1);
    assert_eq!(
        kiosk.open()[0].log.len(),
        1,
        "nothing beneath the button was pressed"
    );
    kiosk.tap_twice("step-done");
    assert_eq!(kiosk.open()[0].log.len(), 2, "one step is done, not two");
}

#[test]
fn a_quick_hand_elsewhere_is_not_taken_for_a_shaking_one() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.tap_at_once("undo");
    assert!(kiosk.open().is_empty());
}

#[test]
fn the_banner_names_old_sentences_of_the_branchs_plan() {
    let dir = tempfile::tempdir().unwrap();
    let old = include_str!("../fixtures/plan-2026-11-23.toml");
    std::fs::write(dir.path().join("plan.toml"), old).unwrap();
    std::fs::write(
        dir.path().join("kiosk.toml"),
        "[branch]\naddress = \"人民路188号\"\n[contacts]\nsecurity = \"12345\"\nsupervisor = \"12346\"\n",
    )
    .unwrap();
    let kiosk = Kiosk::start(dir.path());
    let banner = kiosk.label("banner");
    assert!(
        banner.contains("旧句已更正") && banner.contains("plan.toml"),
        "{banner}"
    );
    kiosk.stop();
}

#[test]
fn the_buttons_stay_the_same_while_the_pages_come_and_go() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    let board = || kiosk.window().global::<lobby_kiosk::Board<'_>>();
    let before = board().get_groups();
    kiosk.screens.services().pages.set(PagesState {
        base: Some("http://192.168.1.20:8080".to_owned()),
        trouble: None,
    });
    kiosk.screens.process_notices();
    let codes = kiosk.window().global::<lobby_kiosk::Codes<'_>>();
    assert_eq!(codes.get_complaint_address(), "192.168.1.20:8080");
    assert!(board().get_groups() == before, "a finger may lie on one");
}

#[test]
fn other_colours_take_effect_as_soon_as_they_are_in_force() {
    let (_dir, kiosk) = Kiosk::of("[screen]\ntheme = \"light\"\n");
    let palette = kiosk.window().global::<lobby_kiosk::Palette<'_>>();
    assert!(!palette.get_dark());
    let file = kiosk.data.join("kiosk.toml");
    std::fs::write(file, "[screen]\ntheme = \"dark\"\n").unwrap();
    let services = kiosk.screens.services();
    let loaded = Settings::load(&kiosk.data, &services.plan());
    services.in_force.take_settings(loaded);
    kiosk.screens.process_notices();
    assert!(palette.get_dark());
}
