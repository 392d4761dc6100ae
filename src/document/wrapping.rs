//! Texts wrapped into lines that are as even as they can be.

use super::lines::{Breaks, BrokenLine, Lines};
use super::page::Weight;
use super::shaping::{EM, Shaper};

/// A text in lines.
pub(crate) struct Wrapped {
    /// The lines, without the spaces that they broke at.
    pub lines: Vec<String>,
    /// Whether a word had to be torn apart.
    pub torn: bool,
}

/// `text` in lines of at most `width` full-width characters, as even as they can be. An address
/// breaks no earlier than it has to, and a word last of all.
pub(crate) fn wrapped(shaper: &Shaper, text: &str, weight: Weight, width: f32) -> Wrapped {
    let mut found = Wrapped {
        lines: Vec::new(),
        torn: true,
    };
    for breaks in [Breaks::TextRun, Breaks::Paths, Breaks::Joints] {
        let lines = shaper.lines(text, weight, breaks);
        let even = even(&mut lines.borrow_mut(), width * EM);
        found = Wrapped {
            torn: even.iter().any(|line| line.torn),
            lines: even
                .into_iter()
                .map(|line| text.get(line.bytes).unwrap_or_default().trim().to_owned())
                .collect(),
        };
        if !found.torn {
            break;
        }
    }
    found
}

/// The lines at the narrowest width that gives as many of them.
fn even(lines: &mut Lines, most: f32) -> Vec<BrokenLine> {
    let torn = |found: &[BrokenLine]| found.iter().any(|line| line.torn);
    let mut best = lines.broken(most);
    let count = best.len();
    if count < 2 {
        return best;
    }
    let (mut low, mut high) = (most / count as f32, most);
    for _ in 0..7 {
        let middle = (low + high) / 2.0;
        let tried = lines.broken(middle);
        if tried.len() <= count && torn(&tried) <= torn(&best) {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}
