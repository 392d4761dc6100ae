//! What can happen to the review of an incident, as the journal keeps it: ids, enums, days and words
//! of the plan. Nothing in here is typed by anybody, and people are ids.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{EntryId, PersonId};
use crate::domain::incident::StepRef;
use crate::domain::person::Right;
use crate::domain::plan::Text;

/// An enum whose values are chips: each has the id by which the journal and the window know it.
macro_rules! chips {
    ($(#[$what:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $id:literal),+ $(,)? }) => {
        $(#[$what])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $id)] $value,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// Its name in the journal and on the screen.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$value => $id,)+
                }
            }

            /// The one of that name.
            pub fn of(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}

chips! {
    /// Where an incident came from (clause 3.3b).
    Cause {
        /// Somebody did or left something.
        People = "people",
        /// Something broke or was missing.
        Equipment = "equipment",
        /// The way in which things are done.
        Process = "process",
        /// The building and what surrounds it.
        Environment = "environment",
        /// Others, whom the branch has no hold on.
        Outside = "outside",
    }
}

chips! {
    /// What the guide was worth at one of its steps.
    StepWord {
        /// It was what was needed.
        Helped = "helped",
        /// It was not understood at once.
        Unclear = "unclear",
        /// Something that had to be done was not in it.
        Missing = "missing",
        /// It asked for what was not right.
        Wrong = "wrong",
    }
}

chips! {
    /// What a responsibility was settled on.
    Evidence {
        /// The record of the incident.
        Record = "record",
        /// What cameras have kept.
        Camera = "camera",
        /// Somebody who was there.
        Witness = "witness",
        /// A paper, such as a log of the system or a work order.
        Document = "document",
    }
}

chips! {
    /// What follows for whoever is responsible.
    Decision {
        /// Nothing: it was nobody's fault.
        None = "none",
        /// It was talked over.
        Talk = "talk",
        /// A notice in writing.
        Notice = "notice",
        /// To be trained.
        Training = "training",
        /// The head office decides.
        HeadOffice = "head-office",
    }
}

chips! {
    /// What an action changes (clause 3.3c).
    ActionKind {
        /// The plan: for its next revision.
        Plan = "plan",
        /// What people have learned: for the next drill.
        Training = "training",
        /// What the branch has.
        Equipment = "equipment",
        /// How things are done.
        Process = "process",
    }
}

chips! {
    /// What shows that an action was done.
    Proof {
        /// A picture.
        Photo = "photo",
        /// A paper.
        Document = "document",
        /// It was exercised.
        Exercise = "exercise",
        /// The plan has a new revision.
        Revision = "revision",
    }
}

chips! {
    /// Why an action that was done or dropped is to be done again.
    AgainWhy {
        /// It was not done after all.
        NotDone = "not-done",
        /// It was done, and did not help.
        NoEffect = "no-effect",
        /// Tapped by mistake.
        Mistake = "mistake",
    }
}

chips! {
    /// Why an action is not to be done any more.
    DropWhy {
        /// Another one takes its place.
        Replaced = "replaced",
        /// What it was for is no longer so.
        Needless = "needless",
        /// Somebody else sees to it, such as the head office.
        Elsewhere = "elsewhere",
        /// Tapped by mistake.
        Mistake = "mistake",
    }
}

chips! {
    /// What an action is about, where that is no single step.
    Phase {
        /// To notice it sooner.
        Noticing = "noticing",
        /// The first minutes.
        First = "first-minutes",
        /// To reach those who must know.
        Calling = "calling",
        /// What customers are told and how they are looked after.
        Customers = "customers",
        /// To lead people out.
        Leaving = "leaving",
        /// What comes after the event.
        Afterwards = "afterwards",
    }
}

/// Whose something is: somebody of the branch, or a role of the plan with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// Somebody, by their id.
    Person(PersonId),
    /// Whoever has this role.
    Role {
        /// Its id in the plan.
        id: String,
        /// Its name, as the plan said it then.
        name: Text,
    },
}

impl Party {
    /// Whether both are the same one, whatever a role was called.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Person(one), Self::Person(other)) => one == other,
            (Self::Role { id, .. }, Self::Role { id: other, .. }) => id == other,
            _ => false,
        }
    }
}

/// What an action is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A step of the guide.
    Step {
        /// Which.
        step: StepRef,
        /// Its command, as the plan said it then.
        command: Text,
    },
    /// A part of handling an incident.
    Phase(Phase),
}

/// What is to be done so that it goes better the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What it changes.
    pub action: ActionKind,
    /// Who sees to it.
    pub owner: Party,
    /// The last day on which it is in time, on the branch's calendar.
    pub due: NaiveDate,
    /// What it is about.
    pub about: Subject,
}

/// What can happen to a review. Who did it is the entry's actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ReviewEvent {
    /// A cause was found.
    #[serde(rename = "review.cause-chosen")]
    CauseChosen {
        /// Which.
        cause: Cause,
    },
    /// It was no cause after all.
    #[serde(rename = "review.cause-dropped")]
    CauseDropped {
        /// Which.
        cause: Cause,
    },
    /// Somebody said what the guide was worth at a step.
    #[serde(rename = "review.step-judged")]
    StepJudged {
        /// The step.
        step: StepRef,
        /// Its command.
        command: Text,
        /// What it was worth; none where that is taken back.
        word: Option<StepWord>,
    },
    /// It was settled who is responsible; a later word on the same one takes the place of this.
    #[serde(rename = "review.responsibility-settled")]
    Settled {
        /// Whose it is.
        whose: Party,
        /// What it was settled on.
        evidence: Vec<Evidence>,
        /// What follows.
        decision: Decision,
    },
    /// That is taken back.
    #[serde(rename = "review.responsibility-withdrawn")]
    Withdrawn {
        /// Whose it was.
        whose: Party,
    },
    /// Something is to be done.
    #[serde(rename = "review.action-added")]
    ActionAdded {
        /// Which action of this review, counted from 1.
        number: u32,
        /// What is to be done, by whom and until when.
        #[serde(flatten)]
        planned: Planned,
    },
    /// It is done.
    #[serde(rename = "review.action-done")]
    ActionDone {
        /// Which.
        number: u32,
        /// What shows it.
        proof: Proof,
    },
    /// It is to be done again.
    #[serde(rename = "review.action-reopened")]
    ActionReopened {
        /// Which.
        number: u32,
        /// Why.
        why: AgainWhy,
    },
    /// It is not to be done any more.
    #[serde(rename = "review.action-dropped")]
    ActionDropped {
        /// Which.
        number: u32,
        /// Why.
        why: DropWhy,
    },
    /// The review is as it shall stand.
    #[serde(rename = "review.finalised")]
    Finalised {
        /// Which version of it, counted from 1.
        version: u32,
        /// The last entry of the incident that it rests on.
        record: EntryId,
        /// SHA-256 of its text, in hexadecimal: see [`super::Review::text`].
        digest: String,
    },
    /// A new version is begun; the one before stays.
    #[serde(rename = "review.reopened")]
    Reopened {
        /// Which version is written from now on.
        version: u32,
    },
}

impl ReviewEvent {
    /// What it takes to do this: whoever handles incidents knows what the guide was worth, and sees
    /// to what is theirs to do.
    pub fn right(&self) -> Right {
        match self {
            Self::StepJudged { .. } | Self::ActionDone { .. } => Right::Handle,
            Self::Settled { .. } | Self::Withdrawn { .. } => Right::Responsibility,
            Self::CauseChosen { .. }
            | Self::CauseDropped { .. }
            | Self::ActionAdded { .. }
            | Self::ActionReopened { .. }
            | Self::ActionDropped { .. }
            | Self::Finalised { .. }
            | Self::Reopened { .. } => Right::Review,
        }
    }
}
