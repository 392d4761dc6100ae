//! Those a step can be handed to, and their cards: what they say, and what can be wrong with them.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;

use super::{SMALL, count, edited, faults_of, line_of, one_of, only};

const MORE: &str = r#"
[[crew]]
id = "porter"
name = { zh_CN = "门房", en = "Porter" }
card = [
  { zh_CN = "开门", en = "Open the door" },
  { zh_CN = "带路", en = "Lead the way" },
  { zh_CN = "数人", en = "Count them" },
]

[[crew]]
id = "desk"
name = { zh_CN = "前台", en = "Desk" }
card = [
  { zh_CN = "打电话", en = "Make the call" },
  { zh_CN = "记时间", en = "Note the time" },
  { zh_CN = "等回话", en = "Wait for word" },
]
"#;

/// One edit of the plan with that makes one fault, on the last line that holds `mark`.
fn case(from: &str, to: &str, mark: &str, key: &str, problem: Problem) {
    one_of(MORE, from, to, mark, (key, problem));
}

/// A card of `lines` lines, with everything else that somebody of the crew has.
fn member(id: usize, lines: usize) -> String {
    let card = "{ zh_CN = \"行\", en = \"Line\" }, ".repeat(lines);
    format!(
        "[[crew]]\nid = \"c{id}\"\nname = {{ zh_CN = \"名\", en = \"Name\" }}\ncard = [{card}]\n"
    )
}

#[test]
fn what_is_said_is_read() {
    let plan = plan_file::parse("", &(SMALL.to_owned() + MORE)).expect("no fault");
    let [porter, desk] = plan.crew.as_slice() else {
        panic!("{:?}", plan.crew);
    };
    assert_eq!(plan.member("porter"), Some(porter));
    assert_eq!(plan.member("desk"), Some(desk));
    assert_eq!(plan.member("guard"), None, "the list is the branch's own");
    assert_eq!(porter.name.in_lang(&Lang::ZH_CN), "门房");
    assert_eq!(
        porter.plain_text(&Lang::EN),
        "Porter\nOpen the door\nLead the way\nCount them"
    );
    assert_eq!(porter.plain_text(&Lang::ZH_CN), "门房\n开门\n带路\n数人");
}

#[test]
fn a_plan_without_the_list_goes_by_the_built_in_one() {
    let own = plan_file::parse("", SMALL).expect("no fault");
    let built_in = plan_file::built_in();
    assert_eq!(own.crew, built_in.crew);
    let ids: Vec<&str> = built_in.crew.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["guard", "counter", "door", "runner"]);
}

#[test]
fn what_is_wrong_is_named() {
    let name = "name = { zh_CN = \"前台\", en = \"Desk\" }\n";
    let missing = Problem::Missing;
    case(name, "", "[[crew]]", "crew[2].name", missing.clone());
    let card = "card = [\n  { zh_CN = \"打电话\", en = \"Make the call\" },\n  { zh_CN = \"记时间\", en = \"Note the time\" },\n  { zh_CN = \"等回话\", en = \"Wait for word\" },\n]\n";
    let key = "crew[2].card";
    case(card, "", "[[crew]]", key, missing);
    case(card, "card = []\n", "card = []", key, Problem::Empty);
    let list = Problem::WrongKind {
        expected: Kind::List,
    };
    case(card, "card = \"打\"\n", "card = \"打\"", key, list);
    let two = MORE.replacen("  { zh_CN = \"等回话\", en = \"Wait for word\" },\n", "", 1);
    let text = SMALL.to_owned() + &two;
    only(&text, line_of(&text, "card = ["), key, count(3, 6, 2));
    for (from, to, key, limit) in [
        ("门房", "长".repeat(5), "name.zh_CN", 4),
        ("\"Porter", format!("\"{}", "e".repeat(13)), "name.en", 12),
        ("带路", "长".repeat(15), "card[2].zh_CN", 14),
        ("Lead the way", "e".repeat(41), "card[2].en", 40),
    ] {
        let length = limit + 1;
        let key = format!("crew[1].{key}");
        case(from, &to, &to, &key, Problem::TooLong { limit, length });
    }
    let first = line_of(&(SMALL.to_owned() + MORE), "id = \"porter\"");
    let id = "porter".to_owned();
    let twice = Problem::DuplicateId { id, first };
    case("\"desk\"", "\"porter\"", "\"porter\"", "crew[2].id", twice);
}

#[test]
fn as_many_as_the_screen_holds() {
    let with = |members: usize, lines: usize| -> String {
        let crew: String = (0..members).map(|id| member(id, lines)).collect();
        format!("{SMALL}\n{crew}")
    };
    assert_eq!(faults_of(&with(6, 3)), []);
    assert_eq!(faults_of(&with(1, 6)), []);
    only(&with(7, 3), 1, "crew", count(1, 6, 7));
    let text = with(1, 7);
    let line = line_of(&text, "card = [");
    only(&text, line, "crew[1].card", count(3, 6, 7));
    // Without anybody nothing can be handed over: the built-in crew comes back by leaving it out.
    let text = edited("languages", "crew = []\nlanguages");
    only(&text, line_of(&text, "crew = []"), "crew", Problem::Empty);
}

#[test]
fn a_card_fits_its_code_to_the_byte_in_every_language() {
    // "Name", five line ends and four lines of 40 are 169 bytes.
    let card = |last: usize| -> String {
        let line = |e: usize| format!("{{ zh_CN = \"行\", en = \"{}\" }}, ", "e".repeat(e));
        let card: String = [40, 40, 40, 40, last].map(line).concat();
        member(1, 3).replacen(&"{ zh_CN = \"行\", en = \"Line\" }, ".repeat(3), &card, 1)
    };
    let text = |last| format!("{SMALL}\n{}", card(last));
    assert_eq!(faults_of(&text(11)), []);
    let bytes = |language: &str, bytes| Problem::CardBytes {
        language: language.to_owned(),
        most: 180,
        bytes,
    };
    let long = text(12);
    let line = line_of(&long, "card = [");
    only(&long, line, "crew[1].card", bytes("en", 181));

    // A Chinese character is three bytes: four lines of 14 fit with a name of one, five do not.
    let lines = format!("{{ zh_CN = \"{}\", en = \"Line\" }}, ", "长".repeat(14));
    let of = |count| {
        let short = "{ zh_CN = \"行\", en = \"Line\" }, ".repeat(3);
        format!(
            "{SMALL}\n{}",
            member(1, 3).replacen(&short, &lines.repeat(count), 1)
        )
    };
    assert_eq!(faults_of(&of(4)), []);
    let long = of(5);
    let line = line_of(&long, "card = [");
    only(&long, line, "crew[1].card", bytes("zh_CN", 218));
}
