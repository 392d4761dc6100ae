//! A language that words are in, by its tag.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The language of a text or a screen: `en`, `zh_CN`, any that a plan is written in. Stored and
/// written in files as its tag, language and region joined by `_`; a page and a document say it
/// otherwise (`i18n::tag`).
///
/// What is read from a file or typed goes through [`Lang::new`]; what the journal holds was checked
/// before it was written, and is read for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(Cow<'static, str>);

impl Lang {
    /// Chinese in simplified characters.
    pub const ZH_CN: Self = Self(Cow::Borrowed("zh_CN"));
    /// English, which the messages of the catalogue are written in.
    pub const EN: Self = Self(Cow::Borrowed("en"));
    /// The languages that the catalogue has words in, the first one first.
    pub const OURS: [Self; 2] = [Self::ZH_CN, Self::EN];

    /// The language with this tag; none where it has not the shape of one.
    pub fn new(tag: &str) -> Option<Self> {
        let ours = Self::OURS.into_iter().find(|one| one.as_str() == tag);
        ours.or_else(|| is_tag(tag).then(|| Self(Cow::Owned(tag.to_owned()))))
    }

    /// Its tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The language of a fresh kiosk.
impl Default for Lang {
    fn default() -> Self {
        Self::ZH_CN
    }
}

/// Its tag.
impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// Whether `tag` has the shape of a language tag such as `en`, `zh_CN` or `zh_Hant_HK`.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('_');
    parts.next().is_some_and(|language| {
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase())
    }) && parts.all(|part| {
        (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_what_has_the_shape_of_a_tag() {
        for tag in ["zh_CN", "en", "ii", "zh_Hant_HK"] {
            let lang = Lang::new(tag).unwrap();
            assert_eq!((lang.as_str(), lang.to_string().as_str()), (tag, tag));
        }
        for tag in ["", "e", "EN", "zh-CN", "zh_", "chinese", "both", "en "] {
            assert_eq!(Lang::new(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_stored_language_is_its_tag_alone() {
        for lang in [Lang::ZH_CN, Lang::new("fr").unwrap()] {
            let stored = serde_json::to_string(&lang).unwrap();
            assert_eq!(stored, format!("\"{lang}\""));
            assert_eq!(serde_json::from_str::<Lang>(&stored).unwrap(), lang);
        }
    }
}
