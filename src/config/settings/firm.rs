//! The `[firm]` section of `kiosk.toml`: who is responsible by law for what customers write about
//! themselves.

use super::fields::value;
use crate::config::toml_reader::Section;

/// The company that decides what personal data is used for (个人信息处理者: PIPL, articles 17 and
/// 73). A branch has no legal personality and cannot stand in for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// Its full name.
    pub name: Option<String>,
    /// Where it is reached about personal data: a telephone number, an e-mail address or a place.
    pub contact: Option<String>,
}

impl Firm {
    /// Its name and its contact; none until both are there, since article 17 asks for both before
    /// anybody is asked who they are.
    pub fn responsible(&self) -> Option<(&str, &str)> {
        self.name.as_deref().zip(self.contact.as_deref())
    }
}

pub(super) fn read(mut one: Section<'_>) -> Firm {
    Firm {
        name: one.optional("name").and_then(value),
        contact: one.optional("contact").and_then(value),
    }
}
