//! What many incidents and complaints say together: how many, when, and how fast they were handled, held
//! against the deadlines of the plan and the days that receipts promise. A tap that was undone was no
//! incident, and a complaint that lies aside was meant by nobody: neither counts.
//!
//! Medians and 90th percentiles are by nearest rank: the smallest value that at least half, or nine
//! tenths, of all do not exceed, so that each is a time that was really taken.

mod period;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Timelike, Utc};

use super::complaint::{About, Complaint};
use super::plan::{DoneBy, IncidentType, Plan};
use super::summary::IncidentState;

pub use period::{Length, Month, Period, Quarter};

/// Days of a week.
pub const WEEK: usize = 7;
/// Hours of a day.
pub const HOURS: usize = 24;

/// What counts of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentFact<'a> {
    /// Its type today.
    pub type_id: &'a str,
    /// When it began.
    pub started: DateTime<Utc>,
    /// Where it stands.
    pub standing: IncidentState,
    /// When it was closed, where it is.
    pub ended: Option<DateTime<Utc>>,
    /// Milliseconds until the first word on a step.
    pub to_step: Option<i64>,
    /// Milliseconds until the first call that somebody answered.
    pub to_report: Option<i64>,
}

/// What counts of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplaintFact {
    /// What it is about.
    pub about: About,
    /// When it came in.
    pub received: DateTime<Utc>,
    /// When it was answered first, or settled without an answer.
    pub answered: Option<DateTime<Utc>>,
    /// The end of the day by which an answer is promised now.
    pub answer_by: Option<DateTime<Utc>>,
    /// Whether it lies aside.
    pub is_aside: bool,
    /// Whether its words are gone, so that nothing can be owed any more.
    pub is_erased: bool,
}

impl ComplaintFact {
    /// Of a complaint.
    pub fn of(complaint: &Complaint) -> Self {
        Self {
            about: complaint.about,
            received: complaint.received,
            answered: complaint.answered.or(complaint.closed),
            answer_by: complaint.promise.map(|promise| promise.answer_by.over()),
            is_aside: complaint.aside.is_some(),
            is_erased: complaint.erased.is_some(),
        }
    }
}

/// In which time a type's guide wants something done, in milliseconds from the beginning on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// Its first step.
    pub step: Option<i64>,
    /// The first call that it always asks for.
    pub report: Option<i64>,
}

impl Deadlines {
    /// Those of a type.
    pub fn of(kind: &IncidentType) -> Self {
        let now = kind.steps.iter().filter(|step| !step.is_follow_up());
        let always = now
            .clone()
            .filter(|step| step.only.is_empty() && step.condition.is_none());
        let calls = always.filter(|step| step.done_by == Some(DoneBy::Call));
        let ms = |seconds: u32| i64::from(seconds) * 1000;
        Self {
            step: now.into_iter().next().and_then(|step| step.within).map(ms),
            report: calls.filter_map(|step| step.within).min().map(ms),
        }
    }

    /// Those of all types of a plan, by their ids.
    pub fn of_plan(plan: &Plan) -> BTreeMap<String, Self> {
        let kinds = plan.incidents.iter();
        kinds
            .map(|kind| (kind.id.clone(), Self::of(kind)))
            .collect()
    }
}

/// How many of those that had a deadline kept it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InTime {
    /// Those that kept it.
    pub kept: usize,
    /// All that had one, and for which it is decided.
    pub of: usize,
}

impl InTime {
    fn note(&mut self, kept: bool) {
        self.kept += usize::from(kept);
        self.of += 1;
    }

    /// Those that did not keep it.
    pub fn missed(self) -> usize {
        self.of - self.kept
    }
}

/// How values are spread: milliseconds, or whole days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// The value that half do not exceed.
    pub median: Option<i64>,
    /// The value that nine tenths do not exceed.
    pub ninetieth: Option<i64>,
    /// How many kept their deadline.
    pub in_time: InTime,
}

/// The value of the rank `percent` of `sorted`, by nearest rank; none of none.
pub fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.max(1) - 1).copied()
}

#[derive(Debug, Default)]
struct Values {
    values: Vec<i64>,
    in_time: InTime,
}

impl Values {
    fn spread(mut self) -> Spread {
        self.values.sort_unstable();
        Spread {
            count: self.values.len(),
            median: nearest_rank(&self.values, 50),
            ninetieth: nearest_rank(&self.values, 90),
            in_time: self.in_time,
        }
    }
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// The time that was looked at.
    pub period: Period,
    /// How many incidents there were.
    pub incidents: usize,
    /// How many of them are still open.
    pub open: usize,
    /// Taps that were undone, which count nowhere else.
    pub undone: usize,
    /// How many of each type, by its id: the most frequent first.
    pub by_type: Vec<(String, usize)>,
    /// How many in each month from the first to the last in which there was any, complaints included.
    pub by_month: Vec<(Month, usize, usize)>,
    /// How many on each day of the week, Monday first, in each of its hours.
    pub by_hour: [[usize; HOURS]; WEEK],
    /// Milliseconds to the first word on a step.
    pub to_step: Spread,
    /// Milliseconds to the first call that somebody answered.
    pub to_report: Spread,
    /// Milliseconds until it was closed.
    pub to_close: Spread,
    /// How many complaints there were.
    pub complaints: usize,
    /// How many of each subject, in the order of the form.
    pub by_subject: Vec<(About, usize)>,
    /// Days until they were answered, 0 for the same day; those still open whose day has passed count as
    /// late.
    pub to_answer: Spread,
}

impl Statistics {
    /// Whether nothing was counted at all.
    pub fn is_empty(&self) -> bool {
        self.incidents + self.complaints == 0
    }

    /// How many incidents on each day of the week, Monday first.
    pub fn by_weekday(&self) -> [usize; WEEK] {
        self.by_hour.map(|day| day.iter().sum())
    }

    /// How many in each hour of the day.
    pub fn by_time_of_day(&self) -> [usize; HOURS] {
        let mut hours = [0; HOURS];
        for day in &self.by_hour {
            for (sum, count) in hours.iter_mut().zip(day) {
                *sum += count;
            }
        }
        hours
    }
}

/// Counts facts one by one, on the branch's clock in `zone`.
#[derive(Debug)]
pub struct Counting<'a, Z> {
    zone: &'a Z,
    deadlines: &'a BTreeMap<String, Deadlines>,
    now: DateTime<Utc>,
    counted: Statistics,
    types: BTreeMap<String, usize>,
    months: BTreeMap<Month, (usize, usize)>,
    subjects: [usize; About::ALL.len()],
    to_step: Values,
    to_report: Values,
    to_close: Values,
    to_answer: Values,
}

impl<'a, Z: TimeZone> Counting<'a, Z> {
    /// Begins to count what `period` holds, as things stand at `now`.
    pub fn begin(
        period: Period,
        zone: &'a Z,
        deadlines: &'a BTreeMap<String, Deadlines>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            zone,
            deadlines,
            now,
            counted: Statistics {
                period,
                incidents: 0,
                open: 0,
                undone: 0,
                by_type: Vec::new(),
                by_month: Vec::new(),
                by_hour: [[0; HOURS]; WEEK],
                to_step: Spread::default(),
                to_report: Spread::default(),
                to_close: Spread::default(),
                complaints: 0,
                by_subject: Vec::new(),
                to_answer: Spread::default(),
            },
            types: BTreeMap::new(),
            months: BTreeMap::new(),
            subjects: [0; About::ALL.len()],
            to_step: Values::default(),
            to_report: Values::default(),
            to_close: Values::default(),
            to_answer: Values::default(),
        }
    }

    /// Takes an incident in.
    pub fn incident(&mut self, fact: &IncidentFact<'_>) {
        if fact.standing == IncidentState::Undone {
            self.counted.undone += 1;
            return;
        }
        self.counted.incidents += 1;
        match self.types.get_mut(fact.type_id) {
            Some(count) => *count += 1,
            None => drop(self.types.insert(fact.type_id.to_owned(), 1)),
        }
        let local = fact.started.with_timezone(self.zone).naive_local();
        self.months.entry(Month::of(local.date())).or_default().0 += 1;
        let day = local.weekday().num_days_from_monday() as usize;
        let hour = self.counted.by_hour.get_mut(day);
        if let Some(count) = hour.and_then(|day| day.get_mut(local.hour() as usize)) {
            *count += 1;
        }
        let deadlines = self.deadlines.get(fact.type_id).copied();
        let deadlines = deadlines.unwrap_or_default();
        let passed = (self.now - fact.started).num_milliseconds();
        let is_open = fact.standing == IncidentState::Open;
        self.counted.open += usize::from(is_open);
        let note = |values: &mut Values, took: Option<i64>, within: Option<i64>| {
            values.values.extend(took);
            // What has not been done yet may still be in time.
            let decided =
                took.is_some() || !is_open || within.is_some_and(|within| passed > within);
            if let Some(within) = within.filter(|_| decided) {
                values.in_time.note(took.is_some_and(|took| took <= within));
            }
        };
        note(&mut self.to_step, fact.to_step, deadlines.step);
        note(&mut self.to_report, fact.to_report, deadlines.report);
        let ended = fact.ended.filter(|_| !is_open);
        let to_close = ended.map(|ended| (ended - fact.started).num_milliseconds());
        self.to_close.values.extend(to_close);
    }

    /// Takes a complaint in.
    pub fn complaint(&mut self, fact: &ComplaintFact) {
        if fact.is_aside {
            return;
        }
        self.counted.complaints += 1;
        let place = About::ALL.iter().position(|about| *about == fact.about);
        if let Some(count) = place.and_then(|place| self.subjects.get_mut(place)) {
            *count += 1;
        }
        let day = |at: DateTime<Utc>| at.with_timezone(self.zone).date_naive();
        self.months
            .entry(Month::of(day(fact.received)))
            .or_default()
            .1 += 1;
        if let Some(answered) = fact.answered {
            let days = day(answered) - day(fact.received);
            self.to_answer.values.push(days.num_days().max(0));
        }
        // The day is over with its end, so that what is answered at that moment is late.
        let is_late = |at: DateTime<Utc>| fact.answer_by.map(|by| at >= by);
        match (fact.answered.map(is_late), is_late(self.now)) {
            (Some(Some(late)), _) => self.to_answer.in_time.note(!late),
            (None, Some(true)) if !fact.is_erased => self.to_answer.in_time.note(false),
            _ => {}
        }
    }

    /// What was counted.
    pub fn end(self) -> Statistics {
        let mut by_type: Vec<(String, usize)> = self.types.into_iter().collect();
        // The ids are in their order: those that are as frequent stay so.
        by_type.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Statistics {
            by_type,
            by_month: every_month(&self.months),
            to_step: self.to_step.spread(),
            to_report: self.to_report.spread(),
            to_close: self.to_close.spread(),
            by_subject: About::ALL.into_iter().zip(self.subjects).collect(),
            to_answer: self.to_answer.spread(),
            ..self.counted
        }
    }
}

/// Every month from the first to the last, also where nothing was.
fn every_month(months: &BTreeMap<Month, (usize, usize)>) -> Vec<(Month, usize, usize)> {
    let ends = months
        .keys()
        .next()
        .copied()
        .zip(months.keys().next_back().copied());
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    let all = std::iter::successors(Some(first), |month| month.next());
    all.take_while(|month| *month <= last)
        .map(|month| {
            let (incidents, complaints) = months.get(&month).copied().unwrap_or_default();
            (month, incidents, complaints)
        })
        .collect()
}

/// A number of milliseconds as a time.
pub fn time(ms: i64) -> TimeDelta {
    TimeDelta::try_milliseconds(ms).unwrap_or_default()
}
