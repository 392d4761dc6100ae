//! What all screens share: language, clock, the state of the record, the banner.

mod hearing;
mod idle;
pub mod presenter;

use std::borrow::Cow;
use std::rc::Rc;

use slint::{ComponentHandle, SharedString};

use super::rows::Rows;
use super::screens::Screens;
use super::state::ViewState;
use super::touched::Touched;
use crate::config::settings::Theme;
use crate::domain::lang::Lang;
use crate::domain::line_ends::kept_together;
use crate::domain::pieces::bounded;
use crate::i18n::screen as words;
use crate::{AppWindow, Palette, Screen, Shell, Texts, Touch};

pub use idle::Rested;
pub(super) use idle::start;

/// The frame of all screens.
#[derive(Default)]
pub(super) struct ShellFace {
    banner: Rows<SharedString>,
}

impl ShellFace {
    /// Hands the window what all screens share.
    pub(super) fn bind(&self, screens: &Rc<Screens>, touched: &Touched) {
        let window = &screens.window;
        let shell = window.global::<Shell<'_>>();
        shell.set_banner(self.banner.model());
        let texts = window.global::<Texts<'_>>();
        // Most texts are within the bound: those are handed on as they are.
        texts.on_bounded(|text, wraps| {
            let cut = match bounded(&text, wraps) {
                Cow::Borrowed(_) => text.clone(),
                Cow::Owned(cut) => cut.into(),
            };
            if !wraps {
                return cut;
            }
            match kept_together(&cut) {
                Cow::Borrowed(_) => cut.clone(),
                Cow::Owned(kept) => kept.into(),
            }
        });
        bind_news(screens);
        shell.on_next_lang(touched.plain(|state| state.keep_lang(&state.next_lang())));
        shell.on_to_board(touched.plain(|state| state.show(Screen::Board)));
        shell.on_show_contacts(touched.plain(|state| state.visit(Screen::Contacts)));
        shell.on_show_codes(touched.plain(|state| state.visit(Screen::Codes)));
        shell.on_show_posted(touched.plain(|state| state.show(Screen::Posted)));
        shell.on_back(touched.plain(ViewState::go_back));
        shell.on_evacuate(touched.plain(ViewState::evacuate));
        shell.on_enter_staff(touched.plain(ViewState::ask_for_staff_area));
    }

    /// Puts the language and the colours in force into everything that does not change by itself.
    pub(super) fn translate(&self, window: &AppWindow, state: &ViewState) {
        let dark = state.services.settings().screen.theme == Theme::Dark;
        window.global::<Palette<'_>>().set_dark(dark);
        let lang = state.lang();
        // English is what the screens are written in, and any language without a catalogue
        // falls back to it.
        if slint::select_bundled_translation(lang.as_str()).is_err() {
            #[expect(
                clippy::unused_result_ok,
                reason = "what the screens are written in is always there"
            )]
            slint::select_bundled_translation("").ok();
        }
        let shell = window.global::<Shell<'_>>();
        shell.set_lang(lang.as_str().into());
        let next = state.next_lang();
        let next = if next == lang {
            ""
        } else {
            words::language_name(&next)
        };
        shell.set_next_language(next.into());
    }

    /// Puts what the presenter says into the window.
    pub(super) fn draw(&self, window: &AppWindow, state: &ViewState) {
        state.services.desk.keep_up(state.now());
        let model = presenter::present(state);
        let shell = window.global::<Shell<'_>>();
        shell.set_branch(model.branch.into());
        shell.set_clock(model.clock.into());
        shell.set_date(model.date.into());
        shell.set_recorded(model.recorded);
        shell.set_wanting(model.wanting.into());
        shell.set_wanting_words(model.wanting_words.into());
        shell.set_evacuating(model.evacuating);
        shell.set_turned(model.turned);
        shell.set_banner_words(model.banner.join("\n").into());
        let lines = model.banner.into_iter();
        self.banner.set(lines.map(SharedString::from));
    }
}

/// Has the screens take in what happens beside them.
fn bind_news(screens: &Rc<Screens>) {
    let shell = screens.window.global::<Shell<'_>>();
    let me = Rc::downgrade(screens);
    shell.on_heard(move || {
        if let Some(me) = me.upgrade() {
            me.process_notices();
        }
    });
    let me = Rc::downgrade(screens);
    shell.on_floor_made(move || {
        if let Some(me) = me.upgrade() {
            me.draw();
        }
    });
    let me = Rc::downgrade(screens);
    screens.window.global::<Touch<'_>>().on_touched(move || {
        if let Some(me) = me.upgrade() {
            me.await_idleness();
        }
    });
}

impl ViewState {
    /// The language that one tap leads to.
    fn next_lang(&self) -> Lang {
        let (settings, lang) = (self.services.settings(), self.lang());
        let languages = &settings.screen.languages;
        let here = languages.iter().position(|one| *one == lang).unwrap_or(0);
        languages
            .get((here + 1) % languages.len().max(1))
            .cloned()
            .unwrap_or(lang)
    }
}
