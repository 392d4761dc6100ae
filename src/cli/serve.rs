//! `lobby-kiosk serve`: the pages for phones, without a screen.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::app_error;
use super::run::noted;
use crate::app;
use crate::diagnosis::Program;
use crate::domain::lang::Lang;
use crate::i18n::pages::trouble;
use crate::service::pages::PagesState;

/// Serves until the process is ended; says on `out` where, and on `err` why it could not.
///
/// # Errors
/// If `err` cannot be written to.
pub fn run(
    data: &Path,
    lang: &Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let out = RefCell::new(out);
    let said = |state: &PagesState| {
        let line = match (&state.trouble, &state.base) {
            (Some(one), _) => trouble::pages(lang, one),
            (None, Some(base)) => trouble::served(lang, base),
            (None, None) => return,
        };
        let mut out = out.borrow_mut();
        #[expect(
            clippy::unused_result_ok,
            reason = "nobody may be reading, and the pages are served all the same"
        )]
        writeln!(out, "{line}").and_then(|()| out.flush()).ok();
    };
    let served = noted(data, Program::Pages, || app::alone::run(data, said));
    match served {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            writeln!(err, "{}", app_error(lang, &error))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
