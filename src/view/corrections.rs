//! What a finger that slipped has done on a guide, taken back: one step back, a note struck out;
//! and the pause after a step has changed, in which a second tap is nobody's.

use std::cell::RefCell;
use std::time::Duration;

use slint::{ComponentHandle, Timer, TimerMode};

use super::Screens;
use crate::Guide;
use crate::domain::calling::Outcome;
use crate::domain::guide::Guide as Standing;
use crate::domain::incident::Incident;
use crate::domain::plan::IncidentType;

/// How long the controls of a step take nothing once it has changed: the second tap of a shaking
/// finger comes within this.
const PAUSE: Duration = Duration::from_millis(500);

/// Which step the guide shows, and the pause since it came.
#[derive(Default)]
pub(super) struct Turn {
    shown: RefCell<Option<(String, String, Option<String>)>>,
    pause: Timer,
}

impl Screens {
    /// Opens the step before the current one again.
    pub(super) fn step_back(&self, id: &str) {
        self.close_card();
        self.guide.asked.take();
        self.services.incidents.step_back(id);
    }

    /// Strikes out a note, named by its entry.
    pub(super) fn strike(&self, note: &str) {
        let shown = self.guide.incident.borrow().clone();
        if let Some(id) = shown {
            self.services.incidents.strike_note(&id, note);
        }
        self.window.global::<Guide<'_>>().set_correcting(-1);
    }

    /// Puts right what was said of a call, named by its entry.
    pub(super) fn correct_call(&self, call: &str, outcome: i32) {
        let outcome = match outcome {
            1 => Outcome::Answered,
            2 => Outcome::NoAnswer,
            _ => Outcome::NotMade,
        };
        let shown = self.guide.incident.borrow().clone();
        if let Some(id) = shown {
            self.services.incidents.correct_call(&id, call, outcome);
        }
        self.window.global::<Guide<'_>>().set_correcting(-1);
    }

    /// The controls are free: a picture has no finger over it.
    pub fn end_turn(&self) {
        self.guide.turn.pause.stop();
        self.window.global::<Guide<'_>>().set_turning(false);
    }

    /// Whatever step comes next has just come.
    pub(super) fn forget_turn(&self) {
        self.guide.turn.shown.take();
    }

    /// Holds the controls of the step back for a moment where it is another one than before.
    pub(super) fn turn(&self, incident: &Incident, kind: &IncidentType, standing: &Standing<'_>) {
        let step = standing.current.and_then(|at| standing.steps.get(at));
        let now = (
            incident.id.clone(),
            kind.id.clone(),
            step.map(|one| one.step.id.clone()),
        );
        let before = self.guide.turn.shown.replace(Some(now.clone()));
        if before.as_ref() == Some(&now) {
            return;
        }
        self.window.global::<Guide<'_>>().set_turning(true);
        let window = self.window.as_weak();
        let over = move || {
            if let Some(window) = window.upgrade() {
                window.global::<Guide<'_>>().set_turning(false);
            }
        };
        self.guide
            .turn
            .pause
            .start(TimerMode::SingleShot, PAUSE, over);
    }
}
