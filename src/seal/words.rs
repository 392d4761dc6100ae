//! The recovery words: the seed as 24 words of a list that many programs know (BIP 39), with a
//! checksum, in Chinese characters and in English. Either opens what the seed opens.

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use super::branch::{BranchKey, KEY};
use super::error::SealError;

/// How many there are.
pub const COUNT: usize = 24;

/// The lists. Characters are quicker to write down, English letters can be typed on any keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// 2048 simplified characters.
    Chinese,
    /// 2048 English words.
    English,
}

impl List {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    fn language(self) -> Language {
        match self {
            Self::Chinese => Language::SimplifiedChinese,
            Self::English => Language::English,
        }
    }
}

/// The words of `key`.
///
/// # Errors
/// [`SealError::Uncomputed`], which no seed of this length leads to.
pub fn of(key: &BranchKey, list: List) -> Result<Vec<&'static str>, SealError> {
    let words = Mnemonic::from_entropy_in(list.language(), key.seed())
        .map_err(|error| SealError::uncomputed(&error))?;
    Ok(words.words().collect())
}

/// The key of which these are the words, in either list, whatever is between them: spaces, commas,
/// line ends or, between characters, nothing at all.
///
/// # Errors
/// [`SealError::NoWords`].
pub fn read(typed: &str) -> Result<BranchKey, SealError> {
    let words = split(typed);
    let count_is_right = words.len() == COUNT;
    for (place, word) in (1..).zip(words.iter()) {
        let known = List::ALL
            .iter()
            .any(|list| list.language().find_word(word).is_some());
        if !known {
            return Err(SealError::NoWords {
                unknown: Some(place),
            });
        }
    }
    let none = || SealError::NoWords { unknown: None };
    if !count_is_right {
        return Err(none());
    }
    let joined = Zeroizing::new(words.join(" "));
    let found = List::ALL
        .iter()
        .find_map(|list| Mnemonic::parse_in(list.language(), joined.as_str()).ok());
    let entropy = Zeroizing::new(found.ok_or_else(none)?.to_entropy());
    let mut seed = Zeroizing::new([0; KEY]);
    *seed = entropy.as_slice().try_into().map_err(|_| none())?;
    Ok(BranchKey::from_seed(seed))
}

/// Each word alone: letters that follow each other are one, a character is one by itself.
fn split(typed: &str) -> Zeroizing<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut within = false;
    for c in typed.chars() {
        if c.is_ascii_alphabetic() {
            let c = c.to_ascii_lowercase();
            match words.last_mut().filter(|_| within) {
                Some(word) => word.push(c),
                None => words.push(c.to_string()),
            }
            within = true;
            continue;
        }
        within = false;
        if c.is_alphabetic() {
            words.push(c.to_string());
        }
    }
    Zeroizing::new(words)
}
