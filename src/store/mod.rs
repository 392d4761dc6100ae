//! The journal on disk, and nothing but SQLite: its file, its chain of digests, the one writer
//! and the readers beside it. Only services come here.

mod amiss;
mod aside;
pub mod chain;
mod codec;
pub mod content;
mod content_keys;
mod copy;
mod end;
mod error;
pub mod file_system;
mod held;
mod keep;
mod kinds;
mod lock;
mod place;
mod projection;
pub mod reader;
mod salvage;
mod schema;
mod verify;
mod writer;

pub use amiss::{Amiss, of_loss};
pub use aside::{Aside, list_aside};
pub use codec::{Prepared, Stored};
pub use error::{StoreError, Trouble};
pub use held::Held;
pub use kinds::{Unreadable, forms};
pub use lock::LOCK_FILE;
pub use reader::Reader;
pub use schema::{JOURNAL_FILE, PRAGMAS, SCHEMA_VERSION, set_mode};
pub use verify::{Newer, Verdict, broken_tail};
pub use writer::{TAIL, Writer};
