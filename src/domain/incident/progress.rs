//! What an incident knows of its steps beside the last word on each: answers, conditions that hold, and
//! what is under way.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{IncidentEvent, StepRef};
use super::{Incident, Mark};
use crate::domain::clock::moved;

/// The answer to a question, and when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub answer: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The same of all steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::domain) struct Progress {
    answers: BTreeMap<StepRef, Given>,
    held: BTreeMap<StepRef, DateTime<Utc>>,
    under_way: BTreeMap<StepRef, DateTime<Utc>>,
}

impl Progress {
    pub(super) fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) {
        match event {
            IncidentEvent::Answered { step, answer, .. } => {
                let answer = answer.clone();
                self.answers.insert(step.clone(), Given { answer, at });
            }
            IncidentEvent::ConditionHeld { step, .. } => {
                // Who says it again has said it from the first time on.
                self.held.entry(step.clone()).or_insert(at);
            }
            IncidentEvent::StepStarted { step, .. } => {
                self.under_way.insert(step.clone(), at);
            }
            IncidentEvent::StepMarked { step, mark, .. } => {
                self.under_way.remove(step);
                // A question that is open again, or was left out, has no answer.
                self.answers.remove(step);
                if *mark == Mark::Open {
                    self.held.remove(step);
                }
            }
            _ => {}
        }
    }

    pub(super) fn shift(&mut self, by: TimeDelta) {
        for given in self.answers.values_mut() {
            given.at = moved(given.at, by);
        }
        for at in self.held.values_mut().chain(self.under_way.values_mut()) {
            *at = moved(*at, by);
        }
    }
}

impl Incident {
    /// What a question of a guide was answered with.
    pub fn given(&self, step: &StepRef) -> Option<&Given> {
        self.progress.answers.get(step)
    }

    /// Since when the condition of a step is known to hold.
    pub fn held_since(&self, step: &StepRef) -> Option<DateTime<Utc>> {
        self.progress.held.get(step).copied()
    }

    /// Since when a step is under way.
    pub fn under_way_since(&self, step: &StepRef) -> Option<DateTime<Utc>> {
        self.progress.under_way.get(step).copied()
    }
}
