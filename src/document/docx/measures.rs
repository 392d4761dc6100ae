//! How large things are, in the units of the format: the sizes of the other files, rounded to what a
//! word processor offers.

use crate::document::model::Document;
use crate::document::page::{INCH, Paper};

/// Twentieths of a point in a millimetre.
const TWIPS: f32 = 1440.0 / INCH;

/// Millimetres in the unit that lengths have.
pub(super) fn twips(millimetres: f32) -> i32 {
    (millimetres * TWIPS).round() as i32
}

/// What everything else is measured by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// White at the left and the right edge, in millimetres.
    pub margin: f32,
    /// From the edge of the paper to what runs along it, in millimetres.
    pub edge: f32,
    /// Width and height of a page, in millimetres.
    pub page: (f32, f32),
    /// The size of the text, in half points.
    pub size: i32,
}

impl Measures {
    pub(super) fn of(document: &Document) -> Self {
        let (margin, edge, size) = match document.paper {
            Paper::A4 => (20.0, 12.0, 21),
            Paper::A5 => (14.0, 8.0, 18),
        };
        Self {
            margin,
            edge,
            page: document.page_size(),
            size,
        }
    }

    /// The width of the text, in millimetres.
    pub(super) fn width(&self) -> f32 {
        self.page.0 - 2.0 * self.margin
    }

    /// The height that a picture can have, in millimetres.
    pub(super) fn height(&self) -> f32 {
        self.page.1 - 3.0 * self.margin
    }

    /// The size of a heading of this rank, in half points.
    pub(super) fn heading(&self, level: u8) -> i32 {
        let more = match level {
            1 => 15,
            2 => 7,
            3 => 3,
            _ => 0,
        };
        self.size + more
    }

    /// The size of the words of a cell.
    pub(super) fn cell(&self) -> i32 {
        self.size - 2
    }

    /// The size of what stands at the edges of a page.
    pub(super) fn running(&self) -> i32 {
        self.size - 4
    }
}

/// A distance between lines of letters of this size in half points, as parts of it, in twentieths of
/// a point: typefaces with more room in them take what they need.
pub(super) fn leading(size: i32, parts: f32) -> i32 {
    (size as f32 * 10.0 * parts).round() as i32
}
