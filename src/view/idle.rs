//! What happens when nobody touches the tablet any more.

use std::rc::Rc;
use std::time::Duration;

use slint::TimerMode;

use super::Screens;
use crate::{Face, Screen};

impl Screens {
    /// Waits for idleness from now on.
    pub(super) fn await_idleness(self: &Rc<Self>) {
        let wait = Duration::from_secs(u64::from(self.services.settings.screen.idle_seconds));
        let me = Rc::downgrade(self);
        self.idle.start(TimerMode::SingleShot, wait, move || {
            if let Some(me) = me.upgrade() {
                me.rest();
            }
        });
    }

    /// Nobody is there: the next person finds the default language, and the guide of what is
    /// open, or else the board.
    fn rest(self: &Rc<Self>) {
        if let Some(default) = self.services.settings.screen.languages.first().cloned() {
            self.choose_lang(&default);
        }
        let incidents = &self.services.incidents;
        let shown = self.guide.incident.borrow().clone();
        let back = shown
            .filter(|id| incidents.get(id).is_some_and(|one| one.is_open()))
            .or_else(|| incidents.latest_open());
        match back {
            Some(id)
                if self.screen.get() != Screen::Guide || self.guide.face.get() != Face::Steps =>
            {
                self.show_guide(&id);
            }
            Some(_) => {}
            None => self.show(Screen::Board),
        }
        self.draw();
    }
}
