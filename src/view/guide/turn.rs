//! The pause after a step has changed, in which a second tap is nobody's.

use std::cell::RefCell;
use std::time::Duration;

use slint::{ComponentHandle, Timer, TimerMode};

use super::presenter::TurnKey;
use crate::{AppWindow, Guide};

/// How long the controls of a step take nothing once it has changed: the second tap of a shaking
/// finger comes within this.
const PAUSE: Duration = Duration::from_millis(500);

/// Which step the guide shows, and the pause since it came.
#[derive(Default)]
pub(super) struct Turn {
    shown: RefCell<Option<TurnKey>>,
    pause: Timer,
}

impl Turn {
    /// Holds the controls of the step back for a moment where it is another one than before.
    pub(super) fn take(&self, window: &AppWindow, now: TurnKey) {
        if self.shown.borrow().as_ref() == Some(&now) {
            return;
        }
        self.shown.replace(Some(now));
        window.global::<Guide<'_>>().set_turning(true);
        let window = window.as_weak();
        let over = move || {
            if let Some(window) = window.upgrade() {
                window.global::<Guide<'_>>().set_turning(false);
            }
        };
        self.pause.start(TimerMode::SingleShot, PAUSE, over);
    }

    /// Whatever step comes next has just come.
    pub(super) fn forget(&self) {
        self.shown.take();
    }

    /// The controls are free.
    pub(super) fn end(&self, window: &AppWindow) {
        self.pause.stop();
        window.global::<Guide<'_>>().set_turning(false);
    }
}
