//! What the staff write on their own phones: sealed like what customers write, and recorded now or
//! never, so that whoever is told that it was recorded finds it there.

use chrono::{DateTime, Utc};

use super::Link;
use crate::domain::actor::Actor;
use crate::domain::complaint::{ComplaintEvent, Erasure};
use crate::domain::content::ContentRef;
use crate::domain::entry::{Event, incident_topic};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Field, IncidentEvent, Reason};
use crate::domain::phone_link::Thing;
use crate::service::complaints::{ComplaintError, Complaints};
use crate::store::Reader;
use crate::store::content::SideWrite;

/// The most notes that are written by one link.
pub const MOST_NOTES: usize = 100;

/// Something that was written by a link, as far as anybody may know it without the branch's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: DateTime<Utc>,
    /// What it is about; none of a complaint.
    pub field: Option<Field>,
    /// How many characters it has; none where it was erased.
    pub characters: Option<usize>,
}

/// The same with where it lies.
struct Found {
    at: DateTime<Utc>,
    field: Option<Field>,
    content: String,
}

impl Complaints {
    /// Records what somebody wrote by `link` on the page whose form is `form`, or the JPEG of a photo:
    /// that form with the same is recorded once.
    ///
    /// # Errors
    /// [`ComplaintError::Journal`] where the disk did not take it, so that it may be sent again;
    /// [`ComplaintError::Full`]; [`ComplaintError::Unknown`] where there is nothing to write about.
    pub async fn write_down(
        &self,
        link: &Link,
        (form, field): (&str, Field),
        words: &[u8],
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let topic = link.thing.topic();
        if let Thing::Complaint(id) = &link.thing
            && self.complaint(id)?.erased.is_some()
        {
            return Err(ComplaintError::Unknown);
        }
        // One at a time for each form, so that the second sees what became of the first.
        let _turn = self.turns.wait(self.secret.token(form)).await;
        let said = [form.as_bytes(), &[0], words].concat();
        let before = self.read(|reader| found(reader, link))?;
        for one in before.iter().rev() {
            if self.is_known(&topic, &one.content, &said)? {
                return Ok(());
            }
        }
        if before.len() >= MOST_NOTES {
            return Err(ComplaintError::Full);
        }
        let content = self.seal_of_form(&topic, words, &said, at)?;
        let kept = content.kept();
        let event = match &link.thing {
            Thing::Guide(_) | Thing::Record(_) => Event::Incident(IncidentEvent::Written {
                link: link.id.clone(),
                field,
                kept,
            }),
            Thing::Complaint(_) => Event::Complaint(ComplaintEvent::Noted { kept }),
            Thing::Counter => return Err(ComplaintError::Unknown),
        };
        let act = self.recorder.act_at(at, &topic, event);
        let act = act.signed(&link.actor);
        self.offer(act.with(vec![SideWrite::Content(content)]))
            .await
    }

    /// What was written by `link`, the oldest first.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn written_by(&self, link: &Link) -> Result<Vec<Note>, ComplaintError> {
        let mut notes = Vec::new();
        for one in self.read(|reader| found(reader, link))? {
            let trace = self.read(|reader| reader.trace(&one.content))?;
            let length = trace.map(|trace| trace.known.length.unwrap_or(0));
            notes.push(Note {
                at: one.at,
                field: one.field,
                characters: length.map(|length| usize::try_from(length).unwrap_or(0)),
            });
        }
        Ok(notes)
    }

    /// Has what was written about an incident on phones kept, whoever asks for its erasure, or ends that,
    /// without waiting for the disk.
    pub fn hold_written(&self, id: &IncidentId, held: bool, reason: Reason, at: DateTime<Utc>) {
        let event = match held {
            true => IncidentEvent::Held { reason },
            false => IncidentEvent::Released { reason },
        };
        let act = self.recorder.act_at(at, &incident_topic(id), event);
        self.recorder.record(act.by(Actor::SignedIn));
    }

    /// Erases all that was written about an incident on phones, without waiting for the disk; what is on
    /// hold stays as it is.
    pub fn erase_written(&self, id: &IncidentId, why: Erasure, at: DateTime<Utc>) {
        let topic = incident_topic(id);
        let act = self
            .recorder
            .act_at(at, &topic, IncidentEvent::Erased { why })
            .by(Actor::SignedIn);
        self.recorder
            .record(act.with(vec![SideWrite::Erase { topic }]));
    }
}

/// What the journal has of what was written by `link`; of a complaint, by any.
fn found(reader: &Reader, link: &Link) -> Result<Vec<Found>, crate::store::StoreError> {
    let entries = reader.entries(&link.thing.topic())?;
    let found = entries.iter().filter_map(|entry| {
        let (field, ContentRef { content, .. }) = match entry.event().ok()? {
            Event::Incident(IncidentEvent::Written {
                link: by,
                field,
                kept,
            }) if by == link.id => (Some(field), kept),
            Event::Complaint(ComplaintEvent::Noted { kept }) => (None, kept),
            _ => return None,
        };
        Some(Found {
            at: entry.time()?,
            field,
            content,
        })
    });
    Ok(found.collect())
}
