//! Incidents, complaints and actions as rows of cells, for any kind of table. Of complaints only what the journal
//! knows: what customers wrote lies sealed beside it, and is in no row.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::complaint::{Complaint, Promise};
use crate::domain::review::ActionState;
use crate::domain::summary::{IncidentState, Summary};
use crate::service::reviews::Listed;
use crate::service::wording::{SheetColumn, Wording};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, whatever they begin with.
    Words(String),
    /// A moment.
    At(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
    /// A length of time in milliseconds.
    Span(i64),
    /// A number.
    Number(i64),
}

impl Cell {
    fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() {
            Self::Empty
        } else {
            Self::Words(words)
        }
    }

    fn at(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Empty, Self::At)
    }

    fn span(ms: Option<i64>) -> Self {
        ms.map_or(Self::Empty, Self::Span)
    }
}

/// The columns of incidents.
pub(super) const INCIDENTS: [SheetColumn; 10] = [
    SheetColumn::Started,
    SheetColumn::Ended,
    SheetColumn::Took,
    SheetColumn::Type,
    SheetColumn::State,
    SheetColumn::Outcome,
    SheetColumn::ToStep,
    SheetColumn::ToReport,
    SheetColumn::LeftToDo,
    SheetColumn::Incident,
];

/// The columns of complaints.
pub(super) const COMPLAINTS: [SheetColumn; 14] = [
    SheetColumn::Received,
    SheetColumn::Subject,
    SheetColumn::Stage,
    SheetColumn::AcceptBy,
    SheetColumn::Accepted,
    SheetColumn::AnswerBy,
    SheetColumn::Answered,
    SheetColumn::Settled,
    SheetColumn::Department,
    SheetColumn::Incidents,
    SheetColumn::Language,
    SheetColumn::HeldSince,
    SheetColumn::Erased,
    SheetColumn::Complaint,
];

/// The columns of actions.
pub(super) const ACTIONS: [SheetColumn; 11] = [
    SheetColumn::DueDay,
    SheetColumn::ActionKind,
    SheetColumn::ActionAbout,
    SheetColumn::Owner,
    SheetColumn::ActionState,
    SheetColumn::SettledAt,
    SheetColumn::Added,
    SheetColumn::Type,
    SheetColumn::Started,
    SheetColumn::ActionNumber,
    SheetColumn::Incident,
];

/// The row of an incident, in the order of [`INCIDENTS`].
pub(super) fn incident(one: &Summary, wording: &dyn Wording) -> Vec<Cell> {
    let fact = one.fact();
    let ended = one.ended.filter(|_| one.standing == IncidentState::Closed);
    let took = ended.map(|ended| (ended - one.started).num_milliseconds());
    let outcome = one.outcome.as_ref().map(|words| wording.text(words));
    vec![
        Cell::At(one.started),
        Cell::at(ended),
        Cell::span(took),
        Cell::words(wording.text(&one.name)),
        Cell::words(wording.state(one.standing)),
        Cell::words(outcome.unwrap_or_default()),
        Cell::span(fact.to_step),
        Cell::span(fact.to_report),
        Cell::Number(i64::try_from(one.follow_ups.len()).unwrap_or(i64::MAX)),
        Cell::words(one.id.as_str()),
    ]
}

/// The row of a complaint, in the order of [`COMPLAINTS`].
pub(super) fn complaint(one: &Complaint, wording: &dyn Wording) -> Vec<Cell> {
    // The last moment of the promised day, so that it is that day which stands there.
    let day = |promise: Option<Promise>, of: fn(Promise) -> DateTime<Utc>| {
        Cell::at(promise.map(|promise| of(promise) - chrono::TimeDelta::seconds(1)))
    };
    let department = one.department.as_ref().map(|name| wording.text(name));
    let incidents: Vec<&str> = one.incidents.iter().map(|id| id.as_str()).collect();
    vec![
        Cell::At(one.received),
        Cell::words(wording.subject(one.about)),
        Cell::words(wording.stage(one)),
        day(one.promise, |promise| promise.accept_by.over()),
        Cell::at(one.accepted),
        day(one.promise, |promise| promise.answer_by.over()),
        Cell::at(one.answered),
        Cell::at(one.closed),
        Cell::words(department.unwrap_or_default()),
        Cell::words(incidents.join(" ")),
        Cell::words(one.lang.as_str()),
        Cell::at(one.held.as_ref().map(|(at, _)| *at)),
        Cell::at(one.erased),
        Cell::words(one.id.as_str()),
    ]
}

/// The row of an action, in the order of [`ACTIONS`].
pub(super) fn action(one: &Listed, wording: &dyn Wording) -> Vec<Cell> {
    let planned = &one.action.planned;
    let settled = match one.action.state {
        ActionState::Open => None,
        ActionState::Done(at, _) | ActionState::Dropped(at, _) => Some(at),
    };
    vec![
        Cell::Day(planned.due),
        Cell::words(wording.action(planned.action)),
        Cell::words(wording.about(&planned.about)),
        Cell::words(wording.party(&planned.owner)),
        Cell::words(wording.action_state(one.action.state)),
        Cell::at(settled),
        Cell::At(one.action.added),
        Cell::words(wording.text(&one.name)),
        Cell::at(one.started),
        Cell::Number(one.action.number.into()),
        Cell::words(one.incident.as_str()),
    ]
}
