//! The door of the staff area: who is let in, and when it locks.

use zeroize::Zeroize;

use super::pin::Trouble;
use crate::Screen;
use crate::domain::actor::Actor;
use crate::domain::staff::{PIN_DIGITS, StaffEvent};
use crate::service::pin::{self, PinError};
use crate::service::staff::{Answer, Door};
use crate::view::ViewState;
use crate::view::navigator::is_staff;

impl ViewState {
    /// Asks for the staff area, for no complaint's sake.
    pub(in crate::view) fn ask_for_staff_area(&self) {
        self.wish_for(None);
        self.enter_staff();
    }

    /// Shows the staff area while it is unlocked, and else the pad for its PIN.
    pub fn enter_staff(&self) {
        if self.is_unlocked() {
            self.show_inbox();
            return;
        }
        self.show(Screen::Pin);
        self.pin.unset.set(
            self.services
                .data
                .as_ref()
                .is_some_and(|data| !pin::is_set(data)),
        );
        // Where the tablet knows nobody, there is one PIN.
        match self.has_people() {
            true => self.ask_who(),
            false => self.come_to(None),
        }
    }

    /// Somebody is about to type the PIN of this door.
    pub(super) fn come_to(&self, door: Door) {
        self.pin.wrong.set(false);
        self.pin.trouble.take();
        self.pin.forget_typed();
        if let Some(data) = &self.services.data {
            // The PIN may have been set anew meanwhile.
            self.services.staff.look_up(data, &door);
        }
        self.pin.door.replace(Some(door));
    }

    /// Whether the right PIN was given and nothing has locked the staff area since.
    pub fn is_unlocked(&self) -> bool {
        self.pin.unlocked.get()
    }

    /// Opens the staff area as the right PIN does where what customers wrote lies under none.
    pub fn unlock(&self) {
        if let Some(complaints) = &*self.services.complaints.borrow() {
            #[expect(
                clippy::unused_result_ok,
                reason = "the files of complaints say what is wrong"
            )]
            complaints.seals().unlock(None).ok();
        }
        self.let_in(None);
        // What was read while it was locked lacks the words.
        self.services.desk.refresh();
    }

    /// The same for a picture, which leaves the data directory as it is.
    pub fn unlock_to_look(&self) {
        let complaints = self.services.complaints.borrow();
        if complaints
            .as_ref()
            .is_some_and(|one| one.seals().are_made())
        {
            self.unlock();
        } else {
            self.let_in(None);
        }
    }

    /// Locks the staff area, and leaves it for the board where it is shown.
    pub fn lock_staff(&self) {
        self.lock();
        if is_staff(self.navigator.here()) {
            self.show(Screen::Board);
        }
    }

    /// Locks the staff area without leaving what is shown.
    pub(in crate::view) fn lock(&self) {
        self.pin.unlocked.set(false);
        self.pin.inside.take();
        self.pin.typed.borrow_mut().zeroize();
        self.forget_key();
        self.forget_numbers();
        self.forget_records();
        self.forget_statistics();
        self.forget_review();
        self.forget_actions();
        self.put_file_away();
    }

    /// What customers wrote can be read by nobody any more.
    fn forget_key(&self) {
        self.services.desk.forget_words();
        if let Some(complaints) = &*self.services.complaints.borrow() {
            complaints.seals().lock();
        }
    }

    pub(super) fn type_digit(&self, digit: &str) {
        let mut typed = self.pin.typed.borrow_mut();
        if self.may_type() && typed.len() < *PIN_DIGITS.end() {
            typed.push_str(digit);
            self.pin.wrong.set(false);
            self.pin.trouble.take();
        }
    }

    /// Whether the keys of the pad do anything.
    pub(super) fn may_type(&self) -> bool {
        let now = self.services.clock.now();
        let lockout = self.lockout();
        !self.services.staff.is_busy() && !lockout.is_some_and(|lockout| lockout.is_locked(now))
    }

    pub(super) fn try_pin(&self) {
        let Some(data) = &self.services.data else {
            return;
        };
        let enough = self.pin.typed.borrow().len() >= *PIN_DIGITS.start();
        let Some(door) = self.pin.door.borrow().clone() else {
            return;
        };
        if !self.may_type() || !enough {
            return;
        }
        self.pin.trouble.take();
        // As long as nobody knows how many tries there were, none is free.
        if self.lockout().is_none() {
            self.services.staff.look_up(data, &door);
            return;
        }
        let typed = self.pin.typed.take();
        let complaints = self.services.complaints.borrow().clone();
        self.services.staff.try_pin(data, door, typed, complaints);
    }

    /// Takes in what was done behind the screen; says whether there was anything.
    pub(in crate::view) fn take_answers(&self) -> bool {
        let mut any = false;
        while let Some(answer) = self.services.staff.answer() {
            any = true;
            match answer {
                Answer::LookedUp(door, Ok(mark)) => self.follow_pin(&door, mark),
                Answer::LookedUp(_, Err(error)) => self.cannot_look(Trouble::Store(error)),
                Answer::People => self.follow_people(),
                Answer::Tried(door, Ok(right)) => self.tried(&door, right),
                Answer::Tried(None, Err(PinError::NotSet { .. })) => self.pin.unset.set(true),
                Answer::Tried(_, Err(error)) => self.cannot_look(Trouble::Pin(error)),
                Answer::Edited(edited) => self.edited(*edited),
                Answer::NoThread(detail) if is_staff(self.navigator.here()) => {
                    self.cannot_edit(detail);
                }
                Answer::NoThread(detail) => self.cannot_look(Trouble::NoThread(detail)),
            }
        }
        any
    }

    /// Takes in which PIN is in force. A new one lifts the wait after wrong tries, and shuts the door
    /// that one before has opened.
    fn follow_pin(&self, door: &Door, mark: Option<String>) {
        if let Some(mark) = mark {
            if door.is_none() {
                self.pin.unset.set(false);
            }
            if self.services.pin_is(door, &mark) {
                self.pin.wrong.set(false);
                if let Some(pcs) = &self.services.pcs {
                    pcs.end_of(door.as_ref(), self.now());
                }
                self.lock_staff();
            }
        }
    }

    fn cannot_look(&self, why: Trouble) {
        self.pin.trouble.replace(Some(why));
    }

    fn tried(&self, door: &Door, right: bool) {
        self.pin.wrong.set(!right);
        if !right {
            self.services.staff_did(door, StaffEvent::Refused {});
            return;
        }
        let recorder = &self.services.recorder;
        recorder.acts(Actor::SignedIn, door.clone());
        self.services.staff_did(door, StaffEvent::Unlocked {});
        // Whoever has gone on to something else meanwhile has left the door shut.
        if self.navigator.here() != Screen::Pin {
            self.forget_key();
        } else {
            self.let_in(door.clone());
            self.show_inbox();
            // The finger that pressed OK is still there.
            self.replaced.set(true);
        }
    }
}
