//! Hazards and sweeps: what they say, and what can be wrong with them.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;

use super::{SMALL, count, edited, faults_of, line_of, one_of, only, unknown};

/// A hazard and a sweep, each with everything it can have.
const MORE: &str = r#"
[[hazard]]
id = "smoke"
name = { zh_CN = "浓烟", en = "Smoke" }
incident = "fire"
command = [
  { zh_CN = "走楼梯", en = "Take the stairs" },
  { zh_CN = "到集合点", en = "Go to the meeting place" },
]

[[hazard]]
id = "any"
name = { zh_CN = "别的", en = "Any" }
command = { zh_CN = "离开", en = "Leave" }

[[sweep]]
id = "rooms"
clause = ["3.2.2-4b", "added"]
command = { zh_CN = "查看房间", en = "Check the rooms" }
detail = { zh_CN = "每一间", en = "Every single one" }
"#;

/// One edit of the plan with that makes one fault, on the last line that holds `mark`.
fn case(from: &str, to: &str, mark: &str, key: &str, problem: Problem) {
    one_of(MORE, from, to, mark, (key, problem));
}

#[test]
fn what_is_said_is_read() {
    let plan = plan_file::parse("", &(SMALL.to_owned() + MORE)).expect("no fault");
    let [smoke, any] = plan.hazards.as_slice() else {
        panic!("{:?}", plan.hazards);
    };
    assert_eq!((smoke.id.as_str(), any.id.as_str()), ("smoke", "any"));
    assert_eq!(smoke.name.in_lang(&Lang::EN), "Smoke");
    assert_eq!(smoke.incident.as_deref(), Some("fire"));
    assert_eq!(any.incident, None);
    let words = |hazard: &lobby_kiosk::domain::plan::Hazard| -> Vec<String> {
        let words = hazard.commands.iter().map(|one| one.in_lang(&Lang::ZH_CN));
        words.map(str::to_owned).collect()
    };
    assert_eq!(words(smoke), ["走楼梯", "到集合点"]);
    assert_eq!(words(any), ["离开"]);
    let [rooms] = plan.sweeps.as_slice() else {
        panic!("{:?}", plan.sweeps);
    };
    assert_eq!(rooms.id, "rooms");
    assert_eq!(rooms.clauses, ["3.2.2-4b", "added"]);
    assert_eq!(rooms.command.in_lang(&Lang::EN), "Check the rooms");
    assert_eq!(rooms.detail.in_lang(&Lang::EN), "Every single one");
}

#[test]
fn a_hazard_that_is_wrong() {
    let named = "incident = \"fire\"";
    let nowhere = unknown(Kind::Word, "flood");
    case(
        named,
        "incident = \"flood\"",
        "flood",
        "hazard[1].incident",
        nowhere,
    );
    let any = "command = { zh_CN = \"离开\", en = \"Leave\" }\n";
    let key = "hazard[2].command";
    case(any, "", "[[hazard]]", key, Problem::Missing);
    case(any, "command = []\n", "command = []", key, Problem::Empty);
    let four = "{ zh_CN = \"走\", en = \"Go\" }, ".repeat(4);
    let four = format!("command = [{four}]\n");
    case(any, &four, four.trim(), key, count(1, 3, 4));
    let words = Problem::WrongKind {
        expected: Kind::Texts,
    };
    case(any, "command = \"离开\"\n", "离开", key, words);
    for (from, to, key, limit) in [
        (
            "Go to the meeting place",
            "e".repeat(41),
            "command[2].en",
            40,
        ),
        ("走楼梯", "长".repeat(15), "command[1].zh_CN", 14),
        ("浓烟", "长".repeat(6), "name.zh_CN", 5),
        ("\"Smoke", format!("\"{}", "e".repeat(17)), "name.en", 16),
    ] {
        let length = limit + 1;
        let key = format!("hazard[1].{key}");
        case(from, &to, &to, &key, Problem::TooLong { limit, length });
    }
    let broken = Problem::BadCharacter { code: 10 };
    let to = "Take\\nthe stairs";
    case("Take the stairs", to, to, "hazard[1].command[1].en", broken);
    let first = line_of(&(SMALL.to_owned() + MORE), "id = \"smoke\"");
    let id = "smoke".to_owned();
    let twice = Problem::DuplicateId { id, first };
    case("\"any\"", "\"smoke\"", "\"smoke\"", "hazard[2].id", twice);
}

#[test]
fn a_sweep_that_is_wrong() {
    let clause = "[\"3.2.2-4b\", \"added\"]";
    let to = "\"3.2.2-9b\"";
    let nowhere = unknown(Kind::Clause, "3.2.2-9b");
    case(clause, to, to, "sweep[1].clause", nowhere);
    let detail = "detail = { zh_CN = \"每一间\", en = \"Every single one\" }\n";
    case(detail, "", "[[sweep]]", "sweep[1].detail", Problem::Missing);
    for (from, to, key, limit) in [
        ("查看房间", "长".repeat(15), "command.zh_CN", 14),
        ("Every single one", "e".repeat(101), "detail.en", 100),
    ] {
        let length = limit + 1;
        let key = format!("sweep[1].{key}");
        case(from, &to, &to, &key, Problem::TooLong { limit, length });
    }
    let broken = Problem::BadCharacter { code: 10 };
    let to = "Every\\nsingle one";
    case("Every single one", to, to, "sweep[1].detail.en", broken);
}

#[test]
fn as_many_as_the_screen_holds() {
    let hazards = |count| -> String {
        let one = |n| {
            format!(
                "[[hazard]]\nid = \"h{n}\"\nname = {{ zh_CN = \"名\", en = \"Name\" }}\n\
                 command = {{ zh_CN = \"走\", en = \"Go\" }}\n"
            )
        };
        (0..count).map(one).collect()
    };
    let sweeps = |count| -> String {
        let one = |n| {
            format!(
                "[[sweep]]\nid = \"s{n}\"\nclause = \"added\"\n\
                 command = {{ zh_CN = \"走\", en = \"Go\" }}\n\
                 detail = {{ zh_CN = \"走\", en = \"Go\" }}\n"
            )
        };
        (0..count).map(one).collect()
    };
    let with = |more: String| format!("{SMALL}\n{more}");
    assert_eq!(faults_of(&with(hazards(5) + &sweeps(7))), []);
    only(&with(hazards(6)), 1, "hazard", count(1, 5, 6));
    only(&with(sweeps(8)), 1, "sweep", count(1, 7, 8));
    // Nobody evacuates to no command: the built-in ones come back by leaving the key out.
    for key in ["hazard", "sweep"] {
        let list = format!("{key} = []");
        let text = edited("languages", &format!("{list}\nlanguages"));
        only(&text, line_of(&text, &list), key, Problem::Empty);
    }
}
