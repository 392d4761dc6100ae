//! Keeping a journal whatever becomes of its file: one that cannot be used is set aside untouched
//! and a new one begun with all that can be read of it, one that was taken away is put back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use super::amiss::of_secret;
use super::aside::{Aside, ENDINGS, set_aside, sync};
use super::chain::What;
use super::content;
use super::error::{StoreError, Trouble};
use super::held::Held;
use super::lock::Lock;
use super::place::{Written, beside};
use super::projection;
use super::salvage::carry_over;
use super::schema::{BUSY_TIMEOUT, JOURNAL_FILE, open_writer};
use super::writer::Writer;
use crate::own_file::{
    self, JOURNAL_NEW as NEW_FILE, JOURNAL_PART as PART_FILE, JOURNAL_STRAY as STRAY_FILE,
};
use crate::private;

impl Writer {
    /// Like [`Writer::open`]; but a file that cannot be used is set aside untouched and a new one
    /// begun, with all that can still be read of the old one. Says so.
    ///
    /// # Errors
    /// Those of [`Writer::open`] where the file is not to blame, or cannot be set aside.
    pub fn open_or_begin_anew(dir: &Path) -> Result<(Self, Option<Aside>), StoreError> {
        private::create_dir(dir).map_err(|error| StoreError::io(dir, &error))?;
        own_file::make_way(dir);
        let lock = Arc::new(Lock::take(dir)?);
        finish_placing(dir)?;
        // Out of the way of one that is begun anew.
        let stray = stray(dir)?;
        let opened = Self::open_locked(dir, BUSY_TIMEOUT, Arc::clone(&lock));
        let (mut writer, aside) = match opened.and_then(Self::tried) {
            Ok(writer) => (writer, None),
            Err(why) if why.is_of_file() || is_unopenable(dir) => {
                let known = Known::default();
                let (writer, aside) = begin_anew(dir, BUSY_TIMEOUT, lock, why, &known)?;
                (writer, Some(aside))
            }
            Err(why) => return Err(why),
        };
        if let Some(stray) = stray
            && writer.merge(&stray).is_ok()
        {
            remove(&stray)?;
        }
        Ok((writer, aside))
    }

    /// The same writer, if what the screen and the forms need at the start can be read, with the
    /// lists made anew where they cannot.
    fn tried(mut self) -> Result<Self, StoreError> {
        let Err(why) = self.try_reading() else {
            return Ok(self);
        };
        // What is not of the lists stays unreadable, and the file is whole only without it.
        if why.is_misread() && self.mend_lists().is_ok() {
            self.mended = true;
            self.try_reading()?;
            return Ok(self);
        }
        Err(why)
    }

    fn try_reading(&self) -> Result<(), StoreError> {
        let warning = self.warning();
        if warning.is_some_and(|broken| broken.what == What::Unreadable) {
            return Err(StoreError::Database {
                trouble: Trouble::Damaged,
                detail: JOURNAL_FILE.to_owned(),
            });
        }
        // Without it no form opens, and no receipt leads anywhere. Its one page is looked at as well:
        // a reader may refuse what the writer still makes out.
        content::secret(&self.connection)?;
        if let Some(found) = of_secret(&self.connection)? {
            return Err(StoreError::damaged(&found));
        }
        self.held().map(drop)
    }

    /// Sets the file that is being written aside, because of `why`, and goes on with a new one, in
    /// which what is `held` stands whether or not it could be read.
    ///
    /// # Errors
    /// [`StoreError`] where a new one cannot be begun; the writer has let go of its file then.
    pub fn replace(&mut self, why: StoreError, held: &Held) -> Result<Aside, StoreError> {
        let (dir, busy) = (self.dir.clone(), self.busy);
        let known = Known {
            secret: self.secret,
            held: Some(held),
        };
        self.detach()?;
        let (writer, aside) = begin_anew(&dir, busy, Arc::clone(&self.lock), why, &known)?;
        *self = writer;
        Ok(aside)
    }

    /// Whether the files that are written are those that others find.
    pub fn is_in_place(&self) -> bool {
        !self.detached && self.place.is_kept()
    }

    /// Why the file under the journal's name is not the one that is written any more, although it
    /// has its identity: it was emptied, cut off, or written over.
    pub fn spoiled(&self) -> Option<StoreError> {
        (!self.detached && !self.place.is_sound()).then(|| StoreError::Database {
            trouble: Trouble::Damaged,
            detail: format!("{}: emptied or written over", self.path.display()),
        })
    }

    /// Puts everything that was recorded back under the journal's name, from which the files that
    /// are written have been removed or moved away, and goes on there. Another journal that lies
    /// there instead is set aside, and what it has beyond this one taken over.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another kiosk has begun there; [`StoreError::Io`] and
    /// [`StoreError::Database`] where it cannot be read or written.
    pub fn put_back(&mut self) -> Result<Option<Aside>, StoreError> {
        let dir = self.dir.clone();
        private::create_dir(&dir).map_err(|error| StoreError::io(&dir, &error))?;
        own_file::make_way(&dir);
        if !self.place.has_lock() {
            self.lock = Arc::new(Lock::take(&dir)?);
        }
        let mut file = None;
        if !self.detached {
            if self.place.has_journal() {
                // Only what lies beside it has gone: into the journal with it.
                self.empty_log()?;
                self.detach()?;
                remove_beside(&self.path)?;
            } else {
                let part = self.copy(&dir)?;
                file = place(&dir, &part, self.place.has_log())?;
                self.detach()?;
            }
        }
        self.keys.put_back()?;
        *self = Self::open_locked(&dir, self.busy, Arc::clone(&self.lock))?;
        Ok(file.map(|file| {
            // What cannot be taken over lies in the other file.
            let carried = self.merge(&file).unwrap_or(0);
            Aside {
                why: StoreError::Exchanged { path: file.clone() },
                file,
                carried,
            }
        }))
    }

    /// Lets go of the files, leaving them as they lie.
    pub(super) fn detach(&mut self) -> Result<(), StoreError> {
        leave(&self.connection);
        self.connection = Connection::open_in_memory()?;
        self.written = Written::default();
        self.detached = true;
        Ok(())
    }

    /// Everything that was recorded, in one file beside the journal's place.
    fn copy(&self, dir: &Path) -> Result<PathBuf, StoreError> {
        let part = fresh_part(dir)?;
        self.connection
            .execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
        // Opened by nobody else.
        let synced = fs::File::open(&part).and_then(|file| file.sync_all());
        synced.map_err(|error| StoreError::io(&part, &error))?;
        Ok(part)
    }

    fn empty_log(&self) -> Result<(), StoreError> {
        let busy: i64 =
            self.connection
                .pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |row| row.get(0))?;
        if busy == 0 {
            return Ok(());
        }
        Err(StoreError::Database {
            trouble: Trouble::Busy,
            detail: "checkpoint".to_owned(),
        })
    }

    fn merge(&mut self, from: &Path) -> Result<u64, StoreError> {
        if own_file::is_obstructed(from) {
            return Ok(0);
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let receipts: bool =
            transaction.query_row("SELECT EXISTS (SELECT 1 FROM receipt)", [], |row| {
                row.get(0)
            })?;
        // Receipts given out since are found by the key that is in force.
        let secret = self.secret.filter(|_| receipts);
        let carried = carry_over(from, &transaction, secret, None, &Held::default())?;
        projection::rebuild(&transaction)?;
        transaction.commit()?;
        Ok(carried)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.is_in_place() {
            leave(&self.connection);
        }
    }
}

/// Has a connection leave everything as it lies when it is closed: what is under the names of its
/// files may be somebody else's by then.
fn leave(connection: &Connection) {
    let keep = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    #[expect(
        clippy::unused_result_ok,
        reason = "where it cannot be had, the log is emptied, and nothing of it lost"
    )]
    connection.set_db_config(keep, true).ok();
}

/// What is known of a journal beside what can be read of it.
#[derive(Default)]
struct Known<'a> {
    /// What its receipts are keyed with.
    secret: Option<[u8; 32]>,
    /// What the program holds of its entries.
    held: Option<&'a Held>,
}

/// Begins a new journal with what can be read of the one in `dir`, which goes aside only once the
/// new one is whole.
fn begin_anew(
    dir: &Path,
    busy: Duration,
    lock: Arc<Lock>,
    why: StoreError,
    known: &Known,
) -> Result<(Writer, Aside), StoreError> {
    own_file::make_way(dir);
    let (part, from) = (fresh_part(dir)?, dir.join(JOURNAL_FILE));
    let filled = if own_file::is_obstructed(&from) {
        // Nothing can be read of what is no file, and it may never end.
        Err(StoreError::NotADatabase { path: from })
    } else {
        fill(&part, &from, busy, known, dir)
    };
    let carried = match filled {
        Ok(carried) => carried,
        Err(error) if error.is_of_disk() => {
            #[expect(clippy::unused_result_ok, reason = "the next attempt empties it")]
            remove(&part).ok();
            return Err(error);
        }
        // What cannot be taken over lies in the other file; the guide goes on without.
        Err(_) => {
            let part = fresh_part(dir)?;
            open_writer(&part, busy, false)?;
            0
        }
    };
    let file = place(dir, &part, false)?.unwrap_or_default();
    let writer = Writer::open_locked(dir, busy, lock)?;
    Ok((writer, Aside { file, why, carried }))
}

fn fill(
    part: &Path,
    from: &Path,
    busy: Duration,
    known: &Known,
    dir: &Path,
) -> Result<u64, StoreError> {
    // Without a log, so that it is one file.
    let (mut connection, _) = open_writer(part, busy, false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let device = Lock::device(dir).unwrap_or_default();
    let none = Held::default();
    let held = known.held.unwrap_or(&none);
    let carried = carry_over(from, &transaction, known.secret, Some(&device), held)?;
    projection::rebuild(&transaction)?;
    transaction.commit()?;
    Ok(carried)
}

/// An empty file, its owner's alone, to write a journal into.
fn fresh_part(dir: &Path) -> Result<PathBuf, StoreError> {
    let part = dir.join(PART_FILE);
    remove(&part)?;
    remove_beside(&part)?;
    private::create_file(&part).map_err(|error| StoreError::io(&part, &error))?;
    Ok(part)
}

/// Gives a whole journal its place; says where what lay there lies now. Where the log that lies
/// there belongs to neither (`stray_log`), it goes: whoever opened the other journal would read it
/// as that one's.
fn place(dir: &Path, part: &Path, stray_log: bool) -> Result<Option<PathBuf>, StoreError> {
    let (new, journal) = (dir.join(NEW_FILE), dir.join(JOURNAL_FILE));
    rename(part, &new)?;
    if stray_log {
        remove_beside(&journal)?;
    }
    let there = fs::symlink_metadata(&journal).is_ok();
    let aside = there.then(|| set_aside(dir)).transpose()?;
    // Of a journal that was taken away, and whose content is in the new one.
    remove_beside(&journal)?;
    rename(&new, &journal)?;
    sync(dir);
    Ok(aside)
}

/// Finishes what a crash has interrupted, and puts a log aside whose journal is gone or empty:
/// SQLite would delete it, or take it for another's.
fn finish_placing(dir: &Path) -> Result<(), StoreError> {
    let (new, journal) = (dir.join(NEW_FILE), dir.join(JOURNAL_FILE));
    let there = fs::symlink_metadata(&journal).ok();
    let forsaken = match &there {
        None => ENDINGS
            .iter()
            .any(|ending| beside(&journal, ending).exists()),
        Some(found) => {
            let log = fs::metadata(beside(&journal, "-wal"));
            found.is_file() && found.len() == 0 && log.is_ok_and(|log| log.len() > 0)
        }
    };
    if forsaken {
        set_aside(dir)?;
    } else if there.is_some() {
        return Ok(());
    }
    if new.exists() {
        rename(&new, &journal)?;
    }
    Ok(())
}

/// A whole journal that power kept from its place while another still lay there: what it has beyond
/// that one is taken over.
fn stray(dir: &Path) -> Result<Option<PathBuf>, StoreError> {
    let (new, stray) = (dir.join(NEW_FILE), dir.join(STRAY_FILE));
    if new.exists() && !stray.exists() {
        rename(&new, &stray)?;
    }
    Ok(stray.exists().then_some(stray))
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|error| StoreError::io(from, &error))
}

fn remove(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(file, &error))
        }
        _ => Ok(()),
    }
}

fn remove_beside(journal: &Path) -> Result<(), StoreError> {
    ENDINGS
        .iter()
        .try_for_each(|ending| remove(&beside(journal, ending)))
}

/// Whether the journal is there and this user may not open it, in a directory where another can
/// take its place.
fn is_unopenable(dir: &Path) -> bool {
    let path = dir.join(JOURNAL_FILE);
    let Ok(found) = fs::metadata(&path) else {
        return false;
    };
    // Nobody has it open here: it could not be opened just now.
    let refused = !found.is_file()
        || fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
    refused && tempfile::tempfile_in(dir).is_ok()
}
