//! Where an incident stands in its guide: the current step, what follows, what is overdue.

use chrono::{DateTime, Duration, Utc};

use super::incident::{FollowUp, Incident, Mark, Marked, StepRef};
use super::plan::{IncidentType, Step};

/// How pressing a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// There is time.
    Calm,
    /// The last third of the time is running.
    Soon,
    /// It has passed.
    Overdue,
}

/// A deadline as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// When it falls.
    pub due: DateTime<Utc>,
    /// How pressing it is.
    pub urgency: Urgency,
    /// Time left; negative once it has passed.
    pub left: Duration,
}

impl Deadline {
    /// The deadline `due` of something that began at `began`, seen at `now`.
    pub fn at(began: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let left = due - now;
        let urgency = if left <= Duration::zero() {
            Urgency::Overdue
        } else if left * 3 <= due - began {
            Urgency::Soon
        } else {
            Urgency::Calm
        };
        Self { due, urgency, left }
    }
}

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepStanding<'a> {
    /// The step in the plan.
    pub step: &'a Step,
    /// The last word on it, unless it is still to do.
    pub marked: Option<&'a Marked>,
    /// When it must be done, if it has a deadline.
    pub due: Option<DateTime<Utc>>,
    /// What that deadline is counted from.
    pub began: DateTime<Utc>,
}

/// A guide as it stands: the plan's steps with what became of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide<'a> {
    /// The steps of the incident itself, in order.
    pub steps: Vec<StepStanding<'a>>,
    /// The follow-ups, in order.
    pub follow_ups: Vec<StepStanding<'a>>,
    /// Index into `steps` of the one to do now; none when all are settled.
    pub current: Option<usize>,
}

impl<'a> Guide<'a> {
    /// Lays the incident over its type's guide. What is to be done on the spot can only be begun
    /// once the type is known, and has its time from then on; a follow-up is due to somebody who
    /// counts from the event itself.
    pub fn of(incident: &'a Incident, kind: &'a IncidentType) -> Self {
        let began = |step: &Step| {
            if step.is_follow_up() {
                incident.started
            } else {
                incident.typed
            }
        };
        let standing = |step: &'a Step| StepStanding {
            step,
            began: began(step),
            marked: incident
                .marks
                .get(&StepRef {
                    type_id: kind.id.clone(),
                    step: step.id.clone(),
                })
                .filter(|marked| marked.mark != Mark::Open),
            due: step
                .within
                .map(|s| began(step) + Duration::seconds(i64::from(s))),
        };
        let (follow_ups, steps): (Vec<_>, Vec<_>) = kind
            .steps
            .iter()
            .map(standing)
            .partition(|one| one.step.is_follow_up());
        let current = steps.iter().position(|one| one.marked.is_none());
        Self {
            steps,
            follow_ups,
            current,
        }
    }

    /// The step before the one to do now, which "one step back" opens again; none at the first.
    pub fn previous(&self) -> Option<&StepStanding<'a>> {
        let before = self.current.unwrap_or(self.steps.len()).checked_sub(1)?;
        self.steps.get(before)
    }

    /// What would be left to do if the incident were closed now.
    pub fn left_behind(&self, type_id: &str) -> Vec<FollowUp> {
        self.follow_ups
            .iter()
            .filter(|one| one.marked.is_none())
            .filter_map(|one| {
                Some(FollowUp {
                    step: StepRef {
                        type_id: type_id.to_owned(),
                        step: one.step.id.clone(),
                    },
                    command: one.step.command.clone(),
                    due: one.due?,
                })
            })
            .collect()
    }
}
