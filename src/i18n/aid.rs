//! The words around a first-aid card.

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// What a card rests on.
pub fn source(lang: &Lang, sources: &[String]) -> String {
    tr_with(lang, "After {}", &[&sources.join(tr(lang, ", "))])
}
