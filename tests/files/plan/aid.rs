//! First-aid cards, and the keys of steps that a life depends on.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::plan::{IncidentType, Plan, Step};

use super::{SMALL, edited, faults_of, line_of, only, unknown};

/// A card, its keys in order.
fn card(more: &str) -> String {
    format!(
        "[[aid]]\nid = \"bleeding\"\n\
         name = {{ zh_CN = \"大出血\", en = \"Bleeding\" }}\n\
         do = [{{ zh_CN = \"用布压住\", en = \"Press on it\" }}]\n\
         never = {{ zh_CN = \"掀开看\", en = \"look\" }}\n\
         call = {{ zh_CN = \"压不住\", en = \"If it goes on\" }}\n\
         source = \"AHA/ARC 2024\"\n{more}"
    )
}

fn step<'p>(plan: &'p Plan, incident: &str, step: &str) -> &'p Step {
    plan.incident(incident)
        .expect(incident)
        .step(step)
        .expect(step)
}

/// The small plan with a line more in its third step.
fn with_line(line: &str) -> String {
    edited("within = 300", &format!("within = 300\n{line}"))
}

#[test]
fn a_card_that_is_sound() {
    let text = format!("{SMALL}\n{}", card("resuscitation = true\n"));
    let plan = plan_file::parse("", &text).expect("no fault");
    let own = plan.aid("bleeding").expect("the card");
    assert_eq!(
        (plan.aids.len(), own.lines.len(), own.resuscitation),
        (1, 1, true)
    );
    assert_eq!(own.source, ["AHA/ARC 2024"]);
}

#[test]
fn what_a_card_lacks_or_has_too_much_of() {
    for (from, to, key, problem) in [
        ("call = ", "cal = ", "aid[1].call", Problem::Missing),
        (
            "source = \"AHA/ARC 2024\"\n",
            "",
            "aid[1].source",
            Problem::Missing,
        ),
        (
            "用布压住",
            &"长".repeat(21),
            "aid[1].do[1].zh_CN",
            Problem::TooLong {
                limit: 20,
                length: 21,
            },
        ),
        (
            "掀开看",
            &"长".repeat(25),
            "aid[1].never.zh_CN",
            Problem::TooLong {
                limit: 24,
                length: 25,
            },
        ),
        (
            "Bleeding\"",
            &format!("{}\"", "e".repeat(17)),
            "aid[1].name.en",
            Problem::TooLong {
                limit: 16,
                length: 17,
            },
        ),
        ("[{", "[", "aid[1].do", Problem::Empty),
    ] {
        let own = card("");
        assert!(own.contains(from), "{from}");
        let changed = if problem == Problem::Empty {
            own.lines()
                .map(|line| {
                    if line.starts_with("do") {
                        "do = []"
                    } else {
                        line
                    }
                })
                .collect::<Vec<_>>()
                .join("\n")
        } else {
            own.replacen(from, to, 1)
        };
        let faults = faults_of(&format!("{SMALL}\n{changed}"));
        assert!(
            faults
                .iter()
                .any(|one| one.key == key && one.problem == problem),
            "{key}: {faults:#?}"
        );
    }
    let line = "{ zh_CN = \"压\", en = \"Press\" }";
    let six = card("").replacen(
        "do = [{ zh_CN = \"用布压住\", en = \"Press on it\" }]",
        &format!("do = [{}]", [line; 6].join(", ")),
        1,
    );
    let text = format!("{SMALL}\n{six}");
    let count = Problem::Count {
        least: 1,
        most: 5,
        count: 6,
    };
    only(&text, line_of(&text, "do = "), "aid[1].do", count);
}

#[test]
fn a_step_names_cards_that_there_are() {
    let text = with_line("aid = \"bleding\"");
    let line = line_of(&text, "bleding");
    only(
        &text,
        line,
        "incident[1].step[3].aid",
        unknown(Kind::Aid, "bleding"),
    );

    // Those of the built-in plan, where the branch's own has none; else its own alone.
    let text = with_line("aid = [\"burn\", \"fall\"]");
    let plan = plan_file::parse("", &text).expect("no fault");
    let first = &plan.incidents[0];
    assert_eq!(first.steps[2].aid, ["burn", "fall"]);
    let text = format!("{text}\n{}", card(""));
    let faults = faults_of(&text);
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn a_vital_step_has_a_short_deadline() {
    let text = edited("within = 300", "vital = true");
    let fault = faults_of(&text);
    assert_eq!(fault.len(), 1, "{fault:#?}");
    assert_eq!(
        (fault[0].key.as_str(), &fault[0].problem),
        ("incident[1].step[3].within", &Problem::Missing)
    );
    let text = edited("within = 300", "vital = true\nwithin = 121");
    let fault = faults_of(&text);
    assert_eq!(fault.len(), 1, "{fault:#?}");
    assert_eq!(fault[0].key, "incident[1].step[3].within");
    let text = edited("within = 300", "vital = true\nwithin = 120");
    assert!(plan_file::parse("", &text).is_ok());
}

#[test]
fn what_an_older_plan_says_nothing_of_is_taken_over_by_the_ids() {
    let old = include_str!("../../fixtures/plan-2026-11-23.toml");
    let (old, built_in) = (
        plan_file::parse("", old).expect("no fault"),
        plan_file::built_in(),
    );
    assert_eq!(old.aids, built_in.aids);
    let cpr = step(&old, "sudden-illness", "cpr");
    assert!(cpr.resuscitation);
    assert_eq!(cpr.vital, cpr.within.is_some_and(|within| within <= 120));
    assert!(step(&old, "sudden-illness", "call-120").vital);
    let hurt = step(&old, "unclassified", "hurt");
    assert_eq!(hurt.aid, step(&built_in, "unclassified", "hurt").aid);
}

#[test]
fn every_built_in_card_is_one_tap_from_a_guide() {
    let plan = plan_file::built_in();
    let used = |aid: &str| {
        let mut steps = plan.incidents.iter().flat_map(|kind| &kind.steps);
        steps.any(|step| step.aid.iter().any(|one| one == aid))
    };
    let ids: Vec<&str> = plan.aids.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "choking",
            "bleeding",
            "seizure",
            "stroke",
            "chest-pain",
            "burn",
            "electric-shock",
            "heat",
            "fall"
        ]
    );
    for id in ids {
        assert!(used(id), "{id}");
    }
}

#[test]
fn the_steps_that_are_vital_are_those_of_the_plans_own_rule() {
    let plan = plan_file::built_in();
    let helps = ["ambulance", "fire-brigade", "police"];
    let vital = |kind: &IncidentType| -> Vec<String> {
        let steps = kind.steps.iter().filter(|step| step.vital);
        steps
            .map(|step| {
                let calls = step
                    .contacts
                    .iter()
                    .any(|one| helps.contains(&one.as_str()));
                assert!(calls || step.resuscitation, "{}", step.id);
                assert!(step.within.unwrap() <= 120);
                format!("{}.{}", kind.id, step.id)
            })
            .collect()
    };
    let all: Vec<String> = plan.incidents.iter().flat_map(vital).collect();
    assert_eq!(
        all,
        [
            "extreme-weather.heat-call",
            "sudden-illness.call-120",
            "sudden-illness.cpr",
            "fire.call-119",
            "unclassified.call",
            "lift-trapped.fire-brigade",
            "lift-trapped.ambulance",
            "death.call-120",
            "death.rescue"
        ]
    );
}
