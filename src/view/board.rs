//! The board: what can be started, what is open, what is left to do.

use std::rc::Rc;

use chrono::{DateTime, Duration, Utc};
use slint::{ComponentHandle, ModelRc, VecModel};

use super::ticks::next_words;
use super::{Screens, rows};
use crate::domain::guide::{Deadline, Guide, Urgency};
use crate::domain::incident::Incident;
use crate::domain::plan::IncidentType;
use crate::i18n::screen as words;
use crate::service::incidents::Tapped;
use crate::{AfterCard, Board, ClassGroup, OpenCard, Screen, TypeButton};

/// The board's models.
#[derive(Default)]
pub(super) struct Rows {
    open: rows::Rows<OpenCard>,
}

impl Screens {
    pub(super) fn bind_board(self: &Rc<Self>) {
        let board = self.window.global::<Board<'_>>();
        board.set_open(self.rows.board.open.model());

        let me = Rc::downgrade(self);
        board.on_start(move |type_id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.tap_type(&type_id));
            }
        });
        let me = Rc::downgrade(self);
        board.on_resume(move |id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show_guide(&id));
            }
        });
        let me = Rc::downgrade(self);
        board.on_show_after(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show(Screen::After));
            }
        });
    }

    fn tap_type(&self, type_id: &str) {
        match self.services.incidents.tap(type_id) {
            Some(Tapped::Started(id)) => self.show_guide(&id),
            Some(Tapped::AlreadyOpen(id)) => {
                self.show_guide(&id);
                self.guide.second.set(true);
            }
            None => {}
        }
    }

    /// The buttons, which change only with the language.
    pub(super) fn draw_types(&self) {
        let (lang, plan) = (self.lang(), &self.services.plan());
        let button = |kind: &IncidentType| TypeButton {
            type_id: kind.id.as_str().into(),
            label: kind.button_name().in_lang(&lang).into(),
        };
        let of_class = |class: Option<&str>| -> ModelRc<TypeButton> {
            let kinds = plan
                .incidents
                .iter()
                .filter(|kind| kind.class.as_deref() == class);
            Rc::new(VecModel::from_iter(kinds.map(button))).into()
        };
        let groups = plan.classes.iter().map(|class| ClassGroup {
            class_id: class.id.as_str().into(),
            name: class.name.in_lang(&lang).into(),
            types: of_class(Some(&class.id)),
        });
        let board = self.window.global::<Board<'_>>();
        board.set_groups(Rc::new(VecModel::from_iter(groups)).into());
        board.set_beside(of_class(None));
    }

    pub(super) fn draw_board(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let open = self.services.incidents.open();
        self.rows
            .board
            .open
            .set(open.iter().map(|one| self.open_card(one, &lang, now)));
        self.window
            .global::<Board<'_>>()
            .set_after(self.after_card(&lang, now));
    }

    fn open_card(&self, incident: &Incident, lang: &str, now: DateTime<Utc>) -> OpenCard {
        let kind = self.services.incidents.kind(incident);
        let kind = kind.as_deref();
        let guide = kind.map(|kind| Guide::of(incident, kind));
        let command = guide.as_ref().map(|guide| {
            match guide.current.and_then(|current| guide.steps.get(current)) {
                Some(one) => one.step.command.in_lang(lang).to_owned(),
                None => words::all_settled(lang).to_owned(),
            }
        });
        let late = guide.map_or(0, |guide| {
            let due = guide.steps.iter().filter(|one| one.marked.is_none());
            due.filter(|one| one.due.is_some_and(|due| due <= now))
                .count()
        });
        let running = words::running(lang, incident.elapsed(now));
        OpenCard {
            incident: incident.id.as_str().into(),
            type_id: incident.type_id.as_str().into(),
            name: kind
                .map_or(&incident.name, IncidentType::open_name)
                .in_lang(lang)
                .into(),
            elapsed: running.into(),
            late: words::late(lang, late).into(),
            now: command.unwrap_or_default().into(),
        }
    }

    fn after_card(&self, lang: &str, now: DateTime<Utc>) -> AfterCard {
        let closed = self.services.incidents.closed();
        let left = closed.iter().flat_map(|one| {
            one.follow_ups
                .iter()
                .map(|left| Deadline::at(one.started, left.due, now).urgency)
        });
        let (count, urgency) = left.fold((0, Urgency::Calm), |(count, most), one| {
            (count + 1, most.max(one))
        });
        AfterCard {
            shown: !closed.is_empty(),
            words: if count == 0 {
                String::new()
            } else {
                words::follow_ups_left(lang, count)
            }
            .into(),
            urgency: urgency_level(urgency),
        }
    }

    /// When the board next changes by itself, apart from the wall clock.
    pub(super) fn board_changes(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let open = self.services.incidents.open();
        open.iter()
            .map(|one| next_words(one.started, now))
            .min()
            .unwrap_or(now + Duration::hours(1))
    }
}

/// The class that gives an incident its colour; types beside the classes have their own.
pub(super) fn class_of(kind: Option<&IncidentType>) -> &str {
    kind.map_or("", |kind| kind.class.as_deref().unwrap_or(&kind.id))
}

/// An urgency as the screens number it.
pub(super) fn urgency_level(urgency: Urgency) -> i32 {
    match urgency {
        Urgency::Calm => 0,
        Urgency::Soon => 1,
        Urgency::Overdue => 2,
    }
}
