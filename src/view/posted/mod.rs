//! The posted face, and the notice that the tablet shows when it is turned to customers.

pub mod presenter;
pub mod public_notice;

use slint::{ComponentHandle, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::{AppWindow, Posted, PostedNumber, PublicNotice, Screen, Touch};

/// The posted face in the window.
#[derive(Default)]
pub(super) struct PostedFace {
    now: Rows<PostedNumber>,
    numbers: Rows<PostedNumber>,
}

impl Face for PostedFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let posted = window.global::<Posted<'_>>();
        posted.set_now(self.now.model());
        posted.set_numbers(self.numbers.model());
        let woken = touched.plain(|state| state.show(Screen::Board));
        let weak = window.as_weak();
        posted.on_wake(move || {
            woken();
            // Whatever lies there now, the touch was for the sleeping face.
            if let Some(window) = weak.upgrade() {
                window.global::<Touch<'_>>().invoke_wake();
            }
        });
        posted.on_open(touched.with(|state, role: SharedString| state.open_posted(&role)));
        posted.on_resume(touched.plain(ViewState::back_to_work));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        let posted = window.global::<Posted<'_>>();
        posted.set_notice(model.notice.into());
        posted.set_running(model.running.into());
        self.now.set(model.now);
        self.numbers.set(model.numbers);
    }

    fn drop_begun(&self, window: &AppWindow) {
        window.global::<Posted<'_>>().set_asking(false);
    }

    fn translate(&self, window: &AppWindow, state: &ViewState) {
        let posted = window.global::<Posted<'_>>();
        posted.set_alone(state.navigator.is_display_only());
    }
}

/// The notice in the window.
pub(super) struct PublicNoticeFace;

impl Face for PublicNoticeFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let notice = window.global::<PublicNotice<'_>>();
        notice.on_turn_back(touched.plain(ViewState::back_to_work));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = public_notice::present(state);
        let notice = window.global::<PublicNotice<'_>>();
        notice.set_longest(model.longest);
        notice.set_longest_other(model.longest_other);
        notice.set_words(model.words.into());
        notice.set_words_other(model.words_other.into());
        notice.set_has_code(model.has_code);
    }
}

impl ViewState {
    /// Turns the tablet to the customers, with the notice of the incident shown.
    pub fn show_public_notice(&self) {
        self.show(Screen::PublicNotice);
    }
}
