//! Reads the form or the photo that came with a request, and says what is wrong where it is none.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, Response, StatusCode, request};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::request_context::RequestContext;
use super::site::Site;
use crate::i18n::pages::Common;
use crate::photo;

/// What is taken in from a page.
pub struct Expected {
    kind: &'static str,
    most: usize,
    patience: Duration,
}

/// The most bytes of a form. Of Chinese in the form's encoding that is 28,000 characters: what is
/// ten times too long still comes back to be shortened.
pub const MOST_BYTES: usize = 256 * 1024;
/// A form of words.
pub const FORM: Expected = Expected {
    kind: "application/x-www-form-urlencoded",
    most: MOST_BYTES,
    patience: Duration::from_secs(20),
};
/// A photo, with the few words around it; over a poor network it takes its time.
pub const PHOTO: Expected = Expected {
    kind: "multipart/form-data",
    most: photo::MOST_BYTES + 64 * 1024,
    patience: Duration::from_secs(50),
};

/// The bytes of what was sent from one of these pages.
///
/// # Errors
/// The answer to what is none.
pub async fn body<B>(
    site: &Site,
    visit: &RequestContext,
    head: &request::Parts,
    body: B,
    expected: &Expected,
) -> Result<Bytes, Response<Body>>
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let path = known(head.uri.path());
    let refused = |status, title, lead| super::html(status, site.sorry(visit, path, title, lead));
    visit.same_origin(&head.headers).map_err(|_| {
        let status = StatusCode::FORBIDDEN;
        refused(status, Common::Elsewhere, Common::ElsewhereLead)
    })?;
    let no_form = |status| refused(status, Common::NotAForm, Common::NotAFormLead);
    let too_large = || {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        refused(status, Common::TooLarge, Common::TooLargeLead)
    };
    if !is_kind(&head.headers, expected.kind) {
        return Err(no_form(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    if announced(&head.headers).is_some_and(|bytes| bytes > expected.most) {
        return Err(too_large());
    }
    let whole = Limited::new(body, expected.most).collect();
    match tokio::time::timeout(expected.patience, whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(no_form(StatusCode::BAD_REQUEST)),
        Err(_) => Err(no_form(StatusCode::REQUEST_TIMEOUT)),
    }
}

fn is_kind(headers: &HeaderMap, expected: &str) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(expected))
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
