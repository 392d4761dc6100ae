//! The guide of an invented incident, walked as people walk it: questions answered, calls made, some steps
//! left out, some taken back.

use chrono::{DateTime, TimeDelta, Utc};

use super::Scene;
use super::incident::{IncidentPlayer, Stage};
use crate::domain::calling::{Outcome, number_to_try};
use crate::domain::demo::likeliness;
use crate::domain::guide::Guide;
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::{Mark, StepRef};
use crate::domain::plan::{Choice, DoneBy, EARTHQUAKE, FIRE, Step};
use crate::domain::prompting;
use crate::domain::resuscitation::End;
use crate::service::in_force::BoundType;
use crate::service::incidents::Incidents;

/// So many acts are enough for a guide; what is left then is left undone.
const MOST_ACTS: u32 = 60;

impl IncidentPlayer {
    pub(super) fn guide(&mut self, scene: &Scene, now: DateTime<Utc>) -> TimeDelta {
        let incidents = &scene.incidents;
        if let Some(role) = self.card.take() {
            self.call(scene, &role);
            return self.pause();
        }
        if self.beside(scene, now) {
            return self.pause();
        }
        let current = (self.acts < MOST_ACTS)
            .then(|| incidents.current_step(&self.id))
            .flatten();
        let kind = incidents.get(&self.id).and_then(|one| incidents.kind(&one));
        let (Some(key), Some(kind)) = (current, kind) else {
            return self.to(Stage::Settle, 30, 600);
        };
        match kind.step(&key.step) {
            Some(step) => self.step(scene, &key, step),
            None => self.to(Stage::Settle, 30, 600),
        }
    }

    /// What has nothing to do with the current step; says whether there was anything.
    fn beside(&mut self, scene: &Scene, now: DateTime<Utc>) -> bool {
        let incidents = &scene.incidents;
        match self.chance.below(100) {
            0..=9 => self.note(scene),
            10..=11 => incidents.step_back(&self.id).is_some(),
            12..=70 => match standing(incidents, &self.id, now) {
                Some(prompt) => {
                    let done = self.chance.percent(80);
                    incidents.heed(&self.id, &prompt, done)
                }
                None => false,
            },
            _ => false,
        }
    }

    /// A quick note, which now and then is struck out again.
    pub(super) fn note(&mut self, scene: &Scene) -> bool {
        let incidents = &scene.incidents;
        let kind = incidents.get(&self.id).and_then(|one| incidents.kind(&one));
        let Some(note) = kind.and_then(|kind| self.chance.pick(&kind.notes).cloned()) else {
            return false;
        };
        let noted = incidents.note(&self.id, &note.id);
        if noted
            && self.chance.percent(6)
            && let Some(entry) = last_entry(incidents, &self.id)
        {
            incidents.strike_note(&self.id, &entry);
        }
        noted
    }

    fn step(&mut self, scene: &Scene, key: &StepRef, step: &Step) -> TimeDelta {
        let incidents = &scene.incidents;
        let id = self.id.clone();
        if step.is_question() {
            if self.chance.percent(4) {
                self.leave_out(scene, key, Mark::Skipped);
            } else if let Some(answer) = self.answer(&step.answers) {
                incidents.answer(&id, key, &answer);
            }
            return self.pause();
        }
        if step.condition.is_some()
            && incidents
                .get(&id)
                .is_some_and(|one| one.held_since(key).is_none())
        {
            if self.chance.percent(35) {
                incidents.confirm_condition(&id, key);
            } else {
                self.leave_out(scene, key, Mark::Skipped);
            }
            return self.pause();
        }
        if step.is_compressions() {
            incidents.resuscitate(&id);
            return self.to(Stage::Resuscitating(0), 60, 150);
        }
        if step.done_by == Some(DoneBy::Evacuation) && self.may_leave(scene) {
            self.has_left = true;
            incidents.evacuate(Some(&id));
            return self.to(Stage::Leaving(0), 20, 60);
        }
        if step.done_by == Some(DoneBy::Call) && self.open_card(scene, step) {
            return self.seconds(8, 35);
        }
        match self.chance.below(100) {
            0..=5 => self.leave_out(scene, key, Mark::Skipped),
            6..=7 => self.leave_out(scene, key, Mark::Cannot),
            8..=60 if step.lasts => {
                incidents.start_step(&id, key);
            }
            8..=60 if step.by.is_some() => {
                let to = step.by.as_deref().unwrap_or_default();
                incidents.hand_step(&id, key, to);
            }
            _ => {
                incidents.mark_current(&id, Mark::Done);
            }
        }
        self.in_vain = 0;
        self.pause()
    }

    fn answer(&mut self, answers: &[Choice]) -> Option<String> {
        let weighed = answers
            .iter()
            .map(|one| (one.id.clone(), likeliness(&one.id)));
        let weighed: Vec<(String, u64)> = weighed.collect();
        self.chance.weighted(&weighed).cloned()
    }

    /// Says that a step is left out, or not possible; mostly with a reason.
    fn leave_out(&mut self, scene: &Scene, key: &StepRef, mark: Mark) {
        scene.incidents.mark(&self.id, key, mark, None);
        if self.chance.percent(75)
            && let Some(reason) = self.reason(&scene.plan, mark)
        {
            scene.incidents.mark(&self.id, key, mark, Some(&reason));
        }
        self.in_vain = 0;
    }

    /// Whether people may leave because of it: what is no fire or earthquake is over sooner.
    fn may_leave(&self, scene: &Scene) -> bool {
        let is_meant = [FIRE, EARTHQUAKE].contains(&self.kind.as_str());
        is_meant && !self.has_left && scene.incidents.evacuating().is_none()
    }

    /// Opens the card of whom a step calls; says whether there is anybody left to call.
    fn open_card(&mut self, scene: &Scene, step: &Step) -> bool {
        let Some(role) = step.contacts.get(self.in_vain / 2) else {
            return false;
        };
        scene.incidents.open_contact(&self.id, role);
        self.card = Some(role.clone());
        true
    }

    fn call(&mut self, scene: &Scene, role: &str) {
        let incidents = &scene.incidents;
        let last = incidents.get(&self.id).and_then(|one| one.last_call(role));
        let place = number_to_try(last, scene.numbers(role));
        let answered = self.chance.percent(86);
        incidents.called(&self.id, role, place, answered);
        self.in_vain = if answered { 0 } else { self.in_vain + 1 };
        if !answered
            && self.chance.percent(8)
            && let Some(entry) = last_entry(incidents, &self.id)
        {
            incidents.correct_call(&self.id, &entry, Outcome::NotMade);
        }
    }

    /// A resuscitation goes on.
    pub(super) fn press(&mut self, incidents: &Incidents, said: u8) -> TimeDelta {
        match said {
            0 if self.chance.percent(60) => drop(incidents.aed_is_here(&self.id)),
            0..=3 => drop(incidents.change_rescuer(&self.id)),
            _ => {
                let breathes = self.chance.percent(30);
                let end = if breathes {
                    End::Breathing
                } else {
                    End::TakenOver
                };
                incidents.end_resuscitation(&self.id, end);
                return self.to(Stage::Guide, 20, 90);
            }
        }
        self.to(Stage::Resuscitating(said + 1), 90, 130)
    }
}

/// The id of the entry that was made last about an incident.
fn last_entry(incidents: &Incidents, id: &IncidentId) -> Option<EntryId> {
    Some(incidents.get(id)?.log.last()?.entry.clone())
}

/// The prompt that has stood the longest.
fn standing(incidents: &Incidents, id: &IncidentId, now: DateTime<Utc>) -> Option<String> {
    let one = incidents.get(id)?;
    let kind: BoundType = incidents.kind(&one)?;
    let guide = Guide::of(&one, &kind);
    let standing = prompting::standing(&guide, &one, &kind, now);
    Some(standing.first()?.prompt.id.clone())
}
