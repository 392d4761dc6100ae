//! What the kiosk can do, one file a capability: the only callers of the store. Screens, pages
//! and commands come here, and get typed answers that `i18n` words.

pub mod export;
pub mod ids;
pub mod journal;
pub mod records;

pub use crate::store::chain::{Broken, What};
pub use crate::store::{StoreError, Stored, Trouble, Verdict, Writer};
