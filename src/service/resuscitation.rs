//! A resuscitation: begun in an incident, kept until somebody says otherwise.

use std::cell::Ref;

use super::incidents::Incidents;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use crate::domain::plan::Step;
use crate::domain::resuscitation::{End, Resuscitation, ResuscitationEvent};

impl Incidents {
    /// The open incident in which somebody is resuscitated; of several the one begun last.
    pub fn resuscitating(&self) -> Option<Ref<'_, Incident>> {
        let going = self.open().into_iter();
        let going = going.filter(|one| one.running_resuscitation().is_some());
        going.max_by_key(|one| one.running_resuscitation().map(|going| going.started))
    }

    /// Begins a resuscitation in an open incident, or goes on with the one there. Where the step to do
    /// now is the compressions, they are what is being done.
    pub fn resuscitate(&self, id: &IncidentId) -> bool {
        let is_open = self.get(id).is_some_and(|one| one.is_open());
        if !is_open || self.in_resuscitation(id, |_| ()).is_some() {
            return is_open;
        }
        let step = self.compressions(id);
        self.say(id, ResuscitationEvent::Started {});
        if let Some(step) = step {
            self.confirm_condition(id, &step);
            self.mark(id, &step, Mark::Done, None);
        }
        true
    }

    /// Takes back a resuscitation that was opened by mistake, with the step that it did; says whether
    /// it was.
    pub fn undo_resuscitation(&self, id: &IncidentId) -> bool {
        let now = self.clock.now();
        if self.in_resuscitation(id, |one| one.may_undo(now)) != Some(true) {
            return false;
        }
        let marked = self.get(id).and_then(|one| {
            let began = one.running_resuscitation()?.started;
            let plan = self.plan_of(&one);
            let is_it = |step: &StepRef| {
                let kind = plan.incident(&step.type_id);
                kind.and_then(|kind| kind.step(&step.step))
                    .is_some_and(is_compressions)
            };
            let mut marks = one.marks.iter();
            let step = marks.find(|(step, marked)| marked.at >= began && is_it(step))?;
            Some(step.0.clone())
        });
        self.say(id, ResuscitationEvent::Undone {});
        if let Some(step) = marked {
            self.mark(id, &step, Mark::Open, None);
        }
        true
    }

    /// The AED is here.
    pub fn aed_is_here(&self, id: &IncidentId) -> bool {
        let wanted = self.in_resuscitation(id, |one| one.aed.is_none()) == Some(true);
        wanted && self.say(id, ResuscitationEvent::AedHere {})
    }

    /// Another rescuer presses on.
    pub fn change_rescuer(&self, id: &IncidentId) -> bool {
        self.in_resuscitation(id, |_| ()).is_some()
            && self.say(id, ResuscitationEvent::RescuerChanged {})
    }

    /// It is over.
    pub fn end_resuscitation(&self, id: &IncidentId, end: End) -> bool {
        self.in_resuscitation(id, |_| ()).is_some()
            && self.say(id, ResuscitationEvent::Ended { end })
    }

    fn in_resuscitation<T>(
        &self,
        id: &IncidentId,
        what: impl FnOnce(&Resuscitation) -> T,
    ) -> Option<T> {
        let incident = self.get(id)?;
        incident.running_resuscitation().map(what)
    }

    fn say(&self, id: &IncidentId, event: ResuscitationEvent) -> bool {
        self.record(id, IncidentEvent::Resuscitation(event));
        true
    }

    /// The step to do now, where it is the compressions.
    fn compressions(&self, id: &IncidentId) -> Option<StepRef> {
        let current = self.current_step(id)?;
        let incident = self.get(id)?;
        let kind = self.kind(&incident)?;
        let step = kind.step(&current.step);
        step.is_some_and(is_compressions).then_some(current)
    }

    /// Whether the step to do now leads to a resuscitation.
    pub fn leads_to_resuscitation(&self, id: &IncidentId) -> bool {
        self.of_current(id, |_, step| step.resuscitation) == Some(true)
    }

    /// The first-aid cards that the step to do now may need.
    pub fn aids(&self, id: &IncidentId) -> Vec<String> {
        let aids = self.of_current(id, |_, step| step.aid.clone());
        aids.unwrap_or_default()
    }
}

/// Whether a step is what a resuscitation does.
fn is_compressions(step: &Step) -> bool {
    step.resuscitation && step.vital
}
