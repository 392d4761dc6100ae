//! What people write as a telephone number → the number to dial and its extension.
//!
//! Numbers are copied from business cards, contracts and messages: in full-width signs, with
//! brackets around the area code, with dashes that only look like a hyphen, and with the extension
//! behind a further hyphen. How many digits a number has follows from the numbering plan of
//! mainland China (YD/T 1069): an area code of three digits (010, 02x) has local numbers of eight,
//! one of four digits of seven or eight; mobiles have eleven, 400 and 800 numbers ten, short
//! services such as 95598 or 12345 five. What follows a complete number behind a hyphen is its
//! extension; what cannot be told is refused rather than dialled.

mod groups;
mod kind;
mod signs;

pub use self::kind::{Here, Kind, Unfit, grouped, identify};
use self::signs::Signs;
use super::phone::CHARACTERS;

/// A telephone number as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number as people write it, in digits, single spaces and hyphens, perhaps with a `+`.
    pub main: String,
    /// The digits of its extension.
    pub extension: Option<String>,
    /// The whole as it is shown: as it was written where that is plain enough.
    pub shown: String,
}

/// Why something is no telephone number. Places count characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Fewer digits than any number has, or than follow the mark of an extension.
    TooShort,
    /// A character that no number has, at its place.
    Character {
        /// The character.
        sign: char,
        /// Its place.
        place: usize,
    },
    /// A sign that stands between two numbers, at its place.
    Several {
        /// The sign.
        sign: char,
        /// Its place.
        place: usize,
    },
    /// A country code without its `+`, or a number with an extension that nothing marks: the place
    /// of what can be read either way.
    Abroad {
        /// The place of the first digit behind.
        place: usize,
    },
    /// More digits than the number or its extension has, from this place on.
    TooLong {
        /// The place of the first digit that is too many.
        place: usize,
    },
}

impl Reading {
    /// What a telephone dials before the extension: digits, perhaps with a `+` before them.
    pub fn dialled(&self) -> String {
        self.main
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect()
    }

    /// Which telephone it reaches, whether or not the country code of China stands before it.
    pub(super) fn reaches(&self) -> (String, Option<&str>) {
        let dialled = self.dialled();
        let number = match dialled.strip_prefix("+86") {
            Some(national) => [trunk(national), national].concat(),
            None => dialled,
        };
        (number, self.extension.as_deref())
    }
}

/// Parts a number as [`Reading::shown`] has it into the number itself and its extension.
pub fn parts(number: &str) -> (&str, Option<&str>) {
    let marks = ["转", ",", "ext.", "ext", "Ext.", "Ext", "x", "X"];
    marks
        .iter()
        .find_map(|mark| number.split_once(mark))
        .map_or((number.trim(), None), |(main, extension)| {
            (main.trim(), Some(extension.trim()))
        })
}

/// Reads `number` as people write it.
///
/// # Errors
/// What it is about the number that nobody can dial.
pub fn read(number: &str) -> Result<Reading, Unreadable> {
    let signs = Signs::of(number);
    let (main, marked) = signs.groups()?;
    let (main, extension) = main.complete(marked)?;
    let (plain, plain_extension) = parts(number);
    let is_plain = plain.chars().count() <= CHARACTERS
        && plain
            .strip_prefix('+')
            .unwrap_or(plain)
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'))
        && digits(plain) == digits(&main)
        && plain.starts_with('+') == main.starts_with('+')
        && plain_extension == extension.as_deref();
    let shown = match &extension {
        _ if is_plain => number.trim().to_owned(),
        Some(extension) => [main.as_str(), "转", extension].concat(),
        None => main.clone(),
    };
    let main = if is_plain { plain.to_owned() } else { main };
    Ok(Reading {
        main,
        extension,
        shown,
    })
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The 0 that a number of mainland China without its country code begins with, where it has one:
/// mobiles, 400 and 800 numbers and short services have none.
fn trunk(national: &str) -> &'static str {
    let without = national.len() < 9
        || national.starts_with('0')
        || (national.starts_with('1') && !national.starts_with("10"))
        || (is_free(national) && national.len() == 10);
    if without { "" } else { "0" }
}

/// Whether the number is paid for by whoever is called, wholly or in part.
fn is_free(number: &str) -> bool {
    number.starts_with("400") || number.starts_with("800")
}
