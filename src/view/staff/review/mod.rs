//! The review of an incident: what its record tells, why it came to that, and what is done about it.

mod acts;
mod asking;
mod presenter;

use std::cell::{Cell, RefCell};

use slint::{ComponentHandle, SharedString};

pub(super) use self::asking::Asking;
pub(super) use self::presenter::{action_row, asked, review_due};
use crate::domain::ids::IncidentId;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{
    ActionRow, AppWindow, Pickable, ReviewDesk, ReviewLine, ReviewPart, ReviewShown, ReviewStep,
};

/// Which review is shown, and what is being chosen for it.
#[derive(Default)]
pub(in crate::view) struct State {
    pub(super) incident: RefCell<Option<IncidentId>>,
    pub(super) part: Cell<ReviewPart>,
    pub(super) asking: RefCell<Option<Asking>>,
    pub(super) finalising: Cell<bool>,
}

/// A review in the window.
#[derive(Default)]
pub(in crate::view) struct ReviewFace {
    lines: Rows<ReviewLine>,
    causes: Rows<Pickable>,
    steps: Rows<ReviewStep>,
    responsible: Rows<ReviewLine>,
    actions: Rows<ActionRow>,
    choices: Rows<Pickable>,
}

impl Face for ReviewFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let desk = window.global::<ReviewDesk<'_>>();
        desk.set_lines(self.lines.model());
        desk.set_causes(self.causes.model());
        desk.set_steps(self.steps.model());
        desk.set_responsible(self.responsible.model());
        desk.set_actions(self.actions.model());
        desk.set_choices(self.choices.model());
        desk.on_open(touched.plain(ViewState::open_review));
        desk.on_back(touched.plain(ViewState::leave_review));
        desk.on_turn(touched.with(ViewState::turn_review));
        // These stay what they are, so that a quick finger may press them again at once.
        let still = touched.in_place();
        desk.on_toggle_cause(still.with(|state, id: SharedString| state.toggle_cause(&id)));
        let judge = |state: &ViewState, place: i32, word: SharedString| {
            state.judge_step(place, &word);
        };
        desk.on_judge(still.with_two(judge));
        desk.on_settle(touched.plain(ViewState::begin_responsibility));
        desk.on_withdraw(touched.with(ViewState::withdraw));
        desk.on_add_action(touched.plain(ViewState::begin_action));
        desk.on_act(touched.with(ViewState::ask_what_became));
        desk.on_ask_finalise(touched.plain(ViewState::ask_finalise));
        desk.on_finalise(touched.plain(ViewState::finalise));
        desk.on_reopen(touched.plain(ViewState::reopen_review));
        desk.on_pick(touched.with(|state, id: SharedString| state.pick_for_review(&id)));
        desk.on_next(touched.plain(ViewState::go_on_choosing));
        desk.on_day_before(still.plain(|state| state.move_day(false)));
        desk.on_day_after(still.plain(|state| state.move_day(true)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        let desk = window.global::<ReviewDesk<'_>>();
        desk.set_shown(shown(state));
        desk.set_part(state.review.part.get());
        desk.set_title(model.title.into());
        desk.set_standing(model.standing.into());
        desk.set_caution(model.caution);
        desk.set_is_final(model.is_final);
        desk.set_can_finalise(model.can_finalise);
        desk.set_ready(model.ready);
        desk.set_facts(model.facts.into());
        self.lines.set(model.lines);
        self.causes.set(model.causes);
        self.steps.set(model.steps);
        self.responsible.set(model.responsible);
        self.actions.set(model.actions);
        if let Some((question, choices)) = presenter::question(state) {
            desk.set_question(question);
            self.choices.set(choices);
        }
    }

    /// Nothing of it is left on the screens.
    fn put_away(&self) {
        self.lines.set([]);
        self.steps.set([]);
        self.responsible.set([]);
        self.actions.set([]);
        self.choices.set([]);
    }
}

fn shown(state: &ViewState) -> ReviewShown {
    if state.review.asking.borrow().is_some() {
        ReviewShown::Choice
    } else if state.review.finalising.get() {
        ReviewShown::Finalise
    } else {
        ReviewShown::Review
    }
}
