//! The list of complaints, and the number of those that want to be seen.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use slint::{ComponentHandle, Model, ModelNotify, ModelTracker};

use super::Screens;
use crate::domain::complaint::Stage;
use crate::domain::inbox::{self, Matter, Place};
use crate::i18n::{desk, inbox as words};
use crate::{Inbox, InboxRow, Screen, Shell};

impl Screens {
    pub(super) fn bind_inbox(self: &Rc<Self>) {
        let inbox = self.window.global::<Inbox<'_>>();
        inbox.set_rows(self.rows.inbox.clone().into());
        let me = Rc::downgrade(self);
        inbox.on_open(move |id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.open_complaint(&id));
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Shell<'_>>().on_enter_staff(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.wish_for(None);
                    me.enter_staff();
                });
            }
        });
    }

    /// Opens the staff area's list of complaints, or the complaint for whose sake the staff area
    /// was asked for.
    pub fn show_inbox(self: &Rc<Self>) {
        match self.complaint.wanted.take() {
            Some(id) => self.open_complaint(&id),
            None => {
                self.show(Screen::Inbox);
                self.services.desk.look();
            }
        }
    }

    pub(super) fn draw_inbox(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let at_hand = &self.services.desk;
        let matters = at_hand.matters();
        let order = inbox::order(&matters, now);
        let list = order.into_iter().filter_map(|at| matters.get(at).cloned());
        self.rows.inbox.set(Shown {
            list: list.collect(),
            lang: lang.clone(),
            now,
            zone: Some(self.services.settings().branch.time_zone),
        });
        let (overdue, waiting) = inbox::pressing(&matters, now);
        let window = self.window.global::<Inbox<'_>>();
        window.set_summary(if !at_hand.is_readable() {
            words::unreadable(&lang).into()
        } else {
            words::summary(&lang, matters.len(), overdue, waiting).into()
        });
        window.set_pressing(overdue + waiting > 0);
    }

    /// The number on the way into the staff area.
    pub(super) fn draw_wanting(&self, shell: &Shell<'_>, lang: &str, now: DateTime<Utc>) {
        let (overdue, waiting) = inbox::pressing(&self.services.desk.matters(), now);
        let count = overdue + waiting;
        let (number, said) = match count {
            0 => (String::new(), String::new()),
            // More digits would say no more.
            _ => (count.min(99).to_string(), words::wanting(lang, count)),
        };
        shell.set_wanting(number.into());
        shell.set_wanting_words(said.into());
    }
}

/// What the rows are made from.
#[derive(Default)]
struct Shown {
    list: Vec<Matter>,
    lang: String,
    now: DateTime<Utc>,
    zone: Option<Tz>,
}

/// The rows, each worded only when it comes into sight: there may be thousands.
#[derive(Default)]
pub(super) struct Rows {
    shown: RefCell<Shown>,
    notify: ModelNotify,
}

impl Rows {
    fn set(&self, shown: Shown) {
        let (before, count) = {
            let mut held = self.shown.borrow_mut();
            let before = held.list.len();
            *held = shown;
            (before, held.list.len())
        };
        for row in 0..count.min(before) {
            self.notify.row_changed(row);
        }
        if count > before {
            self.notify.row_added(before, count - before);
        } else if count < before {
            self.notify.row_removed(count, before - count);
        }
    }
}

impl Model for Rows {
    type Data = InboxRow;

    fn row_count(&self) -> usize {
        self.shown.borrow().list.len()
    }

    fn row_data(&self, row: usize) -> Option<InboxRow> {
        let shown = self.shown.borrow();
        let zone = shown.zone?;
        let matter = shown.list.get(row)?;
        Some(entry(matter, &shown.lang, shown.now, zone))
    }

    fn model_tracker(&self) -> &dyn ModelTracker {
        &self.notify
    }
}

fn entry(matter: &Matter, lang: &str, now: DateTime<Utc>, zone: Tz) -> InboxRow {
    let one = &matter.complaint;
    let place = matter.place(now);
    let department = one.department.as_ref().map(|name| name.in_lang(lang));
    let mark = match place {
        Place::Waiting => words::waiting(lang, one.stage),
        Place::Erased => words::gone(lang),
        Place::Overdue | Place::Calm => "",
    };
    InboxRow {
        complaint: one.id.as_str().into(),
        about: desk::about(lang, one.about).into(),
        standing: words::standing(
            &words::when(one.received, zone),
            desk::stage(lang, one.stage),
            department,
        )
        .into(),
        due: matter
            .due
            .map_or_else(String::new, |due| words::due(lang, due, now, zone))
            .into(),
        place: match place {
            Place::Calm => 0,
            Place::Waiting => 1,
            Place::Overdue => 2,
            Place::Erased => 3,
        },
        mark: mark.into(),
        closed: one.stage == Stage::Closed,
    }
}
