//! What a phone's camera app dials or texts: `tel:` and `SMSTO:`, which need no network.

use super::phone;

/// The address that dials `number`, written as people write it; the extension follows a pause,
/// which the phone dials by itself once the switchboard answers. None for what is no number.
pub fn tel(number: &str) -> Option<String> {
    let (main, extension) = sound(number)?;
    let pause = extension
        .map(|digits| [",", digits].concat())
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
    Some(["SMSTO:", &main, ":", &text.join(" ")].concat())
}

/// The digits of a telephone number, with its `+`, and its extension.
fn sound(number: &str) -> Option<(String, Option<&str>)> {
    if !phone::is_number(number) {
        return None;
    }
    let (main, extension) = phone::parts(number);
    let dialled = main.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    Some((dialled.collect(), extension))
}
