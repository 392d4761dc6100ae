//! Customers' complaints: taking them in, following them up, handling and erasing them. Used by
//! the pages' thread and the tablet's alike, so that it can be shared between threads.

mod file;
mod many;
mod opening;
mod sealing;
mod written;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio::sync::oneshot;

use super::journal::JournalError;
use super::receipts::{Secret, SlowHashes};
use super::recorder::{Act, Recorder};
use super::seals::Seals;
use super::turns::Turns;
use crate::config::limits::{ADDITION_CHARACTERS, ADDITIONS};
use crate::config::settings::Settings;
use crate::domain::actor::Actor;
use crate::domain::complaint::{Complaint, ComplaintEvent, Exchange, Promise, Terms};
use crate::domain::entry::{Event, complaint_topic};
use crate::domain::ids::{ComplaintId, EntryId};
use crate::seal::{BranchKey, SealError};
use crate::store::content::SideWrite;
use crate::store::reader::contents::Opened;
use crate::store::{Reader, StoreError};

pub use file::{ComplaintError, ComplaintFile, ComplaintText, Taken};
pub use opening::Openings;
pub use written::Written;

/// How many complaints are recorded at once, so that an act on an incident never waits long.
pub const GROUP: usize = 100;

/// The complaints of a data directory.
pub struct Complaints {
    data: PathBuf,
    pub(super) recorder: Arc<Recorder>,
    reader: Mutex<Reader>,
    pub(super) secret: Secret,
    pub(super) seals: Seals,
    pub(super) slow: SlowHashes,
    pub(super) turns: Turns,
    /// What receipts promise from now on, and on which clock.
    terms: RwLock<(Terms, Tz)>,
}

impl Complaints {
    /// The complaints in the data directory `data`, whose entries `recorder` makes.
    ///
    /// # Errors
    /// [`ComplaintError::Store`] if the journal cannot be read, or has no secret yet because it
    /// could not be opened for writing; [`ComplaintError::Thread`].
    pub fn open(data: &Path, recorder: Arc<Recorder>) -> Result<Arc<Self>, ComplaintError> {
        let reader = Reader::open(data)?;
        let secret = reader.secret()?.ok_or_else(|| StoreError::NoDirectory {
            path: data.to_owned(),
        })?;
        let secret = Secret::new(secret);
        let writer = recorder.journal().clone();
        let upgrade_receipt_hash = Box::new(move |topic, hash| {
            #[expect(
                clippy::unused_result_ok,
                reason = "while the program ends, the quick hash stays until somebody asks for the number"
            )]
            writer.upgrade_receipt_hash(topic, hash).ok();
        });
        let slow = SlowHashes::start(secret, upgrade_receipt_hash)
            .map_err(|error| ComplaintError::Thread(error.to_string()))?;
        Ok(Arc::new(Self {
            data: data.to_owned(),
            recorder,
            reader: Mutex::new(reader),
            secret,
            seals: Seals::of(data),
            slow,
            turns: Turns::default(),
            terms: RwLock::new(terms_of(&Settings::default())),
        }))
    }

    /// Receipts promise what these settings say from now on. What was promised stays.
    pub fn follow(&self, settings: &Settings) {
        let mut terms = self.terms.write().unwrap_or_else(PoisonError::into_inner);
        *terms = terms_of(settings);
    }

    /// What is promised for a complaint received at `at`.
    pub(super) fn promise(&self, at: DateTime<Utc>) -> Option<Promise> {
        let terms = self.terms.read().unwrap_or_else(PoisonError::into_inner);
        Promise::of(at, &terms.0, &terms.1)
    }

    /// Position and time of the journal's last entry.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn last_entry(&self) -> Result<Option<(i64, DateTime<Utc>)>, ComplaintError> {
        Ok(self.read(Reader::last)?)
    }

    /// Bytes free on the disk of the data directory; none where the system does not tell.
    pub fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(&self.data).ok()
    }

    /// Asks the journal. Where what lies there cannot be read, its writer is told, so that it is
    /// mended for whoever asks next.
    pub(super) fn read<T>(
        &self,
        ask: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let answer = ask(&self.reader());
        if answer.as_ref().is_err_and(StoreError::is_misread) {
            self.recorder.journal().mend();
        }
        answer
    }

    fn reader(&self) -> MutexGuard<'_, Reader> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        // Another file may have taken the place of the one that was open.
        reader.refresh();
        reader
    }

    /// Adds what the customer writes later. The same words as the last ones are taken for a form
    /// sent twice.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] once it was erased; [`ComplaintError::Full`] where it holds as
    /// much as it can; [`ComplaintError::Journal`] and [`ComplaintError::Store`].
    pub async fn add(
        &self,
        id: &ComplaintId,
        words: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let topic = complaint_topic(id);
        // One at a time for each complaint: however many come at once, no more fit in. No form's
        // token looks like a topic.
        let _turn = self.turns.wait(self.secret.token(&topic)).await;
        let complaint = self.complaint(id)?;
        if complaint.erased.is_some() {
            return Err(ComplaintError::Unknown);
        }
        let last = complaint
            .said
            .iter()
            .rev()
            .find_map(|(_, said)| match said {
                Exchange::Added(content) => Some(content.clone()),
                _ => None,
            });
        if let Some(last) = last
            && self.is_known(&topic, &last, words.as_bytes())?
        {
            return Ok(());
        }
        if !self.has_room(&complaint, words)? {
            return Err(ComplaintError::Full);
        }
        self.offer(self.addition(&topic, words, at)?).await
    }

    /// What is recorded of words that its writer adds to a complaint.
    fn addition(&self, topic: &str, words: &str, at: DateTime<Utc>) -> Result<Act, ComplaintError> {
        let content = self.seal(topic, words.as_bytes(), at)?;
        let event = ComplaintEvent::Added {
            kept: content.kept(),
        };
        let act = self.recorder.act_at(at, topic, event);
        Ok(act.with(vec![SideWrite::Content(content)]))
    }

    /// Adds what the customer wrote in an invented history at `at`, without waiting for the disk.
    ///
    /// # Errors
    /// [`ComplaintError::Seal`].
    pub(super) fn add_past(
        &self,
        id: &ComplaintId,
        words: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let act = self.addition(&complaint_topic(id), words, at)?;
        self.recorder.record(act);
        Ok(())
    }

    /// Where the complaint stands.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] and [`ComplaintError::Store`].
    pub fn complaint(&self, id: &ComplaintId) -> Result<Complaint, ComplaintError> {
        self.known(id)?.ok_or(ComplaintError::Unknown)
    }

    /// The complaint as the list has it, or by its entries where the list cannot be read: it is
    /// being mended then, and nobody is turned away meanwhile.
    fn known(&self, id: &ComplaintId) -> Result<Option<Complaint>, StoreError> {
        match self.read(|reader| reader.complaint(id)) {
            Err(why) if why.is_misread() => self.read(|reader| reader.by_entries(id)),
            listed => listed,
        }
    }

    /// Every complaint, the newest first.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn list(&self) -> Result<Vec<Complaint>, ComplaintError> {
        Ok(self.read(Reader::complaints)?)
    }

    /// The complaint with everything that was written about it, as far as it can be read now: what
    /// is sealed stays so until [`Seals::unlock`].
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] and [`ComplaintError::Store`].
    pub fn file(&self, id: &ComplaintId) -> Result<ComplaintFile, ComplaintError> {
        let complaint = self.complaint(id)?;
        let key = self.seals.key();
        Ok(self.read(|reader| Self::file_in(reader, complaint, &key))?)
    }

    /// Who may read what customers wrote.
    pub fn seals(&self) -> &Seals {
        &self.seals
    }

    fn file_in(
        reader: &Reader,
        complaint: Complaint,
        key: &Result<Arc<BranchKey>, SealError>,
    ) -> Result<ComplaintFile, StoreError> {
        let mut is_sealed = false;
        let mut read = |content: &str| -> Result<Option<Vec<u8>>, StoreError> {
            let opened = reader.content(content, key.as_deref().ok())?;
            is_sealed |= opened == Some(Opened::Sealed);
            Ok(opened.and_then(Opened::words))
        };
        let words = read(&complaint.content)?;
        let words = words.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut added = Vec::new();
        for (_, said) in &complaint.said {
            if let Exchange::Added(content) = said {
                let words = read(content)?;
                let words = words.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                added.push((content.clone(), words));
            }
        }
        let entries = reader.entries(&complaint_topic(&complaint.id))?;
        let history = entries.iter().filter_map(|entry| match entry.event() {
            Ok(Event::Complaint(event)) => Some((entry.time()?, event)),
            _ => None,
        });
        let history: Vec<(DateTime<Utc>, ComplaintEvent)> = history.collect();
        for (_, event) in &history {
            if let ComplaintEvent::Noted { kept } = event {
                let words = read(&kept.content)?;
                let words = words.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                added.push((kept.content.clone(), words));
            }
        }
        Ok(ComplaintFile {
            complaint,
            words,
            added,
            history,
            shut: key.as_ref().err().filter(|_| is_sealed).cloned(),
        })
    }

    /// Records what the staff did with a complaint, without waiting for the disk; says the id of
    /// the entry, by which a notice will tell what became of it.
    pub fn handle(&self, id: &ComplaintId, event: ComplaintEvent, at: DateTime<Utc>) -> EntryId {
        let act = self.act(id, event, at).by(Actor::SignedIn);
        let entry = act.id().clone();
        self.recorder.record(act);
        entry
    }

    /// What is done with a complaint, and what that takes with it.
    fn act(&self, id: &ComplaintId, event: ComplaintEvent, at: DateTime<Utc>) -> Act {
        let topic = complaint_topic(id);
        let beside = match event {
            ComplaintEvent::Erased { .. } => vec![SideWrite::Erase {
                topic: topic.clone(),
            }],
            _ => Vec::new(),
        };
        self.recorder.act_at(at, &topic, event).with(beside)
    }

    /// Whether `words` can be added to what its writer has added before.
    fn has_room(&self, complaint: &Complaint, words: &str) -> Result<bool, ComplaintError> {
        let added = complaint.said.iter().filter_map(|(_, said)| match said {
            Exchange::Added(content) => Some(content),
            _ => None,
        });
        let (mut count, mut characters) = (1, words.chars().count());
        for content in added {
            count += 1;
            if count > ADDITIONS {
                return Ok(false);
            }
            characters += self.length(content)?;
        }
        Ok(characters <= ADDITION_CHARACTERS)
    }

    /// Recorded now or never: who sent it is told, and may send it again.
    pub(in crate::service) async fn offer(&self, act: Act) -> Result<(), ComplaintError> {
        let (reply, answer) = oneshot::channel();
        self.recorder.offer(act, |outcome| {
            #[expect(
                clippy::unused_result_ok,
                reason = "who has gone away finds it recorded all the same"
            )]
            reply.send(outcome).ok();
        })?;
        answer
            .await
            .map_err(|_| JournalError::Closed)?
            .map_err(JournalError::from)?;
        Ok(())
    }
}

fn terms_of(settings: &Settings) -> (Terms, Tz) {
    (settings.complaint.terms(), settings.branch.time_zone)
}

pub(super) fn to_bytes(words: &ComplaintText) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(words).map_err(|error| StoreError::Encode {
        id: String::new(),
        detail: error.to_string(),
    })
}
