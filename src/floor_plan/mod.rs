//! The floor plan: a branch's own picture, or the built-in sample, becomes pixels.
//!
//! The file comes from people who are no draughtsmen and from programs of every kind, so it is
//! judged by its content, and whatever it asks for beyond a drawing (other files, the network,
//! memory or time without end) is refused with a fault that says what to do instead. No thread of
//! the kiosk reads it: a process of its own does, with limits on time and memory.

mod answer;
mod child;
mod count;
mod css;
mod decode;
mod draw;
mod flow;
mod hairline;
mod html;
mod judge;
mod legible;
mod paper;
mod parent;
mod pieces;
mod raster;
mod render_cost;
mod reverse;
mod shrink;
mod thin;
mod unread;
mod vector;
mod words;

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

pub use child::run as run_child;

use crate::config::fault::{Fault, Problem};

/// Width and height, in pixels.
pub type Size = (u32, u32);

/// The most bytes of a file.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels of a PNG, which are all unpacked before they are reduced to the screen's.
pub const MOST_PIXELS: usize = 40_000_000;
/// The most pixels of a side of a [`Picture`], whatever is asked for.
pub const MOST_SIDE: u32 = 4096;
/// Where the tablet stands on the sample: percent of its width from the left, and of its height
/// from the top.
pub const SAMPLE_HERE: (u8, u8) = (46, 58);

const SAMPLE: &str = include_str!("sample.svg");

/// A floor plan as pixels, on white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, line by line from the top. The picture is
    /// composed on white already: every alpha is 255, so that straight and premultiplied values
    /// are the same.
    pub rgba: Vec<u8>,
}

/// A branch's own picture as it was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The picture in each size that was asked for, in that order.
    pub pictures: Vec<Picture>,
    /// What of it cannot be seen.
    pub faults: Vec<Fault>,
}

impl Reading {
    /// The fault of a picture that helps nobody, with nothing to be seen on it.
    pub fn nothing_seen(&self) -> Option<&Fault> {
        let blank = |fault: &&Fault| matches!(fault.problem, Problem::OneColour { .. });
        self.faults.iter().find(blank)
    }
}

/// Reads the picture at `path` in a process of its own, for each of the sizes as large as it can
/// be `within` that width and height without being distorted; a PNG is never enlarged.
///
/// # Errors
/// A [`Fault`] for a file that is missing, unreadable, too large, or neither a PNG nor an SVG
/// that stands by itself.
pub fn load(path: &Path, within: &[Size]) -> Result<Reading, Fault> {
    let file = path.display().to_string();
    let drawn = open(path)
        .map_err(|problem| (None, problem))
        .and_then(|open| parent::ask(open, within));
    match drawn {
        Ok(drawn) => {
            let named = |fault: Fault| Fault {
                file: file.clone(),
                ..fault
            };
            Ok(Reading {
                pictures: drawn.pictures,
                faults: drawn.remarks.into_iter().map(named).collect(),
            })
        }
        Err((line, problem)) => Err(Fault {
            file,
            line,
            key: String::new(),
            problem,
        }),
    }
}

/// The built-in sample, which says in large letters that it is one.
pub fn sample(within: Size) -> Picture {
    vector::draw(SAMPLE, &[within])
        .ok()
        .and_then(|(mut pictures, _)| pictures.pop())
        .unwrap_or_else(blank)
}

/// A white pixel: a broken sample must not cost the branch its way out in words.
fn blank() -> Picture {
    Picture {
        width: 1,
        height: 1,
        rgba: vec![255; 4],
    }
}

fn open(path: &Path) -> Result<File, Problem> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Problem::NotFound,
        _ => Problem::Unreadable(error.to_string()),
    };
    // Asked before it is opened: a pipe would be waited for without end.
    let kind = std::fs::metadata(path).map_err(failed)?;
    if kind.is_dir() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    if !kind.is_file() {
        return Err(failed(ErrorKind::InvalidInput.into()));
    }
    if kind.len() > MOST_BYTES as u64 {
        return Err(Problem::TooLarge { most: MOST_BYTES });
    }
    File::open(path).map_err(failed)
}

/// A size that is neither nothing nor beyond reason.
fn bounded(within: Size) -> Size {
    (within.0.clamp(1, MOST_SIDE), within.1.clamp(1, MOST_SIDE))
}
