//! Which plans were in force: kept in the journal with their words, so that a record can be read by
//! the plan that it was made by, whatever the plan says by then.

use serde::{Deserialize, Serialize};

/// What can happen to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum PlanEvent {
    /// Another plan than before is in force, or the first that this journal knows of.
    #[serde(rename = "plan.in-force")]
    InForce {
        /// Its revision date.
        revision: String,
        /// The text of its file.
        text: String,
    },
}

/// The topics of plans in the journal, from the first to behind the last.
pub const PLAN_TOPICS: (&str, &str) = ("plan:", "plan;");

/// The topic of the plan with this digest: SHA-256 of the text of its file, in hexadecimal.
pub fn plan_topic(digest: &str) -> String {
    format!("plan:{digest}")
}
