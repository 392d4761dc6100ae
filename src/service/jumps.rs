//! What a jump of the wall clock means for the incidents that the tablet keeps in mind.

use std::sync::Arc;

use chrono::TimeDelta;

use super::clock_watch::Watch;
use super::incidents::Incidents;
use crate::domain::ids::IncidentId;
use crate::domain::incident::IncidentEvent;

impl Incidents {
    /// Has the clock watched from now on. What it was set by while the program did not run is
    /// noted at the next look.
    pub fn watch(&mut self, watch: Arc<Watch>) {
        self.watch = Some(watch);
    }

    /// Looks whether the clock has jumped, and if so notes it with every incident that is kept in
    /// mind, before anything else is noted; answers by how much it was set altogether.
    pub fn look_at_clock(&self) -> TimeDelta {
        let Some(watch) = &self.watch else {
            return TimeDelta::zero();
        };
        let total = watch.look();
        let by = total - self.jumped.replace(total);
        if !by.is_zero() {
            let event = IncidentEvent::ClockJumped {
                by_ms: by.num_milliseconds(),
            };
            let live: Vec<IncidentId> = self
                .live
                .borrow()
                .iter()
                .map(|one| one.id.clone())
                .collect();
            for id in live {
                self.befell(&id, &event);
            }
        }
        total
    }
}
