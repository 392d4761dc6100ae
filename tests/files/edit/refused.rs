//! What is refused, with the file left as it is.

use std::fs;
use std::path::Path;

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::config::settings::edit::{self, EditError};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Plan, Role};
use lobby_kiosk::i18n::edit::edit_error;
use tempfile::TempDir;

use super::{FILE, confirm, set, small, text_in, today, with};

/// The error of an act that must leave the file byte for byte.
fn refused(text: &str, act: impl Fn(&Path) -> Result<(), EditError>) -> EditError {
    let dir = with(text);
    let error = act(dir.path()).expect_err(text);
    assert_eq!(text_in(dir.path()), text);
    let files = fs::read_dir(dir.path()).expect("a directory").count();
    assert_eq!(files, 1, "{text}");
    for (lang, word) in [(&Lang::EN, "kiosk.toml"), (&Lang::ZH_CN, "kiosk.toml")] {
        let words = edit_error(lang, &error);
        assert!(!words.contains('{'), "{words}");
        if matches!(error, EditError::Broken(_) | EditError::Form { .. }) {
            assert!(words.contains(word), "{words}");
        }
    }
    error
}

fn role(role: &str) -> String {
    role.to_owned()
}

const ONE: &str = "[contacts]\nsecurity = \"021-5555\"\n";

#[test]
fn what_is_not_there() {
    let nobody = EditError::NoSuchRole { role: role("cook") };
    assert_eq!(refused(ONE, |dir| confirm(dir, "cook", 0)), nobody);
    assert_eq!(refused(ONE, |dir| set(dir, "cook", 0, "021-1")), nobody);
    let place = |count| EditError::NoSuchPlace {
        role: role("security"),
        count,
    };
    for at in [1, 2, usize::MAX] {
        assert_eq!(refused(ONE, |dir| confirm(dir, "security", at)), place(1));
    }
    for at in [2, usize::MAX] {
        let error = refused(ONE, |dir| set(dir, "security", at, "021-6666"));
        assert_eq!(error, place(1));
        assert_eq!(refused(ONE, |dir| set(dir, "security", at, "")), place(1));
    }
    let empty = "[contacts]\nsecurity = [\"\"]\n";
    assert_eq!(refused(empty, |dir| confirm(dir, "security", 0)), place(0));
}

#[test]
fn what_is_no_number() {
    for bad in [
        "12",
        "call me",
        "110\"]\nx = [\"",
        "021-5555\t转8",
        "１１０；",
        "+021-5555",
    ] {
        let error = refused(ONE, |dir| set(dir, "security", 0, bad));
        let number = bad.to_owned();
        assert_eq!(error, EditError::BadNumber { number });
    }
}

#[test]
fn what_is_there_already() {
    let text = "[contacts]\nsecurity = [\"021-5555\", \"021-6666\"]\n";
    for (place, number) in [(0, "021 6666"), (1, "0215555"), (2, "021-5555")] {
        let error = refused(text, |dir| set(dir, "security", place, number));
        let number = number.to_owned();
        assert_eq!(error, EditError::Taken { number });
    }
    // The number itself may be spaced anew.
    let dir = with(text);
    assert_eq!(set(dir.path(), "security", 0, "021 5555"), Ok(()));
}

#[test]
fn more_than_there_is_room_for() {
    let many: Vec<String> = (0..9).map(|n| format!("\"021-{n}00\"")).collect();
    let text = format!("[contacts]\nsecurity = [{}]\n", many.join(", "));
    let error = refused(&text, |dir| set(dir, "security", 9, "021-6666"));
    let full = EditError::Full {
        role: role("security"),
        most: 9,
    };
    assert_eq!(error, full);
    // With empty ones among them the list is too long, though the role has room.
    let text = format!("[contacts]\nsecurity = [\"\", {}]\n", many[1..].join(", "));
    let error = refused(&text, |dir| set(dir, "security", 8, "021-6666"));
    let EditError::Worse(faults) = error else {
        panic!("{error:?}");
    };
    assert!(
        matches!(faults[0].problem, Problem::Count { count: 10, .. }),
        "{faults:?}"
    );
}

/// The small plan with the police by text message.
fn with_messages() -> Plan {
    let mut plan = small();
    let police = plan.role("police").expect("in the plan").clone();
    plan.roles.push(Role {
        id: "police-sms".to_owned(),
        number: Some("12110".to_owned()),
        ..police
    });
    plan
}

#[test]
fn the_numbers_of_the_whole_country() {
    let plan = with_messages();
    let text = "[branch]\narea_code = \"0755\"\n[contacts]\npolice = \"\"\nsupervisor = \"110\"\n";
    for id in ["police", "police-sms"] {
        let national = EditError::National { role: role(id) };
        for place in [0, 1] {
            for number in ["021-6666", ""] {
                let error = refused(text, |dir| {
                    edit::set_number(dir, &plan, id, place, number, today())
                });
                assert_eq!(error, national, "{id} {place}");
            }
            let error = refused(text, |dir| edit::confirm(dir, &plan, id, place, today()));
            assert_eq!(error, national, "{id} {place}");
        }
    }
    // Written for another role it is never rung to try it, but it may be put right.
    let error = refused(text, |dir| confirm(dir, "supervisor", 0));
    let supervisor = role("supervisor");
    assert_eq!(error, EditError::National { role: supervisor });
    let dir = with(text);
    assert_eq!(set(dir.path(), "supervisor", 0, "021-6666"), Ok(()));
}

#[test]
fn the_branchs_own_number_in_place_of_a_national_one() {
    let plan = with_messages();
    let text = "[branch]\narea_code = \"0755\"\n[contacts]\npolice = \"021-110\"\npolice-sms = \"13800138000\"\n";
    let dir = with(text);
    edit::confirm(dir.path(), &plan, "police", 0, today()).expect("written");
    edit::set_number(dir.path(), &plan, "police-sms", 0, "", today()).expect("written");
    edit::set_number(dir.path(), &plan, "police", 0, "", today()).expect("written");
    let settings = Settings::load_readonly(dir.path(), &plan).settings;
    assert_eq!(settings.numbers("police-sms", &plan), ["12110755"]);
    assert_eq!(settings.numbers("police", &plan), ["110"]);
}

#[test]
fn a_file_that_is_broken_is_not_touched() {
    for broken in [
        "[contacts]\nsecurity = \"021-5555\n",
        "[contacts]\nsecurity = \"021-5555\"\nsecurity = \"021-5556\"\n",
        "[contacts]\nsecurity = \"021-5555\"\n[contacts]\n",
        "[contacts\nsecurity = \"021-5555\"\n",
        "[contacts]\nsecurity = \"021-5555\"\n]\n",
        " \n",
        "\0\0\0",
    ] {
        let error = refused(broken, |dir| set(dir, "security", 0, "021-6666"));
        assert!(matches!(error, EditError::Broken(_)), "{broken}: {error:?}");
        let error = refused(broken, |dir| confirm(dir, "security", 0));
        assert!(matches!(error, EditError::Broken(_)), "{broken}: {error:?}");
    }
    let dir = TempDir::new().expect("a directory");
    let gbk = b"[branch]\nname = \"\xd6\xd0\"\n";
    fs::write(dir.path().join(FILE), gbk).expect("written");
    let error = set(dir.path(), "security", 0, "021-6666").expect_err("not UTF-8");
    let EditError::Broken(faults) = error else {
        panic!("{error:?}");
    };
    assert_eq!(faults[0].line, Some(2));
    assert_eq!(fs::read(dir.path().join(FILE)).expect("there"), gbk);
}

#[test]
fn a_form_without_room() {
    let form = |line| EditError::Form {
        role: role("security"),
        line,
    };
    let dotted = "[contacts]\n\nsecurity.number = \"021-5555\"\n";
    let error = refused(dotted, |dir| set(dir, "security", 1, "021-6666"));
    assert_eq!(error, form(Some(3)));
    let words = edit_error(&Lang::EN, &error);
    assert!(words.contains("line 3"), "{words}");
    let braces = "contacts = { security.number = \"021-5555\" }\n";
    let error = refused(braces, |dir| set(dir, "security", 1, "021-6666"));
    assert_eq!(error, form(Some(1)));
    for wrong in ["contacts = 5\n", "[[contacts]]\nsecurity = \"021-5555\"\n"] {
        let error = refused(wrong, |dir| set(dir, "security", 0, "021-6666"));
        assert_eq!(error, form(None), "{wrong}");
    }
}

#[test]
fn a_file_that_would_be_too_large_to_read() {
    let mut text = ONE.to_owned();
    text.push_str(&format!("#{}\n", "x".repeat((1 << 20) - text.len() - 2)));
    assert_eq!(text.len(), 1 << 20);
    let error = refused(&text, |dir| confirm(dir, "security", 0));
    let EditError::Unwritable(fault) = error else {
        panic!("{error:?}");
    };
    assert_eq!(fault.problem, Problem::TooLarge { most: 1 << 20 });
}

#[test]
fn hostile_files_are_changed_rightly_or_not_at_all() {
    // Whatever stands around it, the number is changed and all else is as it was, or nothing is
    // written. Members that look like the number, comments that look like members.
    let files = [
        "[contacts]\nsecurity = [ # \"021-5555\", ]\n\"021-5555\" # , ]\n, # x\n]\n",
        "[contacts]\nsecurity = \"\"\"021-5555\"\"\"\n",
        "[contacts]\nsecurity = [\"\"\"\n021-5555\"\"\", '''021-6666''']\n",
        "[contacts]\nsecurity = \"\\u0030\\u0032\\u0031-5555\"\n",
        "[contacts]\n\"security\" = { \"number\" = \"021-5555\", 'public' = true }\n",
        "[contacts]\n\"secur\\u0069ty\" = \"021-5555\"\n",
        "['contacts'.\"security\"]\n'number' = \"021-5555\"\n",
        "[contacts]\nsecurity = [[\"021-5555\"], \"021-5555\"]\n",
        "[contacts]\nsecurity = [5, \"021-5555\", true, { number = 5 }, \"x\"]\n",
        "[contacts]\nsecurity = [\"021-5555\", \"021-5555\", \"021 5555\"]\n",
        "[contacts]\nsecurity = { number = \"021-5555\", confirmed = \"yes\", public = 1 }\n",
        "[contacts]\nsecurity = { number = \"021-5555\", confirmed.day = 1 }\n",
        "[contacts.security]\nnumber = \"021-5555\"\n[contacts.security.confirmed]\nday = 1\n",
        "[contacts.security]\nnumber = \"021-5555\"\n[contacts.security.more]\nnumber = \"021-1\"\n",
        "[contacts]\nsecurity = [\n{ number = \"021-5555\", # one\n  confirmed = 2001-01-01, },\n]\n",
        "[contacts]\nsecurity = [\"021-5555\",]",
        "[contacts]\nsecurity = \"021-5555\" #",
        "[contacts]\r\nsecurity = [\r\n\"021-5555\"\r\n,\r\n\"021-1\"\n]",
        "contacts.security.number = \"021-5555\"",
        "[contacts.security]\nnumber = \"021-5555\"",
        "[[contacts.security]]\nnumber = \"021-5555\"\n[contacts.supervisor]\nnumber = \"021-5555\"\n",
        "[contacts]\nsecurity = \"021-5555\"\nsupervisor = [\"021-5555\"]\n[screen]\ntheme = \"no\"\n",
    ];
    let plan = small();
    let read = |text: &str| Settings::read(FILE, text, Path::new("."), &plan);
    let of = |settings: &Settings| {
        let numbers = settings.contacts.get("security");
        let numbers = numbers.map_or(&[][..], |numbers| numbers);
        numbers
            .iter()
            .map(|one| one.number.clone())
            .collect::<Vec<_>>()
    };
    let mut done = 0;
    for text in files {
        let (before, faults) = read(text);
        let own = of(&before);
        assert!(own.contains(&"021-5555".to_owned()), "{text}");
        for place in 0..=own.len() {
            for number in ["021-7777", ""] {
                let dir = with(text);
                let result = set(dir.path(), "security", place, number);
                let after = text_in(dir.path());
                if result.is_err() {
                    assert_eq!(after, text);
                    continue;
                }
                done += 1;
                let (settings, left) = read(&after);
                assert!(left.len() <= faults.len(), "{after}");
                let mut expected = own.clone();
                match (number, place < own.len()) {
                    ("", true) => {
                        expected.remove(place);
                    }
                    ("", false) => {}
                    (number, true) => expected[place] = number.to_owned(),
                    (number, false) => expected.push(number.to_owned()),
                }
                assert_eq!(of(&settings), expected, "{text}\n{after}");
                let supervisor = |settings: &Settings| settings.contacts.get("supervisor").cloned();
                assert_eq!(supervisor(&settings), supervisor(&before));
            }
        }
    }
    assert!(done > 70, "only {done} of the changes came about");
}
