//! The staff area's door: the pad for its PIN, and the wait after wrong ones.

use std::cell::{Cell, RefCell};

use chrono::{DateTime, Duration, Utc};
use slint::{ComponentHandle, SharedString};

use crate::domain::person::Right;
use crate::domain::staff::PIN_DIGITS;
use crate::i18n::{journal, people, pin as pin_words, staff as words};
use crate::service::StoreError;
use crate::service::pin::PinError;
use crate::service::staff::Door;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{AppWindow, Chip, Staff};

/// What the door is like, beside the tries that the journal holds.
#[derive(Default)]
pub(in crate::view) struct State {
    pub(super) unlocked: Cell<bool>,
    pub(super) typed: RefCell<String>,
    /// Nobody has set a PIN.
    pub(super) unset: Cell<bool>,
    pub(super) wrong: Cell<bool>,
    pub(super) trouble: RefCell<Option<Trouble>>,
    /// Whose PIN is typed; none before somebody has said who they are.
    pub(super) door: RefCell<Option<Door>>,
    /// Whoever is in, and what tells their PIN from any other.
    pub(super) inside: RefCell<Option<Inside>>,
    /// Why the last touch did nothing.
    pub(in crate::view) refused: RefCell<Option<Right>>,
}

/// Who has come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inside {
    pub(super) door: Door,
    pub(super) mark: Option<String>,
}

/// Why no PIN can be looked at.
pub(super) enum Trouble {
    Pin(PinError),
    Store(StoreError),
    NoThread(String),
}

impl State {
    /// What was typed is nobody's any more.
    pub(in crate::view) fn forget_typed(&self) {
        self.typed.borrow_mut().clear();
    }
}

/// The pad in the window.
#[derive(Default)]
pub(in crate::view) struct PinFace {
    people: Rows<Chip>,
}

impl Face for PinFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let staff = window.global::<Staff<'_>>();
        staff.set_people(self.people.model());
        staff.on_choose(touched.with(ViewState::choose_door));
        staff.on_ask_who(touched.plain(ViewState::ask_who));
        let keys = touched.in_place();
        staff.on_key(keys.with(|state, digit: SharedString| state.type_digit(&digit)));
        staff.on_delete(keys.plain(|state| {
            state.pin.typed.borrow_mut().pop();
        }));
        staff.on_ok(keys.plain(ViewState::try_pin));
        staff.on_lock(touched.plain(ViewState::lock_staff));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = present(state);
        let staff = window.global::<Staff<'_>>();
        self.people.set(model.people);
        staff.set_choosing(model.choosing);
        staff.set_others(model.others);
        staff.set_unset(model.unset);
        staff.set_typed(i32::try_from(model.typed).unwrap_or(0));
        staff.set_ready(model.ready);
        staff.set_enough(model.enough);
        staff.set_said(model.said.into());
        staff.set_caution(model.caution);
    }

    /// The next second of a wait.
    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let left = state.lockout()?.left(now)?;
        let past = (left.num_milliseconds() - 1).rem_euclid(1_000);
        Some(now + Duration::milliseconds(past + 1))
    }
}

/// The pad for the PIN.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Those who have a PIN; nobody where the tablet knows only the first administrator's.
    pub people: Vec<Chip>,
    /// Somebody has to say first who they are.
    pub choosing: bool,
    /// Somebody else may come in.
    pub others: bool,
    /// Nobody has set a PIN.
    pub unset: bool,
    /// How many digits are typed.
    pub typed: usize,
    /// The keys do something.
    pub ready: bool,
    /// What is typed may be a PIN.
    pub enough: bool,
    /// What to do, or what is wrong.
    pub said: String,
    /// Something is wrong.
    pub caution: bool,
}

/// The pad just now.
pub fn present(state: &ViewState) -> Model {
    let typed = state.pin.typed.borrow().len();
    let (said, caution) = said(state);
    let people = state.people_at_the_door();
    let door = state.pin.door.borrow().clone();
    Model {
        choosing: door.is_none() && !people.is_empty(),
        others: door.is_some() && !people.is_empty(),
        people,
        unset: state.pin.unset.get() && door.is_none_or(|door| door.is_none()),
        typed,
        ready: state.may_type(),
        enough: typed >= *PIN_DIGITS.start(),
        said,
        caution,
    }
}

/// What to do, or what is wrong; whether it is wrong.
fn said(state: &ViewState) -> (String, bool) {
    let (lang, now) = (state.lang(), state.now());
    let service = &state.services().staff;
    let left = state.lockout().and_then(|lockout| lockout.left(now));
    let choosing = state.pin.door.borrow().is_none();
    let name = state.name_at_the_door();
    match (&*state.pin.trouble.borrow(), left) {
        _ if choosing && state.has_people() => (people::who_are_you(&lang).to_owned(), false),
        _ if state.pin.unset.get() && name.is_none() => {
            let path = state.services().data.clone().unwrap_or_default();
            let unset = PinError::NotSet { path };
            (pin_words::pin_error(&lang, &unset), true)
        }
        (_, Some(left)) => (words::wait(&lang, left), true),
        (Some(Trouble::Pin(error)), _) => (pin_words::pin_error(&lang, error), true),
        (Some(Trouble::Store(error)), _) => (journal::store_error(&lang, error), true),
        (Some(Trouble::NoThread(detail)), _) => (words::no_thread(&lang, detail), true),
        _ if service.is_busy() => (words::checking(&lang).to_owned(), false),
        _ if state.pin.wrong.get() => (words::wrong_pin(&lang).to_owned(), true),
        _ => match name {
            Some(name) => (people::enter_pin_of(&lang, &name), false),
            None => (words::enter_pin(&lang).to_owned(), false),
        },
    }
}
