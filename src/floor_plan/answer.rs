//! What the process that reads a foreign picture says to the one that asked: one line of JSON,
//! then the pixels of each picture, three bytes each.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};

use super::{MOST_SIDE, Picture, Size};
use crate::config::fault::{Fault, Problem};

/// The most bytes of the line.
const MOST_HEAD: u64 = 64 * 1024;
/// The most things left out that are named.
const MOST_REMARKS: usize = 40;

/// A picture in every size that was asked for, and what of it is not as the file has it.
#[derive(Debug)]
pub(super) struct Drawn {
    /// One for each size, in the order asked for.
    pub pictures: Vec<Picture>,
    /// What is left out or cannot be seen; their file is not named.
    pub remarks: Vec<Fault>,
}

/// What is wrong, and in which line.
pub(super) type Refused = (Option<usize>, Problem);

#[derive(Serialize, Deserialize)]
struct Head {
    sizes: Vec<Size>,
    remarks: Vec<Fault>,
    refused: Option<Refused>,
}

/// Writes the answer.
///
/// # Errors
/// If `out` cannot be written to.
pub(super) fn write(answer: &Result<Drawn, Refused>, out: &mut dyn Write) -> io::Result<()> {
    let (pictures, head) = match answer {
        Ok(drawn) => (
            drawn.pictures.as_slice(),
            Head {
                sizes: drawn
                    .pictures
                    .iter()
                    .map(|one| (one.width, one.height))
                    .collect(),
                remarks: drawn.remarks.iter().take(MOST_REMARKS).cloned().collect(),
                refused: None,
            },
        ),
        Err(refused) => (
            &[][..],
            Head {
                sizes: Vec::new(),
                remarks: Vec::new(),
                refused: Some(refused.clone()),
            },
        ),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    for picture in pictures {
        let rgb: Vec<u8> = picture
            .rgba
            .chunks_exact(4)
            .flat_map(|pixel| pixel.iter().take(3).copied())
            .collect();
        out.write_all(&rgb)?;
    }
    out.flush()
}

/// Reads an answer to the question for pictures `within` these sizes. None where it is not whole,
/// or is no answer to that.
pub(super) fn read(from: impl Read, within: &[Size]) -> Option<Result<Drawn, Refused>> {
    let mut from = io::BufReader::new(from);
    let mut line = Vec::new();
    (&mut from)
        .take(MOST_HEAD)
        .read_until(b'\n', &mut line)
        .ok()?;
    let head: Head = serde_json::from_slice(&line).ok()?;
    if let Some(refused) = head.refused {
        return Some(Err(refused));
    }
    if head.sizes.len() != within.len() {
        return None;
    }
    let mut pictures = Vec::new();
    for ((width, height), most) in head.sizes.into_iter().zip(within) {
        let fits = |side, most: u32| (1..=most.clamp(1, MOST_SIDE)).contains(&side);
        if !fits(width, most.0) || !fits(height, most.1) {
            return None;
        }
        pictures.push(pixels(&mut from, width, height)?);
    }
    Some(Ok(Drawn {
        pictures,
        remarks: head.remarks,
    }))
}

fn pixels(from: &mut impl Read, width: u32, height: u32) -> Option<Picture> {
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    let mut line = vec![0; width as usize * 3];
    for _ in 0..height {
        from.read_exact(&mut line).ok()?;
        for pixel in line.chunks_exact(3) {
            rgba.extend_from_slice(pixel);
            rgba.push(255);
        }
    }
    Some(Picture {
        width,
        height,
        rgba,
    })
}
