//! Whose turn it is: after a call that nobody answered the role's next number, then the step's
//! next contact, then the way up. It never leads round in a circle.

use super::Screens;
use super::calls::which;
use crate::Screen;
use crate::domain::calling::{LastCall, is_exhausted, number_to_try, way_up};
use crate::domain::plan::Role;
use crate::i18n::contacts as words;

impl Screens {
    /// Notes what became of a call. One that nobody answered leads to the role's next number,
    /// and after the last one to whoever is next.
    pub(super) fn called(&self, role: &str, answered: bool) {
        let count = self.count(role);
        if count == 0 {
            return;
        }
        let place = self.place_to_try(role, count);
        self.contacts.anew.take();
        match self.concerned(role) {
            Some(id) => {
                self.services.incidents.called(&id, role, place, answered);
            }
            None => {
                let last = LastCall {
                    at: self.services.clock.now(),
                    place,
                    answered,
                };
                self.contacts
                    .unrecorded
                    .borrow_mut()
                    .insert(role.to_owned(), last);
            }
        }
        let open = self.contacts.card.borrow().is_some();
        if open
            && self.is_tried_in_vain(role)
            && let Some(next) = self.who_is_next(role)
        {
            self.show_card(&next.id);
        }
    }

    /// Which of a role's numbers to call now, counted from 1. The last one stays once all were
    /// tried in vain, until its card is opened again.
    pub(super) fn place_to_try(&self, role: &str, count: usize) -> usize {
        let last = self.last_call(role);
        let anew = self.contacts.anew.borrow().as_deref() == Some(role);
        if is_exhausted(last, count) && !anew {
            count.max(1)
        } else {
            number_to_try(last, count)
        }
    }

    /// What "no answer" leads to, in words.
    pub(super) fn after_no_answer(
        &self,
        role: &Role,
        place: usize,
        count: usize,
        lang: &str,
    ) -> String {
        if place < count {
            return words::next_number(lang, &which(place + 1, count));
        }
        match self.who_is_next(&role.id) {
            Some(next) => words::next_role(lang, next.name.in_lang(lang)),
            None => words::nobody_further(lang).to_owned(),
        }
    }

    /// Whom to call once nobody answers `role` at any number: the step's next contact, or who
    /// stands above; nobody who was tried in vain already.
    fn who_is_next(&self, role: &str) -> Option<&Role> {
        let plan = &self.services.plan;
        let may = |id: &str| id != role && self.may_be_tried(id);
        let here = match self.screen.get() {
            Screen::Guide => self.step_contacts(),
            _ => Vec::new(),
        };
        let beside = here
            .iter()
            .filter(|_| here.iter().any(|id| id == role))
            .find(|id| may(id))
            .and_then(|id| plan.role(id));
        beside.or_else(|| way_up(plan, role, may))
    }

    /// The contacts of a step; once all were tried in vain, with the one above them.
    pub(super) fn to_call(&self, roles: &[String]) -> Vec<String> {
        let mut all = roles.to_vec();
        let last = roles.iter().rev().find(|id| self.count(id) > 0);
        if let Some(last) = last
            && !roles.iter().any(|id| self.may_be_tried(id))
            && let Some(next) = way_up(&self.services.plan, last, |id| self.may_be_tried(id))
        {
            // There is room for three.
            all.truncate(2);
            all.push(next.id.clone());
        }
        all
    }

    /// Which of a step's contacts to call now: the first one that has not been tried in vain;
    /// once all have been, the one tried last.
    pub(super) fn calling(&self, roles: &[String]) -> usize {
        let reachable = roles.iter().enumerate();
        let mut reachable = reachable.filter(|(_, role)| self.count(role) > 0);
        let untried = reachable.clone().find(|(_, role)| self.may_be_tried(role));
        untried
            .or_else(|| {
                reachable
                    .clone()
                    .max_by_key(|(_, role)| self.last_call(role).map(|last| last.at))
            })
            .or_else(|| reachable.next())
            .map_or(0, |(index, _)| index)
    }

    /// Whether a role has a number that was not tried in vain.
    fn may_be_tried(&self, role: &str) -> bool {
        self.count(role) > 0 && !self.is_tried_in_vain(role)
    }

    /// Whether every number of a role was tried in vain, the last one last.
    pub(super) fn is_tried_in_vain(&self, role: &str) -> bool {
        is_exhausted(self.last_call(role), self.count(role))
    }

    pub(super) fn last_call(&self, role: &str) -> Option<LastCall> {
        match self.concerned(role) {
            Some(id) => self.services.incidents.get(&id)?.last_call(role),
            None => self.contacts.unrecorded.borrow().get(role).copied(),
        }
    }
}
