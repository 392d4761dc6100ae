//! Contacts opened and called while an incident is open, and what was said of a call put right.

use super::incidents::Incidents;
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::IncidentEvent;
use crate::domain::plan::DoneBy;

impl Incidents {
    /// Notes that the card of `role` is in front of somebody. A role that the plan does not have
    /// and an incident that is not open are left alone.
    pub fn open_contact(&self, id: &IncidentId, role: &str) -> bool {
        self.about(id, role, |role, name| CallEvent::Opened { role, name })
    }

    /// Notes that a number of `role` was called: its place in the list, counted from 1. Where
    /// somebody answered, the step that is that call is done with it.
    pub fn called(&self, id: &IncidentId, role: &str, place: usize, answered: bool) -> bool {
        let noted = self.about(id, role, |role, name| CallEvent::Called {
            role,
            name,
            place,
            answered,
        });
        if noted && answered {
            self.settle_by(id, DoneBy::Call, Some(role));
        }
        noted
    }

    /// Puts right what was said of a call, named by its entry: that stays in the record.
    pub fn correct_call(&self, id: &IncidentId, entry: &EntryId, outcome: Outcome) -> bool {
        let event = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let line = one.log.iter().find(|line| line.entry == *entry)?;
            let IncidentEvent::Call(CallEvent::Called {
                role, name, place, ..
            }) = &line.event
            else {
                return None;
            };
            (one.call_outcome(entry)? != outcome).then(|| CallEvent::Corrected {
                entry: entry.clone(),
                role: role.clone(),
                name: name.clone(),
                place: *place,
                outcome,
            })
        });
        event
            .map(|event| self.record(id, IncidentEvent::Call(event)))
            .is_some()
    }

    fn about(
        &self,
        id: &IncidentId,
        role: &str,
        event: impl FnOnce(String, crate::domain::plan::Text) -> CallEvent,
    ) -> bool {
        let open = self.get(id).is_some_and(|one| one.is_open());
        // Who is called is the branch's business of today, whichever plan the incident follows.
        let plan = self.in_force.plan();
        let Some(role) = plan.role(role).filter(|_| open) else {
            return false;
        };
        let event = event(role.id.clone(), role.name.clone());
        self.record(id, IncidentEvent::Call(event));
        true
    }
}
