//! A number that was understood → what sort of number it is, or why it reaches nobody.
//!
//! A number is read leniently, since one that a branch has written must not vanish; whoever types
//! a new one is told what is missing by the numbering plan (YD/T 1069).

use super::super::phone::EMERGENCY;
use super::{Reading, Unreadable, read, trunk};

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An emergency number.
    Emergency,
    /// A short number of a service, such as 95598 or 12386.
    Service,
    /// A mobile of mainland China.
    Mobile,
    /// A fixed line with its area code.
    Landline,
    /// A fixed line of the place, without its area code.
    Local,
    /// A 400 or 800 number.
    Free,
    /// A number of another country.
    Abroad,
    /// One of the firm's own extensions, which its own telephones alone reach.
    Internal,
}

/// What is known of the place that a number is dialled from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Here<'a> {
    /// Its area code, with the leading 0.
    pub area_code: Option<&'a str>,
    /// How many digits the firm's own extensions have, where they may stand alone.
    pub internal_digits: Option<usize>,
}

/// Why a number reaches nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is none at all.
    Unreadable(Unreadable),
    /// A number of its sort has another length.
    Digits {
        /// The sort.
        kind: Kind,
        /// How many digits it has.
        has: usize,
        /// The fewest that such a number has.
        least: usize,
        /// The most.
        most: usize,
    },
    /// There is no such area code.
    NoArea(String),
    /// It can only be one of the firm's own extensions, and none may stand alone.
    Internal {
        /// How many digits it has.
        digits: usize,
    },
    /// Nothing begins like that and has that length.
    Unknown,
}

/// Reads `number` as people write it, and says what sort of number it is.
///
/// # Errors
/// Why nobody is reached at it from `here`.
pub fn identify(number: &str, here: Here<'_>) -> Result<(Reading, Kind), Unfit> {
    let reading = read(number).map_err(|error| match begun(number) {
        // Too long for a local number, while a 400 number has ten digits.
        Some(unfit) => unfit,
        None => Unfit::Unreadable(error),
    })?;
    let kind = kind(&reading.dialled(), here)?;
    Ok((reading, kind))
}

/// A 400 number of nine digits reads like a local one that is too long.
fn begun(number: &str) -> Option<Unfit> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_plain = number.chars().all(|c| c.is_ascii_digit() || c == '-');
    (is_plain && digits.starts_with("400") && digits.len() < 10)
        .then(|| wrong(Kind::Free, digits.len(), 10, 10))
}

fn kind(dialled: &str, here: Here<'_>) -> Result<Kind, Unfit> {
    let abroad = dialled.strip_prefix('+').or(dialled.strip_prefix("00"));
    let Some(digits) = abroad else {
        return national(dialled, here);
    };
    if digits.starts_with('0') {
        // No country code does (E.164).
        return Err(Unfit::Unknown);
    }
    let Some(inner) = digits.strip_prefix("86") else {
        return of_length(Kind::Abroad, digits.len(), 7, 15);
    };
    let number = [trunk(inner), inner].concat();
    match national(&number, Here::default()) {
        // Neither is reached behind a country code.
        Ok(Kind::Local) | Err(Unfit::Internal { .. }) => {
            Err(wrong(Kind::Landline, inner.len(), 10, 11))
        }
        other => other,
    }
}

fn national(number: &str, here: Here<'_>) -> Result<Kind, Unfit> {
    let count = number.len();
    let begins = |one: &str| number.starts_with(one);
    let internal = || {
        if here.internal_digits == Some(count) {
            Ok(Kind::Internal)
        } else {
            Err(Unfit::Internal { digits: count })
        }
    };
    let is_short = (3..=6).contains(&count);
    match number.as_bytes() {
        _ if EMERGENCY.contains(&number) => Ok(Kind::Emergency),
        // Directory enquiries, the time, and Beijing's Red Cross.
        b"114" | b"117" | b"121" | b"999" => Ok(Kind::Service),
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => of_length(Kind::Landline, count, 11, 11),
        [b'0', b'1' | b'0', ..] => Err(Unfit::NoArea(number.chars().take(3).collect())),
        [b'0', ..] => of_length(Kind::Landline, count, 11, 12),
        _ if begins("400") => of_length(Kind::Free, count, 10, 10),
        _ if begins("800") && count == 10 => Ok(Kind::Free),
        [b'1', b'3'..=b'9', ..] if is_short => internal(),
        [b'1', b'3'..=b'9', ..] => of_length(Kind::Mobile, count, 11, 11),
        _ if begins("12110") && count <= 9 => Ok(Kind::Service),
        [b'1', b'0'..=b'2', ..] if count == 5 => Ok(Kind::Service),
        [b'1', b'1', ..] if count == 6 => Ok(Kind::Service),
        [b'9', b'5' | b'6', ..] if (5..=9).contains(&count) => Ok(Kind::Service),
        [b'2'..=b'8', ..] if count == 8 => Ok(Kind::Local),
        // Where the area code has three digits, numbers have eight.
        [b'2'..=b'8', ..] if count == 7 => match here.area_code {
            Some(code) if code.len() == 3 => Err(wrong(Kind::Local, count, 8, 8)),
            _ => Ok(Kind::Local),
        },
        _ if is_short => internal(),
        _ => Err(Unfit::Unknown),
    }
}

fn of_length(kind: Kind, has: usize, least: usize, most: usize) -> Result<Kind, Unfit> {
    if (least..=most).contains(&has) {
        Ok(kind)
    } else {
        Err(wrong(kind, has, least, most))
    }
}

fn wrong(kind: Kind, has: usize, least: usize, most: usize) -> Unfit {
    Unfit::Digits {
        kind,
        has,
        least,
        most,
    }
}

/// The number without its extension, in the groups in which people read it out.
pub fn grouped(reading: &Reading, kind: Kind) -> String {
    let dialled = reading.dialled();
    let (country, number) = match dialled.strip_prefix("+86") {
        Some(inner) => ("+86 ", inner),
        None => ("", dialled.as_str()),
    };
    let area = match kind {
        Kind::Landline if country.is_empty() => 4 - usize::from(is_wide(number)),
        Kind::Landline => 3 - usize::from(is_wide(&["0", number].concat())),
        _ => 0,
    };
    let (area, rest) = number.split_at_checked(area).unwrap_or(("", number));
    let rest = match kind {
        Kind::Mobile => in_groups(rest, &[3, 4], " "),
        Kind::Free => in_groups(rest, &[3, 3], "-"),
        Kind::Landline | Kind::Local => in_groups(rest, &[rest.len().saturating_sub(4)], " "),
        Kind::Emergency | Kind::Service | Kind::Abroad | Kind::Internal => {
            return reading.main.clone();
        }
    };
    let hyphen = if area.is_empty() { "" } else { "-" };
    [country, area, hyphen, &rest].concat()
}

/// Whether the number begins with an area code of three digits.
fn is_wide(number: &str) -> bool {
    number.starts_with("010") || number.starts_with("02")
}

/// `digits` in groups of these lengths, and what is left.
fn in_groups(digits: &str, lengths: &[usize], gap: &str) -> String {
    let mut groups = Vec::new();
    let mut rest = digits;
    for length in lengths {
        if let Some((group, more)) = rest.split_at_checked(*length) {
            groups.push(group);
            rest = more;
        }
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(gap)
}
