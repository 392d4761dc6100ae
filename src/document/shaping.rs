//! Letters: which glyphs a text is set with and where they stand. Where lines break is the
//! business of [`lines`](super::lines).
//!
//! Everything is set from the same measurements, so that a line that fits in one kind of file
//! fits in all.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::layout::Cluster;
use parley::{
    FontContext, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext, OverflowWrap,
    StyleProperty,
};

use super::lines::{Breaks, Lines};
use super::page::Weight;
use crate::fonts;

/// Units that a full-width character measures in [`Line`].
pub(crate) const EM: f32 = 1000.0;

/// One glyph of a line, in units of [`EM`] from the line's beginning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// The number of its face among [`fonts::faces`].
    pub face: usize,
    /// Its number in that face.
    pub id: u32,
    /// The bytes of the text that it stands for.
    pub bytes: Range<usize>,
    /// Where it is drawn.
    pub left: f32,
    /// How far beneath the baseline it is drawn.
    pub down: f32,
    /// How far on the next one begins.
    pub advance: f32,
}

/// A text set on one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// Its whole length.
    pub width: f32,
}

/// A part of a text that looks alike.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    /// Which part of the text.
    pub bytes: Range<usize>,
    /// How bold it is.
    pub weight: Weight,
    /// The height of a full-width character, in the unit that the text is measured in.
    pub size: f32,
    /// Its language as a tag (`zh-CN`, `en`).
    pub lang: String,
}

/// A text that is broken again and again.
pub(crate) type SharedLines = Rc<RefCell<Lines>>;

/// Sets texts, each once: laying out a page asks for the same ones again and again.
pub(crate) struct Shaper {
    contexts: RefCell<(FontContext, LayoutContext<usize>)>,
    families: Vec<FontFamilyName<'static>>,
    /// The same with the Chinese one last.
    others_first: Vec<FontFamilyName<'static>>,
    lines: RefCell<HashMap<(String, Weight), Rc<Line>>>,
    broken: RefCell<HashMap<(String, Weight, Breaks), SharedLines>>,
}

impl Default for Shaper {
    fn default() -> Self {
        let (collection, families) = typefaces();
        let fonts = FontContext {
            collection,
            source_cache: SourceCache::default(),
        };
        let mut others_first = families.clone();
        others_first.rotate_left(1);
        Self {
            contexts: RefCell::new((fonts, LayoutContext::new())),
            families,
            others_first,
            lines: RefCell::default(),
            broken: RefCell::default(),
        }
    }
}

/// The program's own typefaces and nothing of the machine's, in the order in which they are asked
/// for a character. The last has a box for every character that the others lack.
fn typefaces() -> (Collection, Vec<FontFamilyName<'static>>) {
    let mut collection = Collection::new(CollectionOptions {
        shared: false,
        system_fonts: false,
    });
    let mut families = Vec::new();
    for (number, face) in fonts::faces().enumerate() {
        // The first two are one family in two weights.
        let name = format!("face {}", number.max(1));
        let named = FontInfoOverride {
            family_name: Some(&name),
            ..FontInfoOverride::default()
        };
        collection.register_fonts(Blob::new(Arc::new(face)), Some(named));
        if number > 0 {
            families.push(FontFamilyName::Named(Cow::Owned(name)));
        }
    }
    (collection, families)
}

impl Shaper {
    /// `text` on one line.
    pub(crate) fn line(&self, text: &str, weight: Weight) -> Rc<Line> {
        let key = (text.to_owned(), weight);
        if let Some(line) = self.lines.borrow().get(&key) {
            return line.clone();
        }
        let mut layout = self.shaped(text, &[whole(text, weight)], Breaks::Usual);
        layout.break_all_lines(None);
        let line = Rc::new(line_of(&layout));
        self.lines.borrow_mut().insert(key, line.clone());
        line
    }

    /// `text` in one weight at [`EM`], to be broken into lines.
    pub(crate) fn lines(&self, text: &str, weight: Weight, breaks: Breaks) -> SharedLines {
        let key = (text.to_owned(), weight, breaks);
        if let Some(lines) = self.broken.borrow().get(&key) {
            return lines.clone();
        }
        let layout = self.shaped(text, &[whole(text, weight)], breaks);
        let lines = Rc::new(RefCell::new(Lines::new(text, layout)));
        self.broken.borrow_mut().insert(key, lines.clone());
        lines
    }

    /// A text of several spans, which cover it in their order. It has no line breaks in it: those
    /// who have some set one text for each line.
    pub(crate) fn shaped(&self, text: &str, spans: &[Span], breaks: Breaks) -> Layout<usize> {
        let (fonts, layouts) = &mut *self.contexts.borrow_mut();
        let mut builder = layouts.ranged_builder(fonts, text, 1.0, false);
        let family = FontFamily::List(Cow::Borrowed(self.families.as_slice()));
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (number, span) in spans.iter().enumerate() {
            if span.bytes.is_empty() {
                continue;
            }
            let weight = match span.weight {
                Weight::Regular => FontWeight::NORMAL,
                Weight::Bold => FontWeight::BOLD,
            };
            let lang = parley::Language::parse(&span.lang).ok();
            for property in [
                StyleProperty::Brush(number),
                StyleProperty::FontSize(span.size),
                StyleProperty::FontWeight(weight),
                StyleProperty::Locale(lang),
            ] {
                builder.push(property, span.bytes.clone());
            }
        }
        for bytes in lacking(text) {
            let others = FontFamily::List(Cow::Borrowed(self.others_first.as_slice()));
            builder.push(StyleProperty::FontFamily(others), bytes);
        }
        builder.set_line_break_override(Some(breaks.rule()));
        builder.build(text)
    }
}

/// The whole of a text in one weight at [`EM`].
fn whole(text: &str, weight: Weight) -> Span {
    Span {
        bytes: 0..text.len(),
        weight,
        size: EM,
        lang: String::new(),
    }
}

/// The parts of a text that the Chinese typeface has no characters for. Asked first, it would put
/// letters with marks together from what it has, and the marks beside them.
fn lacking(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| fonts::is_foreign(*c)) {
        match parts.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => parts.push(at..at + c.len_utf8()),
        }
    }
    parts
}

fn line_of(layout: &Layout<usize>) -> Line {
    let mut line = Line::default();
    for run in layout.lines().flat_map(|line| line.runs()) {
        let font = run.font().data.as_ref().as_ptr();
        let Some(face) = fonts::faces().position(|face| face.as_ptr() == font) else {
            continue;
        };
        let first = line.glyphs.len();
        for cluster in run.visual_clusters() {
            push_glyphs(&mut line, face, &cluster);
        }
        let glyphs = line.glyphs.get_mut(first..).unwrap_or_default();
        cover(glyphs, run.text_range().end);
    }
    line
}

/// Sets a cluster behind what stands on the line already.
fn push_glyphs(line: &mut Line, face: usize, cluster: &Cluster<'_, usize>) {
    let mut left = line.width;
    for glyph in cluster.glyphs() {
        line.glyphs.push(Glyph {
            face,
            id: glyph.id,
            bytes: cluster.text_range(),
            left: left + glyph.x,
            down: glyph.y,
            advance: glyph.advance,
        });
        left += glyph.advance;
    }
    line.width += cluster.advance();
}

/// Gives the characters that share another's glyph to that glyph, so that every character of the
/// run belongs to one.
fn cover(glyphs: &mut [Glyph], run_end: usize) {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.bytes.start).collect();
    starts.sort_unstable();
    for glyph in glyphs {
        let next = starts.partition_point(|start| *start <= glyph.bytes.start);
        glyph.bytes.end = starts.get(next).copied().unwrap_or(run_end);
    }
}
