//! The guide of one incident: the step to do now, and the controls.

use std::rc::Rc;

use chrono::{DateTime, Duration, Utc};
use slint::ComponentHandle;

use super::board::class_of;
use super::steps::principles;
use super::ticks::next_second;
use super::{Screens, rows};
use crate::domain::incident::{Incident, Mark, StepRef};
use crate::domain::plan::{Choice, IncidentType};
use crate::i18n::screen as words;
use crate::{CallCard, Chip, Face, Guide, LogRow, Screen, StepRow};

/// The guide's models.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) contacts: rows::Rows<CallCard>,
    pub(super) steps: rows::Rows<StepRow>,
    pub(super) notes: rows::Rows<Chip>,
    pub(super) reasons: rows::Rows<Chip>,
    pub(super) log: rows::Rows<LogRow>,
    pub(super) outcomes: rows::Rows<Chip>,
}

impl Screens {
    pub(super) fn bind_guide(self: &Rc<Self>) {
        let guide = self.window.global::<Guide<'_>>();
        let rows = &self.rows.guide;
        guide.set_contacts(rows.contacts.model());
        guide.set_steps(rows.steps.model());
        guide.set_notes(rows.notes.model());
        guide.set_reasons(rows.reasons.model());
        guide.set_log(rows.log.model());
        guide.set_outcomes(rows.outcomes.model());

        guide.on_done(self.on_incident(|me, id| me.mark_current(id, Mark::Done)));
        guide.on_skip(self.on_incident(|me, id| me.mark_current(id, Mark::Skipped)));
        guide.on_cannot(self.on_incident(|me, id| me.mark_current(id, Mark::Cannot)));
        guide.on_no_reason(self.on_incident(|me, _| {
            me.guide.asked.take();
        }));
        guide.on_step_back(self.on_incident(Self::step_back));
        guide.on_undo(self.on_incident(Self::undo));
        guide.on_undo_end(self.on_incident(|me, _| me.undo_end()));
        guide.on_show_notice(self.on_incident(|me, _| me.show_notice()));
        guide.on_start_second(self.on_incident(Self::start_second));
        guide.on_reopen(self.on_incident(|me, id| {
            if me.services.incidents.reopen(id) {
                me.show_guide(id);
            }
        }));
        let me = Rc::downgrade(self);
        guide.on_reason(move |reason| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.give_reason(&reason));
            }
        });
        let me = Rc::downgrade(self);
        guide.on_note(move |note| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.with_incident(|me, id| {
                        me.services.incidents.note(id, &note);
                    })
                });
            }
        });
        let me = Rc::downgrade(self);
        guide.on_strike(move |note| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.strike(&note));
            }
        });
        let me = Rc::downgrade(self);
        guide.on_correct_call(move |call, outcome| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.correct_call(&call, outcome));
            }
        });
        let me = Rc::downgrade(self);
        guide.on_show(move |face| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.turn_to(face));
            }
        });
        let me = Rc::downgrade(self);
        guide.on_close(move |outcome| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.with_incident(|me, id| {
                        if me.services.incidents.close(id, &outcome) {
                            me.show_guide(id);
                        }
                    })
                });
            }
        });
        let me = Rc::downgrade(self);
        guide.on_change_type(move |type_id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.with_incident(|me, id| {
                        me.services.incidents.change_type(id, &type_id);
                        me.show_guide(id);
                    })
                });
            }
        });
        let me = Rc::downgrade(self);
        guide.on_correct(move |step, mark| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.correct(&step, mark));
            }
        });
    }

    /// A callback that acts on the incident shown.
    fn on_incident(self: &Rc<Self>, act: impl Fn(&Self, &str) + 'static) -> impl FnMut() + 'static {
        let me = Rc::downgrade(self);
        move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.with_incident(&act));
            }
        }
    }

    /// Shows a face of the guide, with nothing half done on it.
    fn turn_to(&self, face: Face) {
        self.close_card();
        self.guide.asked.take();
        self.window.global::<Guide<'_>>().set_correcting(-1);
        // Where there are no steps to go back to, the way back leads to the board.
        let from_types = self.guide.face.get() == Face::Types;
        let mut has_steps = true;
        self.with_incident(|me, id| {
            let incidents = &me.services.incidents;
            has_steps = incidents
                .get(id)
                .is_some_and(|one| incidents.kind(&one).is_some());
        });
        if face == Face::Steps && from_types && !has_steps {
            self.show(Screen::Board);
        } else {
            self.show_face(face);
        }
    }

    fn with_incident(&self, act: impl FnOnce(&Self, &str)) {
        let shown = self.guide.incident.borrow().clone();
        if let Some(id) = shown {
            act(self, &id);
        }
    }

    /// Says what became of the current step, and asks why if it was not done.
    pub fn mark_current(&self, id: &str, mark: Mark) {
        self.close_card();
        let marked = self.services.incidents.mark_current(id, mark);
        self.guide.asked.replace(
            marked
                .filter(|_| mark != Mark::Done)
                .map(|step| (step, mark)),
        );
    }

    fn give_reason(&self, reason: &str) {
        let asked = self.guide.asked.take();
        self.with_incident(|me, id| {
            if let Some((step, mark)) = &asked {
                me.services.incidents.mark(id, step, *mark, Some(reason));
            }
        });
    }

    fn undo(&self, id: &str) {
        if self.services.incidents.undo(id) {
            let reopened = self
                .services
                .incidents
                .get(id)
                .is_some_and(|one| one.is_open());
            if reopened {
                self.show_guide(id);
            } else {
                self.show(Screen::Board);
            }
        }
    }

    fn start_second(&self, id: &str) {
        let type_id = self
            .services
            .incidents
            .get(id)
            .map(|one| one.type_id.clone());
        if let Some(second) = type_id.and_then(|kind| self.services.incidents.start(&kind)) {
            self.show_guide(&second);
        }
    }

    /// Corrects a step, named as the log names it.
    fn correct(&self, step: &str, mark: i32) {
        let mark = match mark {
            1 => Mark::Done,
            2 => Mark::Skipped,
            3 => Mark::Cannot,
            _ => Mark::Open,
        };
        if let Some(step) = parse_step(step) {
            self.with_incident(|me, id| {
                me.services.incidents.mark(id, &step, mark, None);
            });
            match mark {
                // The row of chips on the steps asks why.
                Mark::Skipped | Mark::Cannot => {
                    self.show_face(Face::Steps);
                    self.guide.asked.replace(Some((step, mark)));
                }
                // There it is, to be done again.
                Mark::Open => self.show_face(Face::Steps),
                Mark::Done | Mark::Waived => {}
            }
        }
        self.window.global::<Guide<'_>>().set_correcting(-1);
    }

    pub(super) fn draw_guide(&self) {
        self.with_incident(|me, id| {
            if let Some(incident) = me.services.incidents.get(id) {
                me.draw_incident(&incident);
            }
        });
    }

    fn draw_incident(&self, incident: &Incident) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let plan = self.services.incidents.plan_of(incident);
        let kind = plan.incident(&incident.type_id);
        if kind.is_none() && self.guide.face.get() == Face::Steps {
            // The plan in force no longer has this type: another must be chosen to go on by.
            self.show_face(Face::Types);
        }
        let window = self.window.global::<Guide<'_>>();
        window.set_face(self.guide.face.get());
        window.set_class_id(class_of(kind).into());
        window.set_type_id(incident.type_id.as_str().into());
        window.set_name(self.incident_name(incident, &lang).into());
        window.set_discreet(kind.is_some_and(|kind| self.is_discreet(kind)));
        window.set_has_complaint(self.services.desk.of_incident(&incident.id).is_some());
        window.set_principles(
            kind.map_or_else(String::new, |kind| principles(&plan, kind, &lang))
                .into(),
        );
        window.set_elapsed(words::stopwatch(incident.elapsed(now)).into());
        window.set_undo_left(incident.undo_left(now));
        window.set_end_undo_left(Self::end_undo_left(incident, now));
        window.set_may_start_second(self.guide.second.get() && incident.is_open());
        match self.guide.face.get() {
            Face::Steps => {
                if let Some(kind) = kind {
                    self.draw_steps(incident, kind, &lang, now);
                }
            }
            Face::Log => self.draw_log(incident, &lang, now),
            Face::Outcomes => self.rows.guide.outcomes.set(chips(&plan.outcomes, &lang)),
            Face::Types => {}
            Face::Closed => self.draw_closed(incident, &lang, now),
        }
    }

    /// An incident's name where customers may read it.
    pub(super) fn incident_name(&self, incident: &Incident, lang: &str) -> String {
        let kind = self.services.incidents.kind(incident);
        let kind = kind.as_deref();
        kind.map_or(&incident.name, IncidentType::open_name)
            .in_lang(lang)
            .to_owned()
    }

    /// When the guide next changes by itself.
    pub(super) fn guide_changes(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let shown = self.guide.incident.borrow();
        let incident = shown
            .as_deref()
            .and_then(|id| self.services.incidents.get(id));
        match incident {
            Some(one) if one.is_open() => next_second(one.started, now),
            Some(one) if one.may_undo_close(now) => {
                next_second(one.closed_at().unwrap_or(now), now)
            }
            _ => now + Duration::hours(1),
        }
    }
}

/// A mark as the screens number it.
pub(super) fn mark_number(mark: Mark) -> i32 {
    match mark {
        Mark::Open => 0,
        Mark::Done => 1,
        Mark::Skipped => 2,
        Mark::Cannot => 3,
        Mark::Waived => 4,
    }
}

/// Choices as chips.
pub(super) fn chips(choices: &[Choice], lang: &str) -> impl Iterator<Item = Chip> {
    choices.iter().map(move |choice| Chip {
        id: choice.id.as_str().into(),
        label: choice.name.in_lang(lang).into(),
    })
}

/// A step as the screens name it.
pub(super) fn step_name(step: &StepRef) -> String {
    format!("{}/{}", step.type_id, step.step)
}

/// The step that a screen names.
pub(super) fn parse_step(name: &str) -> Option<StepRef> {
    let (type_id, step) = name.split_once('/')?;
    Some(StepRef {
        type_id: type_id.to_owned(),
        step: step.to_owned(),
    })
}
