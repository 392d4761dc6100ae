//! The built-in plan.

use std::collections::BTreeSet;

use lobby_kiosk::domain::clause::CLAUSES;
use lobby_kiosk::domain::plan::{Plan, Text};
use lobby_kiosk::i18n::faults;
use lobby_kiosk::plan_file::{self, BUILT_IN, BUILT_IN_NAME};

#[test]
fn it_has_no_fault() {
    let found = plan_file::parse(BUILT_IN_NAME, BUILT_IN)
        .err()
        .unwrap_or_default();
    let lines: Vec<String> = found.iter().map(|one| faults::fault("en", one)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!(
        plan_file::built_in(),
        plan_file::parse("", BUILT_IN).expect("no fault")
    );
}

#[test]
fn it_has_the_five_classes_of_three_types_and_the_two_beside_them() {
    let plan = plan_file::built_in();
    assert_eq!(plan.incidents.len(), 17);
    assert_eq!(plan.classes.len(), 5);
    for class in &plan.classes {
        let of_class = |id: &Option<String>| id.as_ref() == Some(&class.id);
        let count = plan
            .incidents
            .iter()
            .filter(|one| of_class(&one.class))
            .count();
        assert_eq!(count, 3, "{}", class.id);
    }
}

#[test]
fn every_clause_of_the_plan_is_carried_out() {
    let plan = plan_file::built_in();
    let steps = plan.incidents.iter().flat_map(|one| &one.steps);
    let steps = steps.flat_map(|one| &one.clauses);
    let duties = plan.duties.iter().flat_map(|one| &one.clauses);
    let carried: BTreeSet<&str> = steps.chain(duties).map(String::as_str).collect();
    let left: Vec<_> = CLAUSES
        .iter()
        .filter(|one| !carried.contains(*one))
        .collect();
    assert!(left.is_empty(), "nothing carries out {left:?}");
}

/// Every text of the plan.
fn texts(plan: &Plan) -> Vec<&Text> {
    let mut all = Vec::new();
    let lists = [
        &plan.outcomes,
        &plan.skip_reasons,
        &plan.cannot_reasons,
        &plan.waive_reasons,
    ];
    all.extend(lists.into_iter().flatten().map(|one| &one.name));
    all.extend(plan.classes.iter().map(|one| &one.name));
    all.extend(
        plan.principles
            .iter()
            .flat_map(|one| [&one.name, &one.meaning]),
    );
    all.extend(plan.roles.iter().flat_map(|one| [&one.name, &one.when]));
    all.extend(plan.duties.iter().flat_map(|one| [&one.name, &one.detail]));
    all.extend(plan.supplies.iter().flat_map(|one| [&one.name, &one.ready]));
    for incident in &plan.incidents {
        all.extend([&incident.name, &incident.cue]);
        all.extend(
            [&incident.public_name, &incident.button]
                .into_iter()
                .flatten(),
        );
        all.extend(incident.notes.iter().map(|one| &one.name));
        for step in &incident.steps {
            all.extend([&step.command, &step.detail]);
            all.extend(
                [&step.say, &step.never_say, &step.condition]
                    .into_iter()
                    .flatten(),
            );
        }
    }
    all
}

#[test]
fn every_text_has_every_language() {
    let plan = plan_file::built_in();
    assert_eq!(plan.languages, ["zh_CN", "en"]);
    let texts = texts(&plan);
    assert!(texts.len() > 400, "only {} texts", texts.len());
    for text in texts {
        let languages: Vec<&str> = text.iter().map(|(language, _)| language).collect();
        assert_eq!(languages, ["en", "zh_CN"], "{text:?}");
        assert!(
            text.iter().all(|(_, words)| !words.trim().is_empty()),
            "{text:?}"
        );
    }
}

#[test]
fn whatever_customers_may_read_has_the_public_name() {
    let plan = plan_file::built_in();
    let incident = plan.incident("malicious-complaint").expect("the type");
    assert_eq!(incident.open_name().in_lang("zh_CN"), "客诉支援");
    assert_eq!(incident.open_name().in_lang("en"), "Customer support");
}
