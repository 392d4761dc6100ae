//! The plan's incident types with their guides.

use super::check;
use super::fields::{Languages, clauses, count, members, words, words_if_any};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use super::lists::choices;
use super::step::{GuideIds, step};
use super::ways;
use crate::config::fault::{Kind, Problem};
use crate::config::limits::{CARDS, NOTES, PROMPTS, TextSlot, WITHIN_SECONDS};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{IncidentType, Prompt, Rhythm, Step};

/// What an incident type may refer to, and what speaks where it is silent.
pub(super) struct Context<'a> {
    pub(super) elder: FallbackPlan,
    pub(super) languages: &'a Languages,
    pub(super) classes: &'a Ids,
    pub(super) principles: &'a Ids,
    pub(super) roles: &'a Ids,
    pub(super) outcomes: &'a Ids,
    pub(super) crew: &'a Ids,
    pub(super) aids: &'a Ids,
}

pub(super) fn incidents(
    sections: Vec<Section<'_>>,
    context: &Context<'_>,
) -> (Vec<IncidentType>, Ids) {
    let mut ids = Ids::new();
    let incidents = sections
        .into_iter()
        .map(|one| incident(one, &mut ids, context))
        .collect();
    (incidents, ids)
}

fn incident(mut one: Section<'_>, ids: &mut Ids, context: &Context<'_>) -> IncidentType {
    let languages = context.languages;
    let id = ids.claim(&mut one);
    let class = one.optional("class");
    let behind = one.optional("behind").and_then(Item::flag);
    let behind = behind.unwrap_or_default();
    check::class_of(&one, class.as_ref(), &id, behind);
    let mut guide_ids = GuideIds::new();
    let sections = one.optional("step");
    // A guide that is no list of steps has been reported as such.
    let countable = sections.as_ref().is_none_or(Item::is_list_of_tables);
    let steps: Vec<Step> = sections
        .map_or_else(Vec::new, Item::sections)
        .into_iter()
        .map(|step_section| step(step_section, &mut guide_ids, &id, context))
        .collect();
    if countable {
        check::guide(&one, &steps);
        ways::check(&one, &steps);
    }
    let notes = one.sections("note");
    count(&one, "note", NOTES, notes.len());
    let prompts = one.sections("prompt");
    count(&one, "prompt", PROMPTS, prompts.len());
    let cards = named_if_any(&mut one, "cards", context.roles, Kind::Role);
    count(&one, "cards", CARDS, cards.len());
    let (notice, notice_code, discreet) = (
        one.optional("notice"),
        one.optional("notice_code"),
        one.optional("discreet"),
    );
    let is_silent = notice.is_none() && notice_code.is_none() && discreet.is_none();
    let elder_has_clock = context.elder.has_market_clock(&id);
    let mut incident = IncidentType {
        id,
        clauses: clauses(&mut one),
        class: class.and_then(|item| context.classes.named(item, Kind::Class)),
        name: words(&mut one, "name", Some(TextSlot::IncidentName), languages),
        public_name: words_if_any(&mut one, "public_name", TextSlot::IncidentName, languages),
        button: words_if_any(&mut one, "button", TextSlot::Button, languages),
        cue: words(&mut one, "cue", Some(TextSlot::Cue), languages),
        behind,
        cards,
        outcomes: named_if_any(&mut one, "outcomes", context.outcomes, Kind::Outcome),
        prompts: prompts
            .into_iter()
            .map(|section| prompt(section, &mut guide_ids, languages))
            .collect(),
        principles: context
            .principles
            .all_named(members(&mut one, "principles"), Kind::Principle),
        notes: choices(notes, TextSlot::Note, languages),
        steps,
        notice: notice.and_then(|item| languages.read(item, Some(TextSlot::PublicNotice))),
        notice_code: notice_code.and_then(Item::flag).unwrap_or_default(),
        discreet: discreet.and_then(Item::flag).unwrap_or_default(),
        police_words: words_if_any(&mut one, "police_words", TextSlot::PoliceWords, languages),
        market_clock: one
            .optional("market_clock")
            .map_or_else(|| elder_has_clock, |item| item.flag().unwrap_or_default()),
    };
    if incident.police_words.is_none() {
        context.elder.complete_police_words(&mut incident);
    }
    if is_silent {
        context.elder.complete_incident(&mut incident);
    }
    incident
}

/// The ids of a list that may be left out.
fn named_if_any(one: &mut Section<'_>, key: &str, ids: &Ids, what: Kind) -> Vec<String> {
    let items = one.optional(key).map_or_else(Vec::new, Item::one_or_more);
    ids.all_named(items, what)
}

/// What comes by itself: again and again with `every`, or `once`.
fn prompt(mut one: Section<'_>, ids: &mut GuideIds, languages: &Languages) -> Prompt {
    let mut seconds = |key: &str| {
        let number = one
            .optional(key)
            .and_then(|item| item.number(WITHIN_SECONDS))?;
        u32::try_from(number).ok()
    };
    let rhythm = match (seconds("every"), seconds("once")) {
        (Some(every), None) => Rhythm::Every(every),
        (None, Some(once)) => Rhythm::Once(once),
        (found, _) => {
            one.fault("every", Problem::OneRhythm);
            Rhythm::Every(found.unwrap_or(u32::MAX))
        }
    };
    let mut step = |key: &str| {
        let item = one.optional(key)?;
        ids.steps.named(item, Kind::Step)
    };
    let (from, until) = (step("from"), step("until"));
    Prompt {
        only: ids.only(&mut one),
        id: ids.steps.claim(&mut one),
        command: words(&mut one, "command", Some(TextSlot::Command), languages),
        rhythm,
        from,
        until,
    }
}
