//! What the rescuers are handed when they come: one screen, one code.

pub mod presenter;

use std::cell::RefCell;

use slint::ComponentHandle;

use super::ViewState;
use super::evacuation::way_out;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::domain::ids::IncidentId;
use crate::{AppWindow, Evacuation, Handover, HandoverRow, Screen};

/// Which incident is handed over.
#[derive(Default)]
pub(super) struct State {
    incident: RefCell<Option<IncidentId>>,
}

/// The card in the window.
#[derive(Default)]
pub(super) struct HandoverFace {
    rows: Rows<HandoverRow>,
}

impl Face for HandoverFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let handover = window.global::<Handover<'_>>();
        handover.set_rows(self.rows.model());
        handover.on_open(touched.plain(ViewState::show_handover));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let Some(model) = presenter::present(state) else {
            return;
        };
        let handover = window.global::<Handover<'_>>();
        self.rows.set(model.rows);
        handover.set_code(model.code);
        let floor = way_out::floor_plan(state, &state.lang());
        let (x, y) = floor.here.unwrap_or((-1.0, -1.0));
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_floor_plan_words(floor.words.into());
        evacuation.set_here_x(x);
        evacuation.set_here_y(y);
    }
}

impl ViewState {
    /// Shows what is handed to the rescuers: of the evacuation whose face is shown, or else of the
    /// guide.
    pub fn show_handover(&self) {
        let leaving = (self.navigator.here() == Screen::Evacuation)
            .then(|| self.announced().map(|one| one.id.clone()))
            .flatten();
        let Some(id) = leaving.or_else(|| self.guide.shown()) else {
            return;
        };
        self.handover.incident.replace(Some(id));
        self.visit(Screen::Handover);
    }
}
