//! What lists need to know of an incident: the projection's row, folded without the plan.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::calling::{CallEvent, Outcome};
use super::incident::course::Course;
use super::incident::{FollowUp, IncidentEvent, Mark, Status};
use super::plan::Text;
use super::statistics::IncidentFact;
use crate::domain::ids::IncidentId;

/// Where an incident stands, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentState {
    /// Being handled.
    Open,
    /// A tap by mistake.
    Undone,
    /// Over.
    Closed,
}

/// One incident in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its identity.
    pub id: IncidentId,
    /// Its type today.
    pub type_id: String,
    /// The name of its type.
    pub name: Text,
    /// When it began.
    pub started: DateTime<Utc>,
    /// Where it stands.
    pub standing: IncidentState,
    /// When it was closed or undone.
    pub ended: Option<DateTime<Utc>>,
    /// The words of its outcome.
    pub outcome: Option<Text>,
    /// Its id in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_id: Option<String>,
    /// Follow-ups not yet settled.
    pub follow_ups: Vec<FollowUp>,
    /// Milliseconds from its beginning until the first word on a step; none where nobody has said any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_step: Option<i64>,
    /// The first calls that somebody answered, in their order, at most [`MOST_REACHED`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<Reached>,
}

/// So many calls are kept: statistics need the first, and the next ones where that was a mistake.
pub const MOST_REACHED: usize = 4;

/// A call that somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Whom.
    pub role: String,
    /// At which number, counted from 1.
    pub place: usize,
    /// Milliseconds after the incident began.
    pub after: i64,
}

impl Summary {
    /// The row of an incident that has just begun; any other event begins nothing.
    pub fn begin(id: &IncidentId, at: DateTime<Utc>, event: &IncidentEvent) -> Option<Self> {
        let IncidentEvent::Started { type_id, name, .. } = event else {
            return None;
        };
        Some(Self {
            id: id.clone(),
            type_id: type_id.clone(),
            name: name.clone(),
            started: at,
            standing: IncidentState::Open,
            ended: None,
            outcome: None,
            outcome_id: None,
            follow_ups: Vec::new(),
            to_step: None,
            reached: Vec::new(),
        })
    }

    /// Takes in the next event; says whether the row has changed.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        let measured = self.measure(at, event);
        self.follow_course(at, event) || measured
    }

    /// Takes in how fast it was handled; says whether the row has changed.
    fn measure(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        // The clock may have been set since: then its beginning was moved along.
        let after = (at - self.started).num_milliseconds().max(0);
        match event {
            IncidentEvent::StepMarked { mark, .. } if *mark == Mark::Open => return false,
            IncidentEvent::StepMarked { .. }
            | IncidentEvent::Answered { .. }
            | IncidentEvent::StepStarted { .. }
            | IncidentEvent::StepHanded { .. }
                if self.to_step.is_none() =>
            {
                self.to_step = Some(after);
            }
            IncidentEvent::Call(CallEvent::Called {
                role,
                place,
                answered: true,
                ..
            }) if self.reached.len() < MOST_REACHED => {
                self.reached.push(Reached {
                    role: role.clone(),
                    place: *place,
                    after,
                });
            }
            // The number that was tried last is the one meant. One that was answered after all
            // counts from when that was said: when it was made nobody has kept.
            IncidentEvent::Call(CallEvent::Corrected {
                role,
                place,
                outcome,
                ..
            }) => {
                let is_it = |one: &Reached| one.role == *role && one.place == *place;
                let known = self.reached.iter().rposition(is_it);
                match (outcome, known) {
                    (Outcome::Answered, None) if self.reached.len() < MOST_REACHED => {
                        self.reached.push(Reached {
                            role: role.clone(),
                            place: *place,
                            after,
                        });
                    }
                    (Outcome::NoAnswer | Outcome::NotMade, Some(place)) => {
                        self.reached.remove(place);
                    }
                    _ => return false,
                }
            }
            _ => return false,
        }
        true
    }

    /// What statistics count of it.
    pub fn fact(&self) -> IncidentFact<'_> {
        IncidentFact {
            type_id: &self.type_id,
            started: self.started,
            standing: self.standing,
            ended: self.ended,
            to_step: self.to_step,
            to_report: self.reached.first().map(|one| one.after),
        }
    }

    fn follow_course(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        let mut status = self.status();
        let changed = Course {
            started: &mut self.started,
            type_id: &mut self.type_id,
            name: &mut self.name,
            status: &mut status,
            follow_ups: &mut self.follow_ups,
        }
        .apply(at, event);
        let (outcome, words);
        (self.standing, self.ended, outcome, words) = match status {
            Status::Open => (IncidentState::Open, None, None, None),
            // Only the row says when that was.
            Status::Undone => (IncidentState::Undone, self.ended.or(Some(at)), None, None),
            Status::Closed { at, outcome, words } => {
                (IncidentState::Closed, Some(at), Some(outcome), Some(words))
            }
        };
        (self.outcome_id, self.outcome) = (outcome, words);
        changed
    }

    fn status(&self) -> Status {
        match (self.standing, self.ended) {
            (IncidentState::Closed, Some(at)) => Status::Closed {
                at,
                outcome: self.outcome_id.clone().unwrap_or_default(),
                words: self.outcome.clone().unwrap_or_default(),
            },
            (IncidentState::Undone, _) => Status::Undone,
            (IncidentState::Open | IncidentState::Closed, _) => Status::Open,
        }
    }

    /// Whether the tablet keeps it in mind: open, closed with something left to do, or closed
    /// after `since`, so that it can still be reopened.
    pub fn is_live(&self, since: DateTime<Utc>) -> bool {
        match self.standing {
            IncidentState::Open => true,
            IncidentState::Undone => false,
            IncidentState::Closed => {
                !self.follow_ups.is_empty() || self.ended.is_some_and(|ended| ended > since)
            }
        }
    }
}
