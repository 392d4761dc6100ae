//! One writer per data directory, by an advisory lock that the system lets go of when the
//! process ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::error::StoreError;
use crate::private;

/// Name of the lock file in the data directory. The file is never deleted: deleting it would let
/// two processes lock two files of the same name.
pub const LOCK_FILE: &str = "journal.lock";

/// The right to write, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the data directory `dir`, without waiting.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another writer runs, [`StoreError::Io`] if the lock file
    /// cannot be created or the file system knows no locks.
    pub fn take(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(LOCK_FILE);
        let file = private::create_file(&path).map_err(|error| StoreError::io(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path }),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path, &error)),
        }
    }
}
