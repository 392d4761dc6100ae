//! The cards of those a step can be handed to.

pub mod presenter;

use std::cell::RefCell;

use slint::{ComponentHandle, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::{AppWindow, Chip, RoleCards, RoleTask, Screen};

/// Whose card is shown.
#[derive(Default)]
pub(super) struct State {
    chosen: RefCell<String>,
}

/// The cards in the window.
#[derive(Default)]
pub(super) struct RoleCardsFace {
    roles: Rows<Chip>,
    tasks: Rows<RoleTask>,
    lines: Rows<SharedString>,
}

impl Face for RoleCardsFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let cards = window.global::<RoleCards<'_>>();
        cards.set_roles(self.roles.model());
        cards.set_tasks(self.tasks.model());
        cards.set_lines(self.lines.model());
        cards.on_open(touched.plain(|state| state.visit(Screen::RoleCards)));
        cards.on_choose(touched.with(|state, role: SharedString| state.show_role(&role)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        let cards = window.global::<RoleCards<'_>>();
        self.roles.set(model.roles);
        cards.set_shown(model.shown.into());
        cards.set_name(model.name.into());
        self.tasks.set(model.tasks);
        self.lines
            .set(model.lines.into_iter().map(SharedString::from));
        cards.set_code(model.code);
    }
}

impl ViewState {
    /// Shows the card of one of the crew.
    pub fn show_role(&self, id: &str) {
        id.clone_into(&mut self.crew.chosen.borrow_mut());
    }
}
