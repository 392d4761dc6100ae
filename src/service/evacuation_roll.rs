//! Who has which task while people leave, and who is missing.

use super::incidents::Incidents;
use crate::domain::evacuation::{EvacuationEvent, tells_to_stay};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Mark, StepRef};
use crate::domain::plan::{AFTERSHOCK, DoneBy, EARTHQUAKE, SHAKING_STOPPED, Text};
use crate::domain::roll::{BELOW_GROUND, MOST_MISSING, Task};

impl Incidents {
    /// Gives a task to somebody, of this id and name; given again to whoever has it, it is taken back.
    pub fn give_task(&self, task: Task, to: &str, name: Text) -> bool {
        let found = self.running(|_, running| {
            let has_it = running.tasks.get(&task).is_some_and(|holder| holder == to);
            Some(EvacuationEvent::TaskGiven {
                task,
                to: (!has_it).then(|| to.to_owned()),
                name: (!has_it).then_some(name),
            })
        });
        self.note_found(found)
    }

    /// Says that somebody of this kind, last seen there, is missing; at most [`MOST_MISSING`] of
    /// them are kept apart.
    pub fn miss_person(&self, who: Text, seen: Text) -> bool {
        let found = self.running(|_, running| {
            (running.people.len() < MOST_MISSING).then(|| EvacuationEvent::PersonMissing {
                person: running.missed.saturating_add(1),
                who,
                seen,
            })
        });
        self.note_missing(found)
    }

    /// Says that one of those missing is there.
    pub fn find_person(&self, person: u32) -> bool {
        let found = self.running(|_, running| {
            let who = running.people.get(&person)?.who.clone();
            Some(EvacuationEvent::PersonFound { person, who })
        });
        self.note_missing(found)
    }

    /// Marks the floors below ground, which `command` names, as searched or as still to search.
    pub fn sweep_below_ground(&self, command: Text, done: bool) -> bool {
        let found = self.running(|_, running| {
            (running.swept.contains_key(BELOW_GROUND) != done).then(|| {
                EvacuationEvent::SweepMarked {
                    sweep: BELOW_GROUND.to_owned(),
                    command,
                    done,
                }
            })
        });
        self.note_found(found)
    }

    /// Notes what was said of who is missing. That nobody is settles the step that counts people, for as
    /// long as it is so.
    pub(super) fn note_missing(
        &self,
        found: Option<(IncidentId, Option<EvacuationEvent>)>,
    ) -> bool {
        let nobody = || self.running(|_, it| (it.missing_in_all() == Some(0), it.started));
        let before = nobody();
        let noted = self.note_found(found);
        match (before, nobody()) {
            (Some((_, (false, _))), Some((id, (true, _)))) => {
                self.settle_by(&id, DoneBy::HeadCount, None);
            }
            (Some((_, (true, since))), Some((id, (false, _)))) => {
                self.unsettle(&id, DoneBy::HeadCount, since);
            }
            _ => {}
        }
        noted
    }

    /// A note was made in this incident: the earth may have stopped shaking, or shake again.
    pub(super) fn follow_note(&self, id: &IncidentId, note: &str) {
        match note {
            SHAKING_STOPPED => self.shaking_stopped(id),
            AFTERSHOCK => self.shakes_again(id),
            _ => {}
        }
    }

    /// The first step of the earthquake, to shelter, is over; with it goes the command.
    fn shaking_stopped(&self, id: &IncidentId) {
        let sheltering = self.get(id).and_then(|one| {
            let kind = self.kind(&one).filter(|kind| kind.id == EARTHQUAKE)?;
            let step = StepRef::of(&kind, &kind.steps.first()?.id);
            let is_over = one.marks.get(&step).is_some_and(|it| it.mark != Mark::Open);
            (!is_over).then_some(step)
        });
        match sheltering {
            Some(step) => {
                self.mark(id, &step, Mark::Done, None);
            }
            // After an aftershock.
            None if self.guides_evacuation(id) && self.tells_to_stay() => {
                self.next_order();
            }
            None => {}
        }
    }

    /// Whoever is still inside takes shelter once more, and the sign says so.
    fn shakes_again(&self, id: &IncidentId) {
        if !self.guides_evacuation(id) {
            return;
        }
        let found = self.running(|one, running| {
            let hazard = self.hazard(one)?;
            let is_quake = hazard.incident.as_deref() == Some(EARTHQUAKE);
            let command = hazard.commands.first()?.clone();
            (is_quake && !tells_to_stay(&hazard, running))
                .then_some(EvacuationEvent::Ordered { order: 1, command })
        });
        self.note_found(found);
    }

    /// Whether the guide of this incident is that of the evacuation that runs.
    fn guides_evacuation(&self, id: &IncidentId) -> bool {
        let running = self.evacuating().map(|one| one.id.clone());
        running.is_some_and(|leaving| self.guide_of_evacuation(&leaving).as_ref() == Some(id))
    }

    /// A step of this incident was marked. Where that says that people have sheltered, the command to
    /// shelter, which the earthquake's first one is, gives way to the one that leads out, wherever it is
    /// shown.
    pub(super) fn follow_shelter(&self, id: &IncidentId, step: &StepRef) {
        let is_first = self.get(id).is_some_and(|one| {
            let kind = self.kind(&one);
            kind.is_some_and(|kind| kind.steps.first().is_some_and(|one| one.id == step.step))
        });
        let is_meant = self.tells_to_stay() && self.guides_evacuation(id);
        if is_meant && is_first && self.is_past_first_step(id) {
            self.next_order();
        }
    }
}
