//! Plain `lobby-kiosk`: the kiosk itself.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use crate::app::{self, AppError, Stand};
use crate::i18n;

/// How the kiosk stands on the display.
#[derive(Clone, Debug, Default, Args)]
pub struct RunArgs {
    /// Open a window of this size in place of the full screen
    #[arg(long, value_name = "WxH", value_parser = super::screenshot::size)]
    windowed: Option<(u32, u32)>,
}

/// Runs the kiosk until its window is closed; says on `err` why it could not.
///
/// # Errors
/// If `err` cannot be written to.
pub fn run(args: &RunArgs, data: &Path, lang: &str, err: &mut dyn Write) -> io::Result<ExitCode> {
    let stand = match args.windowed {
        Some((width, height)) => Stand::Windowed(width, height),
        None => Stand::FullScreen,
    };
    match app::run(data, stand) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            writeln!(err, "{}", words(lang, &error))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Why the kiosk, or a picture of it, did not come about.
pub(super) fn words(lang: &str, error: &AppError) -> String {
    match error {
        AppError::Store(error) => i18n::journal::store_error(lang, error),
        AppError::Journal(error) => i18n::journal::journal_error(lang, error),
        AppError::Window(none) => i18n::platform::no_window(lang, none),
    }
}
