//! Letters: which glyphs a text is set with, where they stand, and what their outlines are.
//!
//! All kinds of files are set from the same measurements, so that a line that fits in one of them
//! fits in all.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::tiny_skia_path::{Path, PathBuilder};
use resvg::usvg::{FontResolver, Group, Node, Options, Text, Tree};

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

impl Weight {
    /// The font of this weight.
    pub(super) fn font(self) -> &'static [u8] {
        match self {
            Self::Regular => fonts::REGULAR,
            Self::Bold => fonts::BOLD,
        }
    }
}

/// One glyph of a line, in units of [`EM`] from the line's beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Its number in the font.
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
    let tree = tree(text, weight)?;
    let text = first_text(tree.root())?;
    let mut builder = PathBuilder::new();
    push_paths(text.flattened(), &mut builder);
    builder.finish()
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
    let tree = tree(text, weight);
    let Some(found) = tree.as_ref().and_then(|tree| first_text(tree.root())) else {
        return Line::default();
    };
    let width = found.bounding_box().right();
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut at = 0;
    for glyph in found
        .layouted()
        .iter()
        .flat_map(|span| &span.positioned_glyphs)
    {
        let left = glyph.transform().tx;
        let rest = text.get(at..).unwrap_or_default();
        // Several glyphs of one character carry its text each.
        let bytes = match (rest.find(glyph.text.as_str()), glyphs.last()) {
            (Some(skipped), _) => at + skipped..at + skipped + glyph.text.len(),
            (None, Some(last)) => last.bytes.clone(),
            (None, None) => at..at,
        };
        at = bytes.end;
        if let Some(last) = glyphs.last_mut() {
            last.right = left;
        }
        glyphs.push(Glyph {
            id: glyph.id.0,
            bytes,
            left,
            right: width,
        });
    }
    Line { glyphs, width }
}

static FONTS: LazyLock<(Arc<Database>, [Option<ID>; 2])> = LazyLock::new(|| {
    let mut fonts = Database::new();
    let ids = [Weight::Regular, Weight::Bold].map(|weight| {
        let source = Source::Binary(Arc::new(weight.font()));
        fonts.load_font_source(source).first().copied()
    });
    (Arc::new(fonts), ids)
});

/// `text` as the only element of a drawing, set at [`EM`].
fn tree(text: &str, weight: Weight) -> Option<Tree> {
    let (fonts, [regular, bold]) = &*FONTS;
    let font = match weight {
        Weight::Regular => *regular,
        Weight::Bold => *bold,
    };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"1000\">\
         <text x=\"0\" y=\"0\" font-size=\"{EM}\" xml:space=\"preserve\">{}</text></svg>",
        escaped(text)
    );
    let options = Options {
        fontdb: fonts.clone(),
        font_resolver: FontResolver {
            select_font: Box::new(move |_, _| font),
            select_fallback: Box::new(|_, _, _| None),
        },
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
