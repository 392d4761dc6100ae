//! Journals that cannot be used: put aside untouched, under a name that says when, so that a new
//! one can be begun.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::place::beside;
use super::schema::JOURNAL_FILE;
use crate::own_file::{self, before_aside};

/// The files that belong to a journal, after its name.
pub(super) const ENDINGS: [&str; 3] = own_file::BESIDE;

/// A journal that was set aside when this program opened or wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it lies now.
    pub file: PathBuf,
    /// Why it could not be used.
    pub why: StoreError,
    /// How many of its entries could be read, or were still held, and stand in the new journal.
    pub carried: u64,
}

/// Renames the journal of the data directory `dir` and what belongs to it; says what it is called
/// now.
///
/// # Errors
/// [`StoreError::Io`] where the directory does not let it; what could not be renamed lies there
/// as before.
pub(super) fn set_aside(dir: &Path) -> Result<PathBuf, StoreError> {
    let journal = dir.join(JOURNAL_FILE);
    let free = |one: &Path| {
        let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
        let mut all = ENDINGS.iter().map(|ending| beside(one, ending));
        !is_there(one) && !all.any(|other| is_there(&other))
    };
    let target = own_file::name_aside(&journal, free);
    let moved = |from: &Path, to: &Path| match fs::rename(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(from, &error))
        }
        _ => Ok(()),
    };
    moved(&journal, &target)?;
    for ending in ENDINGS {
        moved(&beside(&journal, ending), &beside(&target, ending))?;
    }
    sync(dir);
    Ok(target)
}

/// What lies aside in the data directory `dir`, the oldest first: each by the name of its journal,
/// though only its log may be there.
pub fn list_aside(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let journal = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
            let journal = journal.unwrap_or(&name);
            (before_aside(journal) == Some(JOURNAL_FILE)).then(|| dir.join(journal))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Sees to it that names that came or went are on the disk; where that fails they are there until
/// the power does.
pub(super) fn sync(dir: &Path) {
    #[cfg(unix)]
    if let Ok(dir) = fs::File::open(dir) {
        #[expect(
            clippy::unused_result_ok,
            reason = "the names are there until the power fails"
        )]
        dir.sync_all().ok();
    }
    #[cfg(not(unix))]
    let _ = dir;
}
