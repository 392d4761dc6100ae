//! What the posted face shows.

use crate::PostedNumber;
use crate::config::settings::PublicNumber;
use crate::i18n::{posted as words, screen};
use crate::view::ViewState;

/// What stands on the tablet while nobody uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What everybody is advised.
    pub notice: String,
    /// What is being handled; empty while nothing is.
    pub running: String,
    /// The numbers that lives depend on.
    pub now: Vec<PostedNumber>,
    /// The other numbers for everybody.
    pub numbers: Vec<PostedNumber>,
}

/// The posted face just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let running = match state.services().incidents.open().len() {
        0 => String::new(),
        open => words::running(&lang, open),
    };
    let settings = state.services().settings();
    let plan = state.services().plan();
    let numbers = settings.public_numbers(&plan);
    let entry = |one: &PublicNumber<'_>| {
        let (number, extension) = screen::number_in_groups(&lang, one.number, settings.here());
        PostedNumber {
            role_id: one.role.map_or("", |role| role.id.as_str()).into(),
            name: words::public_name(&lang, one).into(),
            number: number.into(),
            extension: extension.into(),
            hours: one.role.map_or("", |role| words::hours(&lang, role)).into(),
        }
    };
    let (now, mut others): (Vec<_>, Vec<_>) = numbers
        .iter()
        .partition(|one: &&PublicNumber<'_>| one.is_now());
    others.sort_by_key(|one| one.rank());
    Model {
        notice: words::advice(&lang).to_owned(),
        running,
        now: now.into_iter().map(entry).collect(),
        numbers: others.into_iter().map(entry).collect(),
    }
}
