//! Room on the disk: what visitors write must leave enough of it for what the staff record while
//! people are in danger.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Bytes that stay free for incidents.
pub const KEPT_FREE: u64 = 64 * 1024 * 1024;
/// How long a measurement is good for: what a few seconds may bring is far less than that.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// Tells how many bytes are free; none where the system does not say.
pub type Measure = Box<dyn Fn() -> Option<u64> + Send + Sync>;

/// The room that there is.
pub struct Room {
    measure: Measure,
    last: Mutex<Option<(Instant, Option<u64>)>>,
}

impl Room {
    /// Room as `measure` tells it, which is asked every few seconds at most.
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            last: Mutex::default(),
        }
    }

    /// Whether visitors may write. Where the system does not say how much is free, the disk
    /// itself will.
    pub fn is_left(&self) -> bool {
        self.free().is_none_or(|free| free >= KEPT_FREE)
    }

    fn free(&self) -> Option<u64> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match *last {
            Some((at, free)) if at.elapsed() < GOOD_FOR => free,
            _ => {
                let free = (self.measure)();
                *last = Some((Instant::now(), free));
                free
            }
        }
    }
}
