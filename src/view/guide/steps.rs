//! The face of the guide that is worked from: the step to do now, and all the others in brief.

use chrono::{DateTime, Utc};

use super::beside;
use crate::domain::guide::{Deadline, Guide, StepStanding};
use crate::domain::incident::{Incident, IncidentEvent, Mark, StepRef, UnderWay as Begun};
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, Step, Text};
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{CallCard, Chip, OtherIncident, StepExtra, StepMark, StepRow, UnderWay, Urgency};

/// The step to do now, and all the others in brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Whether there is a step to do.
    pub has_current: bool,
    /// Which of how many it is.
    pub count: String,
    /// What to do.
    pub command: String,
    /// How.
    pub detail: String,
    /// What to say.
    pub say: String,
    /// What never to say.
    pub never: String,
    /// When the step is to be done at all; empty where always.
    pub condition: String,
    /// By when, in words; empty where it has no deadline.
    pub due: String,
    /// How much that presses.
    pub urgency: Urgency,
    /// The answers, where the command is a question.
    pub answers: Vec<Chip>,
    /// What else can be said of it.
    pub extra: StepExtra,
    /// Whether it needs a superior's word.
    pub approval: bool,
    /// Those it can be handed to; empty where nobody may be asked.
    pub crew: Vec<Chip>,
    /// Whether it is asked to whom.
    pub handing: bool,
    /// Whether whoever handles it is alone.
    pub alone: bool,
    /// What has come by itself; empty where nothing has.
    pub prompt: Chip,
    /// Who answered a call for help, and how long ago.
    pub reached: Vec<String>,
    /// The cards that the guide keeps in sight beside those of the step.
    pub cards: Vec<Chip>,
    /// The incident beside this one that presses most.
    pub other: OtherIncident,
    /// What is begun and goes on.
    pub under_way: Vec<UnderWay>,
    /// The next step's command; empty where there is none.
    pub next: String,
    /// The command of the step before, which one step back opens again; empty at the first.
    pub previous: String,
    /// Whom to call.
    pub contacts: Vec<CallCard>,
    /// Which of them to call now.
    pub calling: usize,
    /// The row of `rows` to keep in sight.
    pub current_row: usize,
    /// How many of `rows` are to be done on the spot.
    pub on_the_spot: usize,
    /// All the steps.
    pub rows: Vec<StepRow>,
    /// What can be noted with one tap.
    pub notes: Vec<Chip>,
    /// The latest note, with its time.
    pub last_note: String,
    /// What is asked about the step just left; empty where nothing is.
    pub reasons_title: String,
    /// The answers to it.
    pub reasons: Vec<Chip>,
}

/// The steps of an incident of this `kind`, which stand as `standing` says.
pub(super) fn present(
    state: &ViewState,
    incident: &Incident,
    kind: &IncidentType,
    standing: &Guide<'_>,
) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let lang = &lang;
    let zone = state.services().settings().branch.time_zone;
    let current = standing.current.and_then(|index| standing.steps.get(index));
    let place = standing
        .current
        .map_or(standing.steps.len(), |index| index + 1);
    // How many there are is known once everything on the way was answered.
    let is_open = |one: &StepStanding<'_>| one.step.is_question() && one.marked.is_none();
    let count = current.map(|_| {
        if standing.steps.iter().any(is_open) {
            screen::step_place(lang, place)
        } else {
            screen::step_count(lang, place, standing.steps.len())
        }
    });
    let step = current.map(|one| one.step);
    let alone = incident.is_alone();
    let text = |of: &dyn Fn(&Step) -> Option<&Text>| {
        let text = step.and_then(of);
        text.map_or_else(String::new, |text| text.in_lang(lang).to_owned())
    };
    let or = |of: &dyn Fn(&Step) -> &Text, without: &str| {
        step.map_or(without, |step| of(step).in_lang(lang))
            .to_owned()
    };
    let command = |one: &StepStanding<'_>| one.command().in_lang(lang).to_owned();
    let due = current.and_then(|one| one.due);
    let began = current.map_or(incident.started, |one| one.began);
    let after = standing.steps.iter().skip(place);
    let (contacts, calling) = contacts(state, step, lang, now);
    let crew = step.filter(|step| !step.is_question() && !alone);
    let plan = state.services().incidents.plan_of(incident);
    let every = standing.steps.iter().chain(&standing.follow_ups);
    let (reasons_title, reasons) = reasons(state, incident, lang);
    Model {
        has_current: current.is_some(),
        count: count.unwrap_or_default(),
        command: or(&|s| s.command_for(alone), screen::all_settled(lang)),
        detail: or(&|s| s.detail_for(alone), screen::close_when_over(lang)),
        say: text(&|s| s.say_for(alone)),
        never: text(&|s| s.never_say.as_ref()),
        condition: text(&|s| s.condition.as_ref()),
        due: due.map_or_else(String::new, |due| screen::due(lang, due, now, zone)),
        urgency: due.map_or(Urgency::Calm, |due| urgency(began, due, now)),
        answers: words::chips(step.map_or(&[][..], |step| &step.answers), lang),
        extra: current.map_or(StepExtra::Nothing, extra),
        approval: step.is_some_and(|step| step.approval),
        crew: crew.map_or_else(Vec::new, |step| beside::crew(&plan, step, lang)),
        handing: state.guide.handing.get(),
        alone,
        prompt: beside::prompt(standing, incident, kind, lang, now),
        reached: beside::reached(incident, lang, now),
        cards: beside::cards(state, kind, step, lang, now),
        other: beside::other(state, incident, lang, now),
        under_way: under_way(standing, kind, lang, now),
        next: (after.clone().find(|one| !one.is_left_behind())).map_or_else(String::new, command),
        previous: standing.previous().map_or_else(String::new, command),
        contacts,
        calling,
        current_row: place.saturating_sub(1),
        on_the_spot: standing.steps.len(),
        rows: every
            .enumerate()
            .map(|(index, one)| row(state, one, standing.current == Some(index), lang, now))
            .collect(),
        notes: words::chips(&kind.notes, lang),
        last_note: last_note(state, incident, lang),
        reasons_title,
        reasons,
    }
}

/// What can be said of a step beside that it is done.
fn extra(one: &StepStanding<'_>) -> StepExtra {
    if one.step.condition.is_some() && one.step.within.is_some() && !one.held {
        StepExtra::Condition
    } else if one.step.lasts {
        StepExtra::Begun
    } else {
        StepExtra::Nothing
    }
}

fn under_way(
    standing: &Guide<'_>,
    kind: &IncidentType,
    lang: &Lang,
    now: DateTime<Utc>,
) -> Vec<UnderWay> {
    let one = |(step, begun): &(&Step, &Begun)| UnderWay {
        command: step.command.in_lang(lang).into(),
        with: (begun.with.as_ref())
            .map_or("", |name| name.in_lang(lang))
            .into(),
        time: screen::stopwatch(now - begun.since).into(),
        step: words::step_key(&StepRef::of(kind, &step.id)),
    };
    standing.under_way.iter().map(one).collect()
}

fn urgency(began: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Urgency {
    words::urgency(Deadline::at(began, due, now).urgency)
}

/// The cards of the step's contacts, and which of them to call now.
fn contacts(
    state: &ViewState,
    step: Option<&Step>,
    lang: &Lang,
    now: DateTime<Utc>,
) -> (Vec<CallCard>, usize) {
    let roles = state.to_call(step.map_or(&[][..], |step| &step.contacts));
    let plan = state.services().plan();
    let calling = state.calling(&roles);
    let cards = roles.iter().filter_map(|id| plan.role(id)).enumerate();
    let cards = cards.map(|(index, role)| {
        let mut card = state.card(role, false, lang, now);
        if index == calling {
            card.lead = state.lead(&roles, index, &card.state, lang).into();
        }
        card
    });
    (cards.collect(), calling)
}

fn row(
    state: &ViewState,
    one: &StepStanding<'_>,
    current: bool,
    lang: &Lang,
    now: DateTime<Utc>,
) -> StepRow {
    let zone = state.services().settings().branch.time_zone;
    // A follow-up presses in its own list, once the incident is closed.
    let presses = !one.is_left_behind() && !one.step.is_follow_up();
    let due = one.due.filter(|_| presses);
    let begun = one.under_way.map(|begun| begun.since);
    let left = one.marked.map(|marked| marked.at).or(begun);
    let time = match (left, due) {
        (Some(at), _) => screen::time_of_day(at, zone),
        (None, Some(due)) => screen::due_in_short(lang, due, now, zone),
        (None, None) => String::new(),
    };
    StepRow {
        time: time.into(),
        mark: match (one.marked, one.under_way) {
            (Some(marked), _) => words::step_mark(marked.mark),
            (None, Some(_)) => StepMark::Start,
            (None, None) => StepMark::Open,
        },
        command: one.command().in_lang(lang).into(),
        current,
        follow_up: one.step.is_follow_up(),
        urgency: due.map_or(Urgency::Calm, |due| urgency(one.began, due, now)),
    }
}

/// What is asked about the step just left, and the answers.
fn reasons(state: &ViewState, incident: &Incident, lang: &Lang) -> (String, Vec<Chip>) {
    let plan = state.services().incidents.plan_of(incident);
    let asked = state.guide.asked.borrow();
    let (title, reasons) = match asked.as_ref().map(|(_, mark)| *mark) {
        Some(Mark::Skipped) => (screen::why_skipped(lang), &plan.skip_reasons[..]),
        Some(_) => (screen::why_cannot(lang), &plan.cannot_reasons[..]),
        None => ("", &[][..]),
    };
    (title.to_owned(), words::chips(reasons, lang))
}

fn last_note(state: &ViewState, incident: &Incident, lang: &Lang) -> String {
    let zone = state.services().settings().branch.time_zone;
    let note = incident.latest().find_map(|(at, line)| match &line.event {
        IncidentEvent::Noted { words, .. } if !incident.is_struck(&line.entry) => Some((at, words)),
        _ => None,
    });
    note.map_or_else(String::new, |(at, text)| {
        let time = screen::time_of_day(at, zone);
        screen::noted(lang, &time, text.in_lang(lang))
    })
}

impl ViewState {
    /// The contacts of the step that the guide shows.
    pub(in crate::view) fn step_contacts(&self) -> Vec<String> {
        let incidents = &self.services.incidents;
        let incident = self.guide.shown().and_then(|id| incidents.get(&id));
        let contacts = incident.and_then(|one| {
            let kind = incidents.kind(&one)?;
            let standing = Guide::of(&one, &kind);
            let current = standing.steps.get(standing.current?)?;
            Some(current.step.contacts.clone())
        });
        contacts.unwrap_or_default()
    }
}
