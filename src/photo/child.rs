//! The process that reads a photo: this program, started by itself with [`COMMAND`]. The file comes
//! in on standard input, and what is kept goes out on standard output.

use std::process::ExitCode;
use std::time::Duration;

use super::{MOST_BYTES, Photo, Refused, read};
use crate::helper::{self, Limits, Unhelped};

/// The first argument of a process that reads a photo.
const COMMAND: &str = "_photo";
/// The largest that is taken in needs a third of the memory and a fifth of the time.
const LIMITS: Limits = Limits {
    memory: 1024 * 1024 * 1024,
    seconds: 15,
};
/// How long a photo may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of each side of a photo, before its JPEG.
const SIDE_BYTES: usize = 4;

/// Reads a photo, if that is what this process was started for; none where it was not.
pub fn run(args: impl Iterator<Item = String>) -> Option<ExitCode> {
    helper::serve_bytes(args, COMMAND, LIMITS, |file| {
        let photo = read(&file).map_err(|refused| {
            // Its name is read again on the other side.
            serde_json::to_string(&refused).unwrap_or_default()
        })?;
        let sides = [photo.width.to_le_bytes(), photo.height.to_le_bytes()];
        Ok([sides.concat(), photo.jpeg].concat())
    })
}

/// Has the photo in `file` read by a process of its own; this thread waits for it.
///
/// # Errors
/// [`Refused`].
pub fn take_in(file: Vec<u8>) -> Result<Photo, Refused> {
    if file.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let answer = helper::ask_bytes(COMMAND, file, PATIENCE);
    let answer = answer.map_err(|unhelped| match unhelped {
        Unhelped::Refused(why) => serde_json::from_str(&why).unwrap_or(Refused::Damaged),
        // More than a photo may take.
        Unhelped::BrokenDown => Refused::Damaged,
        Unhelped::NotStarted(_) => Refused::NotRead,
    })?;
    photo(&answer).ok_or(Refused::NotRead)
}

fn photo(answer: &[u8]) -> Option<Photo> {
    let (width, rest) = answer.split_first_chunk::<SIDE_BYTES>()?;
    let (height, jpeg) = rest.split_first_chunk::<SIDE_BYTES>()?;
    Some(Photo {
        width: u32::from_le_bytes(*width),
        height: u32::from_le_bytes(*height),
        jpeg: jpeg.to_vec(),
    })
}
