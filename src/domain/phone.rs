//! Telephone numbers as typed on the tablet, e-mail addresses and area codes: what one looks like.

pub use super::phone_reading::{
    Here, Kind, Reading, Unfit, Unreadable, grouped, identify, parts, read,
};

/// The most characters of a number before its extension.
pub(super) const CHARACTERS: usize = 20;
/// The fewest digits of a number: the emergency numbers have three.
pub(super) const DIGITS: usize = 3;
/// The most digits of an extension.
pub(super) const EXTENSION_DIGITS: usize = 8;

/// Whether `number` can be read as a telephone number, in any of the ways that people write one.
pub fn is_number(number: &str) -> bool {
    read(number).is_ok()
}

/// Whether a number as it is typed, key by key, can still become one: digits, single hyphens
/// between them, a leading `+`, and one extension after `转`.
pub fn is_beginning(typed: &str) -> bool {
    let (main, extension) = typed
        .split_once('转')
        .map_or((typed, None), |(main, extension)| (main, Some(extension)));
    let digits = main.strip_prefix('+').unwrap_or(main);
    let enough = digits.chars().filter(char::is_ascii_digit).count() >= DIGITS;
    main.chars().count() <= CHARACTERS
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && !digits.starts_with('-')
        && !digits.contains("--")
        && extension.is_none_or(|extension| {
            enough
                && !digits.ends_with('-')
                && extension.len() <= EXTENSION_DIGITS
                && extension.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether both reach the same telephone, however they are written. What is no number is the same
/// as itself alone.
pub fn is_same(one: &str, other: &str) -> bool {
    match (read(one), read(other)) {
        (Ok(one), Ok(other)) => one.reaches() == other.reaches(),
        _ => one == other,
    }
}

/// The emergency numbers of mainland China, and 112, which mobiles everywhere take for one.
pub(super) const EMERGENCY: [&str; 5] = ["110", "112", "119", "120", "122"];

/// Whether `number` is an emergency number: nobody's own.
pub fn is_emergency(number: &str) -> bool {
    read(number).is_ok_and(|reading| EMERGENCY.contains(&reading.reaches().0.as_str()))
}

/// `number` as it may stand where anybody passes by: a mobile keeps its first three and last four
/// digits, as usual in China; any other number stays as it is.
pub fn veiled(number: &str) -> String {
    if !is_mobile(number) {
        return number.to_owned();
    }
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(11);
    let (head, tail) = (&digits[from..], &digits[digits.len() - 4..]);
    head.iter().take(3).chain(&['*'; 4]).chain(tail).collect()
}

/// Whether a text message reaches `number`: a mobile of mainland China, with or without its
/// country code, or a foreign number, of which nobody here knows what it is.
pub fn is_mobile(number: &str) -> bool {
    let Ok(reading) = read(number) else {
        return false;
    };
    let (number, extension) = reading.reaches();
    let chinese = number.len() == 11
        && number.starts_with('1')
        && !number.starts_with("10")
        && !number.starts_with("12");
    extension.is_none() && (number.starts_with('+') || chinese)
}

/// Whether `address` has the shape of an e-mail address: one `@`, something before it, and a
/// domain with a dot after it.
pub fn is_email(address: &str) -> bool {
    let Some((name, domain)) = address.split_once('@') else {
        return false;
    };
    let sound = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
    };
    sound(name)
        && sound(domain)
        && domain.contains('.')
        && domain
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

/// Whether `code` is a Chinese area code with its trunk 0, such as `010` or `0755`.
pub fn is_area_code(code: &str) -> bool {
    (3..=4).contains(&code.len())
        && code.starts_with('0')
        && code.bytes().all(|b| b.is_ascii_digit())
}
