//! A PC that is to read the staff pages: its code, and the PCs that do, in the list of the links.

use chrono::{DateTime, Utc};

use super::presenter::CodeModel;
use crate::PhoneRow;
use crate::Screen;
use crate::domain::lang::Lang;
use crate::domain::person::Right;
use crate::i18n::{pcs as words, people, screen};
use crate::service::pcs::{CodeState, Holder, Session};
use crate::view::ViewState;

impl ViewState {
    /// Shows a code for a PC, in the name of whoever is signed in.
    pub(super) fn pair_pc(&self) {
        if !self.is_unlocked() || !self.allows(Right::Handle) {
            return;
        }
        self.forget_link();
        self.show(Screen::Phones);
        self.phone.code.set(true);
        self.phone.pc.set(true);
        let Some((pcs, role)) = self.services.pcs.as_ref().zip(self.role()) else {
            return;
        };
        if trouble(self).is_none() {
            let holder = Holder {
                person: self.door(),
                role,
            };
            self.phone
                .no_code
                .set(pcs.show_code(holder, self.now()).is_err());
        }
    }
}

/// Why no PC can be paired just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Nobody has allowed any network.
    Off,
    /// The pages are not served at all.
    NoPages,
    /// They are not encrypted.
    Plain,
}

fn trouble(state: &ViewState) -> Option<Trouble> {
    let services = state.services();
    let pages = services.pages.get();
    match pages.good_base() {
        _ if services.settings().staff_pages.networks.is_empty() => Some(Trouble::Off),
        Some(base) if base.starts_with("https:") && services.pcs.is_some() => None,
        Some(base) if base.starts_with("http:") => Some(Trouble::Plain),
        _ => Some(Trouble::NoPages),
    }
}

/// The code just now.
pub(super) fn code(state: &ViewState) -> CodeModel {
    let (lang, now) = (state.lang(), state.now());
    let mut model = CodeModel {
        what: words::a_pc(&lang).to_owned(),
        failing: true,
        ..CodeModel::default()
    };
    let said = match trouble(state) {
        Some(Trouble::Off) => Some(words::off(&lang)),
        Some(Trouble::NoPages) => Some(words::no_pages(&lang)),
        Some(Trouble::Plain) => Some(words::plain(&lang)),
        None if state.phone.no_code.get() => Some(words::no_code(&lang)),
        None => None,
    };
    if let Some(said) = said {
        said.clone_into(&mut model.said);
        return model;
    }
    let services = state.services();
    let code = services.pcs.as_ref().and_then(|pcs| pcs.code(now));
    let pages = services.pages.get();
    let Some((code, base)) = code.zip(pages.good_base()) else {
        words::over(&lang).clone_into(&mut model.said);
        return model;
    };
    let zone = services.settings().branch.time_zone;
    let who = name(state, &code.holder, &lang);
    model.facts = words::facts(&lang, &who, &screen::time_of_day(code.until, zone));
    model.taken = code.state == CodeState::Taken;
    model.failing = matches!(code.state, CodeState::Void | CodeState::Over);
    match code.state {
        CodeState::Good => {
            let (first, rest) = code.digits.split_at(code.digits.len() / 2);
            model.digits = [first, " ", rest].concat();
            model.address = format!("{base}/staff");
        }
        CodeState::Taken => words::taken(&lang).clone_into(&mut model.said),
        CodeState::Void => words::void(&lang).clone_into(&mut model.said),
        CodeState::Over => words::over(&lang).clone_into(&mut model.said),
    }
    model
}

fn name(state: &ViewState, holder: &Holder, lang: &Lang) -> String {
    let list = state.services().people.list();
    people::who(lang, Some(&holder.actor()), &list.people)
}

/// The PCs that read, the one that was paired last first.
pub(super) fn rows(state: &ViewState, lang: &Lang) -> Vec<PhoneRow> {
    let zone = state.services().settings().branch.time_zone;
    let time = |at| screen::time_of_day(at, zone);
    let row = |one: &Session| PhoneRow {
        link: one.id.as_str().into(),
        what: words::a_pc(lang).into(),
        who: name(state, &one.holder, lang).into(),
        standing: words::standing(lang, &time(one.begun), &time(one.used), &time(one.until()))
            .into(),
        taken: true,
        pc: true,
    };
    live(state, state.now()).iter().map(row).collect()
}

fn live(state: &ViewState, now: DateTime<Utc>) -> Vec<Session> {
    let pcs = state.services().pcs.as_ref();
    pcs.map_or_else(Vec::new, |pcs| pcs.live(now))
}

/// When a code or a session that is shown ends by itself.
pub(super) fn changes(state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let pcs = state.services().pcs.as_ref()?;
    let code = pcs.code(now).filter(|one| one.state == CodeState::Good);
    let sessions = live(state, now).into_iter().map(|one| one.until_unused());
    sessions.chain(code.map(|one| one.until)).min()
}
