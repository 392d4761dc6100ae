//! What the card of one of the crew says.

use slint::Image;

use crate::Chip;
use crate::view::ViewState;

/// One card, and whose others there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Everybody who has a card.
    pub roles: Vec<Chip>,
    /// The id of the one that is shown.
    pub shown: String,
    /// Its name.
    pub name: String,
    /// What that person does, in order.
    pub lines: Vec<String>,
    /// The same as text in a code; empty where there is nobody.
    pub code: Image,
}

/// The card just now: the one that was chosen, or else the first.
pub fn present(state: &ViewState) -> Model {
    let (lang, plan) = (state.lang(), state.services().plan());
    let roles = plan.crew.iter().map(|one| Chip {
        id: one.id.as_str().into(),
        label: one.name.in_lang(&lang).into(),
    });
    let chosen = state.crew.chosen.borrow();
    let shown = plan.member(&chosen).or_else(|| plan.crew.first());
    let lines = shown.map(|one| one.card.iter());
    Model {
        roles: roles.collect(),
        shown: shown.map_or_else(String::new, |one| one.id.clone()),
        name: shown.map_or("", |one| one.name.in_lang(&lang)).to_owned(),
        lines: lines
            .into_iter()
            .flatten()
            .map(|line| line.in_lang(&lang).to_owned())
            .collect(),
        code: (state.pictures).get(shown.map(|one| one.plain_text(&lang)).as_deref()),
    }
}
