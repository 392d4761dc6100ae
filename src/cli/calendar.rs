//! `lobby-kiosk calendar`: takes a year's days off over into `kiosk.toml`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::app::Branch;
use crate::config::settings::edit;
use crate::config::settings::notice::Notice;
use crate::domain::lang::Lang;
use crate::i18n::calendar as words;

/// What to do with the calendar.
#[derive(Debug, Args)]
pub struct CalendarArgs {
    #[command(subcommand)]
    command: CalendarCommand,
}

#[derive(Debug, Subcommand)]
enum CalendarCommand {
    /// Take over a year's holidays and worked weekends from a file of holiday-cn (2026.json)
    Import {
        /// The file
        file: PathBuf,
    },
}

/// Runs the command on the data directory `data`; `lang` words what it prints. Exit code 1 where
/// nothing could be taken over.
///
/// # Errors
/// If `out` cannot be written to.
pub fn run(
    args: &CalendarArgs,
    data: &Path,
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<ExitCode> {
    let CalendarCommand::Import { file } = &args.command;
    let notice = match Notice::load(file) {
        Ok(notice) => notice,
        Err(fault) => {
            let name = file.display().to_string();
            writeln!(out, "{}", words::notice_fault(lang, &name, &fault))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let plan = Branch::load_readonly(data).plan;
    match edit::import(data, &plan, &notice) {
        Ok(done) => {
            for line in words::imported(lang, notice.year, &done) {
                writeln!(out, "{line}")?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            writeln!(out, "{}", words::import_error(lang, &error))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
