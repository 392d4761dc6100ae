//! What goes on beside the screen while the lists are made anew after a change of their rules: the
//! writer's thread makes them, a part at a time between the acts, and tells how far it has come.

use super::bus::Bus;
use super::jobs::{JobId, Jobs};
use super::journal::Notice;
use super::keeper::Told;

/// Has the report on the jobs say how far the lists are, and why they do not go on.
pub fn report(bus: &Bus, jobs: &Jobs) {
    let jobs = jobs.clone();
    bus.listen(move |notice| {
        let Notice::Listing(lists) = notice else {
            return;
        };
        // Named from the first time on: mostly there is nothing to be done.
        let job = jobs.job(JobId::Lists, None);
        match (&lists.error, lists.growing) {
            (Some(error), _) => job.failed(error),
            (None, Some(percent)) => job.goes_on(percent),
            (None, None) => job.succeeded(),
        }
    });
}

/// Has the keeper begin once all complaints are listed: until then nobody knows what is past its
/// keeping.
pub fn tell(bus: &Bus, keeping: &Told) {
    let keeping = keeping.clone();
    bus.listen(move |notice| {
        if let Notice::Listing(lists) = notice
            && lists.are_whole()
        {
            keeping.listed();
        }
    });
}
