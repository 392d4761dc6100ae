//! Identities of acts and incidents: UUIDs of version 7, which sort by their time.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use uuid::timestamp::context::ContextV7;
use uuid::{ClockSequence as _, Timestamp, Uuid};

/// Makes ids. One maker's ids ascend, within a millisecond and where the clock is set back too.
#[derive(Debug)]
pub struct Ids {
    context: Mutex<ContextV7>,
}

impl Default for Ids {
    fn default() -> Self {
        Self::new()
    }
}

impl Ids {
    /// A new maker.
    pub fn new() -> Self {
        Self {
            context: Mutex::new(ContextV7::new()),
        }
    }

    /// The id of something that happens at `at`: hyphenated lower case, as the journal keeps it.
    pub fn next(&self, at: DateTime<Utc>) -> String {
        // Before 1970 is before this program: such a clock counts from its beginning.
        let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
        let nanos = at.timestamp_subsec_nanos().min(999_999_999);
        // A panic elsewhere cannot leave the counter half changed.
        let context = self
            .context
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (counter, seconds, nanos) = context.generate_timestamp_sequence(seconds, nanos);
        let timestamp = Timestamp::from_unix_time(
            seconds,
            nanos,
            u128::from(counter),
            u8::try_from(context.usable_bits()).unwrap_or(u8::MAX),
        );
        Uuid::new_v7(timestamp).hyphenated().to_string()
    }
}
