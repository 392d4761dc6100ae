//! Reports as files to keep.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use axum::response::IntoResponse;

use super::{Visit, shell};
use crate::service::filing::{Form, Subject, name};

/// The report of `subject` as a file; `place` is where it is asked for.
pub async fn file(visit: &Visit<'_>, place: &str, subject: Subject, form: Form) -> Response<Body> {
    let (order, tell) = (visit.order(subject), visit.pages.tell.clone());
    let made = match shell::apart(visit, move || tell(&order, form)).await {
        Some(Ok(made)) => made,
        Some(Err(why)) => return shell::not_told(visit, place, Some(&why)),
        None => return shell::not_told(visit, place, None),
    };
    let (ending, kind) = match form {
        Form::Pdf => ("pdf", "application/pdf"),
        Form::Docx => (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Form::Page => ("html", "text/html; charset=utf-8"),
    };
    let called = name(&made, ending);
    // In ASCII for whoever reads no other, and in full (RFC 6266).
    let disposition = format!(
        "attachment; filename=\"{}.{ending}\"; filename*=UTF-8''{}",
        made.mark,
        percent(&called)
    );
    let mut response =
        ([(CONTENT_TYPE, HeaderValue::from_static(kind))], made.bytes).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        let headers = response.headers_mut();
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A name as a header carries it: everything but letters, digits and what never needs it, in base 16.
fn percent(name: &str) -> String {
    let mut written = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}
