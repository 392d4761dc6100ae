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

    fn writer(&mut self) -> Result<&mut Writer, StoreError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => Writer::open(&self.data)?,
        };
        Ok(self.writer.insert(writer))
    }
}

impl Sink for Patient {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        self.writer()?.commit(drafts)
    }

    fn probe(&mut self) -> Result<(), StoreError> {
        self.writer()?.probe()
    }

    fn harden(&mut self, topic: &str, slow: &[u8; 32]) -> Result<(), StoreError> {
        self.writer
            .as_mut()
            .map_or(Ok(()), |writer| writer.harden(topic, slow))
    }
}
