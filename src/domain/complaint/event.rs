//! What can happen to a complaint, as the journal keeps it.

use serde::{Deserialize, Serialize};

use super::promise::{Promise, Until};
use crate::domain::content::{ContentRef, Erasure};
use crate::domain::ids::IncidentId;
use crate::domain::incident::Reason;
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// What a complaint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Orders, accounts, money.
    Trading,
    /// How somebody was treated.
    Service,
    /// Personal information.
    PersonalInformation,
    /// Equipment or safety in the lobby.
    Equipment,
    /// Anything else.
    Other,
}

impl About {
    /// All of them, in the order that the form offers them.
    pub const ALL: [Self; 5] = [
        Self::Trading,
        Self::Service,
        Self::PersonalInformation,
        Self::Equipment,
        Self::Other,
    ];

    /// Its name in forms and in the journal.
    pub fn id(self) -> &'static str {
        match self {
            Self::Trading => "trading",
            Self::Service => "service",
            Self::PersonalInformation => "personal-information",
            Self::Equipment => "equipment",
            Self::Other => "other",
        }
    }

    /// The one of that name.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

/// Why a complaint is not to be dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// It came with many others at once, of which nobody has meant any.
    Burst,
}

/// What can happen to a complaint. Words of the plan are carried along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ComplaintEvent {
    /// A customer sent it.
    #[serde(rename = "complaint.received")]
    Received {
        /// What it is about.
        about: About,
        /// What the customer wrote.
        #[serde(flatten)]
        kept: ContentRef,
        /// The language of the form.
        lang: Lang,
        /// The days that its receipt promises; what an older program took in has an entry
        /// [`ComplaintEvent::Promised`] of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promise: Option<Promise>,
    },
    /// The days that hold for a complaint whose receipt said none that was written down.
    #[serde(rename = "complaint.promised")]
    Promised {
        /// The days.
        #[serde(flatten)]
        promise: Promise,
    },
    /// The branch needs longer than it promised.
    #[serde(rename = "complaint.extended")]
    Extended {
        /// The new day to take it up by, where that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_by: Option<Until>,
        /// The new day to answer it by, where that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Until>,
        /// Why.
        reason: Reason,
    },
    /// The customer wrote more.
    #[serde(rename = "complaint.added")]
    Added {
        /// What the customer wrote.
        #[serde(flatten)]
        kept: ContentRef,
    },
    /// Somebody of the staff wrote something down about it, which its writer never sees.
    #[serde(rename = "complaint.noted")]
    Noted {
        /// What was written.
        #[serde(flatten)]
        kept: ContentRef,
    },
    /// The key of something that was written before keys were sealed has been sealed.
    #[serde(rename = "complaint.sealed")]
    Sealed {
        /// The content, with the digest that holds from now on.
        #[serde(flatten)]
        kept: ContentRef,
    },
    /// Somebody of the staff took it up.
    #[serde(rename = "complaint.accepted")]
    Accepted {},
    /// One of the plan's replies was given.
    #[serde(rename = "complaint.replied")]
    Replied {
        /// Id of the reply in the plan.
        reply: String,
        /// Its words.
        words: Text,
        /// Whether it only says how things stand, so that the answer is still owed. Older programs
        /// knew answers alone.
        #[serde(default, skip_serializing_if = "is_false")]
        interim: bool,
        /// Whether a superior's word was given for it.
        #[serde(default, skip_serializing_if = "is_false")]
        approved: bool,
    },
    /// A department is to see to it.
    #[serde(rename = "complaint.handed-over")]
    HandedOver {
        /// The department's role in the plan.
        role: String,
        /// Its name.
        name: Text,
    },
    /// It belongs to an incident.
    #[serde(rename = "complaint.linked")]
    Linked {
        /// The incident.
        incident: IncidentId,
    },
    /// It is settled.
    #[serde(rename = "complaint.closed")]
    Closed {
        /// Id of the outcome in the plan.
        outcome: String,
        /// Its words.
        words: Text,
    },
    /// It must be kept, whatever its age and whoever asks for its erasure.
    #[serde(rename = "complaint.held")]
    Held {
        /// Why.
        reason: Reason,
    },
    /// It need not be kept any longer than others.
    #[serde(rename = "complaint.released")]
    Released {
        /// Why.
        reason: Reason,
    },
    /// It is not to be dealt with, as things stand.
    #[serde(rename = "complaint.put-aside")]
    PutAside {
        /// Why.
        why: Aside,
    },
    /// It is to be dealt with after all.
    #[serde(rename = "complaint.put-back")]
    PutBack {},
    /// Everything that the customer wrote is gone.
    #[serde(rename = "complaint.erased")]
    Erased {
        /// Why.
        why: Erasure,
    },
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}
