//! The watch over the wall clock: whether somebody or something has set it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{TimeDelta, Utc};
use tracing::warn;

use super::recorder::Recorder;
use crate::domain::clock::{CLOCK_TOPIC, ClockEvent, Mark, Reading, jump_at_start};
use crate::domain::entry::Event;
use crate::store::{Reader, Stored};

/// Reads both clocks, on any thread.
pub type ReadClocks = Arc<dyn Fn() -> Reading + Send + Sync>;

/// Reads the system's clocks.
pub fn system_clocks() -> ReadClocks {
    Arc::new(|| {
        // A machine that falls asleep between the two readings would seem to have jumped.
        for _ in 0..8 {
            let (before, wall, after) = (up(), Utc::now(), up());
            if after - before < TimeDelta::milliseconds(50) {
                return Reading { wall, up: before };
            }
        }
        Reading {
            wall: Utc::now(),
            up: up(),
        }
    })
}

/// The time since the machine was switched on, asleep or not.
#[cfg(target_os = "linux")]
fn up() -> TimeDelta {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    TimeDelta::try_milliseconds(time.tv_sec * 1000 + time.tv_nsec / 1_000_000).unwrap_or_default()
}

/// The time since the program first asked; a sleep of the machine may be missing from it.
#[cfg(not(target_os = "linux"))]
fn up() -> TimeDelta {
    static BEGAN: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    TimeDelta::from_std(BEGAN.elapsed()).unwrap_or_default()
}

/// What the system calls the time since it was switched on, where it tells.
pub fn boot() -> Option<String> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

/// Watches the wall clock, for all threads: whoever is about to note something looks first, and
/// whoever finds that the clock has jumped writes that down before.
pub struct Watch {
    read: ReadClocks,
    boot: Option<String>,
    recorder: Arc<Recorder>,
    seen: Mutex<Seen>,
}

struct Seen {
    reading: Reading,
    total: TimeDelta,
}

impl Watch {
    /// Watches from now on. The journal of `data` tells whether the clock was set since the
    /// program last ran; where it cannot be read, nobody knows.
    pub fn start(
        data: &Path,
        recorder: Arc<Recorder>,
        read: ReadClocks,
        boot: Option<String>,
    ) -> Self {
        let reading = read();
        let (mark, last) = Reader::open(data)
            .map(|reader| (last_mark(&reader), reader.last().ok().flatten()))
            .unwrap_or_default();
        let last = last.map(|(_, at)| at);
        let by = jump_at_start(reading, boot.as_deref(), mark.as_ref(), last);
        let watch = Self {
            read,
            boot,
            recorder,
            seen: Mutex::new(Seen {
                reading,
                total: by.unwrap_or_default(),
            }),
        };
        let known = mark.is_some_and(|mark| Some(&mark.boot) == watch.boot.as_ref());
        match (by, &watch.boot) {
            (Some(by), _) => watch.note_jump(reading, by),
            (None, Some(boot)) if !known => watch.note(
                reading,
                ClockEvent::Read {
                    boot: boot.clone(),
                    up_ms: reading.up.num_milliseconds(),
                },
            ),
            (None, _) => {}
        }
        watch
    }

    /// Looks at both clocks, and notes a jump that nobody has noted yet; answers by how much the
    /// wall clock was set altogether since the program last ran.
    pub fn look(&self) -> TimeDelta {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.read)();
        if let Some(by) = now.jump_since(seen.reading) {
            seen.reading = now;
            seen.total = seen.total.checked_add(&by).unwrap_or(seen.total);
            // Under the lock, so that nobody notes anything else meanwhile.
            self.note_jump(now, by);
        }
        seen.total
    }

    fn note_jump(&self, now: Reading, by: TimeDelta) {
        warn!(by_ms = by.num_milliseconds(), "the clock was set");
        let event = ClockEvent::Jumped {
            by_ms: by.num_milliseconds(),
            boot: self.boot.clone(),
            up_ms: self.boot.as_ref().map(|_| now.up.num_milliseconds()),
        };
        self.note(now, event);
    }

    fn note(&self, now: Reading, event: ClockEvent) {
        self.recorder
            .record(self.recorder.act_at(now.wall, CLOCK_TOPIC, event));
    }
}

fn last_mark(reader: &Reader) -> Option<Mark> {
    let mark = |stored: &Stored| match (stored.time(), stored.event()) {
        (Some(at), Ok(Event::Clock(event))) => Mark::of(at, &event),
        _ => None,
    };
    let found = reader.entries_since(CLOCK_TOPIC, |one| mark(one).is_some());
    found.ok()?.first().and_then(mark)
}
