//! How often the program begins anew after a fault of its own, and where.

use std::time::Duration;

/// Faults so long ago no longer count.
const WITHIN: Duration = Duration::from_secs(60);
/// So many faults within that time lead back to where people were …
const RESUMES: usize = 3;
/// … and so many in all to the board, where what failed may not be on the screen. Further ones
/// are left to whatever started the program.
const BEGINS: usize = 6;

/// Where the program begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begin {
    /// In the guide of an incident that is open, else on the board.
    #[default]
    Resume,
    /// On the board, whatever is open: what resuming draws may be what fails.
    Board,
}

/// The faults since the program was started, each as the time since the machine was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Duration>);

impl Faults {
    /// Reads what [`Faults::written`] wrote; what is unreadable counts as no fault.
    pub fn read(written: &str) -> Self {
        let seconds = written.split(',').filter_map(|one| one.parse().ok());
        Self(seconds.map(Duration::from_secs).collect())
    }

    /// For the program that begins next.
    pub fn written(&self) -> String {
        let seconds: Vec<String> = self.0.iter().map(|at| at.as_secs().to_string()).collect();
        seconds.join(",")
    }

    /// One more, and where to begin after it; none where there were too many.
    #[must_use]
    pub fn and(self, now: Duration) -> (Self, Option<Begin>) {
        let recent = |at: &Duration| *at <= now && now.saturating_sub(*at) < WITHIN;
        let mut faults: Vec<Duration> = self.0.into_iter().filter(recent).collect();
        faults.push(now);
        let faults = Self(faults);
        let begin = (faults.0.len() <= BEGINS).then(|| faults.begin());
        (faults, begin)
    }

    /// Where to begin after these.
    pub fn begin(&self) -> Begin {
        if self.0.len() <= RESUMES {
            Begin::Resume
        } else {
            Begin::Board
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(at: u64) -> Duration {
        Duration::from_secs(at)
    }

    fn after(times: impl IntoIterator<Item = u64>) -> Vec<Option<Begin>> {
        let mut faults = Faults::default();
        let mut begins = Vec::new();
        for at in times {
            let (more, begin) = Faults::read(&faults.written()).and(secs(at));
            assert_eq!(begin, begin.map(|_| more.begin()));
            faults = more;
            begins.push(begin);
        }
        begins
    }

    #[test]
    fn a_fault_now_and_then_always_leads_back() {
        let now_and_then = after((0..50).map(|n| n * 60));
        assert!(
            now_and_then
                .iter()
                .all(|begin| *begin == Some(Begin::Resume))
        );
    }

    #[test]
    fn faults_in_a_row_lead_to_the_board_and_then_end_it() {
        let (resume, board) = (Some(Begin::Resume), Some(Begin::Board));
        let expected = [resume, resume, resume, board, board, board, None];
        assert_eq!(after(100..107), expected);
    }

    #[test]
    fn what_is_no_time_or_lies_ahead_is_no_fault() {
        assert_eq!(Faults::read(""), Faults::default());
        assert_eq!(Faults::read("x,,-3"), Faults::default());
        let (faults, _) = Faults::read("900,900,900,900").and(secs(5));
        assert_eq!(faults.written(), "5");
    }
}
