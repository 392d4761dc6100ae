//! What people leave for: named, presumed from the incidents, or still to be asked (clause 3.2.2-4b).

use super::incident::Incident;
use super::plan::{EARTHQUAKE, FIRE, Hazard, Plan, UNCLASSIFIED};

/// Whether an evacuation belongs to incidents of this type as soon as there is one.
pub fn is_joined(type_id: &str) -> bool {
    [FIRE, EARTHQUAKE].contains(&type_id)
}

/// The hazard of an evacuation: the one that was named, or that is presumed; else the plan's last
/// one, which stands for any other. None in a plan without hazards.
pub fn hazard<'p>(plan: &'p Plan, incident: &Incident, all: &[Incident]) -> Option<&'p Hazard> {
    named_hazard(plan, incident)
        .or_else(|| presumed_hazard(plan, incident, all))
        .or(plan.hazards.last())
}

/// The hazard of an evacuation as far as the open incidents say so, as long as nobody has named
/// one: what its incident's type says, else a discreet one beside it. With a fight going on, no
/// sign tells where people gather.
pub fn presumed_hazard<'p>(
    plan: &'p Plan,
    incident: &Incident,
    all: &[Incident],
) -> Option<&'p Hazard> {
    said_by(plan, incident).or_else(|| discreet_beside(plan, all))
}

/// The hazard of an evacuation that somebody has named.
pub fn named_hazard<'p>(plan: &'p Plan, incident: &Incident) -> Option<&'p Hazard> {
    let named = incident.evacuation.as_ref()?.hazard.as_deref()?;
    plan.hazard(named)
}

/// Whether an incident is of the type that the hazard named in its evacuation says.
pub fn is_of_named_type(plan: &Plan, incident: &Incident) -> bool {
    named_hazard(plan, incident)
        .is_some_and(|hazard| hazard.incident.as_ref() == Some(&incident.type_id))
}

/// The hazard that an incident's type says.
pub fn said_by<'p>(plan: &'p Plan, incident: &Incident) -> Option<&'p Hazard> {
    let mut hazards = plan.hazards.iter();
    hazards.find(|one| one.incident.as_ref() == Some(&incident.type_id))
}

/// The discreet hazard that an open incident of `all` says, whatever people are leaving for. Where
/// a guide is kept from bystanders' eyes, one of them is who people would flee from.
pub fn discreet_beside<'p>(plan: &'p Plan, all: &[Incident]) -> Option<&'p Hazard> {
    let mut open = all.iter().filter(|one| one.is_open());
    let any = || plan.hazards.iter().find(|one| one.discreet);
    open.find_map(|one| match said_by(plan, one) {
        Some(hazard) => hazard.discreet.then_some(hazard),
        None => plan.incident(&one.type_id)?.discreet.then(any)?,
    })
}

/// Whether somebody still has to say, or may want to correct, what people leave for. A discreet
/// hazard is only presumed, from an incident that is open: there may be a fire as well.
pub fn asks_hazard(incident: &Incident, hazard: Option<&Hazard>) -> bool {
    incident.type_id == UNCLASSIFIED
        || hazard.is_some_and(|one| one.discreet)
        || incident
            .evacuation
            .as_ref()
            .is_some_and(|one| one.hazard.is_some())
}

/// The incident whose guide carries on in an evacuation because of `incident`: another open one of
/// the type that the hazard says, where there is one already; else `incident` itself.
pub fn guided_by<'i>(
    hazard: Option<&Hazard>,
    incident: &'i Incident,
    all: &'i [Incident],
) -> &'i Incident {
    let kind = hazard.and_then(|one| one.incident.as_ref());
    let is_of_kind = |one: &&Incident| one.is_open() && Some(&one.type_id) == kind;
    if is_of_kind(&incident) {
        return incident;
    }
    all.iter().rev().find(is_of_kind).unwrap_or(incident)
}
