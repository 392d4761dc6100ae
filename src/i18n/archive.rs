//! Words of the records on the screen.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::journal::store_error;
use super::records::RecordWords;
use super::{screen, staff, tr, tr_with};
use crate::domain::incident::{Incident, Status};
use crate::domain::lang::Lang;
use crate::domain::summary::{IncidentState, Summary};
use crate::service::archive::Unread;

/// Day and time, with the year.
pub fn when(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

/// Which incidents are shown, and of how many.
pub fn count(lang: &Lang, first: usize, shown: usize, all: usize) -> String {
    let number = |count: usize| count.to_string();
    if all == 0 {
        tr(lang, "No incidents").to_owned()
    } else if shown == all {
        tr_with(lang, "Incidents: {}", &[&number(all)])
    } else {
        let (from, to) = (number(first + 1), number(first + shown));
        let all = number(all);
        tr_with(lang, "Incidents {0} to {1} of {2}", &[&from, &to, &all])
    }
}

/// They are being looked up.
pub fn reading(lang: &Lang) -> &'static str {
    tr(lang, "Reading…")
}

/// Why they cannot be seen.
pub fn unread(lang: &Lang, why: &Unread) -> String {
    match why {
        Unread::Store(error) => store_error(lang, error),
        Unread::NoThread(detail) => staff::no_thread(lang, detail),
    }
}

/// The list holds those of every month.
pub fn any_month(lang: &Lang) -> &'static str {
    tr(lang, "All months")
}

/// The list holds those of every type.
pub fn any_type(lang: &Lang) -> &'static str {
    tr(lang, "All types")
}

/// How an incident stands, its outcome and what is left to do.
pub fn standing(lang: &Lang, one: &Summary) -> String {
    let words = RecordWords { lang };
    let outcome = one.outcome.as_ref().map(|outcome| outcome.in_lang(lang));
    let state = match (one.standing, outcome) {
        // The outcome says that it is over.
        (IncidentState::Closed, Some(outcome)) => outcome,
        _ => words.standing(one.standing),
    };
    with_left(lang, vec![state.to_owned()], one.follow_ups.len())
}

/// What is known of an incident beside its timeline.
pub fn facts(lang: &Lang, incident: &Incident, zone: Tz) -> String {
    let words = RecordWords { lang };
    let mut parts = vec![when(incident.started, zone)];
    match &incident.status {
        Status::Open => parts.push(words.standing(IncidentState::Open).to_owned()),
        Status::Undone => parts.push(words.standing(IncidentState::Undone).to_owned()),
        Status::Closed { at, words, .. } => {
            parts.push(screen::running(lang, *at - incident.started));
            parts.push(words.in_lang(lang).to_owned());
        }
    }
    parts.push(incident.id.to_string());
    with_left(lang, parts, incident.follow_ups.len())
}

fn with_left(lang: &Lang, mut parts: Vec<String>, left: usize) -> String {
    if left > 0 {
        parts.push(screen::follow_ups_left(lang, left));
    }
    parts.join(" · ")
}

/// Detail and reason of a line in one, and that it was taken back.
pub fn joined(lang: &Lang, parts: &[&str], struck: bool) -> String {
    let struck = struck.then(|| tr(lang, "Struck out"));
    let parts = parts.iter().copied().chain(struck);
    parts.collect::<Vec<_>>().join(" · ")
}
