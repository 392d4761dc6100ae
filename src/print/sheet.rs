//! A sheet of paper as a list of what is drawn on it, in millimetres from its left upper corner.
//! How it becomes a file is the business of `svg`, `png` and `pdf`.

use chrono::NaiveDate;

use super::sign::Sign;
use super::type_case::Weight;
use crate::qr::{Matrix, QUIET_ZONE};

/// Millimetres in an inch.
pub(super) const INCH: f32 = 25.4;
/// Dots per inch of a picture of a sheet.
pub const DPI: u32 = 300;
/// One dot of that picture, in millimetres. Codes are laid out on this grid, so that the edges
/// of their modules fall between dots and stay sharp.
pub(super) const DOT: f32 = INCH / 300.0;

/// A size of paper (ISO 216), upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
}

impl Paper {
    /// Width and height in millimetres.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::A5 => (148.0, 210.0),
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A5 => "A5",
        }
    }
}

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self(255, 255, 255);
    /// The modules of a code.
    pub const BLACK: Self = Self(0, 0, 0);
}

/// An upright rectangle, in millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// From the left edge of the sheet.
    pub left: f32,
    /// From its upper edge.
    pub top: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
}

impl Area {
    /// The right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }
}

/// One line of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// What it says.
    pub text: String,
    /// How bold it is.
    pub weight: Weight,
    /// The height of a full-width character in millimetres.
    pub size: f32,
    /// The colour of the letters.
    pub colour: Colour,
    /// Where the line begins.
    pub left: f32,
    /// What the letters stand on.
    pub baseline: f32,
    /// How long the line is, as measured with the font.
    pub width: f32,
}

/// Above the baseline, in parts of the size: the highest ink of the font's Chinese.
pub(super) const ASCENT: f32 = 0.88;
/// Below the baseline: the tails of Latin letters.
const DESCENT: f32 = 0.22;
/// The same of digits, whose curves reach beneath it.
const DIGITS_DESCENT: f32 = 0.02;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
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
    Words(Words),
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
            Self::Words(words) => {
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
                area.left += right;
                area.top += down;
            }
            Self::Words(words) => {
                words.left += right;
                words.baseline += down;
            }
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
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    /// What the file is called inside.
    pub title: String,
    /// The language of most of it, as a tag (`zh_CN`, `en`).
    pub lang: String,
    /// The day it is made.
    pub day: NaiveDate,
    /// From how far its main code can be read, in metres.
    pub distance: Option<f32>,
    /// What is drawn, the ground first.
    pub items: Vec<Item>,
}
