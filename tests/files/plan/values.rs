//! Faults of single values.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::faults;

use super::{SMALL, edited, faults_of, one, unknown};

#[test]
fn a_sound_plan_says_what_its_file_says() {
    let plan = plan_file::parse("p.toml", SMALL).expect("no fault");
    assert_eq!(plan.revision.to_string(), "2026-11-23");
    assert_eq!(plan.languages, [Lang::ZH_CN, Lang::EN]);
    let incident = plan.incident("physical-conflict").expect("the incident");
    assert_eq!(incident.clauses, ["1.1a", "3.2.1"]);
    assert_eq!(incident.button_name().in_lang(&Lang::ZH_CN), "肢体\n冲突");
    let step = incident.step("call").expect("the step");
    assert_eq!(step.within, Some(300));
    assert_eq!(step.contacts, ["security", "police"]);
    let say = step.say.as_ref().expect("what to say");
    assert_eq!(say.in_lang(&Lang::EN), "Please calm down");
    let last = incident.step("save-footage").expect("the step");
    assert!(last.is_follow_up());
    let police = plan.role("police").expect("the role");
    assert_eq!(police.number.as_deref(), Some("110"));
    assert!(police.public);
    assert!(!plan.role("security").expect("the role").public);
}

#[test]
fn a_key_that_nobody_reads() {
    let problem = Problem::UnknownKey {
        key: "pubic".to_owned(),
        known: Vec::new(),
    };
    one("public =", "pubic =", "pubic", "role[3].pubic", problem);
    let found = faults_of(&edited("public =", "pubic ="));
    let line = faults::fault(&Lang::EN, &found[0]);
    let end = "role[3].pubic: nothing reads this key; write public if that is meant";
    assert!(line.starts_with("p.toml:") && line.ends_with(end), "{line}");

    let problem = Problem::UnknownKey {
        key: "clas".to_owned(),
        known: Vec::new(),
    };
    one(
        "[[duty]]",
        "[[clas]]\n[[duty]]",
        "[[clas]]",
        "clas",
        problem,
    );
}

#[test]
fn a_value_of_another_kind() {
    for (from, to, key, expected) in [
        ("2026-11-23", "\"2026\"", "revision", Kind::Date),
        ("2026-11-23", "2026-11-23T10:00:00", "revision", Kind::Date),
        ("= 180", "= \"180\"", "duty[1].every_days", Kind::Number),
        ("= 180", "= 180.5", "duty[1].every_days", Kind::Number),
        ("public = true", "public = 1", "role[3].public", Kind::Flag),
        ("= \"110\"", "= 110", "role[3].number", Kind::Text),
        ("= \"3.1a\"", "= 31", "duty[1].clause", Kind::Text),
        (
            "{ zh_CN = \"已解决\", en = \"Resolved\" }",
            "\"已解决\"",
            "outcome[1].name",
            Kind::Texts,
        ),
        (
            "en = \"Resolved\"",
            "en = 7",
            "outcome[1].name.en",
            Kind::Text,
        ),
        ("[[supply]]", "[supply]", "supply", Kind::Tables),
    ] {
        one(from, to, to, key, Problem::WrongKind { expected });
    }
}

#[test]
fn what_is_missing_empty_or_out_of_range() {
    let missing = || Problem::Missing;
    one(
        "revision = 2026-11-23\n",
        "",
        "# A plan",
        "revision",
        missing(),
    );
    one(
        "id = \"resolved\"\n",
        "",
        "[[outcome]]",
        "outcome[1].id",
        missing(),
    );
    one(
        "phase = \"before\"\n",
        "",
        "[[duty]]",
        "duty[1].phase",
        missing(),
    );
    one(
        "[\"1.1a\", \"3.2.1\"]",
        "[]",
        "clause = []",
        "incident[1].clause",
        Problem::Empty,
    );
    one(
        "= \"110\"",
        "= \"\"",
        "number",
        "role[3].number",
        Problem::Empty,
    );
    one(
        "\"before\"",
        "\"befor\"",
        "befor",
        "duty[1].phase",
        unknown(Kind::Word, "befor"),
    );
    for within in ["0", "-5", "2592001", "99999999999999999999"] {
        let problem = Problem::OutOfRange {
            least: 1,
            most: 2_592_000,
        };
        let to = format!("within = {within}\n");
        one(
            "within = 300\n",
            &to,
            &to[..10],
            "incident[1].step[3].within",
            problem,
        );
    }
    let number = "110转".to_owned();
    one(
        "= \"110\"",
        "= \"110转\"",
        "110转",
        "role[3].number",
        Problem::BadNumber { number },
    );
}

#[test]
fn texts_in_every_language() {
    let key = "incident[1].step[3].command";
    let en = "en = \"Call security\"";
    let case = |to: &str, key: &str, problem| one(en, to, "叫保安", key, problem);
    let missing = Problem::MissingLanguage {
        language: "en".to_owned(),
    };
    one(", en = \"Call security\"", "", "叫保安", key, missing);
    let key = &format!("{key}.en");
    case("en = \" \"", key, Problem::Empty);
    case(
        "en = \"Call\\tsecurity\"",
        key,
        Problem::BadCharacter { code: 9 },
    );
    case(
        "en = \"Call\\nsecurity\"",
        key,
        Problem::BadCharacter { code: 10 },
    );
    case(
        "en = \"Call \u{202e}me\"",
        key,
        Problem::BadCharacter { code: 0x202e },
    );
    let french = format!("{en}, fr = \"Appelez\"");
    let key = "incident[1].step[3].command.fr";
    case(&french, key, unknown(Kind::Language, "fr"));
}

#[test]
fn the_list_of_languages() {
    let list = "[\"zh_CN\", \"en\"]";
    let twice = Problem::DuplicateId {
        id: "en".to_owned(),
        first: 4,
    };
    one(
        list,
        "[\"zh_CN\", \"en\", \"en\"]",
        "languages",
        "languages[3]",
        twice,
    );
    one(list, "[]", "languages", "languages", Problem::Empty);
    one(
        "languages = [\"zh_CN\", \"en\"]\n",
        "",
        "# A plan",
        "languages",
        Problem::Missing,
    );
    let found = faults_of(&edited(list, "[\"zh_CN\", \"en\", \"english\"]"));
    let tag = "english".to_owned();
    assert_eq!(found[0].problem, Problem::BadLanguage { tag });
}
