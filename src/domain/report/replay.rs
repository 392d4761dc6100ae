//! The incident once more from the beginning: what was known before each of its entries.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::leaving::{EvacuationFact, Leaving, ResuscitationFact};
use super::{Source, kind_of};
use crate::domain::clock::{jump, moved};
use crate::domain::guide::Guide;
use crate::domain::ids::EntryId;
use crate::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use crate::domain::plan::Text;

/// What passes for the same second: what was due at 15:47:00 and was done then is not late.
const SAME_SECOND: TimeDelta = TimeDelta::seconds(1);

/// What the entries say of one step, with moments by the clock as it is set now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    /// Its command, as it was said last.
    pub command: Text,
    /// The deadline that it had when it was begun or settled.
    pub due: Option<DateTime<Utc>>,
    /// When it was begun, or handed to somebody.
    pub begun: Option<DateTime<Utc>>,
    /// By when it was certainly begun or done; none while it is not.
    pub reached: Option<DateTime<Utc>>,
    /// Whether it may have been done earlier: that it was, was said in place of another word.
    pub belated: bool,
    /// Who has had it, where it was handed over.
    pub with: Option<Text>,
    /// Whether an earlier word on it was corrected.
    pub corrected: bool,
    /// Whether a superior's word was given for it.
    pub approved: bool,
    /// The last word on it.
    mark: Option<Mark>,
}

impl Course {
    fn shift(&mut self, by: TimeDelta) {
        let all = [&mut self.due, &mut self.begun, &mut self.reached];
        for at in all.into_iter().flatten() {
            *at = moved(*at, by);
        }
    }

    /// It is to do again, as if nothing had been said of it.
    fn reset(&mut self) {
        *self = Self {
            command: std::mem::take(&mut self.command),
            corrected: self.corrected,
            ..Self::default()
        };
    }

    /// It was begun or done at `at`, when its deadline was `due`. Answers by how much that was late.
    fn reach(&mut self, at: DateTime<Utc>, due: Option<DateTime<Utc>>) -> Option<TimeDelta> {
        if self.reached.is_some() {
            return None;
        }
        self.reached = Some(at);
        self.due = due;
        late(at, due)
    }
}

/// By how much something at `at` was later than `due`.
pub(super) fn late(at: DateTime<Utc>, due: Option<DateTime<Utc>>) -> Option<TimeDelta> {
    let over = at - due?;
    (over >= SAME_SECOND).then_some(over)
}

/// What the entries have shown, one after the other.
#[derive(Debug, Default)]
pub(super) struct Replay {
    /// Of each step of which anything was said.
    pub courses: BTreeMap<StepRef, Course>,
    /// The entries that came too late, and by how much.
    pub late: HashMap<EntryId, TimeDelta>,
    /// The entries that say the same of a step as the one before, and only add why.
    pub repeats: HashSet<EntryId>,
    /// The evacuations.
    pub evacuations: Vec<EvacuationFact>,
    /// The resuscitations.
    pub resuscitations: Vec<ResuscitationFact>,
}

impl Replay {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let mut replay = Self::default();
        let mut leaving = Leaving::default();
        let mut before: Option<Incident> = None;
        for line in &source.incident.log {
            match &mut before {
                None => {
                    let id = &source.incident.id;
                    before = Incident::begin(id, &line.entry, line.at, &line.event);
                }
                Some(incident) => {
                    replay.take(source, incident, &line.entry, line.at, &line.event);
                    incident.apply(&line.entry, line.at, &line.event);
                    leaving.take(incident, &line.event);
                }
            }
        }
        (replay.evacuations, replay.resuscitations) = leaving.done();
        replay
    }

    fn take(
        &mut self,
        source: &Source<'_>,
        before: &Incident,
        entry: &EntryId,
        at: DateTime<Utc>,
        event: &IncidentEvent,
    ) {
        let due = |step: &StepRef| deadline(source, before, step);
        let late = match event {
            IncidentEvent::ClockJumped { by_ms } => {
                let by = jump(*by_ms);
                self.courses.values_mut().for_each(|one| one.shift(by));
                None
            }
            IncidentEvent::StepStarted { step, command } => {
                self.begin(step, command, at, due(step), None)
            }
            IncidentEvent::StepHanded {
                step,
                command,
                name,
                ..
            } => self.begin(step, command, at, due(step), Some(name)),
            IncidentEvent::Answered { step, question, .. } => {
                let due = due(step);
                let course = self.course(step, question);
                course.corrected |= matches!(course.mark, Some(mark) if mark != Mark::Open);
                course.mark = Some(Mark::Done);
                course.reach(at, due)
            }
            IncidentEvent::StepMarked {
                step,
                command,
                mark,
                approved,
                ..
            } => {
                let due = due(step);
                let course = self.course(step, command);
                let said = course.mark.replace(*mark);
                if said == Some(*mark) {
                    self.repeats.insert(entry.clone());
                    return;
                }
                let other = said.filter(|said| *said != Mark::Open);
                course.corrected |= other.is_some();
                course.approved = *approved;
                match mark {
                    Mark::Open => {
                        course.reset();
                        course.mark = Some(Mark::Open);
                        None
                    }
                    Mark::Done => {
                        course.belated = other.is_some();
                        let late = course.reach(at, due);
                        // When it was really done nobody has said.
                        late.filter(|_| other.is_none())
                    }
                    Mark::Skipped | Mark::Cannot | Mark::Waived => {
                        course.reset();
                        course.mark = Some(*mark);
                        course.due = due;
                        None
                    }
                }
            }
            _ => None,
        };
        self.late.extend(late.map(|late| (entry.clone(), late)));
    }

    fn begin(
        &mut self,
        step: &StepRef,
        command: &Text,
        at: DateTime<Utc>,
        due: Option<DateTime<Utc>>,
        with: Option<&Text>,
    ) -> Option<TimeDelta> {
        let course = self.course(step, command);
        if matches!(course.mark.take(), Some(mark) if mark != Mark::Open) {
            // What was said of it before no longer holds.
            course.reset();
            course.corrected = true;
        }
        course.begun = course.begun.or(Some(at));
        if with.is_some() {
            course.with = with.cloned();
        }
        course.reach(at, due)
    }

    fn course(&mut self, step: &StepRef, command: &Text) -> &mut Course {
        let course = self.courses.entry(step.clone()).or_default();
        course.command.clone_from(command);
        course
    }
}

/// The deadline of a step as the guide had it.
fn deadline(source: &Source<'_>, incident: &Incident, step: &StepRef) -> Option<DateTime<Utc>> {
    // What a guide asked for that is no longer walked had its deadline there.
    let kind = kind_of(source.plan_of, incident, &step.type_id)?;
    if kind.id != incident.type_id {
        return None;
    }
    let guide = Guide::of(incident, kind);
    let all = guide.steps.iter().chain(&guide.follow_ups);
    all.into_iter()
        .find(|one| one.step.id == step.step)
        .and_then(|one| one.due)
}
