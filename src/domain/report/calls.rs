//! Calls, answers and prompts.

use chrono::{DateTime, Utc};

use super::timeline::{Who, who};
use super::{Source, SourceEntry};
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::ids::EntryId;
use crate::domain::incident::{Incident, IncidentEvent, LogLine, StepRef};
use crate::domain::plan::Text;

/// A call. Which number it was is told by its place in the list, never by its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFact {
    /// When.
    pub at: DateTime<Utc>,
    /// Whom, by role.
    pub name: Text,
    /// Which of the role's numbers, counted from 1.
    pub place: usize,
    /// What became of it, by the last word on it.
    pub outcome: Outcome,
    /// Whether something else was said of it first.
    pub corrected: bool,
    /// Who made it.
    pub who: Who,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFact {
    /// What was asked.
    pub question: Text,
    /// The last answer.
    pub answer: Text,
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The answers before it, the first one first.
    pub before: Vec<Text>,
    /// Whether it holds: the question was not opened again since.
    pub holds: bool,
}

/// Something that came by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptFact {
    /// What it asked for.
    pub command: Text,
    /// When that was done.
    pub done: Vec<DateTime<Utc>>,
    /// When it was put off.
    pub put_off: Vec<DateTime<Utc>>,
}

/// The lines of the log in their order, each with its moment by the clock as it is set now.
fn lines(incident: &Incident) -> Vec<(DateTime<Utc>, &LogLine)> {
    let mut lines: Vec<_> = incident.latest().collect();
    lines.reverse();
    lines
}

pub(super) fn calls(source: &Source<'_>, incident: &Incident) -> Vec<CallFact> {
    let actor = |id: &EntryId| -> Option<&SourceEntry> {
        let mut entries = source.entries.iter();
        entries.find(|entry| entry.id == *id)
    };
    let made = lines(incident).into_iter().filter_map(|(at, line)| {
        let IncidentEvent::Call(CallEvent::Called {
            name,
            place,
            answered,
            ..
        }) = &line.event
        else {
            return None;
        };
        let outcome = incident.call_outcome(&line.entry)?;
        let said = if *answered {
            Outcome::Answered
        } else {
            Outcome::NoAnswer
        };
        Some(CallFact {
            at,
            name: name.clone(),
            place: *place,
            outcome,
            corrected: outcome != said,
            who: actor(&line.entry).map_or(Who::Unnoted, who),
        })
    });
    made.collect()
}

pub(super) fn answers(incident: &Incident) -> Vec<AnswerFact> {
    let mut found: Vec<(&StepRef, AnswerFact)> = Vec::new();
    for (at, line) in lines(incident) {
        let IncidentEvent::Answered {
            step,
            question,
            words,
            ..
        } = &line.event
        else {
            continue;
        };
        let fact = AnswerFact {
            question: question.clone(),
            answer: words.clone(),
            at,
            before: Vec::new(),
            holds: incident.given(step).is_some(),
        };
        match found.iter_mut().find(|(asked, _)| *asked == step) {
            Some((_, said)) => {
                let mut before = std::mem::take(&mut said.before);
                before.push(said.answer.clone());
                *said = AnswerFact { before, ..fact };
            }
            None => found.push((step, fact)),
        }
    }
    found.into_iter().map(|(_, fact)| fact).collect()
}

pub(super) fn prompts(incident: &Incident) -> Vec<PromptFact> {
    let mut found: Vec<(&StepRef, PromptFact)> = Vec::new();
    for (at, line) in lines(incident) {
        let IncidentEvent::Prompted {
            prompt,
            command,
            done,
        } = &line.event
        else {
            continue;
        };
        let place = found.iter().position(|(known, _)| *known == prompt);
        let place = place.unwrap_or_else(|| {
            let fact = PromptFact {
                command: command.clone(),
                done: Vec::new(),
                put_off: Vec::new(),
            };
            found.push((prompt, fact));
            found.len() - 1
        });
        if let Some((_, fact)) = found.get_mut(place) {
            let times = if *done {
                &mut fact.done
            } else {
                &mut fact.put_off
            };
            times.push(at);
        }
    }
    found.into_iter().map(|(_, fact)| fact).collect()
}
