//! Telephone numbers kept right on the tablet: confirmed, changed, added, removed, and never at
//! the cost of what else the branch has written in its file.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lobby_kiosk::domain::phone::{self, Here, Kind};
use lobby_kiosk::service::pin;
use lobby_kiosk::{Codes, Posted};
use slint::{ComponentHandle, Model};

use crate::kiosk::{Kiosk, SIZES, places, still_while_unrecorded};

const PIN: &str = "482915";
const BRANCH: &str = r#"# 人民路 our own notes
[branch]
name = "人民路证券营业部"
address = "浦东新区人民路188号"
exits = ["东侧楼梯"]
area_code = "021"

[contacts]   # rung every month
security = { number = "021-58886110", confirmed = 2026-06-01, public = true }  # front desk
supervisor = [
    { number = "13800138000", confirmed = 2026-11-01 },  # Wang
    "13900139000",
]
power-company = { number = "021-95598123", confirmed = 2026-11-01 }
"#;

fn kiosk() -> (tempfile::TempDir, Kiosk) {
    kiosk_with(BRANCH)
}

/// A kiosk whose staff area is unlocked.
fn kiosk_with(text: &str) -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), text);
    pin::set(dir.path(), PIN).unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show_numbers();
    kiosk.screens.draw();
    (dir, kiosk)
}

fn write(dir: &Path, text: &str) {
    std::fs::write(dir.join("kiosk.toml"), text).unwrap();
}

fn text(dir: &tempfile::TempDir) -> String {
    std::fs::read_to_string(dir.path().join("kiosk.toml")).unwrap()
}

/// Touches a control and waits for what comes of it.
fn act(kiosk: &Kiosk, id: &str) {
    kiosk.tap(id);
    kiosk.wait_for_staff();
}

/// Has what is typed read back, and saves it where that can be done.
fn save(kiosk: &Kiosk) {
    act(kiosk, "next");
    if kiosk.shows("save") {
        act(kiosk, "save");
    }
}

/// Kind and body of what the journal holds of the numbers.
fn noted(kiosk: &Kiosk) -> Vec<(String, String)> {
    let entries = kiosk.staff_entries().into_iter();
    entries
        .filter(|one| one.kind.contains("number"))
        .map(|one| (one.kind, one.body))
        .collect()
}

/// What the file says of a role now.
fn numbers(kiosk: &Kiosk, role: &str) -> Vec<String> {
    let services = kiosk.screens.services();
    let settings = services.settings();
    let plan = services.plan();
    let numbers = settings.numbers(role, &plan);
    numbers.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_role_is_in_the_list_with_its_numbers_and_their_days() {
    let (_dir, kiosk) = kiosk();
    assert!(kiosk.shows("numbers"));
    let security = kiosk.label("number-security-0");
    assert!(security.contains("021-58886110") && security.contains("2026-06-01"));
    assert!(kiosk.label("number-supervisor-0").contains("2026-11-01"));
    assert!(kiosk.label("number-supervisor-1").contains("13900139000"));
    assert!(kiosk.label("number-branch-head-add").contains("未设置"));
    kiosk.tap("group-regulator");
    assert!(kiosk.label("number-regulator-add").contains("未设置"));
    kiosk.tap("group-now");
    assert!(kiosk.label("number-police-0").contains("110"));
}

#[test]
fn what_is_due_for_a_check_and_what_is_missing_is_amber() {
    let (_dir, kiosk) = kiosk();
    let rows = kiosk
        .window()
        .global::<lobby_kiosk::Numbers<'_>>()
        .get_rows();
    let of = |role: &str| rows.iter().find(|row| row.role_id == role).unwrap();
    assert!(of("security").first.stale, "175 days");
    assert!(!of("supervisor").first.stale, "22 days");
    assert!(kiosk.label("number-security-0").contains("请重新核对"));
}

#[test]
fn the_screen_says_where_everything_else_is() {
    let (dir, kiosk) = kiosk();
    let path = dir.path().join("kiosk.toml").display().to_string();
    let said = kiosk
        .window()
        .global::<lobby_kiosk::Numbers<'_>>()
        .get_all_else();
    assert!(said.contains(&path), "{said}");
}

#[test]
fn nothing_moves_when_something_is_said() {
    for size in SIZES {
        let (_dir, kiosk) = kiosk();
        kiosk.resize(size);
        still_while_unrecorded(&kiosk, &format!("the list at {size:?}"));
        let before = places(&kiosk);
        kiosk.tap("number-security-0");
        still_while_unrecorded(&kiosk, &format!("a number at {size:?}"));
        act(&kiosk, "confirm");
        assert!(kiosk.shows("said"));
        let mut after = places(&kiosk);
        after.remove("said");
        assert_eq!(after, before, "{size:?}");
        kiosk.stop();
    }
}

#[test]
fn still_right_gives_the_number_todays_date() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    act(&kiosk, "confirm");
    let confirmed = BRANCH.replace("2026-06-01", "2026-11-23");
    assert_eq!(text(&dir), confirmed, "and nothing else is touched");
    assert!(kiosk.label("number-security-0").contains("2026-11-23"));
    assert!(kiosk.label("said").contains("021-58886110"));
    let expected = (
        "staff.number-confirmed".to_owned(),
        r#"{"role":"security","place":1}"#.replace(' ', ""),
    );
    let noted = noted(&kiosk);
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].0, expected.0);
    let body: serde_json::Value = serde_json::from_str(&noted[0].1).unwrap();
    assert_eq!(
        body,
        serde_json::from_str::<serde_json::Value>(&expected.1).unwrap()
    );
}

#[test]
fn a_new_number_is_everywhere_at_once() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    kiosk.type_keys("021");
    kiosk.tap("key-minus");
    kiosk.type_keys("55550009");
    assert_eq!(kiosk.label("typed"), "021-55550009");
    save(&kiosk);
    let written = BRANCH
        .replace("021-58886110", "021-55550009")
        .replace("2026-06-01", "2026-11-23");
    assert_eq!(text(&dir), written, "comments and all");
    assert!(kiosk.label("number-security-0").contains("021-55550009"));

    let codes = kiosk.window().global::<Codes<'_>>();
    assert!(codes.get_evacuation().row_count() > 0);
    kiosk.tap("contacts");
    assert!(kiosk.label("contact-security").contains("021-5555 0009"));
    kiosk.tap("contact-security");
    assert!(kiosk.label("call-number").contains("021-5555 0009"));
    kiosk.tap("card-close");
    kiosk.tap("posted");
    let public = kiosk.window().global::<Posted<'_>>().get_numbers();
    assert!(public.iter().any(|one| one.number == "021-5555 0009"));

    let noted = noted(&kiosk);
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].0, "staff.number-changed");
    assert!(
        !noted[0].1.contains("55550009"),
        "no digit is for the journal"
    );
    kiosk.settle();
    kiosk.stop();
    let again = Kiosk::start(dir.path());
    assert_eq!(numbers(&again, "security"), ["021-55550009"]);
}

#[test]
fn the_codes_to_take_along_follow_too() {
    let (_dir, kiosk) = kiosk();
    let pixels = || -> Vec<Vec<u8>> {
        let codes = kiosk.window().global::<Codes<'_>>().get_evacuation();
        let drawn = codes.iter().map(|code| code.picture.to_rgb8().unwrap());
        drawn.map(|one| one.as_bytes().to_vec()).collect()
    };
    let before = pixels();
    kiosk.tap("number-security-0");
    kiosk.type_keys("55550001");
    save(&kiosk);
    assert!(pixels() != before, "they still say the old number");
}

#[test]
fn whoever_keeps_a_copy_of_the_settings_is_told() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), BRANCH);
    pin::set(dir.path(), PIN).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let hear = told.clone();
    let kiosk = Kiosk::start_with(dir.path(), move |services| {
        services.in_force.listen(move |current| {
            let first = current.settings.contacts["security"][0].number.clone();
            hear.lock().unwrap().push(first);
        });
    });
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show_numbers();
    kiosk.screens.draw();
    kiosk.tap("number-security-0");
    kiosk.type_keys("55550001");
    save(&kiosk);
    assert_eq!(*told.lock().unwrap(), ["55550001"]);
}

#[test]
fn a_number_with_an_extension_and_a_country_code() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-branch-head-add");
    kiosk.tap("key-plus");
    kiosk.type_keys("8621");
    kiosk.tap("key-minus");
    kiosk.type_keys("58886001");
    kiosk.tap("key-extension");
    kiosk.type_keys("80123");
    kiosk.tap("key-delete");
    assert_eq!(kiosk.label("typed"), "+8621-58886001  转 8012");
    kiosk.tap("language");
    assert_eq!(kiosk.label("typed"), "+8621-58886001  ext 8012");
    save(&kiosk);
    assert_eq!(numbers(&kiosk, "branch-head"), ["+8621-58886001转8012"]);
    assert!(text(&dir).starts_with("# 人民路 our own notes"));
}

#[test]
fn another_one_goes_behind_the_last() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-supervisor-0");
    kiosk.tap("number-supervisor-add");
    assert!(!kiosk.shows("confirm"), "there is nothing to confirm yet");
    kiosk.type_keys("13700137000");
    save(&kiosk);
    let expected = ["13800138000", "13900139000", "13700137000"];
    assert_eq!(numbers(&kiosk, "supervisor"), expected);
    assert!(kiosk.label("number-supervisor-2").contains("13700137000"));
    assert!(text(&dir).contains("# Wang"));
}

#[test]
fn removing_asks_back() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-supervisor-1");
    act(&kiosk, "remove");
    assert_eq!(numbers(&kiosk, "supervisor").len(), 2);
    assert!(kiosk.label("remove").contains("再点一次"));
    kiosk.type_keys("1");
    assert!(
        !kiosk.label("remove").contains("再点一次"),
        "something else came in between"
    );
    act(&kiosk, "remove");
    act(&kiosk, "remove");
    assert_eq!(numbers(&kiosk, "supervisor"), ["13800138000"]);
    assert!(!text(&dir).contains("13900139000"));
    assert!(text(&dir).contains("# Wang"));
    assert!(kiosk.label("said").contains("13900139000"));
}

#[test]
fn a_shaking_finger_does_not_remove() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("number-supervisor-1");
    kiosk.tap_twice("remove");
    kiosk.wait_for_staff();
    assert_eq!(numbers(&kiosk, "supervisor").len(), 2);
}

#[test]
fn national_numbers_are_shown_and_left_alone() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("group-now");
    assert!(kiosk.label("number-police-0").contains("全国统一"));
    assert!(!kiosk.shows("number-police-add"));
    kiosk.tap("number-police-0");
    assert!(!kiosk.shows("confirm"), "nothing opens");
    kiosk.tap("group-partners");
    assert!(!kiosk.shows("number-police-sms-add"));
    // One of the branch's own in the place of a national one is its own to change.
    kiosk.tap("number-power-company-0");
    assert!(kiosk.shows("confirm"));
}

#[test]
fn what_is_no_number_cannot_be_saved() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    save(&kiosk);
    kiosk.type_keys("12");
    save(&kiosk);
    kiosk.tap("key-extension");
    assert_eq!(kiosk.label("typed"), "12", "an extension of what?");
    kiosk.type_keys("3");
    kiosk.tap("key-minus");
    save(&kiosk);
    assert_eq!(text(&dir), BRANCH);
    assert!(noted(&kiosk).is_empty());
}

#[test]
fn a_number_that_is_in_the_list_already_is_named() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-supervisor-0");
    kiosk.type_keys("13900139000");
    save(&kiosk);
    assert!(kiosk.label("said").contains("13900139000"));
    assert!(kiosk.shows("typed"), "to be corrected");
    assert_eq!(text(&dir), BRANCH);
    assert!(noted(&kiosk).is_empty());
}

#[test]
fn a_broken_file_is_left_as_it_is_and_named() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    let broken = BRANCH.replace("[contacts]", "[contacts");
    write(dir.path(), &broken);
    act(&kiosk, "confirm");
    let said = kiosk.label("said");
    assert!(said.contains("kiosk.toml"), "{said}");
    assert_eq!(text(&dir), broken);
    assert!(noted(&kiosk).is_empty());
    assert_eq!(numbers(&kiosk, "security"), ["021-58886110"]);
    kiosk.tap("lock");
    assert!(kiosk.label("banner").contains("kiosk.toml"));
    // Once it is mended, so is the banner.
    write(dir.path(), BRANCH);
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show_numbers();
    kiosk.screens.draw();
    kiosk.tap("number-security-0");
    act(&kiosk, "confirm");
    kiosk.tap("lock");
    let banner = kiosk.label("banner");
    assert!(!banner.contains("kiosk.toml"), "{banner}");
}

#[test]
fn numbers_changed_by_somebody_else_meanwhile_are_looked_at_first() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-supervisor-0");
    let theirs = BRANCH.replace("\"13900139000\"", "\"13900139009\"");
    write(dir.path(), &theirs);
    act(&kiosk, "confirm");
    assert_eq!(text(&dir), theirs, "nothing was written");
    let said = kiosk.label("said");
    assert!(
        said.contains("值班主管") && said.contains("kiosk.toml"),
        "{said}"
    );
    assert!(kiosk.label("number-supervisor-1").contains("13900139009"));
    assert!(noted(&kiosk).is_empty());
    kiosk.tap("number-supervisor-0");
    act(&kiosk, "confirm");
    assert_eq!(noted(&kiosk).len(), 1);
}

#[test]
fn what_somebody_else_changed_elsewhere_in_the_file_is_kept() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    let theirs = BRANCH.replace("人民路188号", "人民路190号");
    write(dir.path(), &theirs);
    act(&kiosk, "confirm");
    assert_eq!(text(&dir), theirs.replace("2026-06-01", "2026-11-23"));
    let address = kiosk.screens.services().settings().branch.address.clone();
    assert!(address.is_some_and(|one| one.contains("190")));
}

#[test]
fn a_file_that_is_gone_costs_nobody_the_numbers() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    std::fs::remove_file(dir.path().join("kiosk.toml")).unwrap();
    act(&kiosk, "confirm");
    assert!(kiosk.label("said").contains("kiosk.toml"));
    assert_eq!(numbers(&kiosk, "security"), ["021-58886110"]);
    assert!(noted(&kiosk).is_empty());
}

#[test]
fn idleness_forgets_what_was_typed() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    kiosk.type_keys("5555");
    kiosk.skip(Duration::from_secs(121));
    kiosk.enter_pin(PIN);
    kiosk.screens.state().show_numbers();
    kiosk.screens.draw();
    kiosk.tap("number-security-0");
    assert_eq!(kiosk.label("typed"), "");
    assert_eq!(text(&dir), BRANCH);
}

#[test]
fn contacts_and_evacuation_are_one_tap_away_and_lead_back_past_the_pin() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    assert!(kiosk.shows("contacts") && kiosk.shows("evacuate"));
    kiosk.tap("contacts");
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("pin") && !kiosk.shows("confirm"));
    kiosk.wait_for_staff();
    kiosk.type_keys(PIN);
    kiosk.tap("pin-ok");
    kiosk.wait_for_staff();
    assert!(kiosk.screens.state().is_unlocked());
}

#[test]
fn what_can_still_become_a_number() {
    for good in ["", "1", "+", "+86", "021-", "021-5", "110转", "021-5转123"] {
        assert!(phone::is_beginning(good), "{good}");
    }
    for bad in [
        "-",
        "+-",
        "1--",
        "1+",
        "转",
        "11转",
        "110-转",
        "110转1转",
        "110转-",
        "110转+",
        "1 1",
        "a",
        "110转123456789",
        "123456789012345678901",
    ] {
        assert!(!phone::is_beginning(bad), "{bad}");
    }
}

#[test]
fn what_is_typed_is_never_dropped_for_the_old_number() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-security-0");
    kiosk.type_keys("55");
    act(&kiosk, "confirm");
    assert!(kiosk.label("said").contains("55"), "it is no number yet");
    assert_eq!(text(&dir), BRANCH);
    kiosk.type_keys("550001");
    act(&kiosk, "confirm");
    assert_eq!(text(&dir), BRANCH, "it is read back first");
    act(&kiosk, "save");
    assert_eq!(numbers(&kiosk, "security"), ["55550001"]);
    kiosk.tap("number-security-0");
    kiosk.type_keys("777");
    kiosk.tap("back-to-board");
    assert!(kiosk.label("said").contains("777"), "it says what is gone");
}

#[test]
fn nobody_of_a_branch_is_called_at_an_emergency_number() {
    let (dir, kiosk) = kiosk();
    for (typed, named) in [("112", "紧急"), ("110", "公安"), ("12386", "投资者")] {
        kiosk.tap("number-it-add");
        kiosk.type_keys(typed);
        save(&kiosk);
        let said = kiosk.label("said");
        assert!(said.contains(typed) && said.contains(named), "{said}");
        kiosk.tap("back-to-board");
    }
    assert_eq!(text(&dir), BRANCH);
    kiosk.tap("number-it-add");
    kiosk.type_keys("801");
    save(&kiosk);
    assert!(kiosk.label("said").contains("内线短号"));
    assert_eq!(text(&dir), BRANCH);
}

#[test]
fn an_extension_stands_alone_where_the_settings_say_so() {
    let branch = BRANCH.replace("area_code", "internal_digits = 3\narea_code");
    let (_dir, kiosk) = kiosk_with(&branch);
    kiosk.tap("number-it-add");
    kiosk.type_keys("8012");
    save(&kiosk);
    assert!(
        kiosk.label("said").contains("8012"),
        "three digits, not four"
    );
    kiosk.tap("key-delete");
    save(&kiosk);
    assert_eq!(numbers(&kiosk, "it"), ["801"]);
}

#[test]
fn what_reaches_nobody_is_refused_with_its_reason() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-it-add");
    for (typed, why) in [
        ("02158", "带区号的号码应为 11 位"),
        ("021-5888611", "带区号的号码应为 11 位"),
        ("0571-888", "应为 11 至 12 位"),
        ("01158886111", "没有区号 011"),
        ("1380013", "手机号码应为 11 位"),
        ("400-820-000", "400 电话应为 10 位"),
        ("5888611", "本地号码应为 8 位"),
        ("+86-5888", "带区号的号码应为"),
        ("+852-12", "境外号码"),
        ("9012345", "没有 9012345 这样的号码"),
        ("00000000000", "这样的号码"),
        ("8012", "内线短号"),
        ("021-", "不是电话号码"),
    ] {
        for sign in typed.chars() {
            match sign {
                '-' => kiosk.tap("key-minus"),
                '+' => kiosk.tap("key-plus"),
                digit => kiosk.tap(&format!("key-{digit}")),
            }
        }
        assert_eq!(kiosk.label("typed"), typed);
        save(&kiosk);
        let said = kiosk.label("said");
        assert!(said.contains(why), "{typed}: {said}");
        for _ in typed.chars() {
            kiosk.tap("key-delete");
        }
    }
    assert_eq!(text(&dir), BRANCH);
    // In a file it is read as ever, and marked where it is kept right.
    let (_dir, kiosk) = kiosk_with(&BRANCH.replace("021-58886110", "02158"));
    let label = kiosk.label("number-security-0");
    assert!(
        label.contains("02158") && label.contains("不完整"),
        "{label}"
    );
}

#[test]
fn a_number_is_read_back_in_groups_before_it_is_saved() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("number-it-add");
    kiosk.type_keys("02158886111");
    kiosk.tap("key-extension");
    kiosk.type_keys("8003");
    act(&kiosk, "next");
    assert_eq!(
        kiosk.label("read-back"),
        "021-5888 6111 转 8003 固定电话，含区号"
    );
    assert_eq!(text(&dir), BRANCH, "nothing is saved yet");
    // One more key, and it has to be read back again.
    kiosk.tap("key-delete");
    assert!(!kiosk.shows("read-back") && !kiosk.shows("save"));
    kiosk.type_keys("4");
    act(&kiosk, "next");
    kiosk.tap("type-on");
    assert!(!kiosk.shows("read-back"));
    act(&kiosk, "next");
    act(&kiosk, "save");
    assert_eq!(numbers(&kiosk, "it"), ["02158886111转8004"]);
    assert!(kiosk.label("number-it-0").contains("2026-11-23"));
    let said = kiosk.label("said");
    assert!(
        said.contains("021-5888 6111 转 8004") && said.contains("记为今天已核对"),
        "{said}"
    );
}

#[test]
fn what_each_sort_is_read_as() {
    let here = Here {
        area_code: Some("021"),
        internal_digits: Some(4),
    };
    for (typed, kind, grouped) in [
        ("110", Kind::Emergency, "110"),
        ("95598", Kind::Service, "95598"),
        ("12386", Kind::Service, "12386"),
        ("961234", Kind::Service, "961234"),
        ("10086", Kind::Service, "10086"),
        ("12110021", Kind::Service, "12110021"),
        ("13800138000", Kind::Mobile, "138 0013 8000"),
        ("+8613800138000", Kind::Mobile, "+86 138 0013 8000"),
        ("057188887777", Kind::Landline, "0571-8888 7777"),
        ("0570-8887777", Kind::Landline, "0570-888 7777"),
        ("01055550001", Kind::Landline, "010-5555 0001"),
        ("+86-21-58886001", Kind::Landline, "+86 21-5888 6001"),
        ("58886111", Kind::Local, "5888 6111"),
        ("4008200000", Kind::Free, "400-820-0000"),
        ("+852-23456789", Kind::Abroad, "+852-23456789"),
        ("8012", Kind::Internal, "8012"),
    ] {
        let (reading, found) =
            phone::identify(typed, here).unwrap_or_else(|why| panic!("{typed}: {why:?}"));
        assert_eq!(found, kind, "{typed}");
        assert_eq!(phone::grouped(&reading, found), grouped, "{typed}");
    }
    let elsewhere = Here::default();
    assert!(
        phone::identify("5888611", elsewhere).is_ok(),
        "some have seven"
    );
}

#[test]
fn a_number_that_is_added_counts_among_the_others() {
    let (_dir, kiosk) = kiosk();
    let which = || {
        let numbers = kiosk.window().global::<lobby_kiosk::Numbers<'_>>();
        numbers.get_editor().which.to_string()
    };
    kiosk.tap("number-supervisor-0");
    assert_eq!(which(), "1/2");
    kiosk.tap("number-supervisor-add");
    assert_eq!(which(), "3/3");
    kiosk.tap("back-to-board");
    kiosk.tap("number-it-add");
    assert_eq!(which(), "", "the only one");
}

#[test]
fn the_board_counts_what_nobody_has_confirmed_and_names_the_first() {
    let (_dir, kiosk) = kiosk_with(&BRANCH.replace("2026-06-01", "2026-11-01"));
    kiosk.tap("lock");
    let banner = kiosk.label("banner");
    assert!(
        banner.contains("值班主管的号码还没有人核对过") && !banner.contains("139"),
        "{banner}"
    );
    let two = BRANCH.replace("2026-06-01", "2026-11-01").replace(
        "\"021-95598123\", confirmed = 2026-11-01",
        "\"021-95598123\"",
    );
    let (_dir, kiosk) = kiosk_with(&two);
    kiosk.tap("lock");
    let banner = kiosk.label("banner");
    assert!(
        banner.contains("有 2 个号码还没有人核对过，先核对值班主管"),
        "{banner}"
    );
}

#[test]
fn a_number_without_a_date_says_that_nobody_has_confirmed_it() {
    let (_dir, kiosk) = kiosk();
    let label = kiosk.label("number-supervisor-1");
    assert!(label.contains("还没有人核对过"), "{label}");
    assert!(!label.contains("2026"), "{label}");
}
