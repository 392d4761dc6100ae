//! What the program still holds of the incidents it keeps in mind, whatever becomes of their file:
//! their entries, which go into a journal that is begun in the place of a damaged one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};

use super::codec::{Prepared, Stored};
use super::end::End;
use super::error::StoreError;
use super::projection;
use super::reader::{entries, last};
use super::salvage::RawEntry;
use super::writer::Writer;
use crate::domain::entry::{Event, incident_topic, topic_incident};
use crate::domain::incident::IncidentEvent;
use crate::domain::summary::Summary;
use crate::domain::undo::REOPEN;

/// The entries of the incidents that the tablet keeps in mind ([`Summary::is_live`]), in their
/// order.
#[derive(Debug, Default)]
pub struct Held {
    incidents: Vec<Incident>,
}

#[derive(Debug)]
struct Incident {
    summary: Summary,
    entries: Vec<RawEntry>,
}

impl Held {
    /// Of a journal that can be read.
    fn of(connection: &Connection) -> Result<Self, StoreError> {
        let mut held = Self::default();
        let Some((_, at)) = last(connection)? else {
            return Ok(held);
        };
        for id in projection::live(connection, at - REOPEN.length())? {
            for stored in entries(connection, &incident_topic(&id))? {
                let (at, event) = (stored.time(), stored.event());
                held.put(stored.into(), at, event.as_ref().ok());
            }
        }
        Ok(held)
    }

    /// Takes in what was recorded, and lets go of what nobody can reach any more.
    pub fn take(&mut self, acts: &[Prepared]) {
        for act in acts {
            let draft = act.draft();
            self.put(act.into(), Some(draft.at), Some(&draft.event));
            if let Event::Incident(IncidentEvent::Started { .. }) = draft.event {
                let since = draft.at - REOPEN.length();
                self.incidents.retain(|one| one.summary.is_live(since));
            }
        }
    }

    fn put(&mut self, entry: RawEntry, at: Option<DateTime<Utc>>, event: Option<&Event>) {
        let Some(id) = topic_incident(&entry.topic) else {
            return;
        };
        let event = match event {
            Some(Event::Incident(event)) => Some(event),
            _ => None,
        };
        match self.incidents.iter_mut().find(|one| one.summary.id == id) {
            Some(incident) if incident.entries.iter().any(|one| one.id == entry.id) => {}
            Some(incident) => {
                if let (Some(at), Some(event)) = (at, event) {
                    incident.summary.apply(at, event);
                }
                incident.entries.push(entry);
            }
            None => {
                let begun = at.zip(event);
                let begun = begun.and_then(|(at, event)| Summary::begin(&id, at, event));
                self.incidents.extend(begun.map(|summary| Incident {
                    summary,
                    entries: vec![entry],
                }));
            }
        }
    }

    /// All of it, before any of it was written.
    pub(super) fn waiting(&self) -> Waiting<'_> {
        let incidents = self.incidents.iter().map(|one| {
            let topic = incident_topic(&one.summary.id);
            (topic, one.entries.as_slice())
        });
        Waiting(incidents.collect())
    }
}

/// What is still to be written of what is held.
pub(super) struct Waiting<'a>(HashMap<String, &'a [RawEntry]>);

impl<'a> Waiting<'a> {
    /// What has to be written by the time that another journal's entry `row` is, so that each
    /// incident's entries keep their order: those before it, and itself.
    pub(super) fn until(&mut self, row: &RawEntry) -> &'a [RawEntry] {
        let Some(left) = self.0.get_mut(&row.topic) else {
            return &[];
        };
        let Some(at) = left.iter().position(|one| one.id == row.id) else {
            return &[];
        };
        let (first, rest) = left.split_at(at + 1);
        *left = rest;
        first
    }

    /// The rest, by the moments at which it happened.
    pub(super) fn rest(self) -> Vec<&'a RawEntry> {
        let mut topics: Vec<&[RawEntry]> = self.0.into_values().collect();
        // An incident's own entries stay in their order, whatever the clock said.
        topics.sort_by_key(|entries| entries.first().map(|one| (one.at, one.id.clone())));
        topics.into_iter().flatten().collect()
    }
}

impl Writer {
    /// What has to outlive the file.
    ///
    /// # Errors
    /// [`StoreError::Database`] where that cannot be read.
    pub fn held(&self) -> Result<Held, StoreError> {
        Held::of(&self.connection)
    }

    /// Writes what is held and the journal lacks.
    ///
    /// # Errors
    /// [`StoreError::Database`]; nothing has been written then.
    pub fn restore(&mut self, held: &Held) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut end = End::read(&transaction)?;
        for entry in held.waiting().rest() {
            end.carry(&transaction, entry)?;
        }
        if end.moved {
            end.write(&transaction)?;
            projection::rebuild(&transaction)?;
            transaction.commit()?;
        }
        Ok(())
    }
}

impl From<&Prepared> for RawEntry {
    fn from(act: &Prepared) -> Self {
        let draft = act.draft();
        Self {
            id: draft.id.to_string(),
            at: draft.at.timestamp_millis(),
            actor: draft.actor.clone(),
            topic: draft.topic.clone(),
            kind: act.kind.clone(),
            version: act.version(),
            body: act.body.clone(),
        }
    }
}

impl From<Stored> for RawEntry {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id.to_string(),
            at: stored.at,
            actor: stored.actor,
            topic: stored.topic,
            kind: stored.kind,
            version: stored.version,
            body: stored.body,
        }
    }
}
