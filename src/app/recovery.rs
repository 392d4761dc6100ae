//! A fault of the program's own never ends a guide: what panicked is caught, what was done is
//! written, and the program begins anew in its own place.

use std::io;
use std::time::Duration;

use crate::domain::recovery::{Begin, Faults};

/// Hands the faults so far to the program that begins next.
const FAULTS: &str = "LOBBY_KIOSK_FAULTS";

/// Where this run begins.
pub fn begin() -> Begin {
    faults().begin()
}

/// Puts a new run of the program, with the same arguments, into the place of this one. Comes back
/// only where that was of no use or did not work. `now` is the time since the machine was started.
///
/// # Errors
/// Too many faults in a row, or what the system said.
pub fn again(now: Duration) -> io::Error {
    let (faults, begin) = faults().and(now);
    if begin.is_none() {
        return io::Error::other("too many faults in a row");
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut next = std::process::Command::new(program);
    next.args(std::env::args_os().skip(1))
        .env(FAULTS, faults.written());
    replace(next)
}

fn faults() -> Faults {
    Faults::read(&std::env::var(FAULTS).unwrap_or_default())
}

#[cfg(unix)]
fn replace(mut next: std::process::Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut next)
}

#[cfg(not(unix))]
fn replace(mut next: std::process::Command) -> io::Error {
    match next.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}
