//! Where a role stands on the contacts screen, and what it will ask.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Group, Text};

use super::{edited, faults_of, one, unknown};

/// The small plan with `lines` added to its third role, the police.
fn with(lines: &str) -> String {
    edited("public = true", &format!("public = true\n{lines}"))
}

/// These lines make one fault, on the line that holds `mark`.
fn case(lines: &str, mark: &str, key: &str, problem: Problem) {
    let to = format!("public = true\n{lines}");
    one("public = true", &to, mark, key, problem);
}

fn question(words: &str) -> String {
    format!("{{ zh_CN = \"{words}\", en = \"{words}\" }}")
}

#[test]
fn what_is_said_is_read() {
    for (name, group) in [
        ("now", Group::Now),
        ("people", Group::People),
        ("partners", Group::Partners),
        ("regulator", Group::Regulator),
    ] {
        let ask = format!("ask = [{}, {}]", question("a"), question("b"));
        let lines = format!("group = \"{name}\"\nreport = true\n{ask}");
        let plan = plan_file::parse("", &with(&lines)).expect("no fault");
        let role = plan.role("police").expect("the role");
        assert_eq!(role.group, group);
        assert!(role.report);
        let words = |words: &str| Text::new([(Lang::ZH_CN, words), (Lang::EN, words)]);
        assert_eq!(role.ask, [words("a"), words("b")]);
    }
    let single = format!("ask = {}", question("a"));
    let plan = plan_file::parse("", &with(&single)).expect("no fault");
    let role = plan.role("police").expect("the role");
    assert_eq!(role.ask.len(), 1);
    assert_eq!((role.group, role.report), (Group::People, false));
}

#[test]
fn what_is_wrong_is_said() {
    let group = unknown(Kind::Word, "later");
    case("group = \"later\"", "later", "role[3].group", group);
    let flag = Problem::WrongKind {
        expected: Kind::Flag,
    };
    case("report = 1", "report = 1", "role[3].report", flag);
    let texts = Problem::WrongKind {
        expected: Kind::Texts,
    };
    case("ask = \"?\"", "ask", "role[3].ask", texts.clone());
    let ask = format!("ask = [\n  {},\n  \"?\"]", question("a"));
    case(&ask, "\"?\"", "role[3].ask[2]", texts);
    let missing = Problem::MissingLanguage {
        language: "en".to_owned(),
    };
    let ask = "ask = [{ zh_CN = \"谁\" }]";
    case(ask, "ask", "role[3].ask[1]", missing);
    let broken = Problem::BadCharacter { code: 10 };
    let ask = "ask = [{ zh_CN = \"谁\", en = \"a\\nb\" }]";
    case(ask, "ask", "role[3].ask[1].en", broken);
}

#[test]
fn four_questions_and_no_more() {
    let ask = |count| format!("ask = [{}]", vec![question("a"); count].join(", "));
    assert_eq!(faults_of(&with(&ask(4))), []);
    let problem = Problem::Count {
        least: 0,
        most: 4,
        count: 5,
    };
    case(&ask(5), "ask", "role[3].ask", problem);
}

#[test]
fn whoever_stands_above_is_one_of_the_plans_roles() {
    for (next, above) in [
        ("supervisor", Some("supervisor")),
        ("security", Some("security")),
        ("", None),
        // Nobody is called up to where nobody answered.
        ("police", None),
    ] {
        let lines = format!("next = \"{next}\"");
        let plan = plan_file::parse("", &with(&lines)).expect("no fault");
        let role = plan.role("police").expect("the role");
        assert_eq!(role.next.as_deref(), above, "{next:?}");
    }
    let nobody = unknown(Kind::Role, "mayor");
    case("next = \"mayor\"", "mayor", "role[3].next", nobody);
    let text = Problem::WrongKind {
        expected: Kind::Text,
    };
    case("next = 1", "next = 1", "role[3].next", text);
}
