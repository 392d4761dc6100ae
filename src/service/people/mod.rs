//! The people of the branch: a file of its own beside the journal, with what lets each of them in. It
//! is replaced as a whole, so that whoever is taken off it is in none of it any more.

mod file;
mod here;

pub use file::{People, PeopleError};
pub use here::{Here, List, note};
