//! The order in which the staff see complaints: what is overdue, what waits for them, the rest.

use chrono::{DateTime, TimeZone, Utc};

use super::complaint::{Complaint, Due, Terms};

/// A complaint with what has to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Where it stands.
    pub complaint: Complaint,
    /// What has to be done next, and by when.
    pub due: Option<Due>,
}

/// How much a complaint wants to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The branch's own time for it is over.
    Overdue,
    /// The customer has written since the staff last did anything.
    Waiting,
    /// Nothing presses.
    Calm,
    /// Its words are gone.
    Erased,
}

impl Matter {
    /// The complaint under the branch's `terms`, on its clock in `zone`.
    pub fn of<Z: TimeZone>(complaint: Complaint, terms: &Terms, zone: &Z) -> Self {
        let due = complaint.due(terms, zone);
        Self { complaint, due }
    }

    /// How much it wants to be seen.
    pub fn place(&self, now: DateTime<Utc>) -> Place {
        if self.complaint.erased.is_some() {
            Place::Erased
        } else if self.due.is_some_and(|due| due.by() <= now) {
            Place::Overdue
        } else if self.complaint.waiting {
            Place::Waiting
        } else {
            Place::Calm
        }
    }
}

/// The places of `matters` in the order to see them in: what is overdue by the day it was due,
/// what waits by how long it has, the rest and the erased ones the newest first.
pub fn order(matters: &[Matter], now: DateTime<Utc>) -> Vec<usize> {
    let key = |matter: &Matter| {
        let place = matter.place(now);
        let received = matter.complaint.received.timestamp_millis();
        let rank = match place {
            Place::Overdue => matter
                .due
                .map_or(received, |due| due.by().timestamp_millis()),
            Place::Waiting => received,
            Place::Calm | Place::Erased => received.saturating_neg(),
        };
        (place, rank, received)
    };
    let mut keyed: Vec<_> = matters.iter().map(key).enumerate().collect();
    keyed.sort_by_key(|(_, key)| *key);
    keyed.into_iter().map(|(index, _)| index).collect()
}

/// How many are overdue, and how many wait besides.
pub fn pressing(matters: &[Matter], now: DateTime<Utc>) -> (usize, usize) {
    let count = |place| matters.iter().filter(|one| one.place(now) == place).count();
    (count(Place::Overdue), count(Place::Waiting))
}
