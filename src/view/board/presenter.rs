//! What the board shows.

use chrono::{DateTime, Utc};

use super::layout::Layouts;
use crate::domain::guide::{Deadline, Guide, Urgency};
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, LIFE_THREATS, UNCLASSIFIED};
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{AfterCard, OpenCard, TypeButton};

/// What changes on the board with every incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The incidents that are open, the worst first.
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
    /// What threatens lives, which the board has above all else.
    pub threats: Vec<TypeButton>,
    /// Each class without those; where there is nothing else in it, it is left out.
    pub others: Vec<Class>,
    /// What there is no type for.
    pub unclassified: Option<TypeButton>,
    /// Where the board puts `others`.
    pub layouts: Layouts,
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
    let mut cards: Vec<_> = open
        .iter()
        .map(|one| {
            (
                words::due_first(state, one),
                open_card(state, one, &lang, now),
            )
        })
        .collect();
    // By when they are due, which does not change while time passes: nothing moves under a hand.
    // What has no deadline comes last.
    cards.sort_by_key(|(due, _)| (due.is_none(), *due));
    Model {
        open: cards.into_iter().map(|(_, card)| card).collect(),
        after: after_card(state, &lang, now),
    }
}

/// The buttons of the plan in force.
pub fn buttons(state: &ViewState) -> Buttons {
    let (lang, plan) = (state.lang(), state.services().plan());
    let button = |kind: &IncidentType| words::type_button(kind, &lang);
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
    let is_threat = |one: &TypeButton| LIFE_THREATS.contains(&one.type_id.as_str());
    let classes: Vec<Class> = classes.collect();
    let beside = of_class(None);
    let all = beside.iter().chain(classes.iter().flat_map(|it| &it.types));
    let mut threats: Vec<_> = all.filter(|one| is_threat(one)).cloned().collect();
    threats.sort_by_key(|one| LIFE_THREATS.iter().position(|id| one.type_id == *id));
    let others = classes.iter().cloned().map(|mut class| {
        class.types.retain(|one| !is_threat(one));
        class
    });
    let others: Vec<Class> = others.filter(|class| !class.types.is_empty()).collect();
    let counts: Vec<usize> = others.iter().map(|class| class.types.len()).collect();
    let unclassified = beside.iter().find(|one| one.type_id == UNCLASSIFIED);
    Buttons {
        unclassified: unclassified.cloned(),
        classes,
        beside,
        threats,
        others,
        layouts: Layouts::of(&counts),
    }
}

fn open_card(state: &ViewState, incident: &Incident, lang: &Lang, now: DateTime<Utc>) -> OpenCard {
    let kind = state.services().incidents.kind(incident);
    let guide = kind.as_deref().map(|kind| Guide::of(incident, kind));
    let first = guide
        .as_ref()
        .and_then(|guide| guide.foremost(now)?.deadline(now));
    let elapsed = screen::running(lang, incident.elapsed(now));
    let zone = state.services().settings().branch.time_zone;
    OpenCard {
        incident: incident.id.as_str().into(),
        type_id: kind
            .as_deref()
            .filter(|kind| state.is_discreet(kind))
            .map_or(incident.type_id.as_str(), |_| UNCLASSIFIED)
            .into(),
        class_id: words::class_of(kind.as_deref()).into(),
        name: words::incident_name(state, incident, lang).into(),
        time: match first {
            Some(first) => screen::due(lang, first.due, now, zone).into(),
            None => elapsed.as_str().into(),
        },
        urgency: words::urgency(first.map_or(Urgency::Calm, |first| first.urgency)),
        elapsed: elapsed.into(),
        now: (guide.as_ref())
            .map_or("", |guide| words::foremost(guide, lang, now))
            .into(),
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
