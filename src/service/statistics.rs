//! What many incidents and complaints say together, read from indexes beside a running kiosk.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::records::Records;
use crate::domain::plan::{Plan, Text};
use crate::domain::statistics::{Counting, Deadlines, IncidentFact, Period, Statistics};
use crate::store::StoreError;

/// What was counted, and how the types are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The numbers.
    pub statistics: Statistics,
    /// The name of each type that was counted, by its id.
    pub names: BTreeMap<String, Text>,
    /// When the first incident began or the first complaint came in, of whatever time.
    pub since: Option<DateTime<Utc>>,
}

impl Counted {
    /// The name of a type; empty for one that was not counted.
    pub fn name(&self, type_id: &str) -> Text {
        self.names.get(type_id).cloned().unwrap_or_default()
    }
}

impl Records {
    /// Counts the incidents and complaints of `period` on the clock in `zone`, as things stand at `now`,
    /// held against the deadlines of `plan`. A type that this does not have any more is called as it was.
    ///
    /// # Errors
    /// [`StoreError::Growing`] while the lists are being made anew; [`StoreError::Database`].
    pub fn count(
        &self,
        period: Period,
        plan: &Plan,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Result<Counted, StoreError> {
        let deadlines = Deadlines::of_plan(plan);
        let mut counting = Counting::begin(period, &zone, &deadlines, now);
        let range = period.range(&zone);
        let mut unknown: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
        self.reader
            .count_incidents(range, |fact: &IncidentFact<'_>| {
                counting.incident(fact);
                if !deadlines.contains_key(fact.type_id) {
                    unknown.insert(fact.type_id.to_owned(), fact.started);
                }
            })?;
        self.reader
            .count_complaints(range, |fact| counting.complaint(fact))?;
        let statistics = counting.end();
        let mut names = BTreeMap::new();
        for (id, _) in &statistics.by_type {
            let known = plan.incident(id).map(|kind| kind.name.clone());
            let name = match (known, unknown.get(id)) {
                (None, Some(started)) => self.reader.name_of_type(id, *started)?,
                (known, _) => known,
            };
            names.insert(id.clone(), name.unwrap_or_default());
        }
        Ok(Counted {
            statistics,
            names,
            since: self.reader.first_counted()?,
        })
    }
}
