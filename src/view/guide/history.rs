//! One line of the log for each step, with what was said of it before.

use std::collections::BTreeMap;

use super::log::with;
use crate::LogRow;
use crate::domain::incident::{Incident, IncidentEvent, StepRef};
use crate::domain::lang::Lang;
use crate::i18n::log as log_words;
use crate::i18n::screen;
use crate::view::ViewState;

/// Leaves of what was said of a step the row of the last word on it, with the words before.
pub(super) fn one_a_step(state: &ViewState, incident: &Incident, rows: Vec<LogRow>) -> Vec<LogRow> {
    let lang = state.lang();
    let zone = state.services().settings().branch.time_zone;
    let mut before: BTreeMap<&StepRef, Vec<String>> = BTreeMap::new();
    let mut kept = Vec::new();
    for ((place, line), mut row) in incident.log.iter().enumerate().zip(rows) {
        let Some((step, said)) = said(&line.event, &lang) else {
            kept.push(row);
            continue;
        };
        let mut later = incident.log.iter().skip(place + 1);
        if later.any(|line| of_step(&line.event) == Some(step)) {
            let at = screen::time_of_day(line.at, zone);
            before.entry(step).or_default().push(format!("{at} {said}"));
            continue;
        }
        if let Some(before) = before.remove(step) {
            row.detail = with(&row.detail, &log_words::before(&lang, &before)).into();
        }
        kept.push(row);
    }
    kept
}

/// The step that an event is about.
fn of_step(event: &IncidentEvent) -> Option<&StepRef> {
    match event {
        IncidentEvent::StepMarked { step, .. }
        | IncidentEvent::Answered { step, .. }
        | IncidentEvent::ConditionHeld { step, .. }
        | IncidentEvent::StepStarted { step, .. }
        | IncidentEvent::StepHanded { step, .. } => Some(step),
        _ => None,
    }
}

/// What was said of a step, in a word or two.
fn said<'a>(event: &'a IncidentEvent, lang: &Lang) -> Option<(&'a StepRef, String)> {
    let words = match event {
        IncidentEvent::StepMarked { mark, .. } => log_words::marked(lang, *mark).to_owned(),
        IncidentEvent::Answered { words, .. } => words.in_lang(lang).to_owned(),
        IncidentEvent::ConditionHeld { condition, .. } => condition.in_lang(lang).to_owned(),
        IncidentEvent::StepStarted { .. } => log_words::begun(lang).to_owned(),
        IncidentEvent::StepHanded { name, .. } => log_words::handed_to(lang, name.in_lang(lang)),
        _ => return None,
    };
    Some((of_step(event)?, words))
}
