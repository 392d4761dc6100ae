//! What comes by itself while an incident is open: which prompts stand just now.

use chrono::{DateTime, Duration, Utc};

use super::incident::{Incident, Mark, StepRef};
use super::plan::{IncidentType, Prompt, Rhythm, UNKNOWN_ANSWER};

/// A prompt that has come and was neither heeded nor put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The prompt in the plan.
    pub prompt: &'a Prompt,
    /// Since when it stands.
    pub since: DateTime<Utc>,
}

/// Those of `kind` that stand at `now`, the longest first; none once the incident is closed.
pub fn standing<'a>(
    incident: &Incident,
    kind: &'a IncidentType,
    now: DateTime<Utc>,
) -> Vec<Standing<'a>> {
    if !incident.is_open() {
        return Vec::new();
    }
    let of = |prompt: &'a Prompt| {
        let since = next(incident, kind, prompt)?;
        (since <= now).then_some(Standing { prompt, since })
    };
    let mut standing: Vec<_> = kind.prompts.iter().filter_map(of).collect();
    standing.sort_by_key(|one| one.since);
    standing
}

/// When `prompt` comes next, or came; none while it does not count.
fn next(incident: &Incident, kind: &IncidentType, prompt: &Prompt) -> Option<DateTime<Utc>> {
    let key = |id: &str| StepRef {
        type_id: kind.id.clone(),
        step: id.to_owned(),
    };
    let marked = |id: &str| {
        incident
            .marks
            .get(&key(id))
            .filter(|one| one.mark != Mark::Open)
    };
    let is_over = prompt
        .until
        .as_deref()
        .is_some_and(|id| marked(id).is_some());
    if is_over || !is_asked_for(incident, kind, prompt) {
        return None;
    }
    let start = match prompt.from.as_deref() {
        None => incident.typed,
        Some(id) => {
            let done = marked(id)
                .filter(|one| one.mark == Mark::Done)
                .map(|one| one.at);
            done.or_else(|| Some(incident.under_way(&key(id))?.since))?
        }
    };
    // What was heeded before it began to count anew is of an earlier time.
    let heeded = incident
        .prompted(&key(&prompt.id))
        .filter(|at| *at >= start);
    match (prompt.rhythm, heeded) {
        (Rhythm::Every(seconds), heeded) => {
            Some(heeded.unwrap_or(start) + Duration::seconds(seconds.into()))
        }
        (Rhythm::Once(seconds), None) => Some(start + Duration::seconds(seconds.into())),
        (Rhythm::Once(_), Some(_)) => None,
    }
}

/// Whether an answer was given with which the prompt comes.
fn is_asked_for(incident: &Incident, kind: &IncidentType, prompt: &Prompt) -> bool {
    let mut questions = kind.steps.iter().filter(|step| step.is_question());
    prompt.only.is_empty()
        || questions.any(|step| {
            let key = StepRef {
                type_id: kind.id.clone(),
                step: step.id.clone(),
            };
            let left_out = || {
                let marked = incident.marks.get(&key);
                marked.is_some_and(|one| one.mark != Mark::Open)
            };
            match incident.given(&key) {
                Some(given) => prompt.only.contains(&given.answer),
                None => left_out() && prompt.only.iter().any(|one| one == UNKNOWN_ANSWER),
            }
        })
}
