//! What can go wrong with the journal's file, typed. `i18n::journal` words it for people.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

use super::amiss::Amiss;

/// Why the disk did not take or give what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No room left.
    Full,
    /// Another program holds the file for longer than the busy timeout.
    Busy,
    /// The file's inner structure is broken.
    Damaged,
    /// The file or its folder may not be written, or not be opened at all.
    Forbidden,
    /// The disk itself reported an error.
    Disk,
    /// Something that must be unique is there already.
    Taken,
    /// The file's tables are not those that its version has.
    Schema,
    /// Anything else, a fault of this program first of all.
    Other,
}

/// An error of the store. It keeps the system's words as text, so that it can be cloned into
/// notices and compared in tests.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The data directory or a file in it could not be created, read or locked.
    #[error("{path}: {detail}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// Another process is this data directory's writer.
    #[error("{path}: another writer is running", path = path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The file is no SQLite database.
    #[error("{path}: not a database", path = path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A database, but no journal of this program.
    #[error("{path}: a database of another program", path = path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Another journal of this program lay in the place of the one that is written.
    #[error("{path}: another journal lay in its place", path = path.display())]
    Exchanged {
        /// The file.
        path: PathBuf,
    },
    /// A journal of this program whose version number was changed.
    #[error("{path}: the schema version is missing", path = path.display())]
    Tampered {
        /// The file.
        path: PathBuf,
    },
    /// There is no such data directory to read.
    #[error("{path}: no such directory", path = path.display())]
    NoDirectory {
        /// The directory that was asked for.
        path: PathBuf,
    },
    /// Written by a newer version of this program; left untouched.
    #[error("{path}: schema {found} is newer than {known}", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The linked SQLite has a known way to corrupt a database in WAL mode.
    #[error("SQLite {found} can corrupt a WAL database")]
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// An act that cannot be written as JSON.
    #[error("entry {id} cannot be encoded: {detail}")]
    Encode {
        /// The draft's id.
        id: String,
        /// The encoder's words.
        detail: String,
    },
    /// The journal holds another act under the same id.
    #[error("entry {id} is already there and says something else")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// What is to be erased must be kept: it was held meanwhile.
    #[error("entry {id} would erase what must be kept")]
    Held {
        /// The act's id.
        id: String,
    },
    /// No incident's id begins so.
    #[error("no incident {prefix}")]
    NoSuchIncident {
        /// What was asked for.
        prefix: String,
    },
    /// Several incidents' ids begin so.
    #[error("several incidents begin with {prefix}")]
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// The ids that begin so, oldest first; cut off after [`super::reader::CANDIDATES`].
        ids: Vec<String>,
    },
    /// The system has no random bytes to give.
    #[error("no randomness: {detail}")]
    NoRandomness {
        /// The system's words.
        detail: String,
    },
    /// The lists are being made anew, and not all that was asked for is in them yet.
    #[error("the lists are being made anew")]
    Growing,
    /// What somebody wrote is there, and its key does not open it.
    #[error("content {id} cannot be opened")]
    Unreadable {
        /// The content.
        id: String,
    },
    /// SQLite refused.
    #[error("database: {detail}")]
    Database {
        /// What kind of refusal.
        trouble: Trouble,
        /// SQLite's words.
        detail: String,
    },
}

impl StoreError {
    /// An error of the file system at `path`.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            detail: error.to_string(),
        }
    }

    /// A file whose check found this.
    pub(super) fn damaged(found: &Amiss) -> Self {
        Self::Database {
            trouble: Trouble::Damaged,
            detail: match found {
                Amiss::Structure(said) => said.clone(),
                other => format!("{other:?}"),
            },
        }
    }

    /// The program itself failed while it wrote.
    pub fn panicked() -> Self {
        Self::Database {
            trouble: Trouble::Other,
            detail: "the writer panicked".to_owned(),
        }
    }

    /// The same of the act `id`, which can never be recorded where something that must be unique
    /// is taken: the other acts do not wait for it.
    pub(super) fn of_act(self, id: &str) -> Self {
        match self {
            Self::Database {
                trouble: Trouble::Taken,
                ..
            } => Self::IdTaken { id: id.to_owned() },
            Self::Held { .. } => Self::Held { id: id.to_owned() },
            other => other,
        }
    }

    /// Whether the act was to erase what must be kept.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }

    /// Whether the file itself is why it cannot be used, so that waiting for the disk to get
    /// better is of no use.
    pub fn is_of_file(&self) -> bool {
        match self {
            Self::NotADatabase { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Tampered { .. } => true,
            Self::Database { trouble, .. } => matches!(
                trouble,
                Trouble::Damaged | Trouble::Schema | Trouble::Taken | Trouble::Other
            ),
            _ => false,
        }
    }

    /// Whether one act is why, so that others can be recorded.
    pub fn is_of_act(&self) -> bool {
        matches!(
            self,
            Self::Database {
                trouble: Trouble::Taken,
                ..
            }
        )
    }

    /// Whether the disk, its room or the rights on it are why.
    pub fn is_of_disk(&self) -> bool {
        match self {
            Self::Io { .. } => true,
            Self::Database { trouble, .. } => matches!(
                trouble,
                Trouble::Full | Trouble::Busy | Trouble::Forbidden | Trouble::Disk
            ),
            _ => false,
        }
    }

    /// Whether a file that was open gives nothing back any more, such as that of a disk which was
    /// pulled out.
    pub fn is_lost(&self) -> bool {
        self.is_damage()
            || matches!(
                self,
                Self::Database {
                    trouble: Trouble::Disk,
                    ..
                }
            )
    }

    /// Whether what was to be read is not as the kiosk writes it, so that the file should be looked
    /// at: damaged, or with something of another kind in its place.
    pub fn is_misread(&self) -> bool {
        matches!(
            self,
            Self::Database {
                trouble: Trouble::Damaged | Trouble::Schema | Trouble::Other,
                ..
            }
        )
    }

    /// Whether the file's inner structure is broken.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Database {
                trouble: Trouble::Damaged,
                ..
            }
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let trouble = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Trouble::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Damaged,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Trouble::Forbidden
            }
            Some(ErrorCode::SystemIoFailure) => Trouble::Disk,
            Some(ErrorCode::ConstraintViolation) => Trouble::Taken,
            // What SQLite calls an error without further words is one of the statement or schema.
            Some(ErrorCode::Unknown) => Trouble::Schema,
            _ => Trouble::Other,
        };
        Self::Database {
            trouble,
            detail: error.to_string(),
        }
    }
}
