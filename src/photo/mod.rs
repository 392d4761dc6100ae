//! Photos that the staff send from their phones: taken in as pixels alone. Where a photo was taken,
//! by whose phone and what lies beside its pixels is gone; what is kept is upright, bounded, and a
//! JPEG that this program wrote.
//!
//! No thread of the kiosk reads such a file: a process of its own does, with limits on time and
//! memory, so that one that unpacks into more than it should costs nothing.

mod child;
mod draw;
mod read;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use child::{run as run_child, take_in};
pub use draw::{Pixels, draw, shrink, size};
pub use read::read;

/// The most bytes of a file: the cameras of phones write some less.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The most pixels of a file; 50 million are the most that phones send unasked.
pub const MOST_PIXELS: u64 = 64_000_000;
/// The most pixels of the longer side of what is kept: print on paper stays legible on it.
pub const SIDE: u32 = 2048;
/// Of 100: what an eye does not tell from more, at a third of the bytes.
const QUALITY: u8 = 82;

/// A photo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Pixels from left to right, as one looks at it.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// A baseline JPEG without any metadata.
    pub jpeg: Vec<u8>,
}

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// More than [`MOST_BYTES`].
    #[error("more than {MOST_BYTES} bytes")]
    TooLarge,
    /// More than [`MOST_PIXELS`].
    #[error("more than {MOST_PIXELS} pixels")]
    TooManyPixels,
    /// The format that Apple's phones keep photos in; nothing free reads it without a patent's leave.
    #[error("HEIC")]
    Heic,
    /// Neither JPEG, PNG nor WebP.
    #[error("not a photo")]
    NotAPhoto,
    /// It begins as one, and cannot be read.
    #[error("damaged")]
    Damaged,
    /// The reader could not be started, or did not end.
    #[error("not read")]
    NotRead,
}
