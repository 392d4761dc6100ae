//! What is said of complaints: their words, their files, and why something was not done.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::complaint::{Complaint, ComplaintEvent, Promise};
use crate::domain::receipt::Receipt;
use crate::seal::SealError;
use crate::service::journal::JournalError;
use crate::store::StoreError;

/// Why something about a complaint was not done.
#[derive(Debug, Error)]
pub enum ComplaintError {
    /// The journal did not take it, or not yet.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too many numbers are being looked up.
    #[error("too many numbers are being looked up")]
    Busy,
    /// No complaint has this number, or none any more.
    #[error("no such complaint")]
    Unknown,
    /// The writer has added as much as one complaint holds.
    #[error("nothing more can be added to the complaint")]
    Full,
    /// It cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system has no thread to give; its words.
    #[error("no thread: {0}")]
    Thread(String),
}

/// What a customer writes on the form. All of it is personal, and lies in the erasable content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintText {
    /// What happened.
    pub what: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// With whom, or at which counter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub whom: String,
    /// What would put it right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wish: String,
    /// The writer's name; empty where they wish to stay unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Whether they agreed, separately, to sensitive personal data being read (PIPL 29).
    #[serde(default)]
    pub sensitive: bool,
}

/// A complaint with what is left of its words, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintFile {
    /// Where it stands.
    pub complaint: Complaint,
    /// What was written on the form; none where it was erased.
    pub words: Option<ComplaintText>,
    /// What the customer wrote later and what the staff noted, each by its content's id.
    pub added: Vec<(String, Option<String>)>,
    /// Why some of it cannot be read now, though it is there.
    pub shut: Option<SealError>,
    /// Everything that happened to it, with its time. What a newer program wrote is left out.
    pub history: Vec<(DateTime<Utc>, ComplaintEvent)>,
}

/// A complaint that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number to follow it up with.
    pub receipt: Receipt,
    /// Whether this form had been taken in before.
    pub again: bool,
    /// The days that the receipt promises; none where it was taken in before, whose days the
    /// follow-up page tells.
    pub promise: Option<Promise>,
}
