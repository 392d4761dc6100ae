//! What was counted, as sections with their numbers: a document of them, or lines of text.

mod chart;

use chrono::{NaiveDate, Weekday};

use self::chart::{Bar, Chart};
use crate::document::Document;
use crate::document::model::{Block, Column, Picture, Running, RunningPart, Table, Text};
use crate::domain::lang::Lang;
use crate::domain::statistics::Spread;
use crate::i18n::statistics::{self as words, Heading, Named};
use crate::i18n::{self, desk, guide_cards, screen};
use crate::service::statistics::Counted;

/// The width of a chart in millimetres: that of the text of an A4 page.
const WIDTH: f32 = 170.0;
const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A heading, the numbers beneath it, and a chart of them where one tells more.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// The chart.
    chart: Option<Chart>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows; what is in all but the first column are numbers.
    pub rows: Vec<Vec<String>>,
}

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
        if self.is_empty() {
            blocks.push(Block::Paragraph(Text::plain(words::nothing(self.lang))));
        }
        for section in self.sections() {
            let mut together = vec![Block::Heading {
                level,
                text: Text::plain(&section.title),
            }];
            together.extend(section.chart.as_ref().map(|chart| {
                Block::Picture(Picture {
                    image: chart.image(),
                    width: WIDTH,
                    words: words::chart(self.lang, &section.title),
                })
            }));
            blocks.push(Block::Together(together));
            blocks.push(Block::Table(section.table()));
        }
        blocks.push(Block::Paragraph(Text::plain(words::how_counted(self.lang))));
        blocks
    }

    /// The same as lines of text, for whoever reads them in a terminal.
    pub fn lines(&self) -> Vec<String> {
        let period = words::period(self.lang, self.counted.statistics.period);
        let mut lines = vec![format!("{} · {period}", words::title(self.lang))];
        if self.is_empty() {
            lines.push(words::nothing(self.lang).to_owned());
        }
        for section in self.sections() {
            lines.extend([String::new(), section.title.clone()]);
            let all = std::iter::once(&section.head).chain(&section.rows);
            lines.extend(all.map(|row| format!("  {}", row.join("  "))));
        }
        lines.extend([String::new(), words::how_counted(self.lang).to_owned()]);
        lines
    }

    fn is_empty(&self) -> bool {
        let statistics = &self.counted.statistics;
        statistics.incidents + statistics.complaints == 0
    }

    /// The sections, in their order; what nothing was counted of has none.
    pub fn sections(&self) -> Vec<Section> {
        let statistics = &self.counted.statistics;
        let mut sections = vec![self.overview()];
        if statistics.incidents > 0 {
            sections.extend([self.by_type(), self.by_weekday(), self.by_hour()]);
        }
        if statistics.by_month.len() > 1 {
            sections.insert(1, self.by_month());
        }
        if statistics.incidents > 0 {
            sections.push(self.times());
        }
        if statistics.complaints > 0 {
            sections.extend([self.by_subject(), self.answers()]);
        }
        sections
    }

    fn named(&self, of: Named) -> String {
        words::named(self.lang, of).to_owned()
    }

    fn head(&self, of: &[Named]) -> Vec<String> {
        of.iter().map(|one| self.named(*one)).collect()
    }

    fn section(&self, of: Heading, head: &[Named]) -> Section {
        Section {
            title: words::heading(self.lang, of).to_owned(),
            chart: None,
            head: self.head(head),
            rows: Vec::new(),
        }
    }

    fn overview(&self) -> Section {
        let statistics = &self.counted.statistics;
        let rows = [
            (Named::Incidents, statistics.incidents),
            (Named::StillOpen, statistics.open),
            (Named::Undone, statistics.undone),
            (Named::Complaints, statistics.complaints),
        ];
        let row = |(of, count): (Named, usize)| vec![self.named(of), count.to_string()];
        let mut section = self.section(Heading::Overview, &[]);
        section.head = vec![String::new(), self.named(Named::Count)];
        section.rows = rows.into_iter().map(row).collect();
        section
    }

    /// Rows of something that was counted, each with its share, and bars of them.
    fn shares(&self, of: Heading, what: Named, counted: &[(String, usize)]) -> Section {
        let all: usize = counted.iter().map(|(_, count)| count).sum();
        let mut section = self.section(of, &[what, Named::Count, Named::Share]);
        section.chart = Some(Chart::Rows(bars(counted)));
        let row = |(name, count): &(String, usize)| {
            vec![name.clone(), count.to_string(), words::percent(*count, all)]
        };
        section.rows = counted.iter().map(row).collect();
        section
    }

    fn by_type(&self) -> Section {
        let types = self.counted.statistics.by_type.iter();
        let named = types.map(|(id, count)| {
            let name = self.counted.name(id);
            (name.in_lang(self.lang).to_owned(), *count)
        });
        self.shares(Heading::ByType, Named::Type, &named.collect::<Vec<_>>())
    }

    fn by_subject(&self) -> Section {
        let subjects = self.counted.statistics.by_subject.iter();
        let named =
            subjects.map(|(about, count)| (desk::about(self.lang, *about).to_owned(), *count));
        self.shares(
            Heading::BySubject,
            Named::Subject,
            &named.collect::<Vec<_>>(),
        )
    }

    fn by_month(&self) -> Section {
        let months = &self.counted.statistics.by_month;
        let mut section = self.section(
            Heading::ByMonth,
            &[Named::Month, Named::Incidents, Named::Complaints],
        );
        let bar = |(month, incidents, complaints): &(_, usize, usize)| Bar {
            label: format!("{month}"),
            counts: vec![*incidents, *complaints],
        };
        section.chart = Some(Chart::Columns {
            bars: months.iter().map(bar).collect(),
            legend: vec![self.named(Named::Incidents), self.named(Named::Complaints)],
        });
        let row = |(month, incidents, complaints): &(_, usize, usize)| {
            vec![
                format!("{month}"),
                incidents.to_string(),
                complaints.to_string(),
            ]
        };
        section.rows = months.iter().map(row).collect();
        section
    }

    fn by_weekday(&self) -> Section {
        let counts = self.counted.statistics.by_weekday();
        let named = DAYS.iter().zip(counts);
        let named = named.map(|(day, count)| (screen::weekday(self.lang, *day).to_owned(), count));
        self.columns(Heading::ByWeekday, Named::Weekday, named.collect())
    }

    fn by_hour(&self) -> Section {
        let counts = self.counted.statistics.by_time_of_day();
        let is_used = |(_, count): &(usize, &usize)| **count > 0;
        let first = counts.iter().enumerate().find(is_used);
        let last = counts.iter().enumerate().rfind(is_used);
        let span = first.map_or(0, |(at, _)| at)..=last.map_or(0, |(at, _)| at);
        let hours = counts
            .iter()
            .enumerate()
            .filter(|(at, _)| span.contains(at));
        let named = hours.map(|(hour, count)| (format!("{hour:02}:00"), *count));
        self.columns(Heading::ByHour, Named::Hour, named.collect())
    }

    fn columns(&self, of: Heading, what: Named, counted: Vec<(String, usize)>) -> Section {
        let mut section = self.section(of, &[what, Named::Incidents]);
        section.chart = Some(Chart::Columns {
            bars: bars(&counted),
            legend: Vec::new(),
        });
        let row = |(name, count): &(String, usize)| vec![name.clone(), count.to_string()];
        section.rows = counted.iter().map(row).collect();
        section
    }

    fn times(&self) -> Section {
        let statistics = &self.counted.statistics;
        let mut section = self.section(
            Heading::Times,
            &[
                Named::From,
                Named::Count,
                Named::Median,
                Named::Ninetieth,
                Named::InTime,
            ],
        );
        let row =
            |(of, spread): (Named, &Spread)| self.row(of, spread, |ms| words::span(self.lang, ms));
        section.rows = vec![
            row((Named::ToStep, &statistics.to_step)),
            row((Named::ToReport, &statistics.to_report)),
            row((Named::ToClose, &statistics.to_close)),
        ];
        section
    }

    fn answers(&self) -> Section {
        let spread = &self.counted.statistics.to_answer;
        let mut section = self.section(
            Heading::Answers,
            &[
                Named::ToAnswer,
                Named::Count,
                Named::Median,
                Named::Ninetieth,
                Named::Overdue,
            ],
        );
        if let Some(first) = section.head.first_mut() {
            first.clear();
        }
        let mut row = self.row(Named::ToAnswer, spread, |days| words::days(self.lang, days));
        let late = crate::domain::statistics::InTime {
            kept: spread.in_time.missed(),
            of: spread.in_time.of,
        };
        row.pop();
        row.push(words::in_time(self.lang, late));
        section.rows = vec![row];
        section
    }

    fn row(&self, of: Named, spread: &Spread, said: impl Fn(i64) -> String) -> Vec<String> {
        let said = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), &said);
        vec![
            self.named(of),
            spread.count.to_string(),
            said(spread.median),
            said(spread.ninetieth),
            words::in_time(self.lang, spread.in_time),
        ]
    }
}

fn bars(counted: &[(String, usize)]) -> Vec<Bar> {
    let bar = |(label, count): &(String, usize)| Bar {
        label: label.clone(),
        counts: vec![*count],
    };
    counted.iter().map(bar).collect()
}

impl Section {
    fn table(&self) -> Table {
        let count = self.head.len().max(1);
        // What stands last in a wide table is a share in words.
        let columns = (0..count).map(|at| match at {
            0 => Column::of(2.0),
            at if at > 3 => Column::of(1.7).right(),
            _ => Column::of(1.0).right(),
        });
        let row = |cells: &Vec<String>| cells.iter().map(Text::plain).collect();
        Table {
            columns: columns.collect(),
            head: vec![row(&self.head)],
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
