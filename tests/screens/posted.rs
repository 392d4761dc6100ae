//! The posted face, the second display, the notice to customers, and the discreet guide.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use i_slint_backend_testing::{ElementQuery, mock_elapsed_time};
use lobby_kiosk::app::{Branch, posted};
use lobby_kiosk::domain::incident::Incident;
use lobby_kiosk::service::address;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::in_force::InForce;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pages::Pages;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::view::{Screens, bind_posted};
use lobby_kiosk::{AppWindow, Guide, Shell};
use slint::ComponentHandle;
use slint::platform::WindowEvent;

use crate::kiosk::Kiosk;

const BRANCH: &str = r#"
[branch]
name = "人民路证券营业部"
[complaint]
phone = "021-58881234"
[contacts]
security = { number = "021-58886110", public = true }
supervisor = "13800138000"
"#;

/// Everything that a listener hears of the screen.
fn heard(kiosk: &Kiosk) -> String {
    let labels = kiosk.elements().into_iter();
    labels
        .filter_map(|one| one.accessible_label())
        .map(String::from)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_idle_tablet_shows_the_numbers_that_customers_may_know() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("posted") && !kiosk.shows("incident-fire"));
    let heard = heard(&kiosk);
    for number in [
        "110",
        "119",
        "120",
        "12386",
        "021-5888 1234",
        "021-5888 6110",
    ] {
        assert!(heard.contains(number), "{number} is missing: {heard}");
    }
    assert!(
        !heard.contains("13800138000") && !heard.contains("138 0013 8000"),
        "an internal number is shown"
    );
    assert!(kiosk.shows("qr-complaint") && kiosk.shows("qr-evacuation"));
}

#[test]
fn without_a_complaint_line_its_code_is_not_drawn() {
    let (_dir, kiosk) = Kiosk::of("");
    kiosk.tap("codes");
    assert!(!kiosk.shows("qr-complaint") && kiosk.shows("qr-evacuation"));
}

#[test]
fn a_touch_wakes_and_presses_nothing_beneath() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap("posted");
    assert!(kiosk.shows("incident-fire"));
    assert!(kiosk.open().is_empty(), "what appeared was not pressed");
}

#[test]
fn its_own_controls_act_on_first_touch() {
    for (control, then) in [
        ("evacuate", "evacuation-command"),
        ("contacts", "contact-police"),
        ("codes", "qr-complaint"),
    ] {
        let (_dir, kiosk) = Kiosk::of(BRANCH);
        kiosk.skip(Duration::from_secs(121));
        kiosk.tap(control);
        if control == "evacuate" {
            kiosk.tap("confirm-evacuate");
        }
        assert!(kiosk.shows(then), "{control}");
        kiosk.stop();
    }
}

#[test]
fn its_language_returns_by_itself() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap("language");
    assert_eq!(kiosk.label("evacuate"), "Evacuate");
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("posted"));
    assert_eq!(kiosk.label("evacuate"), "疏散");
}

#[test]
fn with_something_open_it_comes_after_half_an_hour_and_leads_back() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-power-cut");
    kiosk.tap("contacts");
    kiosk.skip(Duration::from_secs(121));
    assert!(
        kiosk.shows("current-step"),
        "first idleness leads to the guide"
    );
    kiosk.tap("step-done");
    kiosk.skip(Duration::from_secs(29 * 60));
    assert!(kiosk.shows("current-step"));
    kiosk.skip(Duration::from_secs(61));
    assert!(kiosk.shows("posted"));
    kiosk.tap("resume");
    assert!(kiosk.shows("current-step"));
}

#[test]
fn its_codes_have_their_room_also_with_something_open() {
    let whole = BRANCH.replace(
        "[complaint]",
        "address = \"浦东新区人民路188号\"\nassembly_point = \"广场北侧旗杆\"\nexits = [\"东侧楼梯 East stairs\", \"南门 South door\"]\n[complaint]",
    );
    let (_dir, kiosk) = Kiosk::of(&whole);
    let codes = || {
        let codes = kiosk.all(|id| id.starts_with("qr-")).into_iter();
        codes
            .map(|one| (one.absolute_position().y.round(), one.size().height.round()))
            .collect::<Vec<_>>()
    };
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("posted"));
    let idle = codes();
    assert!(idle.len() >= 2, "{idle:?}");
    kiosk.tap("posted");
    kiosk.tap("incident-power-cut");
    kiosk.skip(Duration::from_secs(31 * 60));
    assert!(kiosk.shows("resume"));
    assert_eq!(codes(), idle);
}

#[test]
fn it_can_be_what_the_tablet_starts_with() {
    let (_dir, kiosk) = Kiosk::of("[screen]\nstart_screen = \"posted\"\nposted_minutes = 5\n");
    assert!(kiosk.shows("posted"));
    kiosk.tap("posted");
    kiosk.tap("contacts");
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("posted"));
}

#[test]
fn a_notice_speaks_both_languages_and_is_turned_back_by_holding() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("public-notice");
    let words = kiosk.label("notice");
    assert!(words.contains("出口") && words.contains("exit"), "{words}");
    assert!(kiosk.shows("qr-evacuation"), "it matters in a fire");
    assert!(!kiosk.shows("current-step"));
    kiosk.skip(Duration::from_secs(600));
    assert!(kiosk.shows("notice"), "it stays");

    hold(&kiosk, Duration::from_millis(600));
    assert!(
        kiosk.shows("notice"),
        "a brush of the hand does not turn it"
    );
    hold(&kiosk, Duration::from_millis(1100));
    assert!(kiosk.shows("current-step"));
}

/// Holds the corner that turns the tablet back.
fn hold(kiosk: &Kiosk, time: Duration) {
    kiosk.hold("turn-back", time);
}

#[test]
fn evacuating_from_it_asks_once_or_is_held_for_a_second() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap_twice("evacuate");
    assert!(kiosk.open().is_empty(), "a shaking finger starts nothing");
    kiosk.tap("evacuate-not");
    assert!(kiosk.shows("posted") && kiosk.open().is_empty());
    kiosk
        .find("evacuate")
        .unwrap()
        .invoke_accessible_default_action();
    assert!(kiosk.open().is_empty());
    kiosk
        .find("confirm-evacuate")
        .unwrap()
        .invoke_accessible_default_action();
    assert!(kiosk.shows("evacuation-command"), "without a finger");

    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.hold("evacuate", Duration::from_millis(1100));
    assert!(kiosk.shows("evacuation-command"), "held");
}

#[test]
fn no_screen_that_customers_may_touch_evacuates_at_one_tap() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("public-notice");
    for way in [None, Some("contacts")] {
        if let Some(way) = way {
            kiosk.tap(way);
        }
        kiosk.tap("evacuate");
        assert!(!kiosk.shows("evacuation-command"), "{way:?}");
        kiosk.tap("evacuate-not");
    }
    kiosk.tap("evacuate");
    kiosk.tap("confirm-evacuate");
    assert!(kiosk.shows("evacuation-command"));
}

#[test]
fn a_notice_keeps_nobody_where_people_are_led_out() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-physical-conflict");
    kiosk.pass(Duration::from_secs(6));
    let told = || {
        kiosk.tap("public-notice");
        let words = kiosk.label("notice");
        hold(&kiosk, Duration::from_millis(1100));
        (words.contains("离开"), words.contains("就座"))
    };
    assert_eq!(told(), (false, true));
    kiosk.tap("answer-weapon");
    // 带大家往外跑
    assert_eq!(told(), (true, false), "there may be a weapon");
    kiosk.tap("step-done");
    assert_eq!(told(), (true, false));
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    assert_eq!(told(), (false, true), "all clear");

    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    let command = kiosk.label("evacuation-command").replace('\n', "");
    kiosk.tap("to-guide");
    kiosk.tap("public-notice");
    assert_eq!(kiosk.label("notice"), command, "whatever the guide's type");
}

#[test]
fn a_card_that_customers_open_gives_no_reason() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.skip(Duration::from_secs(31 * 60));
    kiosk.tap("posted-fire-brigade");
    let script = kiosk.label("call-script");
    assert!(script.contains("发生了什么"), "{script}");
    assert!(
        !heard(&kiosk).contains("火灾") && !script.contains("着火"),
        "{script}"
    );
}

#[test]
fn staff_find_their_way_in_and_nothing_is_said_twice() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    let all = heard(&kiosk);
    let mut said: Vec<&str> = all.lines().collect();
    said.sort_unstable();
    for two in said.windows(2) {
        assert_ne!(two[0], two[1], "{all}");
    }
    assert_eq!(all.matches("021-5888 1234").count(), 1, "{all}");
    assert_eq!(kiosk.label("posted-staff"), "员工");
    kiosk.tap("posted-staff");
    assert!(kiosk.shows("incident-fire"), "the board");
}

#[test]
fn no_colleagues_mobile_stands_where_anybody_passes_by() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap("contacts");
    assert!(kiosk.label("contact-security").contains("021-5888 6110"));
    let tile = kiosk.label("contact-supervisor");
    assert!(
        tile.contains("138****8000") && !heard(&kiosk).contains("138 0013"),
        "{tile}"
    );
    // One deliberate tap on the role still reaches it.
    kiosk.tap("contact-supervisor");
    assert!(kiosk.label("call-number").contains("138 0013 8000"));
}

#[test]
fn a_keyboard_can_evacuate_from_it() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    let window = kiosk.window().window();
    let press = |text: slint::SharedString| {
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.dispatch_event(WindowEvent::KeyReleased { text });
        mock_elapsed_time(Duration::from_millis(20));
    };
    let (tab, enter) = (slint::platform::Key::Tab, slint::platform::Key::Return);
    press(tab.into());
    press(enter.into());
    assert!(kiosk.shows("confirm-evacuate"));
    press(tab.into());
    press(enter.into());
    assert!(kiosk.shows("evacuation-command"));
}

#[test]
fn its_numbers_open_their_card_and_lead_back_to_it() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    for back in ["card-close", "back-to-board"] {
        kiosk.skip(Duration::from_secs(121));
        kiosk.skip(Duration::from_secs(121));
        kiosk.tap("posted-ambulance");
        assert!(kiosk.label("call-number").contains("120"));
        kiosk.tap(back);
        assert!(kiosk.shows("posted"), "{back}");
    }
    assert!(kiosk.open().is_empty());
}

#[test]
fn the_touch_that_wakes_it_presses_nothing_wherever_the_next_lands() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap("posted");
    kiosk.tap_at_once("incident-fire");
    assert!(kiosk.open().is_empty());
    kiosk.tap("incident-fire");
    assert_eq!(kiosk.open().len(), 1);
}

#[test]
fn a_notice_gives_nothing_away() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-malicious-complaint");
    kiosk.tap("public-notice");
    let words = kiosk.label("notice");
    assert!(
        !words.contains("投诉") && !words.contains("恶意"),
        "{words}"
    );
    assert!(!kiosk.shows("qr-evacuation"));
}

#[test]
fn three_guides_are_discreet_unless_the_branch_says_otherwise() {
    let discreet = |kiosk: &Kiosk| kiosk.window().global::<Guide<'_>>().get_discreet();
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    for (id, expected) in [
        ("physical-conflict", true),
        ("suspicious-person", true),
        ("malicious-complaint", true),
        ("sudden-illness", false),
    ] {
        kiosk.start_guide(id);
        assert_eq!(discreet(&kiosk), expected, "{id}");
        kiosk.tap("back-to-board");
    }
    let (_dir, kiosk) = Kiosk::of("[screen]\ndiscreet_guide = false\n");
    kiosk.tap("incident-physical-conflict");
    assert!(!discreet(&kiosk));
}

type Display = (
    Rc<Screens>,
    Rc<RefCell<Vec<Incident>>>,
    Arc<Mutex<DateTime<Utc>>>,
);

fn in_force() -> InForce {
    InForce::new(Branch::load_readonly(std::path::Path::new("nowhere")).reading())
}

/// A second display beside `kiosk`, which sees what the test hands it.
fn second_display(kiosk: &Kiosk, data: &Path) -> Display {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let time = Arc::new(Mutex::new(kiosk.now()));
    let now = time.clone();
    let journal = Journal::in_memory(std::sync::Arc::new(|_| {})).unwrap();
    let clock = Clock::new(move || *now.lock().unwrap());
    let recorder = Recorder::with_clock(journal, clock);
    let services = Branch::load_readonly(data).services(recorder, Vec::new());
    let look = {
        let seen = seen.clone();
        Box::new(move || Some(seen.borrow().clone()))
    };
    let screens = bind_posted(AppWindow::new().unwrap(), services, look);
    screens.window().show().unwrap();
    (screens, seen, time)
}

fn hear(screens: &Screens) {
    screens.window().global::<Shell<'_>>().invoke_heard();
}

fn shows(screens: &Screens, id: &str) -> bool {
    ElementQuery::from_root(screens.window())
        .find_all()
        .iter()
        .any(|one| one.accessible_id().is_some_and(|found| found == id))
}

#[test]
fn a_second_display_follows_the_evacuation_and_never_shows_the_board() {
    let (dir, kiosk) = Kiosk::of(BRANCH);
    let (display, seen, time) = second_display(&kiosk, dir.path());
    assert!(shows(&display, "contacts") && shows(&display, "language"));
    for id in ["posted", "evacuate", "incident-fire"] {
        assert!(!shows(&display, id), "{id} is on the second display");
    }
    kiosk.tap("evacuate");
    seen.replace(kiosk.open());
    *time.lock().unwrap() = kiosk.now() + chrono::Duration::seconds(4);
    hear(&display);
    assert!(
        !shows(&display, "evacuation-command"),
        "it may still be undone"
    );
    *time.lock().unwrap() = kiosk.now() + chrono::Duration::seconds(6);
    mock_elapsed_time(Duration::from_secs(2));
    assert!(
        shows(&display, "evacuation-command"),
        "from the end of the undo window on"
    );
    for id in [
        "undo",
        "evacuation-end",
        "headcount",
        "way-plan",
        "contacts",
    ] {
        assert!(!shows(&display, id), "{id} is on the second display");
    }
    assert!(shows(&display, "exit") && shows(&display, "assembly-point"));
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    seen.replace(kiosk.open());
    hear(&display);
    assert!(
        shows(&display, "evacuation-command"),
        "the end may still be taken back"
    );
    *time.lock().unwrap() += chrono::Duration::seconds(11);
    hear(&display);
    assert!(!shows(&display, "evacuation-command") && shows(&display, "contacts"));

    // Whatever it hears of, and however long nobody is there, it stays what it is.
    kiosk.tap("back-to-board");
    kiosk.tap("incident-malicious-complaint");
    seen.replace(kiosk.open());
    hear(&display);
    mock_elapsed_time(Duration::from_secs(3600));
    display.window().global::<Shell<'_>>().invoke_to_board();
    assert!(shows(&display, "language"));
    for id in ["current-step", "incident-fire", "resume"] {
        assert!(!shows(&display, id), "{id} is on the second display");
    }
    display.window().global::<Shell<'_>>().invoke_evacuate();
    assert!(!shows(&display, "evacuation-command"), "it starts nothing");
}

#[test]
fn a_second_display_reads_the_kiosks_journal_and_writes_nothing() {
    let (dir, kiosk) = Kiosk::of(BRANCH);
    let look = posted::look(dir.path().to_owned(), Pages::default(), in_force());
    assert_eq!(look().unwrap().len(), 0);
    kiosk.tap("incident-fire");
    kiosk.settle();
    let before = std::fs::read(dir.path().join("journal.db-wal")).unwrap();
    assert_eq!(look().unwrap().len(), 1);
    assert_eq!(
        std::fs::read(dir.path().join("journal.db-wal")).unwrap(),
        before
    );
    let nowhere = posted::look(dir.path().join("nowhere"), Pages::default(), in_force());
    assert!(nowhere().is_none_or(|live| live.is_empty()));
}

#[test]
fn a_second_display_knows_where_phones_reach_the_kiosks_pages() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::default();
    let look = posted::look(dir.path().to_owned(), pages.clone(), in_force());
    let base = "http://192.168.1.20:8080";
    for served in [None, Some(base), None] {
        address::tell_served(dir.path(), served).unwrap();
        look();
        assert_eq!(pages.get().good_base(), served);
    }
}

#[test]
fn a_second_display_keeps_internal_numbers_to_itself() {
    let (dir, kiosk) = Kiosk::of(BRANCH);
    let (display, ..) = second_display(&kiosk, dir.path());
    display
        .window()
        .global::<Shell<'_>>()
        .invoke_show_contacts();
    assert!(shows(&display, "contact-security"));
    assert!(!shows(&display, "contact-supervisor"));
    drop(kiosk);
}
