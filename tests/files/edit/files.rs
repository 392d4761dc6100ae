//! The file around the number: its line ends, its day, its copy, and what others do to it.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use chrono::NaiveDate;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{self, From, Settings, edit};
use tempfile::TempDir;

use super::{FILE, LAST_GOOD, changed, confirm, confirmed, set, small, text_in, today, with};

#[test]
fn line_ends_of_windows_and_its_mark_stay() {
    let before = "\u{feff}# 说明\r\n[contacts]\r\nsecurity = [\r\n  \"021-1111\", # Mr Li\r\n  \"021-2222\" # Mrs Wang\r\n]\r\nsupervisor = \"\"\r\n";
    let one = "{ number = \"021-1111\", confirmed = 2026-11-23 }";
    assert_eq!(
        confirmed(before, 0),
        before.replace("\"021-1111\"", one),
        "a mark, and every line end"
    );
    let after = changed(before, 2, "021-3333");
    let new =
        "\"021-2222\", # Mrs Wang\r\n  { number = \"021-3333\", confirmed = 2026-11-23 }\r\n]";
    assert_eq!(after, before.replace("\"021-2222\" # Mrs Wang\r\n]", new));
    assert_eq!(
        changed(before, 0, ""),
        before.replace("\r\n  \"021-1111\", # Mr Li", "")
    );
    assert_eq!(
        changed(before, 1, ""),
        before.replace(", # Mr Li\r\n  \"021-2222\" # Mrs Wang", " # Mr Li")
    );
    let table = "[contacts.security]\r\nnumber = \"021-1111\"\r\n";
    assert_eq!(
        confirmed(table, 0),
        format!("{table}confirmed = 2026-11-23\r\n")
    );
    let none = "\u{feff}[branch]\r\nname = \"x\"";
    let new =
        "\r\n\r\n[contacts]\r\nsecurity = { number = \"021-3333\", confirmed = 2026-11-23 }\r\n";
    assert_eq!(changed(none, 0, "021-3333"), format!("{none}{new}"));
}

#[test]
fn every_number_of_a_whole_file_can_be_set_and_nothing_else_changes() {
    let plan = plan_file::built_in();
    let dir = TempDir::new().expect("a directory");
    let path = dir.path().join(FILE);
    let fresh = settings::fresh(&plan);
    fs::write(&path, &fresh).expect("written");
    let roles = || plan.roles.iter().filter(|role| role.number.is_none());
    assert!(roles().count() > 5);
    for role in roles() {
        edit::set_number(dir.path(), &plan, &role.id, 0, "021-6666", today()).expect("written");
    }
    let text = text_in(dir.path());
    let new = "{ number = \"021-6666\", confirmed = 2026-11-23 }";
    assert_eq!(text.matches(new).count(), roles().count());
    assert_eq!(text.replace(new, "\"\""), fresh);
    for role in roles() {
        edit::set_number(dir.path(), &plan, &role.id, 0, "", today()).expect("written");
    }
    assert_eq!(text_in(dir.path()), fresh);
}

#[test]
fn a_missing_file_is_begun_from_the_template() {
    let dir = TempDir::new().expect("a directory");
    let data = dir.path().join("deep").join("data");
    assert!(set(&data, "security", 0, "no number").is_err());
    assert!(!data.exists(), "nothing for a change that is refused");
    assert_eq!(set(&data, "security", 0, "021-6666"), Ok(()));
    let fresh = settings::fresh(&small());
    let new = "security = { number = \"021-6666\", confirmed = 2026-11-23 }";
    assert_eq!(text_in(&data), fresh.replace("security = \"\"", new));
    assert_eq!(Settings::load_readonly(&data, &small()).from, From::File);
}

#[test]
fn nothing_is_lost_of_what_an_editor_saved_meanwhile() {
    let dir = with("[contacts]\nsecurity = \"021-5555\"\n");
    assert_eq!(confirm(dir.path(), "security", 0), Ok(()));
    let edited = text_in(dir.path()) + "supervisor = \"021-1\" # new\n[screen]\ntheme = \"dark\"\n";
    fs::write(dir.path().join(FILE), &edited).expect("written");
    assert_eq!(set(dir.path(), "security", 0, "021-6666"), Ok(()));
    assert_eq!(text_in(dir.path()), edited.replace("021-5555", "021-6666"));
}

#[test]
fn the_last_good_copy_follows_and_nothing_else_is_left_behind() {
    let dir = with("[contacts]\nsecurity = \"021-5555\"\n");
    assert_eq!(confirm(dir.path(), "security", 0), Ok(()));
    let copy = fs::read_to_string(dir.path().join(LAST_GOOD)).expect("kept");
    assert_eq!(copy, text_in(dir.path()));
    let mut names: Vec<_> = fs::read_dir(dir.path())
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, [LAST_GOOD, FILE]);
}

#[test]
fn a_fault_elsewhere_is_no_reason_and_does_not_become_the_last_good_state() {
    let good = "[contacts]\nsecurity = \"021-5555\"\n";
    let dir = with(good);
    Settings::load(dir.path(), &small());
    let faulty = format!("{good}[screen]\ntheme = \"blue\"\n");
    fs::write(dir.path().join(FILE), &faulty).expect("written");
    assert_eq!(set(dir.path(), "security", 0, "021-6666"), Ok(()));
    let new = "{ number = \"021-6666\", confirmed = 2026-11-23 }";
    assert_eq!(text_in(dir.path()), faulty.replace("\"021-5555\"", new));
    let copy = fs::read_to_string(dir.path().join(LAST_GOOD)).expect("kept");
    assert_eq!(copy, good);
}

/// Sets the time at which the file was saved, in seconds of Unix time.
fn save_at(dir: &Path, seconds: u64) {
    let file = fs::File::options()
        .write(true)
        .open(dir.join(FILE))
        .expect("a file");
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds))
        .expect("a time");
}

#[test]
fn one_number_confirmed_does_not_confirm_the_others() {
    let dir = with("[contacts]\nsecurity = \"021-5555\"\nsupervisor = \"021-1111\"\n");
    // Noon of 2 August 2026 in Shanghai.
    save_at(dir.path(), 1_785_643_200);
    assert_eq!(confirm(dir.path(), "security", 0), Ok(()));
    let settings = Settings::load_readonly(dir.path(), &small()).settings;
    let saved = NaiveDate::from_ymd_opt(2026, 8, 2);
    assert_eq!(settings.saved, saved);
    let stale = settings.stale(&small(), today());
    assert_eq!(stale.len(), 1, "{stale:?}");
    assert_eq!(stale[0].role, "supervisor");
    // Neither does the copy, should it be needed.
    fs::write(dir.path().join(FILE), "[contacts]\nsecurity = \"?\"\n").expect("written");
    let loaded = Settings::load_readonly(dir.path(), &small());
    assert_eq!(
        (loaded.from, loaded.settings.saved),
        (From::LastGood, saved)
    );
}

#[test]
fn what_is_as_it_should_be_is_not_written() {
    let text = "[contacts]\nsecurity = { number = \"021-5555\", confirmed = 2026-11-23 }\n";
    let dir = with(text);
    assert_eq!(confirm(dir.path(), "security", 0), Ok(()));
    assert_eq!(set(dir.path(), "security", 0, "021-5555"), Ok(()));
    assert_eq!(set(dir.path(), "security", 1, " "), Ok(()));
    assert_eq!(text_in(dir.path()), text);
    assert!(!dir.path().join(LAST_GOOD).exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_not_read_stays_so_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let elsewhere = with("[contacts]\nsecurity = \"021-5555\"\n");
    let real = elsewhere.path().join(FILE);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).expect("set");
    let dir = TempDir::new().expect("a directory");
    let link = dir.path().join(FILE);
    symlink(&real, &link).expect("a link");
    assert_eq!(confirm(dir.path(), "security", 0), Ok(()));
    assert!(link.is_symlink());
    assert!(text_in(elsewhere.path()).contains("confirmed = 2026-11-23"));
    for path in [real, dir.path().join(LAST_GOOD)] {
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}
