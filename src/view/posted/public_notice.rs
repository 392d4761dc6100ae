//! What the tablet says when it is turned to customers.

use crate::domain::evacuation::command_in_force;
use crate::domain::lang::Lang;
use crate::domain::plan::Text;
use crate::domain::public_notice;
use crate::i18n::posted as words;
use crate::view::ViewState;

/// The notice to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// In the branch's first language.
    pub words: String,
    /// In its second; empty without one.
    pub words_other: String,
    /// The width of the longest line, in halves of a full-width character.
    pub longest: i32,
    /// The same of the second language.
    pub longest_other: i32,
    /// The code with the way out belongs to it.
    pub has_code: bool,
}

/// The notice just now.
pub fn present(state: &ViewState) -> Model {
    let incidents = &state.services().incidents;
    let incident = state.guide.shown().and_then(|id| incidents.get(&id));
    let kind = (incident.as_ref()).and_then(|one| incidents.kind(one));
    let text = ordered(state).or_else(|| {
        let (incident, kind) = (incident.as_deref()?, kind.as_deref()?);
        public_notice::in_force(incident, kind).cloned()
    });
    let said = |lang: &Lang| match &text {
        Some(text) => text.in_lang(lang).to_owned(),
        None => words::calm(lang).to_owned(),
    };
    let (first, second) = state.two_languages();
    let (words, other) = (said(&first), second.as_ref().map(said));
    let other = other.unwrap_or_default();
    Model {
        longest: longest_line(&words),
        longest_other: longest_line(&other),
        words,
        words_other: other,
        has_code: kind.is_some_and(|kind| kind.notice_code),
    }
}

/// What people who are leaving are called just now: no notice may keep them here.
fn ordered(state: &ViewState) -> Option<Text> {
    let incidents = &state.services().incidents;
    let leaving = incidents.evacuating()?;
    let hazard = incidents.hazard(&leaving)?;
    command_in_force(&hazard, leaving.running_evacuation()?).cloned()
}

/// The width of the longest line, in halves of a full-width character.
fn longest_line(words: &str) -> i32 {
    let width =
        |line: &str| -> usize { line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let longest = words.lines().map(width).max().unwrap_or(0);
    i32::try_from(longest).unwrap_or(i32::MAX)
}
