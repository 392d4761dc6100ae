//! The plan's lists beside the incident types.

use super::fields::{Languages, clauses, count, required_list, texts, words};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use crate::config::fault::{Kind, Problem};
use crate::config::limits::{ASK, EVERY_DAYS, OUTCOMES, TextSlot};
use crate::config::toml_reader::{Item, Section};
use crate::domain::phone;
use crate::domain::plan::{Choice, Class, Duty, Group, Outcome, Phase, Principle, Role, Supply};

pub(super) fn classes(root: &mut Section<'_>, languages: &Languages) -> (Vec<Class>, Ids) {
    let mut ids = Ids::new();
    let classes = required_list(root, "class")
        .into_iter()
        .map(|mut one| Class {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            name: words(&mut one, "name", Some(TextSlot::ClassName), languages),
        })
        .collect();
    (classes, ids)
}

pub(super) fn principles(root: &mut Section<'_>, languages: &Languages) -> (Vec<Principle>, Ids) {
    let mut ids = Ids::new();
    let principles = required_list(root, "principle")
        .into_iter()
        .map(|mut one| Principle {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            name: words(&mut one, "name", Some(TextSlot::PrincipleName), languages),
            meaning: words(&mut one, "meaning", None, languages),
        })
        .collect();
    (principles, ids)
}

pub(super) fn roles(
    root: &mut Section<'_>,
    elder: FallbackPlan,
    languages: &Languages,
) -> (Vec<Role>, Ids) {
    let mut ids = Ids::new();
    let read: Vec<(Role, Option<Item<'_>>)> = required_list(root, "role")
        .into_iter()
        .map(|mut one| {
            let next = one.optional("next");
            (role(one, &mut ids, elder, languages), next)
        })
        .collect();
    let roles = read
        .into_iter()
        .map(|(mut role, next)| {
            role.next = match next {
                Some(next) => above(next, &role.id, &ids),
                None => elder.next_of(&role.id).filter(|id| ids.has(id)),
            };
            role
        })
        .collect();
    (roles, ids)
}

/// Who stands above a role: one of the plan's roles, another one than itself; nobody where that is
/// left empty.
fn above(next: Item<'_>, role: &str, ids: &Ids) -> Option<String> {
    let name = next.clone().words()?;
    if name.is_empty() {
        return None;
    }
    let id = ids.named(next, Kind::Role)?;
    (id != role).then_some(id)
}

const GROUPS: [(&str, Group); 4] = [
    ("now", Group::Now),
    ("people", Group::People),
    ("partners", Group::Partners),
    ("regulator", Group::Regulator),
];

fn role(mut one: Section<'_>, ids: &mut Ids, elder: FallbackPlan, languages: &Languages) -> Role {
    let (group, ask, report) = (
        one.optional("group"),
        one.optional("ask"),
        one.optional("report"),
    );
    let is_silent = group.is_none() && ask.is_none() && report.is_none();
    let mut role = Role {
        id: ids.claim(&mut one),
        name: words(&mut one, "name", Some(TextSlot::RoleName), languages),
        when: words(&mut one, "when", Some(TextSlot::RoleWhen), languages),
        number: one.optional("number").and_then(number),
        public: one
            .optional("public")
            .and_then(Item::flag)
            .unwrap_or_default(),
        group: group
            .and_then(|item| item.one_of(&GROUPS))
            .unwrap_or_default(),
        ask: ask.map_or_else(Vec::new, |item| texts(&item, ASK, TextSlot::Ask, languages)),
        report: report.and_then(Item::flag).unwrap_or_default(),
        next: None,
    };
    if is_silent {
        elder.complete_role(&mut role);
    }
    role
}

fn number(item: Item<'_>) -> Option<String> {
    let number = item.clone().text()?;
    let Ok(reading) = phone::read(&number) else {
        item.fault(Problem::BadNumber { number });
        return None;
    };
    Some(reading.shown)
}

/// A list of chips.
pub(super) fn choices(
    sections: Vec<Section<'_>>,
    place: TextSlot,
    languages: &Languages,
) -> Vec<Choice> {
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|mut one| Choice {
            id: ids.claim(&mut one),
            name: words(&mut one, "name", Some(place), languages),
        })
        .collect()
}

const PHASES: [(&str, Phase); 5] = [
    ("before", Phase::Before),
    ("during", Phase::During),
    ("after", Phase::After),
    ("resources", Phase::Resources),
    ("upkeep", Phase::Upkeep),
];

pub(super) fn duties(root: &mut Section<'_>, languages: &Languages) -> Vec<Duty> {
    let mut ids = Ids::new();
    root.sections("duty")
        .into_iter()
        .map(|mut one| Duty {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            phase: one
                .required("phase")
                .and_then(|item| item.one_of(&PHASES))
                .unwrap_or(Phase::Before),
            name: words(&mut one, "name", None, languages),
            detail: words(&mut one, "detail", None, languages),
            every_days: one
                .optional("every_days")
                .and_then(|item| item.number(EVERY_DAYS))
                .and_then(|days| u32::try_from(days).ok()),
        })
        .collect()
}

pub(super) fn outcomes(root: &mut Section<'_>, languages: &Languages) -> (Vec<Outcome>, Ids) {
    let mut ids = Ids::new();
    let sections = required_list(root, "outcome");
    count(root, "outcome", OUTCOMES, sections.len());
    let outcome = |mut one: Section<'_>| Outcome {
        choice: Choice {
            id: ids.claim(&mut one),
            name: words(&mut one, "name", Some(TextSlot::Outcome), languages),
        },
        owes_nothing: one
            .optional("owes_nothing")
            .and_then(Item::flag)
            .unwrap_or_default(),
    };
    (sections.into_iter().map(outcome).collect(), ids)
}

pub(super) fn supplies(root: &mut Section<'_>, languages: &Languages) -> Vec<Supply> {
    let mut ids = Ids::new();
    root.sections("supply")
        .into_iter()
        .map(|mut one| Supply {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            name: words(&mut one, "name", None, languages),
            ready: words(&mut one, "ready", None, languages),
        })
        .collect()
}
