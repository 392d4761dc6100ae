//! One entry of the journal, the only truth: everything else is folded from these.

use chrono::{DateTime, Utc};

use super::calling::CallEvent;
use super::clock::ClockEvent;
use super::complaint::ComplaintEvent;
use super::evacuation::EvacuationEvent;
use super::incident::IncidentEvent;
use super::keeping::KeepingEvent;
use super::person::PeopleEvent;
use super::phone_link::LinkEvent;
use super::plan_event::PlanEvent;
use super::resuscitation::ResuscitationEvent;
use super::review::ReviewEvent;
use super::staff::{PinEvent, StaffEvent};
use crate::domain::ids::{ComplaintId, EntryId, IncidentId};

/// What happened, of any topic. The serde names of the events' variants are the journal's `kind`s.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Which plan is in force.
    Plan(PlanEvent),
    /// Who may do what, and who is on duty.
    People(PeopleEvent),
    /// Something about a link to somebody's own phone.
    Link(LinkEvent),
    /// Something about the review of an incident.
    Review(ReviewEvent),
}

macro_rules! from {
    ($($event:ty => $of:expr),* $(,)?) => { $(
        impl From<$event> for Event {
            fn from(event: $event) -> Self {
                $of(event)
            }
        }
    )* };
}

from! {
    IncidentEvent => Self::Incident,
    CallEvent => |event| Self::Incident(IncidentEvent::Call(event)),
    EvacuationEvent => |event| Self::Incident(IncidentEvent::Evacuation(event)),
    ResuscitationEvent => |event| Self::Incident(IncidentEvent::Resuscitation(event)),
    ComplaintEvent => Self::Complaint,
    StaffEvent => Self::Staff,
    PinEvent => Self::Pin,
    ClockEvent => Self::Clock,
    KeepingEvent => Self::Keeping,
    PlanEvent => Self::Plan,
    PeopleEvent => Self::People,
    LinkEvent => Self::Link,
    ReviewEvent => Self::Review,
}

impl Event {
    /// Version of the body that is written of it today; the older ones are read for ever.
    pub fn version(&self) -> u32 {
        match self {
            // The first counted a role's numbers from 0, while calls counted them from 1.
            Self::Staff(_) => 2,
            Self::Incident(_)
            | Self::Complaint(_)
            | Self::Pin(_)
            | Self::Clock(_)
            | Self::Keeping(_)
            | Self::Plan(_)
            | Self::People(_)
            | Self::Link(_)
            | Self::Review(_) => 1,
        }
    }
}

/// What an act becomes at once, before the disk has seen it: it has its identity and its time,
/// and is applied to the state on the screen as pending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its identity.
    pub id: EntryId,
    /// When it happened, UTC, to the millisecond.
    pub at: DateTime<Utc>,
    /// Who did it, as `domain::actor` writes it; none where a customer or the program did.
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
pub fn incident_topic(id: &IncidentId) -> String {
    format!("incident:{id}")
}

/// The incident that a topic names, if it names one.
pub fn topic_incident(topic: &str) -> Option<IncidentId> {
    topic.strip_prefix("incident:").map(IncidentId::from)
}

/// The topic of a complaint.
pub fn complaint_topic(id: &ComplaintId) -> String {
    format!("complaint:{id}")
}

/// The complaint that a topic names, if it names one.
pub fn topic_complaint(topic: &str) -> Option<ComplaintId> {
    topic.strip_prefix("complaint:").map(ComplaintId::from)
}

/// The topic of the review of an incident.
pub fn review_topic(id: &IncidentId) -> String {
    format!("review:{id}")
}

/// The incident whose review a topic names, if it names one.
pub fn topic_review(topic: &str) -> Option<IncidentId> {
    topic.strip_prefix("review:").map(IncidentId::from)
}
