//! What an ambulance crew, the fire brigade or the police are told when they come: what was done, and
//! when, as the record of an incident has it. Nothing is in it that the record does not hold.

use chrono::{DateTime, Utc};

use super::calling::{CallEvent, Outcome};
use super::evacuation::{End, EvacuationEvent};
use super::guide::Guide;
use super::incident::{Incident, IncidentEvent, LogLine, Mark, StepRef};
use super::plan::{FIRE_BRIGADE, IncidentType, Text};
use super::resuscitation::ResuscitationEvent;

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
    /// Of a resuscitation.
    Resuscitation(&'a ResuscitationEvent),
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

fn done<'a>(incident: &'a Incident, line: &'a LogLine) -> Option<Done<'a>> {
    let is_last = |last: Option<DateTime<Utc>>| last == Some(line.at);
    match &line.event {
        IncidentEvent::StepMarked {
            step,
            command,
            mark: Mark::Done,
            ..
        } => (is_done(incident, step)
            && is_last(last_mark(incident, step))
            && last_begin(incident, step).is_none())
        .then_some(Done::Step(command)),
        IncidentEvent::Answered { step, words, .. } => {
            is_last(last_mark(incident, step)).then_some(Done::Answer(words))
        }
        // What went on for a while is told with the moment at which it began.
        IncidentEvent::StepStarted { step, command }
        | IncidentEvent::StepHanded { step, command, .. }
            if is_last(last_begin(incident, step)) =>
        {
            if is_done(incident, step) {
                Some(Done::Step(command))
            } else {
                incident
                    .under_way(step)
                    .is_some()
                    .then_some(Done::Begun(command))
            }
        }
        IncidentEvent::Resuscitation(
            event @ (ResuscitationEvent::Started {}
            | ResuscitationEvent::AedHere {}
            | ResuscitationEvent::Ended { .. }),
        ) => (!was_undone(incident, line)).then_some(Done::Resuscitation(event)),
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

fn is_done(incident: &Incident, step: &StepRef) -> bool {
    let marked = incident.marks.get(step);
    marked.is_some_and(|marked| marked.mark == Mark::Done)
}

/// Whether the beginning or the end of a resuscitation was a mistake: what comes next of it says so.
fn was_undone(incident: &Incident, said: &LogLine) -> bool {
    let later = incident.log.iter().skip_while(|line| *line != said);
    let mut events = later.skip(1).filter_map(|line| match &line.event {
        IncidentEvent::Resuscitation(event) => Some(event),
        _ => None,
    });
    matches!(
        events.next(),
        Some(ResuscitationEvent::Undone {} | ResuscitationEvent::EndUndone {})
    )
}

/// When a step was begun or handed over last, since anything else was said of it: as its entry has
/// it.
fn last_begin(incident: &Incident, wanted: &StepRef) -> Option<DateTime<Utc>> {
    let (mut begun, mut is_over) = (None, true);
    for line in &incident.log {
        match &line.event {
            IncidentEvent::StepStarted { step, .. } | IncidentEvent::StepHanded { step, .. }
                if step == wanted =>
            {
                if is_over {
                    begun = Some(line.at);
                }
                is_over = false;
            }
            IncidentEvent::StepMarked { step, mark, .. } if step == wanted => {
                is_over = true;
                if *mark != Mark::Done {
                    begun = None;
                }
            }
            _ => {}
        }
    }
    begun
}

/// When the last word on a step was said, as its entry has it.
fn last_mark(incident: &Incident, wanted: &StepRef) -> Option<DateTime<Utc>> {
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

/// Whether whoever comes needs to know of the building: its keys, and where it is shut off. That is so
/// where people had to leave, where nobody knows what it is, and where the way through the guide calls
/// the fire brigade; not for somebody who has fallen ill.
pub fn concerns_building(incident: &Incident, kind: Option<&IncidentType>) -> bool {
    let calls = |kind: &IncidentType| {
        let guide = Guide::of(incident, kind);
        let contacts = guide.steps.iter().flat_map(|one| &one.step.contacts);
        contacts.chain(&kind.cards).any(|role| role == FIRE_BRIGADE)
    };
    let had_to_leave = incident.evacuation.as_ref();
    had_to_leave.is_some_and(|one| !one.was_false_alarm()) || kind.is_none_or(calls)
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
