//! Letters: which glyphs a text is set with, where they stand, and what their outlines are.
//!
//! All kinds of files are set from the same measurements, so that a line that fits in one of them
//! fits in all.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use resvg::usvg::fontdb::ID;
use resvg::usvg::tiny_skia_path::{Path, PathBuilder, Transform};
use resvg::usvg::{Group, Node, Options, Text, Tree};

use crate::fonts;

/// Units that a full-width character measures in [`Line`].
pub(super) const EM: f32 = 1000.0;

/// How bold letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// To read.
    Regular,
    /// To find.
    Bold,
}

/// One glyph of a line, in units of [`EM`] from the line's beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The face that it is of.
    pub face: ID,
    /// Its number in that face.
    pub id: u32,
    /// The bytes of the text that it stands for.
    pub bytes: Range<usize>,
    /// Where it begins.
    pub left: f32,
    /// Where the next one begins.
    pub right: f32,
}

/// A text set on one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// Its whole length.
    pub width: f32,
}

/// Sets texts, each once: laying out a sheet asks for the same ones again and again.
#[derive(Default)]
pub(super) struct TypeCase {
    set: RefCell<HashMap<(String, Weight), Rc<Line>>>,
}

impl TypeCase {
    /// `text` on one line.
    pub(super) fn line(&self, text: &str, weight: Weight) -> Rc<Line> {
        let key = (text.to_owned(), weight);
        if let Some(line) = self.set.borrow().get(&key) {
            return line.clone();
        }
        let line = Rc::new(set(text, weight));
        self.set.borrow_mut().insert(key, line.clone());
        line
    }
}

/// The outlines of `text` as one path, in units of [`EM`] from the beginning of its baseline,
/// downwards. None for what leaves no ink.
pub(super) fn outline(text: &str, weight: Weight) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let mut left = 0.0;
    for (bytes, face) in runs(text, weight) {
        let tree = tree(&text[bytes], face)?;
        let Some(found) = first_text(tree.root()) else {
            continue;
        };
        let mut run = PathBuilder::new();
        push_paths(found.flattened(), &mut run);
        let path = run.finish();
        let path = path.and_then(|path| path.transform(Transform::from_translate(left, 0.0)));
        if let Some(path) = path {
            builder.push_path(&path);
        }
        left += found.bounding_box().right();
    }
    builder.finish()
}

/// The parts of `text` that are set in one face each. A character that any face may set, such as
/// a space, goes with what stands before it.
fn runs(text: &str, weight: Weight) -> Vec<(Range<usize>, Option<ID>)> {
    let mut runs: Vec<(Range<usize>, Option<ID>)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let face = fonts::face_of(c, weight == Weight::Bold);
        match runs.last_mut() {
            Some((bytes, last)) if *last == face || c.is_whitespace() => bytes.end = end,
            _ => runs.push((at..end, face)),
        }
    }
    runs
}

fn push_paths(group: &Group, builder: &mut PathBuilder) {
    for node in group.children() {
        match node {
            Node::Group(group) => push_paths(group, builder),
            Node::Path(path) => builder.push_path(path.data()),
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

fn set(text: &str, weight: Weight) -> Line {
    let mut line = Line::default();
    let chinese = fonts::face_of('一', weight == Weight::Bold);
    for (bytes, face) in runs(text, weight) {
        let tree = tree(&text[bytes.clone()], face);
        let Some(found) = tree.as_ref().and_then(|tree| first_text(tree.root())) else {
            continue;
        };
        // Other scripts are set in one piece: their glyphs stand for several characters, or in
        // another order.
        let whole = face != chinese;
        push_glyphs(&mut line, text, bytes, found, whole);
    }
    line
}

/// Sets a run behind what stands on the line already.
fn push_glyphs(line: &mut Line, text: &str, run: Range<usize>, found: &Text, whole: bool) {
    let begin = line.width;
    line.width += found.bounding_box().right();
    let mut at = run.start;
    let spans = found.layouted().iter();
    for glyph in spans.flat_map(|span| &span.positioned_glyphs) {
        let left = begin + glyph.transform().tx;
        let rest = text.get(at..run.end).unwrap_or_default();
        // Several glyphs of one character carry its text each.
        let bytes = match (rest.find(glyph.text.as_str()), line.glyphs.last()) {
            _ if whole => run.clone(),
            (Some(skipped), _) => at + skipped..at + skipped + glyph.text.len(),
            (None, Some(last)) => last.bytes.clone(),
            (None, None) => at..at,
        };
        at = bytes.end;
        if let Some(last) = line.glyphs.last_mut() {
            last.right = left;
        }
        line.glyphs.push(Glyph {
            face: glyph.font,
            id: glyph.id.0,
            bytes,
            left,
            right: line.width,
        });
    }
}

/// `text` as the only element of a drawing, set at [`EM`].
fn tree(text: &str, face: Option<ID>) -> Option<Tree> {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"1000\">\
         <text x=\"0\" y=\"0\" font-size=\"{EM}\" xml:space=\"preserve\">{}</text></svg>",
        escaped(text)
    );
    let options = Options {
        fontdb: fonts::database(),
        font_resolver: fonts::in_face(face),
        ..Options::default()
    };
    Tree::from_str(&svg, &options).ok()
}

fn first_text(group: &Group) -> Option<&Text> {
    group.children().iter().find_map(|node| match node {
        Node::Text(text) => Some(text.as_ref()),
        Node::Group(group) => first_text(group),
        Node::Path(_) | Node::Image(_) => None,
    })
}

/// `text` as XML has to be written; what XML cannot carry is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
