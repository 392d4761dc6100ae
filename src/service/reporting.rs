//! What a report of one incident is made from, gathered from the journal beside a running kiosk.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::in_force::Current;
use super::records::{Line, Record, Records};
use crate::domain::entry::Event;
use crate::domain::incident::IncidentEvent;
use crate::domain::plan::Plan;
use crate::domain::report::{Report, Source, SourceEntry, Unread};
use crate::store::{StoreError, Unreadable};

/// Gathers the report of the incident whose number begins with `prefix`, as things stand at `now`.
/// Where it was made by a plan that is no longer in force, that one is taken from the journal and
/// read by `read_plan`.
///
/// # Errors
/// [`StoreError::NoSuchIncident`], [`StoreError::Ambiguous`], [`StoreError::Database`].
pub fn report(
    records: &Records,
    prefix: &str,
    in_force: &Current,
    read_plan: &dyn Fn(&str) -> Plan,
    now: DateTime<Utc>,
) -> Result<Report, StoreError> {
    let Record {
        incident,
        device,
        lines,
    } = records.show(prefix)?;
    let complaints = match records.joined_to(&incident.id) {
        Ok(joined) => Some(joined.into_iter().map(|one| (one.id, one.about)).collect()),
        Err(StoreError::Growing) => None,
        Err(error) => return Err(error),
    };
    let entries: Vec<SourceEntry> = lines.into_iter().map(source).collect();
    let mut noted = None;
    let mut kept: HashMap<String, Plan> = HashMap::new();
    for entry in &entries {
        let digest = match &entry.event {
            Ok(IncidentEvent::Started { plan, digest, .. }) => {
                noted = Some(plan.clone());
                digest
            }
            Ok(IncidentEvent::Retyped { digest, .. }) => digest,
            _ => continue,
        };
        let other = digest.as_ref().filter(|one| **one != in_force.plan_digest);
        if let Some(digest) = other
            && let Some(text) = records.plan_text(digest)?
        {
            kept.insert(digest.clone(), read_plan(&text));
        }
    }
    let plan_in_force = &*in_force.plan;
    let plan_of = |digest: Option<&str>| match digest {
        Some(digest) if digest == in_force.plan_digest => Some(plan_in_force),
        Some(digest) => kept.get(digest),
        // An older program noted the day of the revision alone.
        None => {
            let same = noted.as_deref() == Some(&*plan_in_force.revision.to_string());
            same.then_some(plan_in_force)
        }
    };
    let review = records.review_fact(&incident.id)?;
    Ok(Report::of(&Source {
        review,
        incident: &incident,
        device: &device,
        entries: &entries,
        plan_of: &plan_of,
        complaints,
        now,
    }))
}

fn source(line: Line) -> SourceEntry {
    let event = match line.event {
        Ok(Event::Incident(event)) => Ok(event),
        // Nothing else is noted under an incident's topic.
        Ok(_) => Err(Unread::Spoiled),
        Err(Unreadable::Unknown) => Err(Unread::Newer),
        Err(Unreadable::Malformed(_)) => Err(Unread::Spoiled),
    };
    SourceEntry {
        seq: line.seq,
        id: line.id,
        at: line.at,
        actor: line.actor,
        kind: line.kind,
        event,
        digest: line.digest,
        is_sound: line.is_sound,
    }
}
