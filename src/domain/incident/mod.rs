//! An incident: its state as the fold of what happened to it.

mod calls;
pub(super) mod course;
mod event;
mod progress;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use self::course::Course;
use self::progress::Progress;
use super::clock::{jump, moved};
use super::evacuation::Evacuation;
use super::plan::Text;
use super::resuscitation::Resuscitation;
use super::undo::{REOPEN, UNDO};
use crate::domain::ids::{EntryId, IncidentId};
pub use event::{Field, FollowUp, IncidentEvent, Mark, Reason, Status, StepRef};
pub use progress::UnderWay;

/// For how long the same quick note again is the same one.
const SAME_TAP: TimeDelta = TimeDelta::seconds(2);

/// The last word on one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What became of it.
    pub mark: Mark,
    /// When that was said.
    pub at: DateTime<Utc>,
    /// Why, where a reason was given.
    pub reason: Option<Reason>,
}

/// One line of an incident's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// The journal's entry.
    pub entry: EntryId,
    /// When it happened, by the clock as it was set then.
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: IncidentEvent,
}

/// An incident, folded from its entries. Every moment in it but those of the log is by the clock
/// as it is set now: where that was set since, the moments before moved with it, so that what has
/// passed since then, and what is left until then, is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its identity.
    pub id: IncidentId,
    /// When it began.
    pub started: DateTime<Utc>,
    /// Its type today.
    pub type_id: String,
    /// Since when it is of that type: from then on its guide is walked.
    pub typed: DateTime<Utc>,
    /// The name of its type, as the plan said it then.
    pub name: Text,
    /// Where it stands.
    pub status: Status,
    /// Digest of the plan that it is bound to, where that was noted.
    pub plan_digest: Option<String>,
    /// The last word on each step.
    pub marks: BTreeMap<StepRef, Marked>,
    /// What is known of each step beside that.
    pub(super) progress: Progress,
    /// Follow-ups left behind at the last close and not yet settled.
    pub follow_ups: Vec<FollowUp>,
    /// The last evacuation because of it.
    pub evacuation: Option<Evacuation>,
    /// The last resuscitation in it.
    pub resuscitation: Option<Resuscitation>,
    /// What was written about it must be kept, and why.
    pub held: Option<Reason>,
    /// Everything that happened, in order.
    pub log: Vec<LogLine>,
}

impl Incident {
    /// Begins an incident from its first event; any other event begins nothing.
    pub fn begin(
        id: &IncidentId,
        entry: &EntryId,
        at: DateTime<Utc>,
        event: &IncidentEvent,
    ) -> Option<Self> {
        let IncidentEvent::Started {
            type_id,
            name,
            digest,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id: id.clone(),
            started: at,
            type_id: type_id.clone(),
            typed: at,
            name: name.clone(),
            status: Status::Open,
            plan_digest: digest.clone(),
            marks: BTreeMap::new(),
            progress: Progress::default(),
            follow_ups: Vec::new(),
            evacuation: None,
            resuscitation: None,
            held: None,
            log: vec![LogLine {
                entry: entry.clone(),
                at,
                event: event.clone(),
            }],
        })
    }

    /// Takes in the next event.
    pub fn apply(&mut self, entry: &EntryId, at: DateTime<Utc>, event: &IncidentEvent) {
        self.course().apply(at, event);
        self.progress.apply(at, event);
        match event {
            IncidentEvent::StepMarked {
                step, mark, reason, ..
            } => {
                self.marks.insert(
                    step.clone(),
                    Marked {
                        mark: *mark,
                        at,
                        reason: reason.clone(),
                    },
                );
            }
            IncidentEvent::Answered { step, .. } => {
                let marked = Marked {
                    mark: Mark::Done,
                    at,
                    reason: None,
                };
                self.marks.insert(step.clone(), marked);
            }
            IncidentEvent::StepStarted { step, .. } | IncidentEvent::StepHanded { step, .. } => {
                self.marks.remove(step);
            }
            IncidentEvent::Evacuation(event) => Evacuation::apply(&mut self.evacuation, at, event),
            IncidentEvent::Resuscitation(event) => {
                Resuscitation::apply(&mut self.resuscitation, at, event);
            }
            IncidentEvent::CloseUndone {} => {
                if let Some(resuscitation) = &mut self.resuscitation {
                    resuscitation.resume();
                }
                // With the close, what it ended is taken back as well.
                if let Some(evacuation) = &mut self.evacuation {
                    evacuation.resume();
                }
            }
            IncidentEvent::ClockJumped { by_ms } => self.shift(jump(*by_ms)),
            IncidentEvent::Retyped { digest, .. } => {
                self.typed = at;
                if digest.is_some() {
                    self.plan_digest.clone_from(digest);
                }
            }
            IncidentEvent::Closed { .. } => {
                if let Some(resuscitation) = &mut self.resuscitation {
                    resuscitation.close(at);
                }
            }
            IncidentEvent::Held { reason } => self.held = Some(reason.clone()),
            IncidentEvent::Released { .. } => self.held = None,
            IncidentEvent::Started { .. }
            | IncidentEvent::StartUndone {}
            | IncidentEvent::ConditionHeld { .. }
            | IncidentEvent::AloneSet { .. }
            | IncidentEvent::Prompted { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::NoteStruck { .. }
            | IncidentEvent::Written { .. }
            | IncidentEvent::Erased { .. }
            | IncidentEvent::Reopened {}
            | IncidentEvent::Call(_) => {}
        }
        self.log.push(LogLine {
            entry: entry.clone(),
            at,
            event: event.clone(),
        });
    }

    fn course(&mut self) -> Course<'_> {
        Course {
            started: &mut self.started,
            type_id: &mut self.type_id,
            name: &mut self.name,
            status: &mut self.status,
            follow_ups: &mut self.follow_ups,
        }
    }

    /// Moves along what its course does not.
    fn shift(&mut self, by: TimeDelta) {
        self.typed = moved(self.typed, by);
        self.progress.shift(by);
        for marked in self.marks.values_mut() {
            marked.at = moved(marked.at, by);
        }
        if let Some(evacuation) = &mut self.evacuation {
            evacuation.shift(by);
        }
        if let Some(resuscitation) = &mut self.resuscitation {
            resuscitation.shift(by);
        }
    }

    /// The lines of the log from the last one back, each with its moment by the clock as it is set
    /// now.
    pub fn latest(&self) -> impl Iterator<Item = (DateTime<Utc>, &LogLine)> {
        let mut since = TimeDelta::zero();
        self.log.iter().rev().map(move |line| {
            let at = moved(line.at, since);
            if let IncidentEvent::ClockJumped { by_ms } = line.event {
                since = since.checked_add(&jump(by_ms)).unwrap_or(since);
            }
            (at, line)
        })
    }

    /// Whether its type was changed at or after `since`, by the clock as it is set now.
    pub fn was_retyped_since(&self, since: DateTime<Utc>) -> bool {
        self.latest()
            .take_while(|(at, _)| *at >= since)
            .any(|(_, line)| matches!(line.event, IncidentEvent::Retyped { .. }))
    }

    /// When it was last acted on. A jump of the clock is no act.
    pub fn last_act(&self) -> DateTime<Utc> {
        self.latest()
            .find(|(_, line)| !matches!(line.event, IncidentEvent::ClockJumped { .. }))
            .map_or(self.started, |(at, _)| at)
    }

    /// Whether this quick note may be made now: not while the second tap of a shaking finger may
    /// be meant for the same one, which a slow tablet can bring late.
    pub fn may_note(&self, wanted: &str, now: DateTime<Utc>) -> bool {
        let just_now = TimeDelta::zero()..SAME_TAP;
        self.is_open()
            && !self.latest().any(|(at, line)| {
                matches!(&line.event, IncidentEvent::Noted { note, .. } if note == wanted)
                    && just_now.contains(&(now - at))
                    && !self.is_struck(&line.entry)
            })
    }

    /// Whether the note of this entry was struck out.
    pub fn is_struck(&self, note: &EntryId) -> bool {
        self.log.iter().any(
            |line| matches!(&line.event, IncidentEvent::NoteStruck { entry, .. } if entry == note),
        )
    }

    /// Whether it is being handled.
    pub fn is_open(&self) -> bool {
        self.status == Status::Open
    }

    /// The act that may still be taken back, and when it was: the start, or the close.
    fn undoable(&self) -> Option<DateTime<Utc>> {
        match self.status {
            Status::Open => Some(self.started),
            Status::Closed { at, .. } => Some(at),
            Status::Undone => None,
        }
    }

    /// Whether its start may be undone now.
    pub fn may_undo_start(&self, now: DateTime<Utc>) -> bool {
        self.is_open() && UNDO.is_open(self.started, now)
    }

    /// Whether its close may be undone now.
    pub fn may_undo_close(&self, now: DateTime<Utc>) -> bool {
        self.closed_at().is_some_and(|at| UNDO.is_open(at, now))
    }

    /// Seconds in which its start or its close can still be undone, rounded up; 0 for none.
    pub fn undo_left(&self, now: DateTime<Utc>) -> i32 {
        self.undoable().map_or(0, |at| UNDO.seconds_left(at, now))
    }

    /// Whether it may be reopened now.
    pub fn may_reopen(&self, now: DateTime<Utc>) -> bool {
        self.closed_at().is_some_and(|at| REOPEN.is_open(at, now))
    }

    /// For how long it has run, or ran until it was closed.
    pub fn elapsed(&self, now: DateTime<Utc>) -> TimeDelta {
        self.closed_at().unwrap_or(now) - self.started
    }

    /// When it was closed, if it is.
    pub fn closed_at(&self) -> Option<DateTime<Utc>> {
        match &self.status {
            Status::Closed { at, .. } => Some(*at),
            Status::Open | Status::Undone => None,
        }
    }
}

impl Incident {
    /// The evacuation that runs because of this incident.
    pub fn running_evacuation(&self) -> Option<&Evacuation> {
        self.evacuation
            .as_ref()
            .filter(|one| self.is_open() && one.is_running())
    }

    /// The resuscitation that goes on in this incident.
    pub fn running_resuscitation(&self) -> Option<&Resuscitation> {
        let going = self.resuscitation.as_ref();
        going.filter(|one| self.is_open() && one.is_running())
    }

    /// The evacuation because of this incident as the public is told of it: it runs, or it was
    /// ended so short a while ago that this may still be taken back.
    pub fn announced_evacuation(&self, now: DateTime<Utc>) -> Option<&Evacuation> {
        self.evacuation
            .as_ref()
            .filter(|one| self.is_open() && (one.is_running() || one.may_undo_end(now)))
    }
}
