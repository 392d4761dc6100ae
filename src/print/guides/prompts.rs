//! What comes by itself on the tablet: on paper somebody looks at the clock for it.

use super::steps::Card;
use crate::document::model::Block;
use crate::domain::lang::Lang;
use crate::domain::plan::Prompt;
use crate::i18n::guide_cards as words;

impl Card<'_> {
    /// The prompts of the guide beneath a heading, or nothing where it has none.
    pub(super) fn prompted(&self) -> Option<Block> {
        let items = self.prompts.iter().map(|prompt| {
            let command = self.beside(|lang| prompt.command.in_lang(lang).to_owned());
            let mut text = command.and("\n");
            let rhythm = self.beneath(|lang| self.rhythm(prompt, lang));
            text.0.extend(rhythm.0);
            text
        });
        let list = Block::List {
            numbered: false,
            items: items.collect(),
        };
        let heading = self.heading(|lang| words::by_the_clock(lang).to_owned());
        (!self.prompts.is_empty()).then(|| Block::Together(vec![heading, list]))
    }

    /// When it comes, between which steps, and with which answers.
    fn rhythm(&self, prompt: &Prompt, lang: &Lang) -> String {
        let from = prompt.from.as_deref().and_then(|id| self.place(id, lang));
        let until = prompt.until.as_deref().and_then(|id| self.place(id, lang));
        let only = (!prompt.only.is_empty()).then(|| self.with_answer(&prompt.only, lang));
        let parts = [
            Some(words::rhythm(lang, prompt.rhythm)),
            from.map(|place| words::from(lang, &place)),
            until.map(|place| words::until(lang, &place)),
            only,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    }

    /// How a step is found on the card: by its number, or by its command where it is done afterwards.
    fn place(&self, id: &str, lang: &Lang) -> Option<String> {
        let step = self.steps.iter().find(|one| one.id == id)?;
        if step.is_follow_up() {
            return Some(words::quoted(lang, step.command.in_lang(lang)));
        }
        let mut on_the_spot = self.steps.iter().filter(|one| !one.is_follow_up());
        let before = on_the_spot.position(|one| one.id == id)?;
        Some(words::step(lang, before + 1))
    }
}
