//! One line of the log for each step, with what was said of it before.

use std::collections::BTreeMap;

use super::log::with;
use crate::LogRow;
use crate::domain::incident::{Incident, IncidentEvent, LogLine, StepRef};
use crate::domain::lang::Lang;
use crate::i18n::log as log_words;
use crate::i18n::screen;
use crate::view::ViewState;

/// Leaves of what was said of a step the row of the last word on it, with the words before.
pub(super) fn one_a_step(state: &ViewState, incident: &Incident, rows: Vec<LogRow>) -> Vec<LogRow> {
    let lang = state.lang();
    let zone = state.services().settings().branch.time_zone;
    let mut before: BTreeMap<&StepRef, Vec<String>> = BTreeMap::new();
    let lines = incident.log.iter().enumerate().zip(rows);
    let row = |((place, line), mut row): ((usize, &LogLine), LogRow)| {
        let Some((step, said)) = said(&line.event, &lang) else {
            return Some(row);
        };
        let later = incident.log.iter().skip(place + 1);
        if later
            .filter_map(|line| of_step(&line.event))
            .any(|it| it == step)
        {
            let at = screen::time_of_day(line.at, zone);
            before
                .entry(of_step(&line.event)?)
                .or_default()
                .push(format!("{at} {said}"));
            return None;
        }
        if let Some(before) = before.remove(step) {
            let history = log_words::before(&lang, &before);
            row.detail = with(&row.detail, &history).into();
        }
        Some(row)
    };
    lines.filter_map(row).collect()
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
