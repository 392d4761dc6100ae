//! What the tablet tells customers when it is turned to them (clause 3.1c).

use super::incident::{Incident, Mark, StepRef};
use super::plan::{IncidentType, Text};

/// The notice in force while `incident` is handled by the guide of `kind`: that of the step done
/// last that has one, since what was right before it may send people the wrong way after; else the
/// type's. None where the plan has none.
pub fn in_force<'k>(incident: &Incident, kind: &'k IncidentType) -> Option<&'k Text> {
    let done = kind.steps.iter().filter_map(|step| {
        let notice = step.notice.as_ref()?;
        let marked = incident.marks.get(&StepRef {
            type_id: kind.id.clone(),
            step: step.id.clone(),
        })?;
        (marked.mark == Mark::Done).then_some((marked.at, notice))
    });
    let latest = done.max_by_key(|(at, _)| *at).map(|(_, notice)| notice);
    latest.or(kind.notice.as_ref())
}
