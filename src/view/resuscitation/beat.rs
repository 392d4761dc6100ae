//! The pulse as it is drawn: pressed and released, by the moment at which the rhythm began, which is
//! also what is heard. It draws nothing else anew, and rests where it is not shown.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use slint::{Timer, TimerMode};

use crate::domain::resuscitation::pulse;

/// The pulse.
#[derive(Default)]
pub(super) struct Beat(Rc<Inner>);

#[derive(Default)]
struct Inner {
    timer: Timer,
    began: Cell<Option<Instant>>,
    show: RefCell<Option<Show>>,
}

/// Shows the pulse as pressed, or as released.
type Show = Box<dyn Fn(bool)>;

impl Beat {
    /// Shows it by `show` from now on.
    pub(super) fn show_by(&self, show: impl Fn(bool) + 'static) {
        self.0.show.replace(Some(Box::new(show)));
    }

    /// Goes by a rhythm that began at `began`.
    pub(super) fn go_by(&self, began: Instant) {
        if self.0.began.replace(Some(began)) != Some(began) {
            Inner::turn(&self.0);
        }
    }

    /// Stands still.
    pub(super) fn rest(&self) {
        if self.0.began.take().is_some() {
            self.0.timer.stop();
        }
    }
}

impl Inner {
    /// Shows the pulse as it is now, and again once it changes.
    fn turn(me: &Rc<Self>) {
        let Some(began) = me.began.get() else {
            return;
        };
        let now = pulse(began.elapsed());
        if let Some(show) = &*me.show.borrow() {
            show(now.pressed);
        }
        let again: Weak<Self> = Rc::downgrade(me);
        // A timer rather fires too early than too late, and must not do so twice for one turn.
        let wait = now.lasts + Duration::from_millis(1);
        me.timer.start(TimerMode::SingleShot, wait, move || {
            if let Some(me) = again.upgrade() {
                Self::turn(&me);
            }
        });
    }
}
