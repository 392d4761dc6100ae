//! The review of an incident and the actions that follow from it (clauses 3.3a to 3.3c): the fold of
//! what was said there. What the incident's own record tells is not in here, but in
//! [`super::report`].

mod due;
mod event;
mod text;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{EntryId, IncidentId};
use super::incident::StepRef;
use super::plan::Text;
pub use due::Asked;
pub use event::{
    ActionKind, AgainWhy, Cause, Decision, DropWhy, Evidence, Party, Phase, Planned, Proof,
    ReviewEvent, StepWord, Subject,
};

/// The most actions of one review: more than anybody will see to.
pub const MOST_ACTIONS: usize = 40;

/// What the guide was worth at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The step.
    pub step: StepRef,
    /// Its command.
    pub command: Text,
    /// What it was worth.
    pub word: StepWord,
}

/// Who is responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// Whose it is.
    pub whose: Party,
    /// What it was settled on.
    pub evidence: Vec<Evidence>,
    /// What follows.
    pub decision: Decision,
}

/// How an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// To be done.
    Open,
    /// Done, when, and what shows it.
    Done(DateTime<Utc>, Proof),
    /// Not to be done any more, since when, and why.
    Dropped(DateTime<Utc>, DropWhy),
}

/// Something that is to be done so that it goes better the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Which of its review, counted from 1.
    pub number: u32,
    /// What, by whom and until when.
    #[serde(flatten)]
    pub planned: Planned,
    /// Since when it is on the list.
    pub added: DateTime<Utc>,
    /// How it stands.
    pub state: ActionState,
}

impl Action {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == ActionState::Open
    }

    /// Since when it is done or dropped.
    pub fn settled(&self) -> Option<DateTime<Utc>> {
        match self.state {
            ActionState::Open => None,
            ActionState::Done(at, _) | ActionState::Dropped(at, _) => Some(at),
        }
    }

    /// Whether its day is over and it is still to be done.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.planned.due < today
    }
}

/// What a review says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The causes, in the order in which they are offered.
    pub causes: Vec<Cause>,
    /// What the guide was worth, in the order of the steps' ids.
    pub steps: Vec<Judged>,
    /// Who is responsible, in the order in which that was settled.
    pub responsibilities: Vec<Responsibility>,
    /// The actions, in their order.
    pub actions: Vec<Action>,
}

/// A version that was finalised: it stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Which, counted from 1.
    pub number: u32,
    /// When it was finalised.
    pub at: DateTime<Utc>,
    /// The last entry of the incident that it rests on.
    pub record: EntryId,
    /// SHA-256 of its text, in hexadecimal, as it was noted.
    pub digest: String,
    /// What it said.
    pub content: Content,
}

/// The review of one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The incident.
    pub incident: IncidentId,
    /// When it was begun; the moment of its first entry.
    pub begun: Option<DateTime<Utc>>,
    /// What it says now. Of a finalised one only the actions go on.
    pub content: Content,
    /// The versions that were finalised, the first one first.
    pub versions: Vec<Version>,
    /// Whether the last of them holds: nothing is being written since.
    pub is_final: bool,
}

impl Review {
    /// The review of an incident of which nothing was said yet.
    pub fn of(incident: &IncidentId) -> Self {
        Self {
            incident: incident.clone(),
            begun: None,
            content: Content::default(),
            versions: Vec::new(),
            is_final: false,
        }
    }

    /// Takes in the next event. What cannot be, such as a word on an action that nobody has added, or
    /// a cause of a review that is final, changes nothing.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &ReviewEvent) {
        self.begun = self.begun.or(Some(at));
        match event {
            ReviewEvent::ActionDone { number, proof } => {
                self.settle(*number, ActionState::Done(at, *proof));
            }
            ReviewEvent::ActionDropped { number, why } => {
                self.settle(*number, ActionState::Dropped(at, *why));
            }
            ReviewEvent::ActionReopened { number, .. } => self.settle(*number, ActionState::Open),
            ReviewEvent::Reopened { version } => {
                self.is_final &= *version != self.next_version();
            }
            _ if self.is_final => {}
            ReviewEvent::Finalised {
                version,
                record,
                digest,
            } => {
                if *version == self.next_version() {
                    self.versions.push(Version {
                        number: *version,
                        at,
                        record: record.clone(),
                        digest: digest.clone(),
                        content: self.content.clone(),
                    });
                    self.is_final = true;
                }
            }
            writing => self.content.write(at, writing),
        }
    }

    fn settle(&mut self, number: u32, state: ActionState) {
        let mut actions = self.content.actions.iter_mut();
        if let Some(action) = actions.find(|one| one.number == number) {
            action.state = state;
        }
    }

    /// What holds: while a new version is being written, that is still the one before. Its actions go
    /// on all the same, and stand in [`Review::content`].
    pub fn holds(&self) -> &Content {
        match self.versions.last() {
            Some(last) if !self.is_final => &last.content,
            _ => &self.content,
        }
    }

    /// Whether it says nothing of the end of the incident at `ended`: it was finalised before that, as
    /// the incident was opened again since. To the second, as the lists compare it.
    pub fn is_before(&self, ended: DateTime<Utc>) -> bool {
        let last = self.versions.last();
        last.is_some_and(|last| last.at.timestamp() < ended.timestamp())
    }

    /// Whether nothing more is asked of whoever reviews an incident that ended at `ended`.
    pub fn settles(&self, ended: DateTime<Utc>) -> bool {
        self.is_final && !self.is_before(ended)
    }

    /// The number of the version that is finalised next.
    pub fn next_version(&self) -> u32 {
        u32::try_from(self.versions.len()).map_or(u32::MAX, |known| known.saturating_add(1))
    }

    /// The number of the action that is added next; none once there are [`MOST_ACTIONS`].
    pub fn next_action(&self) -> Option<u32> {
        let known = &self.content.actions;
        let next = known.last().map_or(1, |last| last.number.saturating_add(1));
        (known.len() < MOST_ACTIONS).then_some(next)
    }

    /// Whether there is anything in it to finalise.
    pub fn can_be_finalised(&self) -> bool {
        !self.is_final && !self.content.causes.is_empty()
    }

    /// The actions that are still to be done.
    pub fn open_actions(&self) -> impl Iterator<Item = &Action> {
        self.content.actions.iter().filter(|one| one.is_open())
    }

    /// The first day by which one of them is to be done.
    pub fn next_due(&self) -> Option<NaiveDate> {
        self.open_actions().map(|one| one.planned.due).min()
    }
}

impl Content {
    fn write(&mut self, at: DateTime<Utc>, event: &ReviewEvent) {
        match event {
            ReviewEvent::CauseChosen { cause } if !self.causes.contains(cause) => {
                self.causes.push(*cause);
                self.causes.sort();
            }
            ReviewEvent::CauseDropped { cause } => self.causes.retain(|one| one != cause),
            ReviewEvent::StepJudged {
                step,
                command,
                word,
            } => self.judge(step, command, *word),
            ReviewEvent::Settled {
                whose,
                evidence,
                decision,
            } => {
                self.responsibilities.retain(|one| !one.whose.is(whose));
                let mut evidence = evidence.clone();
                evidence.sort();
                evidence.dedup();
                self.responsibilities.push(Responsibility {
                    whose: whose.clone(),
                    evidence,
                    decision: *decision,
                });
            }
            ReviewEvent::Withdrawn { whose } => {
                self.responsibilities.retain(|one| !one.whose.is(whose));
            }
            ReviewEvent::ActionAdded { number, planned } => {
                let is_next = self.actions.last().is_none_or(|last| last.number < *number);
                if is_next && self.actions.len() < MOST_ACTIONS {
                    self.actions.push(Action {
                        number: *number,
                        planned: planned.clone(),
                        added: at,
                        state: ActionState::Open,
                    });
                }
            }
            _ => {}
        }
    }

    fn judge(&mut self, step: &StepRef, command: &Text, word: Option<StepWord>) {
        self.steps.retain(|one| one.step != *step);
        self.steps.extend(word.map(|word| Judged {
            step: step.clone(),
            command: command.clone(),
            word,
        }));
        self.steps.sort_by(|one, other| one.step.cmp(&other.step));
    }

    /// What was said of a step.
    pub fn word_on(&self, step: &StepRef) -> Option<StepWord> {
        let mut known = self.steps.iter();
        known.find(|one| one.step == *step).map(|one| one.word)
    }
}
