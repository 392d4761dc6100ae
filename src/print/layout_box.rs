//! What a poster is built from: parts that know their size and are put under and beside each
//! other.

use super::sheet::Item;
use crate::document::page::ASCENT;
use crate::document::shaping::{EM, Shaper};
use crate::document::wrapping::wrapped;
use crate::document::{Area, Colour, TextRun, Weight};

/// The smallest letters on paper, in millimetres: 6 points, as on the small print of a ticket.
const LEAST: f32 = 2.1;
/// How much smaller the next try at fitting a text is.
const STEP: f32 = 0.95;
/// Down to this part of its size a text rather shrinks than takes a second line.
const ONE_LINE: f32 = 0.8;

/// Where lines and parts stand within their width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

impl Align {
    /// How far from the left something stands that leaves this much room.
    fn indent(self, room: f32) -> f32 {
        match self {
            Self::Left => 0.0,
            Self::Centre => room / 2.0,
            Self::Right => room,
        }
    }
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub weight: Weight,
    /// The height of a full-width character in millimetres, where that fits.
    pub size: f32,
    /// The size down to which it shrinks rather than take more than `lines`.
    pub least: f32,
    pub lines: usize,
    pub colour: Colour,
    pub align: Align,
    /// From one baseline to the next, in parts of the size.
    pub leading: f32,
}

impl Style {
    /// Lines of this size, which shrink to three fifths of it.
    pub(super) fn new(weight: Weight, size: f32, colour: Colour) -> Self {
        Self {
            weight,
            size,
            least: size * 0.6,
            lines: 1,
            colour,
            align: Align::Left,
            leading: 1.3,
        }
    }

    pub(super) fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    pub(super) fn least(self, part: f32) -> Self {
        let least = self.size * part;
        Self { least, ..self }
    }

    pub(super) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// A part of a sheet; its items are placed from its own left upper corner.
#[derive(Clone, Debug, Default)]
pub(super) struct LayoutBox {
    pub width: f32,
    pub height: f32,
    pub items: Vec<Item>,
}

impl LayoutBox {
    /// One item that fills the part.
    pub(super) fn of(width: f32, height: f32, item: Item) -> Self {
        Self {
            width,
            height,
            items: vec![item],
        }
    }

    /// Whether nothing is drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds another part there, without growing.
    pub(super) fn put(&mut self, left: f32, top: f32, other: Self) {
        let moved = other.items.into_iter().map(|item| item.moved(left, top));
        self.items.extend(moved);
    }

    /// Parts under each other; empty ones take no room.
    pub(super) fn stack(parts: impl IntoIterator<Item = Self>, gap: f32, align: Align) -> Self {
        let parts: Vec<Self> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let width = parts
            .iter()
            .fold(0.0, |most: f32, part| most.max(part.width));
        let mut whole = Self {
            width,
            ..Self::default()
        };
        for part in parts {
            if whole.height > 0.0 {
                whole.height += gap;
            }
            let (left, top) = (align.indent(width - part.width), whole.height);
            whole.height += part.height;
            whole.put(left, top, part);
        }
        whole
    }

    /// Parts beside each other, each in the middle of their height.
    pub(super) fn row(parts: impl IntoIterator<Item = Self>, gap: f32) -> Self {
        let parts: Vec<Self> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let height = parts
            .iter()
            .fold(0.0, |most: f32, part| most.max(part.height));
        let mut whole = Self {
            height,
            ..Self::default()
        };
        for part in parts {
            if whole.width > 0.0 {
                whole.width += gap;
            }
            let (left, top) = (whole.width, (height - part.height) / 2.0);
            whole.width += part.width;
            whole.put(left, top, part);
        }
        whole
    }

    /// Parts of one width in rows of `columns`, each row as high as its highest.
    pub(super) fn grid(
        parts: Vec<Self>,
        columns: usize,
        gap: f32,
        panel: impl Fn(Self, f32) -> Self,
    ) -> Self {
        let mut rows = Vec::new();
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let row: Vec<Self> = parts.by_ref().take(columns.max(1)).collect();
            let height = row
                .iter()
                .fold(0.0, |most: f32, part| most.max(part.height));
            let row = row.into_iter().map(|part| panel(part, height));
            rows.push(Self::row(row, gap));
        }
        Self::stack(rows, gap, Align::Left)
    }

    /// The part on a ground of its own of this size, in the middle of its height.
    pub(super) fn on_panel(
        self,
        (width, height): (f32, f32),
        radius: f32,
        colour: Colour,
        align: Align,
        padding: f32,
    ) -> Self {
        let area = Area {
            width,
            height,
            ..Area::default()
        };
        let panel = Item::Panel {
            area,
            radius,
            colour,
        };
        let mut whole = Self::of(width, height, panel);
        let room = width - 2.0 * padding - self.width;
        let (left, top) = (padding + align.indent(room), (height - self.height) / 2.0);
        whole.put(left, top, self);
        whole
    }

    /// The part in the middle of this width.
    pub(super) fn centred(self, width: f32) -> Self {
        let mut whole = Self {
            width,
            height: self.height,
            items: Vec::new(),
        };
        whole.put((width - self.width) / 2.0, 0.0, self);
        whole
    }
}

/// Several texts beneath each other, all in the size of the one that has to be smallest.
pub(super) fn list<'t>(
    shaper: &Shaper,
    texts: impl Iterator<Item = &'t str> + Clone,
    width: f32,
    style: &Style,
) -> LayoutBox {
    let set = |style: &Style| {
        let parts = texts.clone().map(|one| text(shaper, one, width, style));
        LayoutBox::stack(parts, 0.0, style.align)
    };
    let first = set(style);
    let sizes = first.items.iter().filter_map(|item| match item {
        Item::TextRun(words) => Some(words.size),
        Item::Panel { .. } | Item::Code { .. } | Item::Sign { .. } => None,
    });
    let size = sizes.fold(style.size, f32::min);
    set(&Style { size, ..*style })
}

/// `text` set in at most this width: in as many lines as the style allows, smaller where that is
/// not enough, and at its smallest in as many lines as it takes. As wide as its longest line,
/// unless it is aligned within the whole width.
pub(super) fn text(shaper: &Shaper, text: &str, width: f32, style: &Style) -> LayoutBox {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || width <= 0.0 {
        return LayoutBox::default();
    }
    let full = style.size.max(LEAST);
    let least = style.least.clamp(LEAST, full);
    let (mut size, mut lines) = (full, 1);
    let mut smallest = if style.lines > 1 {
        (full * ONE_LINE).max(least)
    } else {
        least
    };
    let lines = loop {
        let found = wrapped(shaper, &text, style.weight, width / size);
        if found.lines.len() <= lines && !found.torn {
            break found.lines;
        }
        if size > smallest {
            size = (size * STEP).max(smallest);
        } else if lines < style.lines {
            // Then in more lines, from its full size again.
            (size, lines, smallest) = (full, style.lines, least);
        } else {
            break found.lines;
        }
    };
    let height = style.leading * size;
    let lines = lines.into_iter().enumerate().map(|(index, line)| {
        let long = shaper.line(&line, style.weight).width / EM * size;
        TextRun {
            text: line,
            weight: style.weight,
            size,
            colour: style.colour,
            left: 0.0,
            baseline: index as f32 * height + (height - size) / 2.0 + ASCENT * size,
            width: long,
        }
    });
    let lines: Vec<TextRun> = lines.collect();
    let longest = lines
        .iter()
        .fold(0.0, |most: f32, line| most.max(line.width));
    let whole = if style.align == Align::Left {
        longest
    } else {
        width
    };
    let count = lines.len() as f32;
    let items = lines.into_iter().map(|line| {
        let left = style.align.indent(whole - line.width);
        Item::TextRun(TextRun { left, ..line })
    });
    LayoutBox {
        width: whole,
        height: count * height,
        items: items.collect(),
    }
}
