//! Words about an invented history.

use std::path::Path;

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// There is something in the directory.
pub fn not_empty(lang: &Lang, path: &Path) -> String {
    let path = path.to_string_lossy();
    tr_with(
        lang,
        "There is something in {} already, and it was left as it is. Name a directory that is empty or not there yet.",
        &[&path],
    )
}

/// It cannot be written.
pub fn cannot_write(lang: &Lang, path: &Path, detail: &str) -> String {
    let path = path.to_string_lossy();
    tr_with(lang, "{0} cannot be written: {1}", &[&path, detail])
}

/// Nobody has said where.
pub fn no_directory(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Name the directory to fill with --data. It must be empty or not there yet.",
    )
}

/// So many incidents, complaints and entries were made there.
pub fn made(lang: &Lang, [incidents, complaints, entries]: [u64; 3], path: &Path) -> String {
    let path = path.to_string_lossy();
    tr_with(
        lang,
        "An invented history of two years lies in {3}: incidents {0}, complaints {1}, entries {2}. None of it has happened.",
        &[
            &incidents.to_string(),
            &complaints.to_string(),
            &entries.to_string(),
            &path,
        ],
    )
}
