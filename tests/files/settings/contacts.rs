//! The branch's own numbers: how they may be written, and when they want to be confirmed.

use chrono::{Days, NaiveDate};
use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::settings::{From, Number, Settings, Stale};
use lobby_kiosk::domain::plan::{Plan, Role};

use super::{load, one, small, with};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// The settings of a sound file that was saved on `saved`.
fn saved(text: &str, saved: Option<NaiveDate>, plan: &Plan) -> Settings {
    let (settings, faults) = Settings::read("kiosk.toml", text, ".".as_ref(), plan);
    assert_eq!(faults, [], "{text}");
    assert_eq!(settings.saved, None, "the text does not tell");
    Settings { saved, ..settings }
}

/// The small plan with the police by text message and a public role without a number.
fn with_more_roles() -> Plan {
    let mut plan = small();
    let police = plan.role("police").expect("in the plan").clone();
    let more = |id: &str, number: Option<&str>| Role {
        id: id.to_owned(),
        number: number.map(str::to_owned),
        ..police.clone()
    };
    plan.roles.push(more("police-sms", Some("12110")));
    plan.roles.push(more("desk", None));
    plan
}

/// `(number, confirmed, public, national)` of a role.
fn contacts<'a>(
    settings: &'a Settings,
    role: &str,
    plan: &'a Plan,
) -> Vec<(&'a str, Option<NaiveDate>, bool, bool)> {
    let contacts = settings.contacts_of(role, plan);
    contacts
        .into_iter()
        .map(|one| (one.number, one.confirmed, one.public, one.national))
        .collect()
}

#[test]
fn a_number_may_stand_alone_or_in_a_table() {
    let text = r#"[contacts]
security = { number = " 021-5555 ", confirmed = 2026-11-01, public = true }
supervisor = ["021-5556", { number = "021-5557转8" }, "", { number = "", public = true },
  { number = "021-5558", public = false }]
"#;
    let loaded = load(&with(text));
    assert_eq!((loaded.from, loaded.faults), (From::File, vec![]));
    let number = |number: &str, confirmed, public| Number {
        number: number.to_owned(),
        confirmed,
        public,
    };
    let expected = [number("021-5555", Some(day(2026, 11, 1)), Some(true))];
    assert_eq!(loaded.settings.contacts["security"], expected);
    let expected = [
        number("021-5556", None, None),
        number("021-5557转8", None, None),
        number("021-5558", None, Some(false)),
    ];
    assert_eq!(loaded.settings.contacts["supervisor"], expected);
    let numbers = loaded.settings.numbers("supervisor", &small()).len();
    assert_eq!(numbers, 3);

    // The same under headings of their own.
    let text = "[contacts.security]\nnumber = \"021-5555\"\nconfirmed = 2026-11-01\n\
                [[contacts.supervisor]]\nnumber = \"021-5556\"\n\
                [[contacts.supervisor]]\nnumber = \"021-5557\"\n";
    let loaded = load(&with(text));
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.settings.contacts["supervisor"].len(), 2);
}

#[test]
fn a_table_without_a_number_is_as_good_as_none() {
    let loaded = load(&with(
        "[contacts]\nsecurity = { number = \"\", public = true }\n",
    ));
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.settings.number("security", &small()), None);
}

#[test]
fn only_a_number_is_a_number() {
    let wrong = |number: &str| Problem::BadNumber {
        number: number.to_owned(),
    };
    for bad in ["110;rm", "110；", "abc", "+", "++86", "+86+21", "12", "-"] {
        let problem = wrong(bad);
        let text = format!("[contacts]\nsecurity = \"{bad}\"\n");
        one(&text, 2, "contacts.security", problem.clone());
        let text = format!("[contacts]\nsecurity = {{ number = \"{bad}\" }}\n");
        one(&text, 2, "contacts.security.number", problem.clone());
        let text = format!("[contacts]\nsecurity = [\"021-5555\",\n{{ number = \"{bad}\" }}]\n");
        one(&text, 3, "contacts.security[2].number", problem);
    }
    let long = Problem::TooLong {
        limit: 100,
        length: 400,
    };
    let text = format!("[contacts]\nsecurity = \"{}\"\n", "1".repeat(400));
    one(&text, 2, "contacts.security", long);
    let bell = Problem::BadCharacter { code: 7 };
    let text = "[contacts]\nsecurity = { number = \"021\\u00075555\" }\n";
    one(text, 2, "contacts.security.number", bell);
}

#[test]
fn what_a_table_may_not_hold() {
    let kind = |expected| Problem::WrongKind { expected };
    let table = |inner: &str, key: &str, problem| {
        let text = format!("[contacts]\n\nsecurity = {{ {inner} }}\n");
        one(&text, 3, &format!("contacts.security{key}"), problem);
    };
    table("confirmed = 2026-11-01", ".number", Problem::Missing);
    table("number = 110", ".number", kind(Kind::Text));
    table("number = [\"021-5555\"]", ".number", kind(Kind::Text));
    let number = "number = \"021-5555\"";
    for bad in [
        "\"2026-11-01\"",
        "\"\"",
        "2026-11-01T08:00:00",
        "20261101",
        "true",
    ] {
        table(
            &format!("{number}, confirmed = {bad}"),
            ".confirmed",
            kind(Kind::Date),
        );
    }
    table(
        &format!("{number}, public = \"yes\""),
        ".public",
        kind(Kind::Flag),
    );
    let unknown = Problem::UnknownKey {
        key: "confirmd".to_owned(),
        known: ["number", "confirmed", "public"].map(str::to_owned).into(),
    };
    table(
        &format!("{number}, confirmd = 2026-11-01"),
        ".confirmd",
        unknown,
    );
    for (bad, key) in [("110", ""), ("true", ""), ("[[\"021-5555\"]]", "[1]")] {
        let text = format!("[contacts]\nsecurity = {bad}\n");
        one(
            &text,
            2,
            &format!("contacts.security{key}"),
            kind(Kind::Text),
        );
    }
    // A day that no calendar has is no TOML.
    let loaded = load(&with(
        "[contacts]\nsecurity = { number = \"021-5555\", confirmed = 2026-02-30 }\n",
    ));
    assert_eq!(
        (loaded.faults.len(), loaded.faults[0].line),
        (1, Some(2)),
        "{:?}",
        loaded.faults
    );
}

#[test]
fn a_role_has_a_number_once_and_not_too_many() {
    let twice = |id: &str, first| Problem::DuplicateId {
        id: id.to_owned(),
        first,
    };
    let text = "[contacts]\nsecurity = [\"021-5555\",\n\"021-5556\",\n{ number = \"021 5555\" }]\n";
    one(text, 4, "contacts.security[3]", twice("021 5555", 2));
    let text = "[contacts]\nsecurity = [\"021-5555转8\", \"0215555 ext 8\"]\n";
    one(text, 2, "contacts.security[2]", twice("0215555 ext 8", 2));
    // Another extension is another telephone, and another role may share a number.
    let text = "[contacts]\nsecurity = [\"021-5555\", \"021-5555转8\", \"+1 021-5555\"]\nsupervisor = \"021-5555\"\n";
    assert_eq!(load(&with(text)).faults, []);

    let many = |count: u32| {
        let members: Vec<String> = (0..count)
            .map(|n| format!("\"021-{}\"", 5000 + n))
            .collect();
        format!("[contacts]\nsecurity = [{}]\n", members.join(", "))
    };
    let loaded = load(&with(&many(9)));
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.settings.contacts["security"].len(), 9);
    for count in [10, 200] {
        let problem = Problem::Count {
            least: 0,
            most: 9,
            count: count as usize,
        };
        one(&many(count), 2, "contacts.security", problem);
    }
}

#[test]
fn what_is_known_of_a_number() {
    let plan = with_more_roles();
    let text = r#"[branch]
area_code = "0755"
[contacts]
security = [{ number = "021-5555", confirmed = 2026-11-01, public = true }, "021-5556"]
supervisor = "110"
desk = ["021-5557", { number = "021-5558", public = false }]
"#;
    let file = day(2026, 10, 5);
    let settings = saved(text, Some(file), &plan);
    let own = [
        ("021-5555", Some(day(2026, 11, 1)), true, false),
        ("021-5556", Some(file), false, false),
    ];
    assert_eq!(contacts(&settings, "security", &plan), own);
    // The plan's word on the role, unless the number has its own.
    let desk = [
        ("021-5557", Some(file), true, false),
        ("021-5558", Some(file), false, false),
    ];
    assert_eq!(contacts(&settings, "desk", &plan), desk);
    let national = |number| vec![(number, None, true, true)];
    assert_eq!(contacts(&settings, "police", &plan), national("110"));
    assert_eq!(
        contacts(&settings, "police-sms", &plan),
        national("12110755")
    );
    // Nobody rings 110 to try it, whatever role it was written for.
    let elsewhere = [("110", None, false, true)];
    assert_eq!(contacts(&settings, "supervisor", &plan), elsewhere);
    assert_eq!(contacts(&settings, "nobody", &plan), []);

    let text = "[contacts]\npolice = \"021-110\"\npolice-sms = \"12110021\"\n";
    let settings = saved(text, Some(file), &plan);
    let local = |number| vec![(number, Some(file), true, false)];
    assert_eq!(contacts(&settings, "police", &plan), local("021-110"));
    assert_eq!(contacts(&settings, "police-sms", &plan), local("12110021"));
}

#[test]
fn a_number_is_stale_once_its_days_are_over() {
    let plan = with_more_roles();
    let today = day(2026, 11, 23);
    let ago = |days| today - Days::new(days);
    let text = format!(
        "[branch]\narea_code = \"0755\"\n[contacts]\nsupervisor = [\"021-5555\", {{ number = \"021-5556\", confirmed = {} }}]\n\
         security = [{{ number = \"021-5557\", confirmed = {} }}, {{ number = \"021-5558\", confirmed = {} }}]\n\
         police = {{ number = \"110\", confirmed = 2001-01-01 }}\ndesk = {{ number = \"021-5559\", confirmed = 2062-01-01 }}\n",
        ago(90),
        ago(89),
        ago(91),
    );
    let stale = |role: &str, number: &str, confirmed| Stale {
        role: role.to_owned(),
        number: number.to_owned(),
        confirmed,
    };
    let settings = saved(&text, Some(ago(89)), &plan);
    let expected = [
        stale("security", "021-5558", ago(91)),
        stale("supervisor", "021-5556", ago(90)),
    ];
    assert_eq!(settings.stale(&plan, today), expected);

    // Without a date of its own a number counts from the day that the file was saved.
    let settings = saved(&text, Some(ago(90)), &plan);
    let expected = [
        stale("security", "021-5558", ago(91)),
        stale("supervisor", "021-5555", ago(90)),
        stale("supervisor", "021-5556", ago(90)),
    ];
    assert_eq!(settings.stale(&plan, today), expected);
    // Where even that is not known there is nothing to count from.
    let settings = saved("[contacts]\nsecurity = \"021-5555\"\n", None, &plan);
    assert_eq!(settings.stale(&plan, today), []);

    let text = format!("{text}[reminders]\ncontacts_days = 91\n");
    let settings = saved(&text, Some(ago(90)), &plan);
    let expected = [stale("security", "021-5558", ago(91))];
    assert_eq!(settings.stale(&plan, today), expected);
}
