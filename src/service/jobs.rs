//! Work beside the screen that a fault in it ends alone.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a panic carried: its hook has printed it already.
pub type Panicked = Box<dyn Any + Send>;

/// Does `work`, of which nothing that a panic left half done may be used again.
///
/// # Errors
/// [`Panicked`] where it did not come to its end.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_told_of_both_ends() {
        assert_eq!(caught(|| 7).ok(), Some(7));
        assert!(caught(|| -> u8 { std::panic::resume_unwind(Box::new("seven")) }).is_err());
    }
}
