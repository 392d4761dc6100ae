//! Every guide of the plan on cards of A5: what goes on when the tablet does not. Whatever the answers,
//! all of it is there; what belongs to an answer is headed by it. It is paper for the staff, with
//! numbers that no customer reads.

mod prompts;
mod steps;

use chrono::NaiveDate;

use self::steps::Card;
use super::{Langs, PosterError};
use crate::config::settings::Settings;
use crate::document::model::{Block, Orientation, Running, RunningPart, Text};
use crate::document::{self, Document, Format, Paper};
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, Plan};
use crate::i18n::{self, guide_cards as words};

/// How much of a plan's digest stands on its cards: enough to tell two plans apart.
const DIGEST: usize = 8;

/// What the cards are made from.
#[derive(Clone, Copy, Debug)]
pub struct GuideCards<'a> {
    /// The plan in force.
    pub plan: &'a Plan,
    /// Its digest, as the journal has it.
    pub digest: &'a str,
    /// The branch's settings.
    pub settings: &'a Settings,
    /// The languages.
    pub langs: Langs<'a>,
    /// The day they are printed, in the branch's time zone.
    pub day: NaiveDate,
}

impl GuideCards<'_> {
    /// The cards as a document, each guide from a new page on.
    pub fn document(&self) -> Document {
        let guides = self.plan.incidents.iter().enumerate();
        let body = guides.flat_map(|(index, kind)| {
            let begin = (index > 0).then_some(Block::PageBreak);
            begin.into_iter().chain(self.guide(kind))
        });
        let first = self.langs.first;
        Document {
            title: self.title(),
            lang: i18n::tag(first),
            date: self.day,
            paper: Paper::A5,
            orientation: Orientation::Portrait,
            head: Running {
                left: vec![RunningPart::Title],
                right: vec![RunningPart::TextRun(
                    self.joined(" · ", |lang| words::staff_only(lang).to_owned()),
                )],
            },
            foot: Running {
                left: vec![RunningPart::TextRun(self.plan_line())],
                right: RunningPart::numbered(words::page(first)),
            },
            body: body.collect(),
        }
    }

    /// The same as a PDF file.
    ///
    /// # Errors
    /// [`PosterError::Pdf`], which no plan is known to meet.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PosterError> {
        document::write(&self.document(), Format::Pdf)
            .map_err(|error| PosterError::Pdf(error.to_string()))
    }

    /// What the file is called inside: whose guides they are.
    fn title(&self) -> String {
        let title = words::title(self.langs.first);
        match self.settings.branch.name.as_deref() {
            Some(name) => [title, " · ", name].concat(),
            None => title.to_owned(),
        }
    }

    /// Which plan they are of.
    fn plan_line(&self) -> String {
        let revision = self.plan.revision.to_string();
        let digest: String = self.digest.chars().take(DIGEST).collect();
        words::plan(self.langs.first, &revision, &digest)
    }

    /// The same in each language, one behind the other.
    fn joined(&self, between: &str, say: impl Fn(&Lang) -> String) -> String {
        let said: Vec<String> = self.langs.iter().map(say).collect();
        said.join(between)
    }

    fn guide(&self, kind: &IncidentType) -> Vec<Block> {
        let card = Card {
            cards: self,
            steps: &kind.steps,
            prompts: &kind.prompts,
        };
        let mut blocks = vec![
            Block::Heading {
                level: 1,
                text: card.beside(|lang| kind.name.in_lang(lang).to_owned()),
            },
            Block::Paragraph(card.beneath(|lang| kind.cue.in_lang(lang).to_owned())),
        ];
        if kind.discreet {
            let quietly = card.beneath(|lang| words::quietly(lang).to_owned());
            blocks.push(Block::Paragraph(strong(quietly)));
        }
        blocks.extend(card.blocks());
        blocks
    }
}

/// The same text, and all of it stands out.
fn strong(mut text: Text) -> Text {
    for run in &mut text.0 {
        run.strong = true;
    }
    text
}
