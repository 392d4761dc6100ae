//! Work beside the screen: a fault in it ends it alone, and what goes on for as long as the program
//! runs is supervised, begun anew after a panic, and reported on.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tracing::{error, info, warn};

use super::clock::Clock;

/// What a panic carried: its hook has printed it already.
pub type Panicked = Box<dyn Any + Send>;

/// Does `work`, of which nothing that a panic left half done may be used again.
///
/// # Errors
/// [`Panicked`] where it did not come to its end.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work))
}

/// The pause before a job that panicked is begun anew; each further one is twice as long …
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// … up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// What goes on for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobId {
    /// Writes what is done into the journal.
    Recording,
    /// Erases what is past its keeping.
    Retention,
    /// Opens the complaints where that was not possible at the start.
    Complaints,
    /// Serves the pages for phones.
    Pages,
    /// Tries whether the address in the codes leads to the tablet.
    AddressTest,
    /// Keeps the pages up to date with what is happening.
    Situation,
    /// Makes the pages' picture of the floor plan.
    FloorPlan,
    /// Follows the files that the branch edits.
    BranchFiles,
    /// Makes the lists anew after a change of their rules.
    Lists,
}

/// How it goes with one job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Seconds from one round to the next; none where it waits for something to happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every_s: Option<u64>,
    /// When a round last ended well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_success: Option<DateTime<Utc>>,
    /// When one last failed, and why: an error's own words, never anybody's data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<(DateTime<Utc>, String)>,
    /// How often it panicked and was begun anew.
    #[serde(default)]
    pub restarts: u32,
    /// Whether the last round failed.
    #[serde(default)]
    pub failing: bool,
    /// How much of it is done, in percent, where it comes to an end and has not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
}

/// How it goes with all jobs.
pub type Health = BTreeMap<JobId, Report>;

/// The jobs of the program; cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Shared>);

struct Shared {
    clock: Clock,
    reports: Mutex<Health>,
    /// Told of a job that fails or is well again.
    news: Mutex<Option<Box<dyn Fn() + Send>>>,
    stopping: Mutex<bool>,
    stopped: Condvar,
}

impl Default for Jobs {
    fn default() -> Self {
        Self::new(Clock::system())
    }
}

impl Jobs {
    /// None yet, by this clock.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Shared {
            clock,
            reports: Mutex::default(),
            news: Mutex::default(),
            stopping: Mutex::new(false),
            stopped: Condvar::new(),
        }))
    }

    /// Has `news` called, on the job's own thread, when one fails or is well again.
    pub fn listen(&self, news: impl Fn() + Send + 'static) {
        *lock(&self.0.news) = Some(Box::new(news));
    }

    /// How it goes with all of them.
    pub fn health(&self) -> Health {
        lock(&self.0.reports).clone()
    }

    /// A job whose rounds come so often, or, without that, when something happens.
    pub fn job(&self, id: JobId, every: Option<Duration>) -> Job {
        let mut reports = lock(&self.0.reports);
        reports.entry(id).or_default().every_s = every.map(|every| every.as_secs());
        Job {
            id,
            jobs: self.clone(),
        }
    }

    /// Does `work` on a thread of its own until it comes to its end. After a panic it is begun anew,
    /// with growing pauses.
    ///
    /// # Errors
    /// The system's, where it has no thread to give.
    pub fn supervise(
        &self,
        id: JobId,
        every: Option<Duration>,
        mut work: impl FnMut(&Job) + Send + 'static,
    ) -> std::io::Result<JoinHandle<()>> {
        let job = self.job(id, every);
        let name = format!("{id:?}");
        std::thread::Builder::new().name(name).spawn(move || {
            while caught(|| work(&job)).is_err() {
                if job.jobs.rests(job.panicked()) {
                    return;
                }
            }
        })
    }

    /// The program ends: nothing is begun anew any more.
    pub fn stop(&self) {
        *lock(&self.0.stopping) = true;
        self.0.stopped.notify_all();
    }

    /// Waits so long, or until the program ends; says whether it does.
    fn rests(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        let mut stopping = lock(&self.0.stopping);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if *stopping || left.is_zero() {
                return *stopping;
            }
            let woken = self.0.stopped.wait_timeout(stopping, left);
            stopping = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// One job, which says how it goes.
#[derive(Clone)]
pub struct Job {
    id: JobId,
    jobs: Jobs,
}

impl Job {
    /// A round ended well.
    pub fn succeeded(&self) {
        self.note(|report, at| {
            report.last_success = Some(at);
            report.failing = false;
            report.percent = None;
        });
    }

    /// There is nothing to be done just now, and nothing that could fail.
    pub fn not_needed(&self) {
        self.note(|report, _| report.failing = false);
    }

    /// So much of it is done, in percent.
    pub fn goes_on(&self, percent: u8) {
        self.note(|report, _| {
            report.failing = false;
            report.percent = Some(percent);
        });
    }

    /// A round failed; `why` is the error's own words.
    pub fn failed(&self, why: impl ToString) {
        let why = why.to_string();
        self.failed_as(&why.clone(), why);
    }

    /// The same where `why`, which the staff are told, is the branch's own: `kind` is written for a
    /// diagnosis in its place.
    pub fn failed_as(&self, kind: &str, why: impl ToString) {
        let why = why.to_string();
        let fail = |report: &mut Report, at| {
            report.last_failure = Some((at, why));
            report.failing = true;
        };
        self.note_as(Some(kind), fail);
    }

    /// It panicked, and is begun anew; says after which pause.
    pub fn panicked(&self) -> Duration {
        let mut restarts = 0;
        self.note(|report, at| {
            report.restarts = report.restarts.saturating_add(1);
            report.last_failure = Some((at, "panic".to_owned()));
            report.failing = true;
            restarts = report.restarts;
        });
        let doublings = restarts.saturating_sub(1).min(10);
        (FIRST_PAUSE * 2_u32.pow(doublings)).min(LONGEST_PAUSE)
    }

    /// What came of a round.
    pub fn ended<T, E: ToString>(&self, outcome: &Result<T, E>) {
        match outcome {
            Ok(_) => self.succeeded(),
            Err(why) => self.failed(why.to_string()),
        }
    }

    fn note(&self, change: impl FnOnce(&mut Report, DateTime<Utc>)) {
        self.note_as(None, change);
    }

    fn note_as(&self, kind: Option<&str>, change: impl FnOnce(&mut Report, DateTime<Utc>)) {
        let at = self.jobs.0.clock.now();
        let is_news = {
            let mut reports = lock(&self.jobs.0.reports);
            let report = reports.entry(self.id).or_default();
            let before = report.clone();
            change(report, at);
            self.write(kind.unwrap_or_default(), &before, report);
            before.failing != report.failing
        };
        if is_news && let Some(news) = &*lock(&self.jobs.0.news) {
            news();
        }
    }
}

impl Job {
    /// Writes down, for a diagnosis, what is new about it: of a failure its kind.
    fn write(&self, error: &str, before: &Report, now: &Report) {
        let (job, restarts) = (self.id, now.restarts);
        let why = |report: &Report| report.last_failure.clone().map(|(_, why)| why);
        if restarts > before.restarts {
            error!(?job, restarts, "a job panicked and is begun anew");
        } else if now.failing && !(before.failing && why(before) == why(now)) {
            warn!(?job, error, "a job failed");
        } else if before.failing && !now.failing {
            info!(?job, "a job is well again");
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn whoever_waits_is_told_of_both_ends() {
        assert_eq!(caught(|| 7).ok(), Some(7));
        assert!(caught(|| -> u8 { std::panic::resume_unwind(Box::new("seven")) }).is_err());
    }

    #[test]
    fn a_job_that_panics_is_named_and_the_end_of_the_program_does_not_wait_for_it() {
        let jobs = Jobs::default();
        let (tell, told) = std::sync::mpsc::channel();
        jobs.listen(move || tell.send(()).unwrap_or(()));
        let begun = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&begun);
        let thread = jobs
            .supervise(JobId::Retention, Some(Duration::from_secs(60)), move |_| {
                count.fetch_add(1, Ordering::SeqCst);
                std::panic::resume_unwind(Box::new("on purpose"));
            })
            .unwrap();
        told.recv_timeout(Duration::from_secs(60)).unwrap();
        let report = jobs.health()[&JobId::Retention].clone();
        assert!(report.failing && report.restarts == 1, "{report:?}");
        assert_eq!(report.every_s, Some(60));
        jobs.stop();
        thread.join().unwrap();
        assert_eq!(begun.load(Ordering::SeqCst), 1, "the pause was cut short");
    }

    #[test]
    fn a_success_after_a_failure_is_news_and_a_second_failure_is_not() {
        let jobs = Jobs::default();
        let news = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&news);
        jobs.listen(move || {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let job = jobs.job(JobId::Pages, None);
        job.succeeded();
        assert_eq!(news.load(Ordering::SeqCst), 0);
        job.ended(&Err::<(), _>("port taken"));
        job.failed("port taken");
        assert_eq!(news.load(Ordering::SeqCst), 1);
        let failure = jobs.health()[&JobId::Pages].last_failure.clone().unwrap();
        assert_eq!(failure.1, "port taken");
    }

    #[test]
    fn a_job_is_written_of_when_something_about_it_is_new() {
        let job = Jobs::default().job(JobId::Pages, None);
        let told = crate::diagnosis::said(|| {
            job.succeeded();
            for _ in 0..1000 {
                job.failed("port taken");
            }
            job.failed("no network");
            job.panicked();
            job.succeeded();
            job.succeeded();
        });
        let lines: Vec<&str> = told.lines().collect();
        let expected = [
            "a job failed job=Pages error=\"port taken\"",
            "a job failed job=Pages error=\"no network\"",
            "a job panicked and is begun anew job=Pages restarts=1",
            "a job is well again job=Pages",
        ];
        assert_eq!(lines.len(), expected.len(), "{told}");
        for (line, end) in lines.iter().zip(expected) {
            assert!(line.ends_with(end), "{line}");
        }
    }

    #[test]
    fn a_job_that_has_nothing_to_do_does_not_fail_and_has_not_worked_either() {
        let jobs = Jobs::default();
        let job = jobs.job(JobId::AddressTest, None);
        job.failed("http://192.168.1.9:8080");
        job.not_needed();
        let report = jobs.health()[&JobId::AddressTest].clone();
        assert!(
            !report.failing && report.last_success.is_none(),
            "{report:?}"
        );
    }

    #[test]
    fn the_pauses_grow_up_to_five_minutes() {
        let job = Jobs::default().job(JobId::Situation, None);
        let pauses: Vec<u64> = (0..9).map(|_| job.panicked().as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
    }
}
