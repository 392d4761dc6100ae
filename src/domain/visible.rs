//! Which characters can be seen: what is made of others alone is a blank, however long it is.

use std::ops::RangeInclusive;

/// What is neither a control nor white space by Unicode's properties and shows nothing by itself:
/// format controls (general category Cf), what may be left out by default (`Default_Ignorable_Code_Point`), fillers that are letters by
/// their category, the Braille pattern without dots, marks that only stand on another character,
/// and what is no character at all.
const UNSEEN: &[RangeInclusive<u32>] = &[
    0x00ad..=0x00ad,
    // Accents without a letter.
    0x0300..=0x036f,
    0x0483..=0x0489,
    // Signs of Arabic and Syriac that only enclose what follows, and marks of direction.
    0x0600..=0x0605,
    0x061c..=0x061c,
    0x06dd..=0x06dd,
    0x070f..=0x070f,
    0x0890..=0x0891,
    0x08e2..=0x08e2,
    // Hangul fillers.
    0x115f..=0x1160,
    0x17b4..=0x17b5,
    0x180b..=0x180f,
    0x1ab0..=0x1aff,
    0x1dc0..=0x1dff,
    // Joiners, reading directions, invisible operators.
    0x200b..=0x200f,
    0x202a..=0x202e,
    0x2060..=0x206f,
    0x20d0..=0x20ff,
    0x2800..=0x2800,
    0x302a..=0x302f,
    0x3099..=0x309a,
    0x3164..=0x3164,
    // For private use: what they show, no two typefaces agree on, and most show nothing.
    0xe000..=0xf8ff,
    0xfdd0..=0xfdef,
    // Variation selectors, half marks, byte order mark, half-width filler, specials.
    0xfe00..=0xfe0f,
    0xfe20..=0xfe2f,
    0xfeff..=0xfeff,
    0xffa0..=0xffa0,
    0xfff0..=0xfffc,
    0xfffe..=0xffff,
    0x110bd..=0x110bd,
    0x110cd..=0x110cd,
    // What joins hieroglyphs, encloses them, or leaves a blank in their place.
    0x13430..=0x13455,
    0x16fe4..=0x16fe4,
    0x1bca0..=0x1bca3,
    0x1d159..=0x1d17a,
    // Tags, the variation selectors of ideographs, and the planes for private use.
    0xe0000..=0x10_ffff,
];

/// Whether a reader sees this character by itself.
pub fn is_visible(c: char) -> bool {
    let code = u32::from(c);
    // The last two of each plane are no characters.
    let is_none = code & 0xfffe == 0xfffe;
    !c.is_control()
        && !c.is_whitespace()
        && !is_none
        && !UNSEEN.iter().any(|range| range.contains(&code))
}

/// How many characters of `text` a reader sees.
pub fn count(text: &str) -> usize {
    text.chars().filter(|c| is_visible(*c)).count()
}

/// Whether a reader sees nothing of `text`.
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(is_visible)
}
