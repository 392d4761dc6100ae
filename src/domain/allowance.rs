//! How much of something a visitor may have: so much at once, and after that a little at a time.

use chrono::{DateTime, Duration, Utc};

/// An allowance: it is full at first, and fills again by one each time `each` has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many may be had at once.
    pub burst: u32,
    /// How long it takes until one more may be had.
    pub each: Duration,
}

/// What has been had of an allowance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    count: f64,
    at: DateTime<Utc>,
}

impl Allowance {
    /// Takes one at `now`, of which `spent` was had before; what is spent then.
    ///
    /// # Errors
    /// How long to wait until there is one more.
    pub fn take(&self, spent: Option<Spent>, now: DateTime<Utc>) -> Result<Spent, Duration> {
        let count = self.left_over(spent, now) + 1.0;
        let over = count - f64::from(self.burst);
        // What fills again by thousandths of a second never comes out even.
        if over <= 1e-6 {
            return Ok(Spent { count, at: now });
        }
        let wait = over * self.each.num_milliseconds() as f64;
        Err(Duration::milliseconds(wait.ceil() as i64))
    }

    /// Gives one back that was taken in vain.
    pub fn give_back(&self, spent: Spent, now: DateTime<Utc>) -> Spent {
        let count = (self.left_over(Some(spent), now) - 1.0).max(0.0);
        Spent { count, at: now }
    }

    /// Whether nothing of it is spent any more at `now`.
    pub fn is_full(&self, spent: Spent, now: DateTime<Utc>) -> bool {
        self.left_over(Some(spent), now) <= 0.0
    }

    /// What still counts as spent at `now`. A clock that is set back forgives nothing, and holds
    /// nobody up longer: from then on it fills as ever, because each use writes down its time.
    fn left_over(&self, spent: Option<Spent>, now: DateTime<Utc>) -> f64 {
        spent.map_or(0.0, |spent| {
            let passed = (now - spent.at).num_milliseconds().max(0) as f64;
            let each = self.each.num_milliseconds().max(1) as f64;
            (spent.count - passed / each).max(0.0)
        })
    }

    /// The same at `now`, for whoever was refused: that too is a use that writes down its time.
    pub fn as_of(&self, spent: Spent, now: DateTime<Utc>) -> Spent {
        let count = self.left_over(Some(spent), now);
        Spent { count, at: now }
    }
}
