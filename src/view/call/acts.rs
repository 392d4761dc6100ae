//! What a touch does on the contacts, and which incident a call belongs to.

use super::presenter::GROUPS;
use crate::Screen;
use crate::config::settings::Contact;
use crate::domain::ids::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::plan::IncidentType;
use crate::service::in_force::Current;
use crate::view::ViewState;

impl ViewState {
    /// Opens the card of a role where the screen stands.
    pub fn show_card(&self, role: &str) {
        if let Some(id) = self.concerned(role) {
            self.services.incidents.open_contact(&id, role);
        }
        let anew = self.is_tried_in_vain(role).then(|| role.to_owned());
        self.calls.anew.replace(anew);
        self.calls.turned_from.take();
        self.calls.card.replace(Some(role.to_owned()));
    }

    /// Whether somebody may be on the telephone with a card before them.
    pub(in crate::view) fn has_open_card(&self) -> bool {
        self.calls.card.borrow().is_some()
    }

    /// No card is open any more.
    pub(in crate::view) fn close_card(&self) {
        self.calls.card.take();
        self.calls.anew.take();
        self.calls.turned_from.take();
        self.calls.from_posted.set(false);
    }

    /// Closes the card, and leads back to where it was opened from.
    pub(super) fn leave_card(&self) {
        let from_posted = self.calls.from_posted.get();
        self.close_card();
        if from_posted {
            self.show(Screen::Posted);
        }
    }

    /// Shows another group of the list.
    pub(super) fn choose_group(&self, group: i32) {
        let group = usize::try_from(group).unwrap_or(0);
        self.calls.group.set(group.min(GROUPS.len() - 1));
    }

    /// Opens a number of the posted face for whoever stands before it: the card of its role, or,
    /// of the complaint line, its code.
    pub(in crate::view) fn open_posted(&self, role: &str) {
        if role.is_empty() {
            self.visit(Screen::Codes);
            return;
        }
        self.visit(Screen::Contacts);
        self.calls.from_posted.set(true);
        self.show_card(role);
    }

    /// The open incident that a call made now belongs to: that of the guide one is in, or has
    /// come from; else that of an evacuation, the guide shown last, the one last acted on.
    fn in_focus(&self) -> Option<IncidentId> {
        if self.navigator.is_display_only() {
            return None;
        }
        let incidents = &self.services.incidents;
        let open = |id: &IncidentId| incidents.get(id).is_some_and(|one| one.is_open());
        let shown = self.guide.shown().filter(open);
        let leaving = incidents.evacuating().map(|one| one.id.clone());
        let first = if self.guided().is_some() {
            shown.clone().or(leaving)
        } else {
            leaving.or(shown)
        };
        first.or_else(|| incidents.latest_open())
    }

    /// The open incident that a call to `role` made now belongs to: the one in focus, unless its
    /// guide does not ask for that role while another one's does. Within a guide, its own.
    pub(super) fn concerned(&self, role: &str) -> Option<IncidentId> {
        let focus = self.in_focus()?;
        let incidents = &self.services.incidents;
        let asks = |one: &Incident| {
            incidents.kind(one).is_some_and(|kind| {
                let mut steps = kind.steps.iter();
                steps.any(|step| step.contacts.iter().any(|it| it == role))
            })
        };
        let here = matches!(
            self.navigator.here(),
            Screen::Guide | Screen::Aid | Screen::Resuscitation
        );
        if here || incidents.get(&focus).is_some_and(|one| asks(&one)) {
            return Some(focus);
        }
        let open = incidents.open().into_iter();
        let asking = open
            .filter(|one| asks(one))
            .max_by_key(|one| one.last_act());
        Some(asking.map_or(focus, |one| one.id.clone()))
    }

    /// The guide that is shown, or from which the contacts are visited or the tablet is turned.
    pub(in crate::view) fn guided(&self) -> Option<IncidentId> {
        let guided = matches!(
            self.navigator.came_from(),
            Screen::Guide | Screen::PublicNotice
        );
        self.guide.shown().filter(|_| guided)
    }

    /// Nobody is there any more: the next one begins with the first group and the first numbers.
    pub(in crate::view) fn forget_calls(&self) {
        self.calls.group.set(0);
        self.calls.unrecorded.borrow_mut().clear();
    }

    /// How many numbers of a role may be shown on this display.
    pub(super) fn count(&self, role: &str) -> usize {
        self.numbers_of(&self.services.in_force.now(), role).len()
    }

    /// The numbers of a role that may be shown on this display.
    pub(super) fn numbers_of<'a>(&self, now: &'a Current, role: &str) -> Vec<Contact<'a>> {
        let mut numbers = now.settings.contacts_of(role, &now.plan);
        // Customers stand before these.
        let turned = self.navigator.here() == Screen::Contacts
            && (self.navigator.before() == Screen::PublicNotice || self.calls.from_posted.get());
        if self.navigator.is_display_only() || turned {
            numbers.retain(|one| one.public);
        }
        numbers
    }

    /// Whether the guide of this type keeps its subject from bystanders.
    pub(in crate::view) fn is_discreet(&self, kind: &IncidentType) -> bool {
        kind.discreet && self.services.settings().screen.discreet_guide
    }
}
