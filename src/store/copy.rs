//! A copy of a journal in a place of its own, to be read whatever the disk lets one do beside the
//! original: reading a log takes a file of its own, which a full or forbidden disk does not take.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::place::beside;
use super::schema::JOURNAL_FILE;

/// A journal larger than this is not copied.
const MOST_COPIED: u64 = 1 << 30;
/// What a copy leaves free on its disk.
const LEFT_FREE: u64 = 64 << 20;

/// The journal `from` and its log, copied to where there is room for them; gone with the
/// directory. Not for one that this program has open: see [`super::place::is_written_here`].
pub(super) fn copy(from: &Path) -> Option<(TempDir, PathBuf)> {
    let wal = beside(from, "-wal");
    let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    let needed = length(from) + length(&wal);
    if !(1..=MOST_COPIED).contains(&needed) {
        return None;
    }
    [std::env::temp_dir(), from.parent()?.to_owned()]
        .iter()
        .filter(|place| fs4::available_space(place).is_ok_and(|free| needed + LEFT_FREE <= free))
        .find_map(|place| {
            // Its owner's alone.
            let copy = tempfile::Builder::new()
                .prefix(".lobby-kiosk-")
                .tempdir_in(place)
                .ok()?;
            let path = copy.path().join(JOURNAL_FILE);
            fs::copy(from, &path).ok()?;
            if length(&wal) > 0 {
                fs::copy(&wal, beside(&path, "-wal")).ok()?;
            }
            Some((copy, path))
        })
}
