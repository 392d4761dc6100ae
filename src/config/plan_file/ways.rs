//! The ways through a guide: which steps there are with which answers. Each of them has to be one that
//! somebody can walk.

use crate::config::fault::Problem;
use crate::config::limits::{FOLLOW_UPS, QUESTIONS, STEPS};
use crate::config::toml_reader::Section;
use crate::domain::plan::{Step, UNKNOWN_ANSWER};

/// One way, with the answers that lead along it.
struct Way<'a> {
    answers: Vec<&'a str>,
    steps: Vec<&'a Step>,
}

/// Every way has enough steps and not too many. A guide without questions has one way, of which the
/// count of its steps has said all.
pub(super) fn check(incident: &Section<'_>, steps: &[Step]) {
    let questions = steps.iter().filter(|step| step.is_question()).count();
    let most = *QUESTIONS.end();
    if questions > most {
        incident.fault(
            "step",
            Problem::Count {
                least: *QUESTIONS.start(),
                most,
                count: questions,
            },
        );
        return;
    }
    if questions == 0 {
        return;
    }
    for way in ways(steps) {
        let (least, most) = STEPS.into_inner();
        let on_the_spot = way.steps.iter().filter(|one| !one.is_follow_up()).count();
        let all = way.steps.len();
        let wrong = (on_the_spot > most || all > most + FOLLOW_UPS || all < least).then_some(all);
        if let Some(count) = wrong {
            let answer = way.answers.join(", ");
            incident.fault(
                "step",
                Problem::WayStepCount {
                    answer,
                    least,
                    most,
                    count,
                },
            );
        }
    }
}

/// Every way through `steps`: one for each choice of answers to the questions on it.
fn ways(steps: &[Step]) -> Vec<Way<'_>> {
    let start = Way {
        answers: Vec::new(),
        steps: Vec::new(),
    };
    steps.iter().fold(vec![start], |ways, step| {
        ways.into_iter().flat_map(|way| on(way, step)).collect()
    })
}

/// The ways on which `way` goes on past `step`.
fn on<'a>(mut way: Way<'a>, step: &'a Step) -> Vec<Way<'a>> {
    if !step.is_on_the_way(|answer| way.answers.contains(&answer)) {
        return vec![way];
    }
    way.steps.push(step);
    if !step.is_question() {
        return vec![way];
    }
    let with = |answer: &'a str| Way {
        answers: way.answers.iter().copied().chain([answer]).collect(),
        steps: way.steps.clone(),
    };
    let answers = step.answers.iter().map(|one| with(&one.id));
    answers.chain([with(UNKNOWN_ANSWER)]).collect()
}
