//! A sheet of paper as a list of what is drawn on it, in millimetres from its left upper corner.
//! How it becomes a file is the business of `svg`, `png` and `pdf`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sign::Sign;
use crate::document::page::{ASCENT, INCH};
use crate::document::{Area, Colour, Paper, TextRun};
use crate::domain::lang::Lang;
use crate::qr::{Matrix, QUIET_ZONE};

/// Dots per inch of a picture of a sheet.
pub const DPI: u32 = 300;
/// One dot of that picture, in millimetres. Codes are laid out on this grid, so that the edges
/// of their modules fall between dots and stay sharp.
pub(super) const DOT: f32 = INCH / 300.0;

/// Below the baseline: the tails of Latin letters.
const DESCENT: f32 = 0.22;
/// The same of digits, whose curves reach beneath it.
const DIGITS_DESCENT: f32 = 0.02;

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Item {
    /// A ground for what follows, with rounded corners.
    Panel {
        /// Where it is.
        area: Area,
        /// The radius of its corners in millimetres.
        radius: f32,
        /// Its colour.
        colour: Colour,
    },
    /// A line of text.
    TextRun(TextRun),
    /// A code, black on white.
    Code {
        /// Where its modules are, without the quiet zone.
        area: Area,
        /// The modules.
        matrix: Matrix,
    },
    /// A safety sign, square.
    Sign {
        /// Where it is.
        area: Area,
        /// Which one.
        sign: Sign,
    },
}

impl Item {
    /// All that the item needs for itself: of a code with the quiet zone, of a line with the
    /// tails of its letters.
    pub fn area(&self) -> Area {
        match self {
            Self::Panel { area, .. } | Self::Sign { area, .. } => *area,
            Self::TextRun(words) => {
                let digits = words.text.chars().all(|c| c.is_ascii_digit());
                let descent = if digits { DIGITS_DESCENT } else { DESCENT };
                Area {
                    left: words.left,
                    top: words.baseline - ASCENT * words.size,
                    width: words.width,
                    height: (ASCENT + descent) * words.size,
                }
            }
            Self::Code { area, matrix } => {
                let quiet = quiet(area.width, matrix);
                Area {
                    left: area.left - quiet,
                    top: area.top - quiet,
                    width: area.width + 2.0 * quiet,
                    height: area.height + 2.0 * quiet,
                }
            }
        }
    }

    /// The item elsewhere.
    pub(super) fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Panel { area, .. } | Self::Sign { area, .. } | Self::Code { area, .. } => {
                area.shift(right, down);
            }
            Self::TextRun(words) => words.shift(right, down),
        }
        self
    }

    /// The item with a code's corner on the grid of dots.
    pub(super) fn on_grid(mut self) -> Self {
        if let Self::Code { area, .. } = &mut self {
            area.left = (area.left / DOT).round() * DOT;
            area.top = (area.top / DOT).round() * DOT;
        }
        self
    }
}

/// The width of the quiet zone around a code of this width.
pub(super) fn quiet(width: f32, matrix: &Matrix) -> f32 {
    width / matrix.width().max(1) as f32 * QUIET_ZONE as f32
}

/// A sheet, ready to become a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    /// What the file is called inside.
    pub title: String,
    /// The language of most of it, as a tag (`zh_CN`, `en`).
    pub lang: Lang,
    /// The day it is made.
    pub day: NaiveDate,
    /// From how far its main code can be read, in metres.
    pub distance: Option<f32>,
    /// What is drawn, the ground first.
    pub items: Vec<Item>,
}
