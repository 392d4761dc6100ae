//! What stands beside the step to do now: whom it can be handed to, what comes by itself, who was
//! reached, the cards that a guide keeps in sight, and the other incidents.

use chrono::{DateTime, Utc};

use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::guide::Guide;
use crate::domain::incident::{Incident, IncidentEvent};
use crate::domain::lang::Lang;
use crate::domain::plan::{Crew, IncidentType, Plan, Step};
use crate::domain::prompting;
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{Chip, OtherIncident};

/// Those of the crew that a step can be handed to, whoever takes it by nature first.
pub(super) fn crew(plan: &Plan, step: &Step, lang: &Lang) -> Vec<Chip> {
    let mut crew: Vec<&Crew> = plan.crew.iter().collect();
    crew.sort_by_key(|one| step.by.as_ref() != Some(&one.id));
    let chip = |one: &Crew| Chip {
        id: one.id.as_str().into(),
        label: one.name.in_lang(lang).into(),
    };
    crew.into_iter().map(chip).collect()
}

/// The prompt that has stood longest.
pub(super) fn prompt(
    guide: &Guide<'_>,
    incident: &Incident,
    kind: &IncidentType,
    lang: &Lang,
    now: DateTime<Utc>,
) -> Chip {
    let standing = prompting::standing(guide, incident, kind, now);
    standing.first().map_or_else(Chip::default, |one| Chip {
        id: one.prompt.id.as_str().into(),
        label: one.prompt.command.in_lang(lang).into(),
    })
}

/// Who answered a call, with how long ago, the latest first; each of them once.
pub(super) fn reached(incident: &Incident, lang: &Lang, now: DateTime<Utc>) -> Vec<String> {
    let mut roles: Vec<&str> = Vec::new();
    let mut reached = Vec::new();
    for (at, line) in incident.latest() {
        let IncidentEvent::Call(CallEvent::Called { role, name, .. }) = &line.event else {
            continue;
        };
        let answered = incident.call_outcome(&line.entry) == Some(Outcome::Answered);
        if answered && !roles.contains(&role.as_str()) {
            roles.push(role);
            reached.push(screen::reached(lang, name.in_lang(lang), now - at));
        }
    }
    reached
}

/// The cards that a guide keeps in sight from its first step on, without those of the step itself: by
/// their numbers, and on a discreet guide one alone without a name that a bystander could read.
pub(super) fn cards(
    state: &ViewState,
    kind: &IncidentType,
    step: Option<&Step>,
    lang: &Lang,
    now: DateTime<Utc>,
) -> Vec<Chip> {
    let plan = state.services().plan();
    let shown = step.map_or(&[][..], |step| &step.contacts);
    let kept = kind.cards.iter().filter(|role| !shown.contains(role));
    let card = |id: &String| {
        let role = plan.role(id)?;
        let number = state.card(role, false, lang, now).number;
        let label = if number.is_empty() {
            role.name.in_lang(lang).into()
        } else {
            number
        };
        Some(Chip {
            id: id.as_str().into(),
            label,
        })
    };
    let mut cards: Vec<Chip> = kept.filter_map(card).collect();
    if state.is_discreet(kind) {
        cards.truncate(1);
        for card in &mut cards {
            card.label = screen::phone(lang).into();
        }
    }
    cards
}

/// The open incident beside `shown` that presses most, with what is to be done there.
pub(super) fn other(
    state: &ViewState,
    shown: &Incident,
    lang: &Lang,
    now: DateTime<Utc>,
) -> OtherIncident {
    let incidents = &state.services().incidents;
    let open = incidents.open();
    let others: Vec<&Incident> = (open.iter().map(|one| &**one))
        .filter(|one| one.id != shown.id)
        .collect();
    let first = (others.iter()).min_by_key(|one| {
        let due = words::due_first(state, one);
        (due.is_none(), due, one.started)
    });
    let Some(one) = first else {
        return OtherIncident::default();
    };
    let kind = incidents.kind(one);
    let guide = kind.as_deref().map(|kind| Guide::of(one, kind));
    let deadline = guide
        .as_ref()
        .and_then(|guide| guide.foremost(now)?.deadline(now));
    let zone = state.services().settings().branch.time_zone;
    OtherIncident {
        incident: one.id.as_str().into(),
        name: words::incident_name(state, one, lang).into(),
        now: (guide.as_ref())
            .map_or("", |guide| words::foremost(guide, lang, now))
            .into(),
        left: deadline
            .map_or_else(String::new, |it| screen::due(lang, it.due, now, zone))
            .into(),
        urgency: deadline.map_or(crate::Urgency::Calm, |it| words::urgency(it.urgency)),
        more: i32::try_from(others.len() - 1).unwrap_or(i32::MAX),
    }
}
