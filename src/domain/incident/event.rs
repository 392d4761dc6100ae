//! What can happen to an incident, as the journal keeps it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::calling::CallEvent;
use crate::domain::content::{ContentRef, Erasure};
use crate::domain::evacuation::EvacuationEvent;
use crate::domain::ids::{EntryId, LinkId};
use crate::domain::plan::{IncidentType, Text};
use crate::domain::resuscitation::ResuscitationEvent;

/// A step of a guide, named so that a change of type keeps what was done under the old one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepRef {
    /// The incident type whose guide it is of.
    #[serde(rename = "type")]
    pub type_id: String,
    /// The step's id in that guide.
    pub step: String,
}

impl StepRef {
    /// The step, or prompt, of this id in the guide of `kind`.
    pub fn of(kind: &IncidentType, id: &str) -> Self {
        Self {
            type_id: kind.id.clone(),
            step: id.to_owned(),
        }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Done.
    Done,
    /// Left out on purpose.
    Skipped,
    /// Tried or wanted, and not possible.
    Cannot,
    /// A follow-up let go, with a reason.
    Waived,
    /// Corrected back to "still to do".
    Open,
}

/// A follow-up that an incident leaves behind when it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The step.
    pub step: StepRef,
    /// Its command, as the plan said it then.
    pub command: Text,
    /// When it is due.
    pub due: DateTime<Utc>,
}

/// What can happen to an incident. Words of the plan are carried along, so that a record reads
/// the same in ten years' time, whatever the plan says by then. No personal data: what
/// somebody typed lies beside the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum IncidentEvent {
    /// One tap on the board.
    #[serde(rename = "incident.started")]
    Started {
        /// The incident type.
        #[serde(rename = "type")]
        type_id: String,
        /// Its name.
        name: Text,
        /// The revision date of the plan in force.
        plan: String,
        /// Its digest, as in [`crate::domain::plan_event::plan_topic`]; older programs noted none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
    /// Tapped by mistake: there was no incident.
    #[serde(rename = "incident.start-undone")]
    StartUndone {},
    /// A step was done, skipped, found impossible, waived, or corrected to any of these.
    #[serde(rename = "incident.step-marked")]
    StepMarked {
        /// The step.
        step: StepRef,
        /// Its command.
        command: Text,
        /// What became of it.
        mark: Mark,
        /// Id and words of the reason, where one was given.
        reason: Option<Reason>,
        /// Whether this corrects an earlier mark.
        correction: bool,
        /// Whether a superior's word was given for it, where it needs one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        approved: bool,
    },
    /// A question of the guide was answered, first or again.
    #[serde(rename = "incident.answered")]
    Answered {
        /// The step that asks.
        step: StepRef,
        /// Its question.
        question: Text,
        /// Id of the answer.
        answer: String,
        /// Its words.
        words: Text,
        /// Whether this corrects an earlier answer.
        correction: bool,
    },
    /// The condition of a step was found to hold: from then on its time counts.
    #[serde(rename = "incident.condition-held")]
    ConditionHeld {
        /// The step.
        step: StepRef,
        /// The condition.
        condition: Text,
    },
    /// A step was begun that goes on for a while; the guide does not wait for its end.
    #[serde(rename = "incident.step-started")]
    StepStarted {
        /// The step.
        step: StepRef,
        /// Its command.
        command: Text,
    },
    /// A step was handed to one of the crew; the guide does not wait for it.
    #[serde(rename = "incident.step-handed")]
    StepHanded {
        /// The step.
        step: StepRef,
        /// Its command.
        command: Text,
        /// Id of who takes it, in the plan's crew.
        to: String,
        /// What that one is called.
        name: Text,
    },
    /// Whoever handles it said that nobody else is there, or that somebody is again.
    #[serde(rename = "incident.alone-set")]
    AloneSet {
        /// Whether nobody else is there.
        alone: bool,
    },
    /// Something that had come by itself was heeded, or put off.
    #[serde(rename = "incident.prompted")]
    Prompted {
        /// The type whose prompt it is, and the prompt's id.
        prompt: StepRef,
        /// What it asked for.
        command: Text,
        /// Whether it was done.
        done: bool,
    },
    /// A quick note.
    #[serde(rename = "incident.noted")]
    Noted {
        /// Id of the note in the plan.
        note: String,
        /// Its words.
        words: Text,
    },
    /// A quick note was made by mistake: it stays in the record, struck out.
    #[serde(rename = "incident.note-struck")]
    NoteStruck {
        /// The note's entry.
        entry: EntryId,
        /// The note's words.
        words: Text,
    },
    /// Somebody of the staff wrote something on a phone of their own. The words lie beside the
    /// journal, where they can be erased.
    #[serde(rename = "incident.written")]
    Written {
        /// The link that it was written by.
        link: LinkId,
        /// What it is about.
        field: Field,
        /// The words.
        #[serde(flatten)]
        kept: ContentRef,
    },
    /// All that was written about it is gone.
    #[serde(rename = "incident.erased")]
    Erased {
        /// Why.
        why: Erasure,
    },
    /// What was written about it must be kept, whoever asks for its erasure.
    #[serde(rename = "incident.held")]
    Held {
        /// Why.
        reason: Reason,
    },
    /// That need not be kept any longer.
    #[serde(rename = "incident.released")]
    Released {
        /// Why.
        reason: Reason,
    },
    /// The type was changed; everything noted so far stays.
    #[serde(rename = "incident.retyped")]
    Retyped {
        /// The new type.
        #[serde(rename = "type")]
        type_id: String,
        /// Its name.
        name: Text,
        /// Digest of the plan whose guide is walked from now on, as when it started; none where that
        /// stays the same plan.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
    /// The incident is over.
    #[serde(rename = "incident.closed")]
    Closed {
        /// Id of the outcome.
        outcome: String,
        /// Its words.
        words: Text,
        /// What remains to be done afterwards.
        follow_ups: Vec<FollowUp>,
    },
    /// Closed by mistake, taken back at once.
    #[serde(rename = "incident.close-undone")]
    CloseUndone {},
    /// Reopened within [`crate::domain::undo::REOPEN`].
    #[serde(rename = "incident.reopened")]
    Reopened {},
    /// The wall clock was set while the incident was on the tablet's mind; the entry's own time is
    /// the new one. Running times and deadlines go on as if it had not been.
    #[serde(rename = "incident.clock-jumped")]
    ClockJumped {
        /// By how many milliseconds; negative where it was set back.
        by_ms: i64,
    },
    /// Somebody was to be called; stored by kinds of their own.
    #[serde(skip)]
    Call(CallEvent),
    /// People had to leave; stored by kinds of their own.
    #[serde(skip)]
    Evacuation(EvacuationEvent),
    /// Somebody is resuscitated; stored by kinds of their own.
    #[serde(skip)]
    Resuscitation(ResuscitationEvent),
}

/// What words about an incident are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Anything.
    Note,
    /// How it went.
    Course,
    /// By what somebody is known again: whoever complains to do harm, or is suspicious.
    Features,
    /// What customers said of it.
    Feedback,
    /// What was lost or damaged.
    Losses,
    /// Who was hurt, and how.
    Injuries,
    /// No words: a photo, as a JPEG.
    Photo,
}

impl Field {
    /// All that words can be about, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Note,
        Self::Course,
        Self::Features,
        Self::Feedback,
        Self::Losses,
        Self::Injuries,
    ];

    /// Its name in forms and in the journal.
    pub fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Course => "course",
            Self::Features => "features",
            Self::Feedback => "feedback",
            Self::Losses => "losses",
            Self::Injuries => "injuries",
            Self::Photo => "photo",
        }
    }

    /// The one of that name that words can be about.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

/// Why a step was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Id in the plan.
    pub id: String,
    /// Its words.
    pub words: Text,
}

/// Where an incident stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being handled.
    Open,
    /// A tap by mistake.
    Undone,
    /// Over.
    Closed {
        /// When it was closed.
        at: DateTime<Utc>,
        /// Id of the outcome.
        outcome: String,
        /// Its words.
        words: Text,
    },
}
