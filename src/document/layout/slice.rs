//! What is dealt out to pages: as high as a line of text, and never cut.

use super::{Item, Mark};
use crate::document::structure::{Of, Structure};

/// How closely a slice is bound to the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// The page may end between them.
    #[default]
    None,
    /// They are of one group that stays together if it can.
    Group,
    /// They make little sense on two pages: a heading and what follows it, the first two and the
    /// last two lines of a paragraph, the lines of a row.
    Close,
}

/// A slice; its marks are placed from its own left upper corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Slice {
    pub height: f32,
    /// Room above it, except at the top of a page.
    pub gap: f32,
    pub bond: Bond,
    pub marks: Vec<Mark>,
    /// The rank and the words of the heading that begins with it.
    pub heading: Option<(u8, String)>,
    /// The number of the table whose column names stand above it on a new page.
    pub table: Option<usize>,
    /// Whether it begins a page in any case.
    pub on_new_page: bool,
}

impl Slice {
    /// A slice of this height with nothing on it.
    pub(super) fn of(height: f32) -> Self {
        Self {
            height,
            ..Self::default()
        }
    }

    pub(super) fn put(&mut self, item: Item, of: Of) {
        self.marks.push(Mark { item, of });
    }
}

/// All blocks of a document, cut into slices.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub slices: Vec<Slice>,
    /// The column names of each table.
    pub heads: Vec<Vec<Slice>>,
    pub structure: Structure,
}
