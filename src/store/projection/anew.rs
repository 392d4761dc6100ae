//! Folding the lists anew after a change of rules, a part at a time, so that an act never waits for
//! more than one part, and so that what was begun goes on after a kill.
//!
//! `meta` says how far it has come. While the lists are being made, `rules` is the number of today's
//! rules below zero, and `projected` is [`CLEARING`] until the old rows are gone, then the position
//! down to which the entries still have to be looked at: the newest topics are listed first. Whatever
//! is recorded meanwhile has its topic folded whole, so that its row is right wherever that stands.
//!
//! What is alive is right from the beginning on: [`begin`] finds it by the entries alone.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use rusqlite::{Connection, params};

use super::row::Row;
use super::{fold_topic, live_rows, of_entries, write};
use crate::domain::complaint::Complaint;
use crate::domain::entry::{Event, topic_incident};
use crate::domain::ids::IncidentId;
use crate::domain::review::Review;
use crate::domain::summary::Summary;
use crate::domain::undo::REOPEN;
use crate::store::error::StoreError;
use crate::store::kinds;
use crate::store::reader::last;
use crate::store::schema::PROJECTION_RULES;

/// What `projected` says while rows of the old rules are still there.
const CLEARING: i64 = -1;
/// How many rows of the old rules one part removes from each list at most.
const ROWS: i64 = 500;
/// How many entries one part looks at: some ten milliseconds of work.
const ENTRIES: i64 = 256;

/// How far the lists are the fold of the journal by today's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Lists {
    /// They are.
    Whole,
    /// They are being made: what is there is right, and more is to come.
    Growing {
        /// How much of the journal has been looked at, in percent.
        percent: u8,
        /// Whether every row is one of today's rules; until then, only those of what is alive.
        cleared: bool,
    },
    /// They were made by other rules, or not to the end, and nobody has begun to make them anew.
    Stale,
}

impl Lists {
    /// As `meta` says.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(in crate::store) fn of(connection: &Connection) -> Result<Self, StoreError> {
        let (rules, projected, last): (i64, i64, i64) = connection
            .prepare_cached(
                "SELECT rules, projected, coalesce((SELECT max(seq) FROM entry), 0) FROM meta",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(match (rules, projected) {
            (PROJECTION_RULES, projected) if projected == last => Self::Whole,
            (rules, CLEARING) if rules == -PROJECTION_RULES => Self::Growing {
                percent: 0,
                cleared: false,
            },
            (rules, left) if rules == -PROJECTION_RULES => Self::Growing {
                percent: percent(last - left, last),
                cleared: true,
            },
            _ => Self::Stale,
        })
    }

    /// How much of them is there, in percent; none once they are whole.
    pub(in crate::store) fn percent(self) -> Option<u8> {
        match self {
            Self::Whole => None,
            Self::Growing { percent, .. } => Some(percent),
            Self::Stale => Some(0),
        }
    }
}

/// A hundred percent only where nothing is left.
fn percent(done: i64, all: i64) -> u8 {
    let share = done.clamp(0, all) * 100 / all.max(1);
    u8::try_from(share).unwrap_or(0).min(99)
}

/// Begins to make the lists anew, in the caller's transaction, unless that has begun: only what is
/// alive, or was by the old rows, is folded at once.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(in crate::store) fn begin(connection: &Connection) -> Result<(), StoreError> {
    if Lists::of(connection)? != Lists::Stale {
        return Ok(());
    }
    let since = oldest_alive(connection)?;
    let alive = live_by_entries(connection, since)?.into_iter();
    let ids: BTreeSet<IncidentId> = alive.chain(live_rows(connection, since)?).collect();
    for id in ids {
        match of_entries::<Summary>(connection, id.as_str())? {
            Some(row) => write(connection, &row)?,
            None => {
                connection.execute("DELETE FROM incident WHERE id = ?1", [id.as_str()])?;
            }
        }
    }
    connection.execute(
        "UPDATE meta SET rules = ?1, projected = ?2",
        [-PROJECTION_RULES, CLEARING],
    )?;
    Ok(())
}

/// Does the next part, in the caller's transaction, and says how far the lists have come.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(in crate::store) fn go_on(connection: &Connection) -> Result<Lists, StoreError> {
    match Lists::of(connection)? {
        Lists::Whole => return Ok(Lists::Whole),
        Lists::Stale => begin(connection)?,
        Lists::Growing { cleared: false, .. } => clear(connection)?,
        Lists::Growing { cleared: true, .. } => fill(connection)?,
    }
    Lists::of(connection)
}

/// Removes rows that the old rules left.
fn clear(connection: &Connection) -> Result<(), StoreError> {
    let since = oldest_alive(connection)?.timestamp_millis();
    let incidents = connection
        .prepare_cached(
            "DELETE FROM incident WHERE rowid IN
             (SELECT rowid FROM incident WHERE kept <= ?1 LIMIT ?2)",
        )?
        .execute([since, ROWS])?;
    let complaints = connection
        .prepare_cached(
            "DELETE FROM complaint WHERE rowid IN (SELECT rowid FROM complaint LIMIT ?1)",
        )?
        .execute([ROWS])?;
    let reviews = connection
        .prepare_cached("DELETE FROM review WHERE rowid IN (SELECT rowid FROM review LIMIT ?1)")?
        .execute([ROWS])?;
    // Fewer than a part may hold: these were the last. What is listed meanwhile is of today's rules.
    let most = incidents.max(complaints).max(reviews);
    if i64::try_from(most).is_ok_and(|removed| removed < ROWS) {
        let last = last(connection)?.map_or(0, |(seq, _)| seq);
        reach(connection, last)?;
    }
    Ok(())
}

/// Folds the topics that the next entries began.
fn fill(connection: &Connection) -> Result<(), StoreError> {
    let left: i64 = connection.query_row("SELECT projected FROM meta", [], |row| row.get(0))?;
    let (mut count, mut lowest) = (0, left);
    let mut statement = connection.prepare_cached(
        "SELECT seq, topic, NOT EXISTS
                (SELECT 1 FROM entry WHERE topic = one.topic AND seq < one.seq)
         FROM entry AS one WHERE seq <= ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let mut rows = statement.query([left, ENTRIES])?;
    while let Some(row) = rows.next()? {
        // What is no text is somebody's tampering, which `verify` names.
        let topic = String::from_utf8_lossy(row.get_ref(1)?.as_bytes().unwrap_or_default());
        if row.get(2)? {
            list::<Summary>(connection, &topic)?;
            list::<Complaint>(connection, &topic)?;
            list::<Review>(connection, &topic)?;
        }
        (count, lowest) = (count + 1, row.get(0)?);
    }
    let whole = count < ENTRIES;
    reach(connection, if whole { 0 } else { lowest - 1 })
}

fn list<R: Row>(connection: &Connection, topic: &str) -> Result<(), StoreError> {
    let Some(id) = R::id_in(topic) else {
        return Ok(());
    };
    match fold_topic::<R>(connection, id, topic)? {
        Some(row) => write(connection, &row),
        None => Ok(()),
    }
}

/// Notes that entries down to `left` have still to be looked at; none are left at 0.
fn reach(connection: &Connection, left: i64) -> Result<(), StoreError> {
    if left > 0 {
        connection
            .prepare_cached("UPDATE meta SET projected = ?1")?
            .execute([left])?;
        return Ok(());
    }
    finish(connection)
}

/// Notes that the lists are the fold of the whole journal by today's rules.
///
/// # Errors
/// [`StoreError::Database`] if SQLite refuses.
pub(super) fn finish(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE meta SET rules = ?1,
                projected = coalesce((SELECT max(seq) FROM entry), 0)",
        params![PROJECTION_RULES],
    )?;
    Ok(())
}

/// The moment since which whatever was closed may still be reopened.
fn oldest_alive(connection: &Connection) -> Result<DateTime<Utc>, StoreError> {
    let last = last(connection)?.map_or(DateTime::UNIX_EPOCH, |(_, at)| at);
    Ok(last - REOPEN.length())
}

/// The ids of the incidents that are alive for whoever looks back to `since`, oldest first, by the
/// entries alone: for lists that cannot be trusted. The first picture waits for it, so that what
/// cannot matter is not even read.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn live_by_entries(
    connection: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<IncidentId>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT topic, at, kind, version, body FROM entry
         WHERE topic >= ?1 AND topic < ?2 AND kind NOT IN (?3, ?4) ORDER BY topic, seq",
    )?;
    let (from, to) = Summary::TOPICS;
    let mut rows = statement.query([from, to, "incident.noted", "incident.note-struck"])?;
    let mut alive = Vec::new();
    let mut end = |summary: Option<Summary>| {
        let kept = summary.filter(|one| one.is_live(since));
        alive.extend(kept.map(|one| (one.started, one.id)));
    };
    let mut topic: Vec<u8> = Vec::new();
    let mut summary: Option<Summary> = None;
    while let Some(row) = rows.next()? {
        let text = |at| -> Result<&[u8], StoreError> {
            Ok(row.get_ref(at)?.as_bytes().unwrap_or_default())
        };
        if text(0)? != topic {
            end(summary.take());
            topic = text(0)?.to_owned();
        }
        let kind = String::from_utf8_lossy(text(2)?);
        let left = summary
            .as_ref()
            .is_some_and(|one| !one.follow_ups.is_empty());
        // The most of all entries: a step changes what is alive only where it settles something.
        if kind == "incident.step-marked" && !left {
            continue;
        }
        let body = String::from_utf8_lossy(text(4)?);
        let event = kinds::read(&kind, row.get(3)?, &body);
        let at = Utc.timestamp_millis_opt(row.get(1)?).single();
        let (Some(at), Ok(Event::Incident(event))) = (at, event) else {
            continue;
        };
        match &mut summary {
            Some(summary) => {
                summary.apply(at, &event);
            }
            None => {
                let topic = String::from_utf8_lossy(&topic);
                let id = topic_incident(&topic);
                summary = id.and_then(|id| Summary::begin(&id, at, &event));
            }
        }
    }
    end(summary);
    alive.sort();
    Ok(alive.into_iter().map(|(_, id)| id).collect())
}
