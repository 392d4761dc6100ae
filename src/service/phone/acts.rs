//! What somebody does on a phone and the tablet does for them: on the thread of the screen, by the same
//! services as a tap, so that the two never disagree.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::oneshot;

use super::{Link, Links};
use crate::domain::actor::Actor;
use crate::domain::ids::{IncidentId, LinkId};
use crate::domain::incident::{Mark, StepRef};
use crate::service::Services;
use crate::service::errand::Wake;
use crate::service::incidents::Incidents;

/// How long a phone waits for the screen at most.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is done with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is done.
    Done,
    /// It is begun and goes on.
    Begun,
    /// Its condition holds.
    Holds,
    /// Its question is answered, by the answer's id.
    Answer(String),
    /// It is open again.
    Open,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It had been before: the same form came twice.
    Before,
    /// The guide is elsewhere by now; nothing was done.
    Passed,
}

/// An act on its way to the screen.
pub struct PhoneAct {
    link: Link,
    incident: IncidentId,
    step: StepRef,
    what: What,
    reply: oneshot::Sender<Outcome>,
}

/// Why nobody knows what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ActError {
    /// There is no screen that takes it.
    #[error("no screen")]
    NoScreen,
    /// The screen does not answer.
    #[error("the screen does not answer")]
    Silent,
}

/// So many forms are remembered: more than phones have open at once.
const MOST_FORMS: usize = 256;

/// The way to the screen, and the forms that have gone it: one that is sent again, when its answer was
/// lost, must not undo what was done in between.
#[derive(Default)]
pub(super) struct Line {
    way: Mutex<Option<(Sender<PhoneAct>, Wake)>>,
    done: Mutex<VecDeque<(LinkId, String, Outcome)>>,
}

impl Line {
    fn done(&self) -> MutexGuard<'_, VecDeque<(LinkId, String, Outcome)>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Links {
    /// Where acts arrive from now on; `wake` is called for each.
    pub fn attend(&self, wake: Wake) -> Receiver<PhoneAct> {
        let (acts, inbox) = channel();
        let mut line = (self.acts.way.lock()).unwrap_or_else(PoisonError::into_inner);
        *line = Some((acts, wake));
        inbox
    }

    /// Has the screen do something with a step of `incident` in the name of whoever `link` is of; the
    /// same `form` does it once.
    ///
    /// # Errors
    /// [`ActError`].
    pub async fn act(
        &self,
        link: &Link,
        incident: &IncidentId,
        form: &str,
        (step, what): (StepRef, What),
    ) -> Result<Outcome, ActError> {
        let known = {
            let done = self.acts.done();
            let mut done = done.iter();
            let known = done.find(|(id, known, _)| *id == link.id && known == form);
            known.map(|(_, _, outcome)| *outcome)
        };
        if let Some(outcome) = known {
            // What was not done is not done now either: it was of another moment.
            return Ok(match outcome {
                Outcome::Passed => Outcome::Passed,
                _ => Outcome::Before,
            });
        }
        let (reply, answer) = oneshot::channel();
        let act = PhoneAct {
            link: link.clone(),
            incident: incident.clone(),
            step,
            what,
            reply,
        };
        {
            let line = (self.acts.way.lock()).unwrap_or_else(PoisonError::into_inner);
            let (acts, wake) = line.as_ref().ok_or(ActError::NoScreen)?;
            acts.send(act).map_err(|_| ActError::NoScreen)?;
            wake();
        }
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(outcome)) => {
                let mut done = self.acts.done();
                done.push_back((link.id.clone(), form.to_owned(), outcome));
                if done.len() > MOST_FORMS {
                    done.pop_front();
                }
                Ok(outcome)
            }
            Ok(Err(_)) => Err(ActError::NoScreen),
            Err(_) => Err(ActError::Silent),
        }
    }
}

impl Services {
    /// Does what phones have asked for; says whether there was anything.
    pub(in crate::service) fn do_for_phones(&self) -> bool {
        let mut any = false;
        while let Some(act) = self.phone.next_act() {
            any = true;
            // The link may have ended meanwhile, or its phone been told that nothing was done.
            let live = self.phone.live(self.clock.now());
            if act.reply.is_closed() || !live.iter().any(|one| one.id == act.link.id) {
                continue;
            }
            // Whatever is done on the tablet is done by whoever is on duty there; this, by whoever
            // holds the phone.
            self.look_at_clock();
            self.recorder.acts(Actor::OnDuty, act.link.person());
            let outcome = self.incidents.do_for_phone(&act);
            self.follow_duty();
            #[expect(
                clippy::unused_result_ok,
                reason = "a phone that has gone away sees it when it comes back"
            )]
            act.reply.send(outcome).ok();
        }
        any
    }
}

impl Incidents {
    fn do_for_phone(&self, act: &PhoneAct) -> Outcome {
        let (id, step) = (&act.incident, &act.step);
        let is_current = self.current_step(id).as_ref() == Some(step);
        let done = match &act.what {
            What::Open if self.step_before(id).as_ref() == Some(step) => {
                self.mark(id, step, Mark::Open, None)
            }
            What::Done if is_current => self.mark_current(id, Mark::Done).is_some(),
            What::Begun if is_current => self.start_step(id, step),
            What::Holds if is_current => self.confirm_condition(id, step),
            What::Answer(answer) if is_current => self.answer(id, step, answer),
            _ => false,
        };
        if done {
            Outcome::Done
        } else if self.is_so(act) {
            Outcome::Before
        } else {
            Outcome::Passed
        }
    }

    /// Whether what an act asks for is so already.
    fn is_so(&self, act: &PhoneAct) -> bool {
        let Some(incident) = self.get(&act.incident) else {
            return false;
        };
        let step = &act.step;
        let mark = incident.marks.get(step).map(|one| one.mark);
        match &act.what {
            What::Done => mark == Some(Mark::Done),
            What::Begun => incident.under_way(step).is_some(),
            What::Holds => incident.held_since(step).is_some(),
            What::Answer(answer) => incident
                .given(step)
                .is_some_and(|one| one.answer == *answer),
            What::Open => mark == Some(Mark::Open),
        }
    }
}
