//! What became of each step, its deadline against the time at which it was reached.

use chrono::{DateTime, TimeDelta, Utc};

use super::Source;
use super::replay::{Course, Replay, late};
use crate::domain::guide::{Guide, StepStanding};
use crate::domain::incident::{Incident, Mark, Status, StepRef};
use crate::domain::plan::{IncidentType, Text};

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Done, or answered.
    Done,
    /// Left out on purpose.
    Skipped,
    /// Not possible.
    Cannot,
    /// A follow-up that was let go.
    Waived,
    /// Begun, and nobody has said that it is done.
    UnderWay,
    /// Nothing was said of it.
    ToDo,
}

/// A deadline against what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// It had none, or none that counted.
    None,
    /// Begun, answered or done by then.
    Met,
    /// So much later.
    Late(TimeDelta),
    /// Never; at the end, or now where it is still to be done, it was over by so much.
    Missed(TimeDelta),
    /// Still to be done, and there is time.
    Running,
    /// It was settled otherwise, so that the deadline asks for nothing.
    Settled,
    /// Done at a time that nobody has noted: that it was is a later correction.
    Untold,
}

/// A step of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepFact {
    /// Which.
    pub step: StepRef,
    /// Its command, as it was said last, or else as the plan has it.
    pub command: Text,
    /// When it applies, where the plan says so.
    pub condition: Option<Text>,
    /// What became of it.
    pub state: StepState,
    /// When it was begun or handed over, where it went on for a while.
    pub begun: Option<DateTime<Utc>>,
    /// When the last word on it was said.
    pub at: Option<DateTime<Utc>>,
    /// When it was to be begun or done.
    pub due: Option<DateTime<Utc>>,
    /// Whether it was.
    pub timing: Timing,
    /// Why it was not done, where a reason was given.
    pub reason: Option<Text>,
    /// The answer, where it asks.
    pub answer: Option<Text>,
    /// Who had it, where it was handed over.
    pub with: Option<Text>,
    /// Whether an earlier word on it was corrected.
    pub corrected: bool,
    /// Whether a superior's word was given for it.
    pub approved: bool,
    /// Whether it is done after the event.
    pub afterwards: bool,
}

impl StepFact {
    /// Whether nobody has settled it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, StepState::ToDo | StepState::UnderWay)
    }
}

/// How many steps came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub of: usize,
    /// Done or answered.
    pub done: usize,
    /// Left out on purpose.
    pub skipped: usize,
    /// Not possible.
    pub cannot: usize,
    /// Begun and not reported done.
    pub under_way: usize,
    /// Of which nothing was said.
    pub to_do: usize,
    /// Deadlines that were met.
    pub met: usize,
    /// Deadlines that were not.
    pub missed: usize,
    /// Deadlines of which nobody can tell.
    pub untold: usize,
}

impl Tally {
    /// Counts steps.
    pub fn of(steps: &[StepFact]) -> Self {
        let mut tally = Self {
            of: steps.len(),
            ..Self::default()
        };
        for one in steps {
            let count = match one.state {
                StepState::Done => &mut tally.done,
                StepState::Skipped | StepState::Waived => &mut tally.skipped,
                StepState::Cannot => &mut tally.cannot,
                StepState::UnderWay => &mut tally.under_way,
                StepState::ToDo => &mut tally.to_do,
            };
            *count += 1;
            match one.timing {
                Timing::Met => tally.met += 1,
                Timing::Late(_) | Timing::Missed(_) => tally.missed += 1,
                Timing::Untold => tally.untold += 1,
                Timing::None | Timing::Running | Timing::Settled => {}
            }
        }
        tally
    }

    /// How many deadlines there are to tell of.
    pub fn deadlines(&self) -> usize {
        self.met + self.missed + self.untold
    }
}

/// All steps that there is anything to tell of.
pub(super) struct Gathered {
    pub on_the_way: Vec<StepFact>,
    pub follow_ups: Vec<StepFact>,
    pub others: Vec<StepFact>,
}

pub(super) fn gather(
    source: &Source<'_>,
    guide: Option<&(Guide<'_>, &IncidentType)>,
    replay: &Replay,
) -> Gathered {
    let incident = source.incident;
    let mut told: Vec<StepRef> = Vec::new();
    // Nothing on the spot is to be done once it is over; what comes afterwards is, until now.
    let end = incident.closed_at().unwrap_or(source.now);
    let mut facts = |steps: &[StepStanding<'_>], kind: &IncidentType, end| -> Vec<StepFact> {
        let facts = steps.iter().filter_map(|one| {
            let step = StepRef::of(kind, &one.step.id);
            let fact = of_guide(incident, one, replay.courses.get(&step), &step, end);
            let is_asked = fact.state != StepState::ToDo || is_asked_for(incident, one, &step);
            told.push(step);
            is_asked.then_some(fact)
        });
        facts.collect()
    };
    let (on_the_way, follow_ups) = match guide {
        Some((guide, kind)) => (
            facts(&guide.steps, kind, end),
            facts(&guide.follow_ups, kind, source.now),
        ),
        None => (Vec::new(), left_behind(source, replay, &mut told)),
    };
    let others = replay.courses.iter();
    let others = others.filter(|(step, _)| !told.contains(step));
    let others = others.filter_map(|(step, course)| of_entries(incident, step, course));
    Gathered {
        on_the_way,
        follow_ups,
        others: others.collect(),
    }
}

/// Whether a step of which nothing was said was, or is, to be done: nothing was where there was no
/// incident, and afterwards only what the close has left behind.
fn is_asked_for(incident: &Incident, one: &StepStanding<'_>, step: &StepRef) -> bool {
    match incident.status {
        Status::Open => true,
        Status::Undone => false,
        Status::Closed { .. } => {
            let left = incident.follow_ups.iter();
            !one.step.is_follow_up() || left.into_iter().any(|left| left.step == *step)
        }
    }
}

/// The follow-ups that the incident itself knows of, where nobody knows its guide.
fn left_behind(source: &Source<'_>, replay: &Replay, told: &mut Vec<StepRef>) -> Vec<StepFact> {
    let left = source.incident.follow_ups.iter().map(|left| {
        told.push(left.step.clone());
        let corrected = replay.courses.get(&left.step);
        StepFact {
            step: left.step.clone(),
            command: left.command.clone(),
            condition: None,
            state: StepState::ToDo,
            begun: None,
            at: None,
            due: Some(left.due),
            timing: open(Some(left.due), source.now),
            reason: None,
            answer: None,
            with: None,
            corrected: corrected.is_some_and(|one| one.corrected),
            approved: false,
            afterwards: true,
        }
    });
    left.collect()
}

fn of_guide(
    incident: &Incident,
    one: &StepStanding<'_>,
    course: Option<&Course>,
    step: &StepRef,
    end: DateTime<Utc>,
) -> StepFact {
    let said = course.and_then(|course| of_entries(incident, step, course));
    let fact = said.unwrap_or_else(|| StepFact {
        step: step.clone(),
        command: one.command().clone(),
        condition: None,
        state: StepState::ToDo,
        begun: None,
        at: None,
        due: one.due,
        timing: open(one.due, end),
        reason: None,
        answer: None,
        with: None,
        corrected: course.is_some_and(|course| course.corrected),
        approved: false,
        afterwards: false,
    });
    StepFact {
        answer: one.answer.map(|answer| answer.name.clone()),
        afterwards: one.step.is_follow_up(),
        condition: one.step.condition.clone(),
        ..fact
    }
}

/// The deadline of something that is still to be done.
fn open(due: Option<DateTime<Utc>>, end: DateTime<Utc>) -> Timing {
    match due {
        None => Timing::None,
        Some(_) => late(end, due).map_or(Timing::Running, Timing::Missed),
    }
}

/// What the entries say of a step; none where it is to be done again.
fn of_entries(incident: &Incident, step: &StepRef, course: &Course) -> Option<StepFact> {
    let marked = incident.marks.get(step);
    let marked = marked.filter(|marked| marked.mark != Mark::Open);
    let under_way = incident.under_way(step);
    let state = match marked.map(|marked| marked.mark) {
        Some(Mark::Done) => StepState::Done,
        Some(Mark::Skipped) => StepState::Skipped,
        Some(Mark::Cannot) => StepState::Cannot,
        Some(Mark::Waived) => StepState::Waived,
        _ if under_way.is_some() => StepState::UnderWay,
        _ => return None,
    };
    let timing = match (state, course.reached, course.due) {
        (StepState::Done | StepState::UnderWay, Some(at), due @ Some(_)) => {
            match late(at, due) {
                None => Timing::Met,
                // It may have been done in time.
                Some(_) if course.belated => Timing::Untold,
                Some(by) => Timing::Late(by),
            }
        }
        (_, _, Some(_)) => Timing::Settled,
        (_, _, None) => Timing::None,
    };
    let reason = marked.and_then(|marked| marked.reason.as_ref());
    Some(StepFact {
        step: step.clone(),
        command: course.command.clone(),
        condition: None,
        state,
        begun: course.begun,
        at: marked.map(|marked| marked.at),
        due: course.due,
        timing,
        reason: reason.map(|reason| reason.words.clone()),
        answer: None,
        with: course.with.clone(),
        corrected: course.corrected,
        approved: course.approved,
        afterwards: false,
    })
}
