//! First-aid cards: what to do until help comes, one screen each.

use super::Text;

/// One first-aid card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aid {
    /// Stable id.
    pub id: String,
    /// The words on its button, and over the card.
    pub name: Text,
    /// What to do, in order, a line each.
    pub lines: Vec<Text>,
    /// What never to do.
    pub never: Text,
    /// When to call 120.
    pub call: Text,
    /// What it rests on.
    pub source: Vec<String>,
    /// Whether it may come to resuscitation, so that the way there stands beside it.
    pub resuscitation: bool,
}
