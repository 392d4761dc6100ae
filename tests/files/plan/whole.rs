//! Faults of what values mean beside each other, and of the plan as a whole.

use lobby_kiosk::config::fault::{Kind, Problem};

use super::{SMALL, edited, faults_of, line_of, one, only, unknown};

#[test]
fn the_same_id_twice() {
    let twice = |id: &str| Problem::DuplicateId {
        id: id.to_owned(),
        first: line_of(SMALL, &format!("id = \"{id}\"")),
    };
    let again = |kind: &str, id: &str| {
        let table = SMALL.split(&format!("[[{kind}]]")).nth(1).expect("a table");
        let table = table.split("\n\n").next().expect("its keys");
        let text = format!("[[{kind}]]{table}\n\n[[{kind}]]{table}\n");
        let from = format!("[[{kind}]]{table}\n");
        let key = format!("{kind}[2].id");
        one(&from, &text, &format!("id = \"{id}\""), &key, twice(id));
    };
    again("principle", "safety");
    again("outcome", "resolved");
    again("skip_reason", "not-needed");
    again("duty", "training");
    again("supply", "first-aid-kit");

    // Steps and notes only within their incident: the other two guides share their steps' ids.
    let key = "incident[1].step[2].id";
    one(
        "id = \"separate\"",
        "id = \"look\"",
        "id = \"look\"",
        key,
        twice("look"),
    );
}

#[test]
fn what_is_no_id() {
    for id in [
        "Settled",
        "settled!",
        "3settled",
        "结清",
        "a b",
        &"x".repeat(41),
    ] {
        let (to, id) = (format!("\"{id}\""), id.to_owned());
        one(
            "\"settled\"",
            &to,
            &to,
            "waive_reason[1].id",
            Problem::BadId { id },
        );
    }
}

#[test]
fn names_that_nothing_defines() {
    let incident = |key: &str| format!("incident[1].{key}");
    for (from, to, key, what, name) in [
        (
            "\"4b\"",
            "\"4x\"",
            "supply[1].clause".to_owned(),
            Kind::Clause,
            "4x",
        ),
        (
            "\"3.2.1\"",
            "\"3.2\"",
            incident("clause[2]"),
            Kind::Clause,
            "3.2",
        ),
        (
            "\"police\"]",
            "\"polize\"]",
            incident("step[3].contacts[2]"),
            Kind::Role,
            "polize",
        ),
        (
            "= \"conflict\"\nn",
            "= \"row\"\nn",
            incident("class"),
            Kind::Class,
            "row",
        ),
        (
            "[\"safety\"]",
            "[\"savety\"]",
            incident("principles[1]"),
            Kind::Principle,
            "savety",
        ),
    ] {
        one(from, to, &format!("\"{name}\""), &key, unknown(what, name));
    }
    let twice = Problem::DuplicateId {
        id: "security".to_owned(),
        first: line_of(SMALL, "contacts"),
    };
    let to = "\"security\", \"security\"";
    one(
        "\"security\", \"police\"",
        to,
        to,
        "incident[1].step[3].contacts[2]",
        twice,
    );
}

/// The text of the small plan's `nth` step, from its heading to the blank line.
fn step(nth: usize) -> String {
    let text = SMALL.split("  [[incident.step]]").nth(nth).expect("a step");
    let text = text.split("\n\n").next().expect("its keys");
    format!("  [[incident.step]]{text}\n\n")
}

fn step_count(count: usize) -> Problem {
    Problem::StepCount {
        least: 5,
        most: 9,
        count,
    }
}

#[test]
fn a_guide_has_five_to_nine_steps() {
    let heading = line_of(SMALL, "id = \"physical-conflict\"") - 1;
    let case = |text: &str, count| only(text, heading, "incident[1].step", step_count(count));
    case(&edited(&step(1), ""), 4);
    let many: String = (0..6)
        .map(|nth| step(2).replace("separate", &format!("more-{nth}")))
        .collect();
    // What is left for afterwards comes besides.
    case(&edited(&step(1), &(step(1) + &many)), 10);
    let all: String = (1..=5).map(step).collect();
    case(&edited(&all, ""), 0);
}

#[test]
fn a_guide_has_something_to_do_at_once() {
    let all: String = (1..=5).map(step).collect();
    let late = all
        .replace("within = 300\n", "")
        .replace("within = 86400\n", "");
    let late = late.replace("  detail", "  within = 3601\n  detail");
    let heading = line_of(SMALL, "id = \"physical-conflict\"") - 1;
    let text = edited(&all, &late);
    only(&text, heading, "incident[1].step", Problem::NoOrdinaryStep);
    let text = edited(&all, &late.replacen("3601", "3600", 1));
    assert_eq!(faults_of(&text), []);
}

#[test]
fn the_types_that_the_board_needs() {
    for id in ["fire", "unclassified"] {
        let other = edited(&format!("id = \"{id}\""), "id = \"flood\"");
        let found =
            faults_of(&other.replace("id = \"flood\"\n", "id = \"flood\"\nclass = \"conflict\"\n"));
        let [fault] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!((fault.line, fault.key.as_str()), (Some(1), "incident"));
        assert_eq!(
            fault.problem,
            Problem::MissingIncident { id: id.to_owned() }
        );
    }
}

#[test]
fn every_type_has_a_class_but_those_beside_the_classes() {
    let heading = line_of(SMALL, "id = \"physical-conflict\"") - 1;
    let text = edited("class = \"conflict\"\n", "");
    only(&text, heading, "incident[1].class", Problem::Missing);
    let id = "fire".to_owned();
    let to = "id = \"fire\"\nclass = \"conflict\"";
    let text = edited("id = \"fire\"", to);
    let line = line_of(&text, "id = \"fire\"") + 1;
    only(
        &text,
        line,
        "incident[2].class",
        Problem::ClassNotAllowed { id },
    );
}

#[test]
fn every_class_fits_its_column() {
    let class = SMALL.split("[[class]]").nth(1).expect("a class");
    let class = class.split("\n\n").next().expect("its keys");
    let empty = class.replace("\"conflict\"", "\"empty\"");
    let text = edited(class, &format!("{class}\n\n[[class]]{empty}"));
    let line = line_of(&text, "id = \"empty\"") - 1;
    only(
        &text,
        line,
        "class[2]",
        Problem::ClassSize { most: 3, count: 0 },
    );

    let incident = SMALL.split("\n[[incident]]").nth(1).expect("an incident");
    let more: String = ["b", "c", "d"]
        .map(|id| {
            format!(
                "\n[[incident]]{}",
                incident.replace("physical-conflict", id)
            )
        })
        .concat();
    let text = format!("{SMALL}{more}");
    let line = line_of(&text, "[[class]]");
    only(
        &text,
        line,
        "class[1]",
        Problem::ClassSize { most: 3, count: 4 },
    );
}

#[test]
fn more_chips_than_the_row_holds() {
    let chip = |n: usize| {
        format!(
            "[[skip_reason]]\nid = \"more-{n}\"\nname = {{ zh_CN = \"别的\", en = \"Other\" }}\n\n"
        )
    };
    let more: String = (0..5).map(chip).collect();
    let text = edited("[[skip_reason]]\n", &format!("{more}[[skip_reason]]\n"));
    let problem = Problem::Count {
        least: 1,
        most: 5,
        count: 6,
    };
    let faults = faults_of(&text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(
        (faults[0].key.as_str(), &faults[0].problem),
        ("skip_reason", &problem)
    );
}
