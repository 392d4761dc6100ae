//! The commands.

pub mod records;
pub mod verify;

use std::io::Write;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{Parser, Subcommand};

use crate::i18n::DEFAULT_LANG;

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "lobby-kiosk", version, about)]
pub struct Args {
    /// Folder with the journal and the settings
    #[arg(long, global = true, env = "LOBBY_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Re-compute the journal's chain: exit 0 and the number of entries, or 1 and the first break
    Verify(verify::VerifyArgs),
    /// Print incidents from the journal
    Records(records::RecordsArgs),
}

/// Runs the command and returns the exit status.
///
/// # Errors
/// What kept the command from being carried out, worded for people.
pub fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<u8> {
    let data = match &args.data {
        Some(data) => data.clone(),
        None => directories::ProjectDirs::from("", "", "lobby-kiosk")
            .map_or_else(|| PathBuf::from("."), |dirs| dirs.data_dir().to_owned()),
    };
    let zone = Tz::Asia__Shanghai;
    match &args.command {
        Command::Verify(args) => verify::run(args, &data, DEFAULT_LANG, out),
        Command::Records(args) => records::run(args, &data, DEFAULT_LANG, zone, out),
    }
}
