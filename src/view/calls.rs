//! Whom to call: the list of all contacts, and the card of one, on its own screen and in a guide.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, Image};

use super::{Screens, rows};
use crate::domain::calling::{LastCall, is_exhausted, number_to_try};
use crate::domain::dial;
use crate::domain::incident::Incident;
use crate::domain::phone;
use crate::domain::plan::{Group, IncidentType, POLICE, POLICE_SMS, Role, Text, UNCLASSIFIED};
use crate::i18n::calls::{self as scripts, Call, Occurrence};
use crate::i18n::{contacts as words, screen};
use crate::settings::{Contact, Settings};
use crate::{CallCard, Chip, ContactTile, Contacts, Screen};

/// The groups that share one place on the contacts screen.
const GROUPS: [Group; 3] = [Group::People, Group::Partners, Group::Regulator];

/// What the contacts screen shows beside the services' state.
#[derive(Default)]
pub(super) struct State {
    group: Cell<usize>,
    /// The role whose card is open, here or in a guide.
    card: RefCell<Option<String>>,
    /// Calls that belong to no incident: they are not recorded, but still lead to the next number.
    unrecorded: RefCell<HashMap<String, LastCall>>,
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
                me.acted(|me| me.close_card());
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
        if let Some(id) = self.in_focus() {
            self.services.incidents.open_contact(&id, role);
        }
        self.contacts.card.replace(Some(role.to_owned()));
    }

    pub(super) fn close_card(&self) {
        self.contacts.card.take();
    }

    /// The open incident that a call made now belongs to: that of the guide one is in, or has
    /// come from; else that of an evacuation, the guide shown last, the one last acted on.
    fn in_focus(&self) -> Option<String> {
        if self.alone {
            return None;
        }
        let incidents = &self.services.incidents;
        let open = |id: &String| incidents.get(id).is_some_and(|one| one.is_open());
        let shown = self.guide.incident.borrow().clone().filter(open);
        let leaving = incidents.evacuating().map(|one| one.id.clone());
        let first = if matches!(self.came_from(), Screen::Guide | Screen::Notice) {
            shown.clone().or(leaving)
        } else {
            leaving.or(shown)
        };
        first.or_else(|| incidents.latest_open())
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

    /// Notes what became of a call. One that nobody answered leads to the role's next number,
    /// and after the last to the step's next contact.
    fn called(&self, role: &str, answered: bool) {
        let count = self.count(role);
        if count == 0 {
            return;
        }
        let place = number_to_try(self.last_call(role), count);
        match self.in_focus() {
            Some(id) => {
                self.services.incidents.called(&id, role, place, answered);
            }
            None => {
                let last = LastCall {
                    at: self.services.clock.now(),
                    place,
                    answered,
                };
                self.contacts
                    .unrecorded
                    .borrow_mut()
                    .insert(role.to_owned(), last);
            }
        }
        let next = self.next_contact(role);
        if !answered
            && self.screen.get() == Screen::Guide
            && self.contacts.card.borrow().is_some()
            && let Some(next) = next
        {
            self.show_card(&next);
        }
    }

    /// The contact of the current step to call once all numbers of `role` are tried.
    fn next_contact(&self, role: &str) -> Option<String> {
        let roles = self.step_contacts();
        let tried = is_exhausted(self.last_call(role), self.count(role));
        let next = roles.get(self.calling(&roles)).filter(|_| tried)?;
        (next != role && roles.iter().any(|one| one == role)).then(|| next.clone())
    }

    /// Which of a step's contacts to call now: the first one that has not been tried in vain;
    /// once all have been, the one whose turn was longest ago.
    pub(super) fn calling(&self, roles: &[String]) -> usize {
        let reachable = roles.iter().enumerate();
        let mut reachable = reachable.filter(|(_, role)| self.count(role) > 0);
        let untried = reachable
            .clone()
            .find(|(_, role)| !is_exhausted(self.last_call(role), self.count(role)));
        untried
            .or_else(|| {
                reachable
                    .clone()
                    .min_by_key(|(_, role)| self.last_call(role).map(|last| last.at))
            })
            .or_else(|| reachable.next())
            .map_or(0, |(index, _)| index)
    }

    fn last_call(&self, role: &str) -> Option<LastCall> {
        match self.in_focus() {
            Some(id) => self.services.incidents.get(&id)?.last_call(role),
            None => self.contacts.unrecorded.borrow().get(role).copied(),
        }
    }

    /// How many numbers of a role may be shown on this display.
    fn count(&self, role: &str) -> usize {
        self.numbers(&self.services.settings(), role).len()
    }

    /// The numbers of a role that may be shown on this display.
    fn numbers<'a>(&'a self, settings: &'a Settings, role: &str) -> Vec<Contact<'a>> {
        let mut numbers = settings.contacts_of(role, &self.services.plan);
        // Customers stand before these.
        let turned = self.screen.get() == Screen::Contacts && self.before.get() == Screen::Notice;
        if self.alone || turned {
            numbers.retain(|one| one.public);
        }
        numbers
    }

    pub(super) fn draw_contacts(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let of = |group: Group| {
            let lang = lang.clone();
            let roles = self.services.plan.roles.iter();
            roles
                .filter(move |role| role.group == group)
                .filter(|role| !self.alone || self.count(&role.id) > 0)
                .map(move |role| self.tile(role, &lang, now))
        };
        self.rows.contacts.now.set(of(Group::Now));
        let group = self.contacts.group.get();
        self.rows.contacts.shown.set(of(GROUPS[group]));
        self.rows
            .contacts
            .groups
            .set(GROUPS.iter().map(|group| Chip {
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
        let role = open.and_then(|id| self.services.plan.role(&id));
        if let Some(role) = role {
            window.set_card(self.card(role, true, lang, now));
        }
        window.set_has_card(role.is_some());
    }

    fn tile(&self, role: &Role, lang: &str, now: DateTime<Utc>) -> ContactTile {
        let settings = self.services.settings();
        let numbers = self.numbers(&settings, &role.id);
        let first = numbers.first();
        let (number, extension) = screen::number(lang, first.map_or("", |contact| contact.number));
        ContactTile {
            role_id: role.id.as_str().into(),
            role: role.name.in_lang(lang).into(),
            number: number.into(),
            extension: extension.into(),
            stale: numbers.iter().any(|one| self.is_stale(one, now)),
        }
    }

    fn is_stale(&self, contact: &Contact<'_>, now: DateTime<Utc>) -> bool {
        let settings = self.services.settings();
        let today = now.with_timezone(&settings.branch.time_zone).date_naive();
        settings.is_stale(contact, today)
    }

    /// The card of a role; in full with what to say and to whom to write.
    pub(super) fn card(
        &self,
        role: &Role,
        in_full: bool,
        lang: &str,
        now: DateTime<Utc>,
    ) -> CallCard {
        let settings = self.services.settings();
        let zone = settings.branch.time_zone;
        let numbers = self.numbers(&settings, &role.id);
        let last = self.last_call(&role.id);
        let place = number_to_try(last, numbers.len());
        let contact = numbers.get(place.saturating_sub(1));
        let (number, extension) = screen::number(lang, contact.map_or("", |one| one.number));
        // A number for text messages alone is not dialled.
        let dialled = contact
            .filter(|_| role.id != POLICE_SMS)
            .and_then(|one| dial::tel(one.number));
        let stale = contact.is_some_and(|one| self.is_stale(one, now));
        let mut card = CallCard {
            role_id: role.id.as_str().into(),
            role: role.name.in_lang(lang).into(),
            when: role.when.in_lang(lang).into(),
            number: number.into(),
            extension: extension.into(),
            place: which(place, numbers.len()).into(),
            state: last
                .map_or_else(String::new, |last| {
                    words::last_call(lang, last.answered, &screen::time_of_day(last.at, zone))
                })
                .into(),
            // Nothing is known yet of the number that the last call has led to.
            answered: match last {
                Some(last) if last.place == place => 2 - i32::from(last.answered),
                _ => 0,
            },
            confirmed: contact
                .and_then(|one| one.confirmed)
                .map_or_else(String::new, |day| words::confirmed(lang, day, stale))
                .into(),
            stale,
            dial: self.drawn.picture(dialled.as_deref()),
            sms: Image::default(),
            sms_title: "".into(),
            script: "".into(),
            asks: "".into(),
        };
        if in_full {
            self.complete(&mut card, role, contact, lang);
        }
        card
    }

    fn complete(
        &self,
        card: &mut CallCard,
        role: &Role,
        contact: Option<&Contact<'_>>,
        lang: &str,
    ) {
        let incidents = &self.services.incidents;
        let settings = self.services.settings();
        let focus = self.in_focus();
        let incident = focus.as_deref().and_then(|id| incidents.get(id));
        let call = |aloud: bool| Call {
            branch: &settings.branch,
            role,
            incident: incident.as_ref().map(|one| self.occurrence(one, aloud)),
        };
        card.script = scripts::script(lang, &call(true)).join("\n").into();
        let asks: Vec<&str> = role.ask.iter().map(|ask| ask.in_lang(lang)).collect();
        card.asks = asks.join("  ").into();
        let by_sms = self.writes_to(role, contact);
        let text = scripts::sms(lang, &call(false));
        let payload = by_sms.as_deref().and_then(|to| dial::sms(to, &text));
        card.sms = self.drawn.picture(payload.as_deref());
        card.sms_title = by_sms
            .map_or_else(String::new, |to| words::write_to(lang, &to))
            .into();
    }

    /// The number that a text message to this role goes to, where one does.
    fn writes_to(&self, role: &Role, contact: Option<&Contact<'_>>) -> Option<String> {
        if [POLICE, POLICE_SMS].contains(&role.id.as_str()) {
            let settings = self.services.settings();
            let numbers = self.numbers(&settings, POLICE_SMS);
            return numbers.first().map(|one| one.number.to_owned());
        }
        contact
            .filter(|one| role.report && phone::is_mobile(one.number))
            .map(|one| one.number.to_owned())
    }

    /// What a call says of an incident. On the screen, and so aloud, nothing is named that the
    /// plan keeps from bystanders; a text message goes from phone to phone.
    fn occurrence<'a>(&'a self, incident: &'a Incident, aloud: bool) -> Occurrence<'a> {
        if incident.type_id == UNCLASSIFIED {
            return Occurrence {
                name: self.named_hazard(incident),
                started: incident.started,
            };
        }
        let kind = self.services.incidents.kind(incident);
        let hidden = kind.is_some_and(|kind| kind.public_name.is_some() || self.is_discreet(kind));
        let name: &Text = kind.map_or(&incident.name, |kind: &IncidentType| &kind.name);
        Occurrence {
            name: (!(aloud && hidden)).then_some(name),
            started: incident.started,
        }
    }

    /// What people leave for, where somebody has said so.
    fn named_hazard(&self, incident: &Incident) -> Option<&Text> {
        let named = incident.evacuation.as_ref()?.hazard.as_deref()?;
        self.services.plan.hazard(named).map(|hazard| &hazard.name)
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
