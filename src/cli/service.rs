//! `lobby-kiosk service`: a systemd unit for the tablet.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use crate::domain::lang::Lang;
use crate::i18n;

/// The unit, with its places to fill in. Which terminal, user and PAM lines a compositor needs is
/// as cage's own documentation has it.
const UNIT: &str = include_str!("lobby-kiosk.service");

/// Where the unit keeps what belongs to the kiosk, if nobody names a data directory; the secret of
/// the device lies apart from the data.
const STATE: &str = "StateDirectory=lobby-kiosk lobby-kiosk-device\nStateDirectoryMode=0700\nEnvironment=LOBBY_DATA=%S/lobby-kiosk\n";

/// Whose the kiosk is, and on which terminal.
#[derive(Debug, Args)]
pub struct ServiceArgs {
    /// The user that the kiosk runs as
    #[arg(long, value_name = "NAME", default_value = "lobby-kiosk", value_parser = plain)]
    user: String,
    /// The virtual terminal whose screen it takes
    #[arg(long, value_name = "TTY", default_value = "tty1", value_parser = plain)]
    tty: String,
    /// Where the program lies on the tablet; by default this very file
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// The name of a user or a terminal, which goes into the unit as it is.
fn plain(name: &str) -> Result<String, String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && !name.starts_with(['-', '.']) && name.chars().all(good) {
        return Ok(name.to_owned());
    }
    Err("a name has letters, digits, - and _ only".to_owned())
}

/// Prints the unit for the data directory `data`, or for one that systemd makes.
///
/// # Errors
/// If a path is not absolute or no text, or `out` cannot be written to.
pub fn run(
    args: &ServiceArgs,
    data: Option<&Path>,
    lang: &Lang,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let program = match &args.program {
        Some(program) => program.clone(),
        None => std::env::current_exe().context("lobby-kiosk")?,
    };
    let program = word(&program, lang)?.replace('$', "$$");
    let data = match data {
        // Relative to where this was typed, which the service knows nothing of.
        Some(data) => format!("Environment=\"LOBBY_DATA={}\"\n", {
            let data = std::path::absolute(data).with_context(|| data.display().to_string())?;
            escaped(&data, lang)?
        }),
        None => STATE.to_owned(),
    };
    let unit = UNIT
        .replace("{program}", &program)
        .replace("{data}", &data)
        .replace("{user}", &args.user)
        .replace("{tty}", &args.tty);
    out.write_all(unit.as_bytes())?;
    Ok(())
}

/// A path as one word of a command.
fn word(path: &Path, lang: &Lang) -> anyhow::Result<String> {
    Ok(format!("\"{}\"", escaped(path, lang)?))
}

/// A path between quotation marks, where systemd takes a percent sign and a backslash for its own.
fn escaped(path: &Path, lang: &Lang) -> anyhow::Result<String> {
    let text = path.to_str().filter(|_| path.is_absolute());
    let text = text.filter(|text| !text.chars().any(char::is_control));
    let text = text.ok_or_else(|| {
        anyhow!(i18n::platform::no_unit_path(
            lang,
            &path.display().to_string()
        ))
    })?;
    Ok(text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%"))
}
