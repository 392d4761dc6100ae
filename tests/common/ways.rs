//! The ways through a guide: what is answered on each, and which steps are on it.

use lobby_kiosk::domain::plan::{IncidentType, Step, UNKNOWN_ANSWER};

/// One way through a guide.
#[derive(Clone)]
pub struct Way<'a> {
    /// The answers that lead along it, in order.
    pub answers: Vec<&'a str>,
    /// The steps on the spot, in order.
    pub steps: Vec<&'a Step>,
}

/// Every way through a guide, and one way alone where it asks nothing.
pub fn ways(kind: &IncidentType) -> Vec<Way<'_>> {
    let start = Way {
        answers: Vec::new(),
        steps: Vec::new(),
    };
    let on_the_spot = kind.steps.iter().filter(|step| !step.is_follow_up());
    on_the_spot.fold(vec![start], |ways, step| {
        let past = |way| past(way, step);
        ways.into_iter().flat_map(past).collect()
    })
}

/// The ways on which `way` goes on past `step`.
fn past<'a>(mut way: Way<'a>, step: &'a Step) -> Vec<Way<'a>> {
    if !step.is_on_the_way(|answer| way.answers.contains(&answer)) {
        return vec![way];
    }
    way.steps.push(step);
    if !step.is_question() {
        return vec![way];
    }
    let answers = step.answers.iter().map(|answer| answer.id.as_str());
    answers
        .chain([UNKNOWN_ANSWER])
        .map(|answer| {
            let mut way = way.clone();
            way.answers.push(answer);
            way
        })
        .collect()
}
