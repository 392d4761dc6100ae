//! What a branch wrote, made ready to stand in a sentence or in few bytes.

use crate::domain::lang::Lang;

/// `value` as part of a sentence: on one line, single spaces, without the stop that the sentence
/// itself brings. None for nothing.
pub(super) fn tidy(value: Option<&str>) -> Option<String> {
    let words: Vec<&str> = value?.split_whitespace().collect();
    let words = words.join(" ");
    let words = words.trim_matches(|c: char| c.is_whitespace() || "，。、；：,.;:".contains(c));
    (!words.is_empty()).then(|| words.to_owned())
}

/// `words` in at most `most` bytes, the end cut off at a character with `…` in its place.
pub(super) fn shorten(words: &str, most: usize) -> String {
    if words.len() <= most {
        return words.to_owned();
    }
    let room = most.saturating_sub('…'.len_utf8());
    let end = (0..=room)
        .rev()
        .find(|&at| words.is_char_boundary(at))
        .unwrap_or(0);
    [words[..end].trim_end(), "…"].concat()
}

/// What stands between two sentences: Chinese writes none.
pub(super) fn gap(lang: &Lang) -> &'static str {
    if *lang == Lang::ZH_CN { "" } else { " " }
}
