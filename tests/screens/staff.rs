//! The door of the staff area, through the window: its PIN, the waits after wrong ones, and when
//! it locks by itself.

use std::time::Duration;

use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::jobs::JobId;
use lobby_kiosk::service::pin;
use lobby_kiosk::store::JOURNAL_FILE;
use lobby_kiosk::{CaseFile, Health, HealthState, Screen};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

const PIN: &str = "482915";
const WRONG: &str = "482916";

fn kiosk() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    pin::set(dir.path(), PIN).unwrap();
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

fn screen(kiosk: &Kiosk) -> Screen {
    kiosk
        .window()
        .global::<lobby_kiosk::Shell<'_>>()
        .get_screen()
}

fn kinds(kiosk: &Kiosk) -> Vec<String> {
    let entries = kiosk.staff_entries().into_iter();
    entries.map(|one| one.kind).collect()
}

fn typed(kiosk: &Kiosk) -> i32 {
    kiosk
        .window()
        .global::<lobby_kiosk::Staff<'_>>()
        .get_typed()
}

/// Gives a wrong PIN so many times.
fn wrong(kiosk: &Kiosk, times: usize) {
    for _ in 0..times {
        kiosk.enter_pin(WRONG);
    }
}

#[test]
fn the_right_pin_opens_the_area() {
    let (_dir, kiosk) = kiosk();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    assert_eq!(kiosk.label("pin"), "请输入员工密码");
    kiosk.type_keys(PIN);
    assert!(!kiosk.screens.state().is_unlocked());
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(kiosk.screens.state().is_unlocked());
    assert!(!kiosk.shows("pin"));
    assert!(kiosk.shows("lock"));
    assert_eq!(kinds(&kiosk), ["staff.unlocked"]);
}

#[test]
fn what_customers_wrote_is_readable_while_the_area_is_open_and_no_longer() {
    let (_dir, kiosk) = kiosk();
    let words = ComplaintText {
        what: "只有员工能看到的投诉内容".to_owned(),
        ..ComplaintText::default()
    };
    let (id, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    kiosk.settle();
    let complaints = kiosk.complaints();
    let readable = || complaints.file(&id).unwrap().words.is_some();
    kiosk.enter_pin(WRONG);
    assert!(!readable());
    kiosk.enter_pin(PIN);
    assert!(complaints.seals().is_open() && readable());
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    let shown = |kiosk: &Kiosk| {
        let file = kiosk.screens.services().desk.file().unwrap();
        file.words.clone()
    };
    assert_eq!(shown(&kiosk), Some(words));
    kiosk.tap("evacuate");
    assert!(!complaints.seals().is_open() && !readable());
    // From the first PIN on, the device's secret alone does not open it any more.
    assert!(complaints.seals().unlock(None).is_err());
    assert!(complaints.seals().unlock(Some(PIN)).is_ok());
}

#[test]
fn under_another_pin_the_area_opens_and_says_why_the_words_do_not() {
    let (dir, kiosk) = kiosk();
    let words = ComplaintText {
        what: "用原来的密码加密的投诉内容".to_owned(),
        ..ComplaintText::default()
    };
    let (id, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show(Screen::Board);
    pin::set(dir.path(), "771204").unwrap();
    kiosk.enter_pin("771204");
    assert!(kiosk.screens.state().is_unlocked());
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    let shown = kiosk.screens.services().desk.file().unwrap();
    assert_eq!(shown.words, None);
    let window = kiosk.window().global::<CaseFile<'_>>();
    let lines: Vec<String> = window
        .get_lines()
        .iter()
        .map(|line| line.words.to_string())
        .collect();
    let says = lines.iter().any(|line| line.contains("pin --recover"));
    assert!(says, "{lines:?}");
}

#[test]
fn digits_are_shown_as_dots_and_taken_back_one_by_one() {
    let (_dir, kiosk) = kiosk();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    kiosk.tap("pin-ok");
    kiosk.type_keys("48290");
    assert_eq!(typed(&kiosk), 5);
    kiosk.tap("pin-ok");
    assert!(
        !kiosk.screens.services().staff.is_busy(),
        "so few digits are no PIN, and no try"
    );
    kiosk.tap("pin-delete");
    assert_eq!(typed(&kiosk), 4);
    assert!(!kiosk.label("pin").contains('8'));
    kiosk.type_keys("15");
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(kiosk.screens.state().is_unlocked());
    assert_eq!(kinds(&kiosk), ["staff.unlocked"]);
}

#[test]
fn no_more_digits_are_taken_than_a_pin_may_have() {
    let (_dir, kiosk) = kiosk();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    kiosk.type_keys("4829150000009");
    assert_eq!(typed(&kiosk), 12);
}

#[test]
fn a_wrong_pin_is_said_and_recorded_without_a_digit() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(WRONG);
    assert!(!kiosk.screens.state().is_unlocked());
    assert_eq!(kiosk.label("pin"), "密码不对，请重新输入。");
    assert_eq!(typed(&kiosk), 0, "the next try begins anew");
    kiosk.type_keys("4");
    assert_eq!(kiosk.label("pin"), "请输入员工密码");
    let entries = kiosk.staff_entries();
    assert_eq!(kinds(&kiosk), ["staff.refused"]);
    assert_eq!(entries[0].body, "{}");
}

#[test]
fn after_four_wrong_ones_the_pad_counts_down_and_opens_again() {
    let (_dir, kiosk) = kiosk();
    wrong(&kiosk, 4);
    assert_eq!(kiosk.label("pin"), "输错次数太多，请等待 0:30。");
    kiosk.pass(Duration::from_secs(1));
    assert_eq!(kiosk.label("pin"), "输错次数太多，请等待 0:29。");
    kiosk.type_keys(PIN);
    assert_eq!(typed(&kiosk), 0, "no key does anything");
    kiosk.pass(Duration::from_millis(28_500));
    assert_eq!(kiosk.label("pin"), "输错次数太多，请等待 0:01。");
    kiosk.pass(Duration::from_millis(500));
    assert!(
        !kiosk.label("pin").contains("等待"),
        "{}",
        kiosk.label("pin")
    );
    kiosk.type_keys(PIN);
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(kiosk.screens.state().is_unlocked());
    let refused = ["staff.refused"; 4];
    assert_eq!(kinds(&kiosk), [&refused[..], &["staff.unlocked"]].concat());
}

#[test]
fn while_it_waits_the_right_pin_is_not_looked_at() {
    let (_dir, kiosk) = kiosk();
    wrong(&kiosk, 4);
    kiosk.enter_pin(PIN);
    assert!(!kiosk.screens.state().is_unlocked());
    assert_eq!(kinds(&kiosk).len(), 4);
}

#[test]
fn a_restart_does_not_shorten_the_wait() {
    let (dir, kiosk) = kiosk();
    wrong(&kiosk, 5);
    // The fifth was not looked at; after the wait it is, and doubles it.
    kiosk.pass(Duration::from_secs(31));
    kiosk.enter_pin(WRONG);
    assert!(
        kiosk.label("pin").contains("1:00"),
        "{}",
        kiosk.label("pin")
    );
    kiosk.settle();
    let now = kiosk.now();
    kiosk.stop();

    let later = now + chrono::Duration::seconds(10);
    let again = Kiosk::start_at(dir.path(), later);
    assert!(
        again.screens.services().staff.lockout(&None).is_none(),
        "the first picture does not wait for it"
    );
    again.screens.state().enter_staff();
    again.screens.draw();
    again.wait_for_staff();
    assert!(
        again.label("pin").contains("0:50"),
        "{}",
        again.label("pin")
    );
    again.pass(Duration::from_secs(50));
    again.type_keys(PIN);
    again.tap("pin-ok");
    again.wait_for_staff();
    assert!(again.screens.state().is_unlocked());
    again.settle();
    again.stop();

    let third = Kiosk::start_at(dir.path(), later + chrono::Duration::hours(1));
    third.enter_pin(WRONG);
    assert!(
        third.label("pin").contains("不对"),
        "all is made good again"
    );
}

#[test]
fn without_a_pin_the_screen_says_how_to_set_one() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    assert!(kiosk.label("pin").contains("lobby-kiosk pin"));
    assert!(!kiosk.shows("pin-1"), "there is nothing to type");
    kiosk.tap("language");
    assert!(kiosk.label("pin").contains("lobby-kiosk pin"));
    assert!(kiosk.shows("contacts") && kiosk.shows("evacuate"));
    kiosk.tap("back-to-board");
    kiosk.tap("incident-fire");
    assert_eq!(kiosk.open().len(), 1, "everything else goes on without");

    pin::set(dir.path(), PIN).unwrap();
    kiosk.enter_pin(PIN);
    assert!(
        kiosk.screens.state().is_unlocked(),
        "it is asked for from now on"
    );
}

#[test]
fn a_pin_removed_meanwhile_opens_nothing() {
    let (dir, kiosk) = kiosk();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    kiosk.type_keys(PIN);
    pin::remove(dir.path()).unwrap();
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.label("pin").contains("lobby-kiosk pin"));
}

#[test]
fn a_broken_pin_file_is_named_and_is_no_open_door() {
    let (dir, kiosk) = kiosk();
    std::fs::write(dir.path().join("pin"), "000000").unwrap();
    kiosk.enter_pin("000000");
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.label("pin").contains("lobby-kiosk pin"));
    assert!(
        kinds(&kiosk).is_empty(),
        "nobody knows whether it was wrong"
    );
}

#[test]
fn as_long_as_the_tries_cannot_be_read_none_is_free() {
    let (dir, kiosk) = kiosk();
    let journal = dir.path().join(JOURNAL_FILE);
    let aside = dir.path().join("aside");
    std::fs::rename(&journal, &aside).unwrap();
    std::fs::write(
        &journal,
        "not a database, and long enough to be taken for one".repeat(99),
    )
    .unwrap();
    kiosk.enter_pin(PIN);
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(
        kiosk.label("pin").contains(JOURNAL_FILE),
        "{}",
        kiosk.label("pin")
    );
    std::fs::rename(&aside, &journal).unwrap();
    kiosk.enter_pin(PIN);
    assert!(kiosk.screens.state().is_unlocked());
}

#[test]
fn whoever_leaves_the_area_leaves_it_locked() {
    let (_dir, kiosk) = kiosk();
    let ways: [fn(&Kiosk); 4] = [
        |kiosk| kiosk.tap("contacts"),
        |kiosk| kiosk.tap("evacuate"),
        |kiosk| kiosk.screens.state().show(Screen::Board),
        |kiosk| kiosk.screens.state().show(Screen::Codes),
    ];
    for leave in ways {
        kiosk.enter_pin(PIN);
        let area = screen(&kiosk);
        leave(&kiosk);
        kiosk.screens.draw();
        assert!(!kiosk.screens.state().is_unlocked());
        kiosk.screens.state().enter_staff();
        kiosk.screens.draw();
        assert!(kiosk.shows("pin"), "others may be at the screen by now");
        kiosk.screens.state().show(area);
        kiosk.screens.draw();
        assert!(kiosk.shows("pin"), "nothing leads past the door");
    }
}

#[test]
fn the_way_back_from_a_call_leads_past_the_pin() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    let area = screen(&kiosk);
    kiosk.tap("contacts");
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("pin"));
    kiosk.wait_for_staff();
    kiosk.type_keys(PIN);
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert_eq!(screen(&kiosk), area);
}

#[test]
fn within_the_area_nobody_is_asked_again() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show(Screen::Numbers);
    kiosk.screens.draw();
    assert_eq!(screen(&kiosk), Screen::Numbers);
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    assert!(!kiosk.shows("pin"));
    assert_eq!(kinds(&kiosk), ["staff.unlocked"]);
}

/// Gives wrong PINs until the longest wait.
fn lock_out(kiosk: &Kiosk) {
    for _ in 0..20 {
        kiosk.enter_pin(WRONG);
        if kiosk.label("pin").contains("1:00:00") {
            return;
        }
        kiosk.skip(Duration::from_secs(3600));
    }
    panic!("no wait of an hour: {}", kiosk.label("pin"));
}

#[test]
fn a_new_pin_lifts_the_wait_at_once_and_after_a_restart() {
    let (dir, kiosk) = kiosk();
    kiosk.enter_pin(WRONG);
    lock_out(&kiosk);
    let teller = kiosk.screens.services().staff.pin_teller(dir.path());
    // The same digits will do: whoever can set them need not be kept out.
    pin::set(dir.path(), PIN).unwrap();
    teller();
    kiosk.screens.process_notices();
    assert_eq!(kiosk.label("pin"), "请输入员工密码");
    kiosk.type_keys(PIN);
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(kiosk.screens.state().is_unlocked());

    kiosk.screens.state().show(Screen::Board);
    kiosk.enter_pin(WRONG);
    lock_out(&kiosk);
    kiosk.settle();
    let later = kiosk.now() + chrono::Duration::seconds(5);
    kiosk.stop();
    let again = Kiosk::start_at(dir.path(), later);
    again.screens.state().enter_staff();
    again.screens.draw();
    again.wait_for_staff();
    assert!(
        again.label("pin").contains("等待"),
        "a restart lifts nothing"
    );
    again.stop();
    pin::set(dir.path(), "771204").unwrap();
    let third = Kiosk::start_at(dir.path(), later);
    third.enter_pin("771204");
    assert!(third.screens.state().is_unlocked());
    third.settle();
    third.stop();
    // What lifted the wait is on record, and lifts no later one.
    let fourth = Kiosk::start_at(dir.path(), later);
    fourth.enter_pin(WRONG);
    lock_out(&fourth);
    let teller = fourth.screens.services().staff.pin_teller(dir.path());
    teller();
    fourth.screens.process_notices();
    assert!(fourth.label("pin").contains("等待"));
}

#[test]
fn a_jump_of_the_clock_neither_lifts_nor_lengthens_the_wait() {
    let (dir, kiosk) = kiosk();
    wrong(&kiosk, 4);
    assert!(kiosk.label("pin").contains("0:30"));
    kiosk.pass(Duration::from_secs(2));
    let (before, day) = (kiosk.now(), chrono::Duration::days(1));
    for to in [before + day * 4000, before - day * 20_000, before + day] {
        kiosk.set_clock(to);
        kiosk.screens.draw();
        assert!(
            kiosk.label("pin").contains("0:28"),
            "{}",
            kiosk.label("pin")
        );
    }
    kiosk.settle();
    kiosk.stop();
    // Set back while it was off: as much as nobody can know goes for the wait, and no more.
    let again = Kiosk::start_at(dir.path(), before - day * 9000);
    again.screens.state().enter_staff();
    again.screens.draw();
    again.wait_for_staff();
    assert!(
        again.label("pin").contains("0:28"),
        "{}",
        again.label("pin")
    );
    again.pass(Duration::from_secs(29));
    assert!(
        !again.label("pin").contains("等待"),
        "{}",
        again.label("pin")
    );
}

#[test]
fn the_lock_button_leads_to_the_board_and_locks() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    kiosk.tap("lock");
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.shows("incident-fire"));
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    assert!(kiosk.shows("pin"));
}

#[test]
fn idleness_locks_and_leads_back_to_the_start() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    kiosk.skip(Duration::from_secs(121));
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.shows("incident-fire"));

    kiosk.enter_pin(PIN);
    kiosk.tap("contacts");
    kiosk.skip(Duration::from_secs(121));
    assert!(!kiosk.screens.state().is_unlocked(), "on a visit too");

    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.type_keys("482");
    kiosk.skip(Duration::from_secs(121));
    assert!(kiosk.shows("incident-fire"));
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    assert_eq!(typed(&kiosk), 0, "half a PIN is not left for the next one");
}

#[test]
fn what_faces_the_customers_locks() {
    let (_dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show(Screen::Posted);
    assert!(!kiosk.screens.state().is_unlocked());
    kiosk.screens.state().show(Screen::Numbers);
    kiosk.screens.draw();
    assert!(kiosk.shows("pin"), "nothing leads past the door");
}

#[test]
fn whoever_leaves_while_the_pin_is_looked_at_leaves_it_locked() {
    let (_dir, kiosk) = kiosk();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.wait_for_staff();
    kiosk.type_keys(PIN);
    kiosk.tap("pin-ok");
    kiosk.tap("evacuate");
    kiosk.wait_for_staff();
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.screens.services().incidents.evacuating().is_some());
    assert_eq!(kinds(&kiosk), ["staff.unlocked"]);
}

#[test]
fn a_new_pin_shuts_the_door_that_the_one_before_has_opened() {
    let (dir, kiosk) = kiosk();
    kiosk.enter_pin(PIN);
    assert!(kiosk.screens.state().is_unlocked());
    pin::set(dir.path(), "730164").unwrap();
    kiosk.screens.services().staff.look_up(dir.path(), &None);
    kiosk.wait_for_staff();
    assert!(!kiosk.screens.state().is_unlocked());
    assert!(kiosk.shows("incident-fire"), "the board");
    kiosk.enter_pin("730164");
    assert!(kiosk.screens.state().is_unlocked());
}

#[test]
fn a_new_pin_found_after_the_clock_was_set_lifts_the_wait() {
    let (dir, kiosk) = kiosk();
    lock_out(&kiosk);
    pin::set(dir.path(), "730164").unwrap();
    kiosk.set_clock(kiosk.now() + chrono::TimeDelta::hours(3));
    kiosk.screens.services().staff.look_up(dir.path(), &None);
    kiosk.wait_for_staff();
    let lockout = kiosk.screens.services().staff.lockout(&None).unwrap();
    assert!(!lockout.is_locked(kiosk.now()), "{lockout:?}");
}

#[test]
fn the_area_says_what_is_done_beside_the_screen_and_what_fails() {
    let (_dir, kiosk) = kiosk();
    let jobs = &kiosk.screens.services().jobs;
    jobs.job(JobId::Retention, Some(Duration::from_secs(3_600)))
        .succeeded();
    jobs.job(JobId::AddressTest, None).failed("nobody answers");
    kiosk.enter_pin(PIN);
    kiosk.tap("to-health");
    assert!(kiosk.label("health-summary").contains("1 项未正常运行"));
    let health = kiosk.window().global::<Health<'_>>();
    let rows: Vec<_> = health.get_rows().iter().collect();
    assert_eq!(
        rows[0].state,
        HealthState::Failing,
        "what fails stands first"
    );
    assert!(rows[0].detail.contains("nobody answers"));
    assert_eq!(rows[1].state, HealthState::Works);
    assert!(
        rows[1].detail.contains("每 1 小时一次"),
        "{}",
        rows[1].detail
    );
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("to-health"), "back to the list of complaints");
}
