//! The board: what can be started, what is open, what is left to do.

pub mod presenter;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::ticks::next_words;
use super::touched::Touched;
use crate::domain::plan::UNCLASSIFIED;
use crate::service::incidents::Tapped;
use crate::{AppWindow, Board, ClassGroup, OpenCard, Screen, TypeButton};

/// The board in the window.
#[derive(Default)]
pub(super) struct BoardFace {
    open: Rows<OpenCard>,
}

impl Face for BoardFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let board = window.global::<Board<'_>>();
        board.set_open(self.open.model());
        board.on_start(touched.with(|state, type_id: SharedString| state.tap_type(&type_id)));
        board.on_resume(
            touched.with(|state, id: SharedString| state.show_guide(&id.as_str().into())),
        );
        board.on_show_after(touched.plain(|state| state.show(Screen::After)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        self.open.set(model.open);
        window.global::<Board<'_>>().set_after(model.after);
    }

    fn translate(&self, window: &AppWindow, state: &ViewState) {
        let buttons = presenter::buttons(state);
        let groups = buttons.classes.into_iter().map(|class| ClassGroup {
            class_id: class.id.into(),
            name: class.name.into(),
            types: model_of(class.types),
        });
        let board = window.global::<Board<'_>>();
        board.set_groups(Rc::new(VecModel::from_iter(groups)).into());
        board.set_beside(model_of(buttons.beside));
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let open = state.services.incidents.open();
        open.iter().map(|one| next_words(one.started, now)).min()
    }
}

fn model_of(buttons: Vec<TypeButton>) -> ModelRc<TypeButton> {
    Rc::new(VecModel::from(buttons)).into()
}

impl ViewState {
    /// Starts an incident of this type, or leads to the one that is open.
    pub fn tap_type(&self, type_id: &str) {
        match self.services.incidents.tap(type_id) {
            Some(Tapped::Started(id)) => {
                self.show_guide(&id);
                let behind = self.services.plan().behind().next().is_some();
                if type_id == UNCLASSIFIED && behind {
                    // It runs: what it is can be said in one more tap, or later.
                    self.show_face(crate::Face::Kinds);
                }
            }
            Some(Tapped::AlreadyOpen(id)) => {
                self.show_guide(&id);
                self.guide.offer_second();
            }
            None => {}
        }
    }
}
