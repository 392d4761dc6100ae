//! The process that makes a document: this program, started by itself with [`COMMAND`], so that a
//! long report neither delays a frame nor keeps the memory that it took.

use std::process::ExitCode;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::model::Document;
use super::{Format, NotMade, docx, html, pdf};
use crate::helper::{self, Limits};

/// The first argument of a process that makes a document.
const COMMAND: &str = "_document";
/// A hundred pages take a tenth of either.
const LIMITS: Limits = Limits {
    memory: 768 * 1024 * 1024,
    seconds: 30,
};
/// How long a document may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Serialize)]
struct Asked<'d> {
    document: &'d Document,
    format: Format,
}

#[derive(Deserialize)]
struct Task {
    document: Document,
    format: Format,
}

/// Makes a document, if that is what this process was started for; none where it was not.
pub fn run_child(args: impl Iterator<Item = String>) -> Option<ExitCode> {
    helper::serve(args, COMMAND, LIMITS, |task: Task| {
        write(&task.document, task.format).map_err(|error| error.to_string())
    })
}

/// Makes a document in a process of its own; this thread waits for it.
///
/// # Errors
/// [`NotMade`].
pub fn make(document: &Document, format: Format) -> Result<Vec<u8>, NotMade> {
    let asked = Asked { document, format };
    Ok(helper::ask(COMMAND, &asked, PATIENCE)?)
}

/// Makes a document here and now.
///
/// # Errors
/// [`NotMade::Pdf`] and [`NotMade::Docx`], which no document is known to meet.
pub fn write(document: &Document, format: Format) -> Result<Vec<u8>, NotMade> {
    match format {
        Format::Pdf => Ok(pdf::write(document)?),
        Format::Html => Ok(html::write(document).into_bytes()),
        Format::Docx => Ok(docx::write(document)?),
    }
}
