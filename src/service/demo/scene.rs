//! Where an invented history takes place: what its players act by.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Words, Written};
use crate::config::settings::Settings;
use crate::domain::calendar::Calendar;
use crate::domain::complaint::Why;
use crate::domain::demo::chance::Chance;
use crate::domain::demo::in_office;
use crate::domain::ids::IncidentId;
use crate::domain::incident::Reason;
use crate::domain::plan::Plan;
use crate::service::complaints::Complaints;
use crate::service::in_force::InForce;
use crate::service::incidents::Incidents;
use crate::service::recorder::Recorder;

/// How many disputes a complaint may be about.
const DISPUTES: usize = 4;

/// What players act by.
pub(in crate::service) struct Scene<'a> {
    pub(super) incidents: Incidents,
    pub(super) recorder: Arc<Recorder>,
    pub(super) complaints: &'a Complaints,
    pub(super) plan: Arc<Plan>,
    pub(super) settings: Arc<Settings>,
    pub(super) calendar: Calendar,
    pub(super) written: &'a [Written],
    pub(super) reason: &'a dyn Fn(Why) -> Reason,
    disputes: RefCell<VecDeque<IncidentId>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        incidents: Incidents,
        recorder: &Arc<Recorder>,
        in_force: &InForce,
        complaints: &'a Complaints,
        words: &Words<'a>,
    ) -> Self {
        Self {
            incidents,
            recorder: Arc::clone(recorder),
            complaints,
            plan: in_force.plan(),
            calendar: in_force.settings().complaint.calendar(),
            settings: in_force.settings(),
            written: words.written,
            reason: words.reason,
            disputes: RefCell::default(),
        }
    }

    pub(super) fn zone(&self) -> Tz {
        self.settings.branch.time_zone
    }

    /// The moment itself, or the next one at which the branch is open.
    pub(super) fn in_office(&self, at: DateTime<Utc>, chance: &mut Chance) -> DateTime<Utc> {
        in_office(at, &self.calendar, &self.zone(), chance)
    }

    /// How many numbers a role has; one where it has the country's.
    pub(super) fn numbers(&self, role: &str) -> usize {
        self.settings.contacts.get(role).map_or(1, Vec::len).max(1)
    }

    /// Remembers an incident that customers may complain about.
    pub(super) fn note_dispute(&self, id: &IncidentId) {
        let mut disputes = self.disputes.borrow_mut();
        disputes.push_back(id.clone());
        if disputes.len() > DISPUTES {
            disputes.pop_front();
        }
    }

    /// One of the last of those.
    pub(super) fn dispute(&self, chance: &mut Chance) -> Option<IncidentId> {
        let disputes = self.disputes.borrow();
        let place = chance.below(disputes.len() as u64);
        disputes.get(usize::try_from(place).ok()?).cloned()
    }
}
