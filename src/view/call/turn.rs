//! Whose turn it is: after a call that nobody answered the role's next number, then the step's
//! next contact, then the way up. It never leads round in a circle, and never away from a line that
//! lives depend on.

use super::presenter::which;
use crate::Screen;
use crate::config::settings::Contact;
use crate::domain::calling::{LastCall, is_exhausted, number_to_try, way_up};
use crate::domain::lang::Lang;
use crate::domain::plan::{Plan, Role};
use crate::i18n::contacts::{self as words, Turned};
use crate::i18n::screen;
use crate::view::ViewState;

impl ViewState {
    /// Notes what became of a call. One that nobody answered leads to the role's next number,
    /// and after the last one to whoever is next.
    pub(super) fn called(&self, role: &str, answered: bool) {
        let count = self.count(role);
        if count == 0 {
            return;
        }
        let place = self.place_to_try(role, count);
        self.calls.anew.take();
        match self.concerned(role) {
            Some(id) => {
                self.services.incidents.called(&id, role, place, answered);
            }
            None => {
                let now = self.services.clock.now();
                let mut unrecorded = self.calls.unrecorded.borrow_mut();
                let before = unrecorded.get(role).copied();
                let last = LastCall::after(before, now, place, answered);
                unrecorded.insert(role.to_owned(), last);
            }
        }
        let open = self.calls.card.borrow().is_some();
        let plan = self.services.plan();
        if open
            && self.is_tried_in_vain(role)
            && let Some(next) = self.who_is_next(&plan, role)
        {
            self.show_card(&next.id);
            self.calls.turned_from.replace(Some(role.to_owned()));
        }
    }

    /// Which of a role's numbers to call now, counted from 1. The last one stays once all were
    /// tried in vain, until its card is opened again.
    pub(super) fn place_to_try(&self, role: &str, count: usize) -> usize {
        let last = self.last_call(role);
        let anew = self.calls.anew.borrow().as_deref() == Some(role);
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
        lang: &Lang,
    ) -> String {
        if place < count {
            return words::next_number(lang, &which(place + 1, count));
        }
        if role.is_lifeline() {
            let now = self.services.in_force.now();
            let numbers = self.numbers_of(&now, &role.id);
            return words::same_again(lang, numbers.last().and_then(well_known));
        }
        match self.who_is_next(&self.services.plan(), &role.id) {
            Some(next) => words::next_role(lang, next.name.in_lang(lang)),
            None => words::nobody_further(lang).to_owned(),
        }
    }

    /// Whom to call once nobody answers `role` at any number: the step's next contact, or who
    /// stands above; nobody who was tried in vain already. A line that lives depend on stays.
    fn who_is_next<'p>(&self, plan: &'p Plan, role: &str) -> Option<&'p Role> {
        if plan.role(role).is_some_and(Role::is_lifeline) {
            return None;
        }
        let may = |id: &str| id != role && self.may_be_tried(id);
        let here = match self.navigator.here() {
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
    pub(in crate::view) fn to_call(&self, roles: &[String]) -> Vec<String> {
        let mut all = roles.to_vec();
        let last = roles.iter().rev().find(|id| self.count(id) > 0);
        // Its code stays beside a line that lives depend on: a third contact would take its room.
        let is_full = roles.len() > 1 && roles.iter().any(|id| self.is_lifeline(id));
        if let Some(last) = last.filter(|_| !is_full)
            && !roles.iter().any(|id| self.may_be_tried(id))
            && let Some(next) = way_up(&self.services.plan(), last, |id| self.may_be_tried(id))
        {
            // There is room for three.
            all.truncate(2);
            all.push(next.id.clone());
        }
        all
    }

    /// Which of a step's contacts to call now: the first one that has not been tried in vain, or
    /// that lives depend on; once all have been, the one tried last.
    pub(in crate::view) fn calling(&self, roles: &[String]) -> usize {
        let reachable = roles.iter().enumerate();
        let mut reachable = reachable.filter(|(_, role)| self.count(role) > 0);
        let untried = reachable
            .clone()
            .find(|(_, role)| self.may_be_tried(role) || self.is_lifeline(role));
        untried
            .or_else(|| {
                reachable
                    .clone()
                    .max_by_key(|(_, role)| self.last_call(role).map(|last| last.at))
            })
            .or_else(|| reachable.next())
            .map_or(0, |(index, _)| index)
    }

    fn is_lifeline(&self, role: &str) -> bool {
        self.services
            .plan()
            .role(role)
            .is_some_and(Role::is_lifeline)
    }

    /// What came before the call to make now, in words: what became of the last call to that
    /// role, or why it is not the one whom the step names first.
    pub(in crate::view) fn lead(
        &self,
        roles: &[String],
        at: usize,
        state: &str,
        lang: &Lang,
    ) -> String {
        let before = roles.get(..at).unwrap_or_default();
        let name = |id: &String| {
            let plan = self.services.plan();
            let role = plan.role(id);
            role.map_or("", |role| role.name.in_lang(lang)).to_owned()
        };
        let tried = before
            .iter()
            .filter(|id| self.is_tried_in_vain(id))
            .filter_map(|id| Some((id, self.last_call(id)?)))
            .max_by_key(|(_, last)| last.at);
        match (tried, before.first()) {
            _ if !state.is_empty() => state.to_owned(),
            (Some((id, last)), _) => {
                let time = self.time_of(last);
                words::turned(lang, &name(id), Turned::NoAnswer(&time))
            }
            (None, Some(first)) => words::turned(lang, &name(first), Turned::NoNumber),
            (None, None) => String::new(),
        }
    }

    /// When a call was made, on the branch's wall.
    fn time_of(&self, call: LastCall) -> String {
        screen::time_of_day(call.at, self.services.settings().branch.time_zone)
    }

    /// What became of the last call to a role, where its number at `place` comes next.
    pub(super) fn call_state(
        &self,
        role: &Role,
        place: usize,
        number: Option<&Contact<'_>>,
        lang: &Lang,
    ) -> String {
        let Some(last) = self.last_call(&role.id) else {
            return self.turned_to(role, lang);
        };
        let time = self.time_of(last);
        if last.answered {
            words::last_call(lang, true, &time)
        } else if last.place < place {
            words::no_answer_before(lang, &time)
        } else if role.is_lifeline() {
            words::no_answer_again(lang, &time, last.in_vain, number.and_then(well_known))
        } else if last.place == place && self.who_is_next(&self.services.plan(), &role.id).is_none()
        {
            words::no_answer_again(lang, &time, last.in_vain, None)
        } else {
            words::last_call(lang, false, &time)
        }
    }

    /// Why the card that is open turned to this role, where it has.
    fn turned_to(&self, role: &Role, lang: &Lang) -> String {
        let from = self.calls.turned_from.borrow();
        let open = self.calls.card.borrow();
        let plan = self.services.plan();
        let first = from
            .as_deref()
            .filter(|_| open.as_deref() == Some(role.id.as_str()))
            .and_then(|id| Some((plan.role(id)?, self.last_call(id)?)));
        first.map_or_else(String::new, |(first, last)| {
            let time = self.time_of(last);
            let (first, to) = (first.name.in_lang(lang), role.name.in_lang(lang));
            words::turned_to(lang, first, &time, to)
        })
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
            None => self.calls.unrecorded.borrow().get(role).copied(),
        }
    }
}

/// A number that everybody knows: one of the country's own.
fn well_known<'a>(number: &Contact<'a>) -> Option<&'a str> {
    number.national.then_some(number.number)
}
