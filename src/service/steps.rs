//! What is said of a guide's steps beside that they are done: answers, conditions that hold, what is
//! begun or handed to somebody; and the prompts.

use super::incidents::Incidents;
use crate::domain::guide::Guide;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentEvent, StepRef};
use crate::domain::plan::{Choice, IncidentType, Step};
use crate::domain::prompting;

impl Incidents {
    /// Answers the question of a step, first or again: an earlier answer stays in the journal, and so
    /// does what was done on its way.
    pub fn answer(&self, id: &IncidentId, step: &StepRef, answer: &str) -> bool {
        self.say_of(id, step, |one, asking| {
            let chosen = asking.answer(answer)?;
            let before = one.given(step).map(|given| &given.answer);
            (before != Some(&chosen.id)).then(|| IncidentEvent::Answered {
                step: step.clone(),
                question: asking.command.clone(),
                answer: chosen.id.clone(),
                words: chosen.name.clone(),
                correction: before.is_some(),
            })
        })
    }

    /// Says that the condition of a step holds: its time counts from now on.
    pub fn confirm_condition(&self, id: &IncidentId, step: &StepRef) -> bool {
        self.say_of(id, step, |one, conditional| {
            let condition = conditional.condition.clone()?;
            one.held_since(step)
                .is_none()
                .then(|| IncidentEvent::ConditionHeld {
                    step: step.clone(),
                    condition,
                })
        })
    }

    /// Says that a step is begun and goes on, so that the guide does too.
    pub fn start_step(&self, id: &IncidentId, step: &StepRef) -> bool {
        self.say_of(id, step, |one, lasting| {
            let may = lasting.lasts && one.under_way(step).is_none();
            may.then(|| IncidentEvent::StepStarted {
                step: step.clone(),
                command: lasting.command_for(one.is_alone()).clone(),
            })
        })
    }

    /// The same of what another act begins, whether or not it lasts by itself.
    pub(super) fn begin_step(&self, id: &IncidentId, step: &StepRef) -> bool {
        self.say_of(id, step, |one, begun| {
            one.under_way(step)
                .is_none()
                .then(|| IncidentEvent::StepStarted {
                    step: step.clone(),
                    command: begun.command_for(one.is_alone()).clone(),
                })
        })
    }

    /// Hands a step to one of the crew, named by id: the guide goes on, and it stays in sight until
    /// it is reported done.
    pub fn hand_step(&self, id: &IncidentId, step: &StepRef, to: &str) -> bool {
        self.say_of(id, step, |one, handed| {
            let plan = self.plan_of(one);
            let taker = plan.member(to)?;
            let may = !handed.is_question() && one.under_way(step).is_none();
            may.then(|| IncidentEvent::StepHanded {
                step: step.clone(),
                command: handed.command.clone(),
                to: taker.id.clone(),
                name: taker.name.clone(),
            })
        })
    }

    /// Says whether whoever handles an open incident is alone.
    pub fn set_alone(&self, id: &IncidentId, alone: bool) -> bool {
        let may = self
            .get(id)
            .is_some_and(|one| one.is_open() && one.is_alone() != alone);
        if may {
            self.record(id, IncidentEvent::AloneSet { alone });
        }
        may
    }

    /// Says that a prompt, named by its id, which stands just now was heeded, or is put off.
    pub fn heed(&self, id: &IncidentId, prompt: &str, done: bool) -> bool {
        let now = self.clock.now();
        let event = self.get(id).and_then(|one| {
            let kind = self.kind(&one)?;
            let guide = Guide::of(&one, &kind);
            let standing = prompting::standing(&guide, &one, &kind, now);
            let found = standing.iter().find(|it| it.prompt.id == prompt)?;
            Some(IncidentEvent::Prompted {
                prompt: StepRef::of(&kind, prompt),
                command: found.prompt.command.clone(),
                done,
            })
        });
        event.map(|event| self.record(id, event)).is_some()
    }

    /// The step of an open incident that is to be done now.
    pub fn current_step(&self, id: &IncidentId) -> Option<StepRef> {
        self.of_current(id, |kind, step| StepRef::of(kind, &step.id))
    }

    /// The answers to the question that is to be answered now; none where the step asks nothing.
    pub fn answers(&self, id: &IncidentId) -> Vec<Choice> {
        let answers = self.of_current(id, |_, step| step.answers.clone());
        answers.unwrap_or_default()
    }

    /// Something about the step of an open incident that is to be done now.
    pub(super) fn of_current<T>(
        &self,
        id: &IncidentId,
        what: impl FnOnce(&IncidentType, &Step) -> T,
    ) -> Option<T> {
        let incident = self.get(id).filter(|one| one.is_open())?;
        let kind = self.kind(&incident)?;
        let guide = Guide::of(&incident, &kind);
        Some(what(&kind, guide.steps.get(guide.current?)?.step))
    }

    /// Records what is to be said of a step of an open incident, if anything is.
    fn say_of(
        &self,
        id: &IncidentId,
        step: &StepRef,
        said: impl FnOnce(&Incident, &Step) -> Option<IncidentEvent>,
    ) -> bool {
        let event = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let plan = self.plan_of(&one);
            let kind = plan.incident(&step.type_id)?;
            said(&one, kind.step(&step.step)?)
        });
        event.map(|event| self.record(id, event)).is_some()
    }
}
