//! The plan's file: every kind of fault with its line and key, many at once, recovery from
//! syntax errors, and the built-in plan itself.

mod aid;
mod alone;
mod built_in;
mod called;
mod complaint;
mod corrections;
mod crew;
mod evacuation;
mod hostile;
mod inherit;
mod limits;
mod many;
mod market;
mod notice;
mod questions;
mod role;
mod supplies;
mod values;
mod whole;

use lobby_kiosk::config::fault::{Fault, Kind, Problem};
use lobby_kiosk::config::plan_file;

/// A plan as small as a plan can be.
const SMALL: &str = include_str!("../../fixtures/plan.toml");

/// The faults of a plan's text.
fn faults_of(text: &str) -> Vec<Fault> {
    plan_file::parse("p.toml", text).err().unwrap_or_default()
}

/// Two answers, for a step that asks.
const ANSWERS: &str = r#"
    [[incident.step.answer]]
    id = "words"
    name = { zh_CN = "吵架", en = "Words" }
    [[incident.step.answer]]
    id = "blows"
    name = { zh_CN = "动手", en = "Blows" }
"#;

/// The small plan after one edit.
fn edited(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "the fixture has no {from:?}");
    SMALL.replacen(from, to, 1)
}

/// The line of the last place that holds `words`, found without the program's help.
fn line_of(text: &str, words: &str) -> usize {
    let at = text.lines().collect::<Vec<_>>();
    let at = at.iter().rposition(|line| line.contains(words));
    1 + at.unwrap_or_else(|| panic!("{words:?} is not in the text"))
}

/// One edit makes exactly one fault, on the last line that holds `mark`.
fn one(from: &str, to: &str, mark: &str, key: &str, problem: Problem) {
    let text = edited(from, to);
    only(&text, line_of(&text, mark), key, problem);
}

/// The same for the small plan with `more` behind it, of which one place is edited.
fn one_of(more: &str, from: &str, to: &str, mark: &str, (key, problem): (&str, Problem)) {
    assert!(more.contains(from), "there is no {from:?}");
    let text = SMALL.to_owned() + &more.replacen(from, to, 1);
    only(&text, line_of(&text, mark), key, problem);
}

/// A list of `count` members, which has places for others.
fn count(least: usize, most: usize, count: usize) -> Problem {
    Problem::Count { least, most, count }
}

/// The text has exactly one fault. What is `known` where something is not stays out of the
/// comparison.
fn only(text: &str, line: usize, key: &str, problem: Problem) {
    let mut faults = faults_of(text);
    for fault in &mut faults {
        if let Problem::Unknown { known, .. } | Problem::UnknownKey { known, .. } =
            &mut fault.problem
        {
            assert!(!known.is_empty(), "line {line}: {key}");
            known.clear();
        }
    }
    let expected = Fault {
        file: "p.toml".to_owned(),
        line: Some(line),
        key: key.to_owned(),
        problem,
    };
    assert_eq!(faults, [expected], "line {line}: {key}");
}

/// The fault of a name that nothing defines.
fn unknown(what: Kind, name: &str) -> Problem {
    Problem::Unknown {
        what,
        name: name.to_owned(),
        known: Vec::new(),
    }
}
