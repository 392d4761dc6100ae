//! The ways through a guide: which steps there are with which answers, for somebody with help and for
//! somebody who is alone. Each of them has to be one that somebody can walk, and ends.

use crate::config::fault::Problem;
use crate::config::limits::{FOLLOW_UPS, QUESTIONS, STEPS};
use crate::config::toml_reader::Section;
use crate::domain::plan::{Alone, Step, UNKNOWN_ANSWER};

/// One way, with the answers that lead along it.
struct Way<'a> {
    answers: Vec<&'a str>,
    steps: Vec<&'a Step>,
}

impl Way<'_> {
    /// The answers, as a fault names them.
    fn named(&self) -> String {
        self.answers.join(", ")
    }

    fn on_the_spot(&self) -> usize {
        let on_the_spot = self.steps.iter().filter(|one| !one.is_follow_up());
        on_the_spot.count()
    }

    /// Whether it ends without anything having been done on the spot: a question alone does nothing.
    fn does_nothing(&self) -> bool {
        let mut acts = self.steps.iter().filter(|one| !one.is_question());
        acts.all(|one| one.is_follow_up())
    }
}

/// Every way has enough steps and not too many, and something is done on each, with help and alone. A
/// guide without questions has one way, of which the count of its steps has said all for whoever has help.
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
    for way in ways(steps.iter()) {
        if questions > 0 {
            with_help(incident, &way);
        }
    }
    // Who is alone takes fewer steps than whoever has help, never more.
    let is_taken = |one: &&Step| one.alone != Alone::LeftOut;
    for way in ways(steps.iter().filter(is_taken)) {
        alone(incident, steps, &way);
    }
}

/// Names a way with too few steps or too many, or on which nothing is done.
fn with_help(incident: &Section<'_>, way: &Way<'_>) {
    let (least, most) = STEPS.into_inner();
    let (answer, count) = (way.named(), way.steps.len());
    if way.on_the_spot() > most || count > most + FOLLOW_UPS || count < least {
        let problem = Problem::WayStepCount {
            answer,
            least,
            most,
            count,
        };
        incident.fault("step", problem);
    } else if way.does_nothing() {
        incident.fault("step", Problem::NothingOnTheWay { answer });
    }
}

/// Names a way on which nothing is left to do for somebody who is alone.
fn alone(incident: &Section<'_>, steps: &[Step], way: &Way<'_>) {
    let is_left_out = |one: &Step| {
        one.alone == Alone::LeftOut && one.is_on_the_way(|id| way.answers.contains(&id))
    };
    if way.does_nothing() && steps.iter().any(is_left_out) {
        let answer = Some(way.named()).filter(|named| !named.is_empty());
        incident.fault("step", Problem::NothingAlone { answer });
    }
}

/// Every way through `steps`: one for each choice of answers to the questions on it.
fn ways<'a>(steps: impl Iterator<Item = &'a Step>) -> Vec<Way<'a>> {
    let start = Way {
        answers: Vec::new(),
        steps: Vec::new(),
    };
    steps.fold(vec![start], |ways, step| {
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
