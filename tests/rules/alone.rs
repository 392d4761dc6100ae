//! Guides as somebody who is alone walks them: what needs a second person is left out or reads otherwise,
//! and every way comes to its end.

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark};
use lobby_kiosk::domain::plan::{Alone, Plan, Step, UNKNOWN_ANSWER};

use super::guides::{Case, after};
use super::ways::{Way, ways};

/// An incident of this type, and nobody else is there.
fn begun<'a>(plan: &'a Plan, type_id: &str) -> Case<'a> {
    let mut case = Case::of(plan, type_id);
    case.apply(after(1), &IncidentEvent::AloneSet { alone: true });
    case
}

/// Walks the way that these answers pick to its end, and says which steps were taken.
fn walk<'a>(case: &mut Case<'a>, way: &Way<'_>) -> Vec<&'a Step> {
    let mut taken = Vec::new();
    let mut answers = way.answers.iter().peekable();
    let kind = case.kind;
    while let Some(id) = case.current() {
        let step = kind.step(&id).unwrap();
        taken.push(step);
        let at = 10 * i64::try_from(taken.len()).unwrap();
        assert!(taken.len() <= 9, "{}: {:?} goes on", kind.id, way.answers);
        let answer = answers.next_if(|_| step.is_question());
        match answer {
            Some(&UNKNOWN_ANSWER) => case.mark(at, &id, Mark::Skipped),
            Some(answer) => case.answer(at, &id, answer),
            None => case.mark(at, &id, Mark::Done),
        }
    }
    taken
}

#[test]
fn every_way_comes_to_its_end_for_somebody_alone_with_something_to_do_on_it() {
    let plan = plan_file::built_in();
    let mut left_out = 0;
    for kind in &plan.incidents {
        for way in ways(kind) {
            let mut case = begun(&plan, &kind.id);
            let taken: Vec<&str> = walk(&mut case, &way)
                .iter()
                .map(|one| one.id.as_str())
                .collect();
            let expected: Vec<&str> = (way.steps.iter())
                .filter(|one| one.alone != Alone::LeftOut)
                .map(|one| one.id.as_str())
                .collect();
            assert_eq!(taken, expected, "{}: {:?}", kind.id, way.answers);
            assert!(
                taken.iter().any(|id| !kind.step(id).unwrap().is_question()),
                "{}",
                kind.id
            );
            left_out += way.steps.len() - taken.len();
        }
    }
    assert!(left_out > 0, "nothing needs a second person");
}

#[test]
fn what_reads_otherwise_alone_says_something_else_and_the_rest_the_same() {
    let plan = plan_file::built_in();
    let mut reworded = 0;
    for kind in &plan.incidents {
        for way in ways(kind) {
            for step in walk(&mut begun(&plan, &kind.id), &way) {
                let as_alone = (
                    step.command_for(true),
                    step.detail_for(true),
                    step.say_for(true),
                );
                let as_ever = (&step.command, &step.detail, step.say.as_ref());
                let is_reworded = matches!(step.alone, Alone::Reads(_));
                assert_eq!(as_alone != as_ever, is_reworded, "{}.{}", kind.id, step.id);
                reworded += usize::from(is_reworded);
            }
        }
    }
    assert!(reworded > 0, "nothing reads otherwise");
}

#[test]
fn what_was_done_before_one_was_alone_is_not_lost() {
    let plan = plan_file::built_in();
    let mut found = 0;
    for kind in &plan.incidents {
        for way in ways(kind) {
            let Some(step) = way.steps.iter().find(|one| one.alone == Alone::LeftOut) else {
                continue;
            };
            let mut case = Case::of(&plan, &kind.id);
            case.mark(5, &step.id, Mark::Done);
            case.apply(after(6), &IncidentEvent::AloneSet { alone: true });
            walk(&mut case, &way);
            assert!(case.way().contains(&step.id), "{}.{}", kind.id, step.id);
            found += 1;
        }
    }
    assert!(found > 0, "nothing needs a second person");
}
