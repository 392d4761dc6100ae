//! The report of one incident, for whoever files it with the head office or a regulator.
//!
//! [`IncidentReport::document`] puts the parts one behind the other; each is a function from the
//! gathered facts to blocks, and says nothing where there is nothing to tell. What comes to be told
//! beside them is another such part.

mod evidence;
mod parts;
mod review;
mod steps;
mod summary;
mod timeline;
mod written;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::settings::Settings;
use crate::document::Document;
use crate::document::model::{Block, Column, Running, RunningPart, Table, Text};
use crate::domain::lang::Lang;
use crate::domain::report::Report;
use crate::i18n::report::{self as words, MARK, NONE, Name, Part};
use crate::i18n::{self, guide_cards, records::RecordWords, screen};
use crate::service::complaints::Written;
use crate::service::people::People;

/// How much of a number tells an incident from the others at the edge of a page: the end of it,
/// which is by chance.
const SHORT: usize = 8;

/// The facts, and how they are to be told.
#[derive(Clone, Copy, Debug)]
pub struct IncidentReport<'a> {
    /// What there is to tell.
    pub report: &'a Report,
    /// The people of the branch; none where their list cannot be read.
    pub people: Option<&'a People>,
    /// What was written about it on phones; none where the report is to go without it, as it must where
    /// the branch's key is not at hand.
    pub written: Option<&'a Written>,
    /// The branch's settings.
    pub settings: &'a Settings,
    /// The language.
    pub lang: &'a Lang,
    /// The version of the program that makes it.
    pub version: &'a str,
}

impl IncidentReport<'_> {
    /// The report as a document.
    pub fn document(&self) -> Document {
        let lang = self.lang;
        let title = words::title_of(lang, self.report.name.in_lang(lang));
        let day = self.report.now.with_timezone(&self.zone()).date_naive();
        let branch = self.settings.branch.name.as_deref();
        let head = [branch, Some(words::title(lang))];
        let head: Vec<&str> = head.into_iter().flatten().collect();
        let mut document = Document {
            head: Running {
                left: vec![RunningPart::TextRun(head.join(" · "))],
                right: vec![RunningPart::TextRun(self.short_number())],
            },
            foot: Running {
                left: vec![RunningPart::TextRun(self.made())],
                right: RunningPart::numbered(guide_cards::page(lang)),
            },
            ..Document::new(title.clone(), i18n::tag(lang), day)
        };
        document.body.push(Block::Heading {
            level: 1,
            text: title.into(),
        });
        let parts = [
            self.header(),
            self.summary(),
            self.deviations(),
            self.timeline(),
            self.steps(),
            self.calls(),
            self.evacuations(),
            self.resuscitations(),
            self.answers(),
            self.prompts(),
            self.written(),
            self.complaints(),
            self.review(),
            self.responsibility(),
            self.actions(),
            self.evidence(),
            self.signatures(),
        ];
        document.body.extend(parts.into_iter().flatten());
        document
    }

    fn zone(&self) -> chrono_tz::Tz {
        self.settings.branch.time_zone
    }

    /// The words of the records.
    fn record_words(&self) -> RecordWords<'_> {
        RecordWords { lang: self.lang }
    }

    fn short_number(&self) -> String {
        let id = self.report.id.as_str();
        let at = id.len().saturating_sub(SHORT);
        words::notes::short_number(self.lang, id.get(at..).unwrap_or(id))
    }

    fn made(&self) -> String {
        let when = self.moment(self.report.now);
        words::notes::made(self.lang, &when, self.version)
    }

    /// Day with its year, and time.
    fn moment(&self, at: DateTime<Utc>) -> String {
        words::moment(self.lang, at, self.zone())
    }

    /// The time, with its day where that is not the one on which the incident began.
    fn time(&self, at: DateTime<Utc>) -> String {
        let time = screen::time_with_seconds(at, self.zone());
        let day = |at: DateTime<Utc>| at.with_timezone(&self.zone()).date_naive();
        if day(at) == day(self.report.started) {
            time
        } else {
            let day = screen::day(self.lang, at, self.zone());
            [&day, " ", &time].concat()
        }
    }

    fn span(&self, span: TimeDelta) -> String {
        words::span(self.lang, span)
    }

    /// A heading, which stays with what follows it.
    fn heading(&self, part: Part) -> Block {
        Block::Heading {
            level: 2,
            text: words::part(self.lang, part).into(),
        }
    }

    /// The names of columns.
    fn columns<const COLUMNS: usize>(&self, names: [Name; COLUMNS]) -> Vec<Vec<Text>> {
        vec![
            names
                .map(|name| words::name(self.lang, name).into())
                .to_vec(),
        ]
    }

    /// Words that the branch may have written, in Chinese whatever the report is in.
    fn own(&self, words: String) -> Text {
        let is_chinese = words
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if is_chinese && *self.lang != Lang::ZH_CN {
            Text::default().and_in(i18n::tag(&Lang::ZH_CN), words)
        } else {
            words.into()
        }
    }

    /// Facts beneath each other, each beside its name.
    fn facts(&self, facts: impl IntoIterator<Item = (Name, String)>) -> Block {
        let row = |(name, fact): (Name, String)| {
            let name = Text::default().and_strong(words::name(self.lang, name));
            vec![name, self.own(fact)]
        };
        Block::Table(Table {
            columns: vec![Column::of(1.0), Column::of(3.6)],
            head: Vec::new(),
            rows: facts.into_iter().map(row).collect(),
        })
    }
}

/// A cell in which something stands in any case.
fn cell(words: Option<String>) -> Text {
    words.unwrap_or_else(|| NONE.to_owned()).into()
}

/// Something out of the ordinary, which is found by its mark and its weight.
fn marked(text: Text, words: &str) -> Text {
    text.and_strong([MARK, " ", words].concat())
}
