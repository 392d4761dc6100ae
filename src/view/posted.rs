//! The posted face, and the notice that the tablet shows when it is turned to customers.

use std::rc::Rc;

use slint::ComponentHandle;

use super::{Screens, rows};
use crate::domain::plan::{Group, IncidentType, Role};
use crate::i18n::posted as words;
use crate::service::Services;
use crate::{Notice, Posted, PostedNumber, Screen};

/// The models of the posted face.
#[derive(Default)]
pub(super) struct Rows {
    now: rows::Rows<PostedNumber>,
    numbers: rows::Rows<PostedNumber>,
}

/// A number that customers may read.
pub(super) struct PublicNumber<'a> {
    role: Option<&'a Role>,
    pub(super) name: &'a str,
    pub(super) number: String,
    /// The branch's own, not one of the whole country.
    pub(super) own: bool,
}

impl Screens {
    pub(super) fn bind_posted(self: &Rc<Self>) {
        let posted = self.window.global::<Posted<'_>>();
        posted.set_now(self.rows.posted.now.model());
        posted.set_numbers(self.rows.posted.numbers.model());
        posted.set_alone(self.alone);

        let me = Rc::downgrade(self);
        posted.on_wake(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show(Screen::Board));
            }
        });
        let me = Rc::downgrade(self);
        posted.on_resume(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    if !me.take_up() {
                        me.show(Screen::Board);
                    }
                });
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Notice<'_>>().on_turn_back(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    if !me.take_up() {
                        me.show(Screen::Board);
                    }
                });
            }
        });
    }

    pub(super) fn draw_posted(&self) {
        let lang = self.lang();
        let Services {
            plan, incidents, ..
        } = &self.services;
        let posted = self.window.global::<Posted<'_>>();
        posted.set_notice(words::advice(&lang).into());
        let open = incidents.open().len();
        let running = if open == 0 {
            String::new()
        } else {
            words::running(&lang, open)
        };
        posted.set_running(running.into());
        let numbers = self.public_numbers(&lang);
        let entry = |one: &PublicNumber<'_>| PostedNumber {
            role_id: one.role.map_or("", |role| role.id.as_str()).into(),
            name: one.name.into(),
            number: one.number.as_str().into(),
            hours: one.role.map_or("", |role| self.hours(role, &lang)).into(),
        };
        let is_now =
            |one: &&PublicNumber<'_>| one.role.is_some_and(|role| role.group == Group::Now);
        self.rows
            .posted
            .now
            .set(numbers.iter().filter(is_now).map(entry));
        let own = numbers.iter().filter(|one| one.own);
        let national = numbers.iter().filter(|one| !one.own && !is_now(one));
        self.rows.posted.numbers.set(own.chain(national).map(entry));
        debug_assert!(plan.languages.contains(&lang) || !plan.languages.is_empty());
    }

    /// The numbers that customers may read, in the plan's order, the complaint line first.
    pub(super) fn public_numbers<'a>(&'a self, lang: &'a str) -> Vec<PublicNumber<'a>> {
        let Services { plan, settings, .. } = &self.services;
        let complaint = settings.complaint.phone.iter().map(|number| PublicNumber {
            role: None,
            name: words::complaint_line(lang),
            number: number.clone(),
            own: true,
        });
        let roles = plan.roles.iter().filter_map(|role| {
            let first = settings
                .contacts_of(&role.id, plan)
                .into_iter()
                .find(|one| one.public)?;
            Some(PublicNumber {
                role: Some(role),
                name: role.name.in_lang(lang),
                number: first.number.to_owned(),
                own: !first.national,
            })
        });
        complaint.chain(roles).collect()
    }

    /// Turns the tablet to the customers, with the notice of the incident shown.
    pub fn show_notice(&self) {
        self.show(Screen::Notice);
    }

    pub(super) fn draw_notice(&self) {
        let shown = self.guide.incident.borrow().clone();
        let incident = shown.and_then(|id| self.services.incidents.get(&id));
        let kind: Option<&IncidentType> = incident
            .as_ref()
            .and_then(|one| self.services.incidents.kind(one));
        let (first, second) = self.two_languages();
        let said = |lang: &str| match kind.and_then(|kind| kind.notice.as_ref()) {
            Some(text) => text.in_lang(lang).to_owned(),
            None => words::calm(lang).to_owned(),
        };
        let window = self.window.global::<Notice<'_>>();
        window.set_words(said(&first).into());
        window.set_words_other(second.as_deref().map(said).unwrap_or_default().into());
        window.set_has_code(kind.is_some_and(|kind| kind.notice_code));
    }
}
