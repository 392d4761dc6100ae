//! Sinks without a disk.

use crate::domain::entry::Entry;
use crate::store::{Prepared, StoreError};

use super::Sink;

/// Numbers the acts and forgets them, or fails for ever.
#[derive(Debug)]
pub struct Memory {
    last: i64,
    failing: Option<StoreError>,
}

impl Memory {
    /// Takes everything.
    pub fn recording() -> Self {
        Self {
            last: 0,
            failing: None,
        }
    }

    /// Takes nothing, for `error`.
    pub fn failing(error: StoreError) -> Self {
        Self {
            last: 0,
            failing: Some(error),
        }
    }
}

impl Sink for Memory {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        if let Some(error) = &self.failing {
            return Err(error.clone());
        }
        Ok(drafts
            .iter()
            .map(|prepared| {
                self.last += 1;
                Entry {
                    seq: self.last,
                    draft: prepared.draft().clone(),
                }
            })
            .collect())
    }
}
