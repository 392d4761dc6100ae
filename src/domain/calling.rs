//! Calls for help and reports up, as an incident's record keeps them. Which of a role's numbers
//! was tried is noted by its place in the list: the digits may be somebody's own mobile, and
//! personal data never enters the journal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan::{Group, Plan, Role, Text};
use crate::domain::ids::EntryId;

/// What can happen to a contact while an incident is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum CallEvent {
    /// Its card was opened: number, code and call script were in front of somebody.
    #[serde(rename = "incident.contact-opened")]
    Opened {
        /// The role.
        role: String,
        /// Its name.
        name: Text,
    },
    /// It was called.
    #[serde(rename = "incident.contact-called")]
    Called {
        /// The role.
        role: String,
        /// Its name.
        name: Text,
        /// Which of its numbers, counted from 1.
        place: usize,
        /// Whether anybody answered.
        answered: bool,
    },
    /// What was said of a call was wrong: the wrong button, or the wrong contact.
    #[serde(rename = "incident.call-corrected")]
    Corrected {
        /// The call's entry, which stays as it is.
        entry: EntryId,
        /// The role.
        role: String,
        /// Its name.
        name: Text,
        /// Which of its numbers, counted from 1.
        place: usize,
        /// What really became of it.
        outcome: Outcome,
    },
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Somebody answered.
    Answered,
    /// Nobody did.
    NoAnswer,
    /// It was never made: tapped by mistake.
    NotMade,
}

/// The last call to a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastCall {
    /// When.
    pub at: DateTime<Utc>,
    /// Which number, counted from 1.
    pub place: usize,
    /// Whether anybody answered.
    pub answered: bool,
    /// How many times in a row, this one included, nobody answered at this number.
    pub in_vain: usize,
}

impl LastCall {
    /// The call after `before` to the same role.
    pub fn after(before: Option<Self>, at: DateTime<Utc>, place: usize, answered: bool) -> Self {
        let again = before.filter(|before| before.place == place);
        Self {
            at,
            place,
            answered,
            in_vain: if answered {
                0
            } else {
                again.map_or(0, |before| before.in_vain).saturating_add(1)
            },
        }
    }
}

impl Role {
    /// Whether lives depend on this line. Nobody stands above it: unanswered, it is called again,
    /// whoever else may be fetched meanwhile.
    pub fn is_lifeline(&self) -> bool {
        self.group == Group::Now
    }
}

/// Which of `count` numbers to call now, counted from 1: after one that did not answer the next,
/// and after the last one the first again. 1 where there is none.
pub fn number_to_try(last: Option<LastCall>, count: usize) -> usize {
    match last {
        Some(last) if !last.answered && last.place < count => last.place + 1,
        Some(last) if last.answered && last.place <= count => last.place,
        _ => 1,
    }
}

/// Whether every one of `count` numbers was tried in vain, the last one last.
pub fn is_exhausted(last: Option<LastCall>, count: usize) -> bool {
    last.is_some_and(|last| !last.answered && last.place >= count)
}

/// Whom to call when nobody answers `role` at any of its numbers: the first one on the plan's way
/// up that `may` be called. Whatever the plan says, nobody comes twice.
pub fn way_up<'p>(plan: &'p Plan, role: &str, may: impl Fn(&str) -> bool) -> Option<&'p Role> {
    let from = plan.role(role)?;
    let mut passed = vec![from.id.as_str()];
    let mut next = from.next.as_deref();
    while let Some(id) = next {
        if passed.contains(&id) {
            return None;
        }
        passed.push(id);
        let above = plan.role(id)?;
        if may(id) {
            return Some(above);
        }
        next = above.next.as_deref();
    }
    None
}
