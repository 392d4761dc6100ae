//! What a guide asks for again and again, or once after a while, beside its steps.

use super::Text;

/// When a prompt comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Each time so many seconds have passed since it was last heeded, or since it began to count.
    Every(u32),
    /// Once, so many seconds after it began to count.
    Once(u32),
}

/// Something that comes by itself while an incident is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Stable id, unique within its incident type and none of its steps'.
    pub id: String,
    /// What to do.
    pub command: Text,
    /// When it comes.
    pub rhythm: Rhythm,
    /// Id of the step with whose beginning, or end, it begins to count; none where it counts from
    /// the start of the incident, or its change to this type.
    pub from: Option<String>,
    /// Id of the step that ends it.
    pub until: Option<String>,
    /// Ids of the answers with one of which it comes; empty where it always does.
    pub only: Vec<String>,
}
