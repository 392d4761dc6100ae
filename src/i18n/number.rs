//! The words for telephone numbers: how one was understood, and why one cannot be.

use super::{screen, tr_with};
use crate::domain::phone::{Unreadable, read};
use crate::settings::ReadAs;

/// How a number was understood that was written otherwise, with the line to look at.
pub fn read_as(lang: &str, one: &ReadAs) -> String {
    let (main, extension) = screen::number(lang, &one.read);
    let read = if extension.is_empty() {
        main
    } else {
        tr_with(lang, "{0} {1}", &[&main, &extension])
    };
    let line = one.place.line.to_string();
    tr_with(
        lang,
        "line {0}, {1}: “{2}” was read as {3}",
        &[&line, &one.place.key, &one.written, &read],
    )
}

/// Why `number`, which is `shown`, is none; what to write instead.
pub(super) fn unreadable(lang: &str, number: &str, shown: &str) -> String {
    let code = |sign: char| format!("{:04X}", u32::from(sign));
    // A control character would break the line.
    let seen = |sign: char| if sign.is_control() { ' ' } else { sign }.to_string();
    match read(number) {
        Err(Unreadable::Character { sign, place }) => tr_with(
            lang,
            "“{0}” is no telephone number; write digits, spaces and hyphens, such as 021-12345678 ext 123, and take out “{1}” (U+{2}, character {3})",
            &[shown, &seen(sign), &code(sign), &place.to_string()],
        ),
        Err(Unreadable::Several { sign, place }) => tr_with(
            lang,
            "“{0}” is more than one number, with “{1}” (U+{2}, character {3}) between them; write one of them, or under [contacts] a list: [\"021-12345678\", \"021-87654321\"]",
            &[shown, &seen(sign), &code(sign), &place.to_string()],
        ),
        Err(Unreadable::TooLong { place }) => tr_with(
            lang,
            "“{0}” has too many digits from character {1} on; write 转 or ext before an extension, and a second number on its own",
            &[shown, &place.to_string()],
        ),
        Err(Unreadable::TooShort) | Ok(_) => tr_with(
            lang,
            "“{}” is no telephone number; write digits, spaces and hyphens, such as 021-12345678 ext 123",
            &[shown],
        ),
    }
}
