//! What an incident knows of its steps beside the last word on each: answers, conditions that hold, and
//! what is under way.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{IncidentEvent, StepRef};
use super::{Incident, Mark};
use crate::domain::clock::moved;
use crate::domain::plan::Text;

/// The answer to a question, and when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub answer: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A step that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who has it, where it was handed to somebody: the words for that one.
    pub with: Option<Text>,
}

/// When a prompt was last heeded or put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heeded {
    /// When.
    pub at: DateTime<Utc>,
    /// What it asked for was done.
    pub done: bool,
}

/// The same of all steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::domain) struct Progress {
    answers: BTreeMap<StepRef, Given>,
    held: BTreeMap<StepRef, DateTime<Utc>>,
    under_way: BTreeMap<StepRef, UnderWay>,
    prompted: BTreeMap<StepRef, Heeded>,
    alone: bool,
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
                let begun = UnderWay {
                    since: at,
                    with: None,
                };
                self.under_way.insert(step.clone(), begun);
            }
            IncidentEvent::StepHanded { step, name, .. } => {
                let handed = UnderWay {
                    since: at,
                    with: Some(name.clone()),
                };
                self.under_way.insert(step.clone(), handed);
            }
            IncidentEvent::AloneSet { alone } => self.alone = *alone,
            IncidentEvent::Prompted { prompt, done, .. } => {
                self.prompted
                    .insert(prompt.clone(), Heeded { at, done: *done });
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
        let heeded = self.prompted.values_mut().map(|one| &mut one.at);
        for at in self.held.values_mut().chain(heeded) {
            *at = moved(*at, by);
        }
        for begun in self.under_way.values_mut() {
            begun.since = moved(begun.since, by);
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

    /// A step that is under way, if it is.
    pub fn under_way(&self, step: &StepRef) -> Option<&UnderWay> {
        self.progress.under_way.get(step)
    }

    /// When a prompt was last heeded or put off.
    pub fn prompted(&self, prompt: &StepRef) -> Option<Heeded> {
        self.progress.prompted.get(prompt).copied()
    }

    /// Whether whoever handles it is alone.
    pub fn is_alone(&self) -> bool {
        self.progress.alone
    }
}
