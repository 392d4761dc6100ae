//! The journal's file: recognised before it is touched, opened with the right settings, and
//! brought up to this program's schema.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use uuid::Builder;

use super::error::{StoreError, Trouble};
use super::place::{is_written_here, obstructed_beside};
use crate::own_file;

/// Name of the journal's file in the data directory.
pub const JOURNAL_FILE: &str = own_file::JOURNAL;

/// How long a connection waits for another one to let go of the file.
pub const BUSY_TIMEOUT: Duration = Duration::from_millis(5000);

/// Settings of a connection that writes, beside [`set_mode`]. WAL with FULL costs one sync a
/// commit; NORMAL could lose an acknowledged commit when the power fails.
pub const PRAGMAS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 200;
    PRAGMA journal_size_limit = 4194304;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
";

/// Every schema from the first on; the file's `user_version` says how many it has been given.
const MIGRATIONS: [&str; 6] = [
    include_str!("migrations/0001_journal.sql"),
    include_str!("migrations/0002_complaint.sql"),
    include_str!("migrations/0003_inbox.sql"),
    include_str!("migrations/0004_sealed.sql"),
    include_str!("migrations/0005_statistics.sql"),
    include_str!("migrations/0006_review.sql"),
];

/// The schema that this program writes.
#[expect(clippy::cast_possible_truncation, reason = "a handful")]
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Rules by which the projections are folded; a change of the fold takes the next number, so that
/// they are folded anew after the next start. Below zero it stands for lists that are being made by
/// these rules.
pub(super) const PROJECTION_RULES: i64 = 4;

/// `LOBY`: tells a journal from other programs' databases.
const APPLICATION_ID: u32 = 0x4c4f_4259;

/// The first version without the fault that can corrupt a database when the WAL is reset.
const SAFE_SQLITE: i32 = 3_051_003;

/// What a file says about itself.
struct Found {
    application: u32,
    version: u32,
    tables: bool,
}

/// Whether the file is there and holds a schema. It is read first without SQLite, which would
/// put files of its own beside it; only what the first page cannot tell is asked of a read-only
/// connection.
///
/// # Errors
/// [`StoreError::NotADatabase`], [`StoreError::Foreign`], [`StoreError::Newer`] for files that
/// this program must leave alone, [`StoreError::Io`] if the file cannot be read.
fn inspect(path: &Path) -> Result<u32, StoreError> {
    if is_written_here(path) {
        // Recognised long ago; opening it otherwise would take the writer's locks away.
        return Ok(ask(path)?.version);
    }
    let Some(mut found) = read_header(path)? else {
        return Ok(0);
    };
    if let Some((path, error)) = obstructed_beside(path) {
        return Err(StoreError::io(&path, &error));
    }
    let wal = path.with_extension("db-wal");
    let pending = std::fs::metadata(&wal).is_ok_and(|wal| wal.len() > 0);
    if pending || found.application == 0 {
        // Where a crash left a rollback journal, only a writing connection can read the file;
        // that happens only before the first schema is complete.
        if let Ok(asked) = ask(path) {
            found = asked;
        }
    }
    match found.application {
        APPLICATION_ID if found.version > SCHEMA_VERSION => Err(StoreError::Newer {
            path: path.to_owned(),
            found: found.version,
            known: SCHEMA_VERSION,
        }),
        // Ours, and it says that it holds nothing: somebody changed that number.
        APPLICATION_ID if found.version == 0 && found.tables => Err(StoreError::Tampered {
            path: path.to_owned(),
        }),
        APPLICATION_ID => Ok(found.version),
        // What a crash between creating the file and its first schema leaves.
        0 if found.version == 0 && !found.tables => Ok(0),
        _ => Err(StoreError::Foreign {
            path: path.to_owned(),
        }),
    }
}

/// The numbers in the file's first page (<https://sqlite.org/fileformat2.html>, section 1.3);
/// none for a file that is missing or empty.
fn read_header(path: &Path) -> Result<Option<Found>, StoreError> {
    // Whatever else it is, it may be something that never ends.
    if own_file::is_obstructed(path) {
        return Err(StoreError::NotADatabase {
            path: path.to_owned(),
        });
    }
    let mut header = Vec::with_capacity(100);
    match own_file::open(path) {
        Ok(file) => file
            .take(100)
            .read_to_end(&mut header)
            .map_err(|error| StoreError::io(path, &error))?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(path, &error)),
    };
    if header.is_empty() {
        return Ok(None);
    }
    let number = |at: usize| -> Option<u32> {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    if number(68) == Some(APPLICATION_ID) && !is_sound(&header) {
        // Whichever way SQLite would take it, it is not as it was written.
        return Err(StoreError::Database {
            trouble: Trouble::Damaged,
            detail: format!("{}: header", path.display()),
        });
    }
    match (
        header.starts_with(b"SQLite format 3\0"),
        number(60),
        number(68),
    ) {
        (true, Some(version), Some(application)) => Ok(Some(Found {
            application,
            version,
            tables: false,
        })),
        _ => Err(StoreError::NotADatabase {
            path: path.to_owned(),
        }),
    }
}

/// Whether the header of a journal says what every journal's says: the formats for writing and
/// reading, the fractions, the schema's format, no vacuum by itself, UTF-8.
pub(super) fn is_sound(header: &[u8]) -> bool {
    let part = |at: usize, length: usize| header.get(at..at + length);
    matches!(part(18, 2), Some([1, 1] | [2, 2]))
        && part(0, 18) == Some(b"SQLite format 3\0\x10\0")
        && part(20, 4) == Some(&[0, 64, 32, 32])
        && part(44, 4) == Some(&[0, 0, 0, 4])
        && part(52, 4) == Some(&[0; 4])
        && part(56, 4) == Some(&[0, 0, 0, 1])
        && part(64, 4) == Some(&[0; 4])
}

fn ask(path: &Path) -> Result<Found, StoreError> {
    let connection = Connection::open_with_flags(path, read_only())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection.query_row(
        "SELECT (SELECT application_id FROM pragma_application_id),
                (SELECT user_version FROM pragma_user_version),
                EXISTS (SELECT 1 FROM sqlite_schema)",
        [],
        |row| {
            Ok(Found {
                application: row.get(0)?,
                version: row.get(1)?,
                tables: row.get(2)?,
            })
        },
    )?)
}

fn read_only() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Opens the journal for reading, beside a running writer or without one; none while there is no
/// journal yet.
///
/// # Errors
/// Those of [`inspect`], and [`StoreError::Database`] if SQLite cannot open the file.
pub(super) fn open_reader(path: &Path) -> Result<Option<Connection>, StoreError> {
    refuse_old_sqlite()?;
    if inspect(path)? == 0 {
        return Ok(None);
    }
    let connection = Connection::open_with_flags(path, read_only())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    Ok(Some(connection))
}

/// The first schema that knows complaints. A journal that no writer has brought up to date yet
/// reads as one without any.
pub(super) fn has_complaints(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= 2)
}

/// Whether the list of complaints has its columns, which came with the next schema.
pub(super) fn has_inbox(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= 3)
}

/// Whether the keys of contents may lie in a file of their own.
pub(super) fn has_seals(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= 4)
}

/// Whether what statistics count has indexes of its own.
pub(super) fn has_counts(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= 5)
}

/// Whether reviews have a list of their own.
pub(super) fn has_reviews(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= 6)
}

/// Whether no writer of this version has brought the journal up to date yet.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn is_older(connection: &Connection) -> Result<bool, StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version < SCHEMA_VERSION)
}

/// Opens the journal for writing, creating it and bringing its schema up to date. The caller
/// holds the lock. Says beside it whether it uses the write-ahead log, as `wal` asks for.
///
/// # Errors
/// Those of [`inspect`], before anything is touched; [`StoreError::OldSqlite`];
/// [`StoreError::Database`] if SQLite cannot open or change the file.
pub(super) fn open_writer(
    path: &Path,
    busy: Duration,
    wal: bool,
) -> Result<(Connection, bool), StoreError> {
    refuse_old_sqlite()?;
    inspect(path)?;
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(busy)?;
    let wal = set_mode(&connection, wal)?;
    connection.execute_batch(PRAGMAS)?;
    if !wal {
        // The directory is synced as well when the rollback journal goes.
        connection.execute_batch("PRAGMA synchronous = EXTRA")?;
    }
    migrate(&mut connection)?;
    Ok((connection, wal))
}

/// Chooses the write-ahead log where `wal` asks for it, else the rollback journal; says whether it
/// is the log in fact, which SQLite refuses without an error where the disk is not made for it.
///
/// # Errors
/// [`StoreError::Database`].
pub fn set_mode(connection: &Connection, wal: bool) -> Result<bool, StoreError> {
    let mode = if wal { "WAL" } else { "DELETE" };
    let got: String =
        connection.pragma_update_and_check(None, "journal_mode", mode, |row| row.get(0))?;
    if got.eq_ignore_ascii_case("wal") {
        return Ok(true);
    }
    if !got.eq_ignore_ascii_case("delete") {
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    }
    Ok(false)
}

fn refuse_old_sqlite() -> Result<(), StoreError> {
    if rusqlite::version_number() < SAFE_SQLITE {
        return Err(StoreError::OldSqlite {
            found: rusqlite::version().to_owned(),
        });
    }
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (version, sql) in (1u32..).zip(MIGRATIONS).skip(from as usize) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    if from < SCHEMA_VERSION {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    ensure_meta(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// What a journal of the schema `version` consists of, by [`schema_of`].
///
/// # Errors
/// [`StoreError::Database`] if SQLite has no memory for it.
pub(super) fn expected_schema(version: u32) -> Result<Vec<(String, String)>, StoreError> {
    let connection = Connection::open_in_memory()?;
    for sql in MIGRATIONS.iter().take(version as usize) {
        connection.execute_batch(sql)?;
    }
    schema_of(&connection)
}

/// The names of all tables, indexes and triggers, each with the statement that made it.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn schema_of(connection: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    // What SQLite makes by itself has no statement, or a name of its own.
    let mut statement = connection.prepare(
        "SELECT name, sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name",
    )?;
    let all = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Puts the one row of `meta` in place where there is none: in a new journal, or where somebody
/// removed it. Then the device is that of the last entry, and the witness stands at the origin,
/// so that `verify` shows the removal for good.
fn ensure_meta(connection: &Connection) -> Result<(), StoreError> {
    let random: [u8; 16] = connection.query_row("SELECT randomblob(16)", [], |row| row.get(0))?;
    let device = Builder::from_random_bytes(random).into_uuid().to_string();
    connection.execute(
        "INSERT INTO meta (one, device, seq, digest, projected, rules)
         SELECT 1, coalesce((SELECT device FROM entry ORDER BY seq DESC LIMIT 1), ?1),
                0, zeroblob(32), 0, ?2
         WHERE NOT EXISTS (SELECT 1 FROM meta)",
        params![device, PROJECTION_RULES],
    )?;
    Ok(())
}
