//! The tables `incident`, `complaint` and `review`: one row each, for lists and for finding what is still
//! alive. Written in the entry's own transaction; always the fold of the journal, and folded again
//! from it where they are not.

pub(super) mod anew;
pub(super) mod inbox;
pub(super) mod joined;
mod row;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::codec::{COLUMNS, Stored};
use super::error::StoreError;
use super::schema::{has_inbox, has_reviews};
use crate::domain::complaint::Complaint;
use crate::domain::entry::{Entry, Event};
use crate::domain::ids::IncidentId;
use crate::domain::review::Review;
use crate::domain::summary::Summary;
pub(super) use anew::Lists;
pub(super) use row::Row;

/// Takes an entry, whose row is already written, into the row that it belongs to. Where the lists are
/// not `whole`, a row that is there may be of other rules: then all of the topic is folded.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn project(
    connection: &Connection,
    entry: &Entry,
    whole: bool,
) -> Result<(), StoreError> {
    match &entry.draft.event {
        Event::Incident(_) => project_into::<Summary>(connection, entry, whole),
        Event::Complaint(_) => project_into::<Complaint>(connection, entry, whole),
        Event::Review(_) => project_into::<Review>(connection, entry, whole),
        Event::Staff(_)
        | Event::Pin(_)
        | Event::Clock(_)
        | Event::Keeping(_)
        | Event::Plan(_)
        | Event::People(_)
        | Event::Link(_) => Ok(()),
    }
}

fn project_into<R: Row>(
    connection: &Connection,
    entry: &Entry,
    whole: bool,
) -> Result<(), StoreError> {
    let topic = &entry.draft.topic;
    let Some(id) = R::id_in(topic) else {
        return Ok(());
    };
    let known = match whole {
        true => read::<R>(connection, id)?,
        false => None,
    };
    let row = match known {
        Some(mut row) => row.apply(entry.draft.at, &entry.draft.event).then_some(row),
        // New, or unreadable; the latter must not stop the journal, so both are folded.
        None => fold_topic::<R>(connection, id, topic)?,
    };
    match row {
        Some(row) => write(connection, &row),
        None => Ok(()),
    }
}

/// Folds every row anew. The witness in `meta` is not touched: what it vouches for cannot be had
/// from the entries.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    rebuild_table::<Summary>(connection)?;
    rebuild_table::<Complaint>(connection)?;
    rebuild_table::<Review>(connection)?;
    anew::finish(connection)
}

fn rebuild_table<R: Row>(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(&format!("DELETE FROM {}", R::TABLE), [])?;
    each_row::<R>(connection, |_, row| match row {
        Some(row) => write(connection, &row),
        None => Ok(()),
    })
}

/// The first incident, complaint or review whose row is not the fold of its entries, in the order of the
/// ids.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn first_difference(connection: &Connection) -> Result<Option<String>, StoreError> {
    let mut found = differing::<Summary>(connection)?;
    if found.is_none() && has_inbox(connection)? {
        found = differing::<Complaint>(connection)?;
    }
    if found.is_none() && has_reviews(connection)? {
        found = differing::<Review>(connection)?;
    }
    Ok(found)
}

fn differing<R: Row>(connection: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, started, kept, summary{} FROM {} ORDER BY id",
        more::<R>(),
        R::TABLE
    ))?;
    let mut rows = statement.query([])?;
    let mut next_row = || -> Result<Option<[String; 2]>, StoreError> {
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let (started, kept): (i64, i64) = (row.get(1)?, row.get(2)?);
        let summary: String = row.get(3)?;
        let besides = (4..4 + R::MORE.len()).map(|column| row.get(column));
        let besides = besides.collect::<Result<Vec<Option<i64>>, _>>()?;
        Ok(Some([row.get(0)?, flat(started, kept, &besides, &summary)]))
    };
    // Both sides come in the order of the ids, so that they are compared in constant memory.
    let mut difference = None;
    each_row::<R>(connection, |id, row| {
        let Some(row) = row.filter(|_| difference.is_none()) else {
            return Ok(());
        };
        let expected = [id.to_owned(), flat_row(&row)?];
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

/// The ids of the incidents that are alive for whoever looks back to `since`, oldest first.
pub(super) fn live(
    connection: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<IncidentId>, StoreError> {
    match Lists::of(connection)? {
        Lists::Stale => anew::live_by_entries(connection, since),
        Lists::Whole | Lists::Growing { .. } => live_rows(connection, since),
    }
}

/// The same by the list.
fn live_rows(connection: &Connection, since: DateTime<Utc>) -> Result<Vec<IncidentId>, StoreError> {
    // Left to itself, SQLite walks the whole index on `started`, only to save the sort.
    let mut statement = connection.prepare_cached(
        "SELECT id FROM incident INDEXED BY incident_kept WHERE kept > ?1 ORDER BY started, id",
    )?;
    let id = |row: &rusqlite::Row<'_>| row.get::<_, String>(0).map(IncidentId::from);
    let ids = statement.query_map([since.timestamp_millis()], id)?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Every row, the newest first. A row that cannot be read is folded from the journal, and all are
/// while the list is not whole.
pub(super) fn list<R: Row>(connection: &Connection) -> Result<Vec<R>, StoreError> {
    if Lists::of(connection)? != Lists::Whole {
        let mut list: Vec<R> = Vec::new();
        each_row::<R>(connection, |_, row| {
            list.extend(row);
            Ok(())
        })?;
        list.sort_by(|one, other| {
            let key = |row: &R| (row.started(), row.id().to_owned());
            key(other).cmp(&key(one))
        });
        return Ok(list);
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, summary FROM {} ORDER BY started DESC, id DESC",
        R::TABLE
    ))?;
    let mut rows = statement.query([])?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, json): (String, String) = (row.get(0)?, row.get(1)?);
        match serde_json::from_str(&json) {
            Ok(row) => list.push(row),
            Err(_) => {
                let topic = [R::TOPICS.0, &id].concat();
                list.extend(fold_topic::<R>(connection, &id, &topic)?);
            }
        }
    }
    Ok(list)
}

/// One row; none where there is none that can be read.
pub(super) fn read<R: Row>(connection: &Connection, id: &str) -> Result<Option<R>, StoreError> {
    let json: Option<String> = connection
        .prepare_cached(&format!("SELECT summary FROM {} WHERE id = ?1", R::TABLE))?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// One row; one that cannot be read as such, or that may be of other rules, is folded from the
/// journal.
pub(super) fn read_or_fold<R: Row>(
    connection: &Connection,
    id: &str,
) -> Result<Option<R>, StoreError> {
    let known = match Lists::of(connection)? {
        Lists::Whole => read(connection, id)?,
        Lists::Growing { .. } | Lists::Stale => None,
    };
    match known {
        Some(row) => Ok(Some(row)),
        None => of_entries(connection, id),
    }
}

/// What the row of this id should say, by the entries alone.
pub(super) fn of_entries<R: Row>(
    connection: &Connection,
    id: &str,
) -> Result<Option<R>, StoreError> {
    fold_topic(connection, id, &[R::TOPICS.0, id].concat())
}

fn write<R: Row>(connection: &Connection, row: &R) -> Result<(), StoreError> {
    let besides = row.more();
    let places: String = (0..besides.len())
        .map(|at| format!(", ?{}", at + 5))
        .collect();
    let set: String = R::MORE
        .iter()
        .map(|name| format!(", {name} = excluded.{name}"))
        .collect();
    let (started, kept) = (row.started().timestamp_millis(), row.kept());
    let (id, json) = (row.id(), to_json(row)?);
    let mut values: Vec<&dyn ToSql> = vec![&id, &started, &kept, &json];
    values.extend(besides.iter().map(|one| one as &dyn ToSql));
    connection
        .prepare_cached(&format!(
            "INSERT INTO {} (id, started, kept, summary{}) VALUES (?1, ?2, ?3, ?4{places})
             ON CONFLICT (id) DO UPDATE
             SET started = excluded.started, kept = excluded.kept, summary = excluded.summary{set}",
            R::TABLE,
            more::<R>(),
        ))?
        .execute(values.as_slice())?;
    Ok(())
}

/// The further columns of a table, as they follow others.
fn more<R: Row>() -> String {
    R::MORE.iter().map(|name| format!(", {name}")).collect()
}

fn to_json<R: Row>(row: &R) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::Encode {
        id: row.id().to_owned(),
        detail: error.to_string(),
    })
}

fn flat_row<R: Row>(row: &R) -> Result<String, StoreError> {
    Ok(flat(
        row.started().timestamp_millis(),
        row.kept(),
        &row.more(),
        &to_json(row)?,
    ))
}

fn flat(started: i64, kept: i64, more: &[Option<i64>], summary: &str) -> String {
    format!("{started} {kept} {more:?} {summary}")
}

fn fold_topic<R: Row>(
    connection: &Connection,
    id: &str,
    topic: &str,
) -> Result<Option<R>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entry WHERE topic = ?1 ORDER BY seq"
    ))?;
    let mut rows = statement.query([topic])?;
    let mut summary = None;
    while let Some(row) = rows.next()? {
        fold::<R>(&mut summary, id, &Stored::from_row(row)?);
    }
    Ok(summary)
}

/// Calls `each` with every id of the journal's topics of this kind, in their order, and its fold;
/// none where no entry began it.
fn each_row<R: Row>(
    connection: &Connection,
    mut each: impl FnMut(&str, Option<R>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM entry WHERE topic >= ?1 AND topic < ?2 ORDER BY topic, seq"
    ))?;
    let mut rows = statement.query([R::TOPICS.0, R::TOPICS.1])?;
    let mut current: Option<(String, Option<R>)> = None;
    while let Some(row) = rows.next()? {
        let stored = Stored::from_row(row)?;
        let Some(id) = R::id_in(&stored.topic) else {
            continue;
        };
        match &mut current {
            Some((open, summary)) if open == id => fold::<R>(summary, id, &stored),
            _ => {
                if let Some((done, summary)) = current.take() {
                    each(&done, summary)?;
                }
                let mut summary = None;
                fold::<R>(&mut summary, id, &stored);
                current = Some((id.to_owned(), summary));
            }
        }
    }
    match current {
        Some((done, summary)) => each(&done, summary),
        None => Ok(()),
    }
}

fn fold<R: Row>(row: &mut Option<R>, id: &str, stored: &Stored) {
    let (Some(at), Ok(event)) = (stored.time(), stored.event()) else {
        return;
    };
    match row {
        Some(row) => {
            row.apply(at, &event);
        }
        None => *row = R::begin(id, at, &event),
    }
}
