//! Whether people are leaving the building, as far as the public is told: from the end of the
//! undo window on, until the end can no longer be taken back, and for a while after it.

use chrono::{DateTime, Duration, Utc};

use crate::domain::evacuation::{self, End};
use crate::domain::hazard;
use crate::domain::incident::Incident;
use crate::domain::plan::{Hazard, Text};
use crate::service::in_force::InForce;

/// How long a page says that an evacuation is over.
const SAID_FOR: Duration = Duration::minutes(60);

/// What is happening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Situation {
    /// Nothing.
    #[default]
    Calm,
    /// People are leaving.
    Leave(Leave),
    /// They were, until a short while ago.
    Over(Over),
}

/// An evacuation that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// When it began.
    pub since: DateTime<Utc>,
    /// What for, as the plan that the incident is bound to has it.
    pub hazard: Option<Box<Hazard>>,
    /// The command in force, where the plan has one.
    pub command: Option<Text>,
    /// Whether that command is to stay: nobody is shown the way out before it is over.
    pub stays: bool,
}

/// An evacuation that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// How.
    pub end: End,
    /// When.
    pub at: DateTime<Utc>,
}

impl Situation {
    /// Whether no page says where people gather: whoever they flee from has a phone as well.
    pub fn withholds_place(&self) -> bool {
        self.hazard().is_some_and(|hazard| hazard.discreet)
    }

    /// Whether phones must not be used until one is out of the building.
    pub fn keeps_phones_off(&self) -> bool {
        self.hazard().is_some_and(|hazard| hazard.no_codes)
    }

    /// Whether people are to stay where they are for now.
    pub fn stays(&self) -> bool {
        matches!(self, Self::Leave(leave) if leave.stays)
    }

    /// What people are leaving for.
    fn hazard(&self) -> Option<&Hazard> {
        match self {
            Self::Leave(leave) => leave.hazard.as_deref(),
            Self::Calm | Self::Over(_) => None,
        }
    }

    /// What is happening at `now`, and when that next changes by itself.
    pub fn of(
        incidents: &[Incident],
        in_force: &InForce,
        now: DateTime<Utc>,
    ) -> (Self, Option<DateTime<Utc>>) {
        let mut next = None;
        let mut leaving: Option<Leave> = None;
        let mut over: Option<Over> = None;
        for incident in incidents {
            if let Some(running) = incident.announced_evacuation(now) {
                if let Some(certain) = running.settled(now) {
                    next = Some(next.map_or(certain, |at: DateTime<Utc>| at.min(certain)));
                }
                if running.may_undo(now) {
                    continue;
                }
                if leaving
                    .as_ref()
                    .is_none_or(|one| one.since <= running.started)
                {
                    let plan = in_force.plan_of(incident);
                    let hazard = hazard::hazard(&plan, incident, incidents);
                    let command =
                        hazard.and_then(|it| evacuation::command_in_force(it, running).cloned());
                    leaving = Some(Leave {
                        since: running.started,
                        stays: hazard.is_some_and(|it| evacuation::tells_to_stay(it, running)),
                        hazard: hazard.cloned().map(Box::new),
                        command,
                    });
                }
            } else if let Some((at, end)) = incident.evacuation.as_ref().and_then(|one| one.ended)
                && now - at < SAID_FOR
                && over.as_ref().is_none_or(|one| one.at <= at)
            {
                over = Some(Over { end, at });
            }
        }
        match (leaving, over) {
            (Some(leave), _) => (Self::Leave(leave), next),
            (None, Some(over)) => {
                let until = over.at + SAID_FOR;
                let next = Some(next.map_or(until, |at| at.min(until)));
                (Self::Over(over), next)
            }
            (None, None) => (Self::Calm, next),
        }
    }
}
