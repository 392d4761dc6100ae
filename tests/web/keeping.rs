//! The keeper at work: it looks at its pace for as long as the program runs, and what it counts goes on
//! from one run to the next.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::service::jobs::{JobId, Jobs};
use lobby_kiosk::service::keeper::{KeeperThread, Pace};

use crate::erasing::{erased, many_settled};
use crate::pages::Pages;

/// A keeper whose clocks a test turns.
struct Turned {
    keeper: KeeperThread,
    jobs: Jobs,
    tell: SyncSender<(DateTime<Utc>, Duration)>,
    at: DateTime<Utc>,
    hours: u64,
}

impl Turned {
    /// Switched on at `at`.
    fn on(pages: &Pages, at: DateTime<Utc>) -> Self {
        let (tell, told) = sync_channel(0);
        let last = Cell::new((at, Duration::ZERO));
        let pace = Pace {
            times: Box::new(move || {
                // The program ends by the time that nobody turns the clocks any more.
                last.set(told.recv().unwrap_or(last.get()));
                last.get()
            }),
            every: Duration::from_millis(1),
        };
        let mut settings = Settings::default();
        settings.complaint.retention_years = Some(3);
        let (jobs, complaints) = (Jobs::default(), Some(pages.complaints()));
        let news = Arc::new(|| ());
        let data = &pages.data;
        let keeper = KeeperThread::start_at(pace, complaints, data, &settings, news, &jobs);
        let turned = Self {
            keeper,
            jobs,
            tell,
            at,
            hours: 0,
        };
        turned.look();
        turned
    }

    /// Waits until it has looked at this time: it asks for the next only after that. What is left by
    /// older programs, and a word of the staff's, ask for the time as well.
    fn look(&self) {
        for _ in 0..5 {
            let time = (self.at, Duration::from_secs(self.hours * 3600));
            self.tell.send(time).unwrap();
        }
    }

    /// So many hours go by, with a look each.
    fn run(&mut self, hours: u64) {
        for _ in 0..hours {
            self.pass(1);
        }
    }

    /// So many hours go by until the next look.
    fn pass(&mut self, hours: u64) {
        self.at += TimeDelta::hours(hours.cast_signed());
        self.hours += hours;
        self.look();
    }

    fn announced(&self) -> bool {
        self.keeper.told.outlook().announced.is_some()
    }

    fn doubts(&self) -> bool {
        self.keeper.told.outlook().doubted.is_some()
    }

    /// Switched off; says when.
    fn off(self) -> DateTime<Utc> {
        drop(self.tell);
        drop(self.keeper);
        self.at
    }
}

/// Complaints of three years ago, on a tablet that ran all the while and has announced just now what
/// is past its keeping.
fn announced(pages: &Pages, count: usize) -> Turned {
    many_settled(pages, count);
    let mut tablet = Turned::on(pages, pages.now());
    assert!(!tablet.announced());
    tablet.pass(3 * 366 * 24);
    assert!(tablet.announced() && !tablet.doubts());
    tablet
}

#[test]
fn the_keeper_looks_every_hour_and_says_how_it_goes() {
    assert_eq!(Pace::default().every, Duration::from_secs(3600));
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let jobs = Jobs::default();
    let settings = Settings::default();
    let keeper = KeeperThread::start(None, dir.path(), &settings, Arc::new(|| ()), &jobs);
    assert_eq!(jobs.health()[&JobId::Retention].every_s, Some(3600));
    drop(keeper);
    let tablet = Turned::on(&pages, pages.now());
    let report = tablet.jobs.health()[&JobId::Retention].clone();
    assert!(
        report.last_success.is_some() && !report.failing,
        "{report:?}"
    );
}

#[test]
fn what_was_announced_goes_after_a_week_of_running_some_each_day() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let mut tablet = announced(&pages, 45);
    tablet.run(167);
    assert_eq!(erased(&pages), 0);
    tablet.run(1);
    assert_eq!(erased(&pages), 20);
    tablet.run(23);
    assert_eq!(erased(&pages), 20, "the next not before a day is over");
    tablet.run(1);
    assert_eq!(erased(&pages), 40);
    tablet.run(24);
    assert_eq!(erased(&pages), 45);
    tablet.run(1);
    assert!(!tablet.announced());
}

#[test]
fn hours_off_are_not_counted_and_days_off_have_the_date_confirmed_first() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let mut tablet = announced(&pages, 25);
    tablet.run(100);
    // Off for a night.
    let at = tablet.off() + TimeDelta::hours(14);
    let mut tablet = Turned::on(&pages, at);
    assert!(tablet.announced() && !tablet.doubts());
    tablet.run(60);
    assert_eq!(erased(&pages), 0, "160 hours of running");
    // Off over the holidays: nobody knows by itself whether the clock is right.
    let at = tablet.off() + TimeDelta::days(9);
    let mut tablet = Turned::on(&pages, at);
    assert!(tablet.doubts());
    tablet.run(30);
    assert_eq!(
        erased(&pages),
        0,
        "not before somebody says that the date is right"
    );
    tablet.keeper.told.confirm();
    tablet.run(1);
    assert!(!tablet.doubts());
    assert_eq!(erased(&pages), 20, "the week was over meanwhile");
}
