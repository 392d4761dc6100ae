//! Where the writer thread puts the acts.

use super::Notice;
use crate::domain::entry::Entry;
use crate::store::{Prepared, StoreError, Writer};

/// Where the writer thread puts the acts. Commits are all or nothing.
pub trait Sink: Send + 'static {
    /// Records `drafts` in their order.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing has been recorded then.
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError>;

    /// Tries whether the disk takes anything, without recording it.
    ///
    /// # Errors
    /// Any [`StoreError`].
    fn probe(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Sees whether the file is still where it was, and puts it back where it is not.
    ///
    /// # Errors
    /// Any [`StoreError`].
    fn look(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Makes what is folded from the entries anew, because somebody could not read what lies beside
    /// them.
    ///
    /// # Errors
    /// Any [`StoreError`].
    fn mend_lists(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    /// How much of the lists is there, in percent, where they are to be made anew; none where they
    /// are whole.
    fn growing(&self) -> Option<u8> {
        None
    }

    /// Makes the next part of them; says the same of what is there then.
    ///
    /// # Errors
    /// Any [`StoreError`]; they are as before then.
    fn list_some(&mut self) -> Result<Option<u8>, StoreError> {
        Ok(None)
    }

    /// Nothing waits for a picture any more: lists may be made anew.
    fn begin_listing(&mut self) {}

    /// Lets go of whatever a panic left half done.
    fn begin_anew(&mut self) {}

    /// Whether it cannot take anything yet, so that it is to be tried.
    fn is_ailing(&self) -> bool {
        false
    }

    /// What has happened to it since it was last asked.
    fn news(&mut self) -> Vec<Notice> {
        Vec::new()
    }

    /// Puts the slow hash of a receipt's number in the place of the quick one.
    ///
    /// # Errors
    /// Any [`StoreError`]; the quick one stays then.
    fn upgrade_receipt_hash(&mut self, _topic: &str, _slow: &[u8; 32]) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Sink for Writer {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        Writer::commit(self, drafts)
    }

    fn probe(&mut self) -> Result<(), StoreError> {
        Writer::probe(self)
    }

    fn upgrade_receipt_hash(&mut self, topic: &str, slow: &[u8; 32]) -> Result<(), StoreError> {
        Writer::upgrade_receipt_hash(self, topic, slow)
    }
}
