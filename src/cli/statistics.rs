//! `lobby-kiosk statistics`: what many incidents and complaints say together.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::{DateTime, Utc};

use super::document_file::DocumentFile;
use crate::app::Branch;
use crate::domain::lang::Lang;
use crate::domain::statistics::{Month, Period, Quarter};
use crate::i18n::journal::store_error;
use crate::i18n::statistics as words;
use crate::report::statistics::Report;
use crate::service::StoreError;
use crate::service::records::Records;

/// Arguments of `statistics`.
#[derive(Clone, Debug, clap::Args)]
pub struct StatisticsArgs {
    /// A year alone, such as 2026; all of them if none is given
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1970..=9998), conflicts_with_all = ["month", "quarter"])]
    pub year: Option<i32>,
    /// A quarter alone, such as 2026-Q4
    #[arg(long, value_name = "YEAR-QUARTER", conflicts_with = "month")]
    pub quarter: Option<String>,
    /// A month alone, such as 2026-11
    #[arg(long, value_name = "YEAR-MONTH")]
    pub month: Option<String>,
    /// The file to write; its ending says what: .pdf to print, .html to read, .docx to go on writing. Text on standard output,
    /// if not given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl StatisticsArgs {
    fn period(&self, lang: &Lang) -> anyhow::Result<Period> {
        if let Some(typed) = &self.quarter {
            let read = Quarter::read(typed).map(Period::Quarter);
            return read.ok_or_else(|| anyhow!(words::no_quarter(lang, typed)));
        }
        Ok(match (&self.month, self.year) {
            (Some(typed), _) => Month::read(typed)
                .map(Period::Month)
                .ok_or_else(|| anyhow!(words::no_month(lang, typed)))?,
            (None, Some(year)) => Period::Year(year),
            (None, None) => Period::All,
        })
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
    let file = args.out.as_deref();
    let file = file.map(|path| DocumentFile::at(path, lang)).transpose()?;
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
    let Some(file) = file else {
        for line in report.lines() {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    };
    let day = now.with_timezone(&zone).date_naive();
    let document = report.document(branch.settings.branch.name.as_deref(), day);
    file.write(&document, lang)?;
    writeln!(out, "{}", words::written(lang, &file.name()))?;
    Ok(())
}
