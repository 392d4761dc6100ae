//! What may happen ten thousand times a second and is worth one line now and then.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The pause after a line; each further one is twice as long while it goes on …
const FIRST_PAUSE: Duration = Duration::from_secs(60);
/// … up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Counts, and says when there is to be a line of it. It needs no timer: what was counted since the
/// last line is said with the next one, or at the end.
#[derive(Debug, Default)]
pub struct Seldom(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    unsaid: u64,
    /// The next line, and the pause before it.
    next: Option<(Instant, Duration)>,
}

impl Seldom {
    /// Nothing has happened yet.
    pub const fn new() -> Self {
        Self(Mutex::new(State {
            unsaid: 0,
            next: None,
        }))
    }

    /// It has happened once more: how often since the last line, where there is to be another.
    pub fn happened(&self) -> Option<u64> {
        self.happened_at(Instant::now())
    }

    fn happened_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.state();
        state.unsaid = state.unsaid.saturating_add(1);
        let pause = match state.next {
            Some((next, _)) if now < next => return None,
            // It goes on, unless it was quiet for as long again.
            Some((next, pause)) if now < next + pause => (pause * 2).min(LONGEST_PAUSE),
            _ => FIRST_PAUSE,
        };
        state.next = Some((now + pause, pause));
        Some(std::mem::take(&mut state.unsaid))
    }

    /// How often it has happened since the last line, which is said now.
    pub fn unsaid(&self) -> u64 {
        std::mem::take(&mut self.state().unsaid)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_a_day_is_some_lines_and_none_of_it_is_uncounted() {
        let (seldom, start) = (Seldom::new(), Instant::now());
        let (mut lines, mut said) = (0, 0);
        let all = 24 * 60 * 60;
        for second in 0..all {
            if let Some(count) = seldom.happened_at(start + Duration::from_secs(second)) {
                lines += 1;
                said += count;
            }
        }
        assert!((24..40).contains(&lines), "{lines}");
        assert_eq!(said + seldom.unsaid(), all);
        assert_eq!(seldom.unsaid(), 0);
    }

    #[test]
    fn what_happens_once_in_a_while_is_said_each_time() {
        let (seldom, start) = (Seldom::new(), Instant::now());
        for hour in 0..5 {
            let at = start + hour * LONGEST_PAUSE;
            assert_eq!(seldom.happened_at(at), Some(1));
            assert_eq!(seldom.happened_at(at), None);
            assert_eq!(seldom.unsaid(), 1);
        }
    }
}
