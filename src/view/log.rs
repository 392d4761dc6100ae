//! The log of one incident: all that happened, and all that is still to do.

use chrono::{DateTime, Utc};
use slint::ComponentHandle;

use super::Screens;
use super::guide::{mark_number, step_name};
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::guide::{Guide as Standing, StepStanding};
use crate::domain::incident::{Incident, IncidentEvent, LogLine, Mark, Status, StepRef};
use crate::domain::plan::IncidentType;
use crate::i18n::event_text;
use crate::i18n::screen::{self as words, LogWords};
use crate::service::export::Words;
use crate::{Guide, LogRow};

/// The numbers of the marks on the screens, of what is no step.
const NOTE: i32 = 9;
const ANSWERED: i32 = 10;
const NO_ANSWER: i32 = 11;
const CARD: i32 = 12;
const EVACUATION: i32 = 13;
const START: i32 = 14;
const END: i32 = 15;
const CHANGE: i32 = 16;
const TAKEN_BACK: i32 = 17;
const TAKEN_UP: i32 = 18;
const CLOCK: i32 = 19;

impl Screens {
    /// What happened, then what is still to do.
    pub(super) fn draw_log(&self, incident: &Incident, lang: &str, now: DateTime<Utc>) {
        let kind = self.services.incidents.kind(incident);
        let kind = kind.as_deref();
        let mut rows = self.log_rows(incident, true, lang, now);
        if let Some(kind) = kind {
            let standing = Standing::of(incident, kind);
            let left = standing.steps.iter().chain(&standing.follow_ups);
            rows.extend(
                left.filter(|one| one.marked.is_none())
                    .map(|one| self.row_to_do(one, kind, lang, now)),
            );
        }
        self.rows.guide.log.set(rows);
    }

    /// The face of an incident that is over.
    pub(super) fn draw_closed(&self, incident: &Incident, lang: &str, now: DateTime<Utc>) {
        let kind = self.services.incidents.kind(incident);
        let kind = kind.as_deref();
        let window = self.window.global::<Guide<'_>>();
        let outcome = match &incident.status {
            Status::Closed { words, .. } => words.in_lang(lang),
            Status::Open | Status::Undone => "",
        };
        window.set_outcome(outcome.into());
        let (done, of) = kind.map_or((0, 0), |kind| {
            let steps = Standing::of(incident, kind).steps;
            let done = |one: &&StepStanding<'_>| one.marked.is_some_and(|m| m.mark == Mark::Done);
            (steps.iter().filter(done).count(), steps.len())
        });
        window.set_summary(words::closed_summary(lang, incident.elapsed(now), done, of).into());
        window.set_may_reopen(incident.may_reopen(now));
        let left = incident.follow_ups.len();
        let title = if left == 0 {
            words::the_log(lang).to_owned()
        } else {
            words::left_and_log(lang, left)
        };
        window.set_follow_ups_title(title.into());
        self.rows
            .guide
            .log
            .set(self.log_rows(incident, false, lang, now));
    }

    /// One row for each thing that happened; `can_correct` makes the steps' rows lead to that.
    fn log_rows(
        &self,
        incident: &Incident,
        can_correct: bool,
        lang: &str,
        now: DateTime<Utc>,
    ) -> Vec<LogRow> {
        incident
            .log
            .iter()
            .map(|line| {
                let outcome = incident.call_outcome(&line.entry);
                let struck = incident.is_struck(&line.entry) || outcome == Some(Outcome::NotMade);
                let call = outcome.filter(|_| can_correct);
                let row = self.log_row(incident, line, can_correct, lang, now);
                let is_note = matches!(line.event, IncidentEvent::Noted { .. });
                LogRow {
                    struck,
                    call: call.map_or_else(Default::default, |_| line.entry.as_str().into()),
                    outcome: match call {
                        Some(Outcome::Answered) => 1,
                        Some(Outcome::NoAnswer) => 2,
                        Some(Outcome::NotMade) | None => 0,
                    },
                    note: if is_note && can_correct && !struck {
                        line.entry.as_str().into()
                    } else {
                        Default::default()
                    },
                    detail: if struck {
                        with(&row.detail, words::struck(lang)).into()
                    } else if let Some(now) = corrected(line, outcome) {
                        with(&row.detail, words::corrected_to(lang, now)).into()
                    } else {
                        row.detail
                    },
                    ..row
                }
            })
            .collect()
    }

    fn log_row(
        &self,
        incident: &Incident,
        line: &LogLine,
        can_correct: bool,
        lang: &str,
        now: DateTime<Utc>,
    ) -> LogRow {
        let zone = self.services.settings().branch.time_zone;
        let today = words::moment(lang, line.at, now, zone) == words::time_of_day(line.at, zone);
        let time = if today {
            words::time_with_seconds(line.at, zone)
        } else {
            words::moment(lang, line.at, now, zone)
        };
        let plain = |mark: i32, what: LogWords<'_>| {
            (mark, words::log_line(lang, &what), String::new(), None)
        };
        let told = |mark: i32, said: Words| (mark, said.what, said.detail, None);
        let (mark, text, detail, step) = match &line.event {
            IncidentEvent::StepMarked {
                step,
                command,
                mark,
                reason,
                correction,
            } => (
                mark_number(*mark),
                command.in_lang(lang).to_owned(),
                words::step_detail(
                    lang,
                    *correction,
                    reason.as_ref().map(|r| r.words.in_lang(lang)),
                    None,
                ),
                can_correct.then(|| step_name(step)),
            ),
            IncidentEvent::Noted { words, .. } => {
                (NOTE, words.in_lang(lang).to_owned(), String::new(), None)
            }
            IncidentEvent::NoteStruck { words, .. } => {
                plain(TAKEN_BACK, LogWords::NoteStruck(words.in_lang(lang)))
            }
            IncidentEvent::Started { type_id, name, .. } => plain(
                START,
                LogWords::Started(&self.open_name(incident, type_id, name, lang)),
            ),
            IncidentEvent::Retyped { type_id, name, .. } => plain(
                CHANGE,
                LogWords::Retyped(&self.open_name(incident, type_id, name, lang)),
            ),
            IncidentEvent::StartUndone {} => plain(TAKEN_BACK, LogWords::StartUndone),
            IncidentEvent::Closed { words, .. } => {
                plain(END, LogWords::Closed(words.in_lang(lang)))
            }
            IncidentEvent::CloseUndone {} => plain(TAKEN_BACK, LogWords::CloseUndone),
            IncidentEvent::Reopened {} => plain(TAKEN_UP, LogWords::Reopened),
            IncidentEvent::ClockJumped { by_ms } => told(CLOCK, event_text::clock(lang, *by_ms)),
            IncidentEvent::Call(event) => told(call_mark(event), event_text::call(lang, event)),
            IncidentEvent::Evacuation(event) => {
                told(EVACUATION, event_text::evacuation(lang, event))
            }
        };
        LogRow {
            time: time.into(),
            mark,
            words: text.into(),
            detail: detail.into(),
            step: step.unwrap_or_default().into(),
            ..Default::default()
        }
    }

    fn row_to_do(
        &self,
        one: &StepStanding<'_>,
        kind: &IncidentType,
        lang: &str,
        now: DateTime<Utc>,
    ) -> LogRow {
        let zone = self.services.settings().branch.time_zone;
        let due = one.due.map(|due| words::due(lang, due, now, zone));
        let step = StepRef {
            type_id: kind.id.clone(),
            step: one.step.id.clone(),
        };
        LogRow {
            time: Default::default(),
            mark: mark_number(Mark::Open),
            words: one.step.command.in_lang(lang).into(),
            detail: words::step_detail(lang, false, None, due.as_deref()).into(),
            step: step_name(&step).into(),
            ..Default::default()
        }
    }

    fn open_name(
        &self,
        incident: &Incident,
        type_id: &str,
        name: &crate::domain::plan::Text,
        lang: &str,
    ) -> String {
        let plan = self.services.incidents.plan_of(incident);
        plan.incident(type_id)
            .map_or(name, IncidentType::open_name)
            .in_lang(lang)
            .to_owned()
    }
}

/// The mark of what became of a call.
fn call_mark(event: &CallEvent) -> i32 {
    match event {
        CallEvent::Opened { .. } => CARD,
        CallEvent::Called { answered: true, .. } => ANSWERED,
        CallEvent::Called { .. } => NO_ANSWER,
        CallEvent::Corrected { outcome, .. } => match outcome {
            Outcome::Answered => ANSWERED,
            Outcome::NoAnswer => NO_ANSWER,
            Outcome::NotMade => TAKEN_BACK,
        },
    }
}

/// What a call is known to have come to, where its entry says otherwise: whether it was answered.
fn corrected(line: &LogLine, outcome: Option<Outcome>) -> Option<bool> {
    let IncidentEvent::Call(CallEvent::Called { answered, .. }) = line.event else {
        return None;
    };
    let now = match outcome? {
        Outcome::Answered => true,
        Outcome::NoAnswer => false,
        Outcome::NotMade => return None,
    };
    (now != answered).then_some(now)
}

/// The detail of an entry, of whom or what it speaks, with what became of it.
fn with(detail: &str, became: &str) -> String {
    if detail.is_empty() {
        became.to_owned()
    } else {
        format!("{detail} · {became}")
    }
}
