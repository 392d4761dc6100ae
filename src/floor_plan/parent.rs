//! The one that asks for a foreign picture: starts the reading process, waits no longer than it
//! should, and takes nothing from it but pixels and words.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::answer::{self, Drawn, Refused};
use super::{Size, child};
use crate::domain::fault::Problem;

/// How long a drawing may take by the clock on the wall. A floor plan takes a fraction of a second,
/// and its reader computes for ten at most: it goes behind everything else, and a file is no worse
/// for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that reads pictures, where it is not the running one: a test is not. The
/// first name stays.
pub fn read_with(program: &Path) {
    PROGRAM.get_or_init(|| program.to_owned());
}

/// The running program.
fn own_program() -> PathBuf {
    // Still there when the file has been replaced by a newer version or deleted.
    let running = Path::new("/proc/self/exe");
    if running.exists() {
        return running.to_owned();
    }
    std::env::current_exe().unwrap_or_else(|_| running.to_owned())
}

/// Ends and reaps its process, however the asking ended.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The picture in `file`, `within` each of these sizes.
///
/// # Errors
/// What is wrong with the file; [`Problem::TooIntricate`] where its reader took too long, too
/// much memory, or broke down over it.
pub(super) fn ask(file: File, within: &[Size]) -> Result<Drawn, Refused> {
    let failed = |error: std::io::Error| (None, Problem::Unreadable(error.to_string()));
    let program = PROGRAM.get().cloned().unwrap_or_else(own_program);
    let mut reader = Command::new(program)
        .arg(child::COMMAND)
        .args(within.iter().map(|size| child::argument(*size)))
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Ended)
        .map_err(failed)?;
    let out = reader.0.stdout.take();
    let sizes = within.to_vec();
    let (done, answered) = channel();
    thread::Builder::new()
        .name("floor plan's pixels".to_owned())
        .spawn(move || {
            let answer = out.and_then(|out| answer::read(out, &sizes));
            // Nobody waits any more for what came too late.
            done.send(answer).ok();
        })
        .map_err(failed)?;
    match answered.recv_timeout(PATIENCE) {
        Ok(Some(answer)) => answer,
        Ok(None) | Err(_) => Err((None, Problem::TooIntricate)),
    }
}
