//! Which files of the data directory are the kiosk's own, and nobody else's to read.

use std::path::Path;

use crate::private;
use crate::service::{address, language, pin};
use crate::store::{JOURNAL_FILE, LOCK_FILE};

/// What SQLite puts beside the journal.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The files that a branch edits, and the copies of their last good state.
const BRANCH: [&str; 4] = [
    "kiosk.toml",
    "kiosk.last-good.toml",
    "plan.toml",
    "plan.last-good.toml",
];

/// What the program notes down.
const NOTED: [&str; 4] = [pin::FILE, language::FILE, address::PRINTED, address::SERVED];

/// Closes to others what an earlier release, or a copy put back, left open in `data`.
pub fn correct(data: &Path) {
    let beside = BESIDE.map(|end| format!("{JOURNAL_FILE}{end}"));
    let names = [JOURNAL_FILE, LOCK_FILE].into_iter();
    let names = names.chain(BRANCH).chain(NOTED);
    private::correct(data, names.chain(beside.iter().map(String::as_str)));
}
