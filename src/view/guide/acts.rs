//! What a touch does on a guide.

use crate::domain::calling::Outcome;
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::{Incident, Mark};
use crate::view::{ViewState, words};
use crate::{CallOutcome, Face, Screen, StepKey, StepMark};

impl ViewState {
    /// Acts on the incident that the guide shows.
    pub(in crate::view) fn with_incident(&self, act: impl FnOnce(&IncidentId)) {
        if let Some(id) = self.guide.shown() {
            act(&id);
        }
    }

    /// Shows a face of the guide from now on.
    pub fn show_face(&self, face: Face) {
        self.guide.face.set(face);
    }

    /// The face that the guide of `incident` shows. Where the plan that it goes by does not have
    /// its type, there are no steps: another type must be chosen to go on by.
    pub(in crate::view) fn face_of(&self, incident: &Incident) -> Face {
        match self.guide.face.get() {
            Face::Steps if self.services.incidents.kind(incident).is_none() => Face::Types,
            face => face,
        }
    }

    /// Shows a face of the guide, with nothing half done on it.
    pub fn turn_to(&self, face: Face) {
        self.close_card();
        self.guide.asked.take();
        self.guide.handing.set(false);
        self.drop_begun();
        // Where there are no steps to go back to, the way back leads to the board.
        let shown = self.guide.shown();
        let incident = shown.and_then(|id| self.services.incidents.get(&id));
        let has_steps = incident.is_none_or(|one| self.services.incidents.kind(&one).is_some());
        let is_on_types = matches!(self.guide.face.get(), Face::Types | Face::Steps);
        if face == Face::Steps && is_on_types && !has_steps {
            self.show(Screen::Board);
        } else {
            self.show_face(face);
        }
    }

    /// Says what became of the current step, and asks why if it was not done.
    pub fn mark_current(&self, id: &IncidentId, mark: Mark) {
        self.close_card();
        self.guide.handing.set(false);
        // Whoever cannot answer has said why.
        let asks = !self.services.incidents.answers(id).is_empty();
        let marked = self.services.incidents.mark_current(id, mark);
        let asked = marked.filter(|_| mark != Mark::Done && !asks);
        self.guide.asked.replace(asked.map(|step| (step, mark)));
    }

    /// Answers the question that is the current step.
    pub(super) fn answer(&self, answer: &str) {
        self.close_card();
        self.guide.asked.take();
        self.with_incident(|id| {
            let incidents = &self.services.incidents;
            if let Some(step) = incidents.current_step(id) {
                incidents.answer(id, &step, answer);
            }
        });
    }

    /// Says that the condition of the current step holds.
    pub(super) fn confirm_condition(&self, id: &IncidentId) {
        let incidents = &self.services.incidents;
        if let Some(step) = incidents.current_step(id) {
            incidents.confirm_condition(id, &step);
        }
    }

    /// Says that the current step is begun and goes on.
    pub(super) fn begin_step(&self, id: &IncidentId) {
        self.close_card();
        self.guide.asked.take();
        let incidents = &self.services.incidents;
        if let Some(step) = incidents.current_step(id) {
            incidents.start_step(id, &step);
        }
    }

    /// Asks to whom the current step is handed, or no longer asks.
    pub(super) fn ask_to_hand(&self) {
        self.close_card();
        self.guide.asked.take();
        self.guide.handing.set(!self.guide.handing.get());
    }

    /// Hands the current step to one of the crew.
    pub(super) fn hand(&self, to: &str) {
        self.guide.handing.set(false);
        self.with_incident(|id| {
            let incidents = &self.services.incidents;
            if let Some(step) = incidents.current_step(id) {
                incidents.hand_step(id, &step, to);
            }
        });
    }

    /// Says whether whoever handles it is alone.
    pub(super) fn set_alone(&self, alone: bool) {
        self.guide.handing.set(false);
        self.with_incident(|id| {
            self.services.incidents.set_alone(id, alone);
        });
    }

    /// Says that what came by itself was done, or is put off.
    pub(super) fn heed(&self, prompt: &str, done: bool) {
        self.with_incident(|id| {
            self.services.incidents.heed(id, prompt, done);
        });
    }

    /// Says that what was begun is done.
    pub(super) fn finish(&self, step: &StepKey) {
        let step = words::step_of(step);
        self.with_incident(|id| {
            self.services.incidents.mark(id, &step, Mark::Done, None);
        });
    }

    /// Turns to the log with its newest entry ready to be corrected.
    pub(super) fn correct_latest(&self) {
        self.turn_to(Face::Log);
        // Nothing begun there is left to drop: what stands ready is what was asked for.
        self.take_dropped();
        self.guide.latest.set(true);
    }

    pub(super) fn give_reason(&self, reason: &str) {
        let asked = self.guide.asked.take();
        self.with_incident(|id| {
            if let Some((step, mark)) = &asked {
                self.services.incidents.mark(id, step, *mark, Some(reason));
            }
        });
    }

    pub(super) fn give_no_reason(&self) {
        self.guide.asked.take();
    }

    /// Opens the step before the current one again.
    pub(super) fn step_back(&self, id: &IncidentId) {
        self.close_card();
        self.guide.asked.take();
        self.services.incidents.step_back(id);
    }

    pub(super) fn note(&self, note: &str) {
        self.with_incident(|id| {
            self.services.incidents.note(id, note);
        });
    }

    /// Strikes out a note, named by its entry.
    pub(super) fn strike(&self, note: &EntryId) {
        self.with_incident(|id| {
            self.services.incidents.strike_note(id, note);
        });
        self.drop_begun();
    }

    /// Puts right what was said of a call, named by its entry.
    pub(super) fn correct_call(&self, call: &EntryId, outcome: CallOutcome) {
        let outcome = match outcome {
            CallOutcome::Answered => Outcome::Answered,
            CallOutcome::NoAnswer => Outcome::NoAnswer,
            CallOutcome::NotMade => Outcome::NotMade,
        };
        self.with_incident(|id| {
            self.services.incidents.correct_call(id, call, outcome);
        });
        self.drop_begun();
    }

    /// Corrects a step, named as the log names it.
    pub(super) fn correct(&self, step: &StepKey, mark: StepMark) {
        let step = words::step_of(step);
        let mark = match mark {
            StepMark::Done => Mark::Done,
            StepMark::Skipped => Mark::Skipped,
            StepMark::Cannot => Mark::Cannot,
            _ => Mark::Open,
        };
        self.with_incident(|id| {
            self.services.incidents.mark(id, &step, mark, None);
        });
        match mark {
            // The row of chips on the steps asks why.
            Mark::Skipped | Mark::Cannot => {
                self.show_face(Face::Steps);
                self.guide.asked.replace(Some((step, mark)));
            }
            // There it is, to be done again.
            Mark::Open => self.show_face(Face::Steps),
            Mark::Done | Mark::Waived => {}
        }
        self.drop_begun();
    }

    /// Takes back the start of an incident, or its close.
    pub(super) fn undo(&self, id: &IncidentId) {
        if self.services.incidents.undo(id) {
            let incident = self.services.incidents.get(id);
            if incident.is_some_and(|one| one.is_open()) {
                self.show_guide(id);
            } else {
                self.show(Screen::Board);
            }
        }
    }

    pub(super) fn start_second(&self, id: &IncidentId) {
        let incidents = &self.services.incidents;
        let type_id = incidents.get(id).map(|one| one.type_id.clone());
        if let Some(second) = type_id.and_then(|kind| incidents.start(&kind)) {
            self.show_guide(&second);
        }
    }

    pub(super) fn reopen(&self, id: &IncidentId) {
        if self.services.incidents.reopen(id) {
            self.show_guide(id);
        }
    }

    pub(super) fn close(&self, outcome: &str) {
        self.with_incident(|id| {
            if self.services.incidents.close(id, outcome) {
                self.show_guide(id);
            }
        });
    }

    pub(super) fn change_type(&self, type_id: &str) {
        self.with_incident(|id| {
            self.services.incidents.change_type(id, type_id);
            self.show_guide(id);
        });
    }

    /// Asks for the complaint that belongs to the incident, past the PIN.
    pub(super) fn to_complaint(&self) {
        let incident = self.guide.shown();
        let linked = incident.and_then(|id| self.services.desk.of_incident(&id));
        self.wish_for(linked.as_ref());
        self.enter_staff();
    }
}
