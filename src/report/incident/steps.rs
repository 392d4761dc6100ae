//! The guide: what became of each step, and its deadline beside the time at which it was reached.

use super::{IncidentReport, cell, marked};
use crate::document::model::{Block, Column, Table, Text};
use crate::domain::plan;
use crate::domain::report::{StepFact, StepState, Timing};
use crate::i18n::log;
use crate::i18n::report::{self as words, Name, Part, notes};

impl IncidentReport<'_> {
    /// The steps, what comes afterwards, and what was said of others.
    pub(super) fn steps(&self) -> Vec<Block> {
        let report = self.report;
        let of = [
            (Part::Steps, &report.steps),
            (Part::FollowUps, &report.follow_ups),
            (Part::Others, &report.others),
        ];
        let some = of.into_iter().filter(|(_, steps)| !steps.is_empty());
        some.flat_map(|(part, steps)| self.tabled(part, None, self.table_of(steps)))
            .collect()
    }

    /// What a step asks for, and when it applies.
    pub(super) fn command(&self, one: &StepFact) -> String {
        let command = one.command.in_lang(self.lang);
        let condition = one.condition.as_ref();
        let condition = condition.map(|it| notes::aside(self.lang, it.in_lang(self.lang)));
        [command, &condition.unwrap_or_default()].concat()
    }

    fn table_of(&self, steps: &[StepFact]) -> Table {
        let rows = steps.iter().enumerate().map(|(index, one)| {
            vec![
                Text::plain((index + 1).to_string()),
                self.command(one).into(),
                self.became(one),
                cell(one.due.map(|due| self.time(due))),
                self.actual(one),
            ]
        });
        Table {
            columns: vec![
                Column::of(0.6).right(),
                Column::of(3.3),
                Column::of(2.4),
                Column::of(1.25),
                Column::of(2.35),
            ],
            head: self.columns([
                Name::Place,
                Name::Step,
                Name::State,
                Name::Deadline,
                Name::Actual,
            ]),
            rows: rows.collect(),
        }
    }

    fn became(&self, one: &StepFact) -> Text {
        let state = words::state(self.lang, one.state);
        let is_ordinary = one.state == StepState::Done || !self.report.deviates(one);
        let text = if is_ordinary {
            Text::plain(state)
        } else {
            marked(Text::default(), state)
        };
        let said = |words: &plan::Text| words.in_lang(self.lang).to_owned();
        let more = [
            one.answer
                .as_ref()
                .map(|it| notes::answered(self.lang, &said(it))),
            one.reason
                .as_ref()
                .map(|it| notes::because(self.lang, &said(it))),
            one.with
                .as_ref()
                .map(|it| notes::handed_to(self.lang, &said(it))),
            one.approved.then(|| log::approved(self.lang).to_owned()),
            one.corrected
                .then(|| notes::was_corrected(self.lang).to_owned()),
        ];
        let more = more.into_iter().flatten();
        more.fold(text, |text, more| text.and(["\n", &more].concat()))
    }

    /// When it was reached, and whether that was in time.
    fn actual(&self, one: &StepFact) -> Text {
        let times = match (one.begun, one.at) {
            (Some(begun), at) => {
                let begun = notes::begun_at(self.lang, &self.time(begun));
                let done = at.map(|at| notes::done_at(self.lang, &self.time(at)));
                [Some(begun), done].into_iter().flatten().collect()
            }
            (None, Some(at)) => vec![self.time(at)],
            (None, None) => Vec::new(),
        };
        let text = Text::plain(times.join("\n"));
        let gap = if times.is_empty() { "" } else { "\n" };
        match words::timing(self.lang, one.timing) {
            None if times.is_empty() => cell(None),
            None => text,
            Some(timing) if matches!(one.timing, Timing::Met) => text.and([gap, &timing].concat()),
            Some(timing) => marked(text.and(gap), &timing),
        }
    }

    /// A deadline beside the time at which a step was reached.
    pub(super) fn against(&self, one: &StepFact) -> Option<String> {
        let due = self.time(one.due?);
        let reached = one.begun.or(one.at);
        let is_judged = matches!(one.timing, Timing::Late(_));
        Some(match reached.filter(|_| is_judged) {
            Some(at) => notes::against(self.lang, &due, &self.time(at)),
            None => notes::due(self.lang, &due),
        })
    }
}
