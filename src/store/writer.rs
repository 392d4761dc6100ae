//! The one connection that writes: each commit takes a group of drafts into the journal, the
//! projections and the witness, all or nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};
use tracing::warn;

use super::amiss::of_structure;
use super::chain::{Broken, What};
use super::codec::Prepared;
use super::content::{self, SideWrite};
use super::content_keys::ContentKeys;
use super::end::End;
use super::error::StoreError;
use super::file_system;
use super::lock::Lock;
use super::place::{JournalDir, Written};
use super::projection::{self, Lists, anew};
use super::schema::{BUSY_TIMEOUT, JOURNAL_FILE, open_writer};
use super::verify::check_tail;
use crate::diagnosis::Seldom;
use crate::domain::entry::Entry;
use crate::private;

/// How many of the last entries are checked at the start. The rest is `verify`'s work: a tablet
/// with a long history must start as fast as a new one.
pub const TAIL: usize = 64;

/// What a commit may take before that is noted, for a diagnosis. The screen never waits for it; a
/// customer who sends a form does.
pub const SLOW_COMMIT: Duration = Duration::from_millis(250);

/// The commits that were slow.
static SLOW: Seldom = Seldom::new();

fn note_slow(slow: &Seldom, took: Duration, entries: usize) {
    if took > SLOW_COMMIT
        && let Some(count) = slow.happened()
    {
        let ms = took.as_millis();
        warn!(ms, entries, count, "a commit was slow");
    }
}

/// The writer of a data directory.
#[derive(Debug)]
pub struct Writer {
    pub(super) connection: Connection,
    pub(super) written: Written,
    pub(super) path: PathBuf,
    pub(super) dir: PathBuf,
    pub(super) busy: Duration,
    pub(super) place: JournalDir,
    /// Its files have been let go of, and not been opened anew yet.
    pub(super) detached: bool,
    /// What the receipts are keyed with.
    pub(super) secret: Option<[u8; 32]>,
    /// The keys of what people wrote.
    pub(super) keys: ContentKeys,
    /// The kind of disk, where the write-ahead log cannot be used on it.
    unfit: Option<String>,
    warning: Option<Broken>,
    /// The lists were damaged when it was opened, and have been made anew.
    pub(super) mended: bool,
    /// The directory says whose journal it holds.
    named: bool,
    /// Something was erased, and the file may still hold an older copy of its page.
    cleaning: bool,
    // Dropped last, after the connection has been closed.
    pub(super) lock: Arc<Lock>,
}

impl Writer {
    /// Takes the lock of the data directory `dir` (created where it is missing), opens or creates
    /// its journal, checks its tail and folds the projections anew if they are not current.
    ///
    /// A tail that does not hold together is no error, because the tablet must guide people all
    /// the same: see [`Writer::warning`].
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another writer runs; the errors of a file that must be left
    /// alone ([`StoreError::NotADatabase`], [`StoreError::Foreign`], [`StoreError::Newer`]);
    /// [`StoreError::Io`] and [`StoreError::Database`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_patient(dir, BUSY_TIMEOUT)
    }

    /// Like [`Writer::open`], waiting at most `busy` for another program to let go of the file.
    ///
    /// # Errors
    /// Those of [`Writer::open`].
    pub fn open_patient(dir: &Path, busy: Duration) -> Result<Self, StoreError> {
        private::create_dir(dir).map_err(|error| StoreError::io(dir, &error))?;
        let mut writer = Self::open_locked(dir, busy, Arc::new(Lock::take(dir)?))?;
        if writer.growing()?.is_some() {
            writer.or_mend(Self::rebuild_projections)?;
        }
        Ok(writer)
    }

    /// Opens it without folding more anew than what is alive: the rest is for
    /// [`Writer::list_some`].
    pub(super) fn open_locked(
        dir: &Path,
        busy: Duration,
        lock: Arc<Lock>,
    ) -> Result<Self, StoreError> {
        let path = dir.join(JOURNAL_FILE);
        if std::fs::symlink_metadata(&path).is_err() {
            // SQLite gives its other files the rights of this one.
            private::create_file(&path).map_err(|error| StoreError::io(&path, &error))?;
        }
        let kind = file_system::kind(dir);
        let shared = kind.as_deref().is_some_and(file_system::is_shared);
        let (connection, logged) = open_writer(&path, busy, !shared)?;
        let warning = check_tail(&connection, TAIL)?;
        let mut writer = Self {
            written: Written::here(&path),
            secret: content::secret(&connection).ok(),
            keys: ContentKeys::of(dir),
            unfit: (shared || !logged).then(|| kind.unwrap_or_default()),
            connection,
            path,
            dir: dir.to_owned(),
            busy,
            place: JournalDir::of(dir),
            detached: false,
            warning,
            mended: false,
            named: false,
            // What was erased just before the program stopped.
            cleaning: true,
            lock,
        };
        writer.know_device(dir)?;
        if Lists::of(&writer.connection)? == Lists::Stale {
            writer.or_mend(Self::begin_lists)?;
        }
        Ok(writer)
    }

    /// Does `fold`, though what the projections lie in is damaged.
    fn or_mend(
        &mut self,
        fold: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match fold(self) {
            Err(why) if why.is_damage() => {
                self.mend_lists()?;
                self.mended = true;
                Ok(())
            }
            folded => folded,
        }
    }

    fn begin_lists(&mut self) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        anew::begin(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    /// How much of the lists is there, in percent; none once they are whole.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn growing(&self) -> Result<Option<u8>, StoreError> {
        Ok(Lists::of(&self.connection)?.percent())
    }

    /// Folds the next part of the lists that are being made anew, in a transaction of its own; says
    /// how much of them is there now, as [`Writer::growing`] does.
    ///
    /// # Errors
    /// [`StoreError::Database`]; they are as before then.
    pub fn list_some(&mut self) -> Result<Option<u8>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let lists = anew::go_on(&transaction)?;
        transaction.commit()?;
        Ok(lists.percent())
    }

    /// Compares the journal with the one that the directory says it holds.
    fn know_device(&mut self, dir: &Path) -> Result<(), StoreError> {
        let sql = "SELECT device, EXISTS (SELECT 1 FROM entry) FROM meta";
        let (device, used): (String, bool) = self
            .connection
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match Lock::device(dir) {
            None if used => self.name_device(&device),
            None => {}
            Some(known) => {
                self.named = true;
                if known != device && self.warning.is_none() {
                    // The journal that was kept here is gone, with all its entries.
                    self.warning = Some(Broken {
                        seq: 1,
                        id: None,
                        what: What::Missing,
                    });
                }
            }
        }
        Ok(())
    }

    fn name_device(&mut self, device: &str) {
        #[expect(
            clippy::unused_result_ok,
            reason = "only a witness: the next start tries again"
        )]
        self.lock.name(device).ok();
        self.named = true;
    }

    /// What was wrong with the last entries at the start. Such a break stays visible to `verify`
    /// for good: the next entry continues after the last one that the writer vouched for, and
    /// links to that one's digest, never to what somebody left in its place. So a position is
    /// never used twice, and lost entries can be put back from a copy.
    pub fn warning(&self) -> Option<&Broken> {
        self.warning.as_ref()
    }

    /// Whether the lists beside the entries were damaged when it was opened, and have been made anew.
    pub fn was_mended(&self) -> bool {
        self.mended
    }

    /// The kind of disk that the data directory lies on, empty where the system does not name it,
    /// if SQLite's write-ahead log is not to be used there. Each commit is safe all the same, and
    /// slower.
    pub fn unfit_disk(&self) -> Option<&str> {
        self.unfit.as_deref()
    }

    /// The journal's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Records `drafts` in their order, in one transaction, and returns their entries. A draft
    /// that the journal already holds word for word is answered with the entry that is there, so
    /// that a commit whose outcome was unclear can simply be repeated.
    ///
    /// # Errors
    /// [`StoreError::IdTaken`] if the journal holds something else under a draft's id, and
    /// [`StoreError::Database`]; nothing has been recorded then.
    pub fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        let began = Instant::now();
        // The keys first: power that fails in between leaves keys of nothing, never words
        // without their key.
        let keys = || {
            drafts
                .iter()
                .flat_map(|one| &one.beside)
                .filter_map(SideWrite::key)
        };
        let slots = self.keys.add(keys())?;
        let slots = keys().map(|(id, _)| id.to_owned()).zip(slots).collect();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut end = End::read(&transaction)?;
        end.slots = slots;
        let mut entries = Vec::with_capacity(drafts.len());
        for prepared in drafts {
            let entry = end.append(&transaction, prepared)?;
            entries.push(entry);
        }
        end.write(&transaction)?;
        transaction.commit()?;
        if !self.named && end.moved {
            self.name_device(&end.device);
        }
        let mut beside = drafts.iter().flat_map(|one| &one.beside);
        self.cleaning |= beside.any(SideWrite::removes);
        self.clean();
        note_slow(&SLOW, began.elapsed(), entries.len());
        Ok(entries)
    }

    /// Tries whether the disk takes anything, without recording it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn probe(&mut self) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE meta SET seq = seq", [])?;
        transaction.commit()?;
        Ok(())
    }

    /// Puts the slow hash of a receipt's number in the place of the quick one.
    ///
    /// # Errors
    /// [`StoreError::Database`]; the quick one still finds the complaint then.
    pub fn upgrade_receipt_hash(&mut self, topic: &str, slow: &[u8; 32]) -> Result<(), StoreError> {
        content::upgrade_receipt_hash(&self.connection, topic, slow)?;
        // The quick one must not stay in the log either.
        self.cleaning = true;
        self.clean();
        Ok(())
    }

    /// Empties the write-ahead log after an erasure or a hardening, so that no older copy of a page stays. A
    /// reader may be in the way; then the next commit tries again.
    fn clean(&mut self) {
        if !self.cleaning || self.wipe_gone().is_err() {
            return;
        }
        let busy =
            self.connection
                .pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |row| {
                    row.get::<_, i64>(0)
                });
        self.cleaning = busy != Ok(0);
    }

    /// Wipes the keys of what was erased.
    fn wipe_gone(&mut self) -> Result<(), StoreError> {
        let gone = content::gone(&self.connection)?;
        self.keys.wipe(&gone)?;
        content::wiped(&self.connection, &gone)
    }

    /// Folds the projections anew where what they lie in is damaged, and sees whether the whole file
    /// can be read afterwards. That takes its time, and is done only once something could not be
    /// read.
    ///
    /// # Errors
    /// [`StoreError::is_damage`] where more is damaged than can be made anew; other
    /// [`StoreError::Database`]. The file is as before then.
    pub fn mend_lists(&mut self) -> Result<(), StoreError> {
        // What was read while it was whole says nothing about the disk. And a page with a wrong
        // cell is emptied as well, since none of what it holds is kept.
        self.connection
            .execute_batch("PRAGMA shrink_memory; PRAGMA cell_size_check = OFF;")?;
        let mended = self.fold_and_check();
        self.connection
            .execute_batch("PRAGMA cell_size_check = ON;")?;
        mended
    }

    fn fold_and_check(&mut self) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        projection::rebuild(&transaction)?;
        if let Some(found) = of_structure(&transaction)? {
            return Err(StoreError::damaged(&found));
        }
        transaction.commit()?;
        Ok(())
    }

    /// Folds the projections anew from the journal, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`]; the projections are as before then.
    pub fn rebuild_projections(&mut self) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        projection::rebuild(&transaction)?;
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{SLOW_COMMIT, note_slow};
    use crate::diagnosis::{Seldom, said};

    #[test]
    fn a_commit_above_its_limit_is_noted_once_and_one_within_it_never() {
        let slow = Seldom::new();
        let told = said(|| {
            note_slow(&slow, SLOW_COMMIT, 1);
            for _ in 0..1000 {
                note_slow(&slow, SLOW_COMMIT * 2, 7);
            }
        });
        let expected =
            " WARN lobby_kiosk::store::writer: a commit was slow ms=500 entries=7 count=1\n";
        assert_eq!(told, expected);
    }
}
