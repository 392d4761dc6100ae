//! The board: what can be started, what is open, what is left to do.

pub mod layout;
pub mod presenter;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, ModelRc, SharedString, VecModel};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::ticks::{next_second, next_words};
use super::touched::Touched;
use super::words;
use crate::domain::incident::Incident;
use crate::domain::plan::UNCLASSIFIED;
use crate::service::incidents::Tapped;
use crate::{AppWindow, Board, BoardLayout, ClassGroup, OpenCard, Screen, Spot, TypeButton};

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
        let board = window.global::<Board<'_>>();
        board.set_groups(groups_of(buttons.classes));
        board.set_beside(model_of(buttons.beside));
        board.set_threats(model_of(buttons.threats));
        board.set_classes(groups_of(buttons.others));
        board.set_unclassified(buttons.unclassified.unwrap_or_default());
        let layouts = buttons.layouts;
        board.set_wide(layout_of(&layouts.wide));
        board.set_wide_low(layout_of(&layouts.wide_low));
        board.set_tall(layout_of(&layouts.tall));
        board.set_tall_low(layout_of(&layouts.tall_low));
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let open = state.services.incidents.open();
        let next = |one: &Incident| match words::due_first(state, one) {
            Some(due) => next_second(due, now),
            None => next_words(one.started, now),
        };
        open.iter().map(|one| next(one)).min()
    }
}

fn groups_of(classes: Vec<presenter::Class>) -> ModelRc<ClassGroup> {
    let groups = classes.into_iter().map(|class| ClassGroup {
        class_id: class.id.into(),
        name: class.name.into(),
        types: model_of(class.types),
    });
    Rc::new(VecModel::from_iter(groups)).into()
}

fn layout_of(layout: &layout::Layout) -> BoardLayout {
    let count = |count: usize| i32::try_from(count).unwrap_or(0);
    let spot = |column: usize, row: usize, columns: usize| Spot {
        column: count(column),
        row: count(row),
        columns: count(columns),
    };
    let blocks = layout.blocks.iter();
    let blocks = blocks.map(|one| spot(one.column, one.row, one.columns));
    let beside = layout
        .beside
        .map(|all| all.map(|it| spot(it.column, it.row, 1)));
    let [unclassified, leave] = beside.unwrap_or_else(|| [spot(0, 0, 0), spot(0, 0, 0)]);
    BoardLayout {
        classes: Rc::new(VecModel::from_iter(blocks)).into(),
        columns: count(layout.columns),
        rows: count(layout.rows),
        has_beside: layout.beside.is_some(),
        unclassified,
        leave,
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
