//! What was said of an incident since: its review, who is responsible, and what is to be done.

use super::{IncidentReport, cell, marked};
use crate::document::model::{Block, Column, Table, Text};
use crate::domain::report::ReviewFact;
use crate::domain::review::Judged;
use crate::i18n::report::{self as words, Name, Part, notes};
use crate::i18n::review as said;
use crate::service::reviews::digest_of;

impl IncidentReport<'_> {
    /// The causes, what the guide was worth, and the versions; nothing where nobody has reviewed it.
    pub(super) fn review(&self) -> Vec<Block> {
        let Some(fact) = &self.report.review else {
            return Vec::new();
        };
        let causes = fact.review.holds().causes.iter();
        let causes: Vec<String> = causes
            .map(|one| said::cause(self.lang, *one).to_owned())
            .collect();
        let causes = match causes.is_empty() {
            true => words::NONE.to_owned(),
            false => words::list(self.lang, &causes),
        };
        let standing = match fact.review.versions.last() {
            Some(_) if fact.review.is_final => said::is_final(self.lang).to_owned(),
            Some(last) => said::draft_beside(self.lang, last.number),
            None => said::is_being_written(self.lang).to_owned(),
        };
        let facts = [(Name::Status, standing), (Name::Causes, causes)];
        let mut blocks = vec![Block::Together(vec![
            self.heading(Part::Review),
            self.facts(facts),
        ])];
        blocks.extend(self.judged(fact));
        blocks.extend(self.versions(fact));
        blocks
    }

    fn judged(&self, fact: &ReviewFact) -> Option<Block> {
        // In the order of the guide, as far as it knows them.
        let guide = &self.report.steps;
        let place = |one: &&Judged| guide.iter().position(|known| known.step == one.step);
        let mut steps: Vec<&Judged> = fact.review.holds().steps.iter().collect();
        steps.sort_by_key(|one| place(one).unwrap_or(guide.len()));
        let rows = steps.iter().map(|one| {
            vec![
                one.command.in_lang(self.lang).into(),
                said::word(self.lang, one.word).into(),
            ]
        });
        (!steps.is_empty()).then(|| {
            Block::Table(Table {
                columns: [3.0, 2.0].map(Column::of).to_vec(),
                head: self.columns([Name::Step, Name::Worth]),
                rows: rows.collect(),
            })
        })
    }

    /// The versions that were finalised, each with its digest, and whether that is of what it says.
    fn versions(&self, fact: &ReviewFact) -> Option<Block> {
        let versions = &fact.review.versions;
        let rows = versions.iter().zip(&fact.by).map(|(one, by)| {
            let holds = digest_of(&fact.review.text_of(one)) == one.digest;
            let digest = Text::plain(one.digest.clone());
            vec![
                one.number.to_string().into(),
                self.moment(one.at).into(),
                words::who(self.lang, by, self.people).into(),
                match holds {
                    true => digest,
                    false => marked(digest.and("\n"), said::digest_differs(self.lang)),
                },
            ]
        });
        (!versions.is_empty()).then(|| {
            Block::Table(Table {
                columns: [0.7, 2.3, 1.5, 5.2].map(Column::of).to_vec(),
                head: self.columns([Name::Version, Name::Finalised, Name::By, Name::ReviewDigest]),
                rows: rows.collect(),
            })
        })
    }

    /// Who is responsible, on what evidence, and what follows.
    pub(super) fn responsibility(&self) -> Vec<Block> {
        let Some(fact) = &self.report.review else {
            return Vec::new();
        };
        let rows = fact.review.holds().responsibilities.iter().map(|one| {
            let evidence = one.evidence.iter();
            let evidence: Vec<String> = evidence
                .map(|one| said::evidence(self.lang, *one).to_owned())
                .collect();
            vec![
                said::party(self.lang, &one.whose, self.people).into(),
                cell(Some(words::list(self.lang, &evidence)).filter(|it| !it.is_empty())),
                said::decision(self.lang, one.decision).into(),
            ]
        });
        let table = Table {
            columns: [2.0, 3.0, 2.0].map(Column::of).to_vec(),
            head: self.columns([Name::Whose, Name::Evidence, Name::Decision]),
            rows: rows.collect(),
        };
        self.tabled(Part::Responsibility, None, table)
    }

    /// What is to be done, by whom and until when, and what became of it.
    pub(super) fn actions(&self) -> Vec<Block> {
        let Some(fact) = &self.report.review else {
            return Vec::new();
        };
        let today = self.report.now.with_timezone(&self.zone()).date_naive();
        let rows = fact.review.content.actions.iter().map(|one| {
            let standing = said::standing(self.lang, one, today);
            let about = said::about(self.lang, &one.planned.about);
            vec![
                Text::plain(one.number.to_string()),
                Text::plain(said::kind(self.lang, one.planned.action))
                    .and(notes::behind(self.lang, &about)),
                said::party(self.lang, &one.planned.owner, self.people).into(),
                match one.is_overdue(today) {
                    true => marked(Text::default(), &standing),
                    false => standing.into(),
                },
            ]
        });
        let table = Table {
            columns: vec![
                Column::of(0.6).right(),
                Column::of(3.6),
                Column::of(1.8),
                Column::of(2.8),
            ],
            head: self.columns([Name::Place, Name::Action, Name::Owner, Name::State]),
            rows: rows.collect(),
        };
        self.tabled(Part::Actions, None, table)
    }
}
