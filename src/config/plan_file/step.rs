//! One step of a guide.

use super::aid::StepAid;
use super::fields::{Languages, clauses, count, filled, words, words_if_any};
use super::ids::Ids;
use super::incident::Context;
use crate::config::fault::{Kind, Problem};
use crate::config::limits::{ANSWERS, CONTACTS, TextSlot};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{
    Alone, AloneWords, Choice, CountsFrom, DoneBy, Step, UNKNOWN_ANSWER, Until,
};

/// The ids of one guide.
pub(super) struct GuideIds {
    pub(super) steps: Ids,
    /// Of the answers to the questions so far: a step can only name one of those.
    pub(super) answers: Ids,
}

impl GuideIds {
    /// Of a guide that begins.
    pub(super) fn new() -> Self {
        Self {
            steps: Ids::new(),
            answers: Ids::new(),
        }
    }

    /// Those answers to the questions so far that `one` names as what it depends on.
    pub(super) fn only(&self, one: &mut Section<'_>) -> Vec<String> {
        let only = one
            .optional("only")
            .map_or_else(Vec::new, |item| filled(&item, item.clone().one_or_more()));
        let (unknown, only): (Vec<_>, Vec<_>) = only.into_iter().partition(|item| {
            self.answers.iter().next().is_some()
                && item.clone().words().as_deref() == Some(UNKNOWN_ANSWER)
        });
        let mut only = self.answers.all_named(only, Kind::Answer);
        only.extend(unknown.first().map(|_| UNKNOWN_ANSWER.to_owned()));
        only
    }
}

/// Reads a step of the type `incident`.
pub(super) fn step(
    mut one: Section<'_>,
    ids: &mut GuideIds,
    incident: &str,
    context: &Context<'_>,
) -> Step {
    let languages = context.languages;
    let contacts = one
        .optional("contacts")
        .map_or_else(Vec::new, Item::one_or_more);
    count(&one, "contacts", CONTACTS, contacts.len());
    let condition = words_if_any(&mut one, "condition", TextSlot::Condition, languages);
    let only = ids.only(&mut one);
    let (aid, within) = StepAid::of(&mut one, context.aids);
    let said_alone = one.optional("alone");
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
        lasts: flag(&mut one, "lasts"),
        by: one
            .optional("by")
            .and_then(|item| context.crew.named(item, Kind::Crew)),
        alone: alone(said_alone.clone(), languages),
        approval: flag(&mut one, "approval"),
        done_by: one
            .optional("done_by")
            .and_then(|item| item.one_of(&DONE_BY)),
        until: one.optional("until").and_then(|item| item.one_of(&UNTIL)),
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
    let is_for_all = read.is_question() || read.vital || read.is_follow_up();
    if let Some(item) = said_alone.filter(|_| is_for_all && read.alone == Alone::LeftOut) {
        // Nobody alone would get beyond the question, save the life, or write the record.
        item.fault(Problem::AloneSkips);
    }
    if read.notice.is_none() {
        context.elder.complete_step(incident, &mut read);
    }
    read
}

/// What else can do a step.
const DONE_BY: [(&str, DoneBy); 5] = [
    ("call", DoneBy::Call),
    ("evacuation", DoneBy::Evacuation),
    ("all-clear", DoneBy::AllClear),
    ("head-count", DoneBy::HeadCount),
    ("aed", DoneBy::Aed),
];

/// What makes a step fall away.
const UNTIL: [(&str, Until); 2] = [("out", Until::Out), ("taken-over", Until::TakenOver)];

fn flag(one: &mut Section<'_>, key: &str) -> bool {
    one.optional(key).and_then(Item::flag).unwrap_or_default()
}

/// How a step reads for somebody who is alone: `"skip"`, or words of its own.
fn alone(item: Option<Item<'_>>, languages: &Languages) -> Alone {
    let Some(item) = item else {
        return Alone::Same;
    };
    if !item.is_table() {
        let left_out = item.one_of(&[("skip", ())]);
        return left_out.map_or(Alone::Same, |()| Alone::LeftOut);
    }
    let Some(mut table) = item.section() else {
        return Alone::Same;
    };
    Alone::Reads(Box::new(AloneWords {
        command: words(&mut table, "command", Some(TextSlot::Command), languages),
        detail: words(&mut table, "detail", Some(TextSlot::Detail), languages),
        say: words_if_any(&mut table, "say", TextSlot::Say, languages),
    }))
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
