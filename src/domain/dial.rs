//! What a phone's camera app dials, texts or shows: `tel:` and `SMSTO:`, which need no network.

use super::phone;

/// The address that dials `number`, written as people write it; the extension follows a pause,
/// which the phone dials by itself once the switchboard answers. None for what is no number.
pub fn tel(number: &str) -> Option<String> {
    let (main, extension) = sound(number)?;
    let pause = extension
        .map(|digits| [",", &digits].concat())
        .unwrap_or_default();
    Some(["tel:", &main, &pause].concat())
}

/// The payload that opens a text message to `number` with `text` in it, on one line. None for
/// what is no number, and for one with an extension, which no text message reaches.
pub fn sms(number: &str, text: &str) -> Option<String> {
    let (main, None) = sound(number)? else {
        return None;
    };
    let text: Vec<&str> = text
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Some(unmistakable(
        &["SMSTO:", &main, ":", &text.join(" ")].concat(),
    ))
}

/// Bytes that [`unmistakable`] may add.
pub const MARK_BYTES: usize = MARK.len();
/// An ideographic space: nothing to see, and its bytes stand in no Shift-JIS and no Latin-1 text.
const MARK: &str = "\u{3000}";

/// `text` so that no decoder takes its UTF-8 for anything else. A code in byte mode does not say
/// how its bytes are to be read, and some decoders try Shift-JIS first, as which short Chinese
/// texts pass one time in three.
pub fn unmistakable(text: &str) -> String {
    let mark = if text.is_ascii() { "" } else { MARK };
    [text, mark].concat()
}

/// The digits of a telephone number, with its `+`, and its extension.
fn sound(number: &str) -> Option<(String, Option<String>)> {
    let reading = phone::read(number).ok()?;
    Some((reading.dialled(), reading.extension))
}
