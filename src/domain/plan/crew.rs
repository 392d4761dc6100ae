//! Those a step can be handed to, and the card that each of them goes by.

use super::Text;
use crate::domain::lang::Lang;

/// Somebody of the branch's own who takes a task while the guide goes on: guard, counter, door, runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// Stable id, written to the journal.
    pub id: String,
    /// The short name: whom a step is handed to.
    pub name: Text,
    /// What that person does, a line each, in the order to do it.
    pub card: Vec<Text>,
}

impl Crew {
    /// The card as a phone shows it without a network: the name, then every line.
    pub fn plain_text(&self, lang: &Lang) -> String {
        self.plain_text_of(&self.lines(lang), usize::MAX, lang)
    }

    /// The lines of the card.
    pub fn lines(&self, lang: &Lang) -> Vec<String> {
        let lines = self.card.iter().map(|line| line.in_lang(lang).to_owned());
        lines.collect()
    }

    /// The same with other lines, of which those are left out that would make it longer than `most`
    /// bytes.
    pub fn plain_text_of(&self, lines: &[String], most: usize, lang: &Lang) -> String {
        let mut text = self.name.in_lang(lang).to_owned();
        for line in lines {
            if text.len() + 1 + line.len() <= most {
                text.push('\n');
                text.push_str(line);
            }
        }
        text
    }
}
