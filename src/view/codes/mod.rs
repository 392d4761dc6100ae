//! The codes that customers scan with their own phones.

mod picture;
pub mod presenter;

use std::rc::Rc;

use slint::{ComponentHandle, VecModel};

use super::ViewState;
use super::face::Face;
use super::touched::Touched;
use crate::{AppWindow, Codes};

pub(super) use picture::Pictures;

/// The codes in the window. They change only with the language, the settings and what the public
/// may be told.
#[derive(Default)]
pub(super) struct CodesFace;

impl Face for CodesFace {
    fn bind(&self, _window: &AppWindow, _touched: &Touched) {}

    fn draw(&self, _window: &AppWindow, _state: &ViewState) {}

    fn translate(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        let codes = window.global::<Codes<'_>>();
        codes.set_complaint_address(model.address.into());
        codes.set_complaint(Rc::new(VecModel::from_iter(model.complaint)).into());
        codes.set_complaint_number(model.number.into());
        codes.set_way_out(model.way_out.into());
        codes.set_evacuation(Rc::new(VecModel::from(model.evacuation)).into());
        codes.set_hotline(model.hotline.into());
        codes.set_hotline_words(model.hotline_words.into());
    }
}
