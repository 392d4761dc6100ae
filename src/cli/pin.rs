//! `lobby-kiosk pin`: sets or removes the staff's PIN.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::anyhow;

use crate::domain::staff::is_pin;
use crate::i18n::pin as words;
use crate::service::pin::{self, PinError};

/// More than any line with a PIN on it.
const MOST_BYTES: u64 = 1024;

/// Arguments of `pin`.
#[derive(Clone, Debug, clap::Args)]
pub struct PinArgs {
    /// Remove the PIN instead of setting it
    #[arg(long)]
    pub remove: bool,
}

/// Sets the PIN in the data directory `data`: typed twice, or the first line of standard input
/// where that is no terminal. Says so in `lang`.
///
/// # Errors
/// What was typed is no PIN, or not the same twice; or the disk refuses.
pub fn run(args: &PinArgs, data: &Path, lang: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let worded = |error: PinError| anyhow!(words::pin_error(lang, &error));
    if args.remove {
        let there_was = pin::remove(data).map_err(worded)?;
        writeln!(out, "{}", words::removed(lang, there_was))?;
        return Ok(());
    }
    let stdin = io::stdin();
    let chosen = if stdin.is_terminal() {
        typed(lang, &mut |prompt| rpassword::prompt_password(prompt))?
    } else {
        first_line(stdin.lock())
            .map_err(|error| anyhow!(words::unread(lang, &error.to_string())))?
    };
    pin::set(data, &chosen).map_err(worded)?;
    writeln!(out, "{}", words::set(lang))?;
    Ok(())
}

/// Asks twice through `prompt`, which shows its words and reads a line without showing it.
///
/// # Errors
/// What was typed is no PIN, or not the same twice, or could not be read.
pub fn typed(
    lang: &str,
    prompt: &mut dyn FnMut(&str) -> io::Result<String>,
) -> anyhow::Result<String> {
    let mut ask = |words: &str| {
        prompt(words).map_err(|error| anyhow!(words::unread(lang, &error.to_string())))
    };
    let first = ask(words::ask(lang))?;
    if !is_pin(&first) {
        return Err(anyhow!(words::pin_error(lang, &PinError::Weak)));
    }
    if ask(words::ask_again(lang))? != first {
        return Err(anyhow!(words::differs(lang)));
    }
    Ok(first)
}

/// The first line of `input`, without its end.
fn first_line(input: impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    input.take(MOST_BYTES).read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
