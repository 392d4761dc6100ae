//! The journal on disk, and nothing but SQLite: its file, its chain of digests, the one writer
//! and the readers beside it. Only services come here.

mod amiss;
pub mod chain;
mod codec;
pub mod content;
mod error;
mod lock;
mod projection;
pub mod reader;
mod schema;
mod verify;
mod writer;

pub use amiss::Amiss;
pub use codec::{Prepared, Stored};
pub use error::{StoreError, Trouble};
pub use lock::LOCK_FILE;
pub use reader::Reader;
pub use schema::{JOURNAL_FILE, PRAGMAS, SCHEMA_VERSION};
pub use verify::Verdict;
pub use writer::{TAIL, Writer};
