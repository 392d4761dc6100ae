//! `lobby-kiosk report`: one incident as a document to file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use clap::Args;

use super::document_file::DocumentFile;
use crate::app::Branch;
use crate::config::plan_file;
use crate::domain::lang::Lang;
use crate::i18n::journal::store_error;
use crate::i18n::report::notes as words;
use crate::report::incident::IncidentReport;
use crate::service::StoreError;
use crate::service::in_force::InForce;
use crate::service::people::People;
use crate::service::records::Records;
use crate::service::reporting;

/// Which incident, and where to.
#[derive(Clone, Debug, Args)]
pub struct ReportArgs {
    /// The incident's number, or as much of its beginning as no other has
    pub id: String,
    /// The file to write; its ending says what: .pdf to file, .html to read, .docx to go on writing
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Writes the report of an incident recorded in `data`, as things stand at `now`, in `lang`, and says
/// on `out` what it is. The data directory is only read.
///
/// # Errors
/// If the ending of the file says nothing, the journal cannot be read, there is no such incident or
/// more than one, or the file cannot be written.
pub fn run(
    args: &ReportArgs,
    data: &Path,
    lang: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let file = DocumentFile::at(&args.out, lang)?;
    let worded = |error: StoreError| anyhow!(store_error(lang, &error));
    let records = Records::open(data).map_err(worded)?;
    let in_force = InForce::new(Branch::load_readonly(data).reading()).now();
    let report = reporting::report(&records, &args.id, &in_force, &plan_file::kept, now);
    let report = report.map_err(worded)?;
    // Without the list of people the report is told all the same, and names nobody.
    let people = People::read(data).ok();
    let told = IncidentReport {
        people: people.as_ref(),
        // It asks for no PIN, so it has no key.
        written: None,
        report: &report,
        settings: &in_force.settings,
        lang,
        version: env!("CARGO_PKG_VERSION"),
    };
    file.write(&told.document(), lang)?;
    let name = report.name.in_lang(lang);
    writeln!(
        out,
        "{}",
        words::written(lang, &file.name(), name, report.id.as_str())
    )?;
    Ok(ExitCode::SUCCESS)
}
