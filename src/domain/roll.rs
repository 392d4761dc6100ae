//! Who has which task in an evacuation, and who is missing at the assembly point (clause 3.2.2-4b).
//! No names: people are told apart by what anybody could say of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan::Text;

/// The most people missing who are kept apart; by then the fire brigade searches floor by floor.
pub const MOST_MISSING: usize = 6;

/// The id of the staff's step that searches the floors below ground, which the branch names itself.
pub const BELOW_GROUND: &str = "below-ground";

/// A task of an evacuation that one person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Opens the way out and leads.
    Door,
    /// Looks that nobody is left behind.
    Sweep,
    /// Counts at the assembly point.
    Count,
}

impl Task {
    /// All of them, in the order in which they begin.
    pub const ALL: [Self; 3] = [Self::Door, Self::Sweep, Self::Count];
}

/// The id of whoever has the tablet, among those a task can be given to. The others are the plan's crew, by
/// their ids there.
pub const LOBBY: &str = "lobby";
/// The others that older programs gave tasks to, by the ids in their entries.
pub const OLDER: [&str; 3] = ["guard", "counter", "runner"];

/// The kinds of people that may be missing, as the controls name them.
pub const KINDS: [&str; 6] = [
    "customer",
    "colleague",
    "child",
    "elder",
    "wheelchair",
    "several",
];
/// Where somebody may have been seen last, besides the branch's floors.
pub const PLACES: [&str; 6] = ["lobby", "toilets", "vip", "stairs", "lift", "unknown"];

/// The id of a floor by its place in the branch's lists, counted from 0.
pub fn floor_id(index: usize) -> String {
    format!("floor-{}", index + 1)
}

/// Somebody who did not come to the assembly point, in words chosen from those offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPerson {
    /// What kind of person.
    pub who: Text,
    /// Where last seen.
    pub seen: Text,
    /// Since when that has been known.
    pub since: DateTime<Utc>,
}
