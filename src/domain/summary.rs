//! What lists need to know of an incident: the projection's row, folded without the plan.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::incident::{FollowUp, IncidentEvent, Mark};
use super::plan::Text;

/// Where an incident stands, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
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
    /// UUIDv7.
    pub id: String,
    /// Its type today.
    pub type_id: String,
    /// The name of its type.
    pub name: Text,
    /// When it began.
    pub started: DateTime<Utc>,
    /// Where it stands.
    pub standing: Standing,
    /// When it was closed or undone.
    pub ended: Option<DateTime<Utc>>,
    /// The words of its outcome.
    pub outcome: Option<Text>,
    /// Follow-ups not yet settled.
    pub follow_ups: Vec<FollowUp>,
}

impl Summary {
    /// The row of an incident that has just begun; any other event begins nothing.
    pub fn begin(id: &str, at: DateTime<Utc>, event: &IncidentEvent) -> Option<Self> {
        let IncidentEvent::Started { type_id, name, .. } = event else {
            return None;
        };
        Some(Self {
            id: id.to_owned(),
            type_id: type_id.clone(),
            name: name.clone(),
            started: at,
            standing: Standing::Open,
            ended: None,
            outcome: None,
            follow_ups: Vec::new(),
        })
    }

    /// Takes in the next event; says whether the row has changed.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        match event {
            IncidentEvent::Started { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::Call(_)
            | IncidentEvent::Evacuation(_) => false,
            IncidentEvent::StepMarked { step, mark, .. } => {
                let before = self.follow_ups.len();
                if *mark != Mark::Open {
                    self.follow_ups.retain(|left| left.step != *step);
                }
                self.follow_ups.len() != before
            }
            IncidentEvent::Retyped { type_id, name } => {
                self.type_id.clone_from(type_id);
                self.name.clone_from(name);
                true
            }
            IncidentEvent::StartUndone {} => {
                self.standing = Standing::Undone;
                self.ended = Some(at);
                true
            }
            IncidentEvent::Closed {
                words, follow_ups, ..
            } => {
                self.standing = Standing::Closed;
                self.ended = Some(at);
                self.outcome = Some(words.clone());
                self.follow_ups.clone_from(follow_ups);
                true
            }
            IncidentEvent::CloseUndone {} | IncidentEvent::Reopened {} => {
                self.standing = Standing::Open;
                self.ended = None;
                self.outcome = None;
                self.follow_ups.clear();
                true
            }
        }
    }

    /// Whether the tablet keeps it in mind: open, closed with something left to do, or closed
    /// after `since`, so that it can still be reopened.
    pub fn is_live(&self, since: DateTime<Utc>) -> bool {
        match self.standing {
            Standing::Open => true,
            Standing::Undone => false,
            Standing::Closed => {
                !self.follow_ups.is_empty() || self.ended.is_some_and(|ended| ended > since)
            }
        }
    }
}
