//! What happens when nobody touches the tablet any more.

use std::rc::Rc;
use std::time::Duration;

use slint::TimerMode;

use super::Screens;
use crate::settings::{self, StartScreen};
use crate::{EvacuationFace, Face, Screen};

impl Screens {
    /// Waits for idleness from now on.
    pub(super) fn await_idleness(self: &Rc<Self>) {
        let settings = self.services.settings();
        let screen = &settings.screen;
        let me = Rc::downgrade(self);
        let rest = Duration::from_secs(u64::from(screen.idle_seconds));
        self.idle.start(TimerMode::SingleShot, rest, move || {
            if let Some(me) = me.upgrade() {
                me.rest();
            }
        });
        let me = Rc::downgrade(self);
        let post = Duration::from_secs(60 * u64::from(screen.posted_minutes));
        self.posting.start(TimerMode::SingleShot, post, move || {
            if let Some(me) = me.upgrade() {
                me.post();
            }
        });
    }

    /// Nobody is there: the next person finds the default language, and what is going on, or
    /// else the start screen; on the start screen itself the posted face appears.
    fn rest(self: &Rc<Self>) {
        if let Some(default) = self.services.settings().screen.languages.first().cloned() {
            self.keep_lang(&default);
        }
        self.forget_calls();
        self.lock();
        let incidents = &self.services.incidents;
        let busy = !incidents.open().is_empty();
        let leaving = incidents.evacuating().is_some();
        let visiting = matches!(self.screen.get(), Screen::Contacts | Screen::Codes);
        match self.screen.get() {
            Screen::Guide if self.is_at_work() => {}
            _ if leaving && !self.display_only => self.show_evacuation(EvacuationFace::Signs),
            // It is meant for those who stand before it, and stays until it is turned back.
            // A question that nobody answers does not stay there.
            Screen::Notice => self.show(Screen::Notice),
            Screen::Posted => self.show(Screen::Posted),
            _ if visiting && self.before.get() == Screen::Notice => self.show(Screen::Notice),
            _ if visiting && self.before.get() == Screen::Posted => self.show(Screen::Posted),
            _ if busy && !self.display_only => {
                self.take_up();
            }
            Screen::Board => self.show(Screen::Posted),
            _ => {
                self.show(start(&self.services.settings().screen, self.display_only));
                // On the board the next idleness leads to the posted face.
                self.idle.restart();
            }
        }
        self.draw();
    }

    /// Nobody has been there for long: the numbers for everybody, whatever is open. Signs to
    /// leave by stay.
    fn post(self: &Rc<Self>) {
        if self.services.incidents.evacuating().is_some() && !self.display_only {
            self.show_evacuation(EvacuationFace::Signs);
        } else if self.screen.get() != Screen::Notice {
            self.show(Screen::Posted);
        }
        self.draw();
    }

    /// Whether the guide shows the current step of an open incident.
    fn is_at_work(&self) -> bool {
        let shown = self.guide.incident.borrow();
        let incidents = &self.services.incidents;
        self.guide.face.get() == Face::Steps
            && shown
                .as_deref()
                .and_then(|id| incidents.get(id))
                .is_some_and(|one| one.is_open())
    }
}

/// Where a display starts and returns to.
pub(super) fn start(screen: &settings::Screen, display_only: bool) -> Screen {
    if display_only || screen.start_screen == StartScreen::Posted {
        Screen::Posted
    } else {
        Screen::Board
    }
}
