//! What an incident's record knows that the other end of a call wants to hear.

use crate::domain::guide::Guide;
use crate::domain::incident::{Incident, IncidentEvent};
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, Plan};
use crate::i18n::calls::reached;

/// The most that is read out: more would not be listened to.
const MOST: usize = 5;

/// What is known and what was done, each in a few words that the plan has for it: the answers to
/// the guide's questions, the notes, and who was reached besides `role`, who is called now.
pub(super) fn so_far(
    plan: &Plan,
    kind: &IncidentType,
    incident: &Incident,
    role: &str,
    lang: &Lang,
) -> Vec<String> {
    let guide = Guide::of(incident, kind);
    let answers = guide.steps.iter().filter_map(|one| one.answer);
    let answers = answers.map(|answer| answer.name.in_lang(lang).to_owned());
    let notes = incident.log.iter().filter_map(|line| match &line.event {
        IncidentEvent::Noted { words, .. } if !incident.is_struck(&line.entry) => {
            Some(words.in_lang(lang).to_owned())
        }
        _ => None,
    });
    let roles = plan.roles.iter().filter(|one| one.id != role);
    let reached = roles
        .filter(|one| {
            let last = incident.last_call(&one.id);
            last.is_some_and(|last| last.answered)
        })
        .map(|one| reached(lang, one.name.in_lang(lang)));
    let mut all: Vec<String> = answers.chain(reached).chain(notes).collect();
    all.truncate(MOST);
    all
}
