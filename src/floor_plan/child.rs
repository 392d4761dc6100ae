//! The process that reads a foreign picture: this program, started by itself with [`COMMAND`].
//! The file comes in on standard input and pixels go out on standard output. Whatever the file
//! does to its reader, the kiosk has lost nothing but a helper.

use std::io::{self, Read};
use std::process::ExitCode;
use std::thread;

use super::answer::{self, Drawn, Refused};
use super::{MOST_BYTES, Size, draw};
use crate::domain::fault::Problem;

/// The first argument of a process that reads a picture; its sizes follow, such as `1200x800`.
pub(super) const COMMAND: &str = "_floor-plan";
/// Libraries descend into what is nested: they get more room than a thread usually has.
const STACK_BYTES: usize = 64 * 1024 * 1024;
/// The most memory, in bytes of addresses: a large scan takes a quarter of it.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 768 * 1024 * 1024;
/// The most seconds of computing; the one that asks waits for longer, on a busy machine.
#[cfg(target_os = "linux")]
const MOST_SECONDS: u64 = 10;

/// Reads a picture, if that is what this process was started for; none where it was not.
pub fn run(mut args: impl Iterator<Item = String>) -> Option<ExitCode> {
    if args.nth(1)? != COMMAND {
        return None;
    }
    confine();
    let sizes: Option<Vec<Size>> = args.map(|size| parse(&size)).collect();
    let answer = match sizes {
        Some(sizes) => drawn_apart(sizes),
        None => Err((None, Problem::TooIntricate)),
    };
    let written = answer::write(&answer, &mut io::stdout().lock());
    Some(if written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A size as an argument.
pub(super) fn argument((width, height): Size) -> String {
    format!("{width}x{height}")
}

fn parse(size: &str) -> Option<Size> {
    let (width, height) = size.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

fn drawn_apart(sizes: Vec<Size>) -> Result<Drawn, Refused> {
    let failed = |error: &io::Error| (None, Problem::Unreadable(error.to_string()));
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(&error))?;
    if bytes.len() > MOST_BYTES {
        return Err((None, Problem::TooLarge { most: MOST_BYTES }));
    }
    let drawing = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || draw::draw(bytes, &sizes))
        .map_err(|error| failed(&error))?;
    // A library that panicked has met something that it does not understand.
    drawing.join().unwrap_or(Err((None, Problem::TooIntricate)))
}

/// Takes from this process what it does not need. Where the system refuses a limit, the one that
/// asked still stops waiting.
#[cfg(target_os = "linux")]
fn confine() {
    use rustix::process::{
        Resource, Rlimit, Signal, nice, set_parent_process_death_signal, setrlimit,
    };

    let limit = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    for (resource, most) in [
        (Resource::As, MOST_MEMORY),
        (Resource::Cpu, MOST_SECONDS),
        (Resource::Core, 0),
        // It writes no files.
        (Resource::Fsize, 0),
    ] {
        setrlimit(resource, limit(most)).ok();
    }
    set_parent_process_death_signal(Some(Signal::KILL)).ok();
    // The screen comes first.
    nice(10).ok();
}

#[cfg(not(target_os = "linux"))]
fn confine() {}
