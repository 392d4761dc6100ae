//! Steps that a life depends on, and when they become overdue: then there is a tone.

use chrono::{DateTime, TimeDelta, Utc};

use super::guide::Guide;
use super::incident::{Incident, StepRef};
use super::plan::IncidentType;

/// So long after its deadline a step is still news. One that was overdue before anybody looked, as after
/// a restart, has been so for longer.
pub const NEWS: TimeDelta = TimeDelta::seconds(5);

/// The vital steps of an incident that are still to do, each with its deadline. None where the guide
/// keeps its subject from bystanders: a tone would turn heads.
pub fn deadlines(incident: &Incident, kind: &IncidentType) -> Vec<(StepRef, DateTime<Utc>)> {
    if kind.discreet || !incident.is_open() {
        return Vec::new();
    }
    let standing = Guide::of(incident, kind);
    let open = standing.steps.iter();
    let vital = open.filter(|one| one.step.vital && !one.is_left_behind());
    vital
        .filter_map(|one| Some((StepRef::of(kind, &one.step.id), one.due?)))
        .collect()
}

/// Whether a deadline has only just passed.
pub fn has_just_passed(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..NEWS).contains(&(now - due))
}
