//! Steps that an act of another kind settles, so that one act makes one record: a call that somebody
//! answered, an evacuation, its all-clear. What is taken back of the act is taken back of the step.

use chrono::{DateTime, Utc};

use super::incidents::Incidents;
use crate::domain::guide::{Guide, StepStanding};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Mark, StepRef};
use crate::domain::plan::DoneBy;

impl Incidents {
    /// Settles the first step on the way that `act` does: for a call, one of those that call `role`.
    /// What lasts is begun by an evacuation, which the all-clear ends.
    pub(super) fn settle_by(&self, id: &IncidentId, act: DoneBy, role: Option<&str>) {
        let is_meant = |one: &StepStanding<'_>| {
            let contacts = &one.step.contacts;
            // A call that is being made is done once somebody answers; people who are being led out
            // are not out because they are told to leave once more.
            let is_open =
                one.marked.is_none() && (one.under_way.is_none() || act != DoneBy::Evacuation);
            one.step.done_by == Some(act)
                && is_open
                && role.is_none_or(|role| contacts.iter().any(|it| it == role))
        };
        let found = self.steps_where(id, is_meant);
        let Some((step, lasts)) = found.into_iter().next() else {
            return;
        };
        if lasts && act == DoneBy::Evacuation {
            self.start_step(id, &step);
        } else {
            self.mark(id, &step, Mark::Done, None);
        }
    }

    /// The all-clear settles what waits for it, and ends what the evacuation had begun.
    pub(super) fn settle_all_clear(&self, id: &IncidentId) {
        let is_begun = |one: &StepStanding<'_>| {
            let ends = [Some(DoneBy::Evacuation), Some(DoneBy::AllClear)];
            ends.contains(&one.step.done_by) && one.under_way.is_some()
        };
        for (step, _) in self.steps_where(id, is_begun) {
            self.mark(id, &step, Mark::Done, None);
        }
        self.settle_by(id, DoneBy::AllClear, None);
    }

    /// Opens again what `act` has settled at or after `since`.
    pub(super) fn unsettle(&self, id: &IncidentId, act: DoneBy, since: DateTime<Utc>) {
        let is_settled = |one: &StepStanding<'_>| {
            let at = (one.marked.map(|it| it.at)).or(one.under_way.map(|it| it.since));
            // An evacuation's end settles what it began as well.
            let begun = act == DoneBy::AllClear && one.step.done_by == Some(DoneBy::Evacuation);
            (begun || one.step.done_by == Some(act)) && at.is_some_and(|at| at >= since)
        };
        for (step, lasts) in self.steps_where(id, is_settled) {
            self.mark(id, &step, Mark::Open, None);
            if act == DoneBy::AllClear && lasts {
                self.start_step(id, &step);
            }
        }
    }

    /// The steps on the way of an open incident of which `is_meant` says so, with whether each lasts.
    pub(super) fn steps_where(
        &self,
        id: &IncidentId,
        is_meant: impl Fn(&StepStanding<'_>) -> bool,
    ) -> Vec<(StepRef, bool)> {
        let found = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let kind = self.kind(&one)?;
            let guide = Guide::of(&one, &kind);
            let all = guide.steps.iter().chain(&guide.follow_ups);
            let named = |one: &StepStanding<'_>| (StepRef::of(&kind, &one.step.id), one.step.lasts);
            let meant = all.filter(|one| is_meant(one)).map(named);
            Some(meant.collect())
        });
        found.unwrap_or_default()
    }
}
