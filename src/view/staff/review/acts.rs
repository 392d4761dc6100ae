//! What a touch does to a review.

use super::asking::{self, Answered, Asking};
use crate::domain::ids::IncidentId;
use crate::domain::person::Right;
use crate::domain::report::StepFact;
use crate::domain::review::{Action, Cause, Party, ReviewEvent, StepWord, Subject};
use crate::view::ViewState;
use crate::{ReviewPart, Screen};

impl ViewState {
    /// Opens the review of the incident whose record is shown.
    pub fn open_review(&self) {
        let id = {
            let record = self.services.archive.record();
            record.map(|record| record.incident.id.clone())
        };
        if let Some(id) = id {
            self.show_review(&id);
        }
    }

    /// Shows the review of an incident from now on. The caller has seen to the PIN.
    pub fn show_review(&self, id: &IncidentId) {
        let Some(data) = &self.services.data else {
            return;
        };
        self.show(Screen::Review);
        self.review.incident.replace(Some(id.clone()));
        self.turn_review(ReviewPart::Facts);
        let current = self.services.in_force.now();
        self.services.reviews.open(data, id, current, self.now());
    }

    /// Nobody looks at a review any more.
    pub(in crate::view) fn forget_review(&self) {
        self.review.incident.take();
        self.review.asking.take();
        self.review.finalising.set(false);
        self.review.part.set(ReviewPart::Facts);
        let services = &self.services;
        services.reviews.forget(services.recorder.recorded());
    }

    pub(super) fn turn_review(&self, part: ReviewPart) {
        self.review.part.set(part);
        self.review.asking.take();
        self.review.finalising.set(false);
    }

    /// From a choice to the question before or the review, from there to the record.
    pub(super) fn leave_review(&self) {
        let asking = self.review.asking.take();
        if let Some(asking) = asking {
            self.review.asking.replace(asking.before(|| self.parties()));
        } else if !self.review.finalising.replace(false) {
            self.return_to_record();
        }
    }

    /// Records something about the review that is shown, where whoever is in may do that.
    fn note_review(&self, id: Option<IncidentId>, event: ReviewEvent) -> bool {
        let id = id.or_else(|| self.review.incident.borrow().clone());
        let Some(id) = id.filter(|_| self.allows(event.right())) else {
            return false;
        };
        let services = &self.services;
        services.reviews.act(&services.recorder, &id, event);
        // A report that was made before does not say it.
        services.filing.forget();
        true
    }

    /// Whether the review that is open can be written in.
    fn may_write(&self, right: Right) -> bool {
        let opened = self.services.reviews.opened();
        let is_there = opened.is_some_and(|opened| !opened.review.is_final);
        is_there && self.allows(right)
    }

    pub(super) fn toggle_cause(&self, id: &str) {
        let Some(cause) = id.strip_prefix("cause-").and_then(Cause::of) else {
            return;
        };
        if !self.may_write(Right::Review) {
            return;
        }
        let is_chosen = {
            let opened = self.services.reviews.opened();
            opened.is_some_and(|opened| opened.review.content.causes.contains(&cause))
        };
        self.note_review(
            None,
            match is_chosen {
                true => ReviewEvent::CauseDropped { cause },
                false => ReviewEvent::CauseChosen { cause },
            },
        );
    }

    /// A word on the step at this place; the same again takes it back.
    pub(super) fn judge_step(&self, place: i32, word: &str) {
        let Some(word) = StepWord::of(word) else {
            return;
        };
        if !self.may_write(Right::Handle) {
            return;
        }
        let judged = {
            let opened = self.services.reviews.opened();
            opened.and_then(|opened| {
                let fact = nth(&opened.report.steps, place)?;
                let known = opened.review.content.word_on(&fact.step);
                Some((
                    fact.step.clone(),
                    fact.command.clone(),
                    (known != Some(word)).then_some(word),
                ))
            })
        };
        if let Some((step, command, word)) = judged {
            let event = ReviewEvent::StepJudged {
                step,
                command,
                word,
            };
            self.note_review(None, event);
        }
    }

    pub(super) fn begin_responsibility(&self) {
        if self.may_write(Right::Responsibility) {
            let offered = self.parties();
            self.review.asking.replace(Some(Asking::Whose(offered)));
        }
    }

    pub(super) fn withdraw(&self, place: i32) {
        if !self.may_write(Right::Responsibility) {
            return;
        }
        let whose = {
            let opened = self.services.reviews.opened();
            opened.and_then(|opened| {
                let known = &opened.review.content.responsibilities;
                nth(known, place).map(|one| one.whose.clone())
            })
        };
        if let Some(whose) = whose {
            self.note_review(None, ReviewEvent::Withdrawn { whose });
        }
    }

    pub(super) fn begin_action(&self) {
        let has_room = self.next_action().is_some();
        if has_room && self.may_write(Right::Review) {
            self.review.asking.replace(Some(Asking::Kind));
        }
    }

    /// Asks what became of the action at this place of the review.
    pub(super) fn ask_what_became(&self, place: i32) {
        let found = {
            let opened = self.services.reviews.opened();
            opened.and_then(|opened| {
                let action = nth(&opened.review.content.actions, place)?;
                Some((opened.review.incident.clone(), action.clone()))
            })
        };
        if let Some((incident, action)) = found {
            self.review.asking.replace(self.asked_of(incident, &action));
        }
    }

    /// What can be asked of an action; the screen says so where that is not for whoever is in.
    pub(in crate::view::staff) fn asked_of(
        &self,
        incident: IncidentId,
        action: &Action,
    ) -> Option<Asking> {
        if action.is_open() {
            return Some(Asking::Became(incident, action.number));
        }
        let may = self.allows(Right::Review);
        may.then_some(Asking::Again(incident, action.number))
    }

    pub(super) fn ask_finalise(&self) {
        let can = {
            let opened = self.services.reviews.opened();
            opened.is_some_and(|opened| opened.review.can_be_finalised())
        };
        if can && self.allows(Right::Review) {
            self.review.finalising.set(true);
        }
    }

    pub(super) fn finalise(&self) {
        let event = {
            let opened = self.services.reviews.opened();
            let opened = opened.filter(|opened| opened.review.can_be_finalised());
            opened.map(|opened| opened.finalised())
        };
        if let Some(event) = event {
            self.note_review(None, event);
        }
        self.review.finalising.set(false);
    }

    pub(super) fn reopen_review(&self) {
        let version = {
            let opened = self.services.reviews.opened();
            opened.map(|opened| opened.review.next_version())
        };
        if let Some(version) = version {
            self.note_review(None, ReviewEvent::Reopened { version });
        }
    }

    /// Takes in a choice for the review that is shown.
    pub(super) fn pick_for_review(&self, id: &str) {
        let asking = self.review.asking.borrow().clone();
        if let Some(asking) = asking {
            let next = self.answered(&asking, id);
            self.review.asking.replace(next);
        }
    }

    /// What is asked after this answer; none once everything is said.
    pub(in crate::view::staff) fn answered(&self, asking: &Asking, id: &str) -> Option<Asking> {
        let today = self.today(&self.services.settings());
        let subjects = self.subjects();
        let next = self.next_action();
        match asking.answer(id, today, || self.parties(), &subjects, next) {
            Answered::Next(Asking::Drop(..)) if !self.allows(Right::Review) => Some(asking.clone()),
            Answered::Next(next) => Some(next),
            Answered::Nothing => Some(asking.clone()),
            Answered::Note(incident, event) => {
                self.note_review(incident, *event);
                None
            }
        }
    }

    pub(super) fn go_on_choosing(&self) {
        let next = self.review.asking.borrow().as_ref().map(Asking::go_on);
        if let Some(Some(next)) = next {
            self.review.asking.replace(Some(next));
        }
    }

    pub(super) fn move_day(&self, forward: bool) {
        let today = self.today(&self.services.settings());
        let asking = self.review.asking.borrow();
        let moved = asking.as_ref().and_then(|one| one.moved(forward, today));
        drop(asking);
        if moved.is_some() {
            self.review.asking.replace(moved);
        }
    }

    pub(in crate::view::staff) fn parties(&self) -> Vec<Party> {
        let list = self.services.people.list();
        asking::parties(&list.people, &self.services.plan())
    }

    /// The steps that an action can be about: those of the guide as the incident was on its way.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        let opened = self.services.reviews.opened();
        let Some(opened) = opened else {
            return Vec::new();
        };
        let subject = |one: &StepFact| Subject::Step {
            step: one.step.clone(),
            command: one.command.clone(),
        };
        opened.report.steps.iter().map(subject).collect()
    }

    fn next_action(&self) -> Option<u32> {
        let opened = self.services.reviews.opened();
        opened.and_then(|opened| opened.review.next_action())
    }
}

/// The one at a place that the window names.
fn nth<T>(of: &[T], place: i32) -> Option<&T> {
    of.get(usize::try_from(place).ok()?)
}
