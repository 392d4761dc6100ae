//! What stays together where a text is broken into lines: no last line of a single letter, and no
//! range of times or numbers in two halves.

use std::borrow::Cow;

/// Forbids a break, and is not seen (WORD JOINER, Unicode Standard Annex 14).
const JOINER: char = '\u{2060}';
/// A space at which no line ends.
const NO_BREAK: char = '\u{a0}';
/// The most letters of a last word that does not stand alone.
const SHORT_WORD: usize = 3;
/// Letters of a line that are worth a line of their own, at its end.
const LEAST: usize = 3;

/// `text` for a place where its lines are broken. Only what forbids breaks is added.
pub fn kept_together(text: &str) -> Cow<'_, str> {
    let has_range = text.contains('–');
    let has_end = text.lines().any(|line| tail(line).is_some());
    if !has_range && !has_end {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.split('\n').map(line_kept).collect();
    Cow::Owned(lines.join("\n"))
}

fn line_kept(line: &str) -> String {
    let mut kept = line.to_owned();
    match tail(line) {
        Some(Tail::Letters(places)) => {
            for at in places.into_iter().rev() {
                kept.insert(at, JOINER);
            }
        }
        Some(Tail::Word(space)) => kept.replace_range(space..=space, &NO_BREAK.to_string()),
        None => {}
    }
    if kept.contains('–') {
        kept = kept.replace('–', &format!("{JOINER}–{JOINER}"));
    }
    kept
}

/// What could be left alone at the end of a line.
enum Tail {
    /// Chinese characters: no break at these places.
    Letters(Vec<usize>),
    /// A short word: no break at this space.
    Word(usize),
}

fn tail(line: &str) -> Option<Tail> {
    let letters = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    if letters.chars().next_back().is_some_and(is_ideograph) {
        // Where a shorter line would be, all of it may stay on one.
        let count = letters.chars().count();
        let last = letters.char_indices().rev().take(LEAST - 1);
        let last: Vec<(usize, char)> = last.collect();
        if count <= LEAST || !last.iter().all(|(_, c)| is_ideograph(*c)) {
            return None;
        }
        return Some(Tail::Letters(
            last.into_iter().rev().map(|(at, _)| at).collect(),
        ));
    }
    let space = letters.rfind(' ')?;
    let (before, word) = letters.split_at(space);
    let is_short = word.chars().count() - 1 <= SHORT_WORD;
    (is_short && before.contains(' ')).then_some(Tail::Word(space))
}

/// Whether lines may be broken before and after it.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_letters_of_a_line_stay_together() {
        assert_eq!(
            kept_together("走安全出口，不乘电梯。"),
            "走安全出口，不乘\u{2060}电\u{2060}梯。"
        );
        assert_eq!(
            kept_together("人民路\n华信证券营业部"),
            "人民路\n华信证券营\u{2060}业\u{2060}部"
        );
    }

    #[test]
    fn a_short_last_word_takes_the_one_before_along() {
        assert_eq!(kept_together("do not use it."), "do not use\u{a0}it.");
        assert_eq!(kept_together("Leave by the stairs"), "Leave by the stairs");
    }

    #[test]
    fn a_range_is_never_in_two_halves() {
        assert_eq!(
            kept_together("Open 9:00–11:30 weekdays"),
            "Open 9:00\u{2060}–\u{2060}11:30 weekdays"
        );
    }

    #[test]
    fn what_has_nothing_to_keep_is_handed_on_as_it_is() {
        for text in ["", "火灾", "Fire", "Earthquake drill", "138 0013 8000"] {
            assert!(matches!(kept_together(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn nothing_is_added_but_what_forbids_a_break() {
        let text = "第一行，说完了。\nSay it to me\n工作日 9:00–11:30、13:00–16:30";
        let plain: String = kept_together(text)
            .chars()
            .filter(|c| *c != JOINER)
            .map(|c| if c == NO_BREAK { ' ' } else { c })
            .collect();
        assert_eq!(plain, text);
    }
}
