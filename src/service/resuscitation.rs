//! A resuscitation: begun in an incident, kept until somebody says otherwise.

use std::cell::Ref;

use super::incidents::Incidents;
use crate::domain::guide::StepStanding;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use crate::domain::plan::{DoneBy, IncidentType};
use crate::domain::resuscitation::{End, Resuscitation, ResuscitationEvent};

impl Incidents {
    /// The open incident in which somebody is resuscitated; of several the one begun last.
    pub fn resuscitating(&self) -> Option<Ref<'_, Incident>> {
        let going = self.open().into_iter();
        let going = going.filter(|one| one.running_resuscitation().is_some());
        going.max_by_key(|one| one.running_resuscitation().map(|going| going.started))
    }

    /// Begins a resuscitation in an open incident, or goes on with the one there, also where somebody has
    /// just said by mistake that it is over. The guide's compressions are begun with it.
    pub fn resuscitate(&self, id: &IncidentId) -> bool {
        let is_open = self.get(id).is_some_and(|one| one.is_open());
        if !is_open || self.in_resuscitation(id, |_| ()).is_some() {
            return is_open;
        }
        let now = self.clock.now();
        let mistaken = self.get(id).and_then(|one| {
            let before = one.resuscitation.as_ref()?;
            before.ended_by_mistake(now)
        });
        let begun = match mistaken {
            Some(ended) => {
                self.say(id, ResuscitationEvent::EndUndone {});
                self.steps_of_it(id, |one, step| {
                    one.marks.get(step).is_some_and(|marked| marked.at >= ended)
                })
            }
            None => {
                self.say(id, ResuscitationEvent::Started {});
                self.compressions(id).into_iter().collect()
            }
        };
        for step in begun {
            self.confirm_condition(id, &step);
            self.begin_step(id, &step);
        }
        true
    }

    /// Takes back a resuscitation that was opened by mistake, with the step that it began; says whether
    /// it was.
    pub fn undo_resuscitation(&self, id: &IncidentId) -> bool {
        let now = self.clock.now();
        let began = self.in_resuscitation(id, |one| one.may_undo(now).then_some(one.started));
        let Some(began) = began.flatten() else {
            return false;
        };
        let begun = self.steps_of_it(id, |one, step| {
            one.under_way(step).is_some_and(|it| it.since >= began)
        });
        self.say(id, ResuscitationEvent::Undone {});
        for step in begun {
            let (mark, reason) = self
                .get(id)
                .and_then(|one| last_mark(&one, &step))
                .unwrap_or((Mark::Open, None));
            self.mark(id, &step, mark, reason.as_deref());
        }
        true
    }

    /// The AED is here: where the guide has a step for that, it is begun.
    pub fn aed_is_here(&self, id: &IncidentId) -> bool {
        let wanted = self.in_resuscitation(id, |one| one.aed.is_none()) == Some(true);
        if wanted {
            self.say(id, ResuscitationEvent::AedHere {});
            let is_meant = |one: &StepStanding<'_>| {
                one.step.done_by == Some(DoneBy::Aed) && !one.is_left_behind()
            };
            if let Some((step, _)) = self.steps_where(id, is_meant).into_iter().next() {
                self.confirm_condition(id, &step);
                self.begin_step(id, &step);
            }
        }
        wanted
    }

    /// Another rescuer presses on.
    pub fn change_rescuer(&self, id: &IncidentId) -> bool {
        self.in_resuscitation(id, |_| ()).is_some()
            && self.say(id, ResuscitationEvent::RescuerChanged {})
    }

    /// It is over, and with it the steps of the guide that it had begun.
    pub fn end_resuscitation(&self, id: &IncidentId, end: End) -> bool {
        if self.in_resuscitation(id, |_| ()).is_none() {
            return false;
        }
        self.say(id, ResuscitationEvent::Ended { end });
        for step in self.steps_of_it(id, |one, step| one.under_way(step).is_some()) {
            self.mark(id, &step, Mark::Done, None);
        }
        true
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

    /// The compressions on the way that are not under way yet. Where they were done before, or left out,
    /// that is no longer so.
    fn compressions(&self, id: &IncidentId) -> Option<StepRef> {
        let is_meant =
            |one: &StepStanding<'_>| one.step.is_compressions() && one.under_way.is_none();
        let found = self.steps_where(id, is_meant).into_iter().next();
        found.map(|(step, _)| step)
    }

    /// The steps that a resuscitation begins, of which `is_meant` says so; also those of a guide that the
    /// incident had before it was of another type.
    fn steps_of_it(
        &self,
        id: &IncidentId,
        is_meant: impl Fn(&Incident, &StepRef) -> bool,
    ) -> Vec<StepRef> {
        let Some(one) = self.get(id) else {
            return Vec::new();
        };
        let plan = self.plan_of(&one);
        let of_kind = |kind: &'_ IncidentType| -> Vec<StepRef> {
            let steps = kind.steps.iter();
            let its = steps
                .filter(|step| step.is_compressions() || step.done_by == Some(DoneBy::Aed))
                .map(|step| StepRef::of(kind, &step.id));
            its.filter(|step| is_meant(&one, step)).collect()
        };
        plan.incidents.iter().flat_map(of_kind).collect()
    }

    /// Whether the step to do now leads to a resuscitation, or a word that ended one may still be taken
    /// back.
    pub fn leads_to_resuscitation(&self, id: &IncidentId) -> bool {
        let now = self.clock.now();
        let may_go_on = |one: &Resuscitation| one.ended_by_mistake(now).is_some();
        let just_ended = self
            .get(id)
            .is_some_and(|one| one.is_open() && one.resuscitation.as_ref().is_some_and(may_go_on));
        just_ended || self.of_current(id, |_, step| step.resuscitation) == Some(true)
    }

    /// The first-aid cards that the step to do now may need.
    pub fn aids(&self, id: &IncidentId) -> Vec<String> {
        let aids = self.of_current(id, |_, step| step.aid.clone());
        aids.unwrap_or_default()
    }
}

/// The last word on a step that is under way now, before that: what became of it, and the id of the reason.
fn last_mark(one: &Incident, step: &StepRef) -> Option<(Mark, Option<String>)> {
    one.log.iter().rev().find_map(|line| match &line.event {
        IncidentEvent::StepMarked {
            step: marked,
            mark,
            reason,
            ..
        } if marked == step => Some((*mark, reason.as_ref().map(|it| it.id.clone()))),
        _ => None,
    })
}
