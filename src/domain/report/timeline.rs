//! The entries one by one, with what is out of the ordinary about each.

use chrono::{DateTime, TimeDelta, Utc};

use super::replay::Replay;
use super::{Source, SourceEntry, Unread};
use crate::domain::actor::Actor;
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::clock::{jump, moved};
use crate::domain::evacuation::EvacuationEvent;
use crate::domain::ids::{EntryId, PersonId};
use crate::domain::incident::{Incident, IncidentEvent, Mark};
use crate::domain::resuscitation::ResuscitationEvent;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever was on duty, where somebody had said who that was.
    OnDuty(Option<PersonId>),
    /// Whoever had given a PIN; the first administrator's is nobody's by name.
    SignedIn(Option<PersonId>),
    /// The program by itself.
    Program,
    /// Nobody has noted who.
    Unnoted,
    /// Somebody whom this program does not know, by the entry's own name for that one.
    Other(String),
}

impl Who {
    /// Whoever the actor of an entry names.
    pub fn of(actor: Option<&str>) -> Self {
        match (actor.and_then(Actor::read), actor) {
            (Some((Actor::OnDuty, person)), _) => Self::OnDuty(person),
            (Some((Actor::SignedIn, person)), _) => Self::SignedIn(person),
            (None, Some(other)) => Self::Other(other.to_owned()),
            (None, None) => Self::Unnoted,
        }
    }
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something that happened.
    Event(IncidentEvent),
    /// Something that cannot be read: the name of its kind, and why.
    Unread(String, Unread),
}

/// What is out of the ordinary about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// A step was left out on purpose.
    Skipped,
    /// A step was not possible.
    Cannot,
    /// A follow-up was let go.
    Waived,
    /// A step was begun, answered or done so much after its deadline.
    Late(TimeDelta),
    /// It corrects an earlier entry.
    Corrects,
    /// It was corrected later.
    Corrected,
    /// A note or a call that was struck out later.
    Struck,
    /// It takes something back that was tapped by mistake.
    TakesBack,
    /// The clock was set.
    ClockSet,
    /// It cannot be read.
    Unread,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its position in the journal.
    pub seq: i64,
    /// Its id.
    pub entry: EntryId,
    /// When it happened, by the clock as it is set now; none if the stored number is no time.
    pub at: Option<DateTime<Utc>>,
    /// What the clock showed then, where that is something else.
    pub stamped: Option<DateTime<Utc>>,
    /// How long after the start.
    pub since: Option<TimeDelta>,
    /// Who acted.
    pub who: Who,
    /// What happened.
    pub what: What,
    /// What is out of the ordinary.
    pub deviations: Vec<Deviation>,
}

pub(super) fn of(source: &Source<'_>, replay: &Replay) -> Vec<Moment> {
    let mut since = TimeDelta::zero();
    let moments = source.entries.iter().rev().map(|entry| {
        let at = entry.at.map(|at| moved(at, since));
        if let Ok(IncidentEvent::ClockJumped { by_ms }) = entry.event {
            since = since.checked_add(&jump(by_ms)).unwrap_or(since);
        }
        moment(source, replay, entry, at)
    });
    let mut moments: Vec<Moment> = moments.collect();
    moments.reverse();
    moments
}

fn moment(
    source: &Source<'_>,
    replay: &Replay,
    entry: &SourceEntry,
    at: Option<DateTime<Utc>>,
) -> Moment {
    Moment {
        seq: entry.seq,
        entry: entry.id.clone(),
        at,
        stamped: entry.at.filter(|stamped| Some(*stamped) != at),
        since: at.map(|at| (at - source.incident.started).max(TimeDelta::zero())),
        who: who(entry),
        what: match &entry.event {
            Ok(event) => What::Event(event.clone()),
            Err(why) => What::Unread(entry.kind.clone(), *why),
        },
        deviations: match &entry.event {
            Ok(event) => deviations(source.incident, replay, entry, event),
            Err(_) => vec![Deviation::Unread],
        },
    }
}

/// Who acted, as the entry tells. A jump of the clock is nobody's act.
pub(super) fn who(entry: &SourceEntry) -> Who {
    match Who::of(entry.actor.as_deref()) {
        Who::Unnoted if matches!(entry.event, Ok(IncidentEvent::ClockJumped { .. })) => {
            Who::Program
        }
        who => who,
    }
}

fn deviations(
    incident: &Incident,
    replay: &Replay,
    entry: &SourceEntry,
    event: &IncidentEvent,
) -> Vec<Deviation> {
    let late = replay.late.get(&entry.id).copied().map(Deviation::Late);
    let corrects = |is: bool| is.then_some(Deviation::Corrects);
    let kind = match event {
        // A reason that is added to a word is no second one.
        IncidentEvent::StepMarked { .. } if replay.repeats.contains(&entry.id) => None,
        IncidentEvent::StepMarked { mark, .. } => match mark {
            Mark::Skipped => Some(Deviation::Skipped),
            Mark::Cannot => Some(Deviation::Cannot),
            Mark::Waived => Some(Deviation::Waived),
            Mark::Done | Mark::Open => None,
        },
        IncidentEvent::Noted { .. } => incident.is_struck(&entry.id).then_some(Deviation::Struck),
        IncidentEvent::Call(CallEvent::Called { answered, .. }) => {
            match incident.call_outcome(&entry.id) {
                Some(Outcome::NotMade) => Some(Deviation::Struck),
                Some(Outcome::Answered) if !answered => Some(Deviation::Corrected),
                Some(Outcome::NoAnswer) if *answered => Some(Deviation::Corrected),
                _ => None,
            }
        }
        IncidentEvent::StartUndone {}
        | IncidentEvent::CloseUndone {}
        | IncidentEvent::Evacuation(EvacuationEvent::Undone {} | EvacuationEvent::EndUndone {})
        | IncidentEvent::Resuscitation(
            ResuscitationEvent::Undone {} | ResuscitationEvent::EndUndone {},
        ) => Some(Deviation::TakesBack),
        IncidentEvent::ClockJumped { .. } => Some(Deviation::ClockSet),
        _ => None,
    };
    let correction = match event {
        IncidentEvent::StepMarked { correction, .. }
        | IncidentEvent::Answered { correction, .. } => corrects(*correction),
        IncidentEvent::NoteStruck { .. } | IncidentEvent::Call(CallEvent::Corrected { .. }) => {
            corrects(true)
        }
        _ => None,
    };
    [kind, late, correction].into_iter().flatten().collect()
}
