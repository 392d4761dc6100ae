//! What the chain of digests cannot vouch for: the file's inner structure, its tables and triggers,
//! the device it names, and what people wrote, which lies beside the journal where it can be
//! erased. Each is compared with what the entries say.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::error::StoreError;
use super::lock::Lock;
use super::place::may_be_opened;
use super::reader::contents::{self, Checked};
use super::salvage::open_still;
use super::schema::{JOURNAL_FILE, expected_schema, has_complaints, schema_of};
use crate::domain::entry::topic_complaint;
use crate::own_file;

/// What is wrong, although the chain holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// The file's inner structure is damaged; SQLite's words.
    Structure(String),
    /// A table, an index or a trigger is missing, changed or somebody else's.
    Schema(String),
    /// The journal names another device than its entries, or than this directory.
    Device,
    /// An entry's body is none of its kind, although the chain holds.
    Malformed {
        /// The entry's position.
        seq: i64,
        /// Its kind.
        kind: String,
        /// What is wrong with the body, in the decoder's words.
        detail: String,
    },
    /// What was written under a complaint is gone, although nobody erased it.
    ContentMissing(String),
    /// What was written under a complaint is not what the journal has the digest of.
    ContentChanged(String),
    /// What was written under a complaint is still there, although it was erased; or nothing in
    /// the journal speaks of it.
    ContentLeft(String),
    /// Nobody's receipt leads to this complaint any more.
    ReceiptMissing(String),
    /// A receipt leads to a complaint that was erased, or that the journal does not know.
    ReceiptLeft(String),
    /// The key of the receipts' hashes is gone: no receipt leads anywhere.
    Secret,
    /// There is no journal, although other files of the kiosk are there.
    Gone,
    /// The journal is empty, although there were entries in this directory.
    Emptied,
    /// The file, or the directory, cannot be written; the system's words.
    Unwritable(String),
}

/// The first thing that is wrong with the tables themselves, as far as anything can be asked of
/// them.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn of_schema(connection: &Connection) -> Result<Option<Amiss>, StoreError> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let (wanted, found) = (expected_schema(version)?, schema_of(connection)?);
    let differs = |one: &&(String, String)| !found.contains(one);
    let missing = wanted.iter().find(differs);
    let foreign = || found.iter().find(|one| !wanted.contains(one));
    let differing = missing.or_else(foreign);
    Ok(differing.map(|(name, _)| Amiss::Schema(name.clone())))
}

/// What is read beside the entries.
const LISTS: [&str; 5] = ["incident", "complaint", "receipt", "secret", "content"];

/// The first thing that is wrong with the structure of what lies beside the entries.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage.
pub(super) fn of_lists(connection: &Connection) -> Result<Option<Amiss>, StoreError> {
    let known = schema_of(connection)?;
    for list in LISTS {
        // A journal of an earlier version has fewer.
        if known.iter().any(|(name, _)| name == list)
            && let Some(found) = structure(connection, &format!("'{list}'"))?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What is wrong with the structure of the table of the receipts' key, which has one row.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage.
pub(super) fn of_secret(connection: &Connection) -> Result<Option<Amiss>, StoreError> {
    structure(connection, "'secret'")
}

/// The first thing that is wrong with the file's inner structure.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage.
pub(super) fn of_structure(connection: &Connection) -> Result<Option<Amiss>, StoreError> {
    structure(connection, "1")
}

fn structure(connection: &Connection, what: &str) -> Result<Option<Amiss>, StoreError> {
    let said = connection.query_row(&format!("PRAGMA integrity_check({what})"), [], |row| {
        row.get::<_, String>(0)
    });
    match said.map_err(StoreError::from) {
        Ok(said) if said == "ok" => Ok(None),
        Ok(said) => Ok(Some(Amiss::Structure(said))),
        Err(error) if error.is_damage() => Ok(Some(Amiss::Structure(error.to_string()))),
        Err(error) => Err(error),
    }
}

/// Whether the journal is this directory's: `dir` names the device that wrote its first entry.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn of_device(connection: &Connection, dir: &Path) -> Result<Option<Amiss>, StoreError> {
    let device: Option<String> = connection
        .query_row("SELECT device FROM meta", [], |row| row.get(0))
        .optional()?;
    let another: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM entry, meta WHERE entry.device <> meta.device)",
        [],
        |row| row.get(0),
    )?;
    let named = Lock::device(dir);
    let differs = named.is_some() && named != device;
    Ok((another || differs).then_some(Amiss::Device))
}

/// The first complaint of which more or less is there than the entries say.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage.
pub(super) fn of_complaints(
    connection: &Connection,
    dir: &Path,
) -> Result<Option<Amiss>, StoreError> {
    if !has_complaints(connection)? {
        return Ok(None);
    }
    if let Some(found) = of_contents(connection, dir)? {
        return Ok(Some(found));
    }
    let first = |sql: &str| -> Result<Option<String>, StoreError> {
        let topic = connection.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(topic.map(|topic: String| complaint(&topic)))
    };
    if let Some(id) = first(CONTENT_LEFT)? {
        return Ok(Some(Amiss::ContentLeft(id)));
    }
    let secrets: i64 = connection.query_row(
        "SELECT count(*) FROM secret WHERE length(value) = 32",
        [],
        |row| row.get(0),
    )?;
    if secrets != 1 {
        return Ok(Some(Amiss::Secret));
    }
    if let Some(id) = first(RECEIPT_MISSING)? {
        return Ok(Some(Amiss::ReceiptMissing(id)));
    }
    Ok(first(RECEIPT_LEFT)?.map(Amiss::ReceiptLeft))
}

/// Content that no entry of its topic names, or that was erased: of a complaint for good, of an incident
/// until somebody writes again.
const CONTENT_LEFT: &str = "
    SELECT topic FROM content WHERE NOT EXISTS (
        SELECT 1 FROM entry
        WHERE entry.topic = content.topic AND json_extract(body, '$.content') = content.id
    ) OR EXISTS (
        SELECT 1 FROM entry WHERE entry.topic = content.topic AND kind = 'complaint.erased'
    ) OR EXISTS (
        SELECT 1 FROM entry AS gone WHERE gone.topic = content.topic AND gone.kind = 'incident.erased'
        AND gone.seq > (
            SELECT min(seq) FROM entry AS said
            WHERE said.topic = content.topic AND json_extract(body, '$.content') = content.id
        )
    ) LIMIT 1";

/// A complaint that was not erased and that nobody can follow up any more.
const RECEIPT_MISSING: &str = "
    SELECT topic FROM entry AS received WHERE kind = 'complaint.received' AND NOT EXISTS (
        SELECT 1 FROM entry WHERE entry.topic = received.topic AND kind = 'complaint.erased'
    ) AND NOT EXISTS (
        SELECT 1 FROM receipt
        WHERE receipt.topic = received.topic AND coalesce(length(slow), length(quick)) = 32
    ) ORDER BY seq LIMIT 1";

/// A receipt of a complaint that was erased, or that never came.
const RECEIPT_LEFT: &str = "
    SELECT topic FROM receipt WHERE NOT EXISTS (
        SELECT 1 FROM entry WHERE entry.topic = receipt.topic AND kind = 'complaint.received'
    ) OR EXISTS (
        SELECT 1 FROM entry WHERE entry.topic = receipt.topic AND kind = 'complaint.erased'
    ) LIMIT 1";

/// Compares what people wrote with the digests in the journal, one after the other.
fn of_contents(connection: &Connection, dir: &Path) -> Result<Option<Amiss>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT topic, body FROM entry AS one
         WHERE (topic >= 'complaint:' AND topic < 'complaint;' OR kind = 'incident.written')
         AND NOT EXISTS (
             SELECT 1 FROM entry AS gone WHERE gone.topic = one.topic
             AND gone.kind = 'incident.erased' AND gone.seq > one.seq
         ) AND NOT EXISTS (
             SELECT 1 FROM entry WHERE entry.topic = one.topic AND kind = 'complaint.erased'
         ) AND NOT EXISTS (
             SELECT 1 FROM entry AS later
             WHERE later.topic = one.topic AND later.kind = 'complaint.sealed'
             AND later.seq > one.seq AND json_extract(later.body, '$.content') =
                 CASE WHEN json_valid(one.body) THEN json_extract(one.body, '$.content') END
         ) ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (topic, body): (String, String) = (row.get(0)?, row.get(1)?);
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        let (Some(id), Some(digest)) = (body["content"].as_str(), body["digest"].as_str()) else {
            continue;
        };
        let id_of = complaint(&topic);
        let said = (digest, body["sealed"].as_bool() == Some(true));
        match contents::check(connection, dir, id, &topic, said)? {
            Checked::Same => {}
            Checked::Missing => return Ok(Some(Amiss::ContentMissing(id_of))),
            Checked::Changed => return Ok(Some(Amiss::ContentChanged(id_of))),
        }
    }
    Ok(None)
}

fn complaint(topic: &str) -> String {
    topic_complaint(topic).map_or_else(|| topic.to_owned(), |id| id.to_string())
}

/// Whether the kiosk could go on writing here. Asked by name, without opening: closing a file that
/// this program has open elsewhere would take its locks away.
pub(super) fn of_rights(dir: &Path) -> Option<Amiss> {
    #[cfg(unix)]
    for path in [dir, &dir.join(JOURNAL_FILE)] {
        if let Err(error) = rustix::fs::access(path, rustix::fs::Access::WRITE_OK) {
            return Some(Amiss::Unwritable(format!("{}: {error}", path.display())));
        }
    }
    #[cfg(not(unix))]
    let _ = dir;
    None
}

/// What became of the journal that was kept in the data directory `dir`, where it is not there any
/// more: removed, emptied, or exchanged for another. Whether one was ever kept there, the directory
/// says itself, or `used` does. None where the journal cannot be read, which others name, and where
/// this program is writing it.
pub fn of_loss(dir: &Path, used: bool) -> Option<Amiss> {
    let journal = dir.join(JOURNAL_FILE);
    if !may_be_opened(&journal) {
        return None;
    }
    let known = Lock::device(dir);
    match fs::metadata(&journal) {
        Ok(found) if found.len() > 0 => {}
        Err(error) if error.kind() != ErrorKind::NotFound => return None,
        _ => return (used || known.is_some()).then_some(Amiss::Gone),
    }
    let known = known?;
    let (device, any) = open_still(&journal)?
        .query_row(
            "SELECT device, EXISTS (SELECT 1 FROM entry) FROM meta",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)),
        )
        .ok()?;
    if !any {
        return Some(Amiss::Emptied);
    }
    (known != device).then_some(Amiss::Device)
}

/// What it means that the data directory `dir` has no entries: nothing, where nobody ever used it.
pub(super) fn of_emptiness(dir: &Path, has_journal: bool) -> Option<Amiss> {
    if !has_journal {
        let is_other = |name: &OsStr| !comes_first(name) || Lock::device(dir).is_some();
        let others = fs::read_dir(dir)
            .is_ok_and(|all| all.flatten().any(|entry| is_other(&entry.file_name())));
        return others.then_some(Amiss::Gone);
    }
    Lock::device(dir).map(|_| Amiss::Emptied)
}

/// Whether a first start writes this file before anything is in the journal: power that fails just
/// then takes nothing away that was recorded.
fn comes_first(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let of_journal = name.strip_prefix(own_file::JOURNAL);
    [own_file::LOCK, own_file::DIAGNOSIS].contains(&&*name)
        || name.starts_with(own_file::JOURNAL_PART)
        || of_journal.is_some_and(|end| end.is_empty() || own_file::BESIDE.contains(&end))
}
