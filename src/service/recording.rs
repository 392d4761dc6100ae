//! Whether what is done reaches the disk, for the report on the jobs: the screen has it from the
//! recorder, whoever looks on from there.

use super::bus::Bus;
use super::jobs::{JobId, Jobs};
use super::journal::Notice;

/// Has the report on the jobs say whether the journal records.
pub fn report(bus: &Bus, jobs: &Jobs) {
    let job = jobs.job(JobId::Recording, None);
    bus.listen(move |notice| match notice {
        Notice::Recorded(_) => job.succeeded(),
        Notice::Failed { error, .. } => job.failed(error),
        _ => {}
    });
}
