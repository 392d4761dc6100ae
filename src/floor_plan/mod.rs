//! The floor plan: a branch's own picture, or the built-in sample, becomes pixels.
//!
//! The file comes from people who are no draughtsmen and from programs of every kind, so it is
//! judged by its content, and whatever it asks for beyond a drawing (other files, the network,
//! memory or time without end) is refused with a fault that says what to do instead.

mod count;
mod raster;
mod shrink;
mod vector;
mod weigh;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::domain::fault::{Fault, Problem};

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

/// Reads the picture at `path`, as large as it can be `within` that width and height without
/// being distorted; a PNG is never enlarged.
///
/// # Errors
/// A [`Fault`] for a file that is missing, unreadable, too large, or neither a PNG nor an SVG
/// that stands by itself.
pub fn load(path: &Path, within: (u32, u32)) -> Result<Picture, Fault> {
    let fault = |(line, problem)| Fault {
        file: path.display().to_string(),
        line,
        key: String::new(),
        problem,
    };
    read(path)
        .map_err(|problem| (None, problem))
        .and_then(|bytes| draw(bytes, within))
        .map_err(fault)
}

/// The built-in sample, which says in large letters that it is one.
pub fn sample(within: (u32, u32)) -> Picture {
    draw(SAMPLE.as_bytes().to_vec(), within).unwrap_or_else(|_| blank())
}

/// A white pixel: a broken sample must not cost the branch its way out in words.
fn blank() -> Picture {
    Picture {
        width: 1,
        height: 1,
        rgba: vec![255; 4],
    }
}

/// What is wrong, and in which line.
type Refused = (Option<usize>, Problem);

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
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
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() > MOST_BYTES {
        return Err(Problem::TooLarge { most: MOST_BYTES });
    }
    Ok(bytes)
}

fn draw(bytes: Vec<u8>, within: (u32, u32)) -> Result<Picture, Refused> {
    let within = (within.0.clamp(1, MOST_SIDE), within.1.clamp(1, MOST_SIDE));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return raster::draw(&bytes, within).map_err(|problem| (None, problem));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if text.trim_ascii_start().starts_with(b"<") {
        return match String::from_utf8(text.to_vec()) {
            Ok(text) => vector::draw(text, within),
            Err(_) => Err((None, Problem::NotUtf8)),
        };
    }
    Err((None, Problem::NotAPicture(kind_of(&bytes).to_owned())))
}

/// The name of a format that a floor plan may well be saved in by mistake.
fn kind_of(bytes: &[u8]) -> &'static str {
    let known: [(usize, &[u8], &str); 11] = [
        (0, b"\xff\xd8\xff", "JPEG"),
        (0, b"GIF8", "GIF"),
        (0, b"BM", "BMP"),
        (0, b"%PDF", "PDF"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (0, b"\x1f\x8b", "SVGZ"),
        (0, b"AC10", "DWG"),
        (0, b"PK\x03\x04", "ZIP"),
        (8, b"WEBP", "WebP"),
        (4, b"ftyp", "HEIC"),
    ];
    known
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)))
        .map_or(
            if bytes.is_empty() { "0 bytes" } else { "?" },
            |(.., name)| name,
        )
}
