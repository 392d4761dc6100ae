//! The commands of the program.

pub mod check;
pub mod plan;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::i18n;

/// 大堂应急台: a securities branch's emergency plan on the lobby's tablet.
#[derive(Debug, Parser)]
#[command(name = "lobby-kiosk", version)]
pub struct Args {
    /// The data directory: settings, records, the branch's own plan
    #[arg(long, global = true, env = "LOBBY_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The language of what is printed, such as en or `zh_CN`
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check kiosk.toml and the branch's own plan
    Check,
    /// Check or print an emergency plan
    Plan(plan::PlanArgs),
}

/// Runs the program with its arguments, writing to `out`.
///
/// # Errors
/// If no data directory is known, or `out` cannot be written to.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let lang = args.lang.unwrap_or_else(from_environment);
    match args.command {
        Command::Check => check::run(&data_dir(args.data)?, &lang, out),
        Command::Plan(plan) => plan::run(&plan, &lang, out),
    }
    .context("output")
}

fn data_dir(given: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    given
        .or_else(|| {
            directories::ProjectDirs::from("", "", "lobby-kiosk")
                .map(|dirs| dirs.data_dir().to_owned())
        })
        .context("no home directory: name the data directory with --data")
}

/// The language that the environment asks for.
fn from_environment() -> String {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    if asked.is_some_and(|value| value.starts_with("zh")) {
        i18n::DEFAULT_LANG.to_owned()
    } else {
        "en".to_owned()
    }
}
