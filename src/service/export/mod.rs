//! The journal as a file for spreadsheets (CSV, XLSX) and for programs (JSON): its entries, one row each
//! with every column and what it says in words; or the incidents or complaints that they make.

mod rows;
mod xlsx;

use std::collections::HashMap;
use std::io::{self, Write};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use self::rows::Cell;
use super::records::Records;
use super::wording::{CsvColumn, EventText, SheetColumn, Wording};
use crate::domain::entry::{Event, topic_incident};
use crate::domain::ids::IncidentId;
use crate::domain::incident::IncidentEvent;
use crate::domain::plan::Text;
use crate::store::{StoreError, Stored};

/// Why an export stopped. What has been written by then is incomplete.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The journal could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

pub use xlsx::xlsx;

/// What is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// Every entry of the journal.
    #[default]
    Entries,
    /// Every incident, the newest first.
    Incidents,
    /// Every complaint, the newest first, without the words of customers.
    Complaints,
    /// Every action that follows from a review: what is to be done, then what is settled.
    Actions,
}

/// Every column.
pub const COLUMNS: [CsvColumn; 10] = [
    CsvColumn::Time,
    CsvColumn::Utc,
    CsvColumn::Incident,
    CsvColumn::Name,
    CsvColumn::What,
    CsvColumn::Detail,
    CsvColumn::Reason,
    CsvColumn::Entry,
    CsvColumn::Seq,
    CsvColumn::Digest,
];

/// Writes what is asked for as CSV, as [`csv`] does the entries.
///
/// # Errors
/// [`ExportError`].
pub fn csv_of(
    records: &Records,
    what: What,
    wording: &dyn Wording,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    match what {
        What::Entries => csv(records, wording, zone, out),
        What::Incidents => {
            let list = records.list()?;
            let rows = list.iter().map(|one| rows::incident(one, wording));
            csv_rows(&rows::INCIDENTS, rows, wording, zone, out)
        }
        What::Complaints => {
            let list = records.complaints()?;
            let rows = list.iter().map(|one| rows::complaint(one, wording));
            csv_rows(&rows::COMPLAINTS, rows, wording, zone, out)
        }
        What::Actions => {
            let list = records.every_action()?;
            let rows = list.iter().map(|one| rows::action(one, wording));
            csv_rows(&rows::ACTIONS, rows, wording, zone, out)
        }
    }
}

fn csv_rows(
    columns: &[SheetColumn],
    rows: impl Iterator<Item = Vec<Cell>>,
    wording: &dyn Wording,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut table = begin_csv(out)?;
    let headings = columns.iter().map(|column| wording.column(*column));
    table.write_record(headings).map_err(io::Error::from)?;
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Words(words) => harmless(words),
            Cell::At(at) => local(at, zone),
            Cell::Day(day) => day.to_string(),
            // Seconds are what a program reads, and no spreadsheet takes for a time of day.
            Cell::Span(ms) => (ms as f64 / 1000.0).to_string(),
            Cell::Number(number) => number.to_string(),
        });
        table.write_record(cells).map_err(io::Error::from)?;
    }
    Ok(table.flush()?)
}

fn begin_csv(out: &mut dyn Write) -> Result<csv::Writer<&mut dyn Write>, ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out))
}

fn local(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    local.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Writes every entry as CSV that Excel and WPS open as it is: UTF-8 with a byte order mark,
/// lines ended by CR LF, times in `zone`, no cell that would be taken for a formula.
///
/// # Errors
/// [`ExportError`].
pub fn csv(
    records: &Records,
    wording: &dyn Wording,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut table = begin_csv(out)?;
    let headings = COLUMNS.map(|column| wording.heading(column));
    table.write_record(headings).map_err(io::Error::from)?;
    let mut names = Names::default();
    records.for_each(|stored| -> Result<(), ExportError> {
        let row = Row::of(&stored, &mut names, wording, zone);
        let seq = stored.seq.to_string();
        let cells: [&str; 10] = [
            &row.local_time,
            &row.time,
            row.incident.as_ref().map_or("", IncidentId::as_str),
            &harmless(row.name),
            &harmless(row.words.what),
            &harmless(row.words.detail),
            &harmless(row.words.reason),
            stored.id.as_str(),
            &seq,
            &row.digest,
        ];
        Ok(table.write_record(cells).map_err(io::Error::from)?)
    })?;
    Ok(table.flush()?)
}

/// Writes what is asked for as one JSON array: entries as [`json`] does, incidents and complaints as their
/// rows in the journal's lists.
///
/// # Errors
/// [`ExportError`].
pub fn json_of(
    records: &Records,
    what: What,
    wording: &dyn Wording,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    match what {
        What::Entries => return json(records, wording, zone, out),
        What::Incidents => serde_json::to_writer(&mut *out, &records.list()?),
        What::Complaints => serde_json::to_writer(&mut *out, &records.complaints()?),
        What::Actions => serde_json::to_writer(&mut *out, &records.every_action()?),
    }
    .map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Writes every entry as one JSON array. `stored_body` holds the body byte for byte, so that the
/// digests can be re-computed from the file; `body` is the same, parsed.
///
/// # Errors
/// [`ExportError`].
pub fn json(
    records: &Records,
    wording: &dyn Wording,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut names = Names::default();
    let mut before = "[\n";
    records.for_each(|stored| -> Result<(), ExportError> {
        let row = Row::of(&stored, &mut names, wording, zone);
        out.write_all(before.as_bytes())?;
        before = ",\n";
        let object = Object {
            row,
            prev: base16ct::lower::encode_string(&stored.prev),
            body: serde_json::from_str(&stored.body).unwrap_or(Value::Null),
            stored: &stored,
        };
        Ok(serde_json::to_writer(&mut *out, &object).map_err(io::Error::from)?)
    })?;
    // An empty journal is an empty array.
    let end: &[u8] = if before == "[\n" { b"[]\n" } else { b"\n]\n" };
    out.write_all(end)?;
    Ok(out.flush()?)
}

/// What both formats say of an entry beside its columns.
#[derive(Serialize)]
struct Row {
    time: String,
    local_time: String,
    incident: Option<IncidentId>,
    name: String,
    words: EventText,
    digest: String,
}

impl Row {
    fn of(stored: &Stored, names: &mut Names, wording: &dyn Wording, zone: Tz) -> Self {
        let event = stored.event();
        let incident = topic_incident(&stored.topic);
        let name = incident
            .as_ref()
            .and_then(|id| names.after(id, event.as_ref().ok()))
            .map_or("", |name| wording.text(name))
            .to_owned();
        let time = stored.time();
        let format = |shape: &dyn Fn(DateTime<Utc>) -> String| time.map_or(String::new(), shape);
        Self {
            time: format(&|at| at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
            local_time: format(&|at| local(at, zone)),
            incident,
            name,
            words: wording.entry(&stored.kind, event.as_ref()),
            digest: base16ct::lower::encode_string(&stored.digest),
        }
    }
}

#[derive(Serialize)]
struct Object<'a> {
    #[serde(flatten, serialize_with = "columns")]
    stored: &'a Stored,
    prev: String,
    body: Value,
    #[serde(flatten)]
    row: Row,
}

fn columns<S: serde::Serializer>(stored: &Stored, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("seq", &stored.seq)?;
    map.serialize_entry("device", &stored.device)?;
    map.serialize_entry("id", &stored.id)?;
    map.serialize_entry("at", &stored.at)?;
    map.serialize_entry("actor", &stored.actor)?;
    map.serialize_entry("topic", &stored.topic)?;
    map.serialize_entry("kind", &stored.kind)?;
    map.serialize_entry("version", &stored.version)?;
    map.serialize_entry("stored_body", &stored.body)?;
    map.end()
}

/// The name of each incident's type, as far as the journal has been read.
#[derive(Default)]
struct Names(HashMap<IncidentId, Text>);

impl Names {
    fn after(&mut self, id: &IncidentId, event: Option<&Event>) -> Option<&Text> {
        if let Some(Event::Incident(
            IncidentEvent::Started { name, .. } | IncidentEvent::Retyped { name, .. },
        )) = event
        {
            self.0.insert(id.to_owned(), name.clone());
        }
        self.0.get(id)
    }
}

/// A cell that no spreadsheet takes for a formula, whatever the plan's words begin with
/// (OWASP, CSV injection; full-width signs count as formulas in East Asian settings).
fn harmless(cell: String) -> String {
    let formula = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    if cell.starts_with(formula) {
        format!("'{cell}")
    } else {
        cell
    }
}
