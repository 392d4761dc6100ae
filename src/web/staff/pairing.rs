//! The form for the code that pairs a PC, and the cookie that it gets.

use axum::body::{Body, Bytes};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, Response, StatusCode};
use maud::html;

use super::{COOKIE_NAME, HOME, StaffPages, shell};
use crate::domain::staff_session::GOOD_FOR;
use crate::i18n::pages::{Common, Staffing};
use crate::web::layout::Page;
use crate::web::request_context::RequestContext;
use crate::web::site::Site;
use crate::web::{html as answer, with_form};

/// What is said above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The session is over.
    Over,
    /// The code is another one, or no good any more.
    Wrong,
}

/// The form.
pub fn page(site: &Site, context: &RequestContext, said: Option<Said>) -> Response<Body> {
    let lang = context.lang;
    let wrong = said == Some(Said::Wrong);
    let described = if wrong {
        "code-fault code-hint"
    } else {
        "code-hint"
    };
    let content = html! {
        @if said == Some(Said::Over) { p.plain #over role="status" { (Staffing::Over.say(lang)) } }
        p { (Staffing::Lead.say(lang)) }
        p { (Staffing::How.say(lang)) }
        form method="post" action=(context.href(HOME)) accept-charset="utf-8" autocomplete="off" {
            label.over for="code" { (Staffing::Code.say(lang)) }
            p.hint #code-hint { (Staffing::CodeHint.say(lang)) }
            @if wrong { p.fault #code-fault role="alert" { (Staffing::WrongCode.say(lang)) } }
            input #code type="text" name="code" inputmode="numeric" autocomplete="off" maxlength="20"
                required aria-describedby=(described) aria-invalid=[wrong.then_some("true")];
            p { button #open type="submit" { (Staffing::Open.say(lang)) } }
        }
    };
    let page = Page {
        title: Staffing::Title.say(lang),
        path: HOME,
        content,
    };
    let page = page.wrap(context, site.settings().branch.name.as_deref(), "");
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    with_form((status, page))
}

/// Pairs the PC that sent the right code.
pub fn pair(
    site: &Site,
    context: &RequestContext,
    pages: &StaffPages,
    fields: &Bytes,
) -> Response<Body> {
    let typed = shell::field(fields, "code").unwrap_or_default();
    match pages.pcs.pair(&typed, site.now()) {
        Ok(Some((_, secret))) => {
            let mut response = shell::to(&context.href(HOME));
            if let Some(cookie) = cookie(&secret.written(), GOOD_FOR.num_seconds()) {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            response
        }
        Ok(None) => page(site, context, Some(Said::Wrong)),
        Err(_) => {
            let page = site.sorry(context, "/", Common::Later, Common::BrokenLead);
            answer(StatusCode::SERVICE_UNAVAILABLE, page)
        }
    }
}

/// The same answer, after which the browser has no cookie any more.
pub fn forget(mut response: Response<Body>) -> Response<Body> {
    if let Some(cookie) = cookie("", 0) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// A cookie out of the reach of scripts, of other sites and of connections that are not encrypted.
fn cookie(secret: &str, seconds: i64) -> Option<HeaderValue> {
    let text = format!(
        "{COOKIE_NAME}={secret}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"
    );
    HeaderValue::from_str(&text).ok()
}
