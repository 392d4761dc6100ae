//! What the board shows.

use chrono::{DateTime, Utc};

use crate::domain::guide::{Deadline, Guide, Urgency};
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::plan::IncidentType;
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{AfterCard, OpenCard, TypeButton};

/// What changes on the board with every incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The incidents that are open.
    pub open: Vec<OpenCard>,
    /// What is left to do after those that were closed.
    pub after: AfterCard,
}

/// The buttons, which change only with the language and the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Buttons {
    /// Those of each class.
    pub classes: Vec<Class>,
    /// Those beside the classes.
    pub beside: Vec<TypeButton>,
}

/// A class of incidents with its buttons.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// The plan's id.
    pub id: String,
    /// Its name, to read.
    pub name: String,
    /// Its types.
    pub types: Vec<TypeButton>,
}

/// The board just now.
pub fn present(state: &ViewState) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let open = state.services().incidents.open();
    let card = |one: &Incident| open_card(state, one, &lang, now);
    Model {
        open: open.iter().map(|one| card(one)).collect(),
        after: after_card(state, &lang, now),
    }
}

/// The buttons of the plan in force.
pub fn buttons(state: &ViewState) -> Buttons {
    let (lang, plan) = (state.lang(), state.services().plan());
    let button = |kind: &IncidentType| TypeButton {
        type_id: kind.id.as_str().into(),
        label: kind.button_name().in_lang(&lang).into(),
    };
    let of_class = |class: Option<&str>| {
        let kinds = plan.incidents.iter();
        let kinds = kinds.filter(|kind| !kind.behind && kind.class.as_deref() == class);
        kinds.map(button).collect()
    };
    let classes = plan.classes.iter().map(|class| Class {
        id: class.id.clone(),
        name: class.name.in_lang(&lang).to_owned(),
        types: of_class(Some(&class.id)),
    });
    Buttons {
        classes: classes.collect(),
        beside: of_class(None),
    }
}

fn open_card(state: &ViewState, incident: &Incident, lang: &Lang, now: DateTime<Utc>) -> OpenCard {
    let kind = state.services().incidents.kind(incident);
    let guide = kind.as_deref().map(|kind| Guide::of(incident, kind));
    let command = guide.as_ref().map(|guide| {
        let current = guide.current.and_then(|current| guide.steps.get(current));
        current.map_or(screen::all_settled(lang), |one| {
            one.step.command.in_lang(lang)
        })
    });
    let late = guide.as_ref().map_or(0, |guide| {
        let due = guide.steps.iter().filter(|one| one.marked.is_none());
        due.filter(|one| one.due.is_some_and(|due| due <= now))
            .count()
    });
    OpenCard {
        incident: incident.id.as_str().into(),
        type_id: incident.type_id.as_str().into(),
        name: words::incident_name(state, incident, lang).into(),
        elapsed: screen::running(lang, incident.elapsed(now)).into(),
        late: screen::late(lang, late).into(),
        now: command.unwrap_or_default().into(),
    }
}

fn after_card(state: &ViewState, lang: &Lang, now: DateTime<Utc>) -> AfterCard {
    let closed = state.services().incidents.closed();
    let left = closed.iter().flat_map(|one| {
        let urgency = |due| Deadline::at(one.started, due, now).urgency;
        one.follow_ups.iter().map(move |left| urgency(left.due))
    });
    let (count, most) = left.fold((0, Urgency::Calm), |(count, most), one| {
        (count + 1, most.max(one))
    });
    let words = match count {
        0 => String::new(),
        _ => screen::follow_ups_left(lang, count),
    };
    AfterCard {
        shown: !closed.is_empty(),
        words: words.into(),
        urgency: words::urgency(most),
    }
}
