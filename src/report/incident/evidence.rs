//! What a report rests on, how to check it, and who signs it.

use super::IncidentReport;
use crate::document::model::{Block, Column, Table, Text};
use crate::domain::report::PlanFact;
use crate::i18n::report::{self as words, Name, Part, notes};

impl IncidentReport<'_> {
    /// The plan, the entries by position and digest, and how to check both.
    pub(super) fn evidence(&self) -> Vec<Block> {
        let evidence = &self.report.evidence;
        let plans = self.report.plans.iter().flat_map(|one| self.plan(one));
        let mut facts: Vec<(Name, String)> = plans.collect();
        facts.push((Name::Device, evidence.device.clone()));
        facts.push((Name::Entries, evidence.entries.to_string()));
        if let Some([first, last]) = &evidence.ends {
            let entry = |(seq, digest): &(i64, String)| notes::entry(self.lang, *seq, digest);
            facts.push((Name::FirstEntry, entry(first)));
            facts.push((Name::LastEntry, entry(last)));
        }
        facts.push((Name::Made, self.made()));
        let proof = if evidence.unsound.is_empty() {
            Text::plain(notes::sound(self.lang))
        } else {
            let positions: Vec<String> = evidence.unsound.iter().map(i64::to_string).collect();
            let positions = words::list(self.lang, &positions);
            super::marked(Text::default(), &notes::unsound(self.lang, &positions))
        };
        vec![
            Block::Together(vec![self.heading(Part::Evidence), self.facts(facts)]),
            Block::Paragraph(proof),
            Block::Paragraph(notes::how_to_check(self.lang).into()),
        ]
    }

    fn plan(&self, plan: &PlanFact) -> [(Name, String); 2] {
        let digest = plan.digest.clone();
        let digest = digest.unwrap_or_else(|| notes::no_digest(self.lang).to_owned());
        [
            (Name::Plan, notes::plan(self.lang, &plan.revision)),
            (Name::PlanDigest, digest),
        ]
    }

    /// Room for those who sign it on paper.
    pub(super) fn signatures(&self) -> Vec<Block> {
        let cells =
            notes::signatures(self.lang).map(|one| Text::plain([one, "\n\u{3000}"].concat()));
        vec![Block::Table(Table {
            columns: [1.0, 1.0, 1.0].map(Column::of).to_vec(),
            head: Vec::new(),
            rows: vec![cells.to_vec()],
        })]
    }
}
