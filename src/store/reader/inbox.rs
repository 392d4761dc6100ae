//! Reading the list of complaints, a page at a time.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{Page, Reader, Which};
use crate::domain::complaint::Complaint;
use crate::domain::inbox::Group;
use crate::store::error::StoreError;
use crate::store::projection::{self, inbox};
use crate::store::schema::has_inbox;

impl Reader {
    /// The complaint with this id by its entries alone, whatever the list says.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn by_entries(&self, id: &str) -> Result<Option<Complaint>, StoreError> {
        self.complaints_in()?.map_or(Ok(None), |connection| {
            projection::of_entries(connection, id)
        })
    }

    /// The connection, where the journal's list of complaints can be paged. One that no writer
    /// has brought up to date yet reads as one without any.
    fn inbox_in(&self) -> Result<Option<&Connection>, StoreError> {
        match self.connection()? {
            Some(connection) if has_inbox(connection)? => Ok(Some(connection)),
            _ => Ok(None),
        }
    }

    /// A page of the list of complaints as it stands at `now`: from the complaint number `first`
    /// on, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn inbox(
        &self,
        which: Which,
        now: DateTime<Utc>,
        first: usize,
        length: usize,
    ) -> Result<Page, StoreError> {
        let Some(connection) = self.inbox_in()? else {
            return Ok(Page::default());
        };
        // One snapshot: numbers and rows must be of the same moment.
        let snapshot = connection.unchecked_transaction()?;
        inbox::page(&snapshot, which, now, first, length)
    }

    /// The complaints that belong to an incident, the newest first, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn linked(&self, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::linked(connection, length),
        )
    }

    /// Complaints whose promised days are written down nowhere, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn unpromised(&self, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::unpromised(connection, length),
        )
    }

    /// The complaints that were done with up to `before` and need not be kept, the oldest first,
    /// at most `length` of them; and how many there are.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn done_before(
        &self,
        before: DateTime<Utc>,
        length: usize,
    ) -> Result<(Vec<Complaint>, usize), StoreError> {
        self.inbox_in()?.map_or_else(
            || Ok((Vec::new(), 0)),
            |connection| inbox::done_before(connection, before, length),
        )
    }

    /// The complaints of a group, the oldest first, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn of_group(&self, group: Group, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::of_group(connection, group, length),
        )
    }
}
