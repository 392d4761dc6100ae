//! What can go wrong with keys.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a key cannot be made, kept or opened. `i18n::seal` words it for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// There is no key file yet.
    #[error("{path}: no key", path = path.display())]
    Missing {
        /// The file that would hold it.
        path: PathBuf,
    },
    /// The key lies under another PIN than the one that was given.
    #[error("{path}: not under this PIN", path = path.display())]
    OtherPin {
        /// The key file.
        path: PathBuf,
    },
    /// The key lies under a PIN, and none was given.
    #[error("{path}: a PIN is needed", path = path.display())]
    NeedsPin {
        /// The key file.
        path: PathBuf,
    },
    /// Whoever gave a PIN of their own has not been given the key: it was not at hand when that PIN was
    /// set.
    #[error("{path}: not under this person's PIN", path = path.display())]
    NotShared {
        /// The key file.
        path: PathBuf,
    },
    /// The key lies under the secret of a device that is not this one, or whose secret is gone.
    #[error("{path}: the secret of this device is missing", path = path.display())]
    OtherDevice {
        /// The key file.
        path: PathBuf,
    },
    /// These are not the words of this key.
    #[error("{path}: the words of another key", path = path.display())]
    OtherWords {
        /// The key file.
        path: PathBuf,
    },
    /// These are no recovery words at all: so many instead of 24, or one is unknown, or two have
    /// changed places.
    #[error("no recovery words")]
    NoWords {
        /// Which word is not of the list, from 1; none where all are.
        unknown: Option<usize>,
    },
    /// The key file does not say what every key file says.
    #[error("{path}: damaged", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote the key file.
    #[error("{path}: version {found}, and {known} is the newest known", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version it has.
        found: u64,
        /// The one this program writes.
        known: u64,
    },
    /// A file cannot be read or written.
    #[error("{path}: {detail}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// A hash or a cipher could not be computed: no random numbers, or no memory.
    #[error("cannot be computed: {detail}")]
    Uncomputed {
        /// The system's words.
        detail: String,
    },
}

impl SealError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            detail: error.to_string(),
        }
    }

    pub(super) fn uncomputed(error: &impl ToString) -> Self {
        Self::Uncomputed {
            detail: error.to_string(),
        }
    }
}

/// Fills `bytes` from the system's randomness.
pub fn randomize(bytes: &mut [u8]) -> Result<(), SealError> {
    getrandom::fill(bytes).map_err(|error| SealError::uncomputed(&error))
}
