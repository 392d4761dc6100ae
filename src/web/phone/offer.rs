//! `/p/…`: what a code on the tablet leads to. Looking at it takes nothing: programs that look at
//! addresses before people do would take the link away. One tap gives it to the phone.

use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use maud::html;

use super::note::AGAIN_IN;
use super::{AGAIN_NAME, COOKIE_NAME, Here, Who, cookies, path_of, wrap};
use crate::domain::ids::LinkId;
use crate::domain::phone_link::GOOD_FOR;
use crate::i18n::pages::{Common, Phoning};
use crate::service::phone::LinkSecret;
use crate::web::outcome::Outcome;
use crate::web::{missing, with_form};

/// Asks whether this is the phone to use.
pub async fn offered(
    State(site): Here,
    Extension(context): Who,
    Path(written): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let secret = LinkSecret::read(&written);
    let links = site.links.as_ref().zip(secret);
    let Some((links, secret)) = links else {
        return missing(&site, &context);
    };
    if !links.is_offered(&secret, site.now()) {
        // The phone that has it may scan the code again. Whether it really has, its page finds out.
        let mut again = cookies(&headers, AGAIN_NAME).filter(|id| is_id(id));
        return match again.next() {
            Some(id) => to_page(&context.href(&path_of(&LinkId::from(id))), []),
            None => missing(&site, &context),
        };
    }
    let lang = context.lang;
    let path = format!("/p/{}", secret.written().as_str());
    let content = html! {
        p { (Phoning::OfferLead.say(lang)) }
        p.hint { (Phoning::OfferOnce.say(lang)) }
        @if !context.encrypted { div.plain { p { (Phoning::Plain.say(lang)) } } }
        form method="post" action=(context.href(&path)) accept-charset="utf-8" {
            button #take type="submit" { (Phoning::Take.say(lang)) }
        }
    };
    let title = Phoning::Offer.say(lang);
    let page = wrap(&site, &context, (&path, title), content, "");
    with_form((StatusCode::OK, page))
}

/// Gives the link to the phone that asks.
pub async fn taken(
    State(site): Here,
    Extension(context): Who,
    Path(written): Path<String>,
) -> Response<Body> {
    let secret = LinkSecret::read(&written);
    let Some((links, secret)) = site.links.as_ref().zip(secret) else {
        return missing(&site, &context);
    };
    match links.bind(&secret, site.now()) {
        Ok(Some((link, own))) => {
            let page = path_of(&link.id);
            let known = secret.written();
            let cookies = [
                cookie(COOKIE_NAME, &own.written(), &page, context.encrypted),
                cookie(
                    AGAIN_NAME,
                    link.id.as_str(),
                    &format!("/p/{}", known.as_str()),
                    context.encrypted,
                ),
            ];
            to_page(&context.href(&page), cookies.into_iter().flatten())
        }
        Ok(None) => missing(&site, &context),
        // The links say themselves why their file cannot be written.
        Err(_) => {
            let page = site.sorry(&context, "/", Common::Trouble, Common::TroubleLead);
            let outcome = Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page);
            outcome.later(AGAIN_IN).answer()
        }
    }
}

fn to_page(page: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response<Body> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(page) = HeaderValue::from_str(page) {
        response.headers_mut().insert(LOCATION, page);
    }
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// A cookie for one page, out of the reach of scripts and of other sites, for as long as a link lasts.
fn cookie(name: &str, value: &str, path: &str, encrypted: bool) -> Option<HeaderValue> {
    let secure = if encrypted { "; Secure" } else { "" };
    let seconds = GOOD_FOR.num_seconds();
    let text = format!(
        "{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    );
    HeaderValue::from_str(&text).ok()
}

/// Whether this may be the id of a link: what comes from outside goes into no address otherwise.
fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|one| one.is_ascii_hexdigit() || one == b'-')
}
