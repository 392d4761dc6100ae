//! What a form that was sent has led to: a page, perhaps the form again with what is wrong.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use maud::Markup;

use super::{later, with_form};

/// What a form led to.
pub struct Outcome {
    status: StatusCode,
    page: Markup,
    /// Seconds after which it may be sent again.
    again_in: Option<i64>,
}

impl Outcome {
    /// It led to this page.
    pub fn of(status: StatusCode, page: Markup) -> Self {
        Self {
            status,
            page,
            again_in: None,
        }
    }

    /// The same, to be tried again in so many seconds.
    pub fn later(self, again_in: i64) -> Self {
        Self {
            again_in: Some(again_in),
            ..self
        }
    }

    /// What the phone is told.
    pub fn answer(self) -> Response<Body> {
        later(with_form((self.status, self.page)), self.again_in)
    }
}
