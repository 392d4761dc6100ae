//! The face of the guide that is worked from: the step to do now, and all the others in brief.

use chrono::{DateTime, Utc};
use slint::ComponentHandle;

use super::Screens;
use super::board::urgency_level;
use super::guide::{chips, mark_number};
use crate::domain::guide::{Deadline, Guide as Standing, StepStanding};
use crate::domain::incident::{Incident, IncidentEvent, Mark};
use crate::domain::plan::{IncidentType, Plan, Step, Text};
use crate::i18n::screen as words;
use crate::{Guide, StepRow};

impl Screens {
    pub(super) fn draw_steps(
        &self,
        incident: &Incident,
        kind: &IncidentType,
        lang: &str,
        now: DateTime<Utc>,
    ) {
        let zone = self.services.settings().branch.time_zone;
        let standing = Standing::of(incident, kind);
        self.turn(incident, kind, &standing);
        let window = self.window.global::<Guide<'_>>();
        let current = standing.current.and_then(|index| standing.steps.get(index));
        window.set_has_current(current.is_some());
        let place = standing
            .current
            .map_or(standing.steps.len(), |index| index + 1);
        let count = current.map(|_| words::step_count(lang, place, standing.steps.len()));
        window.set_count(count.unwrap_or_default().into());

        let step = current.map(|one| one.step);
        let text = |of: fn(&Step) -> Option<&Text>| {
            step.and_then(of).map_or("", |text| text.in_lang(lang))
        };
        window.set_command(
            step.map_or(words::all_settled(lang), |s| s.command.in_lang(lang))
                .into(),
        );
        window.set_detail(
            step.map_or(words::close_when_over(lang), |s| s.detail.in_lang(lang))
                .into(),
        );
        window.set_say(text(|s| s.say.as_ref()).into());
        window.set_never(text(|s| s.never_say.as_ref()).into());
        window.set_condition(text(|s| s.condition.as_ref()).into());
        let due = current.and_then(|one| one.due);
        window.set_due(
            due.map_or_else(String::new, |due| words::due(lang, due, now, zone))
                .into(),
        );
        let began = current.map_or(incident.started, |one| one.began);
        window.set_urgency(due.map_or(0, |due| {
            urgency_level(Deadline::at(began, due, now).urgency)
        }));
        let next = standing
            .steps
            .iter()
            .skip(place)
            .find(|one| one.marked.is_none());
        window.set_next_command(next.map_or("", |one| one.step.command.in_lang(lang)).into());

        let before = standing
            .previous()
            .map_or("", |one| one.step.command.in_lang(lang));
        window.set_previous(before.into());

        let roles = self.to_call(step.map_or(&[][..], |step| &step.contacts));
        let plan = self.services.plan();
        let calling = self.calling(&roles);
        let cards = roles.iter().filter_map(|id| plan.role(id)).enumerate();
        self.rows.guide.contacts.set(cards.map(|(index, role)| {
            let mut card = self.card(role, false, lang, now);
            if index == calling {
                card.lead = self.lead(&roles, index, &card.state, lang).into();
            }
            card
        }));
        window.set_calling(i32::try_from(calling).unwrap_or(0));
        self.draw_card(lang, now);
        window.set_current_row(i32::try_from(place).unwrap_or(i32::MAX) - 1);
        let every = standing.steps.iter().chain(&standing.follow_ups);
        self.rows
            .guide
            .steps
            .set(every.enumerate().map(|(index, one)| {
                let current = standing.current == Some(index);
                self.step_row(one, current, lang, now)
            }));
        self.rows.guide.notes.set(chips(&kind.notes, lang));
        window.set_last_note(self.last_note(incident, lang).into());
        self.draw_reasons(incident, lang);
    }

    fn step_row(
        &self,
        one: &StepStanding<'_>,
        current: bool,
        lang: &str,
        now: DateTime<Utc>,
    ) -> StepRow {
        let zone = self.services.settings().branch.time_zone;
        // A follow-up presses in its own list, once the incident is closed.
        let presses = one.marked.is_none() && !one.step.is_follow_up();
        let due = one.due.filter(|_| presses);
        StepRow {
            time: match (one.marked, due) {
                (Some(marked), _) => words::time_of_day(marked.at, zone),
                (None, Some(due)) => words::time_left(lang, due - now),
                (None, None) => String::new(),
            }
            .into(),
            mark: mark_number(one.marked.map_or(Mark::Open, |marked| marked.mark)),
            command: one.step.command.in_lang(lang).into(),
            current,
            follow_up: one.step.is_follow_up(),
            urgency: due.map_or(0, |due| {
                urgency_level(Deadline::at(one.began, due, now).urgency)
            }),
        }
    }

    fn draw_reasons(&self, incident: &Incident, lang: &str) {
        let plan = self.services.incidents.plan_of(incident);
        let (title, reasons) = match self.guide.asked.borrow().as_ref().map(|(_, mark)| *mark) {
            Some(Mark::Skipped) => (words::why_skipped(lang), &plan.skip_reasons[..]),
            Some(_) => (words::why_cannot(lang), &plan.cannot_reasons[..]),
            None => ("", &[][..]),
        };
        self.window
            .global::<Guide<'_>>()
            .set_reasons_title(title.into());
        self.rows.guide.reasons.set(chips(reasons, lang));
    }

    fn last_note(&self, incident: &Incident, lang: &str) -> String {
        let zone = self.services.settings().branch.time_zone;
        let note = incident.latest().find_map(|(at, line)| match &line.event {
            IncidentEvent::Noted { words, .. } if !incident.is_struck(&line.entry) => {
                Some((at, words))
            }
            _ => None,
        });
        note.map_or_else(String::new, |(at, text)| {
            words::noted(lang, &words::time_of_day(at, zone), text.in_lang(lang))
        })
    }

    /// The contacts of the step that the guide shows.
    pub(super) fn step_contacts(&self) -> Vec<String> {
        let shown = self.guide.incident.borrow().clone();
        let incident = shown.and_then(|id| self.services.incidents.get(&id));
        let contacts = incident.and_then(|one| {
            let kind = self.services.incidents.kind(&one)?;
            let standing = Standing::of(&one, &kind);
            let current = standing.steps.get(standing.current?)?;
            Some(current.step.contacts.clone())
        });
        contacts.unwrap_or_default()
    }
}

/// The principles of a type of incident, in their short forms.
pub(super) fn principles(plan: &Plan, kind: &IncidentType, lang: &str) -> String {
    let names = (kind.principles.iter()).filter_map(|id| plan.principle(id));
    names
        .map(|principle| principle.name.in_lang(lang))
        .collect::<Vec<_>>()
        .join(" · ")
}
