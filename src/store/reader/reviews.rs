//! The reviews of incidents, those that are asked for, and the actions that follow from them.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, named_params};

use super::Reader;
use crate::domain::ids::IncidentId;
use crate::domain::review::{Asked, Review};
use crate::domain::summary::{IncidentState, Summary};
use crate::store::StoreError;
use crate::store::projection::{self, Lists};

/// The incidents that ask for their review, as SQL has it: one that is final, of a version that was
/// made once the incident was over, asks no more.
pub(super) const ASKS: &str = "started >= :begun AND CASE
    WHEN json_valid(incident.summary) THEN json_extract(incident.summary, '$.standing') = 'closed'
        AND NOT EXISTS (SELECT 1 FROM review WHERE review.id = incident.id AND final = 1
            AND CASE WHEN json_valid(review.summary)
                THEN unixepoch(json_extract(review.summary, '$.versions[#-1].at'))
                    >= unixepoch(json_extract(incident.summary, '$.ended')) END)
        AND coalesce(json_extract(incident.summary, '$.outcome_id'), '') NOT IN
            (SELECT value FROM json_each(:but)) END";

/// What [`ASKS`] is asked with: the first moment, in ms UTC, and the outcomes as JSON.
pub(super) fn asks(asked: &Asked) -> (i64, String) {
    let but = serde_json::Value::from(asked.but.clone());
    (asked.since.timestamp_millis(), but.to_string())
}

/// The reviews, where the lists are not whole: folded from the entries.
pub(super) struct Folded(Vec<Review>);

impl Folded {
    pub(super) fn of(connection: &Connection) -> Result<Self, StoreError> {
        Ok(Self(projection::list::<Review>(connection)?))
    }

    fn find(&self, id: &IncidentId) -> Option<&Review> {
        self.0.iter().find(|one| one.incident == *id)
    }

    /// Whether the incident asks for its review.
    pub(super) fn asks(&self, one: &Summary, asked: &Asked) -> bool {
        let is_meant = (one.outcome_id.as_ref()).is_none_or(|outcome| !asked.but.contains(outcome));
        let is_late = one.started < asked.since;
        let review = self.find(&one.id).zip(one.ended);
        let is_settled = review.is_some_and(|(review, ended)| review.settles(ended));
        one.standing == IncidentState::Closed && is_meant && !is_late && !is_settled
    }

    /// Whether something is still to be done because of it.
    pub(super) fn has_open_actions(&self, one: &Summary) -> bool {
        let review = self.find(&one.id);
        review.is_some_and(|review| review.open_actions().next().is_some())
    }
}

impl Reader {
    /// The review of an incident, of which nothing may have been said yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn review(&self, id: &IncidentId) -> Result<Review, StoreError> {
        let known = match self.connection()? {
            Some(connection) => projection::of_entries::<Review>(connection, id.as_str())?,
            None => None,
        };
        Ok(known.unwrap_or_else(|| Review::of(id)))
    }

    /// When each of those incidents was closed that ask for their review.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn asked_for(&self, asked: &Asked) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(Vec::new());
        };
        if Lists::of(connection)? != Lists::Whole {
            let folded = Folded::of(connection)?;
            let all = projection::list::<Summary>(connection)?.into_iter();
            let asks = all.filter(|one| folded.asks(one, asked));
            return Ok(asks.filter_map(|one| one.ended).collect());
        }
        let (begun, but) = asks(asked);
        let mut statement = connection.prepare_cached(&format!(
            "SELECT json_extract(summary, '$.ended') FROM incident WHERE {ASKS}"
        ))?;
        let rows = statement.query_map(named_params! {":begun": begun, ":but": but}, |row| {
            row.get::<_, String>(0)
        })?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(DateTime::parse_from_rfc3339(&row?).map(|at| at.to_utc()));
        }
        Ok(found)
    }

    /// The reviews from which something is still to be done, or all of them where not `open` alone:
    /// by the first day of what is, then the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn reviews(&self, open: bool) -> Result<Vec<Review>, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(Vec::new());
        };
        if !open || Lists::of(connection)? != Lists::Whole {
            let mut all = projection::list::<Review>(connection)?;
            all.retain(|one| !open || one.open_actions().next().is_some());
            return Ok(all);
        }
        let mut statement = connection.prepare_cached(
            "SELECT id FROM review INDEXED BY review_open WHERE open > 0 ORDER BY due, id",
        )?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
        let mut found = Vec::new();
        for id in ids {
            found.extend(projection::read_or_fold::<Review>(connection, &id)?);
        }
        Ok(found)
    }

    /// What lists know of an incident.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn summary(&self, id: &IncidentId) -> Result<Option<Summary>, StoreError> {
        match self.connection()? {
            Some(connection) => projection::read_or_fold(connection, id.as_str()),
            None => Ok(None),
        }
    }
}
