//! The staff area's door: the pad for its PIN, the wait after wrong ones, and when it locks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, Duration, Utc};
use slint::ComponentHandle;
use zeroize::Zeroize;

use super::Screens;
use super::ticks::next_minute;
use crate::domain::staff::{PIN_DIGITS, StaffEvent};
use crate::i18n::{journal, pin as pin_words, staff as words};
use crate::service::StoreError;
use crate::service::pin::{self, PinError};
use crate::service::staff::Answer;
use crate::{Screen, Staff, Touch};

/// What the door is like, beside the tries that the journal holds.
#[derive(Default)]
pub(super) struct State {
    unlocked: Cell<bool>,
    typed: RefCell<String>,
    /// Nobody has set a PIN.
    unset: Cell<bool>,
    wrong: Cell<bool>,
    trouble: RefCell<Option<Trouble>>,
}

/// Why no PIN can be looked at.
enum Trouble {
    Pin(PinError),
    Store(StoreError),
    NoThread(String),
}

/// Whether only the staff may see it.
fn is_staff(screen: Screen) -> bool {
    matches!(screen, Screen::Inbox | Screen::Complaint | Screen::Numbers)
}

impl Screens {
    pub(super) fn bind_staff(self: &Rc<Self>) {
        let staff = self.window.global::<Staff<'_>>();
        let me = Rc::downgrade(self);
        staff.on_key(move |digit| {
            if let Some(me) = me.upgrade() {
                me.acted_in_place(|me| me.type_digit(&digit));
            }
        });
        let me = Rc::downgrade(self);
        staff.on_delete(move || {
            if let Some(me) = me.upgrade() {
                me.acted_in_place(|me| {
                    me.staff.typed.borrow_mut().pop();
                });
            }
        });
        let me = Rc::downgrade(self);
        staff.on_ok(move || {
            if let Some(me) = me.upgrade() {
                me.acted_in_place(|me| me.try_pin());
            }
        });
        let me = Rc::downgrade(self);
        staff.on_lock(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.lock_staff());
            }
        });
    }

    /// Shows the staff area while it is unlocked, and else the pad for its PIN.
    pub fn enter_staff(self: &Rc<Self>) {
        if self.is_unlocked() {
            self.show_inbox();
            return;
        }
        self.show(Screen::Pin);
        self.staff.wrong.set(false);
        self.staff.trouble.take();
        if let Some(data) = &self.services.data {
            self.staff.unset.set(!pin::is_set(data));
            // The PIN may have been set anew meanwhile.
            self.services.staff.look_up(data);
        }
    }

    /// Whether the right PIN was given and nothing has locked the staff area since.
    pub fn is_unlocked(&self) -> bool {
        self.staff.unlocked.get()
    }

    /// Opens the staff area as the right PIN does where what customers wrote lies under none.
    pub fn unlock(&self) {
        if let Some(complaints) = &*self.services.complaints.borrow() {
            complaints.seals().unlock(None).ok();
        }
        self.staff.unlocked.set(true);
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
            self.staff.unlocked.set(true);
        }
    }

    /// Locks the staff area, and leaves it for the board where it is shown.
    pub fn lock_staff(&self) {
        self.lock();
        if is_staff(self.screen.get()) {
            self.show(Screen::Board);
        }
    }

    /// Locks the staff area without leaving what is shown.
    pub(super) fn lock(&self) {
        self.staff.unlocked.set(false);
        self.staff.typed.borrow_mut().zeroize();
        self.forget_key();
        self.forget_numbers();
        self.put_file_away();
    }

    /// What customers wrote can be read by nobody any more.
    fn forget_key(&self) {
        if let Some(complaints) = &*self.services.complaints.borrow() {
            complaints.seals().lock();
        }
    }

    /// What is shown where `screen` is asked for: the pad in place of what is for the staff alone.
    /// Whatever is not for them locks the staff area: who leaves it, for a guide, a call or the
    /// board, may be followed by anybody.
    pub(super) fn guard_staff(&self, screen: Screen) -> Screen {
        self.staff.typed.borrow_mut().clear();
        if !is_staff(screen) {
            self.lock();
        }
        if is_staff(screen) && !self.is_unlocked() {
            Screen::Pin
        } else {
            screen
        }
    }

    fn type_digit(&self, digit: &str) {
        let mut typed = self.staff.typed.borrow_mut();
        if self.may_type() && typed.len() < *PIN_DIGITS.end() {
            typed.push_str(digit);
            self.staff.wrong.set(false);
            self.staff.trouble.take();
        }
    }

    /// Whether the keys of the pad do anything.
    fn may_type(&self) -> bool {
        let now = self.services.clock.now();
        let lockout = self.services.staff.lockout();
        !self.services.staff.is_busy() && !lockout.is_some_and(|lockout| lockout.is_locked(now))
    }

    fn try_pin(&self) {
        let Some(data) = &self.services.data else {
            return;
        };
        let enough = self.staff.typed.borrow().len() >= *PIN_DIGITS.start();
        if !self.may_type() || !enough {
            return;
        }
        self.staff.trouble.take();
        // As long as nobody knows how many tries there were, none is free.
        if self.services.staff.lockout().is_none() {
            self.services.staff.look_up(data);
            return;
        }
        let typed = self.staff.typed.take();
        let complaints = self.services.complaints.borrow().clone();
        self.services.staff.try_pin(data, typed, complaints);
    }

    /// Takes in what was done behind the screen; says whether there was anything.
    pub(super) fn take_answers(self: &Rc<Self>) -> bool {
        let mut any = false;
        while let Some(answer) = self.services.staff.answer() {
            any = true;
            match answer {
                Answer::LookedUp(Ok(mark)) => self.follow_pin(mark),
                Answer::LookedUp(Err(error)) => self.cannot_look(Trouble::Store(error)),
                Answer::Tried(Ok(right)) => self.tried(right),
                Answer::Tried(Err(PinError::NotSet { .. })) => self.staff.unset.set(true),
                Answer::Tried(Err(error)) => self.cannot_look(Trouble::Pin(error)),
                Answer::Edited(edited) => self.edited(*edited),
                Answer::NoThread(detail) if is_staff(self.screen.get()) => {
                    self.cannot_edit(detail);
                }
                Answer::NoThread(detail) => self.cannot_look(Trouble::NoThread(detail)),
            }
        }
        any
    }

    /// Takes in which PIN is in force. A new one lifts the wait after wrong tries.
    fn follow_pin(&self, mark: Option<String>) {
        if let Some(mark) = mark {
            self.staff.unset.set(false);
            if self.services.pin_is(&mark) {
                self.staff.wrong.set(false);
            }
        }
    }

    fn cannot_look(&self, why: Trouble) {
        self.staff.trouble.replace(Some(why));
    }

    fn tried(self: &Rc<Self>, right: bool) {
        self.staff.wrong.set(!right);
        if !right {
            self.services.staff_did(StaffEvent::Refused {});
            return;
        }
        self.services.staff_did(StaffEvent::Unlocked {});
        // Whoever has gone on to something else meanwhile has left the door shut.
        if self.screen.get() != Screen::Pin {
            self.forget_key();
        } else {
            self.staff.unlocked.set(true);
            self.show_inbox();
            // The finger that pressed OK is still there.
            self.window.global::<Touch<'_>>().invoke_settle();
        }
    }

    pub(super) fn draw_pin(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let staff = self.window.global::<Staff<'_>>();
        let service = &self.services.staff;
        let left = service.lockout().and_then(|lockout| lockout.left(now));
        let typed = self.staff.typed.borrow().len();
        staff.set_unset(self.staff.unset.get());
        staff.set_typed(i32::try_from(typed).unwrap_or(0));
        staff.set_ready(self.may_type());
        staff.set_enough(typed >= *PIN_DIGITS.start());
        let (said, caution) = match (&*self.staff.trouble.borrow(), left) {
            _ if self.staff.unset.get() => {
                let path = self.services.data.clone().unwrap_or_default();
                (
                    pin_words::pin_error(&lang, &PinError::NotSet { path }),
                    true,
                )
            }
            (_, Some(left)) => (words::wait(&lang, left), true),
            (Some(Trouble::Pin(error)), _) => (pin_words::pin_error(&lang, error), true),
            (Some(Trouble::Store(error)), _) => (journal::store_error(&lang, error), true),
            (Some(Trouble::NoThread(detail)), _) => (words::no_thread(&lang, detail), true),
            _ if service.is_busy() => (words::checking(&lang).to_owned(), false),
            _ if self.staff.wrong.get() => (words::wrong_pin(&lang).to_owned(), true),
            _ => (words::enter_pin(&lang).to_owned(), false),
        };
        staff.set_said(said.into());
        staff.set_caution(caution);
    }

    /// When the pad shows something else by itself: the next second of a wait.
    pub(super) fn pin_changes(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let lockout = self.services.staff.lockout();
        match lockout.and_then(|lockout| lockout.left(now)) {
            Some(left) => {
                let past = (left.num_milliseconds() - 1).rem_euclid(1_000);
                now + Duration::milliseconds(past + 1)
            }
            None => next_minute(now),
        }
    }
}
