//! The pages that customers open on their phones. Everything is made here on the tablet, without
//! script, and answers in one screen.

mod busy;
mod code;
mod complaint;
mod complaint_form;
mod connections;
mod evacuate;
pub mod form;
mod forwarded;
mod handlers;
pub mod health;
mod home;
mod language;
mod layout;
mod misdirected;
mod outcome;
mod phone;
pub mod poster_press;
mod posters;
mod reading;
pub mod refused;
mod request_context;
pub mod room;
mod self_probe;
pub mod server;
mod site;
pub mod situation;
pub mod staff;
mod status;
pub mod throttle;
pub mod tls;
mod watching;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, request};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use maud::Markup;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_service::Service;

use crate::i18n::pages::Common;
pub use poster_press::{Posters, Printer};
pub use reading::MOST_BYTES;
use refused::Kind;
pub use request_context::{Peer, RequestContext};
use site::CachedPage;
pub use site::{Now, Site};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The pages, ready to answer.
#[derive(Clone)]
pub struct App {
    site: Arc<Site>,
    router: Router,
    desk: Option<Handle>,
    /// Photos that may be on their way at once.
    photos: Arc<Semaphore>,
}

impl App {
    /// The pages of `site`.
    pub fn new(site: Arc<Site>) -> Self {
        let router = Router::new()
            .route("/", get(handlers::home))
            .route("/evacuate", get(handlers::evacuate))
            .route("/contacts", get(handlers::contacts))
            .route("/privacy", get(handlers::privacy))
            .route(
                "/complaint",
                get(handlers::complaint_form).post(handlers::complaint_sent),
            )
            .route(
                "/status",
                get(handlers::status_asked).post(handlers::status_sent),
            )
            .route(phone::OFFERED, get(phone::offered).post(phone::taken))
            .route(phone::TAKEN, get(phone::show).post(phone::sent))
            .route(
                phone::PHOTO,
                // What comes is bounded where it is read.
                post(phone::photo_sent).layer(DefaultBodyLimit::disable()),
            )
            .route(staff::HOME, any(staff::answer))
            .route(staff::BELOW, any(staff::answer))
            .route("/posters", get(posters::choose))
            .route("/posters/{file}", get(posters::file).post(posters::print))
            .route("/healthz", get(health::answer))
            .route("/style.css", get(handlers::style))
            .route(site::PLAN_PATH, get(handlers::floor_plan))
            .fallback(handlers::not_found)
            .with_state(Arc::clone(&site));
        Self {
            site,
            router,
            desk: None,
            photos: Arc::new(Semaphore::new(phone::AT_ONCE)),
        }
    }

    /// The same, with whatever may wait for the disk worked on elsewhere.
    #[must_use]
    pub fn with_desk(self, desk: Handle) -> Self {
        Self {
            desk: Some(desk),
            ..self
        }
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
        let path = request.uri().path().to_owned();
        let mut response = match self.pass(request, peer).await {
            Ok(response) => response,
            Err(response) => response,
        };
        secure(response.headers_mut());
        if let Some(kind) = Kind::of(response.status(), &path) {
            self.site.refused.note(kind);
        }
        response
    }

    /// Leave to send a photo: for the phone of a link alone, and for a few at a time.
    async fn photo(
        &self,
        visit: &RequestContext,
        head: &request::Parts,
    ) -> Result<OwnedSemaphorePermit, Response<Body>> {
        if !phone::may_come(&self.site, visit, head) {
            return Err(missing(&self.site, visit));
        }
        let turn = Arc::clone(&self.photos).acquire_owned().await;
        turn.map_err(|_| missing(&self.site, visit))
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
        let languages = &settings.screen.languages;
        let visit = RequestContext::of(&request, peer, &settings.web, languages)
            .map_err(|_| misdirected::answer(site))?;
        let (mut head, body) = request.into_parts();
        let mut photo = None;
        let expected = if phone::is_photo(head.uri.path()) {
            photo = Some(self.photo(&visit, &head).await?);
            &reading::PHOTO
        } else {
            &reading::FORM
        };
        let bytes = match head.method {
            Method::POST => reading::body(site, &visit, &head, body, expected).await?,
            _ => Bytes::new(),
        };
        if let Some(connection) = head.extensions.remove::<connections::Served>() {
            connection.is_being_answered();
        }
        head.extensions.insert(visit.clone());
        let path = head.uri.path().to_owned();
        let request = Request::from_parts(head, Body::from(bytes));
        let mut router = self.router.clone();
        let work = async move {
            let _one_of_few = photo;
            router.call(request).await
        };
        // On a task of its own, so that a fault in there ends nothing but this answer.
        let done = match &self.desk {
            Some(desk) if !is_vital(&path) => desk.spawn(work).await,
            _ => tokio::spawn(work).await,
        };
        match done {
            Ok(Ok(response)) => Ok(response),
            Err(_) => {
                let page = site.sorry(&visit, "/", Common::Broken, Common::BrokenLead);
                Err(html(StatusCode::INTERNAL_SERVER_ERROR, page))
            }
        }
    }
}

/// Whether a page waits for no disk, so that it is answered apart from all that do.
fn is_vital(path: &str) -> bool {
    [
        "/",
        "/evacuate",
        "/contacts",
        "/privacy",
        "/style.css",
        site::PLAN_PATH,
    ]
    .contains(&path)
}

/// The headers that every answer carries.
fn secure(headers: &mut HeaderMap) {
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(CSP);
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

/// The same, to be sent again after so many seconds.
fn later(mut response: Response<Body>, seconds: Option<i64>) -> Response<Body> {
    if let Some(seconds) = seconds {
        let wait = HeaderValue::from(seconds);
        response.headers_mut().insert(RETRY_AFTER, wait);
    }
    response
}

fn page(made: CachedPage) -> Response<Body> {
    ([(CONTENT_TYPE, HTML)], made.bytes).into_response()
}

fn missing(site: &Site, visit: &RequestContext) -> Response<Body> {
    let page = site.sorry(visit, "/", Common::NotFound, Common::NotFoundLead);
    html(StatusCode::NOT_FOUND, page)
}
