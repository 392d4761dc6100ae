//! What can still be read of a journal that cannot be used: its entries in their order, what
//! people wrote, and what their receipts need. Damaged pages are stepped over.

mod receipts;

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row, Transaction, params};
use serde_json::Value;
use tempfile::TempDir;

use super::copy::copy;
use super::end::End;
use super::error::StoreError;
use super::held::Held;
use super::place::beside;
use super::schema::is_sound;
use crate::domain::entry::topic_complaint;
use receipts::carry_receipts;

/// How many positions in a row may be unreadable before the rest is given up, where the file does
/// not say how many there are.
const MOST_GAP: i64 = 4096;
/// Bytes of a page, as every journal's header says.
const PAGE: usize = 4096;
/// A journal that is only read, whatever it says about itself.
struct Source {
    connection: Connection,
    path: PathBuf,
    // A mended copy, removed with it.
    _copy: Option<TempDir>,
}

/// One entry's columns, without its place in the chain.
#[derive(Debug)]
pub(super) struct RawEntry {
    pub(super) id: String,
    pub(super) at: i64,
    pub(super) actor: Option<String>,
    pub(super) topic: String,
    pub(super) kind: String,
    pub(super) version: i64,
    pub(super) body: String,
}

/// Takes over what can be read of the journal at `from`, as new entries with their own ids and
/// times; says how many entries. `secret` is what the receipts are keyed with, where that is known
/// better than from the journal; `device` names the device of a new journal, where that is known.
/// What is `held` is taken over whether or not it can be read. What was erased stays erased, and
/// what people wrote comes along only where the entries do that say so, so that it can be erased.
///
/// # Errors
/// [`StoreError::Database`] where the new journal does not take it; nothing was taken over then.
pub(super) fn carry_over(
    from: &Path,
    into: &Transaction,
    secret: Option<[u8; 32]>,
    device: Option<&str>,
    held: &Held,
) -> Result<u64, StoreError> {
    let source = Source::open(from);
    if let Some(secret) = secret.or_else(|| source.as_ref()?.secret()) {
        into.execute("UPDATE secret SET value = ?1", [secret])?;
    }
    if let Some(known) = device {
        let known = Some(known.to_owned()).filter(|known| !known.is_empty());
        if let Some(device) = known.or_else(|| source.as_ref()?.device()) {
            into.execute("UPDATE meta SET device = ?1", [device])?;
        }
    }
    let mut end = End::read(into)?;
    let mut waiting = held.waiting();
    let mut carried = 0;
    let mut carry = |entry: &RawEntry, end: &mut End| -> Result<(), StoreError> {
        // What stands there twice is taken once.
        carried += u64::from(end.carry(into, entry)?);
        Ok(())
    };
    let read = source.as_ref().map_or(Ok(()), |source| {
        source.each(
            "entry",
            "seq, id, at, actor, topic, kind, version, body",
            |row| {
                let entry = RawEntry {
                    id: row.get(1)?,
                    at: row.get(2)?,
                    actor: row.get(3)?,
                    topic: row.get(4)?,
                    kind: row.get(5)?,
                    version: row.get(6)?,
                    body: row.get(7)?,
                };
                for one in waiting.until(&entry) {
                    carry(one, &mut end)?;
                }
                if !is_orphan(into, &entry)? {
                    carry(&entry, &mut end)?;
                }
                Ok(())
            },
        )
    });
    read?;
    for one in waiting.rest() {
        carry(one, &mut end)?;
    }
    end.write(into)?;
    let Some(source) = source else {
        return Ok(carried);
    };
    carry_contents(&source, into)?;
    // A cell that is wrong has its whole page refused: once more, with what the page still gives.
    source.trust_pages();
    carry_contents(&source, into)?;
    carry_receipts(&source, into)?;
    Ok(carried)
}

/// Whether an entry vouches for words of a complaint of which nothing says that it was received:
/// its first entry is lost. Nobody could see such words, or erase them.
fn is_orphan(into: &Transaction, entry: &RawEntry) -> Result<bool, StoreError> {
    let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
    let is_first = entry.kind == "complaint.received";
    if is_first || topic_complaint(&entry.topic).is_none() || !body["content"].is_string() {
        return Ok(false);
    }
    let mut received = into.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE topic = ?1 AND kind = 'complaint.received')",
    )?;
    let received: bool = received.query_row([&entry.topic], |row| row.get(0))?;
    Ok(!received)
}

/// What people wrote, with the places of its keys, which lie in a file of their own; those of what
/// was erased are still to be wiped.
fn carry_contents(source: &Source, into: &Transaction) -> Result<(), StoreError> {
    source.each("content_gone", "slot", |row| {
        let slot: i64 = row.get(0)?;
        into.prepare_cached("INSERT OR IGNORE INTO content_gone (slot) VALUES (?1)")?
            .execute([slot])?;
        Ok(())
    })?;
    // A journal of an earlier version has no places.
    let places = if source.has_places() {
        "slot, words, length"
    } else {
        "NULL, NULL, NULL"
    };
    let columns = format!("rowid, id, topic, salt, key, sealed, {places}");
    source.each("content", &columns, |row| {
        let (id, topic): (String, String) = (row.get(1)?, row.get(2)?);
        let (salt, key, sealed): (Vec<u8>, Vec<u8>, Vec<u8>) =
            (row.get(3)?, row.get(4)?, row.get(5)?);
        let (slot, words, length): (Option<i64>, Option<Vec<u8>>, Option<i64>) =
            (row.get(6)?, row.get(7)?, row.get(8)?);
        into.prepare_cached(
            "INSERT OR IGNORE INTO content (id, topic, salt, key, sealed, slot, words, length)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (
                 SELECT 1 FROM entry WHERE topic = ?2
                 AND kind IN ('complaint.received', 'incident.written')
             ) AND EXISTS (
                 SELECT 1 FROM entry AS said WHERE topic = ?2 AND ?1 =
                     CASE WHEN json_valid(body) THEN json_extract(body, '$.content') END
                 AND NOT EXISTS (
                     SELECT 1 FROM entry WHERE topic = ?2 AND kind = 'incident.erased' AND seq > said.seq
                 )
             ) AND NOT EXISTS (
                 SELECT 1 FROM entry WHERE topic = ?2 AND kind = 'complaint.erased'
             )",
        )?
        .execute(params![id, topic, salt, key, sealed, slot, words, length])?;
        Ok(())
    })
}

/// Why a row was not taken over: it cannot be read, or the new journal refuses.
enum RowError {
    Unreadable,
    Refused(StoreError),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            // A column of another kind than the journal writes.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::FromSqlConversionFailure(..) => Self::Unreadable,
            other => Self::Refused(other.into()),
        }
    }
}

impl From<StoreError> for RowError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl Source {
    fn open(from: &Path) -> Option<Self> {
        let plain = || {
            let connection = open_still(from)?;
            let plain = Self {
                connection,
                path: from.to_owned(),
                _copy: None,
            };
            plain.has_entries().then_some(plain)
        };
        // A header that is not as it was written would have it read wrongly, not refused.
        let sound = has_sound_header(from);
        let first = sound.then(plain).flatten();
        let copied = first.or_else(|| Self::copied(from, !sound));
        // Of an empty file SQLite deletes the log.
        let is_empty = fs::metadata(from).is_ok_and(|found| found.len() == 0);
        if is_empty {
            copied
        } else {
            copied.or_else(plain)
        }
    }

    /// A copy, whose first page says again what every journal's says where that is to be mended.
    fn copied(from: &Path, mend: bool) -> Option<Self> {
        let (copy, path) = copy(from)?;
        if mend {
            let pages = fs::metadata(&path).ok()?.len() / PAGE as u64;
            mend_header(&path, pages).ok()?;
        }
        let connection = open_still(&path)?;
        let copied = Self {
            connection,
            path,
            _copy: Some(copy),
        };
        copied.has_entries().then_some(copied)
    }

    fn has_entries(&self) -> bool {
        self.connection
            .prepare("SELECT seq, id, at, actor, topic, kind, version, body FROM entry")
            .is_ok()
    }

    /// Whether it is of a version that keeps the keys of contents apart.
    fn has_places(&self) -> bool {
        self.connection
            .prepare("SELECT slot, words, length FROM content")
            .is_ok()
    }

    fn device(&self) -> Option<String> {
        self.connection
            .query_row("SELECT device FROM meta", [], |row| row.get(0))
            .ok()
    }

    fn secret(&self) -> Option<[u8; 32]> {
        let asked = self
            .connection
            .query_row("SELECT value FROM secret", [], |row| row.get(0));
        asked.ok().or_else(|| self.secret_in_page())
    }

    /// Has pages read of which a part is not as it should be.
    fn trust_pages(&self) {
        #[expect(clippy::unused_result_ok, reason = "then fewer entries can be read")]
        self.connection
            .execute_batch("PRAGMA cell_size_check = OFF")
            .ok();
    }

    /// Calls `take` with every row of `table` that can be read, in the order of the first of its
    /// `columns`, a number.
    fn each(
        &self,
        table: &str,
        columns: &str,
        mut take: impl FnMut(&Row) -> Result<(), RowError>,
    ) -> Result<(), StoreError> {
        let key = columns.split(',').next().unwrap_or(columns);
        // Where the end cannot be read either, a long gap is one.
        let last: Option<i64> = self
            .connection
            .query_row(&format!("SELECT max({key}) FROM {table}"), [], |row| {
                row.get::<_, Option<i64>>(0)
            })
            .ok()
            .map(|last| last.unwrap_or(i64::MIN));
        let sql = format!("SELECT {columns} FROM {table} WHERE {key} >= ?1 ORDER BY {key}");
        let Ok(mut statement) = self.connection.prepare(&sql) else {
            // A table that an earlier version did not have.
            return Ok(());
        };
        let (mut from, mut gap) = (i64::MIN, 0);
        loop {
            let Ok(mut rows) = statement.query([from]) else {
                return Ok(());
            };
            let broken = loop {
                match rows.next() {
                    Ok(None) => break false,
                    Err(_) => break true,
                    Ok(Some(row)) => {
                        let Ok(key) = row.get::<_, i64>(0) else {
                            break true;
                        };
                        (from, gap) = (key.saturating_add(1), 0);
                        match take(row) {
                            Ok(()) | Err(RowError::Unreadable) => {}
                            Err(RowError::Refused(error)) => return Err(error),
                        }
                    }
                }
            };
            gap += 1;
            let over = last.map_or(gap > MOST_GAP, |last| from > last);
            if !broken || over {
                return Ok(());
            }
            from = from.max(0) + 1;
        }
    }
}

fn has_sound_header(path: &Path) -> bool {
    let mut header = Vec::with_capacity(100);
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    read.is_ok() && is_sound(&header)
}

/// Opens the file for reading, so that not even its write-ahead log is touched.
pub(super) fn open_still(path: &Path) -> Option<Connection> {
    // With a log SQLite needs an index of it, which it makes beside it.
    let logged = fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    if !logged {
        return open_main(path);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).ok()?;
    set_still(&connection)?;
    Some(connection)
}

/// Opens the file alone for reading, as it lies, without its log. This goes through SQLite, so that
/// a writer of this program keeps its locks.
pub(super) fn open_main(path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(immutable(path), flags).ok()?;
    set_still(&connection)?;
    Some(connection)
}

fn set_still(connection: &Connection) -> Option<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .ok()?;
    connection
        .execute_batch(
            "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
        )
        .ok()
}

/// The address by which SQLite opens a file that nobody changes.
pub(super) fn immutable(path: &Path) -> PathBuf {
    let path = path.to_string_lossy();
    let path = path
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    format!("file:{path}?immutable=1").into()
}

/// Writes what never differs in a journal's header (<https://sqlite.org/fileformat2.html>,
/// section 1.3).
fn mend_header(path: &Path, pages: u64) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let pages = u32::try_from(pages).unwrap_or(0).to_be_bytes();
    let parts: [(u64, &[u8]); 7] = [
        (0, b"SQLite format 3\0\x10\0\x02\x02\0\x40\x20\x20"),
        (28, &pages),
        (32, &[0; 8]),
        (44, &[0, 0, 0, 4]),
        (52, &[0; 4]),
        (56, &[0, 0, 0, 1]),
        (64, &[0; 4]),
    ];
    for (at, bytes) in parts {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)?;
    }
    Ok(())
}
