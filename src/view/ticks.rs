//! When what is on the screen next changes by itself.

use chrono::{DateTime, Utc};

/// The moment the wall clock shows the next minute.
pub(super) fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let past = now.timestamp_millis().rem_euclid(60_000);
    now + chrono::Duration::milliseconds(60_000 - past)
}

/// The moment a stopwatch that began at `began` shows the next second.
pub(super) fn next_second(began: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let past = (now - began).num_milliseconds().rem_euclid(1_000);
    now + chrono::Duration::milliseconds(1_000 - past)
}

/// The moment a running time in words changes: every second in the first minute, then every
/// minute.
pub(super) fn next_words(began: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if now - began < chrono::Duration::minutes(1) {
        return next_second(began, now);
    }
    let past = (now - began).num_milliseconds().rem_euclid(60_000);
    now + chrono::Duration::milliseconds(60_000 - past)
}
