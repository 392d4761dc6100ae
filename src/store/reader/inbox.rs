//! Reading the list of complaints, a page at a time.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{Page, Reader, Which};
use crate::domain::complaint::Complaint;
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::inbox::Group;
use crate::store::error::StoreError;
use crate::store::place::may_be_opened;
use crate::store::projection::{self, Lists, inbox, joined};
use crate::store::salvage::open_still;
use crate::store::schema::{JOURNAL_FILE, has_inbox};

impl Reader {
    /// The complaint with this id by its entries alone, whatever the list says.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn by_entries(&self, id: &ComplaintId) -> Result<Option<Complaint>, StoreError> {
        self.complaints_in()?.map_or(Ok(None), |connection| {
            projection::of_entries(connection, id.as_str())
        })
    }

    /// How much of the lists is there, in percent, while they are being made anew or wait for it;
    /// none once they are whole.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn growing(&self) -> Result<Option<u8>, StoreError> {
        self.connection()?
            .map_or(Ok(None), |connection| Ok(Lists::of(connection)?.percent()))
    }

    /// The same of the journal in the data directory `dir`, without touching anything there, where it
    /// has been begun to make the lists anew.
    pub fn growing_in(dir: &Path) -> Option<u8> {
        let journal = dir.join(JOURNAL_FILE);
        if !may_be_opened(&journal) {
            return None;
        }
        match Lists::of(&open_still(&journal)?).ok()? {
            lists @ Lists::Growing { .. } => lists.percent(),
            Lists::Whole | Lists::Stale => None,
        }
    }

    /// The connection, where no row of the list is of other rules.
    fn cleared_inbox_in(&self) -> Result<Option<&Connection>, StoreError> {
        let Some(connection) = self.inbox_in()? else {
            return Ok(None);
        };
        Ok(match Lists::of(connection)? {
            Lists::Whole | Lists::Growing { cleared: true, .. } => Some(connection),
            Lists::Stale | Lists::Growing { cleared: false, .. } => None,
        })
    }

    /// The connection, where all complaints are in their list.
    fn whole_inbox_in(&self) -> Result<Option<&Connection>, StoreError> {
        match self.inbox_in()? {
            Some(connection) if Lists::of(connection)? != Lists::Whole => Err(StoreError::Growing),
            found => Ok(found),
        }
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

    /// The complaints that belong to an incident, the newest first, at most `length` of them; as
    /// far as the list goes while it is being made anew.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn linked(&self, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.cleared_inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::linked(connection, length),
        )
    }

    /// The complaints that belong to this incident, erased ones too, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn joined_to(&self, id: &IncidentId) -> Result<Vec<Complaint>, StoreError> {
        if let Some(connection) = self.whole_inbox_in()? {
            return joined::of_incident(connection, id);
        }
        // A journal of an older version, which no writer has brought up to date yet.
        let mut all = self.complaints()?;
        all.retain(|one| one.incidents.contains(id));
        all.reverse();
        Ok(all)
    }

    /// Complaints whose promised days are written down nowhere, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn unpromised(&self, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.whole_inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::unpromised(connection, length),
        )
    }

    /// The complaints that were done with up to `before` and need not be kept, the oldest first,
    /// at most `length` of them; and how many there are.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn done_before(
        &self,
        before: DateTime<Utc>,
        length: usize,
    ) -> Result<(Vec<Complaint>, usize), StoreError> {
        self.whole_inbox_in()?.map_or_else(
            || Ok((Vec::new(), 0)),
            |connection| inbox::done_before(connection, before, length),
        )
    }

    /// The complaints of a group, the oldest first, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn of_group(&self, group: Group, length: usize) -> Result<Vec<Complaint>, StoreError> {
        self.cleared_inbox_in()?.map_or_else(
            || Ok(Vec::new()),
            |connection| inbox::of_group(connection, group, length),
        )
    }
}
