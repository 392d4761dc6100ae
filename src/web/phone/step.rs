//! A step that is done on a phone: the tablet does it, as if somebody had touched it there.

use axum::http::StatusCode;

use super::Visit;
use super::note::{AGAIN_IN, Form, Said};
use crate::domain::ids::IncidentId;
use crate::service::phone;
use crate::web::outcome::Outcome;

/// Has the tablet do it, and says so once it is on disk.
pub async fn send(visit: &Visit<'_>, incident: &IncidentId, form: &Form) -> Outcome {
    let (step, what) = match (&form.step, &form.what) {
        (Some(step), Some(what)) => (step.clone(), what.clone()),
        _ => return say(visit, Said::Passed, StatusCode::CONFLICT),
    };
    let links = visit.links;
    let done = links
        .act(visit.link(), incident, &form.form, (step, what))
        .await;
    let outcome = match done {
        Ok(phone::Outcome::Passed) => return say(visit, Said::Passed, StatusCode::CONFLICT),
        Err(_) => return say(visit, Said::Silent, StatusCode::SERVICE_UNAVAILABLE),
        Ok(outcome) => outcome,
    };
    // Done it is, on the tablet's screen; recorded only once the disk has it.
    if visit.links.settled().await.is_err() {
        return say(visit, Said::NotRecorded, StatusCode::SERVICE_UNAVAILABLE);
    }
    match outcome {
        phone::Outcome::Before => say(visit, Said::Before, StatusCode::OK),
        _ => say(visit, Said::Recorded, StatusCode::OK),
    }
}

fn say(visit: &Visit<'_>, said: Said, status: StatusCode) -> Outcome {
    let empty = Form::empty();
    let page = super::incident::page(visit, &empty, Some(said));
    let outcome = Outcome::of(status, page);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return outcome.later(AGAIN_IN);
    }
    outcome
}
