//! What all staff pages share: the way between them, signing out, in whose name they are read, and work
//! that waits for the disk.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use maud::{Markup, html};

use super::{COMPLAINTS, PAGE, RECORDS, STATISTICS, Visit};
use crate::i18n::journal::store_error;
use crate::i18n::pages::{Staffing, staff as words};
use crate::i18n::people;
use crate::service::StoreError;
use crate::service::filing::NotFiled;
use crate::service::people::People;
use crate::service::phone::LinkSecret;
use crate::web::layout::Page;
use crate::web::{missing, with_form};

/// The form of signing out, as its proof names it.
const LEAVE: &str = "leave";

/// Leads to another of these pages.
pub fn to(address: &str) -> Response<Body> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// The field of this name of a form; of several, the first.
pub fn field(fields: &[u8], name: &str) -> Option<String> {
    let found = form_urlencoded::parse(fields).find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

/// Whether a form was opened in the browser that has this secret.
pub fn is_proved(fields: &[u8], secret: &LinkSecret) -> bool {
    field(fields, "proof").is_some_and(|proof| proof == secret.proof(LEAVE))
}

/// Does what waits for the disk, apart from all that others wait for. None where it failed altogether.
pub async fn apart<T: Send + 'static>(
    visit: &Visit<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let turn = Arc::clone(&visit.pages.turn).acquire_owned().await.ok()?;
    let done = tokio::task::spawn_blocking(move || {
        // Whoever asks again and again without waiting gets no second thread for it.
        let _one_at_a_time = turn;
        work()
    });
    done.await.ok()
}

/// A whole page. `place` is the one of the three that it belongs to.
pub fn page(visit: &Visit<'_>, place: &str, title: &str, content: &Markup) -> Response<Body> {
    with_form((StatusCode::OK, wrap(visit, place, title, content)))
}

fn wrap(visit: &Visit<'_>, place: &str, title: &str, content: &Markup) -> Markup {
    let lang = visit.context.lang;
    let ways = [
        (RECORDS, Staffing::Records),
        (STATISTICS, Staffing::Statistics),
        (COMPLAINTS, Staffing::Complaints),
    ];
    let content = html! {
        nav.ways aria-label=(Staffing::Pages.say(lang)) {
            @for (path, name) in ways {
                a href=(visit.context.href(path)) aria-current=[(path == place).then_some("page")] { (name.say(lang)) }
            }
        }
        (content)
        form.leave-pc method="post" action=(visit.context.href("/staff/leave")) {
            input type="hidden" name="proof" value=(visit.secret.proof(LEAVE));
            button.quiet #leave type="submit" { (Staffing::Leave.say(lang)) }
        }
    };
    let known = People::read(&visit.pages.data).unwrap_or_default();
    let who = people::who(lang, Some(&visit.session.holder.actor()), &known);
    let until = visit.site.clock_time(visit.session.until());
    let page = Page {
        title,
        path: visit.uri.path(),
        content,
    };
    let branch = visit.site.settings().branch.name.clone();
    page.wrap(
        visit.context,
        branch.as_deref(),
        &words::reader(lang, &who, &until),
    )
}

/// Why there is nothing to be seen. What is not there at all is a page that is not there.
pub fn failed(visit: &Visit<'_>, place: &str, why: Option<&StoreError>) -> Response<Body> {
    let lang = visit.context.lang;
    if matches!(
        why,
        Some(StoreError::NoSuchIncident { .. } | StoreError::Ambiguous { .. })
    ) {
        return missing(visit.site, visit.context);
    }
    let content = html! {
        @if let Some(why) = why { p #why { (store_error(lang, why)) } }
        p { (Staffing::NotMadeLead.say(lang)) }
    };
    let page = wrap(visit, place, Staffing::NotMade.say(lang), &content);
    // It has the form by which a PC is signed out.
    with_form((StatusCode::SERVICE_UNAVAILABLE, page))
}

/// The same of a report.
pub fn not_told(visit: &Visit<'_>, place: &str, why: Option<&NotFiled>) -> Response<Body> {
    let store = match why {
        Some(NotFiled::Store(error)) => Some(error),
        _ => None,
    };
    failed(visit, place, store)
}

/// The ways to the rows before and after those that are shown.
pub fn turning(
    visit: &Visit<'_>,
    path: &str,
    query: &[(&str, &str)],
    (first, all): (usize, usize),
) -> Markup {
    let lang = visit.context.lang;
    let at = |from: usize| {
        let from = from.to_string();
        let mut whole = query.to_vec();
        whole.push(("from", &from));
        visit.address(path, &whole)
    };
    let has_more = first + PAGE < all;
    html! {
        @if first > 0 || has_more {
            p.turning {
                @if first > 0 { a #newer rel="prev" href=(at(first.saturating_sub(PAGE))) { (Staffing::Newer.say(lang)) } }
                @if has_more { a #older rel="next" href=(at(first + PAGE)) { (Staffing::Older.say(lang)) } }
            }
        }
    }
}
