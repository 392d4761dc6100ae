//! Blocks as paragraphs, lists, tables and pictures.

use maud::{Markup, html};

use super::measures::Measures;
use super::picture::{self, Media};
use super::runs::runs;
use crate::document::layout::cleaned;
use crate::document::model::{Block, Document, Text};

/// The number that points of lists go by.
const POINTS: usize = 1;

/// All that a document says, and what lies beside it.
pub(super) struct Body {
    pub markup: Markup,
    /// How many numbered lists there are: each counts from 1 by a number of its own.
    pub numbered: usize,
    /// The pictures.
    pub pictures: Vec<Media>,
}

/// Sets the blocks one after the other.
pub(super) struct Setter {
    pub measures: Measures,
    said: Vec<Markup>,
    numbered: usize,
    pictures: Vec<Media>,
    /// Whether what comes next begins a page.
    new_page: bool,
    /// Whether it stays with what follows it.
    keeps: bool,
}

/// How a paragraph stands to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub new_page: bool,
    pub keeps: bool,
}

impl Body {
    pub(super) fn of(document: &Document) -> Self {
        let mut setter = Setter {
            measures: Measures::of(document),
            said: Vec::new(),
            numbered: 0,
            pictures: Vec::new(),
            new_page: false,
            keeps: false,
        };
        setter.blocks(&document.body);
        let markup = html! { @for one in &setter.said { (one) } };
        Self {
            markup,
            numbered: setter.numbered,
            pictures: setter.pictures,
        }
    }
}

impl Setter {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => self.heading(*level, text),
                Block::Paragraph(text) => self.paragraph(text),
                Block::List { numbered, items } => self.list(*numbered, items),
                Block::Table(table) => self.table(table),
                Block::Picture(one) => self.picture(one),
                Block::PageBreak => self.new_page = true,
                Block::Together(blocks) => self.together(blocks),
            }
        }
    }

    pub(super) fn push(&mut self, markup: Markup) {
        self.said.push(markup);
    }

    /// How the next paragraph stands to others.
    pub(super) fn standing(&mut self) -> Standing {
        Standing {
            new_page: std::mem::take(&mut self.new_page),
            keeps: self.keeps,
        }
    }

    fn heading(&mut self, level: u8, text: &Text) {
        if cleaned(&text.said()).trim().is_empty() {
            return;
        }
        let style = format!("Heading{}", level.clamp(1, 6));
        let standing = self.standing();
        let said = runs(text);
        self.push(paragraph(Some(&style), standing, &html! {}, &said));
    }

    fn paragraph(&mut self, text: &Text) {
        let standing = self.standing();
        self.push(paragraph(None, standing, &html! {}, &runs(text)));
    }

    fn list(&mut self, numbered: bool, items: &[Text]) {
        if items.is_empty() {
            return;
        }
        let number = if numbered {
            self.numbered += 1;
            POINTS + self.numbered
        } else {
            POINTS
        };
        let counted = html! { w:numPr { w:ilvl w:val="0" {} w:numId w:val=(number) {} } };
        for item in items {
            let standing = self.standing();
            let said = runs(item);
            self.push(paragraph(Some("ListParagraph"), standing, &counted, &said));
        }
    }

    fn picture(&mut self, one: &crate::document::model::Picture) {
        let Some(read) = picture::read(one, &self.measures) else {
            // In its place, what it would have shown.
            self.paragraph(&Text::plain(one.words.clone()));
            return;
        };
        let number = self.pictures.len() + 1;
        let drawn = picture::markup(&read, number, &cleaned(&one.words));
        self.pictures.push(read.media);
        let standing = self.standing();
        self.push(paragraph(None, standing, &html! {}, &drawn));
    }

    fn together(&mut self, blocks: &[Block]) {
        let Some((last, before)) = blocks.split_last() else {
            return;
        };
        let outer = std::mem::replace(&mut self.keeps, true);
        self.blocks(before);
        self.keeps = outer;
        self.blocks(std::slice::from_ref(last));
    }
}

/// A paragraph in a style, the usual one where none is named.
pub(super) fn paragraph(
    style: Option<&str>,
    standing: Standing,
    properties: &Markup,
    said: &Markup,
) -> Markup {
    html! {
        w:p {
            w:pPr {
                @if let Some(style) = style { w:pStyle w:val=(style) {} }
                @if standing.keeps { w:keepNext {} }
                @if standing.new_page { w:pageBreakBefore {} }
                (properties)
            }
            (said)
        }
    }
}
