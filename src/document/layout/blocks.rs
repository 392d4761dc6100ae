//! Blocks become slices.

use std::rc::Rc;

use super::measures::{LEADING, Measures};
use super::slice::{Bond, Cut, Slice};
use super::text::{self, Look, Setting};
use super::{Item, Mark};
use crate::document::colour::Colour;
use crate::document::drawing::Drawing;
use crate::document::model::{Block, Document, Image, Picture, Side, Text};
use crate::document::page::{Area, Weight};
use crate::document::pixels::{Jpeg, Pixels};
use crate::document::shaping::Shaper;
use crate::document::structure::{Of, Role};

/// Sets the blocks of one document, one after the other.
pub(super) struct Setter<'d> {
    document: &'d Document,
    shaper: &'d Shaper,
    pub(super) measures: &'d Measures,
    /// The height of the text on a page.
    room: f32,
    pub(super) cut: Cut,
    /// Whether the next slice begins a page.
    new_page: bool,
}

impl<'d> Setter<'d> {
    pub(super) fn new(
        document: &'d Document,
        shaper: &'d Shaper,
        measures: &'d Measures,
        room: f32,
    ) -> Self {
        Self {
            document,
            shaper,
            measures,
            room,
            cut: Cut::default(),
            new_page: false,
        }
    }

    /// All that was set.
    pub(super) fn done(self) -> Cut {
        self.cut
    }

    /// Sets blocks behind what is set already.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => self.heading(*level, text),
                Block::Paragraph(text) => self.paragraph(text),
                Block::List { numbered, items } => self.list(*numbered, items),
                Block::Table(table) => self.table(table),
                Block::Picture(picture) => self.picture(picture),
                Block::PageBreak => self.new_page = true,
                Block::Together(blocks) => self.together(blocks),
            }
        }
    }

    /// How the text is set.
    fn look(&self) -> Look {
        Look {
            size: self.measures.size,
            weight: Weight::Regular,
            colour: Colour::INK,
            leading: LEADING,
            side: Side::Left,
        }
    }

    pub(super) fn lines(&mut self, text: &Text, width: f32, look: &Look, of: Of) -> Vec<Vec<Mark>> {
        let setting = Setting {
            shaper: self.shaper,
            lang: &self.document.lang,
            width,
            look,
        };
        setting.lines(text, of, &mut self.cut.structure)
    }

    /// Sets slices behind what is set already, with room above the first.
    pub(super) fn push(&mut self, slices: Vec<Slice>, gap: f32) {
        for (index, mut slice) in slices.into_iter().enumerate() {
            if index == 0 {
                slice.gap = gap;
                slice.on_new_page = std::mem::take(&mut self.new_page);
            }
            self.cut.slices.push(slice);
        }
    }

    fn heading(&mut self, level: u8, text: &Text) {
        let level = level.clamp(1, 6);
        let title = text::cleaned(&text.said()).replace('\n', " ");
        let title = title.trim().to_owned();
        if title.is_empty() {
            return;
        }
        let role = Role::Heading {
            level,
            title: title.clone(),
        };
        let node = self.cut.structure.add(role, None);
        let look = Look {
            size: self.measures.heading(level),
            weight: Weight::Bold,
            leading: 1.35,
            ..self.look()
        };
        let lines = self.lines(text, self.measures.width, &look, Of::Node(node));
        let mut slices = sliced(lines, look.height(), 0.0);
        for slice in &mut slices {
            slice.bond = Bond::Close;
        }
        if let Some(first) = slices.first_mut() {
            first.heading = Some((level, title));
        }
        self.push(slices, look.size * 0.9);
    }

    fn paragraph(&mut self, text: &Text) {
        let node = self.cut.structure.add(Role::Paragraph, None);
        let look = self.look();
        let lines = self.lines(text, self.measures.width, &look, Of::Node(node));
        let mut slices = sliced(lines, look.height(), 0.0);
        bind(&mut slices);
        self.push(slices, self.measures.gap());
    }

    fn list(&mut self, numbered: bool, items: &[Text]) {
        if items.is_empty() {
            return;
        }
        let list = self.cut.structure.add(Role::List { numbered }, None);
        let look = self.look();
        // Room for as many digits as the last number has.
        let digits = items.len().to_string().len() as f32;
        let indent = look.size * if numbered { 1.0 + 0.6 * digits } else { 1.2 };
        let width = (self.measures.width - indent).max(1.0);
        for (index, text) in items.iter().enumerate() {
            let item = self.cut.structure.add(Role::Item, Some(list));
            let label = self.cut.structure.add(Role::Label, Some(item));
            let body = self.cut.structure.add(Role::ItemBody, Some(item));
            let said = if numbered {
                Text::plain(format!("{}.", index + 1))
            } else {
                Text::plain("•")
            };
            let labels = self.lines(&said, indent, &look, Of::Node(label));
            let lines = self.lines(text, width, &look, Of::Node(body));
            let mut slices = sliced(lines, look.height(), indent);
            if let (Some(first), Some(label)) = (slices.first_mut(), labels.into_iter().next()) {
                // Read before what it stands for.
                first.marks.splice(0..0, label);
            }
            bind(&mut slices);
            let gap = if index == 0 { 0.6 } else { 0.2 };
            self.push(slices, self.measures.size * gap);
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let Some(slice) = self.pictured(picture) else {
            // In its place, what it would have shown.
            self.paragraph(&Text::plain(picture.words.clone()));
            return;
        };
        self.push(vec![slice], self.measures.gap());
    }

    fn pictured(&mut self, picture: &Picture) -> Option<Slice> {
        // Placed once it is known how large it becomes.
        let somewhere = Area::default();
        let dots = |width: u32, height: u32| (width as f32, height as f32);
        let (item, (across, down)) = match &picture.image {
            Image::Svg(svg) => {
                let drawing = Drawing::read(svg)?;
                let size = (drawing.width, drawing.height);
                (Item::Drawing(somewhere, Rc::new(drawing)), size)
            }
            Image::Png(png) => {
                let pixels = Pixels::read(png)?;
                let size = dots(pixels.width, pixels.height);
                (Item::Pixels(somewhere, Rc::new(pixels)), size)
            }
            Image::Jpeg(jpeg) => {
                let jpeg = Jpeg::read(jpeg)?;
                let size = dots(jpeg.width, jpeg.height);
                (Item::Jpeg(somewhere, Rc::new(jpeg)), size)
            }
        };
        let most = self.measures.width;
        let asked = if picture.width.is_finite() {
            picture.width
        } else {
            most
        };
        let mut width = asked.clamp(1.0, most);
        let mut height = width * down / across;
        if height > self.room {
            (width, height) = (width * self.room / height, self.room);
        }
        if !(width > 0.0 && height > 0.0 && height.is_finite()) {
            return None;
        }
        let area = Area {
            width,
            height,
            ..Area::default()
        };
        let words = picture.words.clone();
        let node = self.cut.structure.add(Role::Figure { words }, None);
        let mut slice = Slice::of(height);
        slice.put(item.sized(area), Of::Node(node));
        Some(slice)
    }

    fn together(&mut self, blocks: &[Block]) {
        let first = self.cut.slices.len();
        self.blocks(blocks);
        let set = self.cut.slices.get_mut(first..).unwrap_or_default();
        let but_last = set.len().saturating_sub(1);
        for slice in set.iter_mut().take(but_last) {
            slice.bond = slice.bond.max(Bond::Group);
        }
    }
}

/// A slice for each line, moved to the right.
fn sliced(lines: Vec<Vec<Mark>>, height: f32, right: f32) -> Vec<Slice> {
    let slices = lines.into_iter().map(|line| {
        let mut slice = Slice::of(height);
        for mark in line {
            slice.put(mark.item.moved(right, 0.0), mark.of);
        }
        slice
    });
    slices.collect()
}

/// Keeps the first two lines of a paragraph together, and the last two.
fn bind(slices: &mut [Slice]) {
    let count = slices.len();
    for (index, slice) in slices.iter_mut().enumerate() {
        if count > 1 && (index == 0 || index + 2 == count) {
            slice.bond = Bond::Close;
        }
    }
}
