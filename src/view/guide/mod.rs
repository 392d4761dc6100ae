//! The guide of one incident: the step to do now, and the controls.

mod acts;
mod beside;
mod history;
pub mod log;
pub mod market;
pub mod presenter;
pub mod steps;
mod turn;

use std::cell::{Cell, RefCell};

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, SharedString};

use self::presenter::{FaceModel, Model};
use self::turn::Turn;
use super::face::Face as ScreenFace;
use super::rows::Rows;
use super::ticks::next_second;
use super::touched::Touched;
use super::{ViewState, aid, call};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Mark, StepRef};
use crate::{
    AppWindow, CallCard, CallOutcome, Chip, Face, Guide, LogRow, Market, StepKey, StepMark,
    StepRow, TypeButton, UnderWay, Urgency,
};

/// Which incident the guide shows, and how.
#[derive(Default)]
pub(super) struct State {
    incident: RefCell<Option<IncidentId>>,
    face: Cell<Face>,
    /// The same type was tapped while this one was open: a second one may be started.
    second: Cell<bool>,
    /// The step just left without being done, which may be given a reason.
    asked: RefCell<Option<(StepRef, Mark)>>,
    /// The newest entry of the log is to be corrected.
    latest: Cell<bool>,
    /// It is asked to whom the step is handed.
    handing: Cell<bool>,
    /// How often a guide was opened: each time its step has just come.
    opened: Cell<u32>,
}

impl State {
    /// The incident that is shown, or was last.
    pub(super) fn shown(&self) -> Option<IncidentId> {
        self.incident.borrow().clone()
    }

    /// Another incident is shown, or the same anew, with nothing begun on it.
    pub(super) fn open(&self, id: &IncidentId, face: Face) {
        self.incident.replace(Some(id.clone()));
        self.face.set(face);
        self.second.set(false);
        self.handing.set(false);
        self.asked.take();
        self.opened.set(self.opened.get().wrapping_add(1));
    }

    /// A second incident of the same type may be started.
    pub(super) fn offer_second(&self) {
        self.second.set(true);
    }
}

/// The guide in the window.
#[derive(Default)]
pub(super) struct GuideFace {
    contacts: Rows<CallCard>,
    steps: Rows<StepRow>,
    notes: Rows<Chip>,
    reasons: Rows<Chip>,
    answers: Rows<Chip>,
    crew: Rows<Chip>,
    cards: Rows<Chip>,
    reached: Rows<SharedString>,
    kinds: Rows<TypeButton>,
    under_way: Rows<UnderWay>,
    log: Rows<LogRow>,
    outcomes: Rows<Chip>,
    turn: Turn,
    offer: aid::Offer,
}

impl ScreenFace for GuideFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let guide = window.global::<Guide<'_>>();
        guide.set_contacts(self.contacts.model());
        guide.set_steps(self.steps.model());
        guide.set_notes(self.notes.model());
        guide.set_reasons(self.reasons.model());
        guide.set_answers(self.answers.model());
        guide.set_crew(self.crew.model());
        guide.set_cards(self.cards.model());
        guide.set_reached(self.reached.model());
        guide.set_kinds(self.kinds.model());
        guide.set_under_way(self.under_way.model());
        guide.set_log(self.log.model());
        guide.set_outcomes(self.outcomes.model());
        self.offer.bind(window);
        bind_steps(&guide, touched);
        bind_log(&guide, touched);
        bind_whole(&guide, touched);
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let Some(model) = presenter::present(state) else {
            return;
        };
        let guide = window.global::<Guide<'_>>();
        set_head(&guide, &model);
        set_market(window, model.market.as_ref());
        let is_on_types = model.shown == FaceModel::Types;
        match model.shown {
            FaceModel::Steps(steps) => {
                self.set_steps(&guide, *steps);
                call::show_card(window, state);
                self.offer.draw(window, state);
            }
            FaceModel::Log(rows) => {
                if state.guide.latest.take() {
                    let latest = rows.iter().position(log::can_be_corrected);
                    let latest = latest.and_then(|at| i32::try_from(at).ok());
                    guide.set_correcting(latest.unwrap_or(-1));
                }
                self.log.set(rows);
            }
            FaceModel::Outcomes(chips) => self.outcomes.set(chips),
            FaceModel::Closed(closed) => {
                guide.set_outcome(closed.outcome.into());
                guide.set_summary(closed.summary.into());
                guide.set_may_reopen(closed.may_reopen);
                guide.set_follow_ups_title(closed.title.into());
                self.log.set(closed.log);
            }
            FaceModel::Kinds(kinds) => self.kinds.set(kinds),
            FaceModel::Types => {}
        }
        match model.turn {
            Some(turn) => self.turn.take(window, turn),
            // Where steps come back by themselves, a tap may still be meant for a type.
            None if is_on_types => self.turn.forget(),
            None => {}
        }
    }

    fn drop_begun(&self, window: &AppWindow) {
        window.global::<Guide<'_>>().set_correcting(-1);
    }

    fn free(&self, window: &AppWindow) {
        self.turn.end(window);
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let shown = state.guide.shown()?;
        let incident = state.services.incidents.get(&shown)?;
        if incident.is_open() {
            Some(next_second(incident.started, now))
        } else if incident.may_undo_close(now) {
            Some(next_second(incident.closed_at().unwrap_or(now), now))
        } else {
            None
        }
    }
}

impl GuideFace {
    fn set_steps(&self, guide: &Guide<'_>, model: steps::Model) {
        guide.set_has_current(model.has_current);
        guide.set_count(model.count.into());
        guide.set_command(model.command.into());
        guide.set_detail(model.detail.into());
        guide.set_say(model.say.into());
        guide.set_never(model.never.into());
        guide.set_condition(model.condition.into());
        guide.set_due(model.due.into());
        guide.set_urgency(model.urgency);
        self.answers.set(model.answers);
        guide.set_extra(model.extra);
        guide.set_approval(model.approval);
        self.crew.set(model.crew);
        guide.set_handing(model.handing);
        guide.set_alone(model.alone);
        guide.set_prompt(model.prompt);
        let reached = model.reached.into_iter().map(SharedString::from);
        self.reached.set(reached.collect::<Vec<_>>());
        self.cards.set(model.cards);
        guide.set_other(model.other);
        self.under_way.set(model.under_way);
        guide.set_next_command(model.next.into());
        guide.set_previous(model.previous.into());
        self.contacts.set(model.contacts);
        guide.set_calling(i32::try_from(model.calling).unwrap_or(0));
        guide.set_current_row(i32::try_from(model.current_row).unwrap_or(i32::MAX));
        guide.set_on_the_spot(i32::try_from(model.on_the_spot).unwrap_or(1).max(1));
        self.steps.set(model.rows);
        self.notes.set(model.notes);
        guide.set_last_note(model.last_note.into());
        guide.set_reasons_title(model.reasons_title.into());
        self.reasons.set(model.reasons);
    }
}

fn set_head(guide: &Guide<'_>, model: &Model) {
    guide.set_face(model.face);
    guide.set_class_id(model.class_id.as_str().into());
    guide.set_type_id(model.type_id.as_str().into());
    guide.set_name(model.name.as_str().into());
    guide.set_discreet(model.discreet);
    guide.set_has_complaint(model.has_complaint);
    guide.set_principles(model.principles.as_str().into());
    guide.set_elapsed(model.elapsed.as_str().into());
    guide.set_undo_left(model.undo_left);
    guide.set_end_undo_left(model.end_undo_left);
    guide.set_may_start_second(model.may_start_second);
    guide.set_has_kinds(model.has_kinds);
}

/// How it stands with the market; nothing in guides that have nothing to do with it.
fn set_market(window: &AppWindow, model: Option<&market::Model>) {
    let market = window.global::<Market<'_>>();
    let said = |of: fn(&market::Model) -> &str| model.map_or("", of).into();
    market.set_standing(said(|model| &model.standing));
    market.set_orders(said(|model| &model.orders));
    market.set_urgency(if model.is_some_and(|model| model.is_soon) {
        Urgency::Soon
    } else {
        Urgency::Calm
    });
}

fn bind_steps(guide: &Guide<'_>, touched: &Touched) {
    guide.on_done(touched.on_incident(|state, id| state.mark_current(id, Mark::Done)));
    guide.on_answer(touched.with(|state, answer: SharedString| state.answer(&answer)));
    guide.on_confirm_condition(touched.on_incident(ViewState::confirm_condition));
    guide.on_begin(touched.on_incident(ViewState::begin_step));
    guide.on_ask_to_hand(touched.plain(ViewState::ask_to_hand));
    guide.on_hand(touched.with(|state, to: SharedString| state.hand(&to)));
    guide.on_set_alone(touched.with(|state, alone: bool| state.set_alone(alone)));
    guide.on_heed(
        touched.with_two(|state, prompt: SharedString, done: bool| state.heed(&prompt, done)),
    );
    guide.on_finish(touched.with(|state, step: StepKey| state.finish(&step)));
    guide.on_skip(touched.on_incident(|state, id| state.mark_current(id, Mark::Skipped)));
    guide.on_cannot(touched.on_incident(|state, id| state.mark_current(id, Mark::Cannot)));
    guide.on_no_reason(touched.plain(ViewState::give_no_reason));
    guide.on_reason(touched.with(|state, reason: SharedString| state.give_reason(&reason)));
    guide.on_step_back(touched.on_incident(ViewState::step_back));
    guide.on_note(touched.with(|state, note: SharedString| state.note(&note)));
}

fn bind_log(guide: &Guide<'_>, touched: &Touched) {
    guide.on_strike(touched.with(|state, note: SharedString| state.strike(&note.as_str().into())));
    guide.on_correct_call(
        touched.with_two(|state, call: SharedString, outcome: CallOutcome| {
            state.correct_call(&call.as_str().into(), outcome);
        }),
    );
    guide.on_correct(
        touched.with_two(|state, step: StepKey, mark: StepMark| state.correct(&step, mark)),
    );
}

fn bind_whole(guide: &Guide<'_>, touched: &Touched) {
    guide.on_undo(touched.on_incident(ViewState::undo));
    guide.on_undo_end(touched.plain(ViewState::undo_end));
    guide.on_show_public_notice(touched.plain(ViewState::show_public_notice));
    guide.on_start_second(touched.on_incident(ViewState::start_second));
    guide.on_reopen(touched.on_incident(ViewState::reopen));
    guide.on_show(touched.with(ViewState::turn_to));
    guide
        .on_to_other(touched.with(|state, id: SharedString| state.show_guide(&id.as_str().into())));
    guide.on_correct_latest(touched.plain(ViewState::correct_latest));
    guide.on_close(touched.with(|state, outcome: SharedString| state.close(&outcome)));
    guide.on_change_type(touched.with(|state, type_id: SharedString| state.change_type(&type_id)));
    guide.on_to_complaint(touched.plain(ViewState::to_complaint));
}
