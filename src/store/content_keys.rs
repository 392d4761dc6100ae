//! The sealed keys of contents, in a file of their own beside the journal. A backup holds the
//! present one and none before it: what is wiped here cannot be read from any copy of the journal
//! any more.
//!
//! The file is a row of slots of one length. A slot is written once, before the entry that needs
//! it, and wiped after the erasure that ends it; it is never used for another content, so that
//! older copies of the journal go on finding theirs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::StoreError;
use super::place::{FileId, id_of};
use crate::own_file;
use crate::private;
use crate::seal::{SEALED_BYTES, SealedKey};

/// Bytes of what tells whose a slot is: the beginning of the SHA-256 of the content's id.
const NAME: usize = 16;
/// Bytes of a slot.
const SLOT: usize = NAME + SEALED_BYTES;

/// The file, as its one writer has it.
#[derive(Debug)]
pub(super) struct ContentKeys {
    path: PathBuf,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// Its identity while it lay in its place.
    id: Option<FileId>,
    /// The slot that is written next.
    next: u64,
}

impl ContentKeys {
    /// Of the data directory `dir`; opened once it is needed.
    pub(super) fn of(dir: &Path) -> Self {
        Self {
            path: dir.join(own_file::CONTENT_KEYS),
            open: None,
        }
    }

    /// Writes the keys of some contents, each by its content's id, and says their slots once they
    /// are on disk for good.
    ///
    /// # Errors
    /// [`StoreError::Io`]; what was written of it is of no use to anybody then.
    pub(super) fn add<'a>(
        &mut self,
        keys: impl Iterator<Item = (&'a str, &'a SealedKey)>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut bytes = Vec::new();
        for (id, key) in keys {
            bytes.extend(name(id));
            bytes.extend(key.0);
        }
        if bytes.is_empty() {
            return Ok(Vec::new());
        }
        let path = self.path.clone();
        let failed = |error: io::Error| StoreError::io(&path, &error);
        let open = self.in_place()?;
        let (first, count) = (open.next, (bytes.len() / SLOT) as u64);
        let written = open
            .file
            .seek(SeekFrom::Start(first * SLOT as u64))
            .and_then(|_| open.file.write_all(&bytes))
            .and_then(|()| open.file.sync_data());
        written.map_err(failed)?;
        open.next += count;
        Ok((first..first + count).map(u64::cast_signed).collect())
    }

    /// Wipes slots, and answers once that is on disk.
    ///
    /// # Errors
    /// [`StoreError::Io`]; some may be wiped then.
    pub(super) fn wipe(&mut self, slots: &[i64]) -> Result<(), StoreError> {
        if slots.is_empty() || !self.is_there() {
            return Ok(());
        }
        let path = self.path.clone();
        let failed = |error: io::Error| StoreError::io(&path, &error);
        let open = self.in_place()?;
        for slot in slots.iter().map(|slot| slot.unsigned_abs()) {
            if slot < open.next {
                open.file
                    .seek(SeekFrom::Start(slot * SLOT as u64))
                    .and_then(|_| open.file.write_all(&[0; SLOT]))
                    .map_err(failed)?;
            }
        }
        open.file.sync_data().map_err(failed)
    }

    /// Puts the file back where it was taken away from under the program, or where another took its
    /// place, which is set aside.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(super) fn put_back(&mut self) -> Result<(), StoreError> {
        if self.open.is_some() {
            self.in_place()?;
        }
        Ok(())
    }

    fn is_there(&self) -> bool {
        self.open.is_some() || self.path.exists()
    }

    /// The file, opened, and under its name.
    fn in_place(&mut self) -> Result<&mut Open, StoreError> {
        let path = &self.path;
        let failed = |error: io::Error| StoreError::io(path, &error);
        let open = match self.open.take() {
            Some(open) if open.id == id_of(path) => open,
            Some(open) => lay_back(open, path).map_err(failed)?,
            None => open_at(path).map_err(failed)?,
        };
        Ok(self.open.insert(open))
    }
}

fn open_at(path: &Path) -> io::Result<Open> {
    // It is no file that is made here, and nothing is ever lost by opening it.
    drop(private::create_file(path)?);
    let file = own_file::open_with(path, OpenOptions::new().read(true).write(true))?;
    // Half a slot at the end is of a write that the power ended.
    let next = file.metadata()?.len().div_ceil(SLOT as u64);
    Ok(Open {
        file,
        id: id_of(path),
        next,
    })
}

/// Everything that was written, under its name again.
fn lay_back(mut open: Open, path: &Path) -> io::Result<Open> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut part = tempfile::Builder::new().prefix(".part-").tempfile_in(dir)?;
    open.file.seek(SeekFrom::Start(0))?;
    io::copy(&mut open.file, part.as_file_mut())?;
    part.as_file().sync_all()?;
    if fs::symlink_metadata(path).is_ok() {
        own_file::set_aside(path)?;
    }
    part.persist(path).map_err(|error| error.error)?;
    super::aside::sync(dir);
    open_at(path)
}

/// The sealed key of the content `id` in the data directory `dir`; none where its slot was wiped or
/// is another's.
///
/// # Errors
/// [`StoreError::Io`] where there is a file that cannot be read.
pub(super) fn find(dir: &Path, slot: i64, id: &str) -> Result<Option<SealedKey>, StoreError> {
    let path = dir.join(own_file::CONTENT_KEYS);
    let mut bytes = [0; SLOT];
    let read = own_file::open(&path).and_then(|mut file| {
        file.seek(SeekFrom::Start(slot.unsigned_abs() * SLOT as u64))?;
        file.read_exact(&mut bytes)
    });
    match read {
        Ok(()) => {}
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => {
            return Ok(None);
        }
        Err(error) => return Err(StoreError::io(&path, &error)),
    }
    let key = bytes
        .strip_prefix(&name(id)[..])
        .and_then(|key| key.try_into().ok());
    Ok(key.map(SealedKey))
}

fn name(id: &str) -> [u8; NAME] {
    let mut name = [0; NAME];
    for (to, from) in name.iter_mut().zip(Sha256::digest(id.as_bytes())) {
        *to = from;
    }
    name
}
