//! The plan's incident types with their guides.

use super::check;
use super::fields::{Languages, clauses, count, members, words, words_if_any};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use super::lists::choices;
use crate::config::fault::Kind;
use crate::config::limits::{CONTACTS, NOTES, TextSlot, WITHIN_SECONDS};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{IncidentType, Step};

/// What an incident type may refer to, and what speaks where it is silent.
pub(super) struct Context<'a> {
    pub(super) elder: FallbackPlan,
    pub(super) languages: &'a Languages,
    pub(super) classes: &'a Ids,
    pub(super) principles: &'a Ids,
    pub(super) roles: &'a Ids,
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
    check::class_of(&one, class.as_ref(), &id);
    let mut step_ids = Ids::new();
    let sections = one.optional("step");
    // A guide that is no list of steps has been reported as such.
    let countable = sections.as_ref().is_none_or(Item::is_list_of_tables);
    let steps: Vec<Step> = sections
        .map_or_else(Vec::new, Item::sections)
        .into_iter()
        .map(|step_section| step(step_section, &mut step_ids, &id, context))
        .collect();
    if countable {
        check::guide(&one, &steps);
    }
    let notes = one.sections("note");
    count(&one, "note", NOTES, notes.len());
    let (notice, notice_code, discreet) = (
        one.optional("notice"),
        one.optional("notice_code"),
        one.optional("discreet"),
    );
    let is_silent = notice.is_none() && notice_code.is_none() && discreet.is_none();
    let mut incident = IncidentType {
        id,
        clauses: clauses(&mut one),
        class: class.and_then(|item| context.classes.named(item, Kind::Class)),
        name: words(&mut one, "name", Some(TextSlot::IncidentName), languages),
        public_name: words_if_any(&mut one, "public_name", TextSlot::IncidentName, languages),
        button: words_if_any(&mut one, "button", TextSlot::Button, languages),
        cue: words(&mut one, "cue", Some(TextSlot::Cue), languages),
        principles: context
            .principles
            .all_named(members(&mut one, "principles"), Kind::Principle),
        notes: choices(notes, TextSlot::Note, languages),
        steps,
        notice: notice.and_then(|item| languages.read(item, Some(TextSlot::PublicNotice))),
        notice_code: notice_code.and_then(Item::flag).unwrap_or_default(),
        discreet: discreet.and_then(Item::flag).unwrap_or_default(),
        police_words: words_if_any(&mut one, "police_words", TextSlot::PoliceWords, languages),
    };
    if incident.police_words.is_none() {
        context.elder.complete_police_words(&mut incident);
    }
    if is_silent {
        context.elder.complete_incident(&mut incident);
    }
    incident
}

fn step(mut one: Section<'_>, ids: &mut Ids, incident: &str, context: &Context<'_>) -> Step {
    let languages = context.languages;
    let contacts = one
        .optional("contacts")
        .map_or_else(Vec::new, Item::one_or_more);
    count(&one, "contacts", CONTACTS, contacts.len());
    let mut read = Step {
        id: ids.claim(&mut one),
        clauses: clauses(&mut one),
        command: words(&mut one, "command", Some(TextSlot::Command), languages),
        detail: words(&mut one, "detail", Some(TextSlot::Detail), languages),
        say: words_if_any(&mut one, "say", TextSlot::Say, languages),
        never_say: words_if_any(&mut one, "never_say", TextSlot::NeverSay, languages),
        condition: words_if_any(&mut one, "condition", TextSlot::Condition, languages),
        contacts: context.roles.all_named(contacts, Kind::Role),
        within: one
            .optional("within")
            .and_then(|item| item.number(WITHIN_SECONDS))
            .and_then(|seconds| u32::try_from(seconds).ok()),
        notice: words_if_any(&mut one, "notice", TextSlot::PublicNotice, languages),
    };
    if read.notice.is_none() {
        context.elder.complete_step(incident, &mut read);
    }
    read
}
