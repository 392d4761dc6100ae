//! Plain `lobby-kiosk`: the kiosk itself.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tracing::{error, info};

use super::app_error;
use crate::app::{self, AppError, WindowMode, recovery};
use crate::diagnosis::{self, Program};
use crate::domain::lang::Lang;
use crate::i18n;

use crate::service::clock_watch;

/// How the kiosk stands on the display.
#[derive(Clone, Debug, Default, Args)]
pub struct RunArgs {
    /// Open a window of this size in place of the full screen
    #[arg(long, value_name = "WxH", value_parser = super::size)]
    windowed: Option<(u32, u32)>,
    /// What to show: the whole kiosk, or on a second display the posted face alone, beside a
    /// running kiosk
    #[arg(long, value_enum, default_value_t = Display::Kiosk)]
    screen: Display,
}

/// What a display is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Display {
    /// The whole kiosk.
    #[default]
    Kiosk,
    /// The posted face alone, which never shows the board.
    Posted,
}

/// Runs the kiosk until its window is closed, beginning in the language that was `asked` for, if
/// any; says on `err`, in `lang`, why it could not.
///
/// # Errors
/// If `err` cannot be written to.
pub fn run(
    args: &RunArgs,
    data: &Path,
    asked: Option<&Lang>,
    lang: &Lang,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let stand = match args.windowed {
        Some((width, height)) => WindowMode::Windowed(width, height),
        None => WindowMode::FullScreen,
    };
    let (program, run): (_, &dyn Fn() -> _) = match args.screen {
        Display::Kiosk => (Program::Kiosk, &|| {
            app::run(data, stand, recovery::begin(), asked)
        }),
        Display::Posted => (Program::Posted, &|| app::posted::run(data, stand, asked)),
    };
    let ran = noted(data, program, run);
    match ran {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(AppError::Failed) => {
            let up = clock_watch::system_clocks()()
                .up
                .to_std()
                .unwrap_or_default();
            let error = recovery::again(up);
            writeln!(
                err,
                "{}",
                i18n::platform::not_begun_again(lang, &error.to_string())
            )?;
            Ok(ExitCode::FAILURE)
        }
        Err(error) => {
            writeln!(err, "{}", app_error(lang, &error))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Runs with what a diagnosis needs being written, until its end.
pub(super) fn noted(
    data: &Path,
    program: Program,
    run: impl FnOnce() -> Result<(), AppError>,
) -> Result<(), AppError> {
    let _written = diagnosis::begin(data, program);
    let ran = run();
    match &ran {
        Ok(()) => info!("stop"),
        Err(error) => error!(%error, "stop"),
    }
    ran
}
