//! The plan's hazards and sweeps: what people leave for, and what staff see to meanwhile.

use super::fields::{Languages, clauses, count, filled, optional_list, texts, words};
use super::ids::Ids;
use crate::domain::fault::Kind;
use crate::domain::limits::{HAZARDS, ORDERS, Place, SWEEPS};
use crate::domain::plan::{Hazard, Sweep, Text};
use crate::tables::Section;

pub(super) fn hazards(
    root: &mut Section<'_>,
    incidents: &Ids,
    languages: &Languages,
) -> Vec<Hazard> {
    let sections = optional_list(root, "hazard");
    count(root, "hazard", HAZARDS, sections.len());
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|mut one| Hazard {
            id: ids.claim(&mut one),
            name: words(&mut one, "name", Some(Place::Hazard), languages),
            incident: one
                .optional("incident")
                .and_then(|item| incidents.named(item, Kind::Word)),
            commands: orders(&mut one, languages),
        })
        .collect()
}

fn orders(one: &mut Section<'_>, languages: &Languages) -> Vec<Text> {
    let Some(item) = one.required("command") else {
        return Vec::new();
    };
    filled(&item, texts(&item, ORDERS, Place::Order, languages))
}

pub(super) fn sweeps(root: &mut Section<'_>, languages: &Languages) -> Vec<Sweep> {
    let sections = optional_list(root, "sweep");
    count(root, "sweep", SWEEPS, sections.len());
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|mut one| Sweep {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            command: words(&mut one, "command", Some(Place::Command), languages),
            detail: words(&mut one, "detail", Some(Place::Detail), languages),
        })
        .collect()
}
