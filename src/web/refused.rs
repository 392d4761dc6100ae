//! Requests that were refused, for a diagnosis: how many of which kind, and never who asked, nor
//! for what. A flood of them is some lines an hour.

use std::io;

use axum::http::StatusCode;
use tracing::{info, warn};

use crate::diagnosis::Seldom;
use crate::service::complaints::ComplaintError;

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It asked for a host that is not the tablet.
    WrongHost,
    /// A page of another site sent it.
    OtherSite,
    /// It was too large.
    TooLarge,
    /// It was no form, or broken off.
    BadForm,
    /// The form took too long to arrive.
    TooSlow,
    /// A form with faults, which went back to whoever sent it.
    Faults,
    /// Too many from its address.
    RateLimit,
    /// No complaint has this number.
    UnknownReceipt,
    /// There is no such page.
    NoSuchPage,
    /// The tablet is busy, or its disk takes nothing.
    Unavailable,
    /// Something in the program itself failed.
    Broken,
    /// Any other.
    Other,
    /// There are too many connections.
    Connection,
    /// It could not agree on an encryption.
    Encryption,
}

/// How many kinds there are.
const KINDS: usize = Kind::Encryption as usize + 1;

impl Kind {
    /// What an answer of this status on this page refuses; none where it refuses nothing.
    pub fn of(status: StatusCode, path: &str) -> Option<Self> {
        if !status.is_client_error() && !status.is_server_error() {
            return None;
        }
        Some(match status {
            StatusCode::MISDIRECTED_REQUEST => Self::WrongHost,
            StatusCode::FORBIDDEN => Self::OtherSite,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::BadForm,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Faults,
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimit,
            StatusCode::NOT_FOUND if path == "/status" => Self::UnknownReceipt,
            StatusCode::NOT_FOUND => Self::NoSuchPage,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            StatusCode::INTERNAL_SERVER_ERROR => Self::Broken,
            _ => Self::Other,
        })
    }

    fn all() -> [Self; KINDS] {
        [
            Self::WrongHost,
            Self::OtherSite,
            Self::TooLarge,
            Self::BadForm,
            Self::TooSlow,
            Self::Faults,
            Self::RateLimit,
            Self::UnknownReceipt,
            Self::NoSuchPage,
            Self::Unavailable,
            Self::Broken,
            Self::Other,
            Self::Connection,
            Self::Encryption,
        ]
    }
}

/// What was refused so far.
#[derive(Debug, Default)]
pub struct Refused {
    kinds: [Seldom; KINDS],
    not_accepted: Seldom,
    troubles: Seldom,
}

impl Refused {
    /// One more of this kind.
    pub fn note(&self, kind: Kind) {
        if let Some(count) = self.kinds[kind as usize].happened() {
            info!(?kind, count, "requests refused");
        }
    }

    /// The system had no connection to give, for want of files most likely.
    pub fn not_accepted(&self, error: &io::Error) {
        if let Some(count) = self.not_accepted.happened() {
            warn!(%error, count, "connections not accepted");
        }
    }

    /// Why the tablet could not do what a form asked for.
    pub fn trouble(&self, error: &ComplaintError) {
        if let Some(count) = self.troubles.happened() {
            warn!(%error, count, "requests failed");
        }
    }

    /// Notes what has not been noted yet: nothing is served any more.
    pub fn end(&self) {
        for kind in Kind::all() {
            let count = self.kinds[kind as usize].unsaid();
            if count > 0 {
                info!(?kind, count, "requests refused");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_place() {
        for (place, kind) in Kind::all().into_iter().enumerate() {
            assert_eq!(kind as usize, place);
        }
    }

    #[test]
    fn what_is_answered_is_not_refused() {
        assert_eq!(Kind::of(StatusCode::OK, "/"), None);
        assert_eq!(Kind::of(StatusCode::PERMANENT_REDIRECT, "/"), None);
        let refused = Kind::of(StatusCode::NOT_FOUND, "/status");
        assert_eq!(refused, Some(Kind::UnknownReceipt));
        assert_eq!(Kind::of(StatusCode::IM_A_TEAPOT, "/"), Some(Kind::Other));
    }
}
