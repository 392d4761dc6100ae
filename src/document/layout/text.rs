//! Texts in lines.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Item, Mark};
use crate::document::colour::Colour;
use crate::document::lines::{Breaks, Lines, Piece};
use crate::document::model::{Side, Text};
use crate::document::page::{ASCENT, TextRun, Weight};
use crate::document::shaping::{Shaper, Span};
use crate::document::structure::{Of, Role, Structure};

/// The most bytes that are set in one piece: shaping counts in sixteen bits. Longer texts begin a
/// new line there.
const MOST_BYTES: usize = 30_000;
/// The most characters that make one letter; no script has so many marks on one.
const MOST_MARKS: usize = 32;
/// Ends a letter without leaving ink.
const LETTER_END: char = '\u{200b}';

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub size: f32,
    pub weight: Weight,
    pub colour: Colour,
    /// From one baseline to the next, in parts of the size.
    pub leading: f32,
    pub side: Side,
}

impl Look {
    /// The height of a line.
    pub(super) fn height(&self) -> f32 {
        self.size * self.leading
    }
}

/// Where and how texts are set.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub shaper: &'a Shaper,
    /// The language of the document.
    pub lang: &'a str,
    /// The longest line.
    pub width: f32,
    pub look: &'a Look,
}

impl Setting<'_> {
    /// The lines of a text, each with its marks from its own left upper corner. The text belongs
    /// to `of`, and what stands out in it to parts of their own.
    pub(super) fn lines(&self, text: &Text, of: Of, structure: &mut Structure) -> Vec<Vec<Mark>> {
        let owners: Vec<Of> = text
            .0
            .iter()
            .map(|run| match of {
                Of::Node(node) if run.strong || run.lang.is_some() => {
                    let (strong, lang) = (run.strong, run.lang.clone());
                    Of::Node(structure.add(Role::Run { strong, lang }, Some(node)))
                }
                other => other,
            })
            .collect();
        let mut lines = Vec::new();
        for whole in lines_of(text) {
            let spans = spans(text, &whole, self);
            for part in cut(&whole.text) {
                lines.extend(self.broken(&whole, &spans, part, &owners));
            }
        }
        lines
    }

    fn broken(
        &self,
        whole: &Whole,
        spans: &[Span],
        part: Range<usize>,
        owners: &[Of],
    ) -> Vec<Vec<Mark>> {
        let text = whole.text.get(part.clone()).unwrap_or_default();
        if text.is_empty() {
            return vec![Vec::new()];
        }
        let within = |at: usize| at.clamp(part.start, part.end) - part.start;
        let spans: Vec<Span> = spans
            .iter()
            .map(|span| Span {
                bytes: within(span.bytes.start)..within(span.bytes.end),
                ..span.clone()
            })
            .collect();
        let mut lines = Lines::new(text, self.shaper.shaped(text, &spans, Breaks::Usual));
        let broken = lines.broken(self.width);
        let marked = broken.iter().enumerate().map(|(number, line)| {
            let indent = match self.look.side {
                Side::Left => 0.0,
                Side::Right => (self.width - line.width).max(0.0),
            };
            let marks = lines.pieces(number).into_iter().filter_map(|piece| {
                let (run, _) = whole.runs.get(piece.span)?;
                let of = owners.get(*run).copied().unwrap_or(Of::Nothing);
                let weight = spans.get(piece.span)?.weight;
                let item = Item::TextRun(self.words(text, &piece, weight, indent)?);
                Some(Mark { item, of })
            });
            marks.collect()
        });
        marked.collect()
    }

    fn words(&self, text: &str, piece: &Piece, weight: Weight, indent: f32) -> Option<TextRun> {
        let look = self.look;
        Some(TextRun {
            text: text.get(piece.bytes.clone())?.to_owned(),
            weight,
            size: look.size,
            colour: look.colour,
            left: indent + piece.left,
            baseline: (look.height() - look.size) / 2.0 + ASCENT * look.size,
            width: piece.width,
        })
    }
}

/// A line that the text itself begins, and which of its bytes are of which run.
#[derive(Default)]
struct Whole {
    text: String,
    runs: Vec<(usize, Range<usize>)>,
}

/// The text without what cannot be set, by the lines that it begins itself.
fn lines_of(text: &Text) -> Vec<Whole> {
    let mut lines = vec![Whole::default()];
    for (number, run) in text.0.iter().enumerate() {
        let run = cleaned(&run.text);
        for (index, part) in run.split('\n').enumerate() {
            if index > 0 {
                lines.push(Whole::default());
            }
            let Some(line) = lines.last_mut() else {
                continue;
            };
            let start = line.text.len();
            line.text.push_str(part);
            if !part.is_empty() {
                line.runs.push((number, start..line.text.len()));
            }
        }
    }
    lines
}

/// `text` with every kind of line end as a line feed, spaces for tabs, and without other control
/// characters.
pub(in crate::document) fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut cleaned = String::with_capacity(text.len());
    for letter in text.graphemes(true) {
        for (index, c) in letter.chars().enumerate() {
            if index > 0 && index % MOST_MARKS == 0 {
                cleaned.push(LETTER_END);
            }
            match c {
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    cleaned.push('\n');
                }
                '\t' => cleaned.push(' '),
                c if c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {}
                c => cleaned.push(c),
            }
        }
    }
    cleaned
}

fn spans(text: &Text, line: &Whole, setting: &Setting<'_>) -> Vec<Span> {
    let spans = line.runs.iter().filter_map(|(number, bytes)| {
        let run = text.0.get(*number)?;
        let strong = if run.strong {
            Weight::Bold
        } else {
            setting.look.weight
        };
        Some(Span {
            bytes: bytes.clone(),
            weight: strong,
            size: setting.look.size,
            lang: run.lang.as_deref().unwrap_or(setting.lang).to_owned(),
        })
    });
    spans.collect()
}

/// The parts of a text that are set in one piece, almost always one.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while text.len() - start > MOST_BYTES {
        let end = text.floor_char_boundary(start + MOST_BYTES);
        // Behind the last letter that is whole.
        let part = text.get(start..end).unwrap_or_default();
        let last = part.grapheme_indices(true).next_back();
        let end = last.map_or(end, |(at, _)| if at > 0 { start + at } else { end });
        parts.push(start..end);
        start = end;
    }
    parts.push(start..text.len());
    parts
}
