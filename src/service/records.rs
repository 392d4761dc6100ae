//! What happened, for those who look at it afterwards: the list of incidents, one incident with
//! its timeline, and the check of the whole journal. Works beside a running kiosk.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::domain::complaint::Complaint;
use crate::domain::entry::{Event, incident_topic, review_topic};
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::Incident;
use crate::domain::plan_event::{PlanEvent, plan_topic};
use crate::domain::report::{ReviewFact, Who};
use crate::domain::review::Review;
use crate::domain::summary::Summary;
use crate::service::pin;
pub use crate::store::reader::{IncidentFilter, IncidentPage};
use crate::store::reader::{Reader, fold};
use crate::store::{Amiss, Newer, StoreError, Stored, Unreadable, Verdict, Writer};

/// One line of an incident's timeline: an entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its position in the journal.
    pub seq: i64,
    /// Its id.
    pub id: EntryId,
    /// When it happened; none if the stored number is no time.
    pub at: Option<DateTime<Utc>>,
    /// Who did it, as `domain::actor` writes it; none where a customer or the program did.
    pub actor: Option<String>,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
    /// Whether that is the digest of what it says.
    pub is_sound: bool,
    /// The name of what happened.
    pub kind: String,
    /// What happened, as far as this program can read it.
    pub event: Result<Event, Unreadable>,
}

impl From<Stored> for Line {
    fn from(stored: Stored) -> Self {
        Self {
            at: stored.time(),
            event: stored.event(),
            is_sound: stored.is_sound(),
            digest: base16ct::lower::encode_string(&stored.digest),
            seq: stored.seq,
            id: stored.id,
            kind: stored.kind,
            actor: stored.actor,
        }
    }
}

/// One incident with everything that was noted about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub incident: Incident,
    /// The device whose journal it is in.
    pub device: String,
    /// Its timeline, in the order of the journal.
    pub lines: Vec<Line>,
}

/// The records of a data directory.
#[derive(Debug)]
pub struct Records {
    dir: PathBuf,
    pub(super) reader: Reader,
}

impl Records {
    /// Opens the records of the data directory `dir`; where nothing has ever been recorded, they
    /// are empty.
    ///
    /// # Errors
    /// [`StoreError::NoDirectory`] where nobody ever ran a kiosk; another [`StoreError`] for a file
    /// that cannot be read as a journal.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        if !dir.is_dir() {
            return Err(StoreError::NoDirectory {
                path: dir.to_owned(),
            });
        }
        Ok(Self {
            dir: dir.to_owned(),
            reader: Reader::open(dir)?,
        })
    }

    /// Every incident, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        self.reader.list()
    }

    /// A page of the incidents that `filter` takes, the newest first: from number `first` on, at most
    /// `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn page(
        &self,
        filter: &IncidentFilter,
        first: usize,
        length: usize,
    ) -> Result<IncidentPage, StoreError> {
        self.reader.incidents(filter, first, length)
    }

    /// Every complaint, the newest first, without what customers wrote.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn complaints(&self) -> Result<Vec<Complaint>, StoreError> {
        self.reader.complaints()
    }

    /// The incidents that the tablet keeps in mind: open, with something left to do, or closed
    /// after `since`; oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn live(&self, since: DateTime<Utc>) -> Result<Vec<Incident>, StoreError> {
        self.reader.live(since)
    }

    /// The incident whose id begins with `prefix`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchIncident`], [`StoreError::Ambiguous`], [`StoreError::Database`].
    pub fn show(&self, prefix: &str) -> Result<Record, StoreError> {
        let id = self.reader.find(prefix)?;
        let entries = self.reader.entries(&incident_topic(&id))?;
        let incident = fold(&id, &entries).ok_or_else(|| StoreError::NoSuchIncident {
            prefix: prefix.to_owned(),
        })?;
        let device = entries.first().map(|entry| entry.device.clone());
        Ok(Record {
            incident,
            device: device.unwrap_or_default(),
            lines: entries.into_iter().map(Line::from).collect(),
        })
    }

    /// The complaints that belong to an incident, erased ones too, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn joined_to(&self, id: &IncidentId) -> Result<Vec<Complaint>, StoreError> {
        self.reader.joined_to(id)
    }

    /// The review of an incident with who finalised it; none where nothing was ever said of it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn review_fact(&self, id: &IncidentId) -> Result<Option<ReviewFact>, StoreError> {
        let entries = self.reader.entries(&review_topic(id))?;
        let mut fact = ReviewFact {
            review: Review::of(id),
            by: Vec::new(),
        };
        for entry in &entries {
            if let (Some(at), Ok(Event::Review(event))) = (entry.time(), entry.event()) {
                fact.review.apply(at, &event);
                if fact.review.versions.len() > fact.by.len() {
                    fact.by.push(Who::of(entry.actor.as_deref()));
                }
            }
        }
        Ok(fact.review.begun.is_some().then_some(fact))
    }

    /// The text of the plan with this digest, where the journal has kept it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn plan_text(&self, digest: &str) -> Result<Option<String>, StoreError> {
        let entries = self.reader.entries(&plan_topic(digest))?;
        let text = entries.iter().find_map(|entry| match entry.event() {
            Ok(Event::Plan(PlanEvent::InForce { text, .. })) => Some(text),
            _ => None,
        });
        Ok(text)
    }

    /// Calls `each` with every entry of the journal in order, one at a time, until it fails.
    ///
    /// # Errors
    /// Those of `each`, and [`StoreError::Database`].
    pub fn for_each<E: From<StoreError>>(
        &self,
        each: impl FnMut(Stored) -> Result<(), E>,
    ) -> Result<(), E> {
        self.reader.for_each(each)
    }

    /// Re-computes the whole chain, compares what lies beside it, and folds everything anew, to
    /// compare. Where the staff have a PIN, the kiosk has been used, and an empty journal is a
    /// finding.
    ///
    /// # Errors
    /// [`StoreError::Database`] for anything but damage, which is a verdict.
    pub fn verify(&self) -> Result<Verdict, StoreError> {
        Ok(match self.reader.verify()? {
            Verdict::Sound { entries: 0 } if pin::is_set(&self.dir) => {
                Verdict::Amiss(Amiss::Emptied)
            }
            found => found,
        })
    }

    /// What a newer version of the program wrote, if anything: this one passes it over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn newer(&self) -> Result<Option<Newer>, StoreError> {
        self.reader.newer()
    }
}

/// Folds the lists of the data directory `dir` anew from its journal. Needs the writer's place,
/// so that the kiosk must not be running.
///
/// # Errors
/// Those of [`Writer::open`].
pub fn rebuild(dir: &Path) -> Result<(), StoreError> {
    Writer::open(dir)?.rebuild_projections()
}
