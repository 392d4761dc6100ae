//! Colours on paper.

use serde::{Deserialize, Serialize};

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self(255, 255, 255);
    /// The modules of a code.
    pub const BLACK: Self = Self(0, 0, 0);
    /// Words to read.
    pub const INK: Self = Self(0x0f, 0x1f, 0x33);
    /// Words second in rank.
    pub const SOFT: Self = Self(0x3a, 0x48, 0x56);
    /// The ground of a cell.
    pub const CELL: Self = Self(0xef, 0xf3, 0xf7);
    /// A line between parts.
    pub const LINE: Self = Self(0xc9, 0xd2, 0xdb);
}
