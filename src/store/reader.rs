//! Reading the journal, beside a running writer or without one. A data directory without a
//! journal reads as one without entries.

pub mod contents;
mod counts;
mod inbox;
mod incidents;
mod reviews;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use tempfile::TempDir;

use super::amiss::{Amiss, of_lists};
use super::codec::{COLUMNS, Stored};
use super::copy::copy;
use super::error::StoreError;
use super::place::{Files, may_be_opened};
use super::projection;
use super::salvage::open_still;
use super::schema::{JOURNAL_FILE, has_complaints, open_reader};
use crate::domain::complaint::Complaint;
use crate::domain::entry::{Event, incident_topic, topic_incident};
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::incident::Incident;
use crate::domain::summary::Summary;
use crate::domain::undo::REOPEN;

pub use super::projection::inbox::{Page, Which};
pub use incidents::{IncidentFilter, IncidentPage};

/// How many ids an ambiguous look-up names at most.
pub const CANDIDATES: u32 = 8;

/// A read-only connection. It can move to another thread, but not be shared between two.
#[derive(Debug)]
pub struct Reader {
    pub(super) path: PathBuf,
    connection: OnceCell<Connection>,
    /// What the connection was opened on.
    files: Files,
    // Removed after the connection has been closed.
    _copy: Option<TempDir>,
}

impl Reader {
    /// Opens the journal of the data directory `dir`. Where there is none yet, it is looked for
    /// again at every question.
    ///
    /// # Errors
    /// [`StoreError::NotADatabase`], [`StoreError::Foreign`], [`StoreError::Newer`] and
    /// [`StoreError::Io`] for files that cannot be read as a journal; [`StoreError::Database`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::of(dir.join(JOURNAL_FILE), None)
    }

    /// The same on a copy, where the disk lets nothing be read beside it: a log takes a file of its
    /// own. None where it cannot be copied, or is being written by this program.
    pub fn open_copy(dir: &Path) -> Option<Self> {
        let journal = dir.join(JOURNAL_FILE);
        if !may_be_opened(&journal) {
            return None;
        }
        let (copy, path) = copy(&journal)?;
        Self::of(path, Some(copy)).ok()
    }

    fn of(path: PathBuf, copy: Option<TempDir>) -> Result<Self, StoreError> {
        let mut reader = Self {
            path,
            connection: OnceCell::new(),
            files: Files::default(),
            _copy: copy,
        };
        reader.connection()?;
        reader.files = Files::of(&reader.path);
        Ok(reader)
    }

    /// Lets go of a journal that no longer lies under its name, so that the next question is asked
    /// of the one that does.
    pub fn refresh(&mut self) {
        let now = Files::of(&self.path);
        if now != self.files {
            self.connection = OnceCell::new();
            self.files = now;
        }
    }

    pub(super) fn connection(&self) -> Result<Option<&Connection>, StoreError> {
        if self.connection.get().is_none()
            && let Some(connection) = open_reader(&self.path)?
        {
            return Ok(Some(self.connection.get_or_init(|| connection)));
        }
        Ok(self.connection.get())
    }

    /// The topic of the last entry whose topic lies from the first of `range` to before the second.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn last_topic(&self, range: (&str, &str)) -> Result<Option<String>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(None);
        };
        let mut statement = connection.prepare_cached(
            "SELECT topic FROM entry WHERE topic >= ?1 AND topic < ?2 ORDER BY seq DESC LIMIT 1",
        )?;
        Ok(statement.query_row(range, |row| row.get(0)).optional()?)
    }

    /// The incidents that the tablet keeps in mind ([`Summary::is_live`]), each folded from all
    /// its entries, oldest first. Whatever `since` a wrong clock gives, it looks back no further
    /// than a closed incident may be reopened before the last entry: not through all of history.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn live(&self, since: DateTime<Utc>) -> Result<Vec<Incident>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(Vec::new());
        };
        // One snapshot: an entry that arrives in between must not be half of an answer.
        let snapshot = connection.unchecked_transaction()?;
        let since = last(&snapshot)?.map_or(since, |(_, at)| since.max(at - REOPEN.length()));
        let mut incidents = Vec::new();
        for id in projection::live(&snapshot, since)? {
            incidents.extend(fold(&id, &entries(&snapshot, &incident_topic(&id))?));
        }
        Ok(incidents)
    }

    /// The incident whose id begins with `prefix`, folded from all its entries.
    ///
    /// # Errors
    /// Those of [`Reader::find`].
    pub fn incident(&self, prefix: &str) -> Result<Incident, StoreError> {
        let id = self.find(prefix)?;
        let entries = self.entries(&incident_topic(&id))?;
        fold(&id, &entries).ok_or_else(|| StoreError::NoSuchIncident {
            prefix: prefix.to_owned(),
        })
    }

    /// The id of the one incident whose id begins with `prefix`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchIncident`] and [`StoreError::Ambiguous`]; [`StoreError::Database`].
    pub fn find(&self, prefix: &str) -> Result<IncidentId, StoreError> {
        let none = || StoreError::NoSuchIncident {
            prefix: prefix.to_owned(),
        };
        let wanted = prefix.to_ascii_lowercase();
        let is_id = |c: char| c.is_ascii_hexdigit() || c == '-';
        if wanted.is_empty() || !wanted.chars().all(is_id) {
            return Err(none());
        }
        // `g` follows every character of an id.
        // Of the entries themselves: the list may not be whole yet.
        let mut ids = self
            .connection()?
            .ok_or_else(none)?
            .prepare_cached(
                "SELECT substr(topic, 10) FROM (
                     SELECT DISTINCT topic FROM entry
                     WHERE topic >= 'incident:' || ?1 AND topic < 'incident:' || ?1 || 'g'
                     ORDER BY topic LIMIT ?2
                 )",
            )?
            .query_map((&wanted, CANDIDATES), |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        match (ids.pop(), ids.is_empty()) {
            (None, _) => Err(none()),
            (Some(id), true) => Ok(id.into()),
            (Some(last), false) => {
                ids.push(last);
                Err(StoreError::Ambiguous {
                    prefix: prefix.to_owned(),
                    ids,
                })
            }
        }
    }

    /// Every incident, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        self.connection()?
            .map_or_else(|| Ok(Vec::new()), projection::list)
    }

    /// The connection, where the journal knows complaints.
    fn complaints_in(&self) -> Result<Option<&Connection>, StoreError> {
        match self.connection()? {
            Some(connection) if has_complaints(connection)? => Ok(Some(connection)),
            _ => Ok(None),
        }
    }

    /// Every complaint, the newest first. However many there are: for those who look at all of
    /// them; the screen reads [`Reader::inbox`].
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn complaints(&self) -> Result<Vec<Complaint>, StoreError> {
        self.complaints_in()?
            .map_or_else(|| Ok(Vec::new()), projection::list)
    }

    /// The complaint with this id.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn complaint(&self, id: &ComplaintId) -> Result<Option<Complaint>, StoreError> {
        self.complaints_in()?.map_or(Ok(None), |connection| {
            projection::read_or_fold(connection, id.as_str())
        })
    }

    /// Every entry of a topic, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn entries(&self, topic: &str) -> Result<Vec<Stored>, StoreError> {
        self.connection()?
            .map_or_else(|| Ok(Vec::new()), |connection| entries(connection, topic))
    }

    /// The entries of a topic from the last one that `begins` on, in order; all of them where
    /// none does.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn entries_since(
        &self,
        topic: &str,
        begins: impl Fn(&Stored) -> bool,
    ) -> Result<Vec<Stored>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(Vec::new());
        };
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM entry WHERE topic = ?1 ORDER BY seq DESC"
        ))?;
        let mut rows = statement.query([topic])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = Stored::from_row(row)?;
            let first = begins(&entry);
            entries.push(entry);
            if first {
                break;
            }
        }
        entries.reverse();
        Ok(entries)
    }

    /// Calls `each` with every entry in order, one at a time, until it fails.
    ///
    /// # Errors
    /// Those of `each`, and [`StoreError::Database`].
    pub fn for_each<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(Stored) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(connection) = self.connection()? else {
            return Ok(());
        };
        let mut statement = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM entry ORDER BY seq"))
            .map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(Stored::from_row(row)?)?;
        }
        Ok(())
    }

    /// Position and time of the last entry.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn last(&self) -> Result<Option<(i64, DateTime<Utc>)>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(None);
        };
        last(connection)
    }

    /// Times of the entries after position `seq`, in their order: the latest `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn times_since(&self, seq: i64, length: usize) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(Vec::new());
        };
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        let mut statement = connection
            .prepare_cached("SELECT at FROM entry WHERE seq > ?1 ORDER BY seq DESC LIMIT ?2")?;
        let times = statement.query_map([seq, length], |row| row.get(0))?;
        let mut times: Vec<i64> = times.collect::<Result<_, _>>()?;
        times.reverse();
        Ok(times
            .into_iter()
            .filter_map(DateTime::from_timestamp_millis)
            .collect())
    }

    /// How many entries there are.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn count(&self) -> Result<u64, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(0);
        };
        let count: i64 =
            connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The first thing that is wrong with the structure of what is read beside the entries in the
    /// data directory `dir`, without touching anything there; none where there is no journal to be
    /// read.
    ///
    /// # Errors
    /// [`StoreError::Database`] for anything but damage.
    pub fn damaged_lists(dir: &Path) -> Result<Option<Amiss>, StoreError> {
        let journal = dir.join(JOURNAL_FILE);
        if !may_be_opened(&journal) {
            return Ok(None);
        }
        open_still(&journal).map_or(Ok(None), |connection| of_lists(&connection))
    }
}

pub(super) fn last(connection: &Connection) -> Result<Option<(i64, DateTime<Utc>)>, StoreError> {
    let last: Option<(i64, i64)> = connection
        .prepare_cached("SELECT seq, at FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.and_then(|(seq, at)| Some((seq, DateTime::from_timestamp_millis(at)?))))
}

pub(super) fn entries(connection: &Connection, topic: &str) -> Result<Vec<Stored>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entry WHERE topic = ?1 ORDER BY seq"
    ))?;
    let mut rows = statement.query([topic])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(Stored::from_row(row)?);
    }
    Ok(entries)
}

/// Folds an incident from the entries of its topic. What a newer program wrote is left out.
pub fn fold(id: &IncidentId, entries: &[Stored]) -> Option<Incident> {
    let mut incident: Option<Incident> = None;
    for entry in entries {
        let (Some(at), Ok(Event::Incident(event))) = (entry.time(), entry.event()) else {
            continue;
        };
        if topic_incident(&entry.topic).as_ref() != Some(id) {
            continue;
        }
        match &mut incident {
            Some(incident) => incident.apply(&entry.id, at, &event),
            None => incident = Incident::begin(id, &entry.id, at, &event),
        }
    }
    incident
}
