//! `/healthz`: that the pages are being served; to the tablet itself, a little more.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, Uri};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;

use super::request_context::RequestContext;
use super::self_probe::agent;
use super::site::Site;
use crate::service::jobs::Health;

/// How long the pages of the same tablet may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How it goes with the jobs of the kiosk whose pages this tablet finds at `door`, scheme and
/// authority; none where none answers.
pub fn of_running(door: &str) -> Option<Health> {
    #[derive(Deserialize)]
    struct Answer {
        jobs: Health,
    }
    let mut answer = agent(PATIENCE).get(format!("{door}/healthz")).call().ok()?;
    let body = answer.body_mut().read_to_string().ok()?;
    let answer: Answer = serde_json::from_str(&body).ok()?;
    Some(answer.jobs)
}

/// The answer: `ok`, or JSON with version, last entry, free bytes on disk and how the jobs go for who
/// asks from the tablet itself.
pub async fn answer(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<RequestContext>,
    uri: Uri,
) -> Response<Body> {
    if let Some(probe) = uri.query().and_then(|query| query.strip_prefix("probe=")) {
        site.reach.arrived(probe);
        return plain("ok");
    }
    if !visit.is_local {
        return plain("ok");
    }
    let complaints = site.complaints();
    let last = complaints.as_ref().and_then(|one| one.last_entry().ok()?);
    let free = complaints.as_ref().and_then(|one| one.free_bytes());
    let body = json!({
        "status": if complaints.is_some() { "ok" } else { "no journal" },
        "version": env!("CARGO_PKG_VERSION"),
        "last_entry": last.map(|(seq, at)| json!({ "seq": seq, "at": at })),
        "free_bytes": free,
        "jobs": site.jobs.health(),
    });
    let kind = HeaderValue::from_static("application/json");
    ([(CONTENT_TYPE, kind)], body.to_string()).into_response()
}

fn plain(words: &'static str) -> Response<Body> {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(CONTENT_TYPE, kind)], words).into_response()
}
