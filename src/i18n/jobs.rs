//! How it goes with what is done beside the screen, in words.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{screen, tr, tr_with};
use crate::domain::lang::Lang;
use crate::service::jobs::{Health, JobId, Report};

/// What a job does, as a name.
pub fn name(lang: &Lang, job: JobId) -> &str {
    let name = match job {
        JobId::Recording => "recording what is done",
        JobId::Retention => "erasing what is past its keeping",
        JobId::Complaints => "opening the complaints",
        JobId::Pages => "serving the phone pages",
        JobId::AddressTest => "testing the address in the codes",
        JobId::Situation => "keeping the phone pages up to date",
        JobId::FloorPlan => "drawing the floor plan for phones",
        JobId::BranchFiles => "following the branch's files",
        JobId::Lists => "putting the records in order",
    };
    tr(lang, name)
}

/// The same as the heading of its row.
pub fn title(lang: &Lang, job: JobId) -> String {
    let name = name(lang, job);
    let mut letters = name.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// How it goes with all of them, in one line.
pub fn summary(lang: &Lang, health: &Health) -> String {
    match health.values().filter(|report| report.failing).count() {
        0 if health.is_empty() => tr(lang, "Nothing runs beside the screen").to_owned(),
        0 => tr(lang, "Everything works").to_owned(),
        count => tr_with(lang, "Not working: {}. Tell IT.", &[&count.to_string()]),
    }
}

/// How it goes with one.
pub fn state(lang: &Lang, report: &Report) -> &'static str {
    let state = match (report.failing, report.last_success) {
        (true, _) => "Not working",
        _ if report.percent.is_some() => "Under way",
        (false, Some(_)) => "Works",
        (false, None) => "Not needed yet",
    };
    tr(lang, state)
}

/// When it last worked, when it did not and why, how often it runs.
pub fn detail(lang: &Lang, report: &Report, now: DateTime<Utc>, zone: Tz) -> String {
    let when = |at: DateTime<Utc>| screen::moment(lang, at, now, zone);
    let failed = report.last_failure.as_ref().map(|(at, why)| {
        if report.failing {
            tr_with(lang, "Failed {0}: {1}", &[&when(*at), why])
        } else {
            tr_with(lang, "Last failed {}", &[&when(*at)])
        }
    });
    let worked = report
        .last_success
        .map(|at| tr_with(lang, "Last worked {}", &[&when(at)]));
    let again =
        (report.restarts > 0).then(|| tr_with(lang, "Begun anew {} times", &[&restarts(report)]));
    let done = report
        .percent
        .map(|percent| tr_with(lang, "{}% done", &[&percent.to_string()]));
    let parts = [done, failed, worked, every(lang, report), again];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How often it runs; none where it waits for something to happen.
fn every(lang: &Lang, report: &Report) -> Option<String> {
    Some(match report.every_s? {
        seconds if seconds < 60 => tr_with(lang, "Every {} s", &[&seconds.to_string()]),
        seconds if seconds < 3_600 => tr_with(lang, "Every {} min", &[&(seconds / 60).to_string()]),
        seconds => tr_with(lang, "Every {} h", &[&(seconds / 3_600).to_string()]),
    })
}

/// One line for the banner, where jobs fail; what else the banner says of by itself is left out.
pub fn short(lang: &Lang, health: &Health) -> Option<String> {
    let said_elsewhere = [
        JobId::Recording,
        JobId::Pages,
        JobId::Complaints,
        JobId::AddressTest,
        JobId::FloorPlan,
    ];
    let mut failing = health.iter().filter(|(_, report)| report.failing);
    let (job, _) = failing.find(|(job, _)| !said_elsewhere.contains(job))?;
    Some(tr_with(
        lang,
        "Not working: {}: tell IT",
        &[name(lang, *job)],
    ))
}

/// One line for each job that fails, with why: for `check`.
pub fn failing(lang: &Lang, health: &Health) -> Vec<String> {
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
