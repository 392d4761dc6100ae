//! `lobby-kiosk demo`: a data directory with an invented history.

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;
use chrono::{DateTime, Days, Utc};

use super::app_error;
use crate::app::demo::{DemoError, Wanted, fill};
use crate::domain::lang::Lang;
use crate::i18n::demo as words;

/// Arguments of `demo`.
#[derive(Clone, Debug, clap::Args)]
pub struct DemoArgs {
    /// How many incidents
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub incidents: usize,
    /// How many complaints; half as many as incidents, if not given
    #[arg(long, value_name = "N")]
    pub complaints: Option<usize>,
    /// What the invention hangs on: the same number makes the same history
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
}

/// Fills `data` with two years up to the day before `now`, and says so on `out` in `lang`.
///
/// # Errors
/// The directory has something in it, or cannot be written.
pub fn run(
    args: &DemoArgs,
    data: &Path,
    lang: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    // The invented branch is in China. Its last day is over, so that what happened on it is, too.
    let today = now.with_timezone(&chrono_tz::Asia::Shanghai).date_naive();
    let wanted = Wanted {
        incidents: args.incidents,
        complaints: args.complaints.unwrap_or(args.incidents / 2),
        seed: args.seed,
        last: today.checked_sub_days(Days::new(1)).unwrap_or(today),
    };
    let entries = fill(data, &wanted).map_err(|error| {
        anyhow!(match error {
            DemoError::NotEmpty { path } => words::not_empty(lang, &path),
            DemoError::Io { path, detail } => words::cannot_write(lang, &path, &detail),
            DemoError::App(error) => app_error(lang, &error),
        })
    })?;
    let made = [wanted.incidents as u64, wanted.complaints as u64, entries];
    writeln!(out, "{}", words::made(lang, made, data))?;
    Ok(())
}
