//! `lobby-kiosk people`: who works at the branch, as somebody at a terminal sees to it.

use std::fs;
use std::path::Path;
use std::process::Command;

use lobby_kiosk::domain::person::Role;
use lobby_kiosk::seal::SealError;
use lobby_kiosk::service::people::{People, PeopleError};
use lobby_kiosk::service::seals::Seals;
use tempfile::TempDir;

use crate::pin::{fed, said};

const FIRST: &str = "482915";
const WANG: &str = "771204";

/// What the command says, and its exit status.
fn people(data: &Path, args: &[&str], input: &str) -> (Option<i32>, String) {
    run(data, &[&["people"], args].concat(), input)
}

fn run(data: &Path, args: &[&str], input: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"));
    command
        .args(["--lang", "zh_CN"])
        .args(args)
        .env("LOBBY_DATA", data)
        .env("XDG_STATE_HOME", data.with_extension("state"));
    said(&fed(&mut command, input))
}

fn data() -> TempDir {
    TempDir::new().expect("a directory")
}

#[test]
fn people_are_added_changed_and_removed_and_the_file_is_its_owners_alone() {
    let dir = data();
    let data = dir.path().join("data");
    assert_eq!(
        people(&data, &["list"], ""),
        (Some(0), "还没有人员。\n".to_owned())
    );
    let added = ["add", "王芳", "--first-aider", "--reach", "8012"];
    assert_eq!(people(&data, &added, "").0, Some(0));
    let head = ["add", "李建国", "--role", "branch-head"];
    assert_eq!(people(&data, &head, "").0, Some(0));
    let (_, listed) = people(&data, &["list"], "");
    assert_eq!(
        listed,
        "王芳  大堂经理  急救员 · 8012 · 未设密码\n李建国  营业部负责人  未设密码\n"
    );
    let changed = [
        "change",
        "王芳",
        "--role",
        "administrator",
        "--first-aider",
        "false",
    ];
    assert_eq!(people(&data, &changed, "").0, Some(0));
    let kept = People::read(&data).unwrap();
    let wang = kept.named("王芳").unwrap();
    assert_eq!((wang.role, wang.first_aider), (Role::Administrator, false));
    assert_eq!(wang.reach, "8012");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(data.join("people.json"))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
    assert_eq!(people(&data, &["remove", "王芳"], "").0, Some(0));
    let left = fs::read_to_string(data.join("people.json")).unwrap();
    assert!(!left.contains("王芳") && left.contains("李建国"));
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let dir = data();
    let data = dir.path().join("data");
    people(&data, &["add", "王芳"], "");
    let before = fs::read(data.join("people.json")).unwrap();
    let long = "王".repeat(21);
    let unfit: [(&[&str], &str); 5] = [
        (&["add", "王芳"], "同名"),
        (&["add", &long], "20"),
        (&["add", "\u{202e}芳"], "20"),
        (&["remove", "赵六"], "people list"),
        (&["pin", "王芳"], "6 至 12"),
    ];
    for (args, why) in unfit {
        let (status, said) = people(&data, args, "123456\n\n");
        assert_eq!(status, Some(1), "{args:?}");
        assert!(said.contains(why), "{args:?}: {said}");
        assert_eq!(fs::read(data.join("people.json")).unwrap(), before);
    }
    fs::write(data.join("people.json"), "{}").unwrap();
    let damaged = People::read(&data).unwrap_err();
    assert!(matches!(damaged, PeopleError::Damaged { .. }));
    let (status, said) = run(&data, &["check"], "");
    assert!(status != Some(0) && said.contains("people.json"), "{said}");
    let (status, said) = people(&data, &["add", "赵六"], "");
    assert!(status == Some(1) && said.contains("people.json"), "{said}");
    assert_eq!(fs::read_to_string(data.join("people.json")).unwrap(), "{}");
}

#[test]
fn a_pin_of_ones_own_opens_what_customers_wrote_once_the_administrator_pin_was_given() {
    let dir = data();
    let data = dir.path().join("data");
    assert_eq!(run(&data, &["pin"], &format!("{FIRST}\n")).0, Some(0));
    people(&data, &["add", "王芳"], "");
    let opens = |given: &str| {
        let (status, said) = people(&data, &["pin", "王芳"], &format!("{WANG}\n{given}\n"));
        assert_eq!(status, Some(0), "{said}");
        let kept = People::read(&data).unwrap();
        let id = kept.named("王芳").unwrap().id.clone();
        assert!(kept.is_pin_of(&id, WANG).unwrap());
        assert!(!kept.is_pin_of(&id, FIRST).unwrap());
        kept.key_of(&id).is_some()
    };
    assert!(!opens(""));
    assert!(!opens("999999"));
    // Whoever signs in with such a PIN reads what to do, not that they typed something wrong.
    let path = data.join("branch-key.json");
    let alone = Seals::of(&data).unlock_for(WANG, None);
    assert_eq!(alone, Err(SealError::NotShared { path }));
    assert!(opens(FIRST));
    // Neither a PIN nor the branch's key can be had from the file alone.
    let text = fs::read_to_string(data.join("people.json")).unwrap();
    assert!(!text.contains(WANG) && text.contains("$argon2id$"));
    let seals = Seals::of(&data);
    assert!(seals.unlock(None).is_err());
}
