//! What statistics count, read off indexes that hold just that.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::Connection;
use serde::Deserialize;

use super::Reader;
use crate::domain::complaint::{About, Complaint};
use crate::domain::plan::Text;
use crate::domain::statistics::{ComplaintFact, IncidentFact};
use crate::domain::summary::{IncidentState, Summary};
use crate::store::error::StoreError;
use crate::store::projection::{self, Lists};
use crate::store::schema::{has_counts, has_inbox};

/// What counts of an incident, as its index has it to the letter: else SQLite reads the rows.
const INCIDENTS: Counted = Counted {
    table: "incident",
    index: "incident_counted",
    says: "CASE WHEN json_valid(summary) THEN json_extract(summary,
    '$.type_id', '$.standing', '$.ended', '$.to_step', '$.reached[0].after') END",
};
/// The same of a complaint.
const COMPLAINTS: Counted = Counted {
    table: "complaint",
    index: "complaint_counted",
    says: "CASE WHEN json_valid(summary) THEN json_extract(summary,
    '$.about', '$.answered', '$.closed', '$.promise.answer_by', '$.aside', '$.erased') END",
};

/// What [`INCIDENTS`] takes out of a row.
#[derive(Deserialize)]
struct OfIncident<'a>(
    #[serde(borrow)] Cow<'a, str>,
    IncidentState,
    Option<DateTime<Utc>>,
    Option<i64>,
    Option<i64>,
);

/// What [`COMPLAINTS`] takes out of a row.
#[derive(Deserialize)]
struct OfComplaint(
    About,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<FixedOffset>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

impl Reader {
    /// Calls `each` with what counts of every incident that began from `from` on and before `to`.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn count_incidents(
        &self,
        range: (DateTime<Utc>, DateTime<Utc>),
        mut each: impl FnMut(&IncidentFact<'_>),
    ) -> Result<(), StoreError> {
        let Some(connection) = self.listed_in()? else {
            return Ok(());
        };
        walk(connection, &INCIDENTS, range, |started, counted, id| {
            let counted = counted.and_then(|counted| serde_json::from_str(counted).ok());
            if let Some(OfIncident(type_id, standing, ended, to_step, to_report)) = counted {
                each(&IncidentFact {
                    type_id: &type_id,
                    started,
                    standing,
                    ended,
                    to_step,
                    to_report,
                });
            } else if let Some(folded) = projection::of_entries::<Summary>(connection, &id()?)? {
                each(&folded.fact());
            }
            Ok(())
        })
    }

    /// The same of every complaint that came in then.
    ///
    /// # Errors
    /// Those of [`Reader::count_incidents`].
    pub fn count_complaints(
        &self,
        range: (DateTime<Utc>, DateTime<Utc>),
        mut each: impl FnMut(&ComplaintFact),
    ) -> Result<(), StoreError> {
        let Some(connection) = self.listed_in()? else {
            return Ok(());
        };
        if !has_inbox(connection)? {
            return Ok(());
        }
        walk(connection, &COMPLAINTS, range, |received, counted, id| {
            let counted = counted.and_then(|counted| serde_json::from_str(counted).ok());
            if let Some(OfComplaint(about, answered, closed, answer_by, aside, erased)) = counted {
                each(&ComplaintFact {
                    about,
                    received,
                    answered: answered.or(closed),
                    answer_by: answer_by.map(|by| by.to_utc()),
                    is_aside: aside.is_some(),
                    is_erased: erased.is_some(),
                });
            } else if let Some(folded) = projection::of_entries::<Complaint>(connection, &id()?)? {
                each(&ComplaintFact::of(&folded));
            }
            Ok(())
        })
    }

    /// When the first incident began or the first complaint came in; none where nothing has.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while not all are listed; [`StoreError::Database`].
    pub fn first_counted(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Some(connection) = self.listed_in()? else {
            return Ok(None);
        };
        let first = |table: &str| -> Result<Option<i64>, StoreError> {
            let sql = format!("SELECT min(started) FROM {table}");
            Ok(connection.query_row(&sql, [], |row| row.get(0))?)
        };
        let complaints = has_inbox(connection)?.then(|| first("complaint"));
        let both = [first("incident")?, complaints.transpose()?.flatten()];
        let first = both.into_iter().flatten().min();
        Ok(first.and_then(DateTime::from_timestamp_millis))
    }

    /// What the type of the incident that began at `started` was called.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn name_of_type(
        &self,
        type_id: &str,
        started: DateTime<Utc>,
    ) -> Result<Option<Text>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(None);
        };
        let mut statement =
            connection.prepare_cached("SELECT summary FROM incident WHERE started = ?1")?;
        let mut rows = statement.query([started.timestamp_millis()])?;
        while let Some(row) = rows.next()? {
            let json: String = row.get(0)?;
            let summary: Option<Summary> = serde_json::from_str(&json).ok();
            if let Some(found) = summary.filter(|one| one.type_id == type_id) {
                return Ok(Some(found.name));
            }
        }
        Ok(None)
    }

    /// The connection, where the lists are whole.
    fn listed_in(&self) -> Result<Option<&Connection>, StoreError> {
        match self.connection()? {
            Some(connection) if Lists::of(connection)? != Lists::Whole => Err(StoreError::Growing),
            found => Ok(found),
        }
    }
}

/// A table, its index, and what that holds of a row.
struct Counted {
    table: &'static str,
    index: &'static str,
    says: &'static str,
}

/// Calls `each` with when each row began, what counts of it, if it can be read, and a way to its id.
fn walk(
    connection: &Connection,
    counted: &Counted,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    mut each: impl FnMut(
        DateTime<Utc>,
        Option<&str>,
        &dyn Fn() -> Result<String, StoreError>,
    ) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let Counted { table, index, says } = counted;
    // A journal that no writer has brought up to date yet has the rows alone.
    let by = if has_counts(connection)? {
        format!("INDEXED BY {index}")
    } else {
        String::new()
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT started, {says}, rowid FROM {table} {by} WHERE started >= ?1 AND started < ?2"
    ))?;
    let mut rows = statement.query([from.timestamp_millis(), to.timestamp_millis()])?;
    while let Some(row) = rows.next()? {
        let Some(started) = DateTime::from_timestamp_millis(row.get(0)?) else {
            continue;
        };
        let rowid: i64 = row.get(2)?;
        let id = || -> Result<String, StoreError> {
            let sql = format!("SELECT id FROM {table} WHERE rowid = ?1");
            Ok(connection.query_row(&sql, [rowid], |row| row.get(0))?)
        };
        each(started, row.get_ref(1)?.as_str().ok(), &id)?;
    }
    Ok(())
}
