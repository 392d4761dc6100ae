//! The `[review]` section of `kiosk.toml`: which incidents are reviewed, and in which time.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::fields::whole;
use crate::config::toml_reader::{Item, Section};

/// Working days until a review is due: within a quarter.
const REVIEW_DAYS: RangeInclusive<i64> = 1..=60;

/// In which time what happened is reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewTerms {
    /// Working days after the close within which an incident is reviewed.
    pub within_days: u32,
    /// What began on this day or later is reviewed; whatever it is where it is not set.
    pub since: Option<NaiveDate>,
}

impl Default for ReviewTerms {
    fn default() -> Self {
        Self {
            within_days: 5,
            since: None,
        }
    }
}

/// Reads the section.
pub(super) fn read(mut one: Section<'_>) -> ReviewTerms {
    let within = one.optional("within_days");
    let within = within.and_then(|item| whole(item, REVIEW_DAYS));
    ReviewTerms {
        within_days: within.unwrap_or(ReviewTerms::default().within_days),
        since: one.optional("since").and_then(Item::date),
    }
}
