//! Customers' complaints: taking them in, following them up, handling and erasing them. Used by
//! the pages' thread and the tablet's alike, so that it can be shared between threads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::sync::oneshot;

use super::ids::Ids;
use super::journal::{Journal, JournalError};
use super::receipts::{Secret, SlowHashes};
use super::turns::Turns;
use crate::domain::complaint::{Complaint, ComplaintEvent, Erasure, Said};
use crate::domain::entry::{Draft, Event, complaint_topic};
use crate::domain::receipt::Receipt;
use crate::store::content::{Beside, Content};
use crate::store::{Prepared, Reader, StoreError};

/// Why something about a complaint was not done.
#[derive(Debug, Error)]
pub enum ComplaintError {
    /// The journal did not take it, or not yet.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too many numbers are being looked up.
    #[error("too many numbers are being looked up")]
    Busy,
    /// No complaint has this number, or none any more.
    #[error("no such complaint")]
    Unknown,
    /// The system has no thread to give; its words.
    #[error("no thread: {0}")]
    Thread(String),
}

/// What a customer writes on the form. All of it is personal, and lies in the erasable content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What happened.
    pub what: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// With whom, or at which counter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub whom: String,
    /// What would put it right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wish: String,
    /// The writer's name; empty where they wish to stay unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Whether they agreed, separately, to sensitive personal data being read (PIPL 29).
    #[serde(default)]
    pub sensitive: bool,
}

/// A complaint with what is left of its words, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands.
    pub complaint: Complaint,
    /// What was written on the form; none where it was erased.
    pub words: Option<Words>,
    /// What the customer wrote later, each by its content's id.
    pub added: Vec<(String, Option<String>)>,
    /// Everything that happened to it, with its time. What a newer program wrote is left out.
    pub history: Vec<(DateTime<Utc>, ComplaintEvent)>,
}

/// A complaint that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number to follow it up with.
    pub receipt: Receipt,
    /// Whether this form had been taken in before.
    pub again: bool,
}

/// The complaints of a data directory.
pub struct Complaints {
    data: PathBuf,
    pub(super) journal: Journal,
    reader: Mutex<Reader>,
    pub(super) secret: Secret,
    pub(super) slow: SlowHashes,
    pub(super) turns: Turns,
    pub(super) ids: Ids,
}

impl Complaints {
    /// The complaints in the data directory `data`, whose writer `journal` is.
    ///
    /// # Errors
    /// [`ComplaintError::Store`] if the journal cannot be read, or has no secret yet because it
    /// could not be opened for writing; [`ComplaintError::Thread`].
    pub fn open(data: &Path, journal: Journal) -> Result<Arc<Self>, ComplaintError> {
        let reader = Reader::open(data)?;
        let secret = reader.secret()?.ok_or_else(|| StoreError::NoDirectory {
            path: data.to_owned(),
        })?;
        let secret = Secret::new(secret);
        let writer = journal.clone();
        let harden = Box::new(move |topic, hash| {
            // While the program ends, the quick hash stays until somebody asks for the number.
            writer.harden(topic, hash).ok();
        });
        let slow = SlowHashes::start(secret, harden)
            .map_err(|error| ComplaintError::Thread(error.to_string()))?;
        Ok(Arc::new(Self {
            data: data.to_owned(),
            journal,
            reader: Mutex::new(reader),
            secret,
            slow,
            turns: Turns::default(),
            ids: Ids::new(),
        }))
    }

    /// Position and time of the journal's last entry.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn last_entry(&self) -> Result<Option<(i64, DateTime<Utc>)>, ComplaintError> {
        Ok(self.reader().last()?)
    }

    /// Bytes free on the disk of the data directory; none where the system does not tell.
    pub fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(&self.data).ok()
    }

    pub(super) fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what the customer writes later. The same words as the last ones are taken for a form
    /// sent twice.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] once it was erased; [`ComplaintError::Journal`] and
    /// [`ComplaintError::Store`].
    pub async fn add(
        &self,
        id: &str,
        words: &str,
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let complaint = self.complaint(id)?;
        if complaint.erased.is_some() {
            return Err(ComplaintError::Unknown);
        }
        let last = complaint
            .said
            .iter()
            .rev()
            .find_map(|(_, said)| match said {
                Said::Added(content) => Some(content.clone()),
                _ => None,
            });
        if let Some(last) = last
            && self.reader().content(&last)?.as_deref() == Some(words.as_bytes())
        {
            return Ok(());
        }
        let topic = complaint_topic(id);
        let content = Content::seal(&self.ids.next(at), &topic, words.as_bytes())?;
        let event = ComplaintEvent::Added {
            kept: content.kept(words.as_bytes()),
        };
        self.record(&topic, event, vec![Beside::Content(content)], at)
            .await
    }

    /// Where the complaint stands.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] and [`ComplaintError::Store`].
    pub fn complaint(&self, id: &str) -> Result<Complaint, ComplaintError> {
        self.reader().complaint(id)?.ok_or(ComplaintError::Unknown)
    }

    /// Every complaint, the newest first.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn list(&self) -> Result<Vec<Complaint>, ComplaintError> {
        Ok(self.reader().complaints()?)
    }

    /// The complaint with everything that was written about it.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] and [`ComplaintError::Store`].
    pub fn file(&self, id: &str) -> Result<File, ComplaintError> {
        let reader = self.reader();
        let complaint = reader.complaint(id)?.ok_or(ComplaintError::Unknown)?;
        let words = reader.content(&complaint.content)?;
        let words = words.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut added = Vec::new();
        for (_, said) in &complaint.said {
            if let Said::Added(content) = said {
                let words = reader.content(content)?;
                let words = words.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                added.push((content.clone(), words));
            }
        }
        let entries = reader.entries(&complaint_topic(id))?;
        let history = entries.iter().filter_map(|entry| match entry.event() {
            Some(Event::Complaint(event)) => Some((entry.time()?, event)),
            _ => None,
        });
        Ok(File {
            complaint,
            words,
            added,
            history: history.collect(),
        })
    }

    /// Records what the staff did with a complaint, without waiting for the disk; says the id of
    /// the entry, by which a notice will tell what became of it.
    ///
    /// # Errors
    /// [`ComplaintError::Journal`] where the journal is closed.
    pub fn handle(
        &self,
        id: &str,
        event: ComplaintEvent,
        at: DateTime<Utc>,
    ) -> Result<String, ComplaintError> {
        let topic = complaint_topic(id);
        let beside = match event {
            ComplaintEvent::Erased { .. } => vec![Beside::Erase {
                topic: topic.clone(),
            }],
            _ => Vec::new(),
        };
        let entry = self.ids.next(at);
        let prepared = prepare(entry.clone(), &topic, event, beside, at)?;
        self.journal.append_then(prepared, |_| ())?;
        Ok(entry)
    }

    /// Erases the words of every complaint that was settled `years` ago or longer; says how many.
    ///
    /// # Errors
    /// [`ComplaintError::Store`] and [`ComplaintError::Journal`].
    pub fn erase_what_is_past(
        &self,
        years: u32,
        at: DateTime<Utc>,
    ) -> Result<usize, ComplaintError> {
        let mut past = self.list()?;
        past.retain(|one| one.is_past_keeping(years, at));
        for one in &past {
            let why = Erasure::Retention;
            self.handle(&one.id, ComplaintEvent::Erased { why }, at)?;
        }
        Ok(past.len())
    }

    /// Recorded now or never: who sent it is told, and may send it again.
    pub(super) async fn record(
        &self,
        topic: &str,
        event: ComplaintEvent,
        beside: Vec<Beside>,
        at: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        let (reply, answer) = oneshot::channel();
        let prepared = prepare(self.ids.next(at), topic, event, beside, at)?;
        self.journal.offer(prepared, |outcome| {
            // Who has gone away finds it recorded all the same.
            reply.send(outcome).ok();
        })?;
        answer
            .await
            .map_err(|_| JournalError::Closed)?
            .map_err(JournalError::from)?;
        Ok(())
    }
}

fn prepare(
    id: String,
    topic: &str,
    event: ComplaintEvent,
    beside: Vec<Beside>,
    at: DateTime<Utc>,
) -> Result<Prepared, StoreError> {
    let draft = Draft {
        id,
        at: at.trunc_subsecs(3),
        actor: None,
        topic: topic.to_owned(),
        event: Event::Complaint(event),
    };
    Ok(Prepared::new(draft)?.beside(beside))
}

pub(super) fn to_bytes(words: &Words) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(words).map_err(|error| StoreError::Encode {
        id: String::new(),
        detail: error.to_string(),
    })
}
