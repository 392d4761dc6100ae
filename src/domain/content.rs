//! What people write: it lies beside the journal, which only vouches for it, so that it can be erased.

use serde::{Deserialize, Serialize};

/// Words kept apart from the journal, where they can be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    /// UUIDv7 of the content.
    pub content: String,
    /// SHA-256 in hexadecimal: over its sealed key and what that opens, as they lie, where it is
    /// `sealed`; else, as earlier versions wrote it, over its salt and its bytes. It proves that
    /// what is there is what was written, and says nothing about it once that is gone.
    pub digest: String,
    /// Whether its key is sealed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
}

/// Why words were erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erasure {
    /// The time for which they may be kept has passed (PIPL 19).
    Retention,
    /// Whoever wrote them asked for it (PIPL 47).
    Request,
}
