//! Whether the files that are open are still those that others find under their names. A journal
//! that was removed, moved or covered by another disk goes on taking entries, which nobody finds
//! again.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::aside::ENDINGS;
use super::lock::LOCK_FILE;
use super::salvage::open_main;
use super::schema::JOURNAL_FILE;
use crate::own_file::{self, Stamp};

/// A file's identity, whatever its name: the disk and the number on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

/// The identity of what lies at `path`; none where there is nothing, or where the system has no
/// such thing.
#[cfg(unix)]
pub(super) fn id_of(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(path).ok()?;
    Some(FileId(found.dev(), found.ino()))
}

#[cfg(not(unix))]
pub(super) fn id_of(_path: &Path) -> Option<FileId> {
    None
}

/// A file beside the journal's: `journal.db-wal`.
pub(super) fn beside(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A journal's files, by identity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Files {
    journal: Option<FileId>,
    wal: Option<FileId>,
    shm: Option<FileId>,
}

impl Files {
    /// Those that lie under the name `journal` now.
    pub(super) fn of(journal: &Path) -> Self {
        Self {
            journal: id_of(journal),
            wal: id_of(&beside(journal, "-wal")),
            shm: id_of(&beside(journal, "-shm")),
        }
    }
}

/// What a writer has open.
#[derive(Debug)]
pub(super) struct JournalDir {
    journal: PathBuf,
    files: Files,
    lock: Option<FileId>,
    seen: RefCell<Seen>,
}

impl JournalDir {
    /// Of the data directory `dir`, whose journal and lock have just been opened.
    pub(super) fn of(dir: &Path) -> Self {
        let journal = dir.join(JOURNAL_FILE);
        Self {
            files: Files::of(&journal),
            lock: id_of(&dir.join(LOCK_FILE)),
            seen: RefCell::new(Seen::of(&journal)),
            journal,
        }
    }

    /// Whether the journal's own file is where it was.
    pub(super) fn has_journal(&self) -> bool {
        id_of(&self.journal) == self.files.journal
    }

    /// Whether the log that lies beside the journal's place is still this journal's.
    pub(super) fn has_log(&self) -> bool {
        let log = self.files.wal;
        log.is_some() && id_of(&beside(&self.journal, "-wal")) == log
    }

    /// Whether the lock is where it was.
    pub(super) fn has_lock(&self) -> bool {
        id_of(&self.journal.with_file_name(LOCK_FILE)) == self.lock
    }

    /// Whether all is where it was. What was not there when the journal was opened may have come.
    pub(super) fn is_kept(&self) -> bool {
        let now = Files::of(&self.journal);
        let kept = |then: Option<FileId>, now| then.is_none() || then == now;
        now.journal == self.files.journal
            && kept(self.files.wal, now.wal)
            && kept(self.files.shm, now.shm)
            && self.has_lock()
    }

    /// Whether the journal's own file still holds what it did: it never becomes shorter, names the
    /// same device, and its end never goes back. One that is not there at all is [`Place::is_kept`]'s
    /// matter.
    pub(super) fn is_sound(&self) -> bool {
        let before = self.seen.borrow();
        if Stamp::of(&self.journal).is_none_or(|now| Some(now) == before.stamp) {
            return true;
        }
        let now = Seen::of(&self.journal);
        let sound = now.follows(&before);
        drop(before);
        if sound {
            self.seen.replace(now);
        }
        sound
    }
}

/// A journal's own file, without its log, as it was last seen.
#[derive(Debug, Default)]
struct Seen {
    stamp: Option<Stamp>,
    /// Device and last position; none where all is in the log so far, and where it is no journal.
    end: Option<(String, i64)>,
}

impl Seen {
    fn of(path: &Path) -> Self {
        // The stamp first: what is written meanwhile is seen the next time.
        let stamp = Stamp::of(path);
        let end = open_main(path).and_then(|file| {
            file.query_row("SELECT device, seq FROM meta", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .ok()
        });
        Self { stamp, end }
    }

    /// Whether this is what the journal's own writer may have made of `before`.
    fn follows(&self, before: &Self) -> bool {
        let length = |seen: &Self| seen.stamp.map_or(0, |stamp| stamp.length);
        let is_whole = match (&before.end, &self.end) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(then), Some(now)) => now.0 == then.0 && now.1 >= then.1,
        };
        length(self) >= length(before) && is_whole
    }
}

/// The journals that writers of this program have open. Whoever opens and closes one of them other
/// than through SQLite takes its locks away, which belong to the whole program
/// (<https://sqlite.org/howtocorrupt.html>, section 2.2).
static WRITTEN: Mutex<Vec<FileId>> = Mutex::new(Vec::new());

fn written() -> MutexGuard<'static, Vec<FileId>> {
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a writer of this program has the file at `path` open.
pub(super) fn is_written_here(path: &Path) -> bool {
    id_of(path).is_some_and(|id| written().contains(&id))
}

/// Whether the journal at `path` may be opened other than by its writer: this program is not
/// writing it, and whatever lies there and beside it are files, for which nobody waits.
pub(super) fn may_be_opened(path: &Path) -> bool {
    !is_written_here(path) && !own_file::is_obstructed(path) && obstructed_beside(path).is_none()
}

/// What stands beside the journal at `path`, where SQLite keeps a file, and is none.
pub(super) fn obstructed_beside(path: &Path) -> Option<(PathBuf, io::Error)> {
    let all = ENDINGS.iter().map(|ending| beside(path, ending));
    all.filter_map(|one| own_file::obstruction(&one).map(|error| (one, error)))
        .next()
}

/// Says that a writer has a journal open, until it is dropped.
#[derive(Debug, Default)]
pub(super) struct Written(Option<FileId>);

impl Written {
    /// For the journal at `path`.
    pub(super) fn here(path: &Path) -> Self {
        let id = id_of(path);
        written().extend(id);
        Self(id)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let mut all = written();
        if let Some(at) = all.iter().position(|one| Some(*one) == self.0) {
            all.swap_remove(at);
        }
    }
}
