//! What was counted, as sections with their numbers: a document of them, or lines of text.

mod chart;

use chrono::NaiveDate;

use crate::document::Document;
use crate::document::model::{Block, Column, Picture, Running, RunningPart, Table, Text};
use crate::domain::lang::Lang;
use crate::i18n::sections::{Section, sections};
use crate::i18n::statistics as words;
use crate::i18n::{self, guide_cards};
use crate::service::statistics::Counted;

/// The width of a chart in millimetres: that of the text of an A4 page.
const WIDTH: f32 = 170.0;

/// What was counted, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The numbers.
    pub counted: &'a Counted,
    /// The language.
    pub lang: &'a Lang,
}

impl Report<'_> {
    /// The whole as a document of its own, of this branch, made on `day`.
    pub fn document(&self, branch: Option<&str>, day: NaiveDate) -> Document {
        let lang = self.lang;
        let title = words::title(lang);
        let period = words::period(lang, self.counted.statistics.period);
        let mut document = Document::new(format!("{title} · {period}"), i18n::tag(lang), day);
        let named = branch.map(|name| RunningPart::TextRun(name.to_owned()));
        document.head = Running {
            left: named.into_iter().collect(),
            right: vec![RunningPart::TextRun(day.to_string())],
        };
        document.foot = Running {
            left: vec![RunningPart::TextRun(document.title.clone())],
            right: RunningPart::numbered(guide_cards::page(lang)),
        };
        document.body = vec![
            Block::Heading {
                level: 1,
                text: Text::plain(title),
            },
            Block::Paragraph(Text::plain(period)),
        ];
        document.body.extend(self.blocks(2));
        document
    }

    /// The same as part of a longer document, with headings of the rank `level`.
    pub fn blocks(&self, level: u8) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.counted.statistics.is_empty() {
            blocks.push(Block::Paragraph(Text::plain(words::nothing(self.lang))));
        }
        for section in sections(self.lang, self.counted) {
            let mut together = vec![Block::Heading {
                level,
                text: Text::plain(&section.title),
            }];
            together.extend(section.chart.as_ref().map(|chart| {
                Block::Picture(Picture {
                    image: chart::image(chart),
                    width: WIDTH,
                    words: words::chart(self.lang, &section.title),
                })
            }));
            blocks.push(Block::Together(together));
            blocks.push(Block::Table(table(&section)));
        }
        blocks.push(Block::Paragraph(Text::plain(words::how_counted(self.lang))));
        blocks
    }

    /// The same as lines of text, for whoever reads them in a terminal.
    pub fn lines(&self) -> Vec<String> {
        let period = words::period(self.lang, self.counted.statistics.period);
        let mut lines = vec![format!("{} · {period}", words::title(self.lang))];
        if self.counted.statistics.is_empty() {
            lines.push(words::nothing(self.lang).to_owned());
        }
        for section in sections(self.lang, self.counted) {
            lines.extend([String::new(), section.title.clone()]);
            let all = std::iter::once(&section.head).chain(&section.rows);
            lines.extend(all.map(|row| format!("  {}", row.join("  "))));
        }
        lines.extend([String::new(), words::how_counted(self.lang).to_owned()]);
        lines
    }
}

/// The numbers of a section as a table.
fn table(section: &Section) -> Table {
    let count = section.head.len().max(1);
    // What stands last in a wide table is a share in words.
    let columns = (0..count).map(|at| match at {
        0 => Column::of(2.0),
        at if at > 3 => Column::of(1.7).right(),
        _ => Column::of(1.0).right(),
    });
    let row = |cells: &Vec<String>| cells.iter().map(Text::plain).collect();
    Table {
        columns: columns.collect(),
        head: vec![row(&section.head)],
        rows: section.rows.iter().map(row).collect(),
    }
}
