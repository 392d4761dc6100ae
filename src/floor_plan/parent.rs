//! The one that asks for a foreign picture: starts the reading process, waits no longer than it
//! should, and takes nothing from it but pixels and words.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use super::answer::{self, Drawn, Refused};
use super::{Size, child};
use crate::config::fault::Problem;
use crate::helper::{self, Helper};

/// How long a drawing may take by the clock on the wall. A floor plan takes a fraction of a second,
/// and its reader computes for ten at most: it goes behind everything else, and a file is no worse
/// for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The picture in `file`, `within` each of these sizes.
///
/// # Errors
/// What is wrong with the file; [`Problem::TooIntricate`] where its reader took too long, too
/// much memory, or broke down over it.
pub(super) fn ask(file: File, within: &[Size]) -> Result<Drawn, Refused> {
    let failed = |error: std::io::Error| (None, Problem::Unreadable(error.to_string()));
    let mut args = vec![child::COMMAND.to_owned()];
    args.extend(within.iter().map(|size| child::argument(*size)));
    let reader = Helper::start(args, Stdio::from(file)).map_err(failed)?;
    let sizes = within.to_vec();
    let answer = reader.answer(PATIENCE, move |_, out| {
        out.and_then(|out| answer::read(out, &sizes))
    });
    let too_intricate = Err((None, Problem::TooIntricate));
    answer.map_err(failed)?.flatten().unwrap_or_else(|| {
        helper::note_broken_down(child::COMMAND);
        too_intricate
    })
}
