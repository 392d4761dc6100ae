//! The codes that customers scan with their own phones.

mod picture;
pub mod presenter;

use std::cell::RefCell;
use std::rc::Rc;

use slint::{ComponentHandle, VecModel};

use super::ViewState;
use super::face::Face;
use crate::domain::lang::Lang;
use crate::{AppWindow, Codes};

pub(super) use picture::Pictures;

/// The codes in the window, for every screen that has some.
#[derive(Default)]
pub(super) struct CodesFace {
    drawn_by: RefCell<Option<DrawnBy>>,
}

/// What the codes change with.
#[derive(PartialEq, Eq)]
struct DrawnBy {
    lang: Lang,
    /// Of what is in force.
    version: u64,
    /// The address that they carry.
    base: Option<String>,
    /// Whether those with the way out are withheld.
    withheld: bool,
}

impl Face for CodesFace {
    fn keep_up(&self, window: &AppWindow, state: &ViewState) -> bool {
        let by = Some(DrawnBy {
            lang: state.lang(),
            version: state.services.in_force.now().version,
            base: state.services.pages.get().good_base().map(str::to_owned),
            withheld: state.withholds_codes(),
        });
        if *self.drawn_by.borrow() == by {
            return false;
        }
        self.drawn_by.replace(by);
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
