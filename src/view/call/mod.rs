//! Whom to call: the list of all contacts, on its own screen and where it is visited from, and the
//! card of one.

mod acts;
pub mod card;
pub mod presenter;
mod so_far;
mod turn;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use slint::{ComponentHandle, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::domain::calling::LastCall;
use crate::{AppWindow, Chip, ContactTile, Contacts};

pub(super) use presenter::{group_id, which};

/// What the contacts screen shows beside the services' state.
#[derive(Default)]
pub(super) struct State {
    group: Cell<usize>,
    /// The role whose card is open, here or in a guide.
    card: RefCell<Option<String>>,
    /// The role of that card, where all its numbers had been tried in vain before it was opened:
    /// they are tried anew.
    anew: RefCell<Option<String>>,
    /// The role from which that card has turned, since nobody answered.
    turned_from: RefCell<Option<String>>,
    /// That card was opened from the posted face: it shows what customers may know, and leads
    /// back there.
    from_posted: Cell<bool>,
    /// Calls that belong to no incident: they are not recorded, but still lead to the next number.
    unrecorded: RefCell<HashMap<String, LastCall>>,
}

/// The contacts in the window.
#[derive(Default)]
pub(super) struct ContactsFace {
    now: Rows<ContactTile>,
    shown: Rows<ContactTile>,
    groups: Rows<Chip>,
}

impl Face for ContactsFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let contacts = window.global::<Contacts<'_>>();
        contacts.set_now(self.now.model());
        contacts.set_shown(self.shown.model());
        contacts.set_groups(self.groups.model());
        contacts.on_open(touched.with(|state, role: SharedString| state.show_card(&role)));
        contacts.on_close(touched.plain(ViewState::leave_card));
        contacts.on_choose(touched.with(ViewState::choose_group));
        contacts.on_called(touched.with_two(|state, role: SharedString, answered| {
            state.called(&role, answered);
        }));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        self.now.set(model.now);
        self.shown.set(model.shown);
        self.groups.set(model.groups);
        let contacts = window.global::<Contacts<'_>>();
        contacts.set_group(i32::try_from(model.group).unwrap_or(0));
        show_card(window, state);
    }
}

/// Puts the card that is open, if one is, into the window, on whichever screen.
pub(super) fn show_card(window: &AppWindow, state: &ViewState) {
    let contacts = window.global::<Contacts<'_>>();
    let card = card::present(state);
    contacts.set_has_card(card.is_some());
    if let Some(card) = card {
        contacts.set_card(card);
    }
}
