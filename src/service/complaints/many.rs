//! What concerns many complaints: pages of the list, groups, and what is past its keeping.

use std::sync::mpsc::channel;

use chrono::{DateTime, Utc};

use super::{ComplaintError, Complaints, GROUP};
use crate::domain::actor::Actor;
use crate::domain::complaint::{Complaint, ComplaintEvent};
use crate::domain::entry::Event;
use crate::domain::ids::{ComplaintId, EntryId};
use crate::domain::inbox::Group;
use crate::domain::keeping::{KEEPING_TOPIC, Keeping, KeepingEvent};
use crate::service::journal::JournalError;
use crate::service::recorder::Act;
use crate::store::reader::{Page, Which};
use crate::store::{Reader, StoreError};
use crate::threads::tell;

impl Complaints {
    /// A page of the list as it stands at `now`: from the complaint number `first` on, at most
    /// `length` of them.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn page(
        &self,
        which: Which,
        now: DateTime<Utc>,
        first: usize,
        length: usize,
    ) -> Result<Page, ComplaintError> {
        Ok(self.read(|reader| reader.inbox(which, now, first, length))?)
    }

    /// Whether every complaint is in the list. What cannot be asked is said by whoever reads it.
    pub fn are_listed(&self) -> bool {
        !matches!(self.read(Reader::growing), Ok(Some(_)))
    }

    /// The complaints that belong to an incident, the newest first, at most `length` of them.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn linked(&self, length: usize) -> Result<Vec<Complaint>, ComplaintError> {
        Ok(self.read(|reader| reader.linked(length))?)
    }

    /// The complaints of a group, the oldest first, at most `length` of them.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn of_group(&self, group: Group, length: usize) -> Result<Vec<Complaint>, ComplaintError> {
        Ok(self.read(|reader| reader.of_group(group, length))?)
    }

    /// The complaints that were done with up to `before` and need not be kept, the oldest first,
    /// at most `length` of them; and how many there are.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn done_before(
        &self,
        before: DateTime<Utc>,
        length: usize,
    ) -> Result<(Vec<Complaint>, usize), ComplaintError> {
        Ok(self.read(|reader| reader.done_before(before, length))?)
    }

    /// Times of the journal's entries after position `seq`, in their order: the latest `length`
    /// of them.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn times_since(
        &self,
        seq: i64,
        length: usize,
    ) -> Result<Vec<DateTime<Utc>>, ComplaintError> {
        Ok(self.read(|reader| reader.times_since(seq, length))?)
    }

    /// Every event about erasing by itself that still matters, with its entry's id and time.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn keeping(&self) -> Result<Keeping, ComplaintError> {
        let mut keeping = Keeping::default();
        for entry in self.read(|reader| reader.entries(KEEPING_TOPIC))? {
            if let (Some(at), Ok(Event::Keeping(event))) = (entry.time(), entry.event()) {
                keeping.apply(&entry.id, at, &event);
            }
        }
        Ok(keeping)
    }

    /// Writes down the days of complaints whose receipts said some that nobody wrote down, as an
    /// older version of the program left them: by the terms in force now. Waits for the disk, a
    /// few of them; says how many, which is none once all are written.
    ///
    /// # Errors
    /// [`ComplaintError::Store`] and [`ComplaintError::Journal`].
    pub fn promise_to_old(&self, at: DateTime<Utc>) -> Result<usize, ComplaintError> {
        let old = self.read(|reader| reader.unpromised(GROUP))?;
        let promised = old.iter().filter_map(|one| {
            let promise = self.promise(one.received)?;
            Some((one.id.clone(), ComplaintEvent::Promised { promise }))
        });
        let promised: Vec<_> = promised.collect();
        let count = promised.len();
        self.record_all(None, promised, at)?;
        Ok(count)
    }

    /// Records what `actor`, or the tablet by itself, did with several complaints at once, and waits
    /// until it is on disk.
    ///
    /// # Errors
    /// [`ComplaintError::Journal`] for the first that was not recorded; the others may be.
    pub fn record_all(
        &self,
        actor: Option<Actor>,
        events: Vec<(ComplaintId, ComplaintEvent)>,
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let acts = events.into_iter();
        let acts = acts.map(|(id, event)| self.act(&id, event, at).by(actor));
        self.wait_for(acts)
    }

    /// Records these acts, and waits until they are on disk.
    pub(super) fn wait_for(&self, acts: impl Iterator<Item = Act>) -> Result<(), ComplaintError> {
        let (reply, answers) = channel();
        for act in acts {
            let reply = reply.clone();
            self.recorder.record_then(act, move |outcome| {
                tell(&reply, outcome.map(drop));
            })?;
        }
        drop(reply);
        let outcomes: Vec<Result<(), StoreError>> = answers.iter().collect();
        outcomes
            .into_iter()
            .collect::<Result<(), StoreError>>()
            .map_err(JournalError::from)?;
        Ok(())
    }

    /// Records something about erasing by itself, which `actor` or the tablet did, and waits until
    /// it is on disk; says its entry's id.
    ///
    /// # Errors
    /// [`ComplaintError::Journal`].
    pub fn note_keeping(
        &self,
        actor: Option<Actor>,
        event: KeepingEvent,
        at: DateTime<Utc>,
    ) -> Result<EntryId, ComplaintError> {
        let act = self.recorder.act_at(at, KEEPING_TOPIC, event).by(actor);
        let id = act.id().clone();
        let (reply, answer) = channel();
        self.recorder.record_then(act, move |outcome| {
            tell(&reply, outcome);
        })?;
        answer
            .recv()
            .map_err(|_| JournalError::Closed)?
            .map_err(JournalError::from)?;
        Ok(id)
    }
}
