//! Calls, people led out, somebody resuscitated, answers, reminders and complaints.

use chrono::{DateTime, Utc};

use super::{IncidentReport, cell, marked};
use crate::document::model::{Block, Column, Table, Text};
use crate::domain::calling::Outcome;
use crate::domain::report::{AnswerFact, CallFact, EvacuationFact, ResuscitationFact};
use crate::i18n::report::{self as words, Name, Part, notes};
use crate::i18n::{desk, evacuation, event_text, screen};

/// A table of so many rows stands on one page.
const SHORT: usize = 4;

impl IncidentReport<'_> {
    /// Whom one called, and what became of it. Digits are nowhere in it.
    pub(super) fn calls(&self) -> Vec<Block> {
        let calls = &self.report.calls;
        let rows = calls.iter().map(|one| {
            let since = (one.at - self.report.started).max(chrono::TimeDelta::zero());
            vec![
                self.time(one.at).into(),
                format!("+{}", screen::stopwatch(since)).into(),
                event_text::called(self.lang, &one.name, one.place).into(),
                self.became_of(one),
                words::who(self.lang, &one.who, self.people).into(),
            ]
        });
        let table = Table {
            columns: [1.3, 1.0, 3.0, 2.4, 1.1].map(Column::of).to_vec(),
            head: self.columns([
                Name::Time,
                Name::SinceStart,
                Name::Called,
                Name::Answered,
                Name::By,
            ]),
            rows: rows.collect(),
        };
        self.tabled(Part::Calls, None, table)
    }

    fn became_of(&self, one: &CallFact) -> Text {
        let outcome = words::outcome(self.lang, one.outcome);
        match (one.outcome, one.corrected) {
            (Outcome::NotMade, _) => marked(Text::default(), outcome),
            (_, true) => {
                let corrected = notes::was_corrected(self.lang);
                Text::plain([outcome, "\n"].concat()).and(corrected)
            }
            (_, false) => outcome.into(),
        }
    }

    /// A table beneath its heading, on one page where it is short; nothing where it has no rows.
    pub(super) fn tabled(&self, part: Part, note: Option<&str>, table: Table) -> Vec<Block> {
        let rows = table.rows.len();
        if rows == 0 {
            return Vec::new();
        }
        let note = note.map(|note| Block::Paragraph(note.into()));
        let heading = std::iter::once(self.heading(part));
        let blocks = heading.chain(note).chain([Block::Table(table)]).collect();
        if rows <= SHORT {
            vec![Block::Together(blocks)]
        } else {
            blocks
        }
    }

    /// The evacuations, with the last head count of each.
    pub(super) fn evacuations(&self) -> Vec<Block> {
        let facts = self.report.evacuations.iter();
        let tables: Vec<Block> = facts.map(|one| self.evacuation(one)).collect();
        self.headed(Part::Evacuation, tables)
    }

    fn evacuation(&self, fact: &EvacuationFact) -> Block {
        let one = &fact.evacuation;
        let expected = self.settings.branch.expected_people;
        let usual = expected.map(|usual| notes::usual(self.lang, usual));
        let usual = usual.map(|usual| notes::aside(self.lang, &usual));
        let heads = [one.out.to_string(), usual.unwrap_or_default()].concat();
        let people: Vec<String> = (one.people.values())
            .map(|person| evacuation::missing_person(self.lang, person))
            .collect();
        let missing: Vec<String> = [vec![self.missing(fact)], people].concat();
        let tasks = fact.tasks.iter().map(|(task, holder)| {
            let holder = match holder {
                Ok(name) => name.in_lang(self.lang),
                Err(id) => evacuation::holder_unnamed(self.lang, id),
            };
            notes::pair(self.lang, evacuation::task(self.lang, *task), holder)
        });
        let tasks: Vec<String> = tasks.collect();
        let lasted = one.ended.map(|(at, _)| self.span(at - one.started));
        let because = fact.because.as_ref().map(|one| one.in_lang(self.lang));
        self.known([
            (Name::Hazard, because.map(str::to_owned)),
            (Name::Began, Some(self.time(one.started))),
            (Name::Ended, Some(self.how_it_ended(fact))),
            (Name::Lasted, lasted),
            (Name::Heads, Some(heads)),
            (Name::StillMissing, Some(missing.join("\n"))),
            (
                Name::Tasks,
                Some(tasks.join("\n")).filter(|one| !one.is_empty()),
            ),
        ])
    }

    /// The resuscitations.
    pub(super) fn resuscitations(&self) -> Vec<Block> {
        let facts = self.report.resuscitations.iter();
        let tables: Vec<Block> = facts.map(|one| self.resuscitation(one)).collect();
        self.headed(Part::Resuscitation, tables)
    }

    fn resuscitation(&self, fact: &ResuscitationFact) -> Block {
        let one = &fact.resuscitation;
        let lasted = one.ended.map(|(at, _)| self.span(at - one.started));
        let changes = (fact.changes > 0).then(|| notes::times(self.lang, fact.changes));
        let aed = one.aed.map(|at| self.time(at));
        self.known([
            (Name::Began, Some(self.time(one.started))),
            (Name::Ended, Some(self.how_resuscitation_ended(fact))),
            (Name::Lasted, lasted),
            (Name::Aed, aed),
            (Name::Changes, changes),
        ])
    }

    fn known<const FACTS: usize>(&self, facts: [(Name, Option<String>); FACTS]) -> Block {
        let known = facts.into_iter();
        self.facts(known.filter_map(|(name, fact)| Some((name, fact?))))
    }

    /// Facts beneath a heading, those of each on one page; nothing where there are none.
    fn headed(&self, part: Part, facts: Vec<Block>) -> Vec<Block> {
        let mut heading = Some(self.heading(part));
        let facts = facts.into_iter();
        let with_heading = facts.map(|one| {
            let blocks = heading.take().into_iter().chain([one]);
            Block::Together(blocks.collect())
        });
        with_heading.collect()
    }

    /// What the guide asked, and what was answered.
    pub(super) fn answers(&self) -> Vec<Block> {
        let rows = self.report.answers.iter().map(|one| {
            let before = one.before.iter().map(|it| it.in_lang(self.lang).to_owned());
            let before = words::list(self.lang, &before.collect::<Vec<_>>());
            vec![
                one.question.in_lang(self.lang).into(),
                self.answer(one),
                self.time(one.at).into(),
                cell(Some(before).filter(|it| !it.is_empty())),
            ]
        });
        let table = Table {
            columns: [3.0, 3.0, 1.3, 2.2].map(Column::of).to_vec(),
            head: self.columns([
                Name::Question,
                Name::GivenAnswer,
                Name::Time,
                Name::AnswersBefore,
            ]),
            rows: rows.collect(),
        };
        self.tabled(Part::Answers, None, table)
    }

    fn answer(&self, one: &AnswerFact) -> Text {
        let said = Text::plain(one.answer.in_lang(self.lang));
        if one.holds {
            said
        } else {
            marked(said.and("\n"), notes::taken_back(self.lang))
        }
    }

    /// What came by itself, and when it was heeded.
    pub(super) fn prompts(&self) -> Vec<Block> {
        let times = |all: &[DateTime<Utc>]| {
            let all: Vec<String> = all.iter().map(|at| self.time(*at)).collect();
            cell(Some(words::list(self.lang, &all)).filter(|it| !it.is_empty()))
        };
        let rows = self.report.prompts.iter().map(|one| {
            vec![
                one.command.in_lang(self.lang).into(),
                times(&one.done),
                times(&one.put_off),
            ]
        });
        let table = Table {
            columns: [3.0, 3.0, 3.0].map(Column::of).to_vec(),
            head: self.columns([Name::Reminder, Name::Heeded, Name::PutOff]),
            rows: rows.collect(),
        };
        self.tabled(Part::Prompts, None, table)
    }

    /// The complaints joined to it: number and subject, never a word of them.
    pub(super) fn complaints(&self) -> Vec<Block> {
        let Some(joined) = &self.report.complaints else {
            let untold = Block::Paragraph(notes::complaints_untold(self.lang).into());
            return vec![self.heading(Part::Complaints), untold];
        };
        let rows = joined
            .iter()
            .map(|(id, about)| vec![id.as_str().into(), desk::about(self.lang, *about).into()]);
        let table = Table {
            columns: [3.0, 3.0].map(Column::of).to_vec(),
            head: self.columns([Name::Complaint, Name::About]),
            rows: rows.collect(),
        };
        let elsewhere = notes::complaints_elsewhere(self.lang);
        self.tabled(Part::Complaints, Some(elsewhere), table)
    }
}
