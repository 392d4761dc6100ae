//! The characters of a number → its groups of digits, and its extension where one is marked.

use super::super::phone::{DIGITS, EXTENSION_DIGITS};
use super::Unreadable;
use super::groups::{Gap, Group, Groups, UNMARKED_DIGITS};

/// What stands in front of an extension, in small letters and the longest first.
const MARKS: [&str; 14] = [
    "extension",
    "转分机",
    "分机号",
    "extn",
    "ext.",
    "ext",
    "转接",
    "分机",
    "分機",
    "内线",
    "转",
    "轉",
    "x",
    "#",
];

/// The characters of a number in their plain form.
pub(super) struct Signs {
    signs: Vec<(char, char)>,
}

impl Signs {
    /// Each character as it was written, and in its plain form.
    pub fn of(number: &str) -> Self {
        let signs = number.chars().map(|sign| (sign, plain(sign)));
        Self {
            signs: signs.collect(),
        }
    }

    /// The length of the mark of an extension at `at`, with what may follow it.
    fn mark(&self, at: usize) -> Option<usize> {
        let rest = self.signs.get(at..)?;
        let is_here = |mark: &str| {
            mark.chars().count() <= rest.len()
                && mark.chars().zip(rest).all(|(mark, sign)| mark == sign.1)
        };
        let mark = MARKS.iter().find(|mark| is_here(mark))?.chars().count();
        let rest = self.signs.iter().skip(at + mark);
        let more = rest.take_while(|(_, sign)| matches!(sign, ' ' | '-' | ':' | '.' | '('));
        Some(mark + more.count())
    }

    /// The groups of the number, and its extension where one is marked as such.
    pub fn groups(&self) -> Result<(Groups, Option<String>), Unreadable> {
        let mut found = Groups::default();
        let mut gap = Gap::Space;
        let mut together = false;
        let mut at = 0;
        while let Some(&(sign, plain)) = self.signs.get(at) {
            let place = at + 1;
            let has_digits = !found.groups.is_empty();
            let stray = Err(Unreadable::Character { sign, place });
            match plain {
                '0'..='9' => {
                    match found.groups.last_mut().filter(|_| together) {
                        Some(group) => group.digits.push(plain),
                        None => found.groups.push(Group {
                            digits: plain.into(),
                            place,
                            gap,
                        }),
                    }
                    together = true;
                    gap = Gap::Space;
                }
                '+' if found.plus || has_digits => return stray,
                '+' => found.plus = true,
                ' ' | '.' => together = false,
                '-' | '(' | ')' => {
                    together = false;
                    gap = Gap::Hyphen;
                }
                ',' if has_digits => {
                    let spaces = self.signs.iter().skip(place).take_while(|s| s.1 == ' ');
                    let next = place + spaces.count();
                    if let Some(mark) = self.mark(next) {
                        return Ok((found, Some(self.extension(next + mark)?)));
                    }
                    return match self.extension(next) {
                        Ok(digits) if digits.len() < found.count().min(UNMARKED_DIGITS + 1) => {
                            Ok((found, Some(digits)))
                        }
                        Err(Unreadable::TooShort) => Err(Unreadable::TooShort),
                        _ => Err(Unreadable::Several { sign, place }),
                    };
                }
                '/' | ',' | '、' | ';' | '|' | '\\' | '&' | '或' | '和' | '及' if has_digits => {
                    let rest = self.signs.iter().skip(place);
                    let more = rest.filter(|(_, plain)| plain.is_ascii_digit()).count();
                    return if more >= DIGITS {
                        Err(Unreadable::Several { sign, place })
                    } else {
                        stray
                    };
                }
                _ => {
                    let mark = self.mark(at).filter(|_| has_digits);
                    let Some(mark) = mark else { return stray };
                    return Ok((found, Some(self.extension(at + mark)?)));
                }
            }
            at += 1;
        }
        Ok((found, None))
    }

    /// The digits of an extension that begins at `from`.
    fn extension(&self, from: usize) -> Result<String, Unreadable> {
        let mut found = String::new();
        for (at, &(sign, plain)) in self.signs.iter().enumerate().skip(from) {
            match plain {
                '0'..='9' if found.len() == EXTENSION_DIGITS => {
                    return Err(Unreadable::TooLong { place: at + 1 });
                }
                '0'..='9' => found.push(plain),
                ' ' | ')' => {}
                _ => {
                    let rest: String = self.signs.iter().skip(at).map(|sign| sign.1).collect();
                    if !found.is_empty() && matches!(rest.trim(), "分机" | "分机)") {
                        break;
                    }
                    let place = at + 1;
                    let parts = matches!(plain, '/' | ',' | '、' | ';' | '|' | '或' | '和' | '及');
                    return Err(if parts && !found.is_empty() {
                        Unreadable::Several { sign, place }
                    } else {
                        Unreadable::Character { sign, place }
                    });
                }
            }
        }
        if found.is_empty() {
            return Err(Unreadable::TooShort);
        }
        Ok(found)
    }
}

/// The plain form of a sign: digits and signs of half width, every dash a hyphen, every dot that
/// parts digits a dot, small letters.
fn plain(sign: char) -> char {
    let half = match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xff01 + 0x21).unwrap_or(sign),
        _ => sign,
    };
    match half {
        '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '⁃' | 'ー' => '-',
        '·' | '•' | '・' | '･' | '‧' | '∙' | '⋅' => '.',
        '[' | '【' | '〔' | '［' => '(',
        ']' | '】' | '〕' | '］' => ')',
        _ if half.is_whitespace() && !half.is_control() => ' ',
        _ => half.to_ascii_lowercase(),
    }
}
