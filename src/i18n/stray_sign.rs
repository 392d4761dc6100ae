//! The words for a sign in a file that stands for another.

use super::tr_with;
use crate::domain::lang::Lang;

/// What to do about it. One that cannot be told from a space is named by its code.
pub(super) fn words(lang: &Lang, column: usize, sign: char, wanted: Option<char>) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let seen = if sign.is_whitespace() || wanted.is_none() {
        code
    } else {
        format!("{sign} ({code})")
    };
    let column = column.to_string();
    match wanted {
        Some(' ') => tr_with(
            lang,
            "character {0} is a wide or no-break space ({1}); type an ordinary space",
            &[&column, &seen],
        ),
        Some(wanted) => tr_with(
            lang,
            "character {0} is {1}; type the half-width {2}, with the input method set to English",
            &[&column, &seen, &wanted.to_string()],
        ),
        None => tr_with(
            lang,
            "character {0} is an invisible sign ({1}); delete it",
            &[&column, &seen],
        ),
    }
}
