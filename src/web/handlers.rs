//! Which page answers which request.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, REFRESH};
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;

use super::complaint_form::Back;
use super::request_context::RequestContext;
use super::site::Site;
use super::{
    complaint, evacuate as way_out, home as choices, layout, missing, page, status, with_form,
};

type Here = State<Arc<Site>>;
type Who = Extension<RequestContext>;

pub async fn home(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/", &visit, |_| choices::home(&site, &visit)))
}

pub async fn contacts(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/contacts", &visit, |_| choices::contacts(&site, &visit)))
}

pub async fn privacy(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/privacy", &visit, |_| choices::privacy(&site, &visit)))
}

pub async fn evacuate(State(site): Here, Extension(visit): Who) -> Response<Body> {
    let made = site.cached("/evacuate", &visit, |situation| {
        way_out::page(&site, &visit, situation)
    });
    let is_live = made.is_live;
    let mut response = page(made);
    if is_live {
        // A page that renews itself by a tag of its own is a fault to those who hear it read.
        response
            .headers_mut()
            .insert(REFRESH, HeaderValue::from(way_out::RENEWED_EVERY));
    }
    response
}

pub async fn complaint_form(State(site): Here, Extension(visit): Who) -> Response<Body> {
    complaint::form(&site, &visit).answer()
}

pub async fn complaint_sent(
    State(site): Here,
    Extension(visit): Who,
    fields: Bytes,
) -> Response<Body> {
    let form = complaint::read(&site, &visit, &fields);
    let sent = match site.busy.begin(visit.ip) {
        Some(_place) => complaint::send(&site, &visit, form).await,
        None => complaint::give_back(&site, &visit, &form, Back::Busy),
    };
    sent.answer()
}

pub async fn status_asked(State(site): Here, Extension(visit): Who) -> Response<Body> {
    if site.complaints().is_none() {
        return status::closed(&site, &visit).answer();
    }
    with_form((StatusCode::OK, status::ask(&site, &visit)))
}

pub async fn status_sent(
    State(site): Here,
    Extension(visit): Who,
    fields: Bytes,
) -> Response<Body> {
    let looked = match site.busy.begin(visit.ip) {
        Some(_place) => status::look(&site, &visit, &fields).await,
        None => status::busy(&site, &visit, &fields),
    };
    looked.answer()
}

pub async fn style() -> Response<Body> {
    let kept = HeaderValue::from_static("public, max-age=86400");
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)], layout::STYLE).into_response()
}

pub async fn floor_plan(State(site): Here, Extension(visit): Who) -> Response<Body> {
    match site.floor_plan() {
        Some(plan) if !site.withholds_place() => {
            let kind = HeaderValue::from_static("image/png");
            let kept = HeaderValue::from_static("public, max-age=3600");
            (
                [(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)],
                plan.png.clone(),
            )
                .into_response()
        }
        _ => missing(&site, &visit),
    }
}

pub async fn not_found(
    State(site): Here,
    Extension(visit): Who,
    method: Method,
    uri: Uri,
) -> Response<Body> {
    if let Some(there) = meant(&uri) {
        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, there)]).into_response();
    }
    if method == Method::GET || method == Method::HEAD || method == Method::POST {
        return missing(&site, &visit);
    }
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response()
}

/// The page that was meant by an address with a slash too many or in capitals, as it is typed off
/// a poster.
fn meant(uri: &Uri) -> Option<HeaderValue> {
    let typed = uri.path().trim_end_matches('/');
    let known = PATHS.iter().find(|one| one.eq_ignore_ascii_case(typed))?;
    let there = match uri.query() {
        Some(query) => format!("{known}?{query}"),
        None => (*known).to_owned(),
    };
    HeaderValue::from_str(&there).ok()
}

/// The pages that can be typed.
const PATHS: [&str; 6] = [
    "/evacuate",
    "/contacts",
    "/complaint",
    "/status",
    "/privacy",
    "/posters",
];
