//! What the staff did, until an answer from the disk has it.

use chrono::{DateTime, Utc};

use crate::domain::complaint::{Complaint, ComplaintEvent, Exchange};
use crate::domain::ids::{ComplaintId, EntryId};
use crate::domain::inbox::InboxItem;
use crate::service::complaints::ComplaintFile;

/// What was done and may not be in an answer yet.
pub(super) struct Pending {
    pub(super) entry: EntryId,
    pub(super) complaint: ComplaintId,
    pub(super) at: DateTime<Utc>,
    pub(super) event: ComplaintEvent,
    /// Once it is on disk: the first question whose answer has it.
    pub(super) read_from: Option<u64>,
}

impl Pending {
    /// Whether the answer to question `number` may not have it.
    pub(super) fn is_newer_than(&self, number: u64) -> bool {
        self.read_from.is_none_or(|from| number < from)
    }

    /// Brings a complaint of the list up to date.
    pub(super) fn apply_to_matter(&self, matter: &mut InboxItem) {
        apply(&mut matter.complaint, self);
        matter.due = matter.complaint.due();
    }

    /// Brings a file up to date.
    pub(super) fn apply_to_file(&self, file: &mut ComplaintFile) {
        apply(&mut file.complaint, self);
        let line = (self.at, self.event.clone());
        if !file.history.contains(&line) {
            file.history.push(line);
        }
        if matches!(self.event, ComplaintEvent::Erased { .. }) {
            file.words = None;
            file.shut = None;
            for (_, words) in &mut file.added {
                *words = None;
            }
        }
    }
}

/// Applies what was done, unless the answer had it already.
fn apply(complaint: &mut Complaint, done: &Pending) {
    let said = match &done.event {
        ComplaintEvent::Replied {
            words,
            interim: true,
            ..
        } => Some(Exchange::Interim(words.clone())),
        ComplaintEvent::Replied { words, .. } => Some(Exchange::Replied(words.clone())),
        ComplaintEvent::Closed { words, .. } => Some(Exchange::Closed(words.clone())),
        _ => None,
    };
    let moved = matches!(done.event, ComplaintEvent::Extended { .. })
        && complaint.extensions.iter().any(|one| one.at == done.at);
    if !moved && said.is_none_or(|said| !complaint.said.contains(&(done.at, said))) {
        complaint.apply(done.at, &done.event);
    }
}
