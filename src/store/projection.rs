//! The table `incident`: one row an incident, for lists and for finding what is still alive.
//! Written in the entry's own transaction; always the fold of the journal, and folded again from
//! it where it is not.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::codec::{COLUMNS, Stored};
use super::error::StoreError;
use super::schema::PROJECTION_RULES;
use crate::domain::entry::{Entry, Event, topic_incident};
use crate::domain::summary::{Standing, Summary};

/// Every topic of an incident lies between these two; `;` follows `:` in ASCII.
pub(super) const INCIDENT_TOPICS: (&str, &str) = ("incident:", "incident;");

/// Takes an entry, whose row is already written, into its incident's row.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn project(connection: &Connection, entry: &Entry) -> Result<(), StoreError> {
    let Event::Incident(event) = &entry.draft.event;
    let topic = &entry.draft.topic;
    let Some(id) = topic_incident(topic) else {
        return Ok(());
    };
    let summary = match read(connection, id)? {
        Some(mut summary) => summary.apply(entry.draft.at, event).then_some(summary),
        // New, or unreadable; the latter must not stop the journal, so both are folded.
        None => fold_topic(connection, id, topic)?,
    };
    match summary {
        Some(summary) => write(connection, &summary),
        None => Ok(()),
    }
}

/// Folds every incident anew. The witness in `meta` is not touched: what it vouches for cannot
/// be had from the entries.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM incident", [])?;
    each_incident(connection, |_, summary| match summary {
        Some(summary) => write(connection, &summary),
        None => Ok(()),
    })?;
    connection.execute(
        "UPDATE meta SET rules = ?1,
                projected = coalesce((SELECT max(seq) FROM entry), 0)",
        [PROJECTION_RULES],
    )?;
    Ok(())
}

/// The first incident whose row is not the fold of its entries, in the order of the ids.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn first_difference(connection: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, started, kept, summary FROM incident ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut next_row = || -> Result<Option<[String; 2]>, StoreError> {
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let (started, kept): (i64, i64) = (row.get(1)?, row.get(2)?);
        let summary: String = row.get(3)?;
        Ok(Some([row.get(0)?, flat(started, kept, &summary)]))
    };
    // Both sides come in the order of the ids, so that they are compared in constant memory.
    let mut difference = None;
    each_incident(connection, |id, summary| {
        let Some(summary) = summary.filter(|_| difference.is_none()) else {
            return Ok(());
        };
        let expected = [id.to_owned(), flat_summary(&summary)?];
        let found = next_row()?;
        if found.as_ref() != Some(&expected) {
            let [expected, _] = expected;
            let first = found.map_or(expected.clone(), |[found, _]| found.min(expected));
            difference = Some(first);
        }
        Ok(())
    })?;
    if difference.is_none() {
        difference = next_row()?.map(|[id, _]| id);
    }
    Ok(difference)
}

/// Whether the projections are folded to the end of the journal by today's rules.
pub(super) fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row(
        "SELECT rules = ?1 AND projected = coalesce((SELECT max(seq) FROM entry), 0) FROM meta",
        [PROJECTION_RULES],
        |row| row.get(0),
    )?)
}

/// Until when an incident is kept in mind, in ms UTC: the one number by which
/// [`Summary::is_live`] is found in an index.
pub(super) fn kept(summary: &Summary) -> i64 {
    match summary.standing {
        Standing::Open => i64::MAX,
        Standing::Undone => i64::MIN,
        Standing::Closed if !summary.follow_ups.is_empty() => i64::MAX,
        Standing::Closed => summary
            .ended
            .map_or(i64::MIN, |ended| ended.timestamp_millis()),
    }
}

/// The ids of the incidents that are alive for whoever looks back to `since`, oldest first.
pub(super) fn live(
    connection: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<String>, StoreError> {
    // Left to itself, SQLite walks the whole index on `started`, only to save the sort.
    let mut statement = connection.prepare_cached(
        "SELECT id FROM incident INDEXED BY incident_kept WHERE kept > ?1 ORDER BY started, id",
    )?;
    let ids = statement.query_map([since.timestamp_millis()], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Every row, the newest incident first. A row that cannot be read is folded from the journal.
pub(super) fn list(connection: &Connection) -> Result<Vec<Summary>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, summary FROM incident ORDER BY started DESC, id DESC")?;
    let mut rows = statement.query([])?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, json): (String, String) = (row.get(0)?, row.get(1)?);
        match serde_json::from_str(&json) {
            Ok(summary) => list.push(summary),
            Err(_) => {
                let topic = crate::domain::entry::incident_topic(&id);
                list.extend(fold_topic(connection, &id, &topic)?);
            }
        }
    }
    Ok(list)
}

fn read(connection: &Connection, id: &str) -> Result<Option<Summary>, StoreError> {
    let json: Option<String> = connection
        .prepare_cached("SELECT summary FROM incident WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

fn write(connection: &Connection, summary: &Summary) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO incident (id, started, kept, summary) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE
             SET started = excluded.started, kept = excluded.kept, summary = excluded.summary",
        )?
        .execute(params![
            summary.id,
            summary.started.timestamp_millis(),
            kept(summary),
            to_json(summary)?
        ])?;
    Ok(())
}

fn to_json(summary: &Summary) -> Result<String, StoreError> {
    serde_json::to_string(summary).map_err(|error| StoreError::Encode {
        id: summary.id.clone(),
        detail: error.to_string(),
    })
}

fn flat_summary(summary: &Summary) -> Result<String, StoreError> {
    Ok(flat(
        summary.started.timestamp_millis(),
        kept(summary),
        &to_json(summary)?,
    ))
}

fn flat(started: i64, kept: i64, summary: &str) -> String {
    format!("{started} {kept} {summary}")
}

fn fold_topic(
    connection: &Connection,
    id: &str,
    topic: &str,
) -> Result<Option<Summary>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entry WHERE topic = ?1 ORDER BY seq"
    ))?;
    let mut rows = statement.query([topic])?;
    let mut summary = None;
    while let Some(row) = rows.next()? {
        fold(&mut summary, id, &Stored::from_row(row)?);
    }
    Ok(summary)
}

/// Calls `each` with every incident of the journal in the order of the ids, and its fold; none
/// where no entry began it.
fn each_incident(
    connection: &Connection,
    mut each: impl FnMut(&str, Option<Summary>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM entry WHERE topic >= ?1 AND topic < ?2 ORDER BY topic, seq"
    ))?;
    let mut rows = statement.query([INCIDENT_TOPICS.0, INCIDENT_TOPICS.1])?;
    let mut current: Option<(String, Option<Summary>)> = None;
    while let Some(row) = rows.next()? {
        let stored = Stored::from_row(row)?;
        let Some(id) = topic_incident(&stored.topic) else {
            continue;
        };
        match &mut current {
            Some((open, summary)) if open == id => fold(summary, id, &stored),
            _ => {
                if let Some((done, summary)) = current.take() {
                    each(&done, summary)?;
                }
                let mut summary = None;
                fold(&mut summary, id, &stored);
                current = Some((id.to_owned(), summary));
            }
        }
    }
    match current {
        Some((done, summary)) => each(&done, summary),
        None => Ok(()),
    }
}

fn fold(summary: &mut Option<Summary>, id: &str, stored: &Stored) {
    let (Some(at), Some(Event::Incident(event))) = (stored.time(), stored.event()) else {
        return;
    };
    match summary {
        Some(summary) => {
            summary.apply(at, &event);
        }
        None => *summary = Summary::begin(id, at, &event),
    }
}
