//! `lobby-kiosk statistics`: what many incidents and complaints say together.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::{DateTime, Utc};

use crate::app::Branch;
use crate::atomic_file::{self, Readers};
use crate::document::{self, Format};
use crate::domain::lang::Lang;
use crate::domain::statistics::{Month, Period};
use crate::i18n::journal::store_error;
use crate::i18n::records::cannot_write;
use crate::i18n::statistics as words;
use crate::report::statistics::Report;
use crate::service::StoreError;
use crate::service::records::Records;

/// Arguments of `statistics`.
#[derive(Clone, Debug, clap::Args)]
pub struct StatisticsArgs {
    /// A year alone, such as 2026; all of them if neither is given
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1970..=9998), conflicts_with = "month")]
    pub year: Option<i32>,
    /// A month alone, such as 2026-11
    #[arg(long, value_name = "YEAR-MONTH")]
    pub month: Option<String>,
    /// The file to write; its ending says what: .pdf to print, .html to read. Text on standard output,
    /// if not given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl StatisticsArgs {
    fn period(&self, lang: &Lang) -> anyhow::Result<Period> {
        Ok(match (&self.month, self.year) {
            (Some(typed), _) => Month::read(typed)
                .map(Period::Month)
                .ok_or_else(|| anyhow!(words::no_month(lang, typed)))?,
            (None, Some(year)) => Period::Year(year),
            (None, None) => Period::All,
        })
    }
}

fn format_of(file: &Path) -> Option<Format> {
    match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "pdf" => Some(Format::Pdf),
        "html" => Some(Format::Html),
        _ => None,
    }
}

/// Counts what is in the data directory `data`, as things stand at `now`, and prints it in `lang` or
/// writes it as a document.
///
/// # Errors
/// The period or the file's ending says nothing, the journal cannot be read, or the file not be written.
pub fn run(
    args: &StatisticsArgs,
    data: &Path,
    lang: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let period = args.period(lang)?;
    let file = match &args.out {
        Some(path) => {
            let name = path.to_string_lossy();
            let format = format_of(path).ok_or_else(|| anyhow!(words::bad_ending(lang, &name)))?;
            Some((path, name, format))
        }
        None => None,
    };
    let branch = Branch::load_readonly(data);
    let zone = branch.settings.branch.time_zone;
    let worded = |error: StoreError| anyhow!(store_error(lang, &error));
    let counted = Records::open(data)
        .and_then(|records| records.count(period, &branch.plan, zone, now))
        .map_err(worded)?;
    let report = Report {
        counted: &counted,
        lang,
    };
    let Some((path, name, format)) = file else {
        for line in report.lines() {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    };
    let day = now.with_timezone(&zone).date_naive();
    let document = report.document(branch.settings.branch.name.as_deref(), day);
    let made = document::write(&document, format)
        .map_err(|error| anyhow!(words::not_made(lang, &error.to_string())))?;
    atomic_file::write(path, &made, Readers::Usual)
        .map_err(|error| anyhow!(cannot_write(lang, &name, &error.to_string())))?;
    writeln!(out, "{}", words::written(lang, &name))?;
    Ok(())
}
