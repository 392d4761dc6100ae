//! `lobby-kiosk pin`: sets or removes the staff's PIN, prints the recovery words with the first
//! one, and opens with them what a forgotten one has shut.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::anyhow;
use zeroize::Zeroizing;

use crate::domain::lang::Lang;
use crate::domain::staff::is_pin;
use crate::i18n::{pin as words, seal};
use crate::service::keys::{self, KeyOutcome};
use crate::service::pin::{self, PinError};

/// More than any line with a PIN on it.
const MOST_BYTES: u64 = 1024;
/// How many recovery words stand in a line.
const IN_LINE: usize = 6;

/// Arguments of `pin`.
#[derive(Clone, Debug, clap::Args)]
pub struct PinArgs {
    /// Remove the PIN instead of setting it
    #[arg(long)]
    pub remove: bool,
    /// Set a new PIN in place of a forgotten one, with the recovery words
    #[arg(long, conflicts_with = "remove")]
    pub recover: bool,
}

/// Sets the PIN in the data directory `data`: typed twice, or the first line of standard input
/// where that is no terminal. The PIN until now, where it is needed, is typed after it, or is the
/// second line. Says so in `lang`, with the recovery words where they are new.
///
/// # Errors
/// What was typed is no PIN, or not the same twice, or not the words; or the disk refuses.
pub fn run(args: &PinArgs, data: &Path, lang: &Lang, out: &mut dyn Write) -> anyhow::Result<()> {
    let worded = |error: PinError| anyhow!(words::pin_error(lang, &error));
    if args.remove {
        let there_was = pin::remove(data).map_err(worded)?;
        writeln!(out, "{}", words::removed(lang, there_was))?;
        return Ok(());
    }
    let terminal = io::stdin().is_terminal();
    let mut ask = |prompt: &str| rpassword::prompt_password(prompt);
    if args.recover {
        let (written, chosen) = if terminal {
            (written(lang, out)?, typed(lang, &mut ask)?)
        } else {
            let unread = |error: io::Error| anyhow!(seal::unread_words(lang, &error.to_string()));
            let written = next_line().map_err(unread)?;
            (written, next_line().map_err(unread)?.to_string())
        };
        let chosen = Zeroizing::new(chosen);
        keys::recover(data, &written, &chosen)
            .map_err(|error| anyhow!(seal::recover_error(lang, &error)))?;
        writeln!(out, "{}", words::set(lang))?;
        writeln!(out, "{}", seal::recovered(lang))?;
        return Ok(());
    }
    let chosen = if terminal {
        Zeroizing::new(typed(lang, &mut ask)?)
    } else {
        next_line().map_err(|error| anyhow!(words::unread(lang, &error.to_string())))?
    };
    let mut before = || {
        let line = if terminal {
            ask(seal::ask_before(lang)).map(Zeroizing::new)
        } else {
            next_line()
        };
        line.ok().filter(|line| !line.is_empty())
    };
    let kept = keys::set_pin(data, &chosen, &mut before).map_err(worded)?;
    writeln!(out, "{}", words::set(lang))?;
    match kept {
        KeyOutcome::Under => {}
        KeyOutcome::Shut(why) => writeln!(out, "{}", seal::seal_error(lang, &why))?,
        KeyOutcome::New(recovery) => {
            writeln!(out)?;
            for line in seal::of_recovery_words(lang) {
                writeln!(out, "{line}")?;
            }
            for list in [&recovery.chinese, &recovery.english] {
                write_list(list, out)?;
            }
            out.flush()?;
            keys::words_are_printed(data)
                .map_err(|error| anyhow!(seal::seal_error(lang, &error)))?;
        }
    }
    Ok(())
}

/// Prints recovery words with their numbers, some in a line.
fn write_list(words: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let width = words.iter().map(|word| word.chars().count()).max();
    let width = width.unwrap_or_default();
    let numbered = (1..).zip(words);
    let numbered: Vec<String> = numbered
        .map(|(number, word)| format!("{number:>2} {word:<width$}"))
        .collect();
    for line in numbered.chunks(IN_LINE) {
        write!(out, "\n{}", line.join("  ").trim_end())?;
    }
    writeln!(out)
}

/// The recovery words as they are typed in a terminal, where they are shown: so many are not typed
/// blindly.
fn written(lang: &Lang, out: &mut dyn Write) -> anyhow::Result<Zeroizing<String>> {
    write!(out, "{}", seal::ask_words(lang))?;
    out.flush()?;
    next_line().map_err(|error| anyhow!(seal::unread_words(lang, &error.to_string())))
}

/// Asks twice through `prompt`, which shows its words and reads a line without showing it.
///
/// # Errors
/// What was typed is no PIN, or not the same twice, or could not be read.
pub fn typed(
    lang: &Lang,
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

/// The next line of standard input, without its end.
pub(super) fn next_line() -> io::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().take(MOST_BYTES).read_line(&mut line)?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(line)
}
