//! QR codes: a payload becomes a matrix of modules. How it is drawn is others' business.
//!
//! Payloads are written in byte mode alone. The usual optimisation reads UTF-8 Chinese as
//! Shift-JIS and packs it into Kanji segments, which many decoders then cannot read.

use std::ops::Range;

use qrcode::bits::Bits;
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode, Version};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most bytes of a payload: more makes modules too small for a cheap phone.
pub const MOST_BYTES: usize = 300;
/// The most bytes of a web address, which is scanned from farther away than a text.
pub const MOST_ADDRESS_BYTES: usize = 60;
/// The same of an address that is scanned from a hand's breadth.
pub const MOST_NEAR_ADDRESS_BYTES: usize = 80;
/// The largest version of a code (ISO/IEC 18004).
const LARGEST: i16 = 40;
/// Light modules around the code (ISO/IEC 18004, 6.3.8).
pub const QUIET_ZONE: usize = 4;

/// Where a code is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A screen, which is clean and bright: 15 % of it may be unreadable.
    Screen,
    /// The same, for the phone of whoever stands before it: an address may be longer.
    Near,
    /// Paper, which gets dirty: 25 % of it may be unreadable.
    Paper,
}

/// Why there is no code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoCode {
    /// Nothing to say.
    #[error("nothing to encode")]
    Empty,
    /// Longer than a phone reads from a distance.
    #[error("{bytes} bytes, and {most} fit: shorten it")]
    TooLong {
        /// The payload's length.
        bytes: usize,
        /// The most that such a payload may have.
        most: usize,
    },
    /// The encoder refused.
    #[error("{0}")]
    Encoder(QrError),
}

/// The modules of a code, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    width: usize,
    dark: Vec<bool>,
}

impl Matrix {
    /// Modules along one side.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether the module in this column and row is dark; the quiet zone is not.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width
            && row < self.width
            && self
                .dark
                .get(row * self.width + column)
                .copied()
                .unwrap_or(false)
    }

    /// The columns of a row that are dark without a gap, from the left.
    pub fn runs(&self, row: usize) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut since = None;
        for column in 0..=self.width {
            match (since, self.is_dark(column, row)) {
                (None, true) => since = Some(column),
                (Some(start), false) => {
                    runs.push(start..column);
                    since = None;
                }
                _ => {}
            }
        }
        runs
    }

    /// The dark modules as rectangles of columns and rows, none over another: each run of a row,
    /// together with the rows beneath that have the same run.
    pub fn rectangles(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut found = Vec::new();
        let mut open: Vec<(Range<usize>, usize)> = Vec::new();
        for row in 0..=self.width {
            let runs = self.runs(row);
            open.retain(|(run, since)| {
                let goes_on = runs.contains(run);
                if !goes_on {
                    found.push((run.clone(), *since..row));
                }
                goes_on
            });
            for run in runs {
                if !open.iter().any(|(one, _)| *one == run) {
                    open.push((run, row));
                }
            }
        }
        found
    }
}

/// Encodes `payload` in the smallest code that holds it.
///
/// # Errors
/// [`NoCode`] for an empty payload and for one of more than [`MOST_BYTES`], a web address of more
/// than [`MOST_ADDRESS_BYTES`], or of [`MOST_NEAR_ADDRESS_BYTES`] from nearby.
pub fn encode(payload: &str, medium: Medium) -> Result<Matrix, NoCode> {
    Ok(sized(payload, medium, 1)?.0)
}

/// Encodes payloads that stand beside each other in codes of one size: decoders that look for
/// several codes in one picture tell them apart more easily.
///
/// # Errors
/// [`NoCode`] for the first payload that cannot be encoded.
pub fn encode_alike(payloads: &[String], medium: Medium) -> Result<Vec<Matrix>, NoCode> {
    let mut largest = 1;
    for payload in payloads {
        largest = largest.max(sized(payload, medium, 1)?.1);
    }
    payloads
        .iter()
        .map(|payload| Ok(sized(payload, medium, largest)?.0))
        .collect()
}

/// The code of the smallest version from `least` on that holds the payload, and that version.
fn sized(payload: &str, medium: Medium, least: i16) -> Result<(Matrix, i16), NoCode> {
    let bytes = payload.as_bytes();
    if bytes.is_empty() {
        return Err(NoCode::Empty);
    }
    let address = payload.starts_with("https://") || payload.starts_with("http://");
    let most = match medium {
        _ if !address => MOST_BYTES,
        Medium::Near => MOST_NEAR_ADDRESS_BYTES,
        Medium::Screen | Medium::Paper => MOST_ADDRESS_BYTES,
    };
    if bytes.len() > most {
        return Err(NoCode::TooLong {
            bytes: bytes.len(),
            most,
        });
    }
    let level = match medium {
        Medium::Screen | Medium::Near => EcLevel::M,
        Medium::Paper => EcLevel::Q,
    };
    let mut refused = QrError::DataTooLong;
    for number in least..=LARGEST {
        let mut bits = Bits::new(Version::Normal(number));
        let filled = bits
            .push_byte_data(bytes)
            .and_then(|()| bits.push_terminator(level));
        match filled.and_then(|()| QrCode::with_bits(bits, level)) {
            Ok(code) => {
                let width = code.width();
                let dark = code.to_colors().iter().map(|&c| c == Color::Dark).collect();
                return Ok((Matrix { width, dark }, number));
            }
            Err(error) => refused = error,
        }
    }
    Err(NoCode::Encoder(refused))
}
