//! The head of a report, and the whole in a few sentences.

use super::IncidentReport;
use crate::document::model::{Block, Text};
use crate::domain::calling::Outcome;
use crate::domain::report::{EvacuationFact, ResuscitationFact, Standing, StepFact, StepState};
use crate::domain::report::{Tally, Timing};
use crate::domain::summary::IncidentState;
use crate::i18n::report::{self as words, Name, Part, notes};
use crate::i18n::{evacuation, event_text};

impl IncidentReport<'_> {
    /// Whose incident it is, of which kind, and how it stands.
    pub(super) fn header(&self) -> Vec<Block> {
        let (report, branch) = (self.report, &self.settings.branch);
        let standing = match report.standing {
            Standing::Open => IncidentState::Open,
            Standing::Undone => IncidentState::Undone,
            Standing::Closed(..) => IncidentState::Closed,
        };
        let clauses = words::clauses_of(self.lang, &report.clauses);
        let class = report.class.as_ref().map(|one| one.in_lang(self.lang));
        let facts = [
            (Name::Firm, self.settings.firm.name.clone()),
            (Name::Branch, branch.name.clone()),
            (Name::Address, branch.address.clone()),
            (Name::Type, Some(report.name.in_lang(self.lang).to_owned())),
            (Name::Class, class.map(str::to_owned)),
            (Name::Clauses, Some(clauses).filter(|one| !one.is_empty())),
            (Name::Number, Some(report.id.to_string())),
            (
                Name::Status,
                Some(self.record_words().standing(standing).to_owned()),
            ),
        ];
        let known = facts
            .into_iter()
            .filter_map(|(name, fact)| Some((name, fact?)));
        vec![self.facts(known)]
    }

    /// The whole in a few sentences, each derived from the facts that follow.
    pub(super) fn summary(&self) -> Vec<Block> {
        let mut sentences = vec![self.course()];
        sentences.extend(self.retyped());
        let text = words::sentences(self.lang, &sentences);
        let mut blocks = vec![
            self.heading(Part::Summary),
            Block::Paragraph(Text::plain(text)),
        ];
        let items: Vec<Text> = self.told().into_iter().map(Text::from).collect();
        if !items.is_empty() {
            blocks.push(Block::List {
                numbered: false,
                items,
            });
        }
        blocks
    }

    fn course(&self) -> String {
        let report = self.report;
        let (name, began) = (report.name.in_lang(self.lang), self.moment(report.started));
        let lasted = self.span(report.lasted);
        match &report.standing {
            Standing::Open => words::going_on(self.lang, name, &began, &lasted),
            Standing::Undone => words::mistaken(self.lang, name, &began),
            Standing::Closed(at, outcome) => {
                let (ended, outcome) = (self.moment(*at), outcome.in_lang(self.lang));
                words::over(self.lang, [name, &began, &ended, &lasted, outcome])
            }
        }
    }

    fn retyped(&self) -> Vec<String> {
        let types = &self.report.types;
        let pairs = types.iter().zip(types.iter().skip(1));
        let said = pairs.map(|(before, now)| {
            words::retyped(
                self.lang,
                before.name.in_lang(self.lang),
                now.name.in_lang(self.lang),
                &self.time(now.since),
            )
        });
        said.collect()
    }

    /// What there is to tell at a glance.
    fn told(&self) -> Vec<String> {
        let (report, lang) = (self.report, self.lang);
        let mut told = Vec::new();
        let tally = report.tally();
        if tally.of > 0 {
            told.push(words::steps(lang, &tally));
            told.extend(words::deadlines(lang, &tally));
        }
        told.extend(self.follow_ups_told());
        told.extend(report.evacuations.iter().map(|one| self.led_out(one)));
        told.extend(
            report
                .resuscitations
                .iter()
                .map(|one| self.resuscitated(one)),
        );
        let made = || {
            report
                .calls
                .iter()
                .filter(|one| one.outcome != Outcome::NotMade)
        };
        if made().next().is_some() {
            let answered = made().filter(|one| one.outcome == Outcome::Answered);
            told.push(words::calls(lang, made().count(), answered.count()));
        }
        match report.complaints.as_deref() {
            Some([]) | None => {}
            Some(joined) => told.push(notes::complaints(lang, joined.len())),
        }
        if report.corrections + report.struck > 0 {
            told.push(notes::corrections(lang, report.corrections, report.struck));
        }
        if report.was_clock_set() {
            told.push(notes::jumps(lang, report.jumps));
        }
        told
    }

    fn follow_ups_told(&self) -> Option<String> {
        let all = &self.report.follow_ups;
        let tally = Tally::of(all);
        let left = || all.iter().filter(|one| one.is_open());
        let overdue = left().filter(|one| matches!(one.timing, Timing::Missed(_)));
        let in_time = left().filter(|one| !matches!(one.timing, Timing::Missed(_)));
        let next = in_time.filter_map(|one| one.due).min();
        let next = next.map(|due| self.moment(due));
        (tally.of > 0)
            .then(|| words::follow_ups(self.lang, &tally, overdue.count(), next.as_deref()))
    }

    fn led_out(&self, fact: &EvacuationFact) -> String {
        let one = &fact.evacuation;
        let heads = evacuation::heads(self.lang, one.out, None, None);
        let rest = [self.how_it_ended(fact), heads, self.missing(fact)];
        let rest = words::list(self.lang, &rest);
        notes::led_out(self.lang, &self.time(one.started), &rest)
    }

    /// How an evacuation ended, or that it has not.
    pub(super) fn how_it_ended(&self, fact: &EvacuationFact) -> String {
        match fact.evacuation.ended {
            None => notes::still_going(self.lang).to_owned(),
            Some((at, end)) => {
                let how = event_text::evacuation_end(self.lang, end);
                notes::ended(self.lang, how, &self.time(at))
            }
        }
    }

    /// How many are missing by the last word on it.
    pub(super) fn missing(&self, fact: &EvacuationFact) -> String {
        match fact.evacuation.missing_in_all() {
            None => evacuation::missing_unknown(self.lang).to_owned(),
            Some(0) => evacuation::nobody_missing(self.lang).to_owned(),
            Some(count) => evacuation::missing_count(self.lang, count),
        }
    }

    fn resuscitated(&self, fact: &ResuscitationFact) -> String {
        let one = &fact.resuscitation;
        let rest = self.how_resuscitation_ended(fact);
        notes::resuscitated(self.lang, &self.time(one.started), &rest)
    }

    /// How a resuscitation ended, or that it has not.
    pub(super) fn how_resuscitation_ended(&self, fact: &ResuscitationFact) -> String {
        match fact.resuscitation.ended {
            None => notes::still_going(self.lang).to_owned(),
            Some((at, end)) => {
                let how = words::resuscitation_end(self.lang, end);
                notes::ended(self.lang, how, &self.time(at))
            }
        }
    }

    /// What did not go as the plan asks.
    pub(super) fn deviations(&self) -> Vec<Block> {
        let report = self.report;
        if report.standing == Standing::Undone {
            return Vec::new();
        }
        let mut blocks = vec![self.heading(Part::Deviations)];
        if report.plans.iter().any(|one| !one.is_known) {
            blocks.push(Block::Paragraph(notes::plan_unknown(self.lang).into()));
        }
        let items: Vec<Text> = report.deviating().map(|one| self.deviating(one)).collect();
        if !items.is_empty() {
            blocks.push(Block::List {
                numbered: false,
                items,
            });
        } else if blocks.len() == 1 {
            let words = if report.is_as_planned() {
                notes::as_planned(self.lang)
            } else {
                notes::none_noted(self.lang)
            };
            blocks.push(Block::Paragraph(words.into()));
        }
        blocks
    }

    fn deviating(&self, one: &StepFact) -> Text {
        let state = words::state(self.lang, one.state);
        let timing = words::timing(self.lang, one.timing);
        // What was done is told by how late it was.
        let is_by_time = one.state == StepState::Done;
        let what = match (is_by_time, &timing) {
            (true, Some(timing)) => timing.clone(),
            _ => state.to_owned(),
        };
        let mut aside: Vec<String> = Vec::new();
        aside.extend(timing.filter(|_| !is_by_time));
        aside.extend(self.against(one));
        aside.extend(
            (one.reason.as_ref()).map(|one| notes::because(self.lang, one.in_lang(self.lang))),
        );
        let command = notes::behind(self.lang, &self.command(one));
        let mut text = super::marked(Text::default(), &what).and(command);
        if !aside.is_empty() {
            text = text.and(notes::aside(self.lang, &words::list(self.lang, &aside)));
        }
        text
    }
}
