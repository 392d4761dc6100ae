//! What must hold of the plan as a whole, beyond each value by itself.

use super::fields::count;
use super::ids::Ids;
use crate::config::fault::Problem;
use crate::config::limits::{BEHIND, CONTACTS, FOLLOW_UPS, STEPS, TYPES_A_CLASS};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{FIRE, IncidentType, Step, UNCLASSIFIED};

/// The types that stand beside the classes, with buttons of their own.
const BESIDE: [&str; 2] = [FIRE, UNCLASSIFIED];

/// Every type has a class, except those that stand beside the classes, or behind one of these.
pub(super) fn class_of(
    incident: &Section<'_>,
    class: Option<&Item<'_>>,
    id: &str,
    is_behind: bool,
) {
    let is_beside = is_behind || BESIDE.contains(&id);
    match class {
        Some(class) if is_beside => {
            class.fault(Problem::ClassNotAllowed { id: id.to_owned() });
        }
        // Without an id nobody knows which kind of type this is.
        None if !is_beside && !id.is_empty() => {
            incident.fault("class", Problem::Missing);
        }
        _ => {}
    }
}

/// A guide has enough steps, not too many, and something to do at once.
pub(super) fn guide(incident: &Section<'_>, steps: &[Step]) {
    if steps.iter().any(Step::is_question) {
        // Each of its ways is counted by itself.
        return;
    }
    let on_the_spot = steps.iter().filter(|step| !step.is_follow_up()).count();
    let (least, most) = STEPS.into_inner();
    let wrong = if on_the_spot > most {
        Some((on_the_spot, most))
    } else if steps.len() > most + FOLLOW_UPS {
        Some((steps.len(), most + FOLLOW_UPS))
    } else {
        (steps.len() < least).then_some((steps.len(), most))
    };
    if let Some((count, most)) = wrong {
        incident.fault("step", Problem::StepCount { least, most, count });
    }
    if !steps.is_empty() && steps.iter().all(Step::is_follow_up) {
        incident.fault("step", Problem::NoOrdinaryStep);
    }
}

/// With the cards that a guide keeps in sight, no step has more of them than there is room for.
pub(super) fn cards(incident: &Section<'_>, cards: &[String], steps: &[Step]) {
    let with = |step: &Step| {
        let more = cards.iter().filter(|role| !step.contacts.contains(role));
        step.contacts.len() + more.count()
    };
    let most = steps.iter().map(with).max().unwrap_or_default();
    count(incident, "cards", CONTACTS, most);
}

/// The types that the board needs are there, and every class fits its column.
pub(super) fn board(
    root: &Section<'_>,
    classes: &Ids,
    incidents: &[IncidentType],
    incident_ids: &Ids,
) {
    // A type whose id or class could not be read would be missed here as well.
    if !incident_ids.is_complete() || incidents.is_empty() {
        return;
    }
    for id in BESIDE {
        if !incident_ids.has(id) {
            root.fault("incident", Problem::MissingIncident { id: id.to_owned() });
        }
    }
    // Where a type's class is no class, another class may only seem to be empty.
    let all_placed = incidents
        .iter()
        .all(|one| one.class.is_some() || one.behind || BESIDE.contains(&one.id.as_str()));
    let behind = incidents.iter().filter(|one| one.behind).count();
    count(root, "incident", BEHIND, behind);
    for class in classes.iter() {
        let count = incidents
            .iter()
            .filter(|one| one.class.as_ref() == Some(&class.id))
            .count();
        if count > TYPES_A_CLASS || (count == 0 && all_placed) {
            let problem = Problem::ClassSize {
                most: TYPES_A_CLASS,
                count,
            };
            root.report().add(&class.table, problem);
        }
    }
}
