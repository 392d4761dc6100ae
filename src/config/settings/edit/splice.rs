//! Replacing parts of a text by their places, so that everything else stays as it is.

use std::ops::Range;

/// New words for a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    /// The bytes that give way; none where the words are only inserted.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub words: String,
}

impl Splice {
    /// Puts `words` in front of the byte `at`.
    pub fn insert(at: usize, words: String) -> Self {
        Self {
            range: at..at,
            words,
        }
    }
}

/// `text` with all of them; none if they overlap or lie outside of it. Those at the same place
/// follow each other in their order here.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|one| one.range.start);
    let mut changed = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for one in splices {
        changed.push_str(text.get(done..one.range.start)?);
        changed.push_str(&one.words);
        done = one.range.end;
    }
    changed.push_str(text.get(done..)?);
    Some(changed)
}

/// Where the line of the byte `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> Option<usize> {
    Some(text.get(..at)?.rfind('\n').map_or(0, |end| end + 1))
}

/// Whole lines to put behind the line that the byte `at` is on; `lines` end without a line break.
pub(super) fn line_after(text: &str, at: usize, lines: &str) -> Option<Splice> {
    let nl = newline(text);
    Some(match text.get(at..)?.find('\n') {
        Some(end) => Splice::insert(at + end + 1, format!("{lines}{nl}")),
        None => Splice::insert(text.len(), format!("{nl}{lines}{nl}")),
    })
}

/// How the lines of `text` end.
pub(super) fn newline(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// `text` parted in front of its first line break.
pub(super) fn split_line(text: &str) -> Option<(&str, &str)> {
    let end = text.find('\n')?;
    let end = text
        .get(..end)
        .filter(|line| line.ends_with('\r'))
        .map_or(end, |line| line.len() - 1);
    text.split_at_checked(end)
}
