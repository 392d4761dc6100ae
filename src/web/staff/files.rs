//! Reports: told for a page, and as files to keep.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use axum::response::IntoResponse;
use maud::{Markup, html};

use super::{Visit, shell};
use crate::i18n::pages::Staffing;
use crate::service::filing::{Form, Made, Subject, name};

/// The report of `subject`, or what is answered where it cannot be told; `place` is where it is asked for.
pub async fn told(
    visit: &Visit<'_>,
    place: &str,
    subject: Subject,
    form: Form,
) -> Result<Made, Response<Body>> {
    let (order, tell) = (visit.order(subject), visit.pages.tell.clone());
    match shell::apart(visit, move || tell(&order, form)).await {
        Some(Ok(made)) => Ok(made),
        Some(Err(why)) => Err(shell::not_told(visit, place, Some(&why))),
        None => Err(shell::not_told(visit, place, None)),
    }
}

/// The ways to the files that a report is saved as.
pub fn saving(visit: &Visit<'_>, pdf: &str, docx: &str) -> Markup {
    let lang = visit.context.lang;
    html! {
        ul.files aria-label=(Staffing::Files.say(lang)) {
            li { a #pdf href=(pdf) { (Staffing::Pdf.say(lang)) } }
            li { a #docx href=(docx) { (Staffing::Docx.say(lang)) } }
        }
    }
}

/// The report of `subject` as a file; `place` is where it is asked for.
pub async fn file(visit: &Visit<'_>, place: &str, subject: Subject, form: Form) -> Response<Body> {
    let made = match told(visit, place, subject, form).await {
        Ok(made) => made,
        Err(answer) => return answer,
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
    // In ASCII for whoever reads no other, and in full (RFC 6266). The name has letters, digits, hyphens and
    // a full stop alone, which a form's address and a header write alike.
    let disposition = format!(
        "attachment; filename=\"{}.{ending}\"; filename*=UTF-8''{}",
        made.mark,
        form_urlencoded::byte_serialize(called.as_bytes()).collect::<String>()
    );
    let mut response =
        ([(CONTENT_TYPE, HeaderValue::from_static(kind))], made.bytes).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        let headers = response.headers_mut();
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}
