//! The pages that customers open on their phones. Everything is made here on the tablet, without
//! script, and answers in one screen.

mod code;
mod complaint;
mod connections;
mod evacuate;
mod health;
mod home;
mod layout;
mod posters;
mod reach;
pub mod server;
mod site;
pub mod situation;
mod status;
mod throttle;
pub mod tls;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    REFRESH, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use http_body_util::{BodyExt, Limited};
use maud::Markup;
use tower_service::Service;

use crate::i18n::pages::Common;
pub use posters::Printer;
use site::Made;
pub use site::{Now, Site};
pub use visit::{Peer, Visit};

/// The most bytes of a form. Of Chinese in the form's encoding that is 28,000 characters: what is
/// ten times too long still comes back to be shortened.
pub const MOST_BYTES: usize = 256 * 1024;
/// How long a form may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The pages, ready to answer.
#[derive(Clone)]
pub struct App {
    site: Arc<Site>,
    router: Router,
}

impl App {
    /// The pages of `site`.
    pub fn new(site: Arc<Site>) -> Self {
        let router = Router::new()
            .route("/", get(home))
            .route("/evacuate", get(evacuate))
            .route("/contacts", get(contacts))
            .route("/privacy", get(privacy))
            .route("/complaint", get(complaint_form).post(complaint_sent))
            .route("/status", get(status_asked).post(status_sent))
            .route("/posters", get(posters::choose))
            .route("/posters/{file}", get(posters::file))
            .route("/healthz", get(health::answer))
            .route("/style.css", get(style))
            .route(site::PLAN_PATH, get(floor_plan))
            .fallback(not_found)
            .with_state(Arc::clone(&site));
        Self { site, router }
    }

    /// What the pages are made from.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Answers one request.
    pub async fn answer<B>(&self, request: Request<B>, peer: Peer) -> Response<Body>
    where
        B: axum::body::HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let mut response = match self.pass(request, peer).await {
            Ok(response) => response,
            Err(response) => response,
        };
        secure(response.headers_mut());
        response
    }

    async fn pass<B>(
        &self,
        request: Request<B>,
        peer: Peer,
    ) -> Result<Response<Body>, Response<Body>>
    where
        B: axum::body::HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let site = &self.site;
        let settings = site.settings();
        let public = settings.web.public_url.as_deref();
        let languages = &settings.screen.languages;
        let visit = Visit::of(&request, peer, public, languages)
            .map_err(|_| StatusCode::MISDIRECTED_REQUEST.into_response())?;
        let (mut head, body) = request.into_parts();
        let bytes = match head.method {
            Method::POST => {
                let path = head.uri.path().to_owned();
                let refused = |status, title, lead| {
                    html(status, site.sorry(&visit, known(&path), title, lead))
                };
                visit.same_origin(&head.headers).map_err(|_| {
                    refused(
                        StatusCode::FORBIDDEN,
                        Common::Elsewhere,
                        Common::ElsewhereLead,
                    )
                })?;
                if !is_form(&head.headers) {
                    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
                    return Err(refused(status, Common::NotAForm, Common::NotAFormLead));
                }
                let too_large = || {
                    refused(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        Common::TooLarge,
                        Common::TooLargeLead,
                    )
                };
                if announced(&head.headers).is_some_and(|bytes| bytes > MOST_BYTES) {
                    return Err(too_large());
                }
                let whole = Limited::new(body, MOST_BYTES).collect();
                match tokio::time::timeout(BODY_TIMEOUT, whole).await {
                    Ok(Ok(body)) => body.to_bytes(),
                    Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                        return Err(too_large());
                    }
                    Ok(Err(_)) => {
                        let status = StatusCode::BAD_REQUEST;
                        return Err(refused(status, Common::NotAForm, Common::NotAFormLead));
                    }
                    Err(_) => {
                        let status = StatusCode::REQUEST_TIMEOUT;
                        return Err(refused(status, Common::NotAForm, Common::NotAFormLead));
                    }
                }
            }
            _ => Bytes::new(),
        };
        if let Some(connection) = head.extensions.remove::<connections::Served>() {
            connection.is_being_answered();
        }
        head.extensions.insert(visit);
        let request = Request::from_parts(head, Body::from(bytes));
        let Ok(response) = self.router.clone().call(request).await;
        Ok(response)
    }
}

/// The headers that every answer carries.
fn secure(headers: &mut HeaderMap) {
    headers.insert(CONTENT_SECURITY_POLICY, CSP);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("no-referrer"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The path of a form, for the language switch on a page that could not be read.
fn known(path: &str) -> &'static str {
    match path {
        "/complaint" => "/complaint",
        "/status" => "/status",
        _ => "/",
    }
}

fn html(status: StatusCode, page: Markup) -> Response<Body> {
    (status, [(CONTENT_TYPE, HTML)], page.into_string()).into_response()
}

/// A page with a form on it, whose origin must be known when it is sent: under `no-referrer` a
/// browser hides that of its own forms too, and they could not be told from another site's.
/// Neither policy tells another site anything.
fn with_form((status, page): (StatusCode, Markup)) -> Response<Body> {
    let mut response = html(status, page);
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn page(made: Made) -> Response<Body> {
    ([(CONTENT_TYPE, HTML)], made.bytes).into_response()
}

type Here = State<Arc<Site>>;
type Who = Extension<Visit>;

async fn home(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/", &visit, |_| home::home(&site, &visit)))
}

async fn contacts(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/contacts", &visit, |_| home::contacts(&site, &visit)))
}

async fn privacy(State(site): Here, Extension(visit): Who) -> Response<Body> {
    page(site.cached("/privacy", &visit, |_| home::privacy(&site, &visit)))
}

async fn evacuate(State(site): Here, Extension(visit): Who) -> Response<Body> {
    let made = site.cached("/evacuate", &visit, |situation| {
        evacuate::page(&site, &visit, situation)
    });
    let is_live = made.is_live;
    let mut response = page(made);
    if is_live {
        // A page that renews itself by a tag of its own is a fault to those who hear it read.
        response
            .headers_mut()
            .insert(REFRESH, HeaderValue::from(evacuate::RENEWED_EVERY));
    }
    response
}

async fn complaint_form(State(site): Here, Extension(visit): Who) -> Response<Body> {
    with_form((StatusCode::OK, complaint::form(&site, &visit)))
}

async fn complaint_sent(State(site): Here, Extension(visit): Who, fields: Bytes) -> Response<Body> {
    with_form(complaint::send(&site, &visit, &fields).await)
}

async fn status_asked(State(site): Here, Extension(visit): Who) -> Response<Body> {
    with_form((StatusCode::OK, status::ask(&site, &visit)))
}

async fn status_sent(State(site): Here, Extension(visit): Who, fields: Bytes) -> Response<Body> {
    let looked = status::look(&site, &visit, &fields).await;
    let too_many = looked.0 == StatusCode::TOO_MANY_REQUESTS;
    let mut response = with_form(looked);
    if too_many {
        let wait = HeaderValue::from(throttle::SECONDS_EACH);
        response.headers_mut().insert(RETRY_AFTER, wait);
    }
    response
}

async fn style() -> Response<Body> {
    let kept = HeaderValue::from_static("public, max-age=86400");
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)], layout::STYLE).into_response()
}

async fn floor_plan(State(site): Here, Extension(visit): Who) -> Response<Body> {
    match site.floor_plan() {
        Some(plan) => {
            let kind = HeaderValue::from_static("image/png");
            let kept = HeaderValue::from_static("public, max-age=3600");
            (
                [(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)],
                plan.png.clone(),
            )
                .into_response()
        }
        None => missing(&site, &visit),
    }
}

async fn not_found(State(site): Here, Extension(visit): Who, method: Method) -> Response<Body> {
    if method == Method::GET || method == Method::HEAD || method == Method::POST {
        return missing(&site, &visit);
    }
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response()
}

fn missing(site: &Site, visit: &Visit) -> Response<Body> {
    let page = site.sorry(visit, "/", Common::NotFound, Common::NotFoundLead);
    html(StatusCode::NOT_FOUND, page)
}
