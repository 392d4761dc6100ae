//! What an incident knows of its calls.

use super::{Incident, IncidentEvent};
use crate::domain::calling::{CallEvent, LastCall, Outcome};
use crate::domain::ids::EntryId;

impl Incident {
    /// The last call to `role` that the record knows of.
    pub fn last_call(&self, role: &str) -> Option<LastCall> {
        let mut calls: Vec<_> = self
            .latest()
            .filter_map(|(at, line)| match &line.event {
                IncidentEvent::Call(CallEvent::Called {
                    role: called,
                    place,
                    ..
                }) if called == role => match self.call_outcome(&line.entry)? {
                    Outcome::NotMade => None,
                    outcome => Some((at, *place, outcome == Outcome::Answered)),
                },
                _ => None,
            })
            .collect();
        calls.reverse();
        calls
            .into_iter()
            .fold(None, |before, (at, place, answered)| {
                Some(LastCall::after(before, at, place, answered))
            })
    }

    /// What became of the call of this entry, by the last word on it; none where it is no call.
    pub fn call_outcome(&self, call: &EntryId) -> Option<Outcome> {
        self.log.iter().rev().find_map(|line| match &line.event {
            IncidentEvent::Call(CallEvent::Corrected { entry, outcome, .. }) if entry == call => {
                Some(*outcome)
            }
            IncidentEvent::Call(CallEvent::Called { answered, .. }) if line.entry == *call => {
                Some(if *answered {
                    Outcome::Answered
                } else {
                    Outcome::NoAnswer
                })
            }
            _ => None,
        })
    }
}
