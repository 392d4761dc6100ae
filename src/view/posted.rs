//! The posted face, and the notice that the tablet shows when it is turned to customers.

use std::rc::Rc;

use slint::ComponentHandle;

use super::{Screens, rows};
use crate::domain::evacuation::command_in_force;
use crate::domain::notice;
use crate::domain::plan::Text;
use crate::i18n::{posted as words, screen};
use crate::settings::PublicNumber;
use crate::{EvacuationFace, Notice, Posted, PostedNumber, Screen, Touch};

/// The models of the posted face.
#[derive(Default)]
pub(super) struct Rows {
    now: rows::Rows<PostedNumber>,
    numbers: rows::Rows<PostedNumber>,
}

impl Screens {
    pub(super) fn bind_posted(self: &Rc<Self>) {
        let posted = self.window.global::<Posted<'_>>();
        posted.set_now(self.rows.posted.now.model());
        posted.set_numbers(self.rows.posted.numbers.model());
        posted.set_alone(self.display_only);

        let me = Rc::downgrade(self);
        posted.on_wake(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show(Screen::Board));
                // Whatever lies there now, the touch was for the sleeping face.
                me.window.global::<Touch<'_>>().invoke_wake();
            }
        });
        let me = Rc::downgrade(self);
        posted.on_open(move |role| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.open_posted(&role));
            }
        });
        let me = Rc::downgrade(self);
        posted.on_resume(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.back_to_work());
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Notice<'_>>().on_turn_back(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.back_to_work());
            }
        });
    }

    /// A display that only looks on follows the kiosk: people leave once the start can no longer
    /// be undone, and until its end no longer can.
    pub(super) fn follow(&self) {
        let now = self.services.clock.now();
        let incidents = &self.services.incidents;
        let running = incidents.evacuating();
        let running = running.as_ref().and_then(|one| one.running_evacuation());
        let leaving = running.is_some_and(|one| !one.may_undo(now))
            || (running.is_none() && incidents.just_ended().is_some());
        match (leaving, self.screen.get()) {
            (true, Screen::Evacuation) => {}
            (true, _) => self.show_evacuation(EvacuationFace::Signs),
            (false, Screen::Evacuation) => self.show(Screen::Posted),
            (false, _) => {}
        }
    }

    fn back_to_work(&self) {
        if !self.take_up() {
            self.show(Screen::Board);
        }
    }

    pub(super) fn draw_posted(&self) {
        let lang = self.lang();
        let incidents = &self.services.incidents;
        let posted = self.window.global::<Posted<'_>>();
        posted.set_notice(words::advice(&lang).into());
        let open = incidents.open().len();
        let running = if open == 0 {
            String::new()
        } else {
            words::running(&lang, open)
        };
        posted.set_running(running.into());
        let settings = self.services.settings();
        let plan = self.services.plan();
        let numbers = settings.public_numbers(&plan);
        let entry = |one: &PublicNumber<'_>| PostedNumber {
            role_id: one.role.map_or("", |role| role.id.as_str()).into(),
            name: words::public_name(&lang, one).into(),
            number: screen::number(&lang, one.number).0.into(),
            extension: screen::number(&lang, one.number).1.into(),
            hours: one.role.map_or("", |role| words::hours(&lang, role)).into(),
        };
        let (now, mut others): (Vec<_>, Vec<_>) = numbers
            .iter()
            .partition(|one: &&PublicNumber<'_>| one.is_now());
        self.rows.posted.now.set(now.into_iter().map(entry));
        others.sort_by_key(|one| one.rank());
        self.rows.posted.numbers.set(others.into_iter().map(entry));
    }

    /// Turns the tablet to the customers, with the notice of the incident shown.
    pub fn show_notice(&self) {
        self.show(Screen::Notice);
    }

    /// What people who are leaving are called just now: no notice may keep them here.
    fn ordered(&self) -> Option<Text> {
        let incidents = &self.services.incidents;
        let leaving = incidents.evacuating()?;
        let hazard = incidents.hazard(&leaving)?;
        command_in_force(&hazard, leaving.running_evacuation()?).cloned()
    }

    pub(super) fn draw_notice(&self) {
        let shown = self.guide.incident.borrow().clone();
        let incident = shown.and_then(|id| self.services.incidents.get(&id));
        let kind = (incident.as_ref()).and_then(|one| self.services.incidents.kind(one));
        let (first, second) = self.two_languages();
        let text = self.ordered().or_else(|| {
            let (incident, kind) = (incident.as_deref()?, kind.as_deref()?);
            notice::in_force(incident, kind).cloned()
        });
        let said = |lang: &str| match &text {
            Some(text) => text.in_lang(lang).to_owned(),
            None => words::calm(lang).to_owned(),
        };
        let window = self.window.global::<Notice<'_>>();
        let (words, other) = (
            said(&first),
            second.as_deref().map(said).unwrap_or_default(),
        );
        window.set_longest(longest_line(&words));
        window.set_longest_other(longest_line(&other));
        window.set_words(words.into());
        window.set_words_other(other.into());
        window.set_has_code(kind.is_some_and(|kind| kind.notice_code));
    }
}

/// The width of the longest line, in halves of a full-width character.
fn longest_line(words: &str) -> i32 {
    let width =
        |line: &str| -> usize { line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let longest = words.lines().map(width).max().unwrap_or(0);
    i32::try_from(longest).unwrap_or(i32::MAX)
}
