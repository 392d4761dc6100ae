//! Contacts opened and called while an incident is open.

use super::incidents::Incidents;
use crate::domain::calling::CallEvent;
use crate::domain::incident::IncidentEvent;

impl Incidents {
    /// Notes that the card of `role` is in front of somebody. A role that the plan does not have
    /// and an incident that is not open are left alone.
    pub fn open_contact(&self, id: &str, role: &str) -> bool {
        self.about(id, role, |role, name| CallEvent::Opened { role, name })
    }

    /// Notes that a number of `role` was called: its place in the list, counted from 1.
    pub fn called(&self, id: &str, role: &str, place: usize, answered: bool) -> bool {
        self.about(id, role, |role, name| CallEvent::Called {
            role,
            name,
            place,
            answered,
        })
    }

    fn about(
        &self,
        id: &str,
        role: &str,
        event: impl FnOnce(String, crate::domain::plan::Text) -> CallEvent,
    ) -> bool {
        let open = self.get(id).is_some_and(|one| one.is_open());
        let Some(role) = self.plan.role(role).filter(|_| open) else {
            return false;
        };
        let event = event(role.id.clone(), role.name.clone());
        self.record(id, IncidentEvent::Call(event));
        true
    }
}
