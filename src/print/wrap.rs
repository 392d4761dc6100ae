//! Where lines of mixed Chinese and Latin text may break.

use super::type_case::{EM, Line, TypeCase, Weight};

/// What must not begin a line.
const CLOSING: &str = "，。、；：？！）】》」』”’…—·,.;:?!)]}%";
/// What must not end one.
const OPENING: &str = "（【《「『“‘([{";
/// Behind these an address breaks where it has to.
const JOINTS: &str = "@._-?&=";

/// A text in lines.
pub(super) struct Wrapped {
    /// The lines, without the spaces that they broke at.
    pub lines: Vec<String>,
    /// The worst place that a line breaks at.
    worst: Break,
}

impl Wrapped {
    /// Whether a word had to be torn apart.
    pub(super) fn is_torn(&self) -> bool {
        self.worst <= Break::Torn
    }
}

/// `text` in lines of at most `width` full-width characters, as even as they can be.
pub(super) fn wrapped(case: &TypeCase, text: &str, weight: Weight, width: f32) -> Wrapped {
    let line = case.line(text, weight);
    let most = width * EM;
    let first = greedy(&line, text, most);
    let count = first.lines.len();
    if count < 2 {
        return first;
    }
    // The narrowest width that gives as many lines has the most even ones.
    let (mut low, mut high, mut best) = (most / count as f32, most, first);
    for _ in 0..7 {
        let middle = (low + high) / 2.0;
        let tried = greedy(&line, text, middle);
        if tried.lines.len() <= count && tried.worst >= best.worst {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}

/// How good a place to break is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    Never,
    /// Tears a word.
    Torn,
    /// At a joint of an address.
    Joint,
    /// Before the path of an address.
    Path,
    /// Between words, or between full-width characters.
    Clean,
}

fn greedy(line: &Line, text: &str, most: f32) -> Wrapped {
    let char_at = |index: usize| {
        let bytes = line.glyphs.get(index)?.bytes.clone();
        text.get(bytes)?.chars().next()
    };
    let mut wrapped = Wrapped {
        lines: Vec::new(),
        worst: Break::Clean,
    };
    let mut start = 0;
    while let Some(first) = line.glyphs.get(start) {
        let fits = |index: usize| {
            let glyph = line.glyphs.get(index);
            glyph.is_some_and(|one| one.right - first.left <= most || char_at(index) == Some(' '))
        };
        let mut end = start + 1;
        while fits(end) {
            end += 1;
        }
        if end < line.glyphs.len() {
            let quality = |index: usize| match (char_at(index - 1), char_at(index)) {
                (Some(before), Some(after)) => quality(before, after),
                _ => Break::Clean,
            };
            // Of the best kind there is, the last.
            let places = start + 1..=end;
            let found = places.max_by_key(|&index| (quality(index), index));
            end = found.unwrap_or(end);
            wrapped.worst = wrapped.worst.min(quality(end));
        }
        let begin = first.bytes.start;
        let behind = line
            .glyphs
            .get(end)
            .map_or(text.len(), |one| one.bytes.start);
        wrapped.lines.push(
            text.get(begin..behind)
                .unwrap_or_default()
                .trim()
                .to_owned(),
        );
        start = end;
        while char_at(start) == Some(' ') {
            start += 1;
        }
    }
    wrapped
}

fn quality(before: char, after: char) -> Break {
    if after == ' ' {
        return Break::Clean;
    }
    if after == '/' && before != '/' && before != ':' {
        return Break::Path;
    }
    if CLOSING.contains(after) {
        return Break::Never;
    }
    if before == ' ' {
        return Break::Clean;
    }
    if OPENING.contains(before) {
        return Break::Never;
    }
    if is_wide(before) || is_wide(after) {
        return Break::Clean;
    }
    if JOINTS.contains(before) {
        return Break::Joint;
    }
    Break::Torn
}

/// Whether lines may break on either side of a character: Chinese has no spaces.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x20000..=0x3ffff)
}
