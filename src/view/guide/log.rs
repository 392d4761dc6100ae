//! The log of one incident: all that happened, and all that is still to do.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::history;
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::evacuation::EvacuationEvent;
use crate::domain::guide::{Guide, StepStanding};
use crate::domain::incident::{Incident, IncidentEvent, LogLine, Mark, Status, StepRef};
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, Step, Text};
use crate::domain::resuscitation::ResuscitationEvent;
use crate::i18n::event_text;
use crate::i18n::log::{self as log_words, LogWords};
use crate::i18n::{phone, resuscitation, screen};
use crate::service::wording::EventText;
use crate::view::phone::presenter::holder;
use crate::view::{ViewState, words};
use crate::{CallOutcome, LogRow, StepMark};

/// An incident that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// How it ended.
    pub outcome: String,
    /// How long it took, and how many of its steps were done.
    pub summary: String,
    /// It may be opened again.
    pub may_reopen: bool,
    /// What stands over the log: how much is left to do.
    pub title: String,
    /// All that happened.
    pub log: Vec<LogRow>,
}

/// Whether something can be put right about a row.
pub(super) fn can_be_corrected(row: &LogRow) -> bool {
    !row.step.step.is_empty() && !row.time.is_empty()
        || !row.note.is_empty()
        || !row.call.is_empty()
}

/// What happened, the newest first, one row for all that was said of a step; then what is still to
/// do.
pub(super) fn present(
    state: &ViewState,
    incident: &Incident,
    kind: Option<&IncidentType>,
) -> Vec<LogRow> {
    let (lang, now) = (state.lang(), state.now());
    let rows = rows(state, incident, true, &lang, now);
    let mut rows = history::one_a_step(state, incident, rows);
    rows.reverse();
    if let Some(kind) = kind {
        let standing = Guide::of(incident, kind);
        let left = standing.steps.iter().chain(&standing.follow_ups);
        rows.extend(
            left.filter(|one| one.marked.is_none())
                .map(|one| row_to_do(state, one, kind, &lang, now)),
        );
    }
    rows
}

/// The face of an incident that is over.
pub(super) fn closed(
    state: &ViewState,
    incident: &Incident,
    kind: Option<&IncidentType>,
) -> Closed {
    let (lang, now) = (state.lang(), state.now());
    let outcome = match &incident.status {
        Status::Closed { words, .. } => words.in_lang(&lang),
        Status::Open | Status::Undone => "",
    };
    let (done, of) = kind.map_or((0, 0), |kind| {
        let steps = Guide::of(incident, kind).steps;
        let done = |one: &&StepStanding<'_>| one.marked.is_some_and(|m| m.mark == Mark::Done);
        (steps.iter().filter(done).count(), steps.len())
    });
    let left = incident.follow_ups.len();
    Closed {
        outcome: outcome.to_owned(),
        summary: screen::closed_summary(&lang, incident.elapsed(now), done, of),
        may_reopen: incident.may_reopen(now),
        title: if left == 0 {
            screen::the_log(&lang).to_owned()
        } else {
            screen::left_and_log(&lang, left)
        },
        log: rows(state, incident, false, &lang, now),
    }
}

/// One row for each thing that happened; `can_correct` makes the steps' rows lead to that.
fn rows(
    state: &ViewState,
    incident: &Incident,
    can_correct: bool,
    lang: &Lang,
    now: DateTime<Utc>,
) -> Vec<LogRow> {
    let plan = state.services().incidents.plan_of(incident);
    incident
        .log
        .iter()
        .map(|line| {
            let outcome = incident.call_outcome(&line.entry);
            let struck = incident.is_struck(&line.entry) || outcome == Some(Outcome::NotMade);
            let call = outcome.filter(|_| can_correct);
            let row = row(state, incident, line, can_correct, lang, now);
            let is_note = matches!(line.event, IncidentEvent::Noted { .. });
            // Nothing but an answer settles a question, whatever was said of it.
            let asks = match &line.event {
                IncidentEvent::Answered { .. } => true,
                IncidentEvent::StepMarked { step, .. } => {
                    let kind = plan.incident(&step.type_id);
                    let step = kind.and_then(|kind| kind.step(&step.step));
                    step.is_some_and(Step::is_question)
                }
                _ => false,
            };
            LogRow {
                struck,
                asks,
                call: call.map_or_else(Default::default, |_| line.entry.as_str().into()),
                outcome: match call {
                    Some(Outcome::Answered) => CallOutcome::Answered,
                    Some(Outcome::NoAnswer) => CallOutcome::NoAnswer,
                    Some(Outcome::NotMade) | None => CallOutcome::NotMade,
                },
                note: if is_note && can_correct && !struck {
                    line.entry.as_str().into()
                } else {
                    Default::default()
                },
                detail: if struck {
                    with(&row.detail, log_words::struck(lang)).into()
                } else if let Some(now) = corrected(line, outcome) {
                    with(&row.detail, log_words::corrected_to(lang, now)).into()
                } else {
                    row.detail
                },
                ..row
            }
        })
        .collect()
}

fn row(
    state: &ViewState,
    incident: &Incident,
    line: &LogLine,
    can_correct: bool,
    lang: &Lang,
    now: DateTime<Utc>,
) -> LogRow {
    let zone = state.services().settings().branch.time_zone;
    let today = screen::moment(lang, line.at, now, zone) == screen::time_of_day(line.at, zone);
    let time = if today {
        screen::time_with_seconds(line.at, zone)
    } else {
        screen::moment(lang, line.at, now, zone)
    };
    let bare = |mark, words: &str| (mark, words.to_owned(), String::new(), None);
    let plain = |mark: StepMark, what: LogWords<'_>| {
        (mark, log_words::log_line(lang, &what), String::new(), None)
    };
    let told = |mark: StepMark, said: EventText| (mark, said.what, said.detail, None);
    let (mark, text, detail, step) = match &line.event {
        IncidentEvent::StepMarked {
            step,
            command,
            mark,
            reason,
            correction,
            approved,
        } => (
            words::step_mark(*mark),
            command.in_lang(lang).to_owned(),
            log_words::step_detail(
                lang,
                *correction,
                (reason.as_ref().map(|r| r.words.in_lang(lang)))
                    .or(approved.then(|| log_words::approved(lang))),
                None,
            ),
            can_correct.then(|| words::step_key(step)),
        ),
        IncidentEvent::Answered {
            step,
            question,
            words,
            correction,
            ..
        } => (
            StepMark::Done,
            log_words::log_line(
                lang,
                &LogWords::Answered(question.in_lang(lang), words.in_lang(lang)),
            ),
            log_words::step_detail(lang, *correction, None, None),
            can_correct.then(|| words::step_key(step)),
        ),
        IncidentEvent::ConditionHeld { condition, .. } => plain(
            StepMark::Done,
            LogWords::ConditionHeld(condition.in_lang(lang)),
        ),
        IncidentEvent::StepStarted { step, command } => (
            StepMark::Start,
            log_words::log_line(lang, &LogWords::StepStarted(command.in_lang(lang))),
            String::new(),
            can_correct.then(|| words::step_key(step)),
        ),
        IncidentEvent::StepHanded {
            step,
            command,
            name,
            ..
        } => (
            StepMark::Start,
            log_words::log_line(
                lang,
                &LogWords::StepHanded(command.in_lang(lang), name.in_lang(lang)),
            ),
            String::new(),
            can_correct.then(|| words::step_key(step)),
        ),
        IncidentEvent::AloneSet { alone } => plain(StepMark::Change, LogWords::Alone(*alone)),
        IncidentEvent::Prompted { command, done, .. } => {
            let mark = if *done { Mark::Done } else { Mark::Skipped };
            plain(
                words::step_mark(mark),
                LogWords::Prompted(command.in_lang(lang), *done),
            )
        }
        IncidentEvent::Noted { words, .. } => (
            StepMark::Note,
            words.in_lang(lang).to_owned(),
            String::new(),
            None,
        ),
        IncidentEvent::NoteStruck { words, .. } => plain(
            StepMark::TakenBack,
            LogWords::NoteStruck(words.in_lang(lang)),
        ),
        // The words are for the unlocked staff area alone: this stands in the lobby.
        IncidentEvent::Written { link, field, .. } => {
            let written = phone::written(lang, *field);
            let who = holder(state, link, lang);
            (
                StepMark::Note,
                phone::said(lang, &written.what, &written.detail),
                who,
                None,
            )
        }
        IncidentEvent::Erased { .. } => bare(StepMark::TakenBack, phone::erased(lang)),
        // Why is for the staff area alone.
        IncidentEvent::Held { .. } => bare(StepMark::Note, phone::held(lang)),
        IncidentEvent::Released { .. } => bare(StepMark::TakenBack, phone::released(lang)),
        IncidentEvent::Started { type_id, name, .. } => plain(
            StepMark::Start,
            LogWords::Started(&open_name(state, incident, type_id, name, lang)),
        ),
        IncidentEvent::Retyped { type_id, name, .. } => plain(
            StepMark::Change,
            LogWords::Retyped(&open_name(state, incident, type_id, name, lang)),
        ),
        IncidentEvent::StartUndone {} => plain(StepMark::TakenBack, LogWords::StartUndone),
        IncidentEvent::Closed { words, .. } => {
            plain(StepMark::End, LogWords::Closed(words.in_lang(lang)))
        }
        IncidentEvent::CloseUndone {} => plain(StepMark::TakenBack, LogWords::CloseUndone),
        IncidentEvent::Reopened {} => plain(StepMark::TakenUp, LogWords::Reopened),
        IncidentEvent::ClockJumped { by_ms } => {
            told(StepMark::Clock, event_text::clock(lang, *by_ms))
        }
        IncidentEvent::Call(event) => told(call_mark(event), event_text::call(lang, event)),
        IncidentEvent::Evacuation(event) => {
            let event = as_anybody_reads(state, event);
            told(StepMark::Evacuation, event_text::evacuation(lang, &event))
        }
        IncidentEvent::Resuscitation(event) => {
            told(resuscitation_mark(event), resuscitation::event(lang, event))
        }
    };
    LogRow {
        time: time.into(),
        mark,
        words: text.into(),
        detail: detail.into(),
        step: step.unwrap_or_default(),
        ..Default::default()
    }
}

/// A discreet hazard goes by the name that anybody may read.
fn as_anybody_reads<'a>(state: &ViewState, event: &'a EvacuationEvent) -> Cow<'a, EvacuationEvent> {
    let EvacuationEvent::HazardNamed { hazard, .. } = event else {
        return Cow::Borrowed(event);
    };
    let plan = state.services().plan();
    let known = plan.hazard(hazard).filter(|one| one.discreet);
    known.map_or(Cow::Borrowed(event), |known| {
        Cow::Owned(EvacuationEvent::HazardNamed {
            hazard: hazard.clone(),
            name: known.open_name().clone(),
        })
    })
}

fn row_to_do(
    state: &ViewState,
    one: &StepStanding<'_>,
    kind: &IncidentType,
    lang: &Lang,
    now: DateTime<Utc>,
) -> LogRow {
    let zone = state.services().settings().branch.time_zone;
    let due = one.due.map(|due| screen::due(lang, due, now, zone));
    let step = StepRef::of(kind, &one.step.id);
    LogRow {
        time: Default::default(),
        mark: words::step_mark(Mark::Open),
        words: one.command().in_lang(lang).into(),
        detail: log_words::step_detail(lang, false, None, due.as_deref()).into(),
        step: words::step_key(&step),
        asks: one.step.is_question(),
        ..Default::default()
    }
}

fn open_name(
    state: &ViewState,
    incident: &Incident,
    type_id: &str,
    name: &Text,
    lang: &Lang,
) -> String {
    let plan = state.services().incidents.plan_of(incident);
    plan.incident(type_id)
        .map_or(name, IncidentType::open_name)
        .in_lang(lang)
        .to_owned()
}

/// The mark of what became of a call.
fn call_mark(event: &CallEvent) -> StepMark {
    match event {
        CallEvent::Opened { .. } => StepMark::Card,
        CallEvent::Called { answered: true, .. } => StepMark::Answered,
        CallEvent::Called { .. } => StepMark::NoAnswer,
        CallEvent::Corrected { outcome, .. } => match outcome {
            Outcome::Answered => StepMark::Answered,
            Outcome::NoAnswer => StepMark::NoAnswer,
            Outcome::NotMade => StepMark::TakenBack,
        },
    }
}

/// The mark of what was said in a resuscitation.
fn resuscitation_mark(event: &ResuscitationEvent) -> StepMark {
    match event {
        ResuscitationEvent::Started {} | ResuscitationEvent::EndUndone {} => StepMark::Start,
        ResuscitationEvent::Undone {} => StepMark::TakenBack,
        ResuscitationEvent::AedHere {} | ResuscitationEvent::RescuerChanged {} => StepMark::Note,
        ResuscitationEvent::Ended { .. } => StepMark::End,
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
pub(super) fn with(detail: &str, became: &str) -> String {
    if detail.is_empty() {
        became.to_owned()
    } else {
        format!("{detail} · {became}")
    }
}
