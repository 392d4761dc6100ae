//! A workbook that Excel, WPS and LibreOffice open: incidents, complaints and entries on sheets of their
//! own, with real dates on the branch's clock, a heading that stays in sight, and filters. Every word is
//! written as a string, so that none is ever a formula. Rows go to a file as they are made, so that a long
//! history takes no more memory than a short one.

use std::io::{self, Seek, Write};
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::rows::{self, Cell};
use super::{COLUMNS, ExportError, Names, Row, What};
use crate::domain::ids::IncidentId;
use crate::service::records::Records;
use crate::service::wording::{CsvColumn, SheetColumn, SheetName, Wording};
use crate::store::Stored;

/// The most rows that a sheet holds, the heading included; further ones go on another.
const MOST_ROWS: u32 = 1_048_576;
/// The most characters that a cell holds, as UTF-16 counts them.
const MOST_CHARACTERS: usize = 32_767;
const MS_OF_DAY: f64 = 86_400_000.0;

/// Writes a workbook of `what`, of all of it where nothing is named. `scratch` is a directory on the disk
/// that it will lie on.
///
/// # Errors
/// [`ExportError`].
pub fn xlsx(
    records: &Records,
    what: Option<What>,
    (wording, zone): (&dyn Wording, Tz),
    out: &mut (impl Write + Seek + Send),
    scratch: &Path,
) -> Result<(), ExportError> {
    let mut book = Workbook::new();
    book.set_tempdir(scratch).map_err(failed)?;
    let looks = Looks::new();
    let is_wanted = |one| what.is_none_or(|wanted| wanted == one);
    if is_wanted(What::Incidents) {
        let head = rows::INCIDENTS.map(|column| (wording.column(column), width(column)));
        let mut sheet = Sheet::begin(
            &mut book,
            &looks,
            zone,
            (SheetName::Incidents, &head),
            wording,
        )?;
        for one in records.list()? {
            sheet.write(&rows::incident(&one, wording))?;
        }
        sheet.end()?;
    }
    if is_wanted(What::Complaints) {
        let head = rows::COMPLAINTS.map(|column| (wording.column(column), width(column)));
        let mut sheet = Sheet::begin(
            &mut book,
            &looks,
            zone,
            (SheetName::Complaints, &head),
            wording,
        )?;
        for one in records.complaints()? {
            sheet.write(&rows::complaint(&one, wording))?;
        }
        sheet.end()?;
    }
    if is_wanted(What::Entries) {
        let head = COLUMNS.map(|column| (wording.heading(column), width_of_entry(column)));
        let mut sheet = Sheet::begin(
            &mut book,
            &looks,
            zone,
            (SheetName::Entries, &head),
            wording,
        )?;
        let mut names = Names::default();
        records.for_each(|stored| -> Result<(), ExportError> {
            let row = Row::of(&stored, &mut names, wording, zone);
            sheet.write(&entry(&stored, row))
        })?;
        sheet.end()?;
    }
    if is_wanted(What::Actions) {
        let head = rows::ACTIONS.map(|column| (wording.column(column), width(column)));
        let mut sheet = Sheet::begin(
            &mut book,
            &looks,
            zone,
            (SheetName::Actions, &head),
            wording,
        )?;
        for one in records.every_action()? {
            sheet.write(&rows::action(&one, wording))?;
        }
        sheet.end()?;
    }
    book.save_to_writer(out).map_err(failed)
}

fn entry(stored: &Stored, row: Row) -> Vec<Cell> {
    let incident = row.incident.as_ref().map_or("", IncidentId::as_str);
    vec![
        stored.time().map_or(Cell::Empty, Cell::At),
        Cell::Words(row.time),
        Cell::Words(incident.to_owned()),
        Cell::Words(row.name),
        Cell::Words(row.words.what),
        Cell::Words(row.words.detail),
        Cell::Words(row.words.reason),
        Cell::Words(stored.id.to_string()),
        Cell::Number(stored.seq),
        Cell::Words(row.digest),
    ]
}

fn failed(error: XlsxError) -> ExportError {
    match error {
        XlsxError::IoError(error) => error.into(),
        other => io::Error::other(other.to_string()).into(),
    }
}

/// How cells look.
struct Looks {
    head: Format,
    at: Format,
    day: Format,
    span: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            at: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            span: Format::new().set_num_format("[h]:mm:ss"),
        }
    }
}

/// A sheet that is being written, and those that go on where it is full.
struct Sheet<'a> {
    book: &'a mut Workbook,
    looks: &'a Looks,
    zone: Tz,
    name: String,
    head: &'a [(String, f64)],
    /// How many sheets of this name there are before this one.
    before: usize,
    /// The sheet's place in the book, and the row that is written next.
    place: usize,
    next: u32,
}

impl<'a> Sheet<'a> {
    fn begin(
        book: &'a mut Workbook,
        looks: &'a Looks,
        zone: Tz,
        (name, head): (SheetName, &'a [(String, f64)]),
        wording: &dyn Wording,
    ) -> Result<Self, ExportError> {
        let place = book.worksheets().len();
        let mut sheet = Self {
            book,
            looks,
            zone,
            name: wording.sheet(name),
            head,
            before: 0,
            place,
            next: 0,
        };
        sheet.open()?;
        Ok(sheet)
    }

    fn open(&mut self) -> Result<(), ExportError> {
        let name = match self.before {
            0 => self.name.clone(),
            before => format!("{} {}", self.name, before + 1),
        };
        let sheet = self
            .book
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (column, (words, width)) in (0..).zip(self.head) {
            sheet.set_column_width(column, *width).map_err(failed)?;
            sheet
                .write_string_with_format(0, column, words, &self.looks.head)
                .map_err(failed)?;
        }
        self.next = 1;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, ExportError> {
        self.book.worksheet_from_index(self.place).map_err(failed)
    }

    fn write(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        if self.next >= MOST_ROWS {
            self.end()?;
            self.before += 1;
            self.place = self.book.worksheets().len();
            self.open()?;
        }
        let (row, zone, looks) = (self.next, self.zone, self.looks);
        let sheet = self.sheet()?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Words(words) => sheet.write_string(row, column, fitting(words)),
                Cell::At(at) => {
                    sheet.write_number_with_format(row, column, serial(*at, zone), &looks.at)
                }
                Cell::Day(day) => {
                    let days = (*day - first_day()).num_days() as f64;
                    sheet.write_number_with_format(row, column, days, &looks.day)
                }
                Cell::Span(ms) => {
                    let days = *ms as f64 / MS_OF_DAY;
                    sheet.write_number_with_format(row, column, days, &looks.span)
                }
                Cell::Number(number) => sheet.write_number(row, column, *number as f64),
            }
            .map_err(failed)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Puts filters over the columns.
    fn end(&mut self) -> Result<(), ExportError> {
        let last = self.next - 1;
        let columns = u16::try_from(self.head.len()).unwrap_or(u16::MAX);
        let sheet = self.sheet()?;
        sheet
            .autofilter(0, 0, last, columns.saturating_sub(1))
            .map_err(failed)?;
        Ok(())
    }
}

/// A moment as spreadsheets count it: days since the end of 1899 on the branch's clock.
fn serial(at: DateTime<Utc>, zone: Tz) -> f64 {
    let since = at.with_timezone(&zone).naive_local() - first_day().and_time(NaiveTime::MIN);
    since.num_milliseconds() as f64 / MS_OF_DAY
}

/// The day that spreadsheets count from.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()
}

/// As much of the words as a cell holds.
fn fitting(words: &str) -> &str {
    let mut count = 0;
    let over = words.char_indices().find(|(_, one)| {
        count += one.len_utf16();
        count > MOST_CHARACTERS
    });
    over.map_or(words, |(at, _)| words.get(..at).unwrap_or(words))
}

/// How wide a column is, in characters.
fn width(column: SheetColumn) -> f64 {
    match column {
        SheetColumn::Took
        | SheetColumn::ToStep
        | SheetColumn::ToReport
        | SheetColumn::LeftToDo
        | SheetColumn::ActionNumber
        | SheetColumn::Language => 11.0,
        SheetColumn::State | SheetColumn::Stage => 14.0,
        SheetColumn::Type | SheetColumn::Outcome | SheetColumn::Department => 24.0,
        SheetColumn::ActionKind | SheetColumn::ActionState => 24.0,
        SheetColumn::Subject | SheetColumn::ActionAbout => 28.0,
        SheetColumn::Incident
        | SheetColumn::Incidents
        | SheetColumn::Complaint
        | SheetColumn::Owner => 38.0,
        _ => 19.0,
    }
}

fn width_of_entry(column: CsvColumn) -> f64 {
    match column {
        CsvColumn::Time => 19.0,
        CsvColumn::Utc => 25.0,
        CsvColumn::Incident | CsvColumn::Entry => 38.0,
        CsvColumn::Name | CsvColumn::What => 24.0,
        CsvColumn::Detail => 44.0,
        CsvColumn::Reason => 28.0,
        CsvColumn::Seq => 10.0,
        CsvColumn::Digest => 66.0,
    }
}
