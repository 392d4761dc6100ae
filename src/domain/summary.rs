//! What lists need to know of an incident: the projection's row, folded without the plan.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::incident::course::Course;
use super::incident::{FollowUp, IncidentEvent, Status};
use super::plan::Text;
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
    /// Follow-ups not yet settled.
    pub follow_ups: Vec<FollowUp>,
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
            follow_ups: Vec::new(),
        })
    }

    /// Takes in the next event; says whether the row has changed.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        let mut status = self.status();
        let changed = Course {
            started: &mut self.started,
            type_id: &mut self.type_id,
            name: &mut self.name,
            status: &mut status,
            follow_ups: &mut self.follow_ups,
        }
        .apply(at, event);
        (self.standing, self.ended, self.outcome) = match status {
            Status::Open => (IncidentState::Open, None, None),
            // Only the row says when that was.
            Status::Undone => (IncidentState::Undone, self.ended.or(Some(at)), None),
            Status::Closed { at, words, .. } => (IncidentState::Closed, Some(at), Some(words)),
        };
        changed
    }

    fn status(&self) -> Status {
        match (self.standing, self.ended) {
            (IncidentState::Closed, Some(at)) => Status::Closed {
                at,
                outcome: String::new(),
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
