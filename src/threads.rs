//! Threads that end in any order: what one has to say to another that may be gone already.

use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

/// Tells another thread. One that has ended has no use for it any more: it ends only with the
/// program, or with whatever asked it.
#[expect(
    clippy::unused_result_ok,
    reason = "nobody misses what is told to whoever has gone"
)]
pub fn tell<T>(to: &Sender<T>, what: T) {
    to.send(what).ok();
}

/// Waits for the end of a thread, however that comes: a panic in it was noted when it happened.
#[expect(
    clippy::unused_result_ok,
    reason = "a panic was noted by its hook, and there is nobody else to tell"
)]
pub fn join<T>(thread: JoinHandle<T>) {
    thread.join().ok();
}
