//! Links to the staff's own phones: the code of one, for a guide without a PIN and for what lies behind
//! it, and the list of those that are good; and the same of the branch's PCs.

mod pc;
pub mod presenter;

use std::cell::{Cell, RefCell};

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use crate::domain::actor::Actor;
use crate::domain::ids::IncidentId;
use crate::domain::person::Right;
use crate::domain::phone_link::Thing;
use crate::service::phone::Wish;
use crate::{AppWindow, PhoneRow, Phones, Screen};

/// What is shown of the links.
#[derive(Default)]
pub(super) struct State {
    /// A code, and not the list.
    code: Cell<bool>,
    /// It is one for a PC.
    pc: Cell<bool>,
    /// None could be made.
    no_code: Cell<bool>,
    /// What it is for, and where the way back leads.
    thing: RefCell<Option<Thing>>,
}

/// The code for a guide, in the window.
#[derive(Default)]
pub(super) struct PhoneLinkFace;

/// The staff's list, and codes for what lies behind the PIN.
#[derive(Default)]
pub(super) struct PhonesFace {
    rows: Rows<PhoneRow>,
}

impl Face for PhoneLinkFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let phones = window.global::<Phones<'_>>();
        phones.on_for_guide(touched.on_incident(ViewState::link_guide));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        set_code(window, state);
    }
}

impl Face for PhonesFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let phones = window.global::<Phones<'_>>();
        phones.set_rows(self.rows.model());
        phones.on_for_record(touched.plain(ViewState::link_record));
        phones.on_for_complaint(touched.plain(ViewState::link_complaint));
        phones.on_for_counter(touched.plain(|state| state.link_behind_pin(Thing::Counter)));
        phones.on_for_pc(touched.plain(ViewState::pair_pc));
        phones.on_show(touched.plain(ViewState::show_phones));
        phones.on_back(touched.plain(ViewState::leave_phones));
        phones.on_revoke(touched.with(|state, link: SharedString| {
            state.end_links(Some(link.as_str()));
        }));
        phones.on_revoke_all(touched.plain(|state| state.end_links(None)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let phones = window.global::<Phones<'_>>();
        phones.set_listing(!state.phone.code.get());
        if state.phone.code.get() {
            self.rows.set([]);
            set_code(window, state);
            return;
        }
        let model = presenter::list(state);
        phones.set_summary(model.summary.into());
        self.rows.set(model.rows);
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        pc::changes(state, now)
    }

    fn put_away(&self) {
        self.rows.set([]);
    }
}

fn set_code(window: &AppWindow, state: &ViewState) {
    let model = presenter::code(state);
    let phones = window.global::<Phones<'_>>();
    phones.set_what(model.what.into());
    phones.set_facts(model.facts.into());
    phones.set_code(model.code);
    phones.set_digits(model.digits.into());
    phones.set_address(model.address.into());
    phones.set_taken(model.taken);
    phones.set_said(model.said.into());
    phones.set_failing(model.failing);
}

impl ViewState {
    /// Makes a link to the guide of an incident, in the name of whoever is on duty.
    pub fn link_guide(&self, id: &IncidentId) {
        // Everybody who stands before the screen reads the code's name.
        let incidents = &self.services.incidents;
        let name = incidents.get(id).map(|one| incidents.open_name(&one));
        self.visit(Screen::PhoneLink);
        let person = self.services.on_duty().map(|person| person.id);
        self.ask_for_link(Wish {
            thing: Thing::Guide(id.clone()),
            name,
            actor: Actor::OnDuty,
            person,
        });
    }

    /// Makes one to the record that is open.
    pub fn link_record(&self) {
        let id = (self.services.archive.record()).map(|record| record.incident.id.clone());
        if let Some(id) = id {
            self.link_behind_pin(Thing::Record(id));
        }
    }

    /// Makes one to the complaint that is open.
    fn link_complaint(&self) {
        let id = (self.services.desk.file()).map(|file| file.complaint.id.clone());
        if let Some(id) = id {
            self.link_behind_pin(Thing::Complaint(id));
        }
    }

    fn link_behind_pin(&self, thing: Thing) {
        if !self.is_unlocked() || !self.allows(Right::Handle) {
            return;
        }
        let name = (self.services.archive.record())
            .filter(|_| matches!(thing, Thing::Record(_)))
            .map(|record| self.services.incidents.open_name(&record.incident));
        self.show(Screen::Phones);
        self.ask_for_link(Wish {
            thing,
            name,
            actor: Actor::SignedIn,
            person: self.door(),
        });
    }

    fn ask_for_link(&self, wish: Wish) {
        self.phone.code.set(true);
        self.phone.thing.replace(Some(wish.thing.clone()));
        let complaints = self.services.complaints.borrow().clone();
        self.services.phone.ask(wish, self.now(), complaints);
    }

    /// Shows the list of the links that are good.
    pub fn show_phones(&self) {
        self.forget_link();
        self.show(Screen::Phones);
    }

    /// From the list to the complaints, from a code to what it is for.
    fn leave_phones(&self) {
        if !self.phone.code.get() {
            return self.show_inbox();
        }
        let thing = self.phone.thing.borrow().clone();
        self.forget_link();
        match thing {
            Some(Thing::Record(_)) => self.show(Screen::Records),
            Some(Thing::Complaint(id)) => self.open_complaint(&id),
            _ => self.show(Screen::Phones),
        }
    }

    /// Nobody looks at a code any more.
    pub(super) fn forget_link(&self) {
        self.phone.code.set(false);
        self.phone.pc.set(false);
        self.phone.thing.take();
        self.services.phone.put_away();
    }

    /// Ends one link, or all of them.
    fn end_links(&self, which: Option<&str>) {
        if self.allows(Right::Handle) {
            let which = which.map(Into::into);
            self.services.phone.end(which.as_ref(), self.now());
            if let Some(pcs) = &self.services.pcs {
                pcs.end(which.as_ref(), self.now());
            }
        }
    }
}
