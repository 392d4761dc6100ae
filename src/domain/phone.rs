//! Telephone numbers, e-mail addresses and area codes: what one looks like.

/// The most characters of a number before its extension.
const CHARACTERS: usize = 20;
/// The fewest digits of a number: the emergency numbers have three.
const DIGITS: usize = 3;
/// The most digits of an extension.
const EXTENSION_DIGITS: usize = 8;

/// Whether `number` is a telephone number as people write it: digits, spaces, hyphens, a leading
/// `+`, and an extension after `转`, `,`, `x` or `ext`.
pub fn is_number(number: &str) -> bool {
    let (main, extension) = parts(number);
    let digits = main.chars().filter(char::is_ascii_digit).count();
    digits >= DIGITS
        && main.chars().count() <= CHARACTERS
        && main
            .strip_prefix('+')
            .unwrap_or(main)
            .chars()
            .all(|c| c.is_ascii_digit() || c == ' ' || c == '-')
        && extension.is_none_or(|digits| {
            (1..=EXTENSION_DIGITS).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
        })
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

/// Whether both reach the same telephone, however they are spaced.
pub fn is_same(one: &str, other: &str) -> bool {
    let dialled = |number: &str| {
        let (main, extension) = parts(number);
        let main: String = main.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        (main, extension.map(str::to_owned))
    };
    dialled(one) == dialled(other)
}

/// The emergency numbers of mainland China, and 112, which mobiles everywhere take for one.
const EMERGENCY: [&str; 5] = ["110", "112", "119", "120", "122"];

/// Whether `number` is an emergency number: nobody's own.
pub fn is_emergency(number: &str) -> bool {
    let digits: String = parts(number)
        .0
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    EMERGENCY.contains(&digits.as_str())
}

/// Parts `number` into the number itself and its extension.
pub fn parts(number: &str) -> (&str, Option<&str>) {
    let marks = ["转", ",", "ext.", "ext", "Ext.", "Ext", "x", "X"];
    marks
        .iter()
        .find_map(|mark| number.split_once(mark))
        .map_or((number.trim(), None), |(main, extension)| {
            (main.trim(), Some(extension.trim()))
        })
}

/// Whether a text message reaches `number`: a mobile of mainland China, with or without its
/// country code, or a foreign number, of which nobody here knows what it is.
pub fn is_mobile(number: &str) -> bool {
    let (main, extension) = parts(number);
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let foreign = main.starts_with('+') && !digits.starts_with("86");
    let national = digits
        .strip_prefix("86")
        .filter(|_| main.starts_with('+'))
        .unwrap_or(&digits);
    let chinese = national.len() == 11
        && national.starts_with('1')
        && !national.starts_with("10")
        && !national.starts_with("12");
    extension.is_none() && (foreign || chinese)
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
