//! The codes that customers scan with their own phones.

mod picture;
pub mod presenter;

use std::cell::RefCell;
use std::rc::Rc;

use slint::{ComponentHandle, VecModel};

use super::ViewState;
use super::face::Face;
use crate::{AppWindow, Codes};

pub(super) use picture::{Pictures, once};

/// The codes in the window, for every screen that has some.
#[derive(Default)]
pub(super) struct CodesFace {
    /// The address that they were drawn with, and whether those with the way out were withheld.
    drawn_with: RefCell<Option<(Option<String>, bool)>>,
}

impl Face for CodesFace {
    fn translate(&self, _window: &AppWindow, _state: &ViewState) {
        self.drawn_with.take();
    }

    fn keep_up(&self, window: &AppWindow, state: &ViewState) -> bool {
        let pages = state.services.pages.get();
        let base = pages.good_base().map(str::to_owned);
        let with = Some((base, state.withholds_codes()));
        if *self.drawn_with.borrow() == with {
            return false;
        }
        self.drawn_with.replace(with);
        let model = presenter::present(state);
        let codes = window.global::<Codes<'_>>();
        codes.set_complaint_address(model.address.into());
        codes.set_complaint(Rc::new(VecModel::from_iter(model.complaint)).into());
        codes.set_complaint_number(model.number.into());
        codes.set_way_out(model.way_out.into());
        codes.set_evacuation(Rc::new(VecModel::from(model.evacuation)).into());
        codes.set_hotline(model.hotline.into());
        codes.set_hotline_words(model.hotline_words.into());
        true
    }
}
