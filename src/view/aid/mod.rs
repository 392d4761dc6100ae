//! First aid: the cards that the step of a guide may need, and each card on its own screen.

pub mod presenter;

use std::cell::RefCell;

use slint::{ComponentHandle, SharedString};

use super::ViewState;
use super::call;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::{Aid, AppWindow, Chip, Resuscitation, Screen};

/// Which card is shown.
#[derive(Default)]
pub(super) struct State {
    shown: RefCell<Option<String>>,
}

impl ViewState {
    /// Shows the first-aid card of this id, from the guide whose step offers it.
    pub fn show_aid(&self, id: &str) {
        self.aid.shown.replace(Some(id.to_owned()));
        self.visit(Screen::Aid);
    }
}

/// The card in the window.
#[derive(Default)]
pub(super) struct AidFace {
    lines: Rows<SharedString>,
}

impl Face for AidFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let aid = window.global::<Aid<'_>>();
        aid.set_lines(self.lines.model());
        aid.on_open(touched.with(|state, id: SharedString| state.show_aid(&id)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        call::show_card(window, state);
        let Some(model) = presenter::present(state) else {
            return;
        };
        let aid = window.global::<Aid<'_>>();
        aid.set_name(model.name.into());
        self.lines
            .set(model.lines.into_iter().map(SharedString::from));
        aid.set_never(model.never.into());
        aid.set_call(model.call.into());
        aid.set_source(model.source.into());
        aid.set_leads_on(model.leads_on);
        aid.set_ambulance(model.ambulance);
    }
}

/// What a guide's current step offers: first-aid cards, and the rhythm of a resuscitation.
#[derive(Default)]
pub(super) struct Offer {
    aids: Rows<Chip>,
}

impl Offer {
    /// Hands the window the model.
    pub(super) fn bind(&self, window: &AppWindow) {
        window.global::<Aid<'_>>().set_offered(self.aids.model());
    }

    /// Puts what is offered into the window.
    pub(super) fn draw(&self, window: &AppWindow, state: &ViewState) {
        let offered = presenter::offered(state);
        self.aids.set(offered.aids);
        let resuscitation = window.global::<Resuscitation<'_>>();
        resuscitation.set_offered(offered.resuscitation || offered.running);
        resuscitation.set_running(offered.running);
    }
}
