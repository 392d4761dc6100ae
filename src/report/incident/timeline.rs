//! The entries one by one.

use chrono::{DateTime, Utc};

use super::{IncidentReport, cell, marked};
use crate::document::model::{Block, Column, Table, Text};
use crate::domain::ids::EntryId;
use crate::domain::incident::IncidentEvent;
use crate::domain::report::{Deviation, Moment, What};
use crate::i18n::report::{self as words, MARK, Name, Part, notes};
use crate::i18n::screen;
use crate::service::wording::EventText;

impl IncidentReport<'_> {
    /// The entries in the order of the journal, each with its time, since when, by whom, and what is
    /// out of the ordinary about it.
    pub(super) fn timeline(&self) -> Vec<Block> {
        let moments = &self.report.timeline;
        let zone = self.zone().name();
        let mut blocks = vec![
            self.heading(Part::Timeline),
            Block::Paragraph(notes::how_to_read(self.lang, zone, MARK).into()),
        ];
        if self.report.was_clock_set() {
            blocks.push(Block::Paragraph(notes::clock_was_set(self.lang).into()));
        }
        let day = |at: DateTime<Utc>| at.with_timezone(&self.zone()).date_naive();
        let mut before = None;
        let rows = moments.iter().map(|moment| {
            let today = moment.at.map(day);
            let is_new = today.is_some() && today != before;
            before = today.or(before);
            self.row(moment, is_new)
        });
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::of(1.1),
                Column::of(0.95),
                Column::of(3.8),
                Column::of(1.05),
                Column::of(2.15),
            ],
            head: self.columns([
                Name::Time,
                Name::SinceStart,
                Name::What,
                Name::By,
                Name::Remark,
            ]),
            rows: rows.collect(),
        }));
        blocks
    }

    fn row(&self, moment: &Moment, with_day: bool) -> Vec<Text> {
        let time = moment.at.map(|at| {
            let time = screen::time_with_seconds(at, self.zone());
            if with_day {
                [&screen::day(self.lang, at, self.zone()), "\n", &time].concat()
            } else {
                time
            }
        });
        let since = moment
            .since
            .map(|since| format!("+{}", screen::stopwatch(since)));
        vec![
            cell(time),
            cell(since),
            self.what(moment),
            words::who(self.lang, &moment.who, self.people).into(),
            self.remark(moment),
        ]
    }

    fn what(&self, moment: &Moment) -> Text {
        let said = match &moment.what {
            What::Unread(kind, why) => EventText {
                what: words::unread(self.lang, *why).to_owned(),
                detail: kind.clone(),
                reason: String::new(),
            },
            What::Event(event) => self.said(moment, event),
        };
        let mut text = if said.detail.is_empty() {
            said.what
        } else {
            notes::pair(self.lang, &said.what, &said.detail)
        };
        if !said.reason.is_empty() {
            text.push_str(&notes::aside(self.lang, &said.reason));
        }
        text.into()
    }

    /// What an event says. The words of a note that was struck out are left to the journal.
    fn said(&self, moment: &Moment, event: &IncidentEvent) -> EventText {
        let said = self.record_words().incident_event(event);
        match event {
            IncidentEvent::Noted { .. } if moment.deviations.contains(&Deviation::Struck) => {
                EventText {
                    detail: notes::words_withheld(self.lang).to_owned(),
                    ..said
                }
            }
            IncidentEvent::NoteStruck { entry, .. } => EventText {
                detail: self.note_of(entry).unwrap_or_default(),
                reason: String::new(),
                ..said
            },
            _ => said,
        }
    }

    /// When the note of this entry was made.
    fn note_of(&self, entry: &EntryId) -> Option<String> {
        let mut moments = self.report.timeline.iter();
        let at = moments.find(|one| one.entry == *entry)?.at?;
        Some(notes::note_of(self.lang, &self.time(at)))
    }

    fn remark(&self, moment: &Moment) -> Text {
        let mut text = Text::default();
        for (index, deviation) in moment.deviations.iter().enumerate() {
            if index > 0 {
                text = text.and("\n");
            }
            text = marked(text, &words::deviation(self.lang, deviation));
        }
        if let Some(stamped) = moment.stamped {
            let gap = if text.0.is_empty() { "" } else { "\n" };
            let stamped = notes::stamped(self.lang, &self.time(stamped));
            text = text.and([gap, &stamped].concat());
        }
        text
    }
}
