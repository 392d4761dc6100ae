//! The list of complaints, a page at a time: found, ordered and counted in indexes that hold just
//! that, so that a million of them cost the memory of one page.
//!
//! The order is that of [`crate::domain::inbox::Place`]: what is overdue by the day it was due, what waits
//! by how long it has, the rest and the erased ones the newest first. Those that lie aside or came
//! in a burst are groups of their own.

use chrono::{DateTime, Utc};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, Row as SqlRow, ToSql};

use super::{Lists, StoreError, fold_topic, of_entries};
use crate::domain::complaint::Complaint;
use crate::domain::entry::complaint_topic;
use crate::domain::ids::ComplaintId;
use crate::domain::inbox::{Counts, GROUPS, Group, SLOT, bursts};

/// Which complaints a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All that are no part of a group.
    #[default]
    Single,
    /// Those of one group.
    Of(Group),
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The complaints of the page, in their order.
    pub complaints: Vec<Complaint>,
    /// How many complaints the whole list holds.
    pub listed: usize,
    /// How many complaints there are of each place, groups included.
    pub counts: Counts,
    /// The groups: bursts, then what lies aside, the newest of each first.
    pub groups: Vec<Group>,
    /// When the first of those that are not overdue becomes so.
    pub next_due: Option<DateTime<Utc>>,
    /// While the list is being made anew, how much of the journal is in it, in percent: numbers and
    /// rows are right as far as they go, and more are to come.
    pub growing: Option<u8>,
}

/// One part of the list: what to look for, and in which order.
struct Part {
    index: &'static str,
    condition: String,
    order: &'static str,
    /// What the condition's `?1` … stand for.
    values: Vec<i64>,
    count: usize,
}

/// The page of `which` from its complaint number `first` on, at most `length` of them, as things
/// stand at `now`.
pub(in crate::store) fn page(
    connection: &Connection,
    which: Which,
    now: DateTime<Utc>,
    first: usize,
    length: usize,
) -> Result<Page, StoreError> {
    let lists = Lists::of(connection)?;
    if let Lists::Stale | Lists::Growing { cleared: false, .. } = lists {
        return Ok(Page {
            growing: lists.percent(),
            ..Page::default()
        });
    }
    let at = now.timestamp_millis();
    let mut page = Page {
        growing: lists.percent(),
        counts: counts(connection, at)?,
        groups: groups(connection)?,
        next_due: next_due(connection, at)?,
        ..Page::default()
    };
    let mut parts = match which {
        Which::Single => single(&page, at),
        Which::Of(group) => vec![of(group)],
    };
    for part in &mut parts {
        part.count = count(connection, part)?;
    }
    page.listed = parts.iter().map(|part| part.count).sum();
    let mut skip = first;
    for part in &parts {
        let left = length - page.complaints.len();
        if left == 0 {
            break;
        }
        if skip < part.count {
            read(connection, part, skip, left, &mut page.complaints)?;
        }
        skip = skip.saturating_sub(part.count);
    }
    Ok(page)
}

fn single(page: &Page, now: i64) -> Vec<Part> {
    // What came in a burst is one row, until it is opened.
    let mut values = vec![now];
    let mut apart = String::new();
    for group in page.groups.iter().filter(|group| group.aside.is_none()) {
        let place = values.len();
        apart.push_str(&format!(
            " AND NOT (fresh = 1 AND started BETWEEN ?{} AND ?{})",
            place + 1,
            place + 2
        ));
        values.extend([group.from.timestamp_millis(), group.to.timestamp_millis()]);
    }
    let part = |index, condition: String, order, values: &[i64]| Part {
        index,
        condition,
        order,
        values: values.to_vec(),
        count: 0,
    };
    vec![
        part(
            "complaint_due",
            format!("rest = 0 AND due IS NOT NULL AND due <= ?1{apart}"),
            "due, started, id",
            &values,
        ),
        part(
            "complaint_waiting",
            format!("rest = 0 AND waiting = 1 AND (due IS NULL OR due > ?1){apart}"),
            "started, id",
            &values,
        ),
        part(
            "complaint_calm",
            "rest = 0 AND waiting = 0 AND (due IS NULL OR due > ?1)".to_owned(),
            "started DESC, id DESC",
            &[now],
        ),
        part(
            "complaint_erased",
            "rest = 2".to_owned(),
            "started DESC, id DESC",
            &[],
        ),
    ]
}

fn of(group: Group) -> Part {
    let (from, to) = (group.from.timestamp_millis(), group.to.timestamp_millis());
    match group.aside {
        Some(aside) => Part {
            index: "complaint_aside",
            condition: "rest = 1 AND aside = ?1".to_owned(),
            order: "started, id",
            values: vec![aside.timestamp_millis()],
            count: 0,
        },
        None => Part {
            index: "complaint_fresh",
            condition: "fresh = 1 AND started BETWEEN ?1 AND ?2".to_owned(),
            order: "started, id",
            values: vec![from, to],
            count: 0,
        },
    }
}

fn count(connection: &Connection, part: &Part) -> Result<usize, StoreError> {
    let sql = format!(
        "SELECT count(*) FROM complaint INDEXED BY {} WHERE {}",
        part.index, part.condition
    );
    let count: i64 = connection
        .prepare_cached(&sql)?
        .query_row(rusqlite::params_from_iter(&part.values), |row| row.get(0))?;
    Ok(size(count))
}

fn read(
    connection: &Connection,
    part: &Part,
    skip: usize,
    length: usize,
    found: &mut Vec<Complaint>,
) -> Result<(), StoreError> {
    // Only the index is walked to where the page begins; then the rows of the page are read.
    let sql = format!(
        "SELECT complaint.id, summary FROM (
             SELECT id AS here FROM complaint INDEXED BY {} WHERE {} ORDER BY {} LIMIT {length} OFFSET {skip}
         ) JOIN complaint ON complaint.id = here",
        part.index, part.condition, part.order
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&part.values))?;
    while let Some(row) = rows.next()? {
        found.extend(complaint(connection, row)?);
    }
    Ok(())
}

/// The complaint of a row; one that cannot be read is folded from the journal.
fn complaint(connection: &Connection, row: &SqlRow<'_>) -> Result<Option<Complaint>, StoreError> {
    let (id, json): (String, String) = (row.get(0)?, row.get(1)?);
    match serde_json::from_str(&json) {
        Ok(complaint) => Ok(Some(complaint)),
        Err(_) => fold_topic::<Complaint>(connection, &id, &complaint_topic(&id.as_str().into())),
    }
}

fn counts(connection: &Connection, now: i64) -> Result<Counts, StoreError> {
    let one = |index: &str, condition: &str| -> Result<usize, StoreError> {
        let sql = format!("SELECT count(*) FROM complaint INDEXED BY {index} WHERE {condition}");
        let mut statement = connection.prepare_cached(&sql)?;
        let values: &[i64] = if condition.contains("?1") {
            &[now]
        } else {
            &[]
        };
        let count = statement.query_row(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(size(count))
    };
    Ok(Counts {
        overdue: one(
            "complaint_due",
            "rest = 0 AND due IS NOT NULL AND due <= ?1",
        )?,
        waiting: one(
            "complaint_waiting",
            "rest = 0 AND waiting = 1 AND (due IS NULL OR due > ?1)",
        )?,
        calm: one(
            "complaint_calm",
            "rest = 0 AND waiting = 0 AND (due IS NULL OR due > ?1)",
        )?,
        aside: one("complaint_aside", "rest = 1")?,
        erased: one("complaint_erased", "rest = 2")?,
    })
}

fn next_due(connection: &Connection, now: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
    let due: Option<i64> = connection
        .prepare_cached(
            "SELECT min(due) FROM complaint INDEXED BY complaint_due
             WHERE rest = 0 AND due IS NOT NULL AND due > ?1",
        )?
        .query_row([now], |row| row.get(0))?;
    Ok(due.and_then(DateTime::from_timestamp_millis))
}

fn groups(connection: &Connection) -> Result<Vec<Group>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT min(started), max(started), count(*)
         FROM complaint INDEXED BY complaint_fresh WHERE fresh = 1
         GROUP BY started / ?1 ORDER BY 1",
    )?;
    let mut rows = statement.query([SLOT])?;
    let mut slots = Vec::new();
    while let Some(row) = rows.next()? {
        let count = size(row.get(2)?);
        slots.extend(span(row)?.map(|(from, to)| (from, to, count)));
    }
    let mut groups = bursts(&slots);
    let mut statement = connection.prepare_cached(
        "SELECT min(started), max(started), count(*), aside
         FROM complaint INDEXED BY complaint_aside WHERE rest = 1
         GROUP BY aside ORDER BY aside DESC LIMIT ?1",
    )?;
    let mut rows = statement.query([Length(GROUPS)])?;
    while let Some(row) = rows.next()? {
        let count = size(row.get(2)?);
        let aside = DateTime::from_timestamp_millis(row.get(3)?);
        if let (Some((from, to)), Some(_)) = (span(row)?, aside) {
            groups.push(Group {
                aside,
                from,
                to,
                count,
            });
        }
    }
    Ok(groups)
}

/// The first and the last moment of something.
type Span = (DateTime<Utc>, DateTime<Utc>);

fn span(row: &SqlRow<'_>) -> Result<Option<Span>, StoreError> {
    let time = DateTime::from_timestamp_millis;
    Ok(time(row.get(0)?).zip(time(row.get(1)?)))
}

/// The complaints that belong to an incident, the newest first, at most `length` of them.
pub(in crate::store) fn linked(
    connection: &Connection,
    length: usize,
) -> Result<Vec<Complaint>, StoreError> {
    some(
        connection,
        "SELECT id, summary FROM complaint INDEXED BY complaint_linked
         WHERE linked = 1 AND rest <> 2 ORDER BY started DESC LIMIT ?1",
        &[&Length(length)],
    )
}

/// Complaints whose days are written down nowhere, at most `length` of them.
pub(in crate::store) fn unpromised(
    connection: &Connection,
    length: usize,
) -> Result<Vec<Complaint>, StoreError> {
    some(
        connection,
        "SELECT id, summary FROM complaint INDEXED BY complaint_promised
         WHERE promised = 0 ORDER BY id LIMIT ?1",
        &[&Length(length)],
    )
}

/// The complaints that were done with up to `before` and need not be kept, the oldest first, at
/// most `length` of them; and how many there are.
pub(in crate::store) fn done_before(
    connection: &Connection,
    before: DateTime<Utc>,
    length: usize,
) -> Result<(Vec<Complaint>, usize), StoreError> {
    let (least, before) = (i64::MIN, before.timestamp_millis());
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM complaint WHERE kept > ?1 AND kept <= ?2")?
        .query_row([least, before], |row| row.get(0))?;
    let found = some(
        connection,
        "SELECT id, summary FROM complaint WHERE kept > ?1 AND kept <= ?2
         ORDER BY kept, id LIMIT ?3",
        &[&least, &before, &Length(length)],
    )?;
    Ok((found, size(count)))
}

/// The complaints of a group, the oldest first, at most `length` of them.
pub(in crate::store) fn of_group(
    connection: &Connection,
    group: Group,
    length: usize,
) -> Result<Vec<Complaint>, StoreError> {
    let mut found = Vec::new();
    read(connection, &of(group), 0, length, &mut found)?;
    Ok(found)
}

/// Whether the complaint must be kept, whoever asks.
pub(in crate::store) fn is_held(
    connection: &Connection,
    id: &ComplaintId,
) -> Result<bool, StoreError> {
    if Lists::of(connection)? != Lists::Whole {
        let known: Option<Complaint> = of_entries(connection, id.as_str())?;
        return Ok(known.is_some_and(|one| one.held.is_some()));
    }
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM complaint WHERE id = ?1 AND held = 1")?;
    Ok(statement.exists([id.as_str()])?)
}

pub(super) fn some(
    connection: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
) -> Result<Vec<Complaint>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(complaint(connection, row)?);
    }
    Ok(found)
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// A number of rows.
struct Length(usize);

impl ToSql for Length {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::try_from(self.0).unwrap_or(i64::MAX).into())
    }
}
