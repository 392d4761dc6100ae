//! A child that another thread can end at any moment.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The child that works just now, and whether it is to end.
#[derive(Clone, Default)]
pub(super) struct Leash(Arc<Held>);

#[derive(Default)]
struct Held {
    ended: AtomicBool,
    child: Mutex<Option<Child>>,
}

impl Leash {
    /// Takes `child` on; ends it at once where all is over already.
    pub(super) fn take(&self, child: Child) {
        *self.0.child.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        if self.is_over() {
            self.end_child();
        }
    }

    /// Whether all is over.
    pub(super) fn is_over(&self) -> bool {
        self.0.ended.load(Ordering::SeqCst)
    }

    /// Whether the child has ended by itself, or there is none.
    pub(super) fn has_ended(&self) -> bool {
        let mut child = self.0.child.lock().unwrap_or_else(PoisonError::into_inner);
        child
            .as_mut()
            .is_none_or(|child| !matches!(child.try_wait(), Ok(None)))
    }

    /// Ends the child, and any that is still to come.
    pub(super) fn end(&self) {
        self.0.ended.store(true, Ordering::SeqCst);
        self.end_child();
    }

    /// Ends the child alone.
    #[expect(
        clippy::unused_result_ok,
        reason = "a child that has ended already needs no end, and leaves nothing behind"
    )]
    pub(super) fn end_child(&self) {
        let mut held = self.0.child.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut child) = held.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}
