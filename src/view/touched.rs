//! From a finger to the state: what a callback of the window does.

use std::rc::{Rc, Weak};

use super::Screens;
use super::state::ViewState;
use crate::domain::ids::IncidentId;

/// Makes callbacks out of acts on the state. Each begins idleness anew, looks at the clock first
/// and draws what came of it.
#[derive(Clone)]
pub(super) struct Touched {
    screens: Weak<Screens>,
    /// The control stays what it is: a quick finger may press it again at once.
    in_place: bool,
}

impl Touched {
    pub(super) fn on(screens: &Rc<Screens>) -> Self {
        Self {
            screens: Rc::downgrade(screens),
            in_place: false,
        }
    }

    /// The same for controls that stay what they are.
    pub(super) fn in_place(&self) -> Self {
        Self {
            in_place: true,
            ..self.clone()
        }
    }

    /// A callback that says nothing more.
    pub(super) fn plain(&self, act: impl Fn(&ViewState) + 'static) -> impl Fn() + 'static {
        let act = self.with(move |state, ()| act(state));
        move || act(())
    }

    /// A callback that names something.
    pub(super) fn with<A>(&self, act: impl Fn(&ViewState, A) + 'static) -> impl Fn(A) + 'static {
        let me = self.clone();
        move |named| {
            if let Some(screens) = me.screens.upgrade() {
                screens.acted(me.in_place, |state| act(state, named));
            }
        }
    }

    /// A callback that names two things.
    pub(super) fn with_two<A, B>(
        &self,
        act: impl Fn(&ViewState, A, B) + 'static,
    ) -> impl Fn(A, B) + 'static {
        let act = self.with(move |state, (one, other)| act(state, one, other));
        move |one, other| act((one, other))
    }

    /// A callback that acts on the incident that the guide shows.
    pub(super) fn on_incident(
        &self,
        act: impl Fn(&ViewState, &IncidentId) + 'static,
    ) -> impl Fn() + 'static {
        self.plain(move |state| state.with_incident(|id| act(state, id)))
    }
}
