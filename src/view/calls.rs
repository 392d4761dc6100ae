//! Whom to call: the list of all contacts, on its own screen and where it is visited from.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use slint::ComponentHandle;

use super::{Screens, rows};
use crate::domain::calling::LastCall;
use crate::domain::incident::Incident;
use crate::domain::phone;
use crate::domain::plan::{Group, IncidentType, Role};
use crate::i18n::{contacts as words, screen};
use crate::service::in_force::Current;
use crate::settings::Contact;
use crate::{Chip, ContactTile, Contacts, Screen};

/// The groups that share one place on the contacts screen.
const GROUPS: [Group; 3] = [Group::People, Group::Partners, Group::Regulator];

/// What the contacts screen shows beside the services' state.
#[derive(Default)]
pub(super) struct State {
    group: Cell<usize>,
    /// The role whose card is open, here or in a guide.
    pub(super) card: RefCell<Option<String>>,
    /// The role of that card, where all its numbers had been tried in vain before it was opened:
    /// they are tried anew.
    pub(super) anew: RefCell<Option<String>>,
    /// The role from which that card has turned, since nobody answered.
    pub(super) turned_from: RefCell<Option<String>>,
    /// That card was opened from the posted face: it shows what customers may know, and leads
    /// back there.
    from_posted: Cell<bool>,
    /// Calls that belong to no incident: they are not recorded, but still lead to the next number.
    pub(super) unrecorded: RefCell<HashMap<String, LastCall>>,
}

/// The models of the contacts screen.
#[derive(Default)]
pub(super) struct Rows {
    now: rows::Rows<ContactTile>,
    shown: rows::Rows<ContactTile>,
    groups: rows::Rows<Chip>,
}

impl Screens {
    pub(super) fn bind_calls(self: &Rc<Self>) {
        let contacts = self.window.global::<Contacts<'_>>();
        contacts.set_now(self.rows.contacts.now.model());
        contacts.set_shown(self.rows.contacts.shown.model());
        contacts.set_groups(self.rows.contacts.groups.model());

        let me = Rc::downgrade(self);
        contacts.on_open(move |role| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show_card(&role));
            }
        });
        let me = Rc::downgrade(self);
        contacts.on_close(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.leave_card());
            }
        });
        let me = Rc::downgrade(self);
        contacts.on_choose(move |group| {
            if let Some(me) = me.upgrade() {
                let group = usize::try_from(group).unwrap_or(0);
                me.acted(|me| me.contacts.group.set(group.min(GROUPS.len() - 1)));
            }
        });
        let me = Rc::downgrade(self);
        contacts.on_called(move |role, answered| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.called(&role, answered));
            }
        });
    }

    /// Opens the card of a role where the screen stands.
    pub fn show_card(&self, role: &str) {
        if let Some(id) = self.concerned(role) {
            self.services.incidents.open_contact(&id, role);
        }
        let anew = self.is_tried_in_vain(role).then(|| role.to_owned());
        self.contacts.anew.replace(anew);
        self.contacts.turned_from.take();
        self.contacts.card.replace(Some(role.to_owned()));
    }

    pub(super) fn close_card(&self) {
        self.contacts.card.take();
        self.contacts.anew.take();
        self.contacts.turned_from.take();
        self.contacts.from_posted.set(false);
    }

    /// Closes the card, and leads back to where it was opened from.
    fn leave_card(&self) {
        let from_posted = self.contacts.from_posted.get();
        self.close_card();
        if from_posted {
            self.show(Screen::Posted);
        }
    }

    /// Opens a number of the posted face for whoever stands before it: the card of its role, or,
    /// of the complaint line, its code.
    pub(super) fn open_posted(&self, role: &str) {
        if role.is_empty() {
            self.visit(Screen::Codes);
            return;
        }
        self.visit(Screen::Contacts);
        self.contacts.from_posted.set(true);
        self.show_card(role);
    }

    /// The open incident that a call made now belongs to: that of the guide one is in, or has
    /// come from; else that of an evacuation, the guide shown last, the one last acted on.
    pub(super) fn in_focus(&self) -> Option<String> {
        if self.display_only {
            return None;
        }
        let incidents = &self.services.incidents;
        let open = |id: &String| incidents.get(id).is_some_and(|one| one.is_open());
        let shown = self.guide.incident.borrow().clone().filter(open);
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
    pub(super) fn concerned(&self, role: &str) -> Option<String> {
        let focus = self.in_focus()?;
        let incidents = &self.services.incidents;
        let asks = |one: &Incident| {
            incidents.kind(one).is_some_and(|kind| {
                let mut steps = kind.steps.iter();
                steps.any(|step| step.contacts.iter().any(|it| it == role))
            })
        };
        let here = self.screen.get() == Screen::Guide;
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
    pub(super) fn guided(&self) -> Option<String> {
        let guided = matches!(self.came_from(), Screen::Guide | Screen::Notice);
        self.guide.incident.borrow().clone().filter(|_| guided)
    }

    /// Whether customers may be standing before the screen: it is the notice to them, or what
    /// they may ask for from there or from the posted face.
    pub(super) fn is_turned(&self) -> bool {
        self.screen.get() == Screen::Notice
            || matches!(self.screen.get(), Screen::Contacts | Screen::Codes)
                && matches!(self.before.get(), Screen::Notice | Screen::Posted)
    }

    /// The screen that is shown, or from which the contacts are visited.
    fn came_from(&self) -> Screen {
        match self.screen.get() {
            Screen::Contacts | Screen::Codes => self.before.get(),
            here => here,
        }
    }

    /// Nobody is there any more: the next one begins with the first group and the first numbers.
    pub(super) fn forget_calls(&self) {
        self.contacts.group.set(0);
        self.contacts.unrecorded.borrow_mut().clear();
    }

    /// How many numbers of a role may be shown on this display.
    pub(super) fn count(&self, role: &str) -> usize {
        self.numbers(&self.services.in_force.now(), role).len()
    }

    /// The numbers of a role that may be shown on this display.
    pub(super) fn numbers<'a>(&self, now: &'a Current, role: &str) -> Vec<Contact<'a>> {
        let mut numbers = now.settings.contacts_of(role, &now.plan);
        // Customers stand before these.
        let turned = self.screen.get() == Screen::Contacts
            && (self.before.get() == Screen::Notice || self.contacts.from_posted.get());
        if self.display_only || turned {
            numbers.retain(|one| one.public);
        }
        numbers
    }

    pub(super) fn draw_contacts(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let plan = self.services.plan();
        let of = |group: Group| {
            let lang = lang.clone();
            (plan.roles.iter())
                .filter(move |role| role.group == group)
                // Customers are shown no gaps.
                .filter(|role| !(self.display_only || self.is_turned()) || self.count(&role.id) > 0)
                .map(move |role| self.tile(role, &lang, now))
        };
        self.rows.contacts.now.set(of(Group::Now));
        let groups: Vec<Group> = GROUPS
            .into_iter()
            .filter(|group| of(*group).next().is_some())
            .collect();
        let group = self
            .contacts
            .group
            .get()
            .min(groups.len().saturating_sub(1));
        let shown = groups.get(group).into_iter();
        self.rows
            .contacts
            .shown
            .set(shown.flat_map(|group| of(*group)));
        self.rows
            .contacts
            .groups
            .set(groups.iter().map(|group| Chip {
                id: group_id(*group).into(),
                label: words::group(&lang, *group).into(),
            }));
        let window = self.window.global::<Contacts<'_>>();
        window.set_group(i32::try_from(group).unwrap_or(0));
        self.draw_card(&lang, now);
    }

    /// The card that is open, if one is.
    pub(super) fn draw_card(&self, lang: &str, now: DateTime<Utc>) {
        let window = self.window.global::<Contacts<'_>>();
        let open = self.contacts.card.borrow().clone();
        let plan = self.services.plan();
        let role = open.and_then(|id| plan.role(&id));
        if let Some(role) = role {
            window.set_card(self.card(role, true, lang, now));
        }
        window.set_has_card(role.is_some());
    }

    fn tile(&self, role: &Role, lang: &str, now: DateTime<Utc>) -> ContactTile {
        let current = self.services.in_force.now();
        let numbers = self.numbers(&current, &role.id);
        let first = numbers.first();
        let (mut number, extension) =
            screen::number(lang, first.map_or("", |contact| contact.number));
        // Whoever passes by the posted face is not to read a colleague's own mobile off it.
        if self.is_turned() && first.is_some_and(|one| !one.public) {
            number = phone::veiled(&number);
        }
        ContactTile {
            role_id: role.id.as_str().into(),
            role: role.name.in_lang(lang).into(),
            number: number.into(),
            extension: extension.into(),
            stale: numbers.iter().any(|one| self.is_stale(one, now)),
        }
    }

    pub(super) fn is_stale(&self, contact: &Contact<'_>, now: DateTime<Utc>) -> bool {
        let settings = self.services.settings();
        let today = now.with_timezone(&settings.branch.time_zone).date_naive();
        settings.is_stale(contact, today)
    }

    /// Whether the guide of this type keeps its subject from bystanders.
    pub(super) fn is_discreet(&self, kind: &IncidentType) -> bool {
        kind.discreet && self.services.settings().screen.discreet_guide
    }
}

/// A group as the plan writes it.
pub(super) fn group_id(group: Group) -> &'static str {
    match group {
        Group::Now => "now",
        Group::People => "people",
        Group::Partners => "partners",
        Group::Regulator => "regulator",
    }
}

/// Which of several numbers this is; nothing for an only one.
pub(super) fn which(place: usize, of: usize) -> String {
    if of > 1 {
        format!("{place}/{of}")
    } else {
        String::new()
    }
}
