//! The plan's hazards and sweeps: what people leave for, and what staff see to meanwhile.

use std::ops::RangeInclusive;

use super::fields::{Languages, clauses, count, filled, optional_list, texts, words, words_if_any};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use crate::config::fault::Kind;
use crate::config::limits::{HAZARDS, ORDERS, STAFF_ORDERS, SWEEPS, TextSlot};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{Hazard, IncidentType, Sweep, Text};

pub(super) fn hazards(
    root: &mut Section<'_>,
    elder: FallbackPlan,
    incidents: (&[IncidentType], &Ids),
    languages: &Languages,
) -> Vec<Hazard> {
    let sections = optional_list(root, "hazard");
    count(root, "hazard", HAZARDS, sections.len());
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|one| hazard(one, &mut ids, elder, incidents, languages))
        .collect()
}

fn hazard(
    mut one: Section<'_>,
    ids: &mut Ids,
    elder: FallbackPlan,
    (incidents, incident_ids): (&[IncidentType], &Ids),
    languages: &Languages,
) -> Hazard {
    let (discreet, no_codes, staff) = (
        one.optional("discreet"),
        one.optional("no_codes"),
        one.optional("staff_command"),
    );
    let mut hazard = Hazard {
        id: ids.claim(&mut one),
        name: words(&mut one, "name", Some(TextSlot::Hazard), languages),
        incident: one
            .optional("incident")
            .and_then(|item| incident_ids.named(item, Kind::Word)),
        commands: one
            .required("command")
            .map_or_else(Vec::new, |item| orders(&item, ORDERS, languages)),
        public_name: words_if_any(&mut one, "public_name", TextSlot::Hazard, languages),
        staff_commands: staff
            .as_ref()
            .map_or_else(Vec::new, |item| orders(item, STAFF_ORDERS, languages)),
        discreet: discreet.clone().and_then(Item::flag).unwrap_or_default(),
        no_codes: no_codes.clone().and_then(Item::flag).unwrap_or_default(),
        sweeps: sweeps(&mut one, languages),
    };
    let is_silent =
        discreet.is_none() && no_codes.is_none() && staff.is_none() && hazard.public_name.is_none();
    if is_silent {
        elder.complete_hazard(&mut hazard, incidents);
    }
    elder.complete_public_name(&mut hazard);
    if hazard.withholds_codes() {
        elder.complete_sweeps(&mut hazard);
    }
    hazard
}

fn orders(item: &Item<'_>, range: RangeInclusive<usize>, languages: &Languages) -> Vec<Text> {
    filled(item, texts(item, range, TextSlot::Order, languages))
}

/// The sweeps of the whole plan, or of one hazard.
pub(super) fn sweeps(parent: &mut Section<'_>, languages: &Languages) -> Vec<Sweep> {
    let sections = optional_list(parent, "sweep");
    count(parent, "sweep", SWEEPS, sections.len());
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|mut one| Sweep {
            id: ids.claim(&mut one),
            clauses: clauses(&mut one),
            command: words(&mut one, "command", Some(TextSlot::Command), languages),
            detail: words(&mut one, "detail", Some(TextSlot::Detail), languages),
        })
        .collect()
}
