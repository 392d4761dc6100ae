//! Whether a player keeps the pace. A sound card has a clock of its own, and a stream that stumbled goes
//! on late: what the player has read of the stream, against the machine's clock, tells.

use super::tone::RATE;

/// So long after the start the store of a player is as full as it will be, in samples.
const SETTLES: u64 = RATE as u64;
/// Over so many samples its reading is watched before anything is said of it.
const WATCHED: u64 = 2 * RATE as u64;
/// What it may be off before it is worth a word, in samples: 3 ms.
const OFF: i64 = 144;

/// How far the reading of one player is from the clock.
///
/// A player reads in bites. Just after one its store is full, and what has been read is as far before
/// what is heard as it ever is: the furthest in a while is compared with the furthest of the first while.
#[derive(Default)]
pub(super) struct Pace {
    began: Option<u64>,
    furthest: Option<i64>,
    at_first: Option<i64>,
    /// It has read all there was: how far it would have gone is not known.
    starved: bool,
}

impl Pace {
    /// The player has read up to `read` of a stream of which `unread` is still before it, while the clock
    /// is at `clock`: all in samples. Says, once in a while, how far it has fallen behind since the start;
    /// negative where it runs ahead.
    pub(super) fn note(&mut self, clock: u64, read: u64, unread: u64) -> Option<i64> {
        let began = *self.began.get_or_insert(clock + SETTLES);
        if clock < began {
            return None;
        }
        let before = read.cast_signed() - clock.cast_signed();
        self.furthest = self.furthest.max(Some(before));
        self.starved |= unread == 0;
        if clock < began + WATCHED {
            return None;
        }
        let furthest = self.furthest.take()?;
        self.began = Some(clock);
        if std::mem::take(&mut self.starved) {
            return None;
        }
        let behind = *self.at_first.get_or_insert(furthest) - furthest;
        (behind.abs() > OFF).then_some(behind)
    }

    /// The stream has been shifted by as much as was said: what follows is watched anew.
    pub(super) fn shifted(&mut self, clock: u64) {
        self.began = Some(clock + SETTLES);
        self.furthest = None;
        self.starved = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a player that reads 1,200 samples at a time, of a clock `faster` millionths
    /// faster than the machine's, in this many seconds.
    fn said(faster: u64, seconds: u64, unread: u64) -> Vec<i64> {
        let mut pace = Pace::default();
        let looks = (0..seconds * 1_000).map(|at| at * 48);
        looks
            .filter_map(|clock| {
                let played = clock + clock * faster / 1_000_000;
                let read = (played / 1_200 + 4) * 1_200;
                pace.note(clock, read, unread)
            })
            .collect()
    }

    #[test]
    fn a_player_that_keeps_the_pace_is_left_alone() {
        assert_eq!(said(0, 120, 4_800), [0_i64; 0]);
    }

    #[test]
    fn what_a_card_runs_ahead_is_told_before_it_can_be_heard() {
        let ahead = said(100, 60, 4_800);
        let first = *ahead.first().expect("told");
        assert!((-240..-OFF).contains(&first), "{first}");
    }

    #[test]
    fn of_a_player_that_takes_all_there_is_nothing_is_known() {
        assert_eq!(said(100, 600, 0), [0_i64; 0]);
    }
}
