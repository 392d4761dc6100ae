//! The plan's incident types with their guides.

use super::aid::StepAid;
use super::check;
use super::fields::{Languages, clauses, count, filled, members, words, words_if_any};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use super::lists::choices;
use super::ways;
use crate::config::fault::{Kind, Problem};
use crate::config::limits::{ANSWERS, CONTACTS, NOTES, TextSlot};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{Choice, CountsFrom, IncidentType, Step, UNKNOWN_ANSWER};

/// What an incident type may refer to, and what speaks where it is silent.
pub(super) struct Context<'a> {
    pub(super) elder: FallbackPlan,
    pub(super) languages: &'a Languages,
    pub(super) classes: &'a Ids,
    pub(super) principles: &'a Ids,
    pub(super) roles: &'a Ids,
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
    check::class_of(&one, class.as_ref(), &id);
    let mut guide_ids = GuideIds {
        steps: Ids::new(),
        answers: Ids::new(),
    };
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

/// The ids of one guide.
struct GuideIds {
    steps: Ids,
    /// Of the answers to the questions so far: a step can only name one of those.
    answers: Ids,
}

fn step(mut one: Section<'_>, ids: &mut GuideIds, incident: &str, context: &Context<'_>) -> Step {
    let languages = context.languages;
    let contacts = one
        .optional("contacts")
        .map_or_else(Vec::new, Item::one_or_more);
    count(&one, "contacts", CONTACTS, contacts.len());
    let condition = words_if_any(&mut one, "condition", TextSlot::Condition, languages);
    let only = one
        .optional("only")
        .map_or_else(Vec::new, |item| filled(&item, item.clone().one_or_more()));
    let (unknown, only): (Vec<_>, Vec<_>) = only.into_iter().partition(|item| {
        ids.answers.iter().next().is_some()
            && item.clone().words().as_deref() == Some(UNKNOWN_ANSWER)
    });
    let mut only = ids.answers.all_named(only, Kind::Answer);
    only.extend(unknown.first().map(|_| UNKNOWN_ANSWER.to_owned()));
    let (aid, within) = StepAid::of(&mut one, context.aids);
    let mut read = Step {
        id: ids.steps.claim(&mut one),
        clauses: clauses(&mut one),
        command: words(&mut one, "command", Some(TextSlot::Command), languages),
        detail: words(&mut one, "detail", Some(TextSlot::Detail), languages),
        say: words_if_any(&mut one, "say", TextSlot::Say, languages),
        never_say: words_if_any(&mut one, "never_say", TextSlot::NeverSay, languages),
        counts_from: counts_from(&mut one, condition.is_some(), !only.is_empty()),
        condition,
        only,
        answers: answers(&mut one, &mut ids.answers, languages),
        lasts: one
            .optional("lasts")
            .and_then(Item::flag)
            .unwrap_or_default(),
        source: sources(&mut one),
        contacts: context.roles.all_named(contacts, Kind::Role),
        within,
        notice: words_if_any(&mut one, "notice", TextSlot::PublicNotice, languages),
        vital: false,
        aid: Vec::new(),
        resuscitation: false,
    };
    let known = context.elder.step(incident, &read.id);
    aid.complete(&mut read, known, context.aids);
    if read.is_question() && read.is_follow_up() {
        one.fault("within", Problem::LateQuestion);
    }
    if read.notice.is_none() {
        context.elder.complete_step(incident, &mut read);
    }
    read
}

/// The answers of a step that asks.
fn answers(one: &mut Section<'_>, ids: &mut Ids, languages: &Languages) -> Vec<Choice> {
    let Some(item) = one.optional("answer") else {
        return Vec::new();
    };
    let sections = item.clone().sections();
    if !ANSWERS.contains(&sections.len()) && item.is_list_of_tables() {
        item.fault(Problem::Count {
            least: *ANSWERS.start(),
            most: *ANSWERS.end(),
            count: sections.len(),
        });
    }
    let answer = |mut one: Section<'_>| {
        let id = ids.claim(&mut one);
        if id == UNKNOWN_ANSWER {
            // It stands for a question that was left out.
            one.fault("id", Problem::BadId { id: id.clone() });
        }
        Choice {
            id,
            name: words(&mut one, "name", Some(TextSlot::Answer), languages),
        }
    };
    sections.into_iter().map(answer).collect()
}

/// What the deadline of a step counts from. That of a step with a condition counts from its
/// confirmation, and that of one on the way of all from no answer.
fn counts_from(one: &mut Section<'_>, has_condition: bool, has_answer: bool) -> CountsFrom {
    let answer = ("answer", CountsFrom::Answer);
    let (start, step) = (("start", CountsFrom::Start), ("step", CountsFrom::Step));
    let after = one.optional("after");
    let chosen = match (has_condition, has_answer) {
        (true, _) => after.and_then(|item| item.one_of(&[answer])),
        (false, true) => after.and_then(|item| item.one_of(&[start, step, answer])),
        (false, false) => after.and_then(|item| item.one_of(&[start, step])),
    };
    chosen.unwrap_or_default()
}

/// What a step rests on: one source, or a list.
fn sources(one: &mut Section<'_>) -> Vec<String> {
    let members = one
        .optional("source")
        .map_or_else(Vec::new, |item| filled(&item, item.clone().one_or_more()));
    members.into_iter().filter_map(Item::text).collect()
}
