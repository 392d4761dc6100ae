//! One writer per data directory, by an advisory lock that the system lets go of when the
//! process ends, however it ends.

use std::fs::{File, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::error::StoreError;
use crate::own_file;
use crate::private;

/// Name of the lock file in the data directory. The file is never deleted: deleting it would let
/// two processes lock two files of the same name. It names the device whose journal is kept here,
/// once that has entries, so that a journal which was emptied, deleted or exchanged shows.
pub const LOCK_FILE: &str = own_file::LOCK;
/// How often, and how far apart, a lock is asked for that another has. A program that the process
/// starts has a copy of all its locks until it has come up: one that was let go of meanwhile is
/// free a moment later.
const TRIES: u32 = 25;
const APART: Duration = Duration::from_millis(10);
/// A device has 36.
const MOST_BYTES: usize = 256;

/// The right to write, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of the data directory `dir`, waiting no longer than for a program that is
    /// just being started.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another writer runs, [`StoreError::Io`] if the lock file
    /// cannot be created or the file system knows no locks.
    pub fn take(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(LOCK_FILE);
        let file = private::create_file(&path).map_err(|error| StoreError::io(&path, &error))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { file }),
                Err(TryLockError::WouldBlock) => thread::sleep(APART),
                Err(TryLockError::Error(error)) => return Err(StoreError::io(&path, &error)),
            }
        }
        Err(StoreError::Locked { path })
    }

    /// The device whose journal the data directory `dir` holds, as far as anybody wrote it down.
    pub fn device(dir: &Path) -> Option<String> {
        let bytes = own_file::read(&dir.join(LOCK_FILE), MOST_BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let device = text.trim();
        (!device.is_empty()).then(|| device.to_owned())
    }

    /// Writes down whose journal is kept here.
    ///
    /// # Errors
    /// The disk refuses; `verify` then misses a witness, and nothing else.
    pub(super) fn name(&self, device: &str) -> std::io::Result<()> {
        let mut file = &self.file;
        file.rewind()?;
        file.write_all(device.as_bytes())?;
        self.file.set_len(device.len() as u64)?;
        self.file.sync_data()
    }
}
