//! From what a document says to where it stands on which page.
//!
//! Every block becomes slices, which are as high as a line of text and never cut; the slices are
//! dealt out to pages. In between nothing knows of a kind of file.

mod blocks;
mod measures;
mod paging;
mod running;
mod slice;
mod table;
mod text;

use std::rc::Rc;

use super::colour::Colour;
use super::drawing::Drawing;
use super::model::Document;
use super::page::{Area, TextRun};
use super::pixels::{Jpeg, Pixels};
use super::shaping::Shaper;
use super::structure::{Of, Structure};
use blocks::Setter;
use measures::Measures;
use running::Numbers;
pub(super) use text::cleaned;

/// What is drawn.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// A line or a ground.
    Panel(Area, Colour),
    /// A line of text.
    TextRun(TextRun),
    /// A drawing.
    Drawing(Area, Rc<Drawing>),
    /// A picture of pixels.
    Pixels(Area, Rc<Pixels>),
    /// A photo.
    Jpeg(Area, Rc<Jpeg>),
}

impl Item {
    /// The same as large as this, where it has a place of its own.
    fn sized(self, place: Area) -> Self {
        match self {
            Self::Panel(_, colour) => Self::Panel(place, colour),
            Self::Drawing(_, drawing) => Self::Drawing(place, drawing),
            Self::Pixels(_, pixels) => Self::Pixels(place, pixels),
            Self::Jpeg(_, jpeg) => Self::Jpeg(place, jpeg),
            Self::TextRun(words) => Self::TextRun(words),
        }
    }

    fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Panel(area, _)
            | Self::Drawing(area, _)
            | Self::Pixels(area, _)
            | Self::Jpeg(area, _) => area.shift(right, down),
            Self::TextRun(words) => words.shift(right, down),
        }
        self
    }
}

/// Something drawn, and what it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub item: Item,
    pub of: Of,
}

/// All that stands on one page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub marks: Vec<Mark>,
}

/// Where a heading stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    pub level: u8,
    pub title: String,
    /// The number of its page, from 0.
    pub page: usize,
    /// How far down its page.
    pub top: f32,
}

/// A document on pages.
#[derive(Debug)]
pub(crate) struct LaidOut {
    pub pages: Vec<Page>,
    pub structure: Structure,
    pub headings: Vec<Heading>,
}

/// Deals a document out to pages, of which there is always one.
pub(crate) fn lay_out(document: &Document, shaper: &Shaper) -> LaidOut {
    let measures = Measures::of(document);
    let edges = running::Edges::of(document, shaper, &measures);
    let mut setter = Setter::new(document, shaper, &measures, edges.room());
    setter.blocks(&document.body);
    let set = setter.done();
    let mut dealt = paging::deal_out(set.slices, &set.heads, edges.room());
    let count = dealt.pages.len();
    let (left, top) = (measures.margin, edges.top());
    for (number, page) in dealt.pages.iter_mut().enumerate() {
        for mark in &mut page.marks {
            let item = std::mem::replace(&mut mark.item, Item::Panel(Area::default(), Colour::INK));
            mark.item = item.moved(left, top);
        }
        let mut above = dealt.headings.iter().rev();
        let title = above.find(|one| one.level == 1 && one.page <= number);
        let numbers = Numbers {
            page: number + 1,
            pages: count,
            title: title.map_or("", |one| &one.title),
        };
        let mut marks = edges.head(&numbers);
        marks.append(&mut page.marks);
        marks.extend(edges.foot(&numbers));
        page.marks = marks;
    }
    for heading in &mut dealt.headings {
        heading.top += top;
    }
    LaidOut {
        pages: dealt.pages,
        structure: set.structure,
        headings: dealt.headings,
    }
}
