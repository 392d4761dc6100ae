//! What a touch does to a resuscitation.

use crate::Screen;
use crate::domain::ids::IncidentId;
use crate::domain::resuscitation::End;
use crate::view::ViewState;

impl ViewState {
    /// Begins a resuscitation in the incident whose guide is shown, or leads to the one that goes on
    /// there.
    pub fn resuscitate(&self) {
        let Some(id) = self.guide.shown() else {
            return;
        };
        if self.services.incidents.resuscitate(&id) {
            self.visit(Screen::Resuscitation);
        }
    }

    /// Shows the resuscitation that goes on in an incident; back leads to its guide.
    pub(in crate::view) fn show_resuscitation(&self, id: &IncidentId) {
        self.show_guide(id);
        self.visit(Screen::Resuscitation);
    }

    /// Back to the guide, while it goes on; at once after the tap, as opened by mistake.
    pub(super) fn leave_resuscitation(&self) {
        self.with_incident(|id| {
            self.services.incidents.undo_resuscitation(id);
        });
        self.go_back();
    }

    pub(super) fn end_resuscitation(&self, id: &IncidentId, end: End) {
        self.services.incidents.end_resuscitation(id, end);
        self.show_guide(id);
    }

    /// Whether the rhythm is on the screen, and goes on.
    pub(in crate::view) fn is_pressing(&self) -> bool {
        self.navigator.here() == Screen::Resuscitation
            && self.services.incidents.resuscitating().is_some()
    }
}
