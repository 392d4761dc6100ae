//! What stands on a sheet of paper and where, in millimetres from its left upper corner.

use serde::{Deserialize, Serialize};

use super::colour::Colour;

/// Millimetres in an inch.
pub(crate) const INCH: f32 = 25.4;

/// A size of paper (ISO 216), upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// An upright rectangle, in millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
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

    /// Moves it.
    pub(crate) fn shift(&mut self, right: f32, down: f32) {
        self.left += right;
        self.top += down;
    }
}

/// How bold letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// To read.
    Regular,
    /// To find.
    Bold,
}

/// One line of text in one style.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextRun {
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

impl TextRun {
    /// Moves them.
    pub(crate) fn shift(&mut self, right: f32, down: f32) {
        self.left += right;
        self.baseline += down;
    }
}

/// Above the baseline, in parts of the size: the highest ink of the font's Chinese.
pub(crate) const ASCENT: f32 = 0.88;
