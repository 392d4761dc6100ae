//! What the staff wrote about an incident on phones of their own: that it is there, never what it says.

use chrono::{DateTime, Utc};

use super::timeline::{Moment, What, Who};
use crate::domain::incident::{Field, IncidentEvent};

/// A note or a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFact {
    /// When it was sent, by the clock as it is set now; none if the stored number is no time.
    pub at: Option<DateTime<Utc>>,
    /// Who sent it.
    pub who: Who,
    /// What it is about.
    pub field: Field,
    /// The id of its content, which lies beside the journal.
    pub content: String,
    /// It was erased since.
    pub is_erased: bool,
}

pub(super) fn of(timeline: &[Moment]) -> Vec<WrittenFact> {
    let erases = |one: &Moment| matches!(one.what, What::Event(IncidentEvent::Erased { .. }));
    let erased = timeline.iter().rposition(erases).unwrap_or(0);
    let facts = timeline.iter().enumerate().filter_map(|(place, one)| {
        let What::Event(IncidentEvent::Written { field, kept, .. }) = &one.what else {
            return None;
        };
        Some(WrittenFact {
            at: one.at,
            who: one.who.clone(),
            field: *field,
            content: kept.content.clone(),
            is_erased: place < erased,
        })
    });
    facts.collect()
}
