//! Everything that can be done with an evacuation. At most one runs at a time.

use std::cell::Ref;

use super::incidents::{Incidents, Viewer};
use crate::domain::evacuation::{
    End, Evacuation, EvacuationEvent, MOST_PEOPLE, next_command, tells_to_stay,
};
use crate::domain::hazard::{
    discreet_beside, guided_by, hazard, is_joined, is_of_named_type, presumed_hazard, said_by,
};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use crate::domain::plan::{DoneBy, EARTHQUAKE, Hazard, UNCLASSIFIED};

impl Incidents {
    /// Has `viewer` shown the incidents, now and whenever something is done with one.
    pub fn show_to(&self, viewer: Viewer) {
        viewer(&self.live.borrow());
        self.viewer.replace(Some(viewer));
    }

    /// The incident that people are leaving because of; the newest evacuation, should a journal
    /// hold more than one.
    pub fn evacuating(&self) -> Option<Ref<'_, Incident>> {
        let running = self.open().into_iter();
        running
            .filter(|one| one.running_evacuation().is_some())
            .max_by_key(|one| one.running_evacuation().map(|running| running.started))
    }

    /// One tap: people have to leave. Tapped in the guide of what a discreet hazard says, `here`, it
    /// belongs to that, whatever else is open: nobody is led to where they can be found. Else it
    /// belongs to the newest open fire or earthquake, else to what is not classified yet, which is
    /// begun where it is not open. One that runs already goes on. Answers the incident it belongs
    /// to.
    pub fn evacuate(&self, here: Option<&IncidentId>) -> Option<IncidentId> {
        if let Some(running) = self.evacuating() {
            return Some(running.id.clone());
        }
        // Ended by mistake a moment ago: that one goes on, with all that was counted and named.
        if let Some(id) = self.undo_end() {
            return Some(id);
        }
        let newest = |wanted: &dyn Fn(&str) -> bool| {
            let open = self.open().into_iter();
            open.filter(|one| wanted(&one.type_id))
                .max_by_key(|one| one.started)
                .map(|one| one.id.clone())
        };
        let guided = || {
            let one = self.get(here?).filter(|one| one.is_open())?;
            said_by(&self.plan_of(&one), &one)?
                .discreet
                .then(|| one.id.clone())
        };
        let joined = guided()
            .or_else(|| newest(&is_joined))
            .or_else(|| newest(&|type_id| type_id == UNCLASSIFIED));
        let opened = joined.is_none();
        let id = joined.or_else(|| self.start(UNCLASSIFIED))?;
        let sheltered = self.get(&id).is_some_and(|one| one.type_id == EARTHQUAKE)
            && self.is_past_first_step(&id);
        let because = self.get(&id).and_then(|one| {
            let plan = self.plan_of(&one);
            let hazard = presumed_hazard(&plan, &one, &self.live.borrow())?;
            Some(hazard.name.clone())
        });
        self.note_evacuation(&id, EvacuationEvent::Started { opened, because });
        // Nobody is led out while the order is to stay.
        if !self.tells_to_stay() {
            self.settle_by(&id, DoneBy::Evacuation, None);
        }
        if sheltered {
            // The guide has seen people take shelter; now they leave.
            self.next_order();
        }
        Some(id)
    }

    /// Takes back an evacuation tapped by mistake, while the undo window lasts, together with
    /// the incident that the same tap began.
    pub fn undo_evacuation(&self) -> bool {
        let now = self.clock.now();
        let found = self.evacuating().and_then(|one| {
            let running = one.running_evacuation().filter(|it| it.may_undo(now))?;
            Some((
                one.id.clone(),
                running.opened,
                running.started,
                self.is_made_of(&one, running),
            ))
        });
        let Some((id, opened, since, retyped)) = found else {
            return false;
        };
        self.take_back_evacuation(&id);
        if opened {
            self.record(&id, IncidentEvent::StartUndone {});
            return true;
        }
        self.unsettle(&id, DoneBy::Evacuation, since);
        if retyped {
            self.change_type(&id, UNCLASSIFIED);
        }
        true
    }

    /// Takes back the evacuation of this incident, if one runs.
    pub(super) fn take_back_evacuation(&self, id: &IncidentId) {
        if self.runs(id) {
            self.note_evacuation(id, EvacuationEvent::Undone {});
        }
    }

    /// The type was changed while people leave: the commands follow, from the first.
    pub(super) fn follow_type(&self, id: &IncidentId) {
        let event = self.get(id).and_then(|one| {
            let running = one.running_evacuation()?;
            let plan = self.plan_of(&one);
            let hazard = said_by(&plan, &one)?;
            (running.hazard.as_ref() != Some(&hazard.id)).then(|| EvacuationEvent::HazardNamed {
                hazard: hazard.id.clone(),
                name: hazard.name.clone(),
            })
        });
        if let Some(event) = event {
            self.note_evacuation(id, event);
        }
    }

    /// Says what people have to leave for. What was not classified becomes an incident of the
    /// hazard's type, and follows when the hazard is corrected.
    pub fn name_hazard(&self, hazard: &str) -> bool {
        let known = |one: &Incident| self.plan_of(one).hazard(hazard).cloned();
        let Some(evacuating) = self.evacuating() else {
            return false;
        };
        let said = evacuating
            .running_evacuation()
            .and_then(|one| one.hazard.clone());
        let Some(hazard) = known(&evacuating).filter(|one| said.as_ref() != Some(&one.id)) else {
            // Said already: to say it again would begin its commands anew.
            return false;
        };
        drop(evacuating);
        let found = self
            .running(|one, running| one.type_id == UNCLASSIFIED || self.is_made_of(one, running));
        let Some((id, follows)) = found else {
            return false;
        };
        self.note_evacuation(
            &id,
            EvacuationEvent::HazardNamed {
                hazard: hazard.id.clone(),
                name: hazard.name.clone(),
            },
        );
        if follows {
            let kind = hazard.incident.as_deref().unwrap_or(UNCLASSIFIED);
            // One of that type that is open already has its guide: a second would begin it anew.
            let open = self
                .open()
                .iter()
                .any(|one| one.id != id && one.type_id == kind);
            self.change_type(&id, if open { UNCLASSIFIED } else { kind });
        }
        true
    }

    /// Whether naming the hazard has made the incident what it is.
    fn is_made_of(&self, one: &Incident, running: &Evacuation) -> bool {
        is_of_named_type(&self.plan_of(one), one) && one.was_retyped_since(running.started)
    }

    /// The incident whose guide carries on while people leave, or after they did because of `id`.
    pub fn guide_of_evacuation(&self, id: &IncidentId) -> Option<IncidentId> {
        let one = self.get(id)?;
        let live = self.live.borrow();
        let guided = guided_by(hazard(&self.plan_of(&one), &one, &live), &one, &live);
        Some(guided.id.clone())
    }

    /// Calls the hazard's next command to the crowd; after the last one, the first again.
    pub fn next_order(&self) -> bool {
        let found = self.running(|one, running| {
            let plan = self.plan_of(one);
            let hazard = hazard(&plan, one, &self.live.borrow())?;
            let order = running.next_order(hazard.commands.len())?;
            let command = next_command(hazard, running)?.clone();
            Some(EvacuationEvent::Ordered { order, command })
        });
        let stayed = self.tells_to_stay();
        let noted = self.note_found(found);
        if let Some(id) = self.evacuating().map(|one| one.id.clone())
            && stayed
            && !self.tells_to_stay()
        {
            self.settle_by(&id, DoneBy::Evacuation, None);
        }
        noted
    }

    /// Whether people who are to leave are to stay for now, as in an earthquake.
    pub(super) fn tells_to_stay(&self) -> bool {
        let found = self.running(|one, running| {
            (self.hazard(one)).is_some_and(|hazard| tells_to_stay(&hazard, running))
        });
        found.is_some_and(|(_, stays)| stays)
    }

    /// Marks a step of the staff as done, or as still to do.
    pub fn sweep(&self, sweep: &str, done: bool) -> bool {
        let found = self.running(|one, running| {
            let plan = self.plan_of(one);
            let hazard = self.hazard(one);
            let steps = plan.sweeps_for(hazard.as_ref());
            let step = steps.iter().find(|step| step.id == sweep)?;
            (running.swept.contains_key(sweep) != done).then(|| EvacuationEvent::SweepMarked {
                sweep: step.id.clone(),
                command: step.command.clone(),
                done,
            })
        });
        self.note_found(found)
    }

    /// Counts `more` people at the assembly point, or takes back as many where it is negative.
    pub fn count_heads(&self, more: i32) -> bool {
        let found = self.running(|_, running| {
            let out = running.out.saturating_add_signed(more).min(MOST_PEOPLE);
            (out != running.out).then_some(EvacuationEvent::HeadCounted { out })
        });
        self.note_found(found)
    }

    /// Says how many people are missing; 0 where everybody is out.
    pub fn miss(&self, missing: u32) -> bool {
        let found = self.running(|_, running| {
            (running.missing_in_all() != Some(missing)).then_some(EvacuationEvent::Missing {
                missing,
                out: running.out,
            })
        });
        self.note_missing(found)
    }

    /// Ends the evacuation that runs; answers the incident it belonged to, which stays open.
    pub fn end(&self, end: End) -> Option<IncidentId> {
        let id = self.evacuating().map(|one| one.id.clone())?;
        self.end_evacuation(&id, end).then_some(id)
    }

    /// The open incident whose evacuation was ended so short a while ago that this may be undone.
    pub fn just_ended(&self) -> Option<Ref<'_, Incident>> {
        let now = self.clock.now();
        let ended = |one: &Incident| one.evacuation.as_ref()?.ended.map(|(at, _)| at);
        let open = self.open().into_iter();
        open.filter(|one| {
            let evacuation = one.evacuation.as_ref();
            evacuation.is_some_and(|it| it.may_undo_end(now))
        })
        .max_by_key(|one| ended(one))
    }

    /// Takes back the end of an evacuation, while that is allowed: people go on leaving. Answers
    /// the incident it belongs to.
    pub fn undo_end(&self) -> Option<IncidentId> {
        if self.evacuating().is_some() {
            return None;
        }
        let (id, since) = self.just_ended().and_then(|one| {
            let (ended, _) = one.evacuation.as_ref()?.ended?;
            Some((one.id.clone(), ended))
        })?;
        self.note_evacuation(&id, EvacuationEvent::EndUndone {});
        self.unsettle(&id, DoneBy::AllClear, since);
        Some(id)
    }

    /// Ends the evacuation of this incident, if one runs.
    pub(super) fn end_evacuation(&self, id: &IncidentId, end: End) -> bool {
        let runs = self.runs(id);
        if runs {
            self.note_evacuation(id, EvacuationEvent::Ended { end });
        }
        if runs && end == End::AllClear {
            self.settle_all_clear(id);
        }
        runs
    }

    fn runs(&self, id: &IncidentId) -> bool {
        self.get(id)
            .is_some_and(|one| one.running_evacuation().is_some())
    }

    /// Whether the first step of the incident's guide is done.
    pub(super) fn is_past_first_step(&self, id: &IncidentId) -> bool {
        let past = self.get(id).and_then(|one| {
            let kind = self.kind(&one)?;
            let step = StepRef::of(&kind, &kind.steps.first()?.id);
            Some(one.marks.get(&step)?.mark == Mark::Done)
        });
        past.unwrap_or(false)
    }

    /// The hazard of an incident's evacuation.
    pub fn hazard(&self, incident: &Incident) -> Option<Hazard> {
        hazard(&self.plan_of(incident), incident, &self.live.borrow()).cloned()
    }

    /// Whether an open incident says of itself that whoever people flee from may read along.
    pub fn is_discreet_beside(&self) -> bool {
        discreet_beside(&self.in_force.plan(), &self.live.borrow()).is_some()
    }

    /// What `look` makes of the evacuation that runs, with its incident's id.
    pub(super) fn running<T>(
        &self,
        look: impl FnOnce(&Incident, &Evacuation) -> T,
    ) -> Option<(IncidentId, T)> {
        let one = self.evacuating()?;
        let found = look(&one, one.running_evacuation()?);
        Some((one.id.clone(), found))
    }

    pub(super) fn note_found(&self, found: Option<(IncidentId, Option<EvacuationEvent>)>) -> bool {
        match found {
            Some((id, Some(event))) => {
                self.note_evacuation(&id, event);
                true
            }
            _ => false,
        }
    }

    fn note_evacuation(&self, id: &IncidentId, event: EvacuationEvent) {
        self.record(id, IncidentEvent::Evacuation(event));
    }
}
