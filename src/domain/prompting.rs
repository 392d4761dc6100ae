//! What comes by itself while an incident is open: which prompts stand just now.

use chrono::{DateTime, Duration, Utc};

use super::guide::Guide;
use super::incident::{Incident, Mark, StepRef};
use super::plan::{IncidentType, Prompt, Rhythm, Step};

/// A prompt that has come and was neither heeded nor put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The prompt in the plan.
    pub prompt: &'a Prompt,
    /// Since when it stands.
    pub since: DateTime<Utc>,
}

/// Those of `kind` that stand at `now`, the longest first; none once the incident is closed. `guide` is
/// the incident's own.
pub fn standing<'a>(
    guide: &Guide<'_>,
    incident: &Incident,
    kind: &'a IncidentType,
    now: DateTime<Utc>,
) -> Vec<Standing<'a>> {
    if !incident.is_open() {
        return Vec::new();
    }
    let of = |prompt: &'a Prompt| {
        let is_asked_for = |answer: &String| guide.answers.contains(&answer.as_str());
        if !prompt.only.is_empty() && !prompt.only.iter().any(is_asked_for) {
            return None;
        }
        let since = next(incident, kind, prompt)?;
        (since <= now).then_some(Standing { prompt, since })
    };
    let mut standing: Vec<_> = kind.prompts.iter().filter_map(of).collect();
    standing.sort_by_key(|one| one.since);
    standing
}

/// When `prompt` comes next, or came; none while it does not count.
fn next(incident: &Incident, kind: &IncidentType, prompt: &Prompt) -> Option<DateTime<Utc>> {
    let key = |id: &str| StepRef::of(kind, id);
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
    if is_over {
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
    let heeded = incident.prompted(&key(&prompt.id)).map(|one| one.at);
    let heeded = if is_of_rescuer(kind, prompt) {
        let resuscitation = incident.resuscitation.as_ref();
        if resuscitation.is_some_and(|one| !one.is_running()) {
            return None;
        }
        heeded.max(resuscitation.and_then(|one| one.changed))
    } else {
        heeded
    };
    // What was heeded before it began to count anew is of an earlier time.
    let heeded = heeded.filter(|at| *at >= start);
    match (prompt.rhythm, heeded) {
        (Rhythm::Every(seconds), heeded) => {
            Some(heeded.unwrap_or(start) + Duration::seconds(seconds.into()))
        }
        (Rhythm::Once(seconds), None) => Some(start + Duration::seconds(seconds.into())),
        (Rhythm::Once(_), Some(_)) => None,
    }
}

/// Whether `prompt` asks for another rescuer: it comes again and again while somebody presses. Who says
/// so on the screen of the resuscitation has heeded it, and it ends with that.
fn is_of_rescuer(kind: &IncidentType, prompt: &Prompt) -> bool {
    let from = prompt.from.as_deref().and_then(|id| kind.step(id));
    matches!(prompt.rhythm, Rhythm::Every(_)) && from.is_some_and(Step::is_compressions)
}

/// When the rescuer was changed last, wherever that was said; none where nobody has said it.
pub fn rescuer_changed(incident: &Incident, kind: &IncidentType) -> Option<DateTime<Utc>> {
    let asked = kind.prompts.iter().filter(|one| is_of_rescuer(kind, one));
    let heeded = asked.filter_map(|one| incident.prompted(&StepRef::of(kind, &one.id)));
    let done = heeded.filter(|one| one.done).map(|one| one.at).max();
    let said = incident.resuscitation.as_ref();
    done.max(said.and_then(|one| one.changed))
}
