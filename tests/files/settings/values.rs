//! What the file can say, and every fault of it.

use std::fs;

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::settings::{
    Direction, From, Loaded, Settings, StartScreen, Theme, UnsetVital,
};
use lobby_kiosk::domain::lang::Lang;

use super::{load, one, small, unsaved, with};

#[test]
fn everything_that_can_be_set() {
    let dir = with(
        r#"[branch]
name = "上海淮海路营业部"
address = " 上海市黄浦区淮海中路 1 号 "
floor = "2 楼"
entrance = "北门"
landmark = "地铁站对面"
exits = ["东侧楼梯", "", { name = "南门", direction = "up-left" }]
floors = "一层"
basements = ["地下车库", "B2"]
expected_people = 31
assembly_point = "广场"
area_code = "021"
time_zone = "Asia/Urumqi"
floor_plan = "floor.png"
you_are_here = [42, 100]
[complaint]
phone = "021-12345678 ext 12"
fax = "+86 21 1234 5678"
email = "complaints@example.com.cn"
[contacts]
security = ["13800138000", "", "021-1234 5678转123"]
supervisor = "12345678,9"
police = "021-110"
[screen]
languages = ["en", "zh_CN"]
idle_seconds = 60
start_screen = "posted"
posted_minutes = 1440
discreet_guide = false
theme = "dark"
[reminders]
contacts_days = 3660
"#,
    );
    fs::write(dir.path().join("floor.png"), "").expect("written");
    let Loaded {
        settings,
        faults,
        from,
    } = load(&dir);
    assert_eq!((from, faults), (From::File, vec![]));
    let branch = &settings.branch;
    assert_eq!(branch.address.as_deref(), Some("上海市黄浦区淮海中路 1 号"));
    let exits = branch.exits.iter();
    let exits: Vec<_> = exits
        .map(|exit| (exit.name.as_str(), exit.direction))
        .collect();
    assert_eq!(
        exits,
        [("东侧楼梯", None), ("南门", Some(Direction::UpLeft))]
    );
    assert_eq!(branch.floors, ["一层"]);
    assert_eq!(branch.basements, ["地下车库", "B2"]);
    assert_eq!(branch.expected_people, Some(31));
    assert_eq!(branch.area_code.as_deref(), Some("021"));
    assert_eq!(branch.time_zone, chrono_tz::Asia::Urumqi);
    assert_eq!(branch.floor_plan, Some(dir.path().join("floor.png")));
    assert_eq!(
        settings.complaint.email.as_deref(),
        Some("complaints@example.com.cn")
    );
    assert_eq!(settings.screen.languages, [Lang::EN, Lang::ZH_CN]);
    assert_eq!(
        (settings.screen.idle_seconds, settings.screen.theme),
        (60, Theme::Dark)
    );
    assert_eq!(settings.branch.you_are_here, Some((42, 100)));
    let screen = &settings.screen;
    assert_eq!(
        (
            screen.start_screen,
            screen.posted_minutes,
            screen.discreet_guide
        ),
        (StartScreen::Posted, 1440, false)
    );
    assert_eq!(settings.reminders.contacts_days, 3660);
    let plan = small();
    assert_eq!(
        settings.numbers("security", &plan),
        ["13800138000", "021-1234 5678转123"]
    );
    assert_eq!(settings.number("supervisor", &plan), Some("12345678,9"));
    assert_eq!(
        settings.number("police", &plan),
        Some("021-110"),
        "overridden"
    );
    assert_eq!(settings.unset(&plan), []);
}

#[test]
fn what_is_left_empty_is_unset() {
    let loaded = load(&with(
        "[branch]\nname = \"\"\nyou_are_here = []\n[contacts]\nsecurity = \"\"\nsupervisor = []\n",
    ));
    assert_eq!((loaded.from, loaded.faults), (From::File, vec![]));
    let (settings, plan) = (unsaved(loaded.settings), small());
    assert_eq!(settings, Settings::built_in(&plan));
    assert_eq!(
        (
            settings.screen.start_screen,
            settings.screen.posted_minutes,
            settings.screen.discreet_guide,
            settings.reminders.contacts_days
        ),
        (StartScreen::Board, 30, true, 90)
    );
    assert_eq!(settings.number("security", &plan), None);
    assert_eq!(
        settings.number("police", &plan),
        Some("110"),
        "the whole country's"
    );
    let number = |role: &str| UnsetVital::Number(role.to_owned());
    let unset = [
        UnsetVital::Address,
        number("security"),
        number("supervisor"),
    ];
    assert_eq!(settings.unset(&plan), unset);
}

#[test]
fn every_fault_has_its_line_and_key() {
    let text = |text: &str| text.to_owned();
    let number = |number| Problem::BadNumber {
        number: text(number),
    };
    for bad in [
        "12",
        "123456789012345678901",
        "call me",
        "1+23",
        "021-123转",
        "110;ls",
        "１１０；",
    ] {
        one(
            &format!("[contacts]\nsecurity = \"{bad}\""),
            2,
            "contacts.security",
            number(bad),
        );
    }
    one(
        "[contacts]\nsecurity = [\"110\",\n\"x\"]",
        3,
        "contacts.security[2]",
        number("x"),
    );
    one(
        "[complaint]\nphone = \"none\"",
        2,
        "complaint.phone",
        number("none"),
    );
    for bad in ["a", "a@b", "@b.cn", "a b@c.cn", "a@b@c.cn", "a@.cn"] {
        let problem = Problem::BadEmail { address: text(bad) };
        one(
            &format!("[complaint]\nemail = \"{bad}\""),
            2,
            "complaint.email",
            problem,
        );
    }
    for bad in ["21", "755", "07555", "0x1"] {
        let problem = Problem::BadAreaCode { code: text(bad) };
        one(
            &format!("[branch]\narea_code = \"{bad}\""),
            2,
            "branch.area_code",
            problem,
        );
    }
    let zone = Problem::BadTimeZone {
        zone: text("Asia/Peking"),
    };
    one(
        "[branch]\ntime_zone = \"Asia/Peking\"",
        2,
        "branch.time_zone",
        zone,
    );
    let path = Problem::NoSuchFile {
        path: text("plan.png"),
    };
    one(
        "[branch]\nfloor_plan = \"plan.png\"",
        2,
        "branch.floor_plan",
        path,
    );
    let range = Problem::OutOfRange {
        least: 10,
        most: 3600,
    };
    one(
        "[screen]\nidle_seconds = 9",
        2,
        "screen.idle_seconds",
        range,
    );
    let long = Problem::TooLong {
        limit: 30,
        length: 31,
    };
    one(
        &format!("[branch]\nname = \"{}\"", "长".repeat(31)),
        2,
        "branch.name",
        long,
    );
    let kind = |expected| Problem::WrongKind { expected };
    one("[branch]\nname = 1", 2, "branch.name", kind(Kind::Text));
    one("branch = 1", 1, "branch", kind(Kind::Table));
    let french = Problem::Unknown {
        what: Kind::Language,
        name: text("fr"),
        known: vec![text("zh_CN"), text("en")],
    };
    one(
        "[screen]\nlanguages = [\"en\", \"fr\"]",
        2,
        "screen.languages[2]",
        french,
    );
    let blue = Problem::Unknown {
        what: Kind::Word,
        name: text("blue"),
        known: vec![text("light"), text("dark")],
    };
    one("[screen]\ntheme = \"blue\"", 2, "screen.theme", blue);
    let words = "left right up down up-left up-right down-left down-right back straight";
    let lft = Problem::Unknown {
        what: Kind::Word,
        name: text("lft"),
        known: words.split(' ').map(text).collect(),
    };
    one(
        "[branch]\nexits = [\"东门\", { name = \"南门\", direction = \"lft\" }]",
        2,
        "branch.exits[2].direction",
        lft,
    );
    one(
        "[branch]\nexits = { direction = \"left\" }",
        2,
        "branch.exits.name",
        Problem::Missing,
    );
    let floors = Problem::Count {
        least: 0,
        most: 3,
        count: 4,
    };
    one(
        "[branch]\nfloors = [\"1\", \"2\", \"3\", \"4\"]",
        2,
        "branch.floors",
        floors,
    );
    let role = Problem::UnknownKey {
        key: text("securty"),
        known: vec![text("security"), text("supervisor"), text("police")],
    };
    one(
        "[contacts]\nsecurity = \"\"\nsecurty = \"123\"",
        3,
        "contacts.securty",
        role,
    );
}

#[test]
fn every_fault_of_a_place_on_the_floor_plan() {
    let place = |value: &str, key: &str, problem| {
        let text = format!("[branch]\nyou_are_here = {value}\n");
        one(&text, 2, &format!("branch.you_are_here{key}"), problem);
    };
    for (value, count) in [("[42]", 1), ("[42, 61, 1]", 3), ("[[42, 61]]", 1)] {
        place(value, "", Problem::BadPlace { count });
    }
    let percent = Problem::OutOfRange {
        least: 0,
        most: 100,
    };
    place("[42, 101]", "[2]", percent.clone());
    place("[-1, 61]", "[1]", percent);
    let kind = |expected| Problem::WrongKind { expected };
    place("[42, 61.5]", "[2]", kind(Kind::Number));
    place("[\"42\", 61]", "[1]", kind(Kind::Number));
    for value in ["42", "\"42, 61\"", "\"\"", "{ left = 42 }"] {
        place(value, "", kind(Kind::List));
    }
    let both = load(&with("[branch]\nyou_are_here = [-1, 101]\n"));
    assert_eq!(both.faults.len(), 2, "{:?}", both.faults);
    let corners = load(&with("[branch]\nyou_are_here = [0, 0]\n"));
    assert_eq!(corners.settings.branch.you_are_here, Some((0, 0)));
}

#[test]
fn every_fault_of_the_screen_and_the_reminders() {
    let kind = |expected| Problem::WrongKind { expected };
    let range = |least, most| Problem::OutOfRange { least, most };
    for (section, key, most) in [
        ("screen", "posted_minutes", 1440),
        ("reminders", "contacts_days", 3660),
    ] {
        let path = format!("{section}.{key}");
        let text = |value: &str| format!("[{section}]\n{key} = {value}\n");
        for bad in ["0", "-1", "99999999999999999999", &(most + 1).to_string()] {
            one(&text(bad), 2, &path, range(1, most));
        }
        for bad in ["\"30\"", "1.5", "true"] {
            one(&text(bad), 2, &path, kind(Kind::Number));
        }
        assert_eq!(load(&with(&text("1"))).faults, []);
    }
    for bad in ["\"true\"", "1"] {
        let text = format!("[screen]\ndiscreet_guide = {bad}\n");
        one(&text, 2, "screen.discreet_guide", kind(Kind::Flag));
    }
    let words = Problem::Unknown {
        what: Kind::Word,
        name: "poster".to_owned(),
        known: vec!["board".to_owned(), "posted".to_owned()],
    };
    one(
        "[screen]\nstart_screen = \"poster\"",
        2,
        "screen.start_screen",
        words,
    );
    let days = Problem::UnknownKey {
        key: "contact_days".to_owned(),
        known: vec!["contacts_days".to_owned()],
    };
    one(
        "[reminders]\ncontact_days = 30",
        2,
        "reminders.contact_days",
        days,
    );
    let number = kind(Kind::Table);
    one("reminders = 90", 1, "reminders", number);
}

#[test]
fn the_company_is_named_with_its_contact_or_not_at_all() {
    let firm = |text: &str| load(&with(text)).settings.firm;
    let whole = firm("[firm]\nname = \"某证券股份有限公司\"\ncontact = \"021-55550000\"\n");
    assert_eq!(
        whole.responsible(),
        Some(("某证券股份有限公司", "021-55550000"))
    );
    for half in [
        "[branch]\nname = \"x\"\n",
        "[firm]\nname = \"x\"\n",
        "[firm]\nname = \"x\"\ncontact = \"\"\n",
        "[firm]\ncontact = \"x\"\n",
    ] {
        let loaded = load(&with(half));
        assert_eq!(loaded.faults, [], "{half}");
        assert_eq!(loaded.settings.firm.responsible(), None, "{half}");
    }
    let length = "长".repeat(101);
    let limit = Problem::TooLong {
        limit: 100,
        length: 101,
    };
    one(
        &format!("[firm]\nname = \"{length}\"\n"),
        2,
        "firm.name",
        limit,
    );
}
