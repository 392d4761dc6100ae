//! `/staff…`: what the branch's PCs read. Where the settings allow no network, to whoever asks from
//! another one, and over a connection that is not encrypted, none of these pages is there. A PC is
//! paired by a code that the unlocked tablet shows; until then all of them lead to the form for it.

mod complaints;
mod files;
mod pairing;
mod records;
mod shell;
mod statistics;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue, Method, Response, Uri};
use tokio::sync::Semaphore;

use super::phone::cookies;
use super::request_context::RequestContext;
use super::site::Site;
use super::{handlers, missing};
use crate::domain::ids::IncidentId;
use crate::service::filing::{Form, Order, Subject, Tell};
use crate::service::pcs::{Pcs, Session};
use crate::service::people::People;
use crate::service::phone::LinkSecret;

/// Where the pages begin …
pub const HOME: &str = "/staff";
/// … and all others of them.
pub const BELOW: &str = "/staff/{*rest}";
const RECORDS: &str = "/staff/records";
const STATISTICS: &str = "/staff/statistics";
const COMPLAINTS: &str = "/staff/complaints";
/// The cookie with what opens a session. Its prefix has browsers take it from this very host alone, over
/// an encrypted connection (RFC 6265bis, 4.1.3.2).
const COOKIE_NAME: &str = "__Host-staff";
/// Rows of one page: more than anybody looks through at once.
const PAGE: usize = 50;
/// The charts of the statistics stand in the page itself; everything else is as on the other pages.
const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// What the pages for PCs are made from.
pub struct StaffPages {
    pcs: Arc<Pcs>,
    data: PathBuf,
    tell: Tell,
    /// One list or report at a time: whoever reads on a PC can wait, and the tablet cannot.
    turn: Arc<Semaphore>,
}

impl StaffPages {
    /// The pages that `pcs` read of the data directory `data`, with reports as `tell` tells them.
    pub fn new(pcs: Arc<Pcs>, data: PathBuf, tell: Tell) -> Self {
        Self {
            pcs,
            data,
            tell,
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

/// A page that is asked for by a PC that is paired.
struct Visit<'a> {
    site: &'a Site,
    context: &'a RequestContext,
    pages: &'a StaffPages,
    session: Session,
    secret: LinkSecret,
    uri: &'a Uri,
}

/// Any request for a page of these, or for one that would lie among them.
pub async fn answer(
    State(site): State<Arc<Site>>,
    Extension(context): Extension<RequestContext>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    fields: Bytes,
) -> Response<Body> {
    let Some(pages) = open_to(&site, &context) else {
        return handlers::not_found(State(site), Extension(context), method, uri).await;
    };
    let mut response = match method {
        Method::GET | Method::HEAD => show(&site, &context, pages, &uri, &headers).await,
        Method::POST => sent(&site, &context, pages, &uri, (&headers, &fields)),
        _ => handlers::not_found(State(site), Extension(context), method, uri).await,
    };
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, CSP);
    response
}

/// The pages, where somebody who asks like this may know of them.
fn open_to<'s>(site: &'s Site, context: &RequestContext) -> Option<&'s StaffPages> {
    let settings = site.settings();
    // A gateway that names nobody stands for everybody behind it.
    let is_gateway = settings.web.trusted_proxies.contains(&context.ip);
    let allowed = context.is_private && !is_gateway && settings.staff_pages.allow(context.ip);
    site.staff.as_ref().filter(|_| allowed)
}

async fn show(
    site: &Site,
    context: &RequestContext,
    pages: &StaffPages,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response<Body> {
    let Some((session, secret)) = session(site, pages, headers) else {
        if uri.path() != HOME {
            return shell::to(&context.href(HOME));
        }
        let said = has_cookie(headers).then_some(pairing::Said::Over);
        return pairing::page(site, context, said);
    };
    let visit = Visit {
        site,
        context,
        pages,
        session,
        secret,
        uri,
    };
    match uri.path() {
        HOME => shell::to(&context.href(RECORDS)),
        RECORDS => records::list(&visit).await,
        STATISTICS => statistics::page(&visit).await,
        COMPLAINTS => complaints::page(&visit).await,
        path => match path.strip_prefix(STATISTICS).and_then(file) {
            Some(form) => statistics::file(&visit, form).await,
            None => one_record(&visit, path).await,
        },
    }
}

async fn one_record(visit: &Visit<'_>, path: &str) -> Response<Body> {
    let under = path
        .strip_prefix(RECORDS)
        .and_then(|it| it.strip_prefix('/'));
    let (id, rest) = under.map_or(("", ""), |it| it.split_at(it.find('/').unwrap_or(it.len())));
    let id = is_id(id).then(|| IncidentId::from(id));
    match (id, rest, file(rest)) {
        (Some(id), "", _) => records::one(visit, id).await,
        (Some(id), _, Some(form)) => records::file(visit, id, form).await,
        _ => missing(visit.site, visit.context),
    }
}

/// Which file the end of an address stands for.
fn file(rest: &str) -> Option<Form> {
    match rest {
        "/report.pdf" => Some(Form::Pdf),
        "/report.docx" => Some(Form::Docx),
        _ => None,
    }
}

/// Whether this may be the id of an incident: a whole one, so that nobody tries beginnings.
fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|one| one.is_ascii_hexdigit() || one == b'-')
}

/// What was sent: the code, or that the PC is done.
fn sent(
    site: &Site,
    context: &RequestContext,
    pages: &StaffPages,
    uri: &Uri,
    (headers, fields): (&HeaderMap, &Bytes),
) -> Response<Body> {
    // Every browser says where a form was sent from. Whoever hides it may be another site.
    if !context.is_surely_own(headers) {
        return missing(site, context);
    }
    match (uri.path(), session(site, pages, headers)) {
        (HOME, None) => pairing::pair(site, context, pages, fields),
        ("/staff/leave", Some((session, secret))) => {
            if !shell::is_proved(fields, &secret) {
                return missing(site, context);
            }
            pages.pcs.leave(&session, site.now());
            pairing::forget(shell::to(&context.href(HOME)))
        }
        (HOME | "/staff/leave", _) => shell::to(&context.href(HOME)),
        _ => missing(site, context),
    }
}

/// The session of the browser that asks.
fn session(site: &Site, pages: &StaffPages, headers: &HeaderMap) -> Option<(Session, LinkSecret)> {
    cookies(headers, COOKIE_NAME)
        .filter_map(LinkSecret::read)
        .find_map(|secret| Some((pages.pcs.open(&secret, site.now())?, secret)))
}

fn has_cookie(headers: &HeaderMap) -> bool {
    cookies(headers, COOKIE_NAME).next().is_some()
}

impl Visit<'_> {
    /// What is asked for under `name` in the address.
    fn asked(&self, name: &str) -> Option<String> {
        let query = self.uri.query().unwrap_or_default();
        let mut all = form_urlencoded::parse(query.as_bytes());
        let found = all.find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned())
    }

    /// The number of the first row that is asked for: the first of a page.
    fn first(&self) -> usize {
        let typed: usize = self
            .asked("from")
            .and_then(|typed| typed.parse().ok())
            .unwrap_or_default();
        typed.min(1_000_000) / PAGE * PAGE
    }

    /// The address of a page with these words in it, in the language that was chosen.
    fn address(&self, path: &str, query: &[(&str, &str)]) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        written.extend_pairs(query.iter().filter(|(_, value)| !value.is_empty()));
        if self.context.chosen {
            written.append_pair("lang", self.context.lang.as_str());
        }
        let query = written.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The report of `subject` that is wanted, as things stand now.
    fn order(&self, subject: Subject) -> Order {
        Order {
            subject,
            lang: self.context.lang.clone(),
            data: self.pages.data.clone(),
            current: self.site.in_force.now(),
            // Without the list of people a report is told all the same, and names nobody.
            // What was written on phones is sealed: the tablet alone opens it.
            written: None,
            people: Arc::new(People::read(&self.pages.data).unwrap_or_default()),
            now: self.site.now(),
        }
    }
}
