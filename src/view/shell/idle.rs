//! What happens when nobody touches the tablet any more.

use std::rc::Rc;
use std::time::Duration;

use slint::TimerMode;

use crate::config::settings::{self, StartScreen};
use crate::view::{Screens, ViewState};
use crate::{EvacuationFace, Face, Screen};

impl Screens {
    /// Waits for idleness from now on.
    pub(crate) fn await_idleness(self: &Rc<Self>) {
        let settings = self.services().settings();
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
        if self.state.rest() == Rested::Again {
            self.idle.restart();
        }
        self.draw();
    }

    /// Nobody has been there for long.
    fn post(self: &Rc<Self>) {
        self.state.post();
        self.draw();
    }
}

/// Whether idleness is waited for once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rested {
    /// It leads nowhere further.
    Done,
    /// On the board the next idleness leads to the posted face.
    Again,
}

impl ViewState {
    /// Nobody is there: the next person finds the default language, and what is going on, or
    /// else the start screen; on the start screen itself the posted face appears.
    pub fn rest(&self) -> Rested {
        // Whoever presses has no hand free.
        if self.is_pressing() {
            return Rested::Done;
        }
        if let Some(default) = self.services.settings().screen.languages.first().cloned() {
            self.keep_lang(&default);
        }
        self.forget_calls();
        self.lock();
        let incidents = &self.services.incidents;
        let busy = !incidents.open().is_empty();
        let leaving = incidents.evacuating().is_some();
        let display_only = self.navigator.is_display_only();
        let came_from = self.navigator.came_from();
        match self.navigator.here() {
            Screen::Guide if self.is_at_work() && incidents.resuscitating().is_none() => {}
            // It is being done as it says.
            Screen::Aid if busy => {}
            _ if leaving && !display_only => self.show_evacuation(EvacuationFace::Signs),
            // It is meant for those who stand before it, and stays until it is turned back.
            // A question that nobody answers does not stay there.
            _ if matches!(came_from, Screen::PublicNotice | Screen::Posted) => self.show(came_from),
            _ if busy && !display_only => {
                self.take_up();
            }
            Screen::Board => self.show(Screen::Posted),
            _ => {
                self.show(start(&self.services.settings().screen, display_only));
                return Rested::Again;
            }
        }
        Rested::Done
    }

    /// Nobody has been there for long: the numbers for everybody, whatever is open. Signs to
    /// leave by stay.
    pub fn post(&self) {
        if self.is_pressing() {
            return;
        }
        let leaving = self.services.incidents.evacuating().is_some();
        if leaving && !self.navigator.is_display_only() {
            self.show_evacuation(EvacuationFace::Signs);
        } else if self.navigator.here() != Screen::PublicNotice {
            self.show(Screen::Posted);
        }
    }

    /// Whether the guide shows the current step of an open incident.
    fn is_at_work(&self) -> bool {
        let incidents = &self.services.incidents;
        let shown = self.guide.shown().and_then(|id| incidents.get(&id));
        shown.is_some_and(|one| one.is_open() && self.face_of(&one) == Face::Steps)
    }
}

/// Where a display starts and returns to.
pub(in crate::view) fn start(screen: &settings::Screen, display_only: bool) -> Screen {
    if display_only || screen.start_screen == StartScreen::Posted {
        Screen::Posted
    } else {
        Screen::Board
    }
}
