//! Who is at the door of the staff area and who has come in, what each may do, and who is on duty.

use slint::{ComponentHandle, SharedString};

use super::pin::Inside;
use crate::domain::ids::PersonId;
use crate::domain::person::{Person, Right, Role};
use crate::domain::staff::Lockout;
use crate::i18n::people as words;
use crate::service::pin;
use crate::service::staff::Door;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{AppWindow, Chip, People, PersonRow, Screen, Staff};

/// Who is on duty, and the list of the people, in the window.
#[derive(Default)]
pub(in crate::view) struct PeopleFace {
    rows: Rows<PersonRow>,
}

impl Face for PeopleFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let people = window.global::<People<'_>>();
        people.set_rows(self.rows.model());
        people.on_show(touched.plain(ViewState::show_people));
        people.on_back(touched.plain(ViewState::show_inbox));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = present(state);
        self.rows.set(model.rows);
        let people = window.global::<People<'_>>();
        people.set_said(model.said.into());
        people.set_caution(model.caution);
    }

    fn put_away(&self) {
        self.rows.set([]);
    }
}

/// Whoever may be on duty, in the window.
#[derive(Default)]
pub(in crate::view) struct DutyFace {
    chips: Rows<Chip>,
}

impl Face for DutyFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let people = window.global::<People<'_>>();
        people.set_chips(self.chips.model());
        people.on_choose(touched.with(ViewState::choose_duty));
        people.on_nobody(touched.plain(|state| {
            state.services.set_on_duty(None);
            state.show(Screen::Board);
        }));
        people.on_ask(touched.plain(|state| state.show(Screen::Duty)));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let list = state.services.people.list();
        let chips = list.people.all().map(chip);
        self.chips.set(chips);
        let here = state.services.on_duty().map(|one| one.id);
        let here = here.map_or_else(SharedString::default, |id| id.as_str().into());
        window.global::<People<'_>>().set_chosen(here);
    }

    fn keep_up(&self, window: &AppWindow, state: &ViewState) -> bool {
        let on_duty = state.services.follow_duty();
        let people = window.global::<People<'_>>();
        let known = state.services.people.list().people.all().next().is_some();
        people.set_named(on_duty.is_some());
        let name: SharedString = on_duty.map_or_else(
            || words::who_is_on_duty(&state.lang()).into(),
            |person| person.name.into(),
        );
        let changed = people.get_on_duty() != name || people.get_known() != known;
        people.set_on_duty(name);
        people.set_known(known);
        let refused = *state.pin.refused.borrow();
        let refused = refused.map(|right| words::refused(&state.lang(), right));
        let staff = window.global::<Staff<'_>>();
        staff.set_refused(refused.unwrap_or_default().into());
        changed
    }
}

/// The list of the people.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Each of them.
    pub rows: Vec<PersonRow>,
    /// What is wrong, or how somebody comes onto the list.
    pub said: String,
    /// Something is wrong.
    pub caution: bool,
}

/// The list just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let list = state.services().people.list();
    let on_duty = state.services().on_duty().map(|person| person.id);
    let with_pin: Vec<_> = list.people.with_pin().map(|one| &one.id).collect();
    let rows = list.people.all().map(|one| PersonRow {
        name: one.name.as_str().into(),
        role: words::role(&lang, one.role).into(),
        detail: words::detail(&lang, one, with_pin.contains(&&one.id)).into(),
        on_duty: on_duty.as_ref() == Some(&one.id),
    });
    Model {
        said: match &list.fault {
            Some(fault) => words::people_error(&lang, fault),
            None => words::how_to_add(&lang).to_owned(),
        },
        caution: list.fault.is_some(),
        rows: rows.collect(),
    }
}

fn chip(one: &Person) -> Chip {
    Chip {
        id: one.id.as_str().into(),
        label: one.name.as_str().into(),
    }
}

impl ViewState {
    /// Shows the list of the people.
    pub fn show_people(&self) {
        if self.allows(Right::People) {
            self.show(Screen::People);
        }
    }

    /// Whoever stands there is on duty from now on.
    fn choose_duty(&self, id: SharedString) {
        let person = PersonId::from(id.as_str());
        // They may have been taken off the list since it was drawn.
        if self.services.people.list().people.get(&person).is_some() {
            self.services.set_on_duty(Some(person));
            self.show(Screen::Board);
        }
    }

    /// Whether the tablet knows anybody with a PIN beside the first administrator.
    pub(super) fn has_people(&self) -> bool {
        let list = self.services.people.list();
        list.people.with_pin().next().is_some()
    }

    /// Those who may come in, the first administrator last.
    pub(super) fn people_at_the_door(&self) -> Vec<Chip> {
        let list = self.services.people.list();
        let mut chips: Vec<Chip> = list.people.with_pin().map(chip).collect();
        if !chips.is_empty() && !self.pin.unset.get() {
            chips.push(Chip {
                id: SharedString::default(),
                label: words::first_administrator(&self.lang()).into(),
            });
        }
        chips
    }

    /// Nobody has said yet who they are.
    pub(super) fn ask_who(&self) {
        self.pin.door.take();
        self.pin.wrong.set(false);
        self.pin.trouble.take();
        self.pin.forget_typed();
    }

    /// Somebody has said who they are.
    pub(super) fn choose_door(&self, id: SharedString) {
        // The first administrator's PIN is nobody's by name.
        self.come_to((!id.is_empty()).then(|| id.as_str().into()));
    }

    /// The name of whoever is about to come in; none where that is the first administrator.
    pub(super) fn name_at_the_door(&self) -> Option<String> {
        let door = self.pin.door.borrow().clone().flatten()?;
        let list = self.services.people.list();
        list.people.get(&door).map(|person| person.name.clone())
    }

    /// The wrong tries at the door where somebody stands.
    pub(super) fn lockout(&self) -> Option<Lockout> {
        let door = self.pin.door.borrow();
        self.services.staff.lockout(door.as_ref()?)
    }

    /// Whose PIN has opened the staff area.
    pub(in crate::view) fn door(&self) -> Door {
        let inside = self.pin.inside.borrow();
        inside.as_ref().and_then(|one| one.door.clone())
    }

    /// Somebody has come in.
    pub(super) fn let_in(&self, door: Door) {
        let mark = match &door {
            Some(person) => self.services.people.list().people.mark_of(person),
            None => None,
        };
        self.pin.inside.replace(Some(Inside { door, mark }));
        self.pin.unlocked.set(true);
    }

    /// What whoever is in may do; none while nobody is.
    pub fn role(&self) -> Option<Role> {
        let inside = self.pin.inside.borrow();
        match &inside.as_ref()?.door {
            None => Some(Role::Administrator),
            Some(person) => {
                let list = self.services.people.list();
                list.people.get(person).map(|one| one.role)
            }
        }
    }

    /// Whether whoever is in may do this; the screen says who may where they may not.
    pub(in crate::view) fn allows(&self, right: Right) -> bool {
        let may = self.role().is_some_and(|role| role.may(right));
        self.pin.refused.replace((!may).then_some(right));
        may
    }

    /// Goes by people who may be others than before: whoever has gone, or has another PIN, is out.
    pub(super) fn follow_people(&self) {
        let list = self.services.people.list();
        for person in list.people.with_pin() {
            if let Some(mark) = list.people.mark_of(&person.id) {
                let is_new = self.services.pin_is(&Some(person.id.clone()), &mark);
                if let Some(pcs) = self.services.pcs.as_ref().filter(|_| is_new) {
                    pcs.end_of(Some(&person.id), self.now());
                }
            }
        }
        let inside = self.pin.inside.borrow().clone();
        if let Some(Inside {
            door: Some(person),
            mark,
        }) = inside
            && list.people.mark_of(&person) != mark
        {
            self.lock_staff();
        }
        // Of a list that cannot be read nobody is gone.
        if list.fault.is_none() {
            let is_known = |one: &PersonId| list.people.get(one).is_some();
            self.services.phone.end_of_gone(is_known, self.now());
            if let Some(pcs) = &self.services.pcs {
                pcs.follow_people(self.now());
            }
        }
        let gone = |door: &Door| (door.as_ref()).is_some_and(|one| list.people.get(one).is_none());
        let at_the_door = self.pin.door.borrow().clone();
        if at_the_door.as_ref().is_some_and(gone) {
            self.ask_who();
        }
        if let Some(data) = &self.services.data {
            self.pin.unset.set(!pin::is_set(data));
        }
    }
}
