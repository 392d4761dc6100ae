//! How large things are on a page, in millimetres.

use crate::document::model::Document;
use crate::document::page::Paper;

/// What everything else is measured by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// White at the left and the right edge, and above and beneath the text where nothing runs
    /// there.
    pub margin: f32,
    /// The width of the text.
    pub width: f32,
    /// The height of the paper.
    pub height: f32,
    /// The height of a full-width character of the text: 10.5 points (五号) on A4, 9 on A5.
    pub size: f32,
}

/// From one baseline of the text to the next, in parts of its size.
pub(super) const LEADING: f32 = 1.6;
/// The same in cells of tables and at the edges of the page.
pub(super) const TIGHT: f32 = 1.4;
/// The size of letters in cells, in parts of the text's.
pub(super) const CELL_SIZE: f32 = 0.92;
/// The size of letters at the edges of the page.
pub(super) const EDGE_SIZE: f32 = 0.82;
/// The thickness of a line between rows, in millimetres.
pub(super) const RULE: f32 = 0.2;

impl Measures {
    pub(super) fn of(document: &Document) -> Self {
        let (margin, size) = match document.paper {
            Paper::A4 => (20.0, 3.7),
            Paper::A5 => (14.0, 3.2),
        };
        let (width, height) = document.page_size();
        Self {
            margin,
            width: width - 2.0 * margin,
            height,
            size,
        }
    }

    /// The size of a heading of this rank.
    pub(super) fn heading(&self, level: u8) -> f32 {
        let part = match level {
            1 => 1.7,
            2 => 1.35,
            3 => 1.15,
            _ => 1.0,
        };
        self.size * part
    }

    /// Room above a paragraph.
    pub(super) fn gap(&self) -> f32 {
        self.size * 0.6
    }
}
