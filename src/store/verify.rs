//! Whether the journal is what the writer wrote: every digest, every link, no gap, the end that
//! the writer vouched for, what lies beside the chain, and projections that are its fold. In
//! constant memory.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Rows};

use super::amiss::{self, Amiss};
use super::chain::{Broken, Fields, Head, ORIGIN, Walk, What};
use super::codec::{COLUMNS, fields};
use super::error::StoreError;
use super::kinds::{self, Unreadable};
use super::place::may_be_opened;
use super::projection::{self, Lists};
use super::reader::Reader;
use super::salvage::open_still;
use super::schema::{JOURNAL_FILE, is_older};
use super::writer::TAIL;

/// What became of a check of the whole journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is well.
    Sound {
        /// How many entries there are.
        entries: u64,
    },
    /// The chain breaks.
    Broken(Broken),
    /// The chain holds, but not all that lies beside it.
    Amiss(Amiss),
    /// The chain holds, but the lists do not show what it says.
    ListsDiffer {
        /// How many entries there are.
        entries: u64,
        /// The first incident that is listed wrongly; none where the lists as a whole are behind.
        incident: Option<String>,
    },
}

impl Reader {
    /// Checks the whole journal, as it stands at this moment.
    ///
    /// # Errors
    /// [`StoreError::Database`] for anything but damage, which is a verdict.
    pub fn verify(&self) -> Result<Verdict, StoreError> {
        let dir = self.path.parent().unwrap_or(Path::new(""));
        let Some(connection) = self.connection()? else {
            let gone = amiss::of_emptiness(dir, false).map(Verdict::Amiss);
            return Ok(gone.unwrap_or(Verdict::Sound { entries: 0 }));
        };
        let snapshot = connection.unchecked_transaction()?;
        verify(&snapshot, dir)
    }

    /// What a newer program wrote in the journal, if anything.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn newer(&self) -> Result<Option<Newer>, StoreError> {
        self.connection()?.map_or(Ok(None), newer)
    }
}

/// Checks the whole journal of the data directory `dir` as it stands in the connection's
/// transaction.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage, which is a verdict.
fn verify(connection: &Connection, dir: &Path) -> Result<Verdict, StoreError> {
    let schema = amiss::of_schema(connection)?;
    let head = match read_head(connection) {
        Ok(head) => head,
        // Without its tables nothing else can be asked.
        Err(error) => return schema.map(Verdict::Amiss).ok_or(error),
    };
    let mut statement =
        match connection.prepare(&format!("SELECT {COLUMNS} FROM entry ORDER BY seq")) {
            Ok(statement) => statement,
            Err(error) => return schema.map(Verdict::Amiss).ok_or(error.into()),
        };
    let mut walk = Walk::from_origin();
    let mut malformed = None;
    let read = |fields: &Fields| malformed = malformed.take().or_else(|| malformed_body(fields));
    if let Some(broken) = walk_rows(&mut walk, statement.query([])?, &head, read)? {
        return Ok(Verdict::Broken(broken));
    }
    let found = match schema.map_or_else(|| amiss::of_structure(connection), |one| Ok(Some(one)))? {
        None => match malformed {
            None => beside(connection, dir, head.seq == 0)?,
            found => found,
        },
        found => found,
    };
    if let Some(found) = found {
        return Ok(Verdict::Amiss(found));
    }
    let entries = head.seq.unsigned_abs();
    if is_older(connection)? {
        // The next start folds the lists anew, by its own rules.
        return Ok(Verdict::Sound { entries });
    }
    match Lists::of(connection)? {
        Lists::Whole => {}
        // What is missing is being made, or goes on at the next start.
        Lists::Growing { .. } => return Ok(Verdict::Sound { entries }),
        Lists::Stale => {
            return Ok(Verdict::ListsDiffer {
                entries,
                incident: None,
            });
        }
    }
    Ok(match projection::first_difference(connection)? {
        Some(incident) => Verdict::ListsDiffer {
            entries,
            incident: Some(incident),
        },
        None => Verdict::Sound { entries },
    })
}

/// What is wrong with an entry's body, if it is none of its kind.
fn malformed_body(fields: &Fields) -> Option<Amiss> {
    let text = String::from_utf8_lossy;
    let kind = text(fields.kind);
    match kinds::read(&kind, fields.version, &text(fields.body)) {
        Err(Unreadable::Malformed(detail)) => Some(Amiss::Malformed {
            seq: fields.seq,
            kind: kind.into_owned(),
            detail,
        }),
        Ok(_) | Err(Unreadable::Unknown) => None,
    }
}

/// Entries that a newer program wrote in a way that this one does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// How many.
    pub entries: u64,
    /// The kind of most of them.
    pub kind: String,
}

fn newer(connection: &Connection) -> Result<Option<Newer>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT kind, version, count(*) FROM entry GROUP BY kind, version ORDER BY count(*)",
    )?;
    let mut rows = statement.query([])?;
    let mut found: Option<Newer> = None;
    while let Some(row) = rows.next()? {
        let (kind, version, count): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if kinds::form(&kind, version).err() == Some(Unreadable::Unknown) {
            let before = found.map_or(0, |newer| newer.entries);
            found = Some(Newer {
                entries: before + count.unsigned_abs(),
                kind,
            });
        }
    }
    Ok(found)
}

/// What is wrong beside the chain, in a file whose structure and tables are whole.
fn beside(
    connection: &Connection,
    dir: &Path,
    is_empty: bool,
) -> Result<Option<Amiss>, StoreError> {
    let emptied = is_empty.then(|| amiss::of_emptiness(dir, true)).flatten();
    if emptied.is_some() {
        return Ok(emptied);
    }
    if let Some(found) = amiss::of_device(connection, dir)? {
        return Ok(Some(found));
    }
    if let Some(found) = amiss::of_complaints(connection, dir)? {
        return Ok(Some(found));
    }
    Ok(amiss::of_rights(dir))
}

/// Checks the last `length` entries and that they end where the writer vouched for.
///
/// # Errors
/// [`StoreError::Database`] for anything but damage.
pub(super) fn check_tail(
    connection: &Connection,
    length: usize,
) -> Result<Option<Broken>, StoreError> {
    let head = read_head(connection)?;
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM entry ORDER BY seq DESC LIMIT {length})
         ORDER BY seq"
    ))?;
    walk_rows(
        &mut Walk::from_middle(),
        statement.query([])?,
        &head,
        |_| (),
    )
}

/// What is wrong with the last entries of the journal in the data directory `dir`, read as it lies;
/// none where it cannot be read at all, which others name, and where this program is writing it.
pub fn broken_tail(dir: &Path) -> Option<Broken> {
    let journal = dir.join(JOURNAL_FILE);
    if !may_be_opened(&journal) {
        return None;
    }
    check_tail(&open_still(&journal)?, TAIL).ok().flatten()
}

/// Walks along the chain, and has `read` look at every entry that belongs to it.
fn walk_rows(
    walk: &mut Walk,
    mut rows: Rows,
    head: &Head,
    mut read: impl FnMut(&Fields),
) -> Result<Option<Broken>, StoreError> {
    loop {
        let row = match rows.next().map_err(StoreError::from) {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(walk.finish(head)),
            Err(error) if error.is_damage() => {
                return Ok(Some(Broken {
                    seq: walk.next_seq(),
                    id: None,
                    what: What::Unreadable,
                }));
            }
            Err(error) => return Err(error),
        };
        let broken = match fields(row) {
            Ok((fields, digest)) => {
                let broken = walk.step(&fields, digest);
                if broken.is_none() {
                    read(&fields);
                }
                broken
            }
            Err(_) => Some(Broken {
                seq: row.get(0)?,
                id: None,
                what: What::Malformed,
            }),
        };
        if broken.is_some() {
            return Ok(broken);
        }
    }
}

/// What the writer last vouched for; the origin where somebody removed it.
fn read_head(connection: &Connection) -> Result<Head, StoreError> {
    let head = connection
        .query_row("SELECT seq, digest FROM meta", [], |row| {
            Ok(Head {
                seq: row.get(0)?,
                digest: row.get(1)?,
            })
        })
        .optional()?;
    Ok(head.unwrap_or_else(|| Head {
        seq: 0,
        digest: ORIGIN.to_vec(),
    }))
}
