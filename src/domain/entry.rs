//! One entry of the journal, the only truth: everything else is folded from these.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::clock::ClockEvent;
use super::complaint::ComplaintEvent;
use super::incident::IncidentEvent;
use super::keeping::KeepingEvent;
use super::staff::{PinEvent, StaffEvent};

/// What happened, of any topic. The variant's serde names are the journal's `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// Something about an incident.
    Incident(IncidentEvent),
    /// Something about a complaint.
    Complaint(ComplaintEvent),
    /// Something that somebody of the staff did on the tablet.
    Staff(StaffEvent),
    /// Which PIN the staff have.
    Pin(PinEvent),
    /// Something about the clock that stamps the entries.
    Clock(ClockEvent),
    /// Something about erasing by itself what is past its keeping.
    Keeping(KeepingEvent),
}

impl From<ComplaintEvent> for Event {
    fn from(event: ComplaintEvent) -> Self {
        Self::Complaint(event)
    }
}

/// Version of the bodies written today; a reader keeps understanding the older ones.
pub const BODY_VERSION: u32 = 1;

/// What an act becomes at once, before the disk has seen it: it has its identity and its time,
/// and is applied to the state on the screen as pending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// UUIDv7, hyphenated lower case.
    pub id: String,
    /// When it happened, UTC, to the millisecond.
    pub at: DateTime<Utc>,
    /// Who did it, where anybody is signed in.
    pub actor: Option<String>,
    /// What it is about, such as `incident:0199…`.
    pub topic: String,
    /// What happened.
    pub event: Event,
}

/// An entry as the journal holds it for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position in this device's journal, from 1, without gaps.
    pub seq: i64,
    /// The act itself.
    pub draft: Draft,
}

/// The topic of an incident.
pub fn incident_topic(id: &str) -> String {
    format!("incident:{id}")
}

/// The incident that a topic names, if it names one.
pub fn topic_incident(topic: &str) -> Option<&str> {
    topic.strip_prefix("incident:")
}

/// The topic of a complaint.
pub fn complaint_topic(id: &str) -> String {
    format!("complaint:{id}")
}

/// The complaint that a topic names, if it names one.
pub fn topic_complaint(topic: &str) -> Option<&str> {
    topic.strip_prefix("complaint:")
}
