//! Guides that ask: their answers, what depends on them, and how many steps there are on each way.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::domain::plan::CountsFrom;

use super::{ANSWERS, edited, faults_of, line_of, only};

const LOOK: &str = r#"  command = { zh_CN = "看清情况", en = "Look what happens" }
  detail = { zh_CN = "细节", en = "A detail" }
"#;

/// The small plan, in which the first step asks and the step `separate` depends on an answer.
fn asking(answers: &str, more: &str) -> String {
    let text = edited(LOOK, &format!("{LOOK}{answers}"));
    let step = "  id = \"separate\"\n";
    assert!(text.contains(step));
    text.replacen(step, &format!("{step}{more}"), 1)
}

#[test]
fn a_guide_that_asks_is_read_with_what_depends_on_the_answers() {
    let text = asking(
        ANSWERS,
        "  only = \"blows\"\n  within = 60\n  after = \"answer\"\n  lasts = true\n  source = [\"a law\", \"policy\"]\n",
    );
    // On the way of words four steps are left, and where nobody can tell.
    let of_way = |answer: &str| Problem::WayStepCount {
        answer: answer.to_owned(),
        least: 5,
        most: 9,
        count: 4,
    };
    let problems: Vec<_> = faults_of(&text)
        .into_iter()
        .map(|one| one.problem)
        .collect();
    assert_eq!(problems, [of_way("words"), of_way("unknown")]);

    let step = r#"
  [[incident.step]]
  id = "talk"
  clause = "3.2.2-1a"
  only = ["words", "unknown"]
  command = { zh_CN = "劝开", en = "Talk them down" }
  detail = { zh_CN = "细节", en = "A detail" }
"#;
    let last = "\n[[incident]]\nid = \"fire\"";
    let text = text.replacen(last, &format!("{step}{last}"), 1);
    let plan = lobby_kiosk::config::plan_file::parse("p.toml", &text).expect("sound");
    let steps = &plan.incidents[0].steps;
    assert!(steps[0].is_question() && steps[0].answer("blows").is_some());
    assert_eq!(steps[1].only, ["blows"]);
    assert_eq!(steps[1].counts_from, CountsFrom::Answer);
    assert!(steps[1].lasts);
    assert_eq!(steps[1].source, ["a law", "policy"]);
}

#[test]
fn an_answer_comes_before_what_depends_on_it_and_there_are_two_to_eight() {
    let unknown = |name: &str| Problem::Unknown {
        what: Kind::Answer,
        name: name.to_owned(),
        known: Vec::new(),
    };
    let text = asking(ANSWERS, "  only = \"knives\"\n");
    only(
        &text,
        line_of(&text, "\"knives\""),
        "incident[1].step[2].only",
        unknown("knives"),
    );
    // A step that asks cannot depend on its own answer: nobody would ever get there.
    let text = edited(LOOK, &format!("{LOOK}  only = \"words\"\n{ANSWERS}"));
    let faults = faults_of(&text);
    assert!(
        faults.iter().any(|one| matches!(
            &one.problem,
            Problem::Unknown {
                what: Kind::Answer,
                ..
            }
        )),
        "{faults:?}"
    );

    // What stands for no answer at all is none, and may be named where a question comes before.
    let text = asking(
        &ANSWERS.replace("\"blows\"", "\"unknown\""),
        "  only = \"unknown\"\n",
    );
    let bad = Problem::BadId {
        id: "unknown".to_owned(),
    };
    assert!(faults_of(&text).iter().any(|fault| fault.problem == bad));
    let text = edited(
        "  id = \"look\"\n",
        "  id = \"look\"\n  only = \"unknown\"\n",
    );
    let faults = faults_of(&text);
    assert!(
        faults.iter().any(|one| matches!(
            &one.problem,
            Problem::Unknown {
                what: Kind::Answer,
                ..
            }
        )),
        "{faults:?}"
    );

    let (one, _) = ANSWERS.split_at(ANSWERS.rfind("    [[").unwrap());
    let text = asking(one, "");
    let count = Problem::Count {
        least: 2,
        most: 8,
        count: 1,
    };
    assert!(faults_of(&text).iter().any(|fault| fault.problem == count));
}

#[test]
fn a_deadline_counts_from_what_there_is() {
    let word = |name: &str| Problem::Unknown {
        what: Kind::Word,
        name: name.to_owned(),
        known: Vec::new(),
    };
    // No answer puts this step on the way, and one with a condition counts from its confirmation.
    let text = asking(ANSWERS, "  after = \"answer\"\n");
    only(
        &text,
        line_of(&text, "after ="),
        "incident[1].step[2].after",
        word("answer"),
    );
    let text = edited(
        "  condition = { zh_CN = \"如有人动手\"",
        "  after = \"start\"\n  condition = { zh_CN = \"如有人动手\"",
    );
    only(
        &text,
        line_of(&text, "after ="),
        "incident[1].step[3].after",
        word("start"),
    );
    let late = edited(LOOK, &format!("{LOOK}  within = 7200\n{ANSWERS}"));
    assert!(
        faults_of(&late)
            .iter()
            .any(|fault| fault.problem == Problem::LateQuestion)
    );
}

#[test]
fn a_way_that_nobody_could_walk_is_named_by_its_answers() {
    let mut text = asking(ANSWERS, "");
    let mut more = String::new();
    for nth in 1..=6 {
        more += &format!(
            "\n  [[incident.step]]\n  id = \"more-{nth}\"\n  clause = \"added\"\n  only = \"blows\"\n  command = {{ zh_CN = \"再做\", en = \"More\" }}\n  detail = {{ zh_CN = \"细节\", en = \"A detail\" }}\n"
        );
    }
    let last = "\n[[incident]]\nid = \"fire\"";
    text = text.replacen(last, &format!("{more}{last}"), 1);
    let problems: Vec<_> = faults_of(&text)
        .into_iter()
        .map(|one| one.problem)
        .collect();
    let of_way = Problem::WayStepCount {
        answer: "blows".to_owned(),
        least: 5,
        most: 9,
        count: 11,
    };
    assert_eq!(problems, [of_way]);
}
