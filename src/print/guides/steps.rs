//! The steps of one guide as blocks: what is done on the spot, in the order of the plan, headed by the
//! answers that it belongs to; then what is done afterwards.

use super::{GuideCards, strong};
use crate::document::model::{Block, Run, Text};
use crate::domain::lang::Lang;
use crate::domain::plan::{Alone, Prompt, Step, UNKNOWN_ANSWER};
use crate::i18n::{self, guide_cards as words, screen};

/// To be ticked off by hand.
const BOX: &str = "□ ";

/// One guide while it is set.
pub(super) struct Card<'a> {
    pub cards: &'a GuideCards<'a>,
    pub steps: &'a [Step],
    pub prompts: &'a [Prompt],
}

impl Card<'_> {
    /// All of it behind the guide's name.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let (later, now): (Vec<_>, Vec<_>) = self.steps.iter().partition(|one| one.is_follow_up());
        let mut group: &[String] = &[];
        let mut number = 0;
        for step in now {
            let heading = (step.only != group).then(|| self.group(&step.only));
            group = &step.only;
            number += 1;
            blocks.extend(headed(heading, self.step(step, Some(number))));
        }
        blocks.extend(self.prompted());
        let mut heading = Some(self.heading(|lang| words::afterwards(lang).to_owned()));
        for step in later {
            blocks.extend(headed(heading.take(), self.step(step, None)));
        }
        blocks
    }

    /// For whom the steps that follow are.
    fn group(&self, only: &[String]) -> Block {
        if only.is_empty() {
            return self.heading(|lang| words::in_every_case(lang).to_owned());
        }
        self.heading(|lang| self.with_answer(only, lang))
    }

    /// The answers that something belongs to.
    pub(super) fn with_answer(&self, only: &[String], lang: &Lang) -> String {
        let names: Vec<&str> = only.iter().map(|id| self.answer(id, lang)).collect();
        words::with_answer(lang, &names)
    }

    /// The words of an answer of this guide.
    fn answer(&self, id: &str, lang: &Lang) -> &str {
        if id == UNKNOWN_ANSWER {
            return words::unknown(lang);
        }
        let mut found = self.steps.iter().filter_map(|step| step.answer(id));
        found.next().map_or("", |one| one.name.in_lang(lang))
    }

    pub(super) fn heading(&self, say: impl Fn(&Lang) -> String) -> Block {
        Block::Heading {
            level: 2,
            text: self.beside(say),
        }
    }

    /// A step, which stays whole where it fits on a page.
    fn step(&self, step: &Step, number: Option<usize>) -> Vec<Block> {
        let number = number.map_or_else(String::new, |number| format!("{number} "));
        let mut command = Text::plain([BOX, &number].concat());
        command
            .0
            .extend(self.beside(|lang| step.command.in_lang(lang).to_owned()).0);
        let mut blocks = vec![Block::Heading {
            level: 3,
            text: command,
        }];
        let when = self.beside(|lang| words::when(lang, step));
        if !when.said().trim().is_empty() {
            blocks.push(Block::Paragraph(strong(when)));
        }
        blocks.push(Block::Paragraph(
            self.beneath(|lang| step.detail.in_lang(lang).to_owned()),
        ));
        if step.is_question() {
            blocks.push(Block::List {
                numbered: false,
                items: (step.answers.iter())
                    .map(|one| self.beside(|lang| one.name.in_lang(lang).to_owned()))
                    .collect(),
            });
        }
        if let Some(say) = &step.say {
            let say = self.beneath(|lang| words::say(lang, say.in_lang(lang)));
            blocks.push(Block::Paragraph(say));
        }
        if let Some(never) = &step.never_say {
            let never = self.beneath(|lang| words::never(lang, never.in_lang(lang)));
            blocks.push(Block::Paragraph(never));
        }
        blocks.extend(self.alone(step).map(Block::Paragraph));
        if !step.contacts.is_empty() {
            blocks.push(Block::Paragraph(self.calls(step)));
        }
        blocks
    }

    /// How it reads for somebody who is alone, where that is not as above.
    fn alone(&self, step: &Step) -> Option<Text> {
        match &step.alone {
            Alone::Same => None,
            Alone::LeftOut => Some(self.beneath(|lang| words::alone_leaves_out(lang).to_owned())),
            Alone::Reads(alone) => Some(self.beneath(|lang| {
                // What stays the same is not said twice.
                let command = Some(&alone.command).filter(|one| **one != step.command);
                let command = command.map(|one| one.in_lang(lang));
                let read = words::alone(lang, command, alone.detail.in_lang(lang));
                match alone.say.as_ref().filter(|_| alone.say != step.say) {
                    Some(say) => [&read, "\n", &words::say(lang, say.in_lang(lang))].concat(),
                    None => read,
                }
            })),
        }
    }

    /// Whom to call, each with the branch's numbers, on a line of its own.
    fn calls(&self, step: &Step) -> Text {
        let (plan, settings) = (self.cards.plan, self.cards.settings);
        let first = self.cards.langs.first;
        let roles = step.contacts.iter().filter_map(|id| plan.role(id));
        let mut text = Text::default();
        for (index, role) in roles.enumerate() {
            if index > 0 {
                text = text.and("\n");
            }
            let name = self
                .cards
                .joined(" ", |lang| role.name.in_lang(lang).to_owned());
            text = text.and(words::call(first, &name));
            let numbers: Vec<String> = settings
                .numbers(&role.id, plan)
                .into_iter()
                .map(|number| {
                    let (main, extension) = screen::number(first, number);
                    [main, extension].join(" ").trim().to_owned()
                })
                .collect();
            text = if numbers.is_empty() {
                text.and(words::no_number(first))
            } else {
                text.and_strong(numbers.join(" · "))
            };
        }
        text
    }

    /// The same in each language, on one line as far as it fits.
    pub(super) fn beside(&self, say: impl Fn(&Lang) -> String) -> Text {
        self.in_each("  ", say)
    }

    /// The same in each language, each on a line of its own.
    pub(super) fn beneath(&self, say: impl Fn(&Lang) -> String) -> Text {
        self.in_each("\n", say)
    }

    fn in_each(&self, between: &str, say: impl Fn(&Lang) -> String) -> Text {
        let langs = self.cards.langs;
        let first = Text::plain(say(langs.first));
        let Some(second) = langs.second else {
            return first;
        };
        let mut text = first.and(between);
        text.0.push(Run {
            text: say(second),
            strong: false,
            lang: Some(i18n::tag(second)),
        });
        text
    }
}

/// A step with the heading above it, which stays with it.
fn headed(heading: Option<Block>, step: Vec<Block>) -> Vec<Block> {
    let blocks = heading.into_iter().chain(step).collect();
    vec![Block::Together(blocks)]
}
