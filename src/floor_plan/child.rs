//! The process that reads a foreign picture: this program, started by itself with [`COMMAND`].
//! The file comes in on standard input and pixels go out on standard output.

use std::io::{self, Read};
use std::process::ExitCode;

use super::answer::{self, Drawn, Refused};
use super::{MOST_BYTES, Size, draw};
use crate::config::fault::Problem;
use crate::helper::{self, Limits};

/// The first argument of a process that reads a picture; its sizes follow, such as `1200x800`.
pub(super) const COMMAND: &str = "_floor-plan";
/// A large scan takes a quarter of the memory.
const LIMITS: Limits = Limits {
    memory: 768 * 1024 * 1024,
    seconds: 10,
};

/// Reads a picture, if that is what this process was started for; none where it was not.
pub fn run(mut args: impl Iterator<Item = String>) -> Option<ExitCode> {
    if args.nth(1)? != COMMAND {
        return None;
    }
    helper::confine(LIMITS);
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
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| (None, Problem::Unreadable(error.to_string())))?;
    if bytes.len() > MOST_BYTES {
        return Err((None, Problem::TooLarge { most: MOST_BYTES }));
    }
    helper::apart(move || draw::draw(bytes, &sizes)).unwrap_or(Err((None, Problem::TooIntricate)))
}
