//! The one source of time, handed in from outside so that tests set it.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time when asked.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// A clock that asks `now`.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The system's clock.
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// Now, in UTC, to the millisecond that the journal keeps.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(3)
    }
}
