//! The program's own typeface, for all that is drawn without the window's toolkit: it covers the
//! GBK repertoire, so that names of people and streets are drawn whole.

use skrifa::{FontRef, MetadataProvider};

/// Noto Sans SC at its regular weight.
pub static REGULAR: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC at its bold weight.
pub static BOLD: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Bold.ttf");

/// What stands for a character that the typeface lacks.
const LACKING: char = '□';

/// `text` with a box in the place of every character that would be drawn as nothing, such as
/// emoji, other scripts than Chinese and Latin, and rare ideographs: whoever reads it sees that
/// there is more.
pub fn drawable(text: &str) -> String {
    let Ok(font) = FontRef::new(REGULAR) else {
        return text.to_owned();
    };
    let glyphs = font.charmap();
    let drawn = |c: char| match c {
        _ if c.is_whitespace() || glyphs.map(c).is_some() => Some(c),
        // They only shape what stands beside them.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => None,
        _ => Some(LACKING),
    };
    text.chars().filter_map(drawn).collect()
}
