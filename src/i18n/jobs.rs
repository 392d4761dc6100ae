//! How it goes with what is done beside the screen, in words.

use super::{tr, tr_with};
use crate::service::jobs::{Health, JobId, Report};

/// What a job does, as a name.
pub fn name(lang: &str, job: JobId) -> &str {
    let name = match job {
        JobId::Retention => "erasing what is past its keeping",
        JobId::Complaints => "opening the complaints",
        JobId::Pages => "serving the phone pages",
        JobId::AddressTest => "testing the address in the codes",
        JobId::Situation => "keeping the phone pages up to date",
        JobId::FloorPlan => "drawing the floor plan for phones",
        JobId::BranchFiles => "following the branch's files",
    };
    tr(lang, name)
}

/// One line for the banner, where jobs fail; what else the banner says of by itself is left out.
pub fn short(lang: &str, health: &Health) -> Option<String> {
    let said_elsewhere = [JobId::Pages, JobId::Complaints];
    let mut failing = health.iter().filter(|(_, report)| report.failing);
    let (job, _) = failing.find(|(job, _)| !said_elsewhere.contains(job))?;
    Some(tr_with(
        lang,
        "Not working: {}: tell IT",
        &[name(lang, *job)],
    ))
}

/// One line for each job that fails, with why: for `check`.
pub fn failing(lang: &str, health: &Health) -> Vec<String> {
    let all = health.iter().filter(|(_, report)| report.failing);
    all.map(|(job, report)| {
        let why = report.last_failure.as_ref();
        let why = why.map_or("", |(_, why)| why.as_str());
        tr_with(
            lang,
            "the running kiosk fails at {0}, begun anew {1} times: {2}",
            &[name(lang, *job), &restarts(report), why],
        )
    })
    .collect()
}

fn restarts(report: &Report) -> String {
    report.restarts.to_string()
}
