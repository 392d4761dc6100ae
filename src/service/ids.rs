//! Identities of acts and incidents: UUIDs of version 7, which sort by their time.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use uuid::timestamp::context::ContextV7;
use uuid::{Builder, ClockSequence as _, Timestamp, Uuid};

use crate::domain::demo::chance::Chance;

/// Makes ids. One maker's ids ascend, within a millisecond and where the clock is set back too.
#[derive(Debug)]
pub struct Ids {
    maker: Mutex<Maker>,
}

/// What makes them.
#[derive(Debug)]
enum Maker {
    /// As the system's randomness has it.
    Random(ContextV7),
    /// As a seed has it: the last millisecond, and how many were made in it.
    Seeded(Chance, u64, u16),
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
            maker: Mutex::new(Maker::Random(ContextV7::new())),
        }
    }

    /// A maker whose ids are the same for the same seed and times: for an invented history alone, since
    /// anybody can make them again.
    pub fn seeded(seed: u64) -> Self {
        Self {
            maker: Mutex::new(Maker::Seeded(Chance::new(seed), 0, 0)),
        }
    }

    /// The id of something that happens at `at`: hyphenated lower case, as the journal keeps it.
    pub fn next(&self, at: DateTime<Utc>) -> String {
        // A panic elsewhere cannot leave the counter half changed.
        let mut maker = self
            .maker
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let made = match &mut *maker {
            Maker::Random(context) => random(context, at),
            Maker::Seeded(chance, last, count) => {
                let ms = u64::try_from(at.timestamp_millis()).unwrap_or(0);
                (*last, *count) = if ms > *last {
                    (ms, 0)
                } else if *count < COUNTED {
                    (*last, *count + 1)
                } else {
                    (*last + 1, 0)
                };
                let mut rest = [0; 10];
                for (to, from) in rest.iter_mut().zip(
                    count
                        .to_be_bytes()
                        .into_iter()
                        .chain(chance.draw().to_be_bytes()),
                ) {
                    *to = from;
                }
                Builder::from_unix_timestamp_millis(*last, &rest).into_uuid()
            }
        };
        made.hyphenated().to_string()
    }
}

/// The most that are counted within a millisecond: what twelve bits hold.
const COUNTED: u16 = 0x0fff;

fn random(context: &ContextV7, at: DateTime<Utc>) -> Uuid {
    // Before 1970 is before this program: such a clock counts from its beginning.
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    let nanos = at.timestamp_subsec_nanos().min(999_999_999);
    let (counter, seconds, nanos) = context.generate_timestamp_sequence(seconds, nanos);
    let timestamp = Timestamp::from_unix_time(
        seconds,
        nanos,
        u128::from(counter),
        u8::try_from(context.usable_bits()).unwrap_or(u8::MAX),
    );
    Uuid::new_v7(timestamp)
}
