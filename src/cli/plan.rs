//! `lobby-kiosk plan`: checks a plan's file, prints the built-in one.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::config::plan_file;
use crate::domain::lang::Lang;
use crate::i18n::check as words;
use crate::i18n::faults;

/// What to do with a plan.
#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Debug, Subcommand)]
enum PlanCommand {
    /// Check a plan's file: exit 0, or 1 with every fault on a line of its own
    Check {
        /// The file
        file: PathBuf,
    },
    /// Print the built-in plan, to start one's own plan.toml from
    Print,
}

/// Runs the command; `lang` words what it prints. Exit code 1 if the plan has faults.
///
/// # Errors
/// If `out` cannot be written to.
pub fn run(args: &PlanArgs, lang: &Lang, out: &mut dyn Write) -> io::Result<ExitCode> {
    match &args.command {
        PlanCommand::Print => {
            out.write_all(plan_file::BUILT_IN.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        PlanCommand::Check { file } => match plan_file::load(file) {
            Ok((plan, corrections)) => {
                super::check::write_corrections(&corrections, lang, out)?;
                writeln!(out, "{}", words::plan_is_sound(lang, &plan))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(found) => {
                for fault in &found {
                    writeln!(out, "{}", faults::fault(lang, fault))?;
                }
                Ok(ExitCode::FAILURE)
            }
        },
    }
}
