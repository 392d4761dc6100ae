//! What the tablet tells customers when it is turned to them (clause 3.1c).

use super::guide::Guide;
use super::incident::{Incident, Mark, StepRef};
use super::plan::{IncidentType, Step, Text};

/// The notice in force while `incident` is handled by the guide of `kind`: that of the current
/// step once its condition holds, or of the one done last that has one, since what was right before
/// may send people the wrong way then; else the type's. None where the plan has none. Once an
/// evacuation has ended, what was done before it no longer leads anybody away.
pub fn in_force<'k>(incident: &'k Incident, kind: &'k IncidentType) -> Option<&'k Text> {
    let guide = Guide::of(incident, kind);
    let current = guide.current.and_then(|at| guide.steps.get(at));
    // What is said of a condition would betray it, and be untrue, before somebody says that it holds.
    let held = current.filter(|one| one.step.condition.is_none() || one.held);
    if let Some(notice) = held.and_then(|one| one.step.notice.as_ref()) {
        return Some(notice);
    }
    let over = incident.evacuation.as_ref().and_then(|one| one.ended);
    // What was done on another way than that of the answers leads nobody away either.
    let is_elsewhere = |step: &Step| {
        let answers = guide
            .steps
            .iter()
            .filter_map(|one| Some((one.step, one.answer?)));
        let mut others = answers.filter(|(_, given)| !step.only.contains(&given.id));
        others.any(|(asking, _)| asking.answers.iter().any(|one| step.only.contains(&one.id)))
    };
    let done = kind.steps.iter().filter_map(|step| {
        let notice = step.notice.as_ref().filter(|_| !is_elsewhere(step))?;
        let marked = incident.marks.get(&StepRef::of(kind, &step.id))?;
        let holds = marked.mark == Mark::Done && over.is_none_or(|(at, _)| at < marked.at);
        holds.then_some((marked.at, notice))
    });
    let latest = done.max_by_key(|(at, _)| *at).map(|(_, notice)| notice);
    latest.or(kind.notice.as_ref())
}
