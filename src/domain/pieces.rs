//! Long texts cut to what can be drawn: what somebody wrote in pieces, so that none of it is lost,
//! and a bound for every other text.
//!
//! What draws the letters counts pixels in sixteen bits. A text higher or wider than 32,767 pixels
//! ends the program, however little of it is in sight, and a thousand short lines are.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// The most characters of a piece, and the most lines that its writer began.
const PIECE: Bound = Bound {
    chars: 400,
    lines: 20,
};
/// The same of a text that is broken into lines where it is shown …
const WRAPPED: Bound = Bound {
    chars: 1_200,
    lines: 60,
};
/// … and of one that is not, and so grows sideways.
const UNBROKEN: Bound = Bound {
    chars: 120,
    lines: 20,
};
/// Stands where a bounded text goes on.
const MORE: char = '…';

struct Bound {
    chars: usize,
    lines: usize,
}

impl Bound {
    /// Bytes of `text` that are within the bound. Something that is one letter to its reader stays
    /// whole, unless it is longer than the bound by itself.
    fn fits(&self, text: &str) -> usize {
        let (mut chars, mut lines) = (0, 1);
        for (at, letter) in text.grapheme_indices(true) {
            chars += letter.chars().count();
            if chars > self.chars || lines > self.lines {
                return if at == 0 { self.letter(text) } else { at };
            }
            lines += usize::from(letter.contains('\n'));
        }
        text.len()
    }

    fn letter(&self, text: &str) -> usize {
        let end = text.char_indices().nth(self.chars);
        end.map_or(text.len(), |(at, _)| at)
    }
}

/// `text` in pieces that can each be drawn, cut at the end of a line or of a word where there is
/// one. Together they are the text; of an empty one there is one, empty.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let fits = PIECE.fits(rest);
        let (piece, _) = rest.split_at(fits);
        if fits == rest.len() {
            pieces.push(piece);
            return pieces;
        }
        let (piece, after) = rest.split_at(good_end(piece));
        pieces.push(piece);
        rest = after;
    }
}

/// Where to cut: after the last line, else after the last word that ends in the second half.
fn good_end(piece: &str) -> usize {
    let after = |at: usize, c: char| at + c.len_utf8();
    let ends = |is_end: fn(char) -> bool| {
        let (at, c) = piece.char_indices().rfind(|(_, c)| is_end(*c))?;
        Some(after(at, c)).filter(|end| *end > piece.len() / 2)
    };
    ends(|c| c == '\n')
        .or_else(|| ends(|c| matches!(c, '。' | '！' | '？' | '；')))
        .or_else(|| ends(char::is_whitespace))
        .unwrap_or(piece.len())
}

/// `text` as it can be drawn in one piece, on one line or broken into many: all of it, but for
/// one that is longer than anything on these screens has reason to be.
pub fn bounded(text: &str, wraps: bool) -> Cow<'_, str> {
    let bound = if wraps { WRAPPED } else { UNBROKEN };
    match text.get(..bound.fits(text)) {
        Some(start) if start.len() < text.len() => {
            Cow::Owned(format!("{}{MORE}", start.trim_end()))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> usize {
        1 + text.trim_end_matches('\n').matches('\n').count()
    }

    #[test]
    fn nothing_is_lost_and_no_piece_is_too_long() {
        let texts = [
            String::new(),
            "短".to_owned(),
            "x\n".repeat(1_000),
            "\n".repeat(2_000),
            "长".repeat(2_000),
            "word ".repeat(400),
            "第一句话。".repeat(400),
            "👨‍👩‍👧".repeat(300),
            format!("e{}", "\u{301}".repeat(1_999)),
        ];
        for text in texts {
            let pieces = pieces(&text);
            assert_eq!(pieces.concat(), text);
            for piece in &pieces {
                assert!(piece.chars().count() <= PIECE.chars, "{piece}");
                assert!(lines(piece) <= PIECE.lines, "{piece}");
            }
            assert!(pieces.len() == 1 || pieces.iter().all(|piece| !piece.is_empty()));
        }
    }

    #[test]
    fn a_cut_stands_after_a_line_a_sentence_or_a_word_and_in_no_letter() {
        assert!(
            pieces(&"x\n".repeat(50))
                .iter()
                .all(|piece| piece.ends_with('\n'))
        );
        assert!(
            pieces(&"第一句话。".repeat(200))
                .iter()
                .all(|piece| piece.ends_with('。'))
        );
        assert!(
            pieces(&"word ".repeat(200))
                .iter()
                .all(|piece| piece.ends_with(' '))
        );
        assert!(
            pieces(&"👨‍👩‍👧".repeat(300))
                .iter()
                .all(|piece| piece.starts_with('👨'))
        );
    }

    #[test]
    fn what_is_as_long_as_texts_are_is_shown_whole() {
        let usual = "疏散时请走楼梯。".repeat(20);
        assert_eq!(bounded(&usual, true), usual);
        let name = "人民路证券营业部";
        assert_eq!(bounded(name, false), name);
    }

    #[test]
    fn what_is_longer_ends_with_a_sign_of_it() {
        for (text, wraps) in [
            ("x\n".repeat(1_000), true),
            ("长".repeat(60_000), true),
            ("长".repeat(2_000), false),
            ("\n".repeat(300), false),
        ] {
            let shown = bounded(&text, wraps);
            assert!(shown.ends_with(MORE));
            assert!(shown.chars().count() <= WRAPPED.chars + 1);
            assert!(lines(&shown) <= WRAPPED.lines + 1);
        }
    }
}
