//! The list of incidents a page at a time, as somebody looks for one among years of them.

use chrono::{DateTime, Utc};
use rusqlite::named_params;

use super::Reader;
use super::reviews::{ASKS, Folded, asks};
use crate::domain::review::Asked;
use crate::domain::summary::Summary;
use crate::store::StoreError;
use crate::store::projection::{self, Lists};

/// Which incidents a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentFilter {
    /// Those of this type alone, by its id in the plan.
    pub type_id: Option<String>,
    /// Those that began from the first moment to before the second.
    pub began: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Those that are open or have something left to do.
    pub left: bool,
    /// Those that ask for their review.
    pub asked: Option<Asked>,
    /// Those because of which an action is still to be done.
    pub actions: bool,
}

impl IncidentFilter {
    fn takes(&self, one: &Summary, reviews: &Folded) -> bool {
        let of_type = self.type_id.as_ref().is_none_or(|id| *id == one.type_id);
        let began = self
            .began
            .is_none_or(|(from, until)| from <= one.started && one.started < until);
        let asks = (self.asked.as_ref()).is_none_or(|asked| reviews.asks(one, asked));
        let acts = !self.actions || reviews.has_open_actions(one);
        of_type && began && asks && acts && (!self.left || projection::Row::kept(one) == i64::MAX)
    }
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentPage {
    /// The incidents of the page: the newest first, but of those that ask for their review the oldest,
    /// which has waited longest.
    pub incidents: Vec<Summary>,
    /// Number of the first of them in its list, from 0.
    pub first: usize,
    /// How many incidents the list holds.
    pub all: usize,
}

/// What a list is found by. The type stands in the row's JSON alone: all rows of years are read in the
/// time that a frame of the list takes.
const FOUND: &str = "started >= :from AND started < :until
    AND (:type IS NULL OR CASE json_valid(summary)
        WHEN 1 THEN json_extract(summary, '$.type_id') = :type END)
    AND (NOT :left OR kept = 9223372036854775807)
    AND (NOT :actions OR EXISTS (SELECT 1 FROM review WHERE review.id = incident.id AND open > 0))";

impl Reader {
    /// A page of the incidents that `filter` takes: from number `first` on, at most `length` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn incidents(
        &self,
        filter: &IncidentFilter,
        first: usize,
        length: usize,
    ) -> Result<IncidentPage, StoreError> {
        let Some(connection) = self.connection()? else {
            return Ok(IncidentPage::default());
        };
        // One snapshot: number and rows must be of the same moment.
        let snapshot = connection.unchecked_transaction()?;
        if Lists::of(&snapshot)? != Lists::Whole {
            // While the list is made anew, all of it is folded from the entries.
            let (all, reviews) = (
                projection::list::<Summary>(&snapshot)?,
                Folded::of(&snapshot)?,
            );
            let taken = all.into_iter().filter(|one| filter.takes(one, &reviews));
            let mut found: Vec<Summary> = taken.collect();
            if filter.asked.is_some() {
                found.reverse();
            }
            let all = found.len();
            let incidents = found.drain(first.min(all)..(first + length).min(all));
            let incidents = incidents.collect();
            return Ok(IncidentPage {
                incidents,
                first,
                all,
            });
        }
        let (from, until) = filter.began.map_or((i64::MIN, i64::MAX), |(from, until)| {
            (from.timestamp_millis(), until.timestamp_millis())
        });
        let asked = filter.asked.as_ref().map(asks);
        let (begun, but) = asked.clone().unwrap_or_default();
        let which = match asked {
            Some(_) => format!("{FOUND} AND {ASKS}"),
            // Both are named in any case, so that all lists are asked with the same.
            None => format!("{FOUND} AND :begun = 0 AND :but = ''"),
        };
        let found = named_params! {
            ":from": from, ":until": until, ":type": filter.type_id, ":left": filter.left,
            ":actions": filter.actions, ":begun": begun, ":but": but,
        };
        let order = match filter.asked {
            Some(_) => "ASC",
            None => "DESC",
        };
        let all: i64 = snapshot
            .prepare_cached(&format!("SELECT count(*) FROM incident WHERE {which}"))?
            .query_row(found, |row| row.get(0))?;
        let mut statement = snapshot.prepare_cached(&format!(
            "SELECT id FROM incident WHERE {which}
             ORDER BY started {order}, id {order} LIMIT :length OFFSET :first"
        ))?;
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let ids = statement.query_map(
            named_params! {
                ":from": from, ":until": until, ":type": filter.type_id, ":left": filter.left,
                ":actions": filter.actions, ":begun": begun, ":but": but,
                ":length": number(length), ":first": number(first),
            },
            |row| row.get::<_, String>(0),
        )?;
        let mut incidents = Vec::new();
        for id in ids {
            incidents.extend(projection::read_or_fold::<Summary>(&snapshot, &id?)?);
        }
        Ok(IncidentPage {
            incidents,
            first,
            all: usize::try_from(all).unwrap_or_default(),
        })
    }
}
