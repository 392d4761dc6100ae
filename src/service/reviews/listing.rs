//! What the reviews of all incidents come to: how many are asked for, and the actions that follow.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::config::settings::Settings;
use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::plan::Text;
use crate::domain::review::{Action, ActionKind, Asked, Party, Review};
use crate::service::StoreError;
use crate::service::records::Records;

/// An action in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The incident because of which it is to be done.
    pub incident: IncidentId,
    /// The name of its type.
    pub name: Text,
    /// When that began.
    pub started: Option<DateTime<Utc>>,
    /// The action.
    pub action: Action,
}

/// Which actions a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// Those that are done or dropped, instead of those that are to be done.
    pub settled: bool,
    /// Those of this person alone.
    pub of: Option<PersonId>,
    /// Those of this kind alone: what changes the plan is for its next revision, what trains people for
    /// the next drill.
    pub kind: Option<ActionKind>,
}

impl ActionFilter {
    fn takes(&self, action: &Action) -> bool {
        let is_theirs = (self.of.as_ref())
            .is_none_or(|of| matches!(&action.planned.owner, Party::Person(one) if one == of));
        let of_kind = self.kind.is_none_or(|kind| kind == action.planned.action);
        action.is_open() != self.settled && is_theirs && of_kind
    }
}

/// A list of actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionPage {
    /// The actions: what is to be done by its day, what is settled the newest first.
    pub listed: Vec<Listed>,
    /// How many there are.
    pub all: usize,
}

impl Records {
    /// How many reviews are asked for, and how many actions are to be done, as things stand at `now`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn count_reviews(
        &self,
        asked: &Asked,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Counted, StoreError> {
        let zone = settings.branch.time_zone;
        let (days, calendar) = (settings.review.within_days, settings.complaint.calendar());
        let today = now.with_timezone(&zone).date_naive();
        let closed = self.reader.asked_for(asked)?;
        let is_over =
            |closed: &&DateTime<Utc>| Asked::until(**closed, days, &calendar, zone) <= now;
        let reviews = self.reader.reviews(true)?;
        let actions = || reviews.iter().flat_map(Review::open_actions);
        Ok(Counted {
            due: closed.len(),
            overdue: closed.iter().filter(is_over).count(),
            open: actions().count(),
            late: actions().filter(|one| one.is_overdue(today)).count(),
        })
    }

    /// The actions that `filter` takes, at most `most` of them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn actions(&self, filter: &ActionFilter, most: usize) -> Result<ActionPage, StoreError> {
        let reviews = self.reader.reviews(!filter.settled)?;
        let mut found: Vec<(&Review, &Action)> = Vec::new();
        for review in &reviews {
            let actions = review.content.actions.iter();
            found.extend(
                actions
                    .filter(|one| filter.takes(one))
                    .map(|one| (review, one)),
            );
        }
        let key = |(review, one): &(&Review, &Action)| {
            let (due, settled) = (one.planned.due, one.settled());
            let place = (review.incident.clone(), one.number);
            (settled.map(Reverse), due, place)
        };
        found.sort_by_cached_key(key);
        let all = found.len();
        let mut page = ActionPage {
            listed: Vec::new(),
            all,
        };
        for (review, action) in found.into_iter().take(most) {
            let known = self.reader.summary(&review.incident)?;
            page.listed.push(Listed {
                incident: review.incident.clone(),
                started: known.as_ref().map(|one| one.started),
                name: known.map(|one| one.name).unwrap_or_default(),
                action: action.clone(),
            });
        }
        Ok(page)
    }

    /// Every action: what is to be done by its day, then what is settled, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn every_action(&self) -> Result<Vec<Listed>, StoreError> {
        let of = |settled| {
            let filter = ActionFilter {
                settled,
                ..ActionFilter::default()
            };
            self.actions(&filter, usize::MAX)
        };
        let mut all = of(false)?.listed;
        all.extend(of(true)?.listed);
        Ok(all)
    }

    /// The review of an incident, of which nothing may have been said yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn review(&self, id: &IncidentId) -> Result<Review, StoreError> {
        self.reader.review(id)
    }
}

/// How many reviews are asked for, and how many actions are still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Reviews that are asked for, overdue ones included.
    pub due: usize,
    /// Those that are overdue.
    pub overdue: usize,
    /// Actions that are to be done, overdue ones included.
    pub open: usize,
    /// Those that are overdue.
    pub late: usize,
}
