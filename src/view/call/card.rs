//! The card of one contact: its number and code, what to say, and whom to write to.

use chrono::{DateTime, Utc};
use slint::Image;

use super::presenter::{is_stale, which};
use super::so_far::so_far;
use crate::config::settings::Contact;
use crate::domain::dial;
use crate::domain::guide::Guide;
use crate::domain::hazard::{is_of_named_type, named_hazard};
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::{IncidentType, POLICE, POLICE_SMS, Plan, Role, Text, UNCLASSIFIED};
use crate::i18n::calls::{self as scripts, Call, Occurrence};
use crate::i18n::{contacts as words, screen};
use crate::view::ViewState;
use crate::{Answered, CallCard};

/// The card that is open, with what to say; none where none is.
pub fn present(state: &ViewState) -> Option<CallCard> {
    let open = state.calls.card.borrow().clone()?;
    let plan = state.services().plan();
    let role = plan.role(&open)?;
    Some(state.card(role, true, &state.lang(), state.now()))
}

impl ViewState {
    /// The card of a role; in full with what to say and to whom to write.
    pub(in crate::view) fn card(
        &self,
        role: &Role,
        in_full: bool,
        lang: &Lang,
        now: DateTime<Utc>,
    ) -> CallCard {
        let current = self.services.in_force.now();
        let settings = &current.settings;
        let numbers = self.numbers_of(&current, &role.id);
        let last = self.last_call(&role.id);
        let place = self.place_to_try(&role.id, numbers.len());
        let contact = numbers.get(place.saturating_sub(1));
        let written = contact.map_or("", |one| one.number);
        let (number, extension) = screen::number_in_groups(lang, written, settings.here());
        // A number for text messages alone is not dialled, and an extension of the firm's own is
        // reached from its own telephones alone.
        let is_internal = |number: &str| {
            let found = phone::identify(number, settings.here());
            found.is_ok_and(|(_, kind)| kind == phone::Kind::Internal)
        };
        let dialled = contact
            .filter(|one| role.id != POLICE_SMS && !is_internal(one.number))
            .and_then(|one| dial::tel(one.number));
        let stale = contact.is_some_and(|one| is_stale(self, one, now));
        let mut card = CallCard {
            role_id: role.id.as_str().into(),
            role: role.name.in_lang(lang).into(),
            when: role.when.in_lang(lang).into(),
            number: number.into(),
            extension: extension.into(),
            place: which(place, numbers.len()).into(),
            state: self.call_state(role, place, contact, lang).into(),
            lead: "".into(),
            // Nothing is known yet of the number that the last call has led to.
            answered: match last {
                Some(last) if last.place == place && last.answered => Answered::Yes,
                Some(last) if last.place == place => Answered::No,
                _ => Answered::Unknown,
            },
            confirmed: contact
                .filter(|one| !one.national)
                .map_or_else(String::new, |one| {
                    words::confirmed(lang, one.confirmed.filter(|_| one.ever), stale)
                })
                .into(),
            stale,
            next: self
                .after_no_answer(role, place, numbers.len(), lang)
                .into(),
            dial: self.pictures.get(dialled.as_deref()),
            sms: Image::default(),
            sms_title: "".into(),
            script: "".into(),
            asks: "".into(),
            asks_in_line: "".into(),
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
        lang: &Lang,
    ) {
        let incidents = &self.services.incidents;
        let settings = self.services.settings();
        // Customers before the posted face are not told what goes on.
        let concerned = self
            .concerned(&role.id)
            .filter(|_| !self.navigator.is_turned());
        let incident = concerned.as_ref().and_then(|id| incidents.get(id));
        let plan = (incident.as_ref()).map(|one| self.services.incidents.plan_of(one));
        let told = incident.as_ref().zip(plan.as_ref());
        let kind = told.and_then(|(one, plan)| plan.incident(&one.type_id));
        let open_to_all = kind.filter(|kind| !self.is_kept_from_bystanders(kind));
        let so_far = told
            .zip(open_to_all)
            .map_or_else(Vec::new, |((one, plan), kind)| {
                so_far(plan, kind, one, &role.id, lang)
            });
        let call = |aloud: bool| Call {
            branch: &settings.branch,
            role,
            incident: told.map(|(one, plan)| self.occurrence(plan, one, aloud)),
            so_far: &so_far,
        };
        card.script = scripts::script(lang, &call(true)).join("\n").into();
        let asks: Vec<&str> = role.ask.iter().map(|ask| ask.in_lang(lang)).collect();
        card.asks = asks.join("\n").into();
        card.asks_in_line = scripts::in_a_row(lang, &asks).into();
        let by_sms = self.writes_to(role, contact);
        let text = scripts::sms(lang, &call(false));
        let payload = by_sms.as_deref().and_then(|to| dial::sms(to, &text));
        card.sms = self.pictures.get(payload.as_deref());
        card.sms_title = by_sms
            .map_or_else(String::new, |to| {
                let (shown, _) = screen::number_in_groups(lang, &to, settings.here());
                words::write_to(lang, &shown)
            })
            .into();
    }

    /// The number that a text message to this role goes to, where one does.
    fn writes_to(&self, role: &Role, contact: Option<&Contact<'_>>) -> Option<String> {
        if [POLICE, POLICE_SMS].contains(&role.id.as_str()) {
            let now = self.services.in_force.now();
            let numbers = self.numbers_of(&now, POLICE_SMS);
            return numbers.first().map(|one| one.number.to_owned());
        }
        contact
            .filter(|one| role.report && phone::is_mobile(one.number))
            .map(|one| one.number.to_owned())
    }

    /// What a call says of an incident. On the screen, and so aloud, nothing is named that the
    /// plan keeps from bystanders; a text message goes from phone to phone.
    fn occurrence<'a>(
        &self,
        plan: &'a Plan,
        incident: &'a Incident,
        aloud: bool,
    ) -> Occurrence<'a> {
        if incident.type_id == UNCLASSIFIED || is_refuted(plan, incident) {
            return Occurrence {
                name: named(plan, incident),
                police_words: None,
                known: None,
                started: incident.started,
            };
        }
        let kind = plan.incident(&incident.type_id);
        let hidden = kind.is_some_and(|kind| self.is_kept_from_bystanders(kind));
        let name: &Text = kind.map_or(&incident.name, |kind: &IncidentType| &kind.name);
        Occurrence {
            name: (!(aloud && hidden)).then_some(name),
            police_words: kind.and_then(|kind| kind.police_words.as_ref()),
            known: kind.and_then(|kind| first_answer(incident, kind)),
            started: incident.started,
        }
    }

    /// Whether nobody beside the tablet is to hear what the incident is.
    fn is_kept_from_bystanders(&self, kind: &IncidentType) -> bool {
        kind.public_name.is_some() || self.is_discreet(kind)
    }
}

/// What the first question of its guide was answered with.
fn first_answer<'a>(incident: &'a Incident, kind: &'a IncidentType) -> Option<&'a Text> {
    let guide = Guide::of(incident, kind);
    let answer = guide.steps.iter().find_map(|one| one.answer)?;
    Some(&answer.name)
}

/// What people leave for, where somebody has said so and it was no false alarm.
fn named<'a>(plan: &'a Plan, incident: &Incident) -> Option<&'a Text> {
    let named = named_hazard(plan, incident)?;
    (!was_false_alarm(incident)).then_some(&named.name)
}

/// Whether the incident is of its type only because of a hazard that there turned out not to be.
fn is_refuted(plan: &Plan, incident: &Incident) -> bool {
    was_false_alarm(incident) && is_of_named_type(plan, incident)
}

fn was_false_alarm(incident: &Incident) -> bool {
    let evacuation = incident.evacuation.as_ref();
    evacuation.is_some_and(|one| one.was_false_alarm())
}
