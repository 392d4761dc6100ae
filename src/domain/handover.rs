//! What an ambulance crew, the fire brigade or the police are told when they come: what was done, and
//! when, as the record of an incident has it. Nothing is in it that the record does not hold.

use chrono::{DateTime, Utc};

use super::calling::{CallEvent, Outcome};
use super::evacuation::{End, EvacuationEvent};
use super::incident::{Incident, IncidentEvent, Mark};
use super::plan::{IncidentType, Text};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act<'a> {
    /// When, by the clock as it is set now.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Done<'a>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done<'a> {
    /// A step of the guide.
    Step(&'a Text),
    /// A step of the guide that was begun and goes on.
    Begun(&'a Text),
    /// A question was answered.
    Answer(&'a Text),
    /// A role was called, and answered.
    Reached(&'a Text),
    /// A role was called, and nobody answered.
    NotReached(&'a Text),
    /// People were told to leave.
    Evacuation,
    /// They were told that it is over.
    AllClear,
}

/// What was done, the first first. Of what was corrected since the last word alone.
pub fn acts(incident: &Incident) -> Vec<Act<'_>> {
    let lines: Vec<_> = incident.latest().collect();
    let found = lines.into_iter().rev();
    found
        .filter_map(|(at, line)| {
            let what = done(incident, line)?;
            Some(Act { at, what })
        })
        .collect()
}

fn done<'a>(incident: &'a Incident, line: &'a super::incident::LogLine) -> Option<Done<'a>> {
    let is_last = |last: Option<DateTime<Utc>>| last == Some(line.at);
    match &line.event {
        IncidentEvent::StepMarked {
            step,
            command,
            mark: Mark::Done,
            ..
        } => {
            let marked = incident.marks.get(step)?;
            (marked.mark == Mark::Done && is_last(last_mark(incident, step)))
                .then_some(Done::Step(command))
        }
        IncidentEvent::Answered { step, words, .. } => {
            is_last(last_mark(incident, step)).then_some(Done::Answer(words))
        }
        IncidentEvent::StepStarted { step, command }
        | IncidentEvent::StepHanded { step, command, .. } => incident
            .under_way(step)
            .is_some()
            .then_some(Done::Begun(command)),
        IncidentEvent::Call(CallEvent::Called { name, .. }) => {
            match incident.call_outcome(&line.entry)? {
                Outcome::Answered => Some(Done::Reached(name)),
                Outcome::NoAnswer => Some(Done::NotReached(name)),
                Outcome::NotMade => None,
            }
        }
        IncidentEvent::Evacuation(EvacuationEvent::Started { .. }) => {
            let evacuation = incident.evacuation.as_ref()?;
            // One that was taken back, or came before the last, is none of theirs.
            (!evacuation.was_false_alarm()).then_some(Done::Evacuation)
        }
        IncidentEvent::Evacuation(EvacuationEvent::Ended { end: End::AllClear }) => {
            let evacuation = incident.evacuation.as_ref()?;
            (!evacuation.is_running()).then_some(Done::AllClear)
        }
        _ => None,
    }
}

/// When the last word on a step was said, as its entry has it.
fn last_mark(incident: &Incident, wanted: &super::incident::StepRef) -> Option<DateTime<Utc>> {
    incident
        .log
        .iter()
        .rev()
        .find_map(|line| match &line.event {
            IncidentEvent::StepMarked { step, .. } | IncidentEvent::Answered { step, .. }
                if step == wanted =>
            {
                Some(line.at)
            }
            _ => None,
        })
}

/// What the incident is called where whoever it is about may read along: the event itself, as the
/// police are told it, or else its open name.
pub fn open_words<'a>(incident: &'a Incident, kind: Option<&'a IncidentType>) -> &'a Text {
    match kind {
        Some(kind) if kind.discreet => kind.police_words.as_ref().unwrap_or(kind.open_name()),
        Some(kind) => &kind.name,
        None => &incident.name,
    }
}
