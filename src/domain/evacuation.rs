//! An evacuation: it belongs to the incident that made it necessary, and its state is folded from
//! that incident's entries (clause 3.2.2-4b).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::clock::moved;
use super::plan::{EARTHQUAKE, Hazard, Text};
use super::roll::{MissingPerson, Task};
use super::undo::{END_UNDO, UNDO};

/// The most people that one head count can hold.
pub const MOST_PEOPLE: u32 = 9_999;

/// How an evacuation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The danger is over.
    AllClear,
    /// There was none.
    FalseAlarm,
    /// Its incident was closed.
    Closed,
}

/// What can happen to an evacuation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum EvacuationEvent {
    /// One tap.
    #[serde(rename = "incident.evacuation-started")]
    Started {
        /// Whether the incident was begun by the same tap, so that undoing one undoes both.
        opened: bool,
        /// The name of what people leave for, as far as the open incidents say so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Text>,
    },
    /// Tapped by mistake.
    #[serde(rename = "incident.evacuation-undone")]
    Undone {},
    /// Somebody has said what people have to leave for.
    #[serde(rename = "incident.hazard-named")]
    HazardNamed {
        /// Id of the hazard in the plan.
        hazard: String,
        /// Its name.
        name: Text,
    },
    /// The next command to the crowd.
    #[serde(rename = "incident.evacuation-ordered")]
    Ordered {
        /// Which of the hazard's commands, counted from 1.
        order: usize,
        /// The command.
        command: Text,
    },
    /// A step of the staff was done, or is still to do after all.
    #[serde(rename = "incident.sweep-marked")]
    SweepMarked {
        /// Id of the step in the plan.
        sweep: String,
        /// Its command.
        command: Text,
        /// Whether it is done.
        done: bool,
    },
    /// The head count at the assembly point stands at this many.
    #[serde(rename = "incident.head-counted")]
    HeadCounted {
        /// People who are out.
        out: u32,
    },
    /// Whether anybody is missing.
    #[serde(rename = "incident.people-missing")]
    Missing {
        /// People missing; 0 when everybody is out.
        missing: u32,
        /// People counted by then.
        out: u32,
    },
    /// A task was given to somebody, or to nobody after all.
    #[serde(rename = "incident.evacuation-task-given")]
    TaskGiven {
        /// The task.
        task: Task,
        /// Id of who has it now, of the plan's crew or [`super::roll::LOBBY`]; none where it was taken
        /// back.
        to: Option<String>,
        /// What that one is called; older programs noted none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text>,
    },
    /// Somebody did not come to the assembly point.
    #[serde(rename = "incident.person-missing")]
    PersonMissing {
        /// Which one of those missing, counted from 1.
        person: u32,
        /// What kind of person.
        who: Text,
        /// Where last seen.
        seen: Text,
    },
    /// One of those missing is there, or was never missing.
    #[serde(rename = "incident.person-found")]
    PersonFound {
        /// Which one, as when the person was missed.
        person: u32,
        /// What kind of person.
        who: Text,
    },
    /// It is over.
    #[serde(rename = "incident.evacuation-ended")]
    Ended {
        /// How.
        end: End,
    },
    /// It was ended by mistake: people go on leaving.
    #[serde(rename = "incident.evacuation-end-undone")]
    EndUndone {},
}

/// An evacuation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evacuation {
    /// When it began.
    pub started: DateTime<Utc>,
    /// Whether its incident was begun by the same tap.
    pub opened: bool,
    /// Id of the hazard, once somebody has named it.
    pub hazard: Option<String>,
    /// Which of the hazard's commands is in force, counted from 1.
    pub order: usize,
    /// The staff's steps that are done, and since when.
    pub swept: BTreeMap<String, DateTime<Utc>>,
    /// People counted at the assembly point.
    pub out: u32,
    /// People missing of whom nothing else is known: none as long as nobody has said.
    pub missing: Option<u32>,
    /// Those missing of whom more is known, by their numbers.
    pub people: BTreeMap<u32, MissingPerson>,
    /// How many were ever missed, which numbers the next one.
    pub missed: u32,
    /// Who has which task, by id.
    pub tasks: BTreeMap<Task, String>,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
}

impl Evacuation {
    fn begin(at: DateTime<Utc>, opened: bool) -> Self {
        Self {
            started: at,
            opened,
            hazard: None,
            order: 1,
            swept: BTreeMap::new(),
            out: 0,
            missing: None,
            people: BTreeMap::new(),
            missed: 0,
            tasks: BTreeMap::new(),
            ended: None,
        }
    }

    /// Takes the next event into the evacuation of an incident, if it has one.
    pub(super) fn apply(one: &mut Option<Self>, at: DateTime<Utc>, event: &EvacuationEvent) {
        if let EvacuationEvent::Started { opened, .. } = event {
            *one = Some(Self::begin(at, *opened));
            return;
        }
        let Some(running) = one else { return };
        match event {
            EvacuationEvent::Started { .. } => {}
            EvacuationEvent::Undone {} => *one = None,
            EvacuationEvent::HazardNamed { hazard, .. } => {
                running.hazard = Some(hazard.clone());
                running.order = 1;
            }
            EvacuationEvent::Ordered { order, .. } => running.order = *order,
            EvacuationEvent::SweepMarked { sweep, done, .. } => {
                if *done {
                    running.swept.insert(sweep.clone(), at);
                } else {
                    running.swept.remove(sweep);
                }
            }
            EvacuationEvent::HeadCounted { out } => running.out = *out,
            EvacuationEvent::Missing { missing, .. } => {
                running.missing = Some(*missing);
                if *missing == 0 {
                    running.people.clear();
                }
            }
            EvacuationEvent::TaskGiven { task, to, .. } => match to {
                Some(to) => {
                    running.tasks.insert(*task, to.clone());
                }
                None => {
                    running.tasks.remove(task);
                }
            },
            EvacuationEvent::PersonMissing { person, who, seen } => {
                let (who, seen, since) = (who.clone(), seen.clone(), at);
                running
                    .people
                    .insert(*person, MissingPerson { who, seen, since });
                running.missed = running.missed.max(*person);
                // Whoever said before that everybody is out did not know.
                running.missing = running.missing.filter(|missing| *missing > 0);
            }
            EvacuationEvent::PersonFound { person, .. } => {
                running.people.remove(person);
            }
            EvacuationEvent::Ended { end } => running.ended = Some((at, *end)),
            EvacuationEvent::EndUndone {} => running.ended = None,
        }
    }

    /// Goes on where only the close of its incident had ended it.
    pub(super) fn resume(&mut self) {
        if matches!(self.ended, Some((_, End::Closed))) {
            self.ended = None;
        }
    }

    /// How many are missing, whatever is known of them: none as long as nobody has said.
    pub fn missing_in_all(&self) -> Option<u32> {
        let known = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        match self.missing {
            None if known == 0 => None,
            said => Some(known.max(said.unwrap_or(0))),
        }
    }

    /// Whether there was no danger after all.
    pub fn was_false_alarm(&self) -> bool {
        matches!(self.ended, Some((_, End::FalseAlarm)))
    }

    /// Whether people are leaving.
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// Moves its moments along with the clock.
    pub(super) fn shift(&mut self, by: TimeDelta) {
        self.started = moved(self.started, by);
        for at in self.swept.values_mut() {
            *at = moved(*at, by);
        }
        for person in self.people.values_mut() {
            person.since = moved(person.since, by);
        }
        if let Some((at, _)) = &mut self.ended {
            *at = moved(*at, by);
        }
    }

    /// Whether it may be taken back now.
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        self.is_running() && UNDO.is_open(self.started, now)
    }

    /// Seconds in which it may still be taken back, rounded up; 0 for none.
    pub fn undo_left(&self, now: DateTime<Utc>) -> i32 {
        if self.may_undo(now) {
            UNDO.seconds_left(self.started, now)
        } else {
            0
        }
    }

    /// When its start can no longer be taken back, and the public is told.
    pub fn certain(&self) -> DateTime<Utc> {
        UNDO.ends(self.started)
    }

    /// The command in force, counted from 1, of a hazard that has `count` of them; none where it
    /// has none. Where the plan has fewer by now than when it was called, the last one: nobody is
    /// sent back to what they have done already.
    pub fn order_in_force(&self, count: usize) -> Option<usize> {
        (count > 0).then(|| self.order.clamp(1, count))
    }

    /// The command that is called next, counted from 1: after the last one the first again; none
    /// where there is no other.
    pub fn next_order(&self, count: usize) -> Option<usize> {
        let order = self.order_in_force(count)? % count + 1;
        (count > 1).then_some(order)
    }

    /// When it ended, where that may be taken back for a while. An end that the close of its
    /// incident brought goes with that close.
    fn undoable_end(&self) -> Option<DateTime<Utc>> {
        let (at, end) = self.ended?;
        (end != End::Closed).then_some(at)
    }

    /// Whether its end may be taken back now.
    pub fn may_undo_end(&self, now: DateTime<Utc>) -> bool {
        self.undoable_end()
            .is_some_and(|at| END_UNDO.is_open(at, now))
    }

    /// Seconds in which its end may still be taken back, rounded up; 0 for none.
    pub fn end_undo_left(&self, now: DateTime<Utc>) -> i32 {
        self.undoable_end()
            .map_or(0, |at| END_UNDO.seconds_left(at, now))
    }

    /// When what the public is told of it next changes: its start, or its end, can then no longer
    /// be taken back. None while nothing of it can.
    pub fn settled(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.may_undo(now) {
            return Some(self.certain());
        }
        self.undoable_end()
            .filter(|at| END_UNDO.is_open(*at, now))
            .map(|at| END_UNDO.ends(at))
    }
}

/// The command in force in an evacuation because of `hazard`.
pub fn command_in_force<'p>(hazard: &'p Hazard, running: &Evacuation) -> Option<&'p Text> {
    let order = running.order_in_force(hazard.commands.len())?;
    hazard.commands.get(order - 1)
}

/// Whether that command is to stay: while the earth shakes nobody is shown the way out.
pub fn tells_to_stay(hazard: &Hazard, running: &Evacuation) -> bool {
    let count = hazard.commands.len();
    count > 1
        && running.order_in_force(count) == Some(1)
        && hazard.incident.as_deref() == Some(EARTHQUAKE)
}

/// The command to follow it, where there is another.
pub fn next_command<'p>(hazard: &'p Hazard, running: &Evacuation) -> Option<&'p Text> {
    let order = running.next_order(hazard.commands.len())?;
    hazard.commands.get(order - 1)
}
