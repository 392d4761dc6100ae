//! What was counted, in words: sections with their numbers, and what a chart of them shows. Documents,
//! the command and the screen go by the same ones, so that they never differ.

use chrono::Weekday;

use super::statistics::{self as words, Heading, Named};
use super::{desk, screen, tr_with};
use crate::domain::lang::Lang;
use crate::domain::statistics::{InTime, Spread};
use crate::service::statistics::Counted;

const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Something with its numbers, one for each series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// The numbers.
    pub counts: Vec<usize>,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Bars beneath each other, for what has long names.
    Rows(Vec<Bar>),
    /// Bars beside each other, for what follows in time.
    Columns {
        /// The bars, or groups of them.
        bars: Vec<Bar>,
        /// The names of the series; empty for one.
        legend: Vec<String>,
    },
}

/// A heading, the numbers beneath it, and a chart of them where one tells more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it shows.
    pub of: Heading,
    /// Its heading.
    pub title: String,
    /// The chart.
    pub chart: Option<Chart>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows; what is in all but the first column are numbers.
    pub rows: Vec<Vec<String>>,
}

/// The sections of what was counted, in their order; what nothing was counted of has none.
pub fn sections(lang: &Lang, counted: &Counted) -> Vec<Section> {
    Worded { lang, counted }.sections()
}

/// A row with what each of its numbers is, for those who listen.
pub fn heard(lang: &Lang, head: &[String], row: &[String]) -> String {
    let named = head.iter().zip(row).skip(1);
    let numbers = named.map(|(name, said)| tr_with(lang, "{0}: {1}", &[name, said]));
    let first = row.first().cloned();
    first
        .into_iter()
        .chain(numbers)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What was counted, in one language.
#[derive(Clone, Copy)]
struct Worded<'a> {
    counted: &'a Counted,
    lang: &'a Lang,
}

impl Worded<'_> {
    fn sections(&self) -> Vec<Section> {
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
            of,
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
        let late = InTime {
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
