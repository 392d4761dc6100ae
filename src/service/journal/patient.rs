//! A sink that does not give up on a journal which could not be opened at the start.

use std::path::{Path, PathBuf};

use super::Sink;
use crate::domain::entry::Entry;
use crate::store::{Prepared, StoreError, Writer};

/// Opens the journal when it first can, and then writes to it.
#[derive(Debug)]
pub struct Patient {
    data: PathBuf,
    writer: Option<Writer>,
}

impl Patient {
    /// A sink for the journal of the data directory `data`.
    pub fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            writer: None,
        }
    }
}

impl Sink for Patient {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        match &mut self.writer {
            Some(writer) => writer.commit(drafts),
            None => self.writer.insert(Writer::open(&self.data)?).commit(drafts),
        }
    }

    fn harden(&mut self, topic: &str, slow: &[u8; 32]) -> Result<(), StoreError> {
        self.writer
            .as_mut()
            .map_or(Ok(()), |writer| writer.harden(topic, slow))
    }
}
