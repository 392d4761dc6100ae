//! What an incident's events make of its type and standing: folded here alone, for the guide and
//! for the lists.

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{FollowUp, IncidentEvent, Mark, Status};
use crate::domain::clock::{jump, moved};
use crate::domain::plan::Text;

/// The part of an incident's state that every view of it needs.
pub(in crate::domain) struct Course<'a> {
    pub(in crate::domain) started: &'a mut DateTime<Utc>,
    pub(in crate::domain) type_id: &'a mut String,
    pub(in crate::domain) name: &'a mut Text,
    pub(in crate::domain) status: &'a mut Status,
    pub(in crate::domain) follow_ups: &'a mut Vec<FollowUp>,
}

impl Course<'_> {
    /// Takes in the next event; says whether anything has changed.
    pub(in crate::domain) fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) -> bool {
        match event {
            IncidentEvent::Started { .. }
            | IncidentEvent::Answered { .. }
            | IncidentEvent::ConditionHeld { .. }
            | IncidentEvent::StepStarted { .. }
            | IncidentEvent::StepHanded { .. }
            | IncidentEvent::AloneSet { .. }
            | IncidentEvent::Prompted { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::NoteStruck { .. }
            | IncidentEvent::Written { .. }
            | IncidentEvent::Erased { .. }
            | IncidentEvent::Held { .. }
            | IncidentEvent::Released { .. }
            | IncidentEvent::Call(_)
            | IncidentEvent::Evacuation(_)
            | IncidentEvent::Resuscitation(_) => return false,
            IncidentEvent::StepMarked { step, mark, .. } => {
                let before = self.follow_ups.len();
                if *mark != Mark::Open {
                    self.follow_ups.retain(|left| left.step != *step);
                }
                return self.follow_ups.len() != before;
            }
            IncidentEvent::Retyped { type_id, name, .. } => {
                self.type_id.clone_from(type_id);
                self.name.clone_from(name);
            }
            IncidentEvent::StartUndone {} => *self.status = Status::Undone,
            IncidentEvent::Closed {
                outcome,
                words,
                follow_ups,
            } => {
                *self.status = Status::Closed {
                    at,
                    outcome: outcome.clone(),
                    words: words.clone(),
                };
                self.follow_ups.clone_from(follow_ups);
            }
            IncidentEvent::CloseUndone {} | IncidentEvent::Reopened {} => {
                *self.status = Status::Open;
                self.follow_ups.clear();
            }
            IncidentEvent::ClockJumped { by_ms } => self.shift(jump(*by_ms)),
        }
        true
    }

    fn shift(&mut self, by: TimeDelta) {
        *self.started = moved(*self.started, by);
        if let Status::Closed { at, .. } = self.status {
            *at = moved(*at, by);
        }
        for left in self.follow_ups.iter_mut() {
            left.due = moved(left.due, by);
        }
    }
}
