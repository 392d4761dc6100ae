//! `lobby-kiosk records`: incidents from the journal, as text or as a file for other programs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::{Subcommand, ValueEnum};

use crate::domain::incident::Status;
use crate::domain::lang::Lang;
use crate::domain::summary::{IncidentState, Summary};
use crate::i18n::journal::store_error;
use crate::i18n::records::{Label, RecordWords, cannot_write, needs_file, no_records, rebuilt};
use crate::service::StoreError;
use crate::service::export::{self, ExportError, What};
use crate::service::records::{self, Record, Records};
use crate::service::wording::Wording;

/// Arguments of `records`.
#[derive(Clone, Debug, clap::Args)]
pub struct RecordsArgs {
    /// What to print
    #[command(subcommand)]
    pub command: RecordsCommand,
}

/// What `records` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum RecordsCommand {
    /// List every incident, the newest first
    List,
    /// Show one incident with everything that was noted about it
    Show {
        /// The incident's number, or as much of its beginning as no other has
        id: String,
    },
    /// Write the journal's entries, incidents or complaints to a file, one row each
    Export {
        /// The kind of file
        #[arg(long, value_enum)]
        format: Format,
        /// What to write: every entry if not given, and all of it to a workbook. Never what customers
        /// wrote
        #[arg(long, value_enum)]
        what: Option<WhatArg>,
        /// Where to write it; standard output where nothing is given
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Make the list of incidents anew from the journal, after verify has asked for it
    Rebuild,
}

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For programs
    Json,
    /// For Excel and WPS
    Csv,
    /// A workbook with real dates and filters, for Excel, WPS and `LibreOffice`
    Xlsx,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhatArg {
    /// Every entry of the journal
    Entries,
    /// Every incident
    Incidents,
    /// Every complaint
    Complaints,
    /// Every action that follows from the review of an incident
    Actions,
}

impl WhatArg {
    fn what(self) -> What {
        match self {
            Self::Entries => What::Entries,
            Self::Incidents => What::Incidents,
            Self::Complaints => What::Complaints,
            Self::Actions => What::Actions,
        }
    }
}

/// Prints what is asked for from the data directory `data`, in `lang`, with times in `zone`.
/// Returns the exit status.
///
/// # Errors
/// The journal cannot be read, there is no such incident, or the output cannot be written.
pub fn run(
    args: &RecordsArgs,
    data: &Path,
    lang: &Lang,
    zone: Tz,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let worded = |error: StoreError| anyhow!(store_error(lang, &error));
    let words = RecordWords { lang };
    match &args.command {
        RecordsCommand::List => {
            let list = Records::open(data)
                .and_then(|records| records.list())
                .map_err(worded)?;
            if list.is_empty() {
                writeln!(out, "{}", no_records(lang))?;
            }
            for summary in &list {
                writeln!(out, "{}", list_line(summary, words, zone))?;
            }
        }
        RecordsCommand::Show { id } => {
            let record = Records::open(data)
                .and_then(|records| records.show(id))
                .map_err(worded)?;
            show(&record, words, zone, out)?;
        }
        RecordsCommand::Export {
            format: Format::Xlsx,
            out: None,
            ..
        } => return Err(anyhow!(needs_file(lang))),
        RecordsCommand::Export {
            format,
            what,
            out: None,
        } => {
            let records = Records::open(data).map_err(worded)?;
            let kind = (*format, what.map(WhatArg::what));
            match write_export(&records, kind, words, zone, out) {
                Err(ExportError::Store(error)) => return Err(worded(error)),
                written => written?,
            }
        }
        RecordsCommand::Export {
            format,
            what,
            out: Some(file),
        } => {
            let records = Records::open(data).map_err(worded)?;
            let kind = (*format, what.map(WhatArg::what));
            match write_file(&records, kind, words, zone, file) {
                Err(ExportError::Store(error)) => return Err(worded(error)),
                Err(ExportError::Write(error)) => {
                    let name = file.to_string_lossy();
                    return Err(anyhow!(cannot_write(lang, &name, &error.to_string())));
                }
                Ok(()) => {}
            }
        }
        RecordsCommand::Rebuild => {
            records::rebuild(data).map_err(worded)?;
            writeln!(out, "{}", rebuilt(lang))?;
        }
    }
    Ok(0)
}

fn write_file(
    records: &Records,
    (format, what): (Format, Option<What>),
    words: RecordWords,
    zone: Tz,
    file: &Path,
) -> Result<(), ExportError> {
    let mut buffer = BufWriter::new(File::create(file)?);
    if format == Format::Xlsx {
        let parent = file.parent().filter(|parent| *parent != Path::new(""));
        let scratch = parent.unwrap_or(Path::new("."));
        export::xlsx(records, what, (&words, zone), &mut buffer, scratch)?;
        return Ok(buffer.flush()?);
    }
    write_export(records, (format, what), words, zone, &mut buffer)
}

fn write_export(
    records: &Records,
    (format, what): (Format, Option<What>),
    words: RecordWords,
    zone: Tz,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let what = what.unwrap_or_default();
    match format {
        Format::Json => export::json_of(records, what, &words, zone, out),
        // A workbook goes to a file alone.
        Format::Csv | Format::Xlsx => export::csv_of(records, what, &words, zone, out),
    }
}

fn list_line(summary: &Summary, words: RecordWords, zone: Tz) -> String {
    let mut cells = vec![
        summary.id.to_string(),
        local(summary.started, zone),
        words.standing(summary.standing).to_owned(),
        words.text(&summary.name).to_owned(),
    ];
    cells.extend(
        summary
            .outcome
            .as_ref()
            .map(|outcome| words.text(outcome).to_owned()),
    );
    if !summary.follow_ups.is_empty() {
        cells.push(format!(
            "{}: {}",
            words.label(Label::FollowUps),
            words.follow_ups(&summary.follow_ups)
        ));
    }
    cells.join("  ")
}

fn show(record: &Record, words: RecordWords, zone: Tz, out: &mut dyn Write) -> anyhow::Result<()> {
    let incident = &record.incident;
    let (standing, end) = match &incident.status {
        Status::Open => (IncidentState::Open, None),
        Status::Undone => (IncidentState::Undone, None),
        Status::Closed {
            at, words: outcome, ..
        } => (IncidentState::Closed, Some((*at, outcome))),
    };
    writeln!(out, "{}", words.text(&incident.name))?;
    let mut line = |label, value: &str| writeln!(out, "{}: {value}", words.label(label));
    line(Label::Number, incident.id.as_str())?;
    line(Label::Started, &local(incident.started, zone))?;
    line(Label::IncidentState, words.standing(standing))?;
    if let Some((at, outcome)) = end {
        line(Label::Ended, &local(at, zone))?;
        line(Label::Outcome, words.text(outcome))?;
    }
    if !incident.follow_ups.is_empty() {
        line(Label::FollowUps, &words.follow_ups(&incident.follow_ups))?;
    }
    writeln!(out)?;
    for entry in &record.lines {
        let said = words.entry(&entry.kind, entry.event.as_ref());
        let when = entry.at.map_or(String::new(), |at| local(at, zone));
        let struck = incident.is_struck(&entry.id);
        let struck = struck.then(|| words.label(Label::Struck).to_owned());
        let cells = [
            when,
            said.what,
            said.detail,
            said.reason,
            struck.unwrap_or_default(),
        ];
        let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        writeln!(out, "{}", cells.join("  "))?;
    }
    Ok(())
}

fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%Y-%m-%d %H:%M:%S")
        .to_string()
}
