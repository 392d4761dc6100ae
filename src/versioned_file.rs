//! A file of the program's own that says, as JSON, of which version it is: read whole or not at all,
//! written as a whole, for its owner alone.

use std::io::{self, ErrorKind};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::atomic_file::{self, Readers};
use crate::own_file;
use crate::private;

/// Why a file is none that can be used.
#[derive(Debug)]
pub enum Unfit {
    /// There is none.
    Missing,
    /// It says something else, or too much.
    Damaged,
    /// A newer program wrote it: its version.
    Newer(u64),
    /// The disk refuses.
    Io(io::Error),
}

/// What the file `path` of at most `most` bytes says in this version.
///
/// # Errors
/// [`Unfit`].
pub fn read<T: DeserializeOwned>(path: &Path, most: usize, version: u64) -> Result<T, Unfit> {
    let bytes = own_file::read(path, most).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unfit::Missing,
        ErrorKind::FileTooLarge => Unfit::Damaged,
        _ => Unfit::Io(error),
    })?;
    let whole: Value = serde_json::from_slice(&bytes).map_err(|_| Unfit::Damaged)?;
    match whole["version"].as_u64() {
        Some(found) if found > version => Err(Unfit::Newer(found)),
        Some(found) if found == version => {
            serde_json::from_value(whole).map_err(|_| Unfit::Damaged)
        }
        _ => Err(Unfit::Damaged),
    }
}

/// Writes the file `path` anew; `content` names its version.
///
/// # Errors
/// The disk refuses; the file is as it was then.
pub fn write(path: &Path, content: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(content)?;
    text.push(b'\n');
    private::create_dir(path.parent().unwrap_or(Path::new(".")))?;
    atomic_file::write(path, &text, Readers::Owner)
}
