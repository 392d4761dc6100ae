//! An invented history of a branch, for pictures, for training and for tests at scale. It is lived
//! through act by act, with the services that the tablet itself acts by, under a clock that jumps from one
//! act to the next: so that every entry, list and receipt is as the program makes them.
//!
//! The same seed and the same last day make the same entries. Only what keeps secrets differs each time:
//! keys, receipts, the digests of sealed words, and with these the chain.

mod complaint;
mod evacuation;
mod guide;
mod incident;
mod review;
mod scene;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use self::complaint::ComplaintPlayer;
use self::incident::IncidentPlayer;
use super::clock::Clock;
use super::complaints::{ComplaintError, Complaints};
use super::in_force::InForce;
use super::incidents::Incidents;
use super::journal::JournalError;
use super::recorder::Recorder;
use crate::config::settings::Settings;
use crate::domain::complaint::{About, Why};
use crate::domain::demo::chance::Chance;
use crate::domain::demo::{kind_of, moments, month_of};
use crate::domain::incident::Reason;
use crate::domain::lang::Lang;
pub(in crate::service) use scene::Scene;

/// How many players act before what they did is waited for, so that a long history needs no more memory
/// than a short one.
const ACTS: usize = 512;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How many incidents.
    pub incidents: usize,
    /// How many complaints.
    pub complaints: usize,
    /// What the invention hangs on.
    pub seed: u64,
    /// The last day, in the branch's time zone: nothing happens after it.
    pub last: NaiveDate,
}

/// Something that an invented customer could have written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is about.
    pub about: About,
    /// Its language.
    pub lang: Lang,
    /// What happened.
    pub what: String,
    /// What would put it right.
    pub wish: String,
    /// What the same customer may write later.
    pub later: String,
}

/// The words that the plan has not.
pub struct Words<'a> {
    /// What customers may have written, some of each subject.
    pub written: &'a [Written],
    /// Why promised days are moved, and complaints kept.
    pub reason: &'a dyn Fn(Why) -> Reason,
}

/// The clock of an invented history, which shows what it was last set to.
#[derive(Clone, Debug, Default)]
pub struct SetClock(Arc<AtomicI64>);

impl SetClock {
    /// The clock as the services ask it.
    pub fn clock(&self) -> Clock {
        let shown = Arc::clone(&self.0);
        Clock::new(move || {
            DateTime::from_timestamp_millis(shown.load(Ordering::Acquire)).unwrap_or_default()
        })
    }

    /// Shows `at` from now on.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_millis(), Ordering::Release);
    }
}

/// The first moment after an invented history.
pub fn end_of(last: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = last.checked_add_days(Days::new(1)).unwrap_or(last);
    let midnight = next.and_time(NaiveTime::MIN);
    let found = zone.from_local_datetime(&midnight).earliest();
    found.map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

/// The first moment of one: where what is in force from its beginning on is recorded.
pub fn begin_of(last: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let days = Days::new(crate::domain::demo::DAYS);
    let first = last.checked_sub_days(days).unwrap_or(last);
    end_of(first, zone)
}

/// One that something happens to.
enum Player {
    Incident(IncidentPlayer),
    Complaint(Box<ComplaintPlayer>),
}

/// Lives through the history that is `wanted`, in the branch that goes by `in_force`, recording by
/// `recorder`, whose clock is `clock`.
///
/// # Errors
/// [`ComplaintError::Journal`] where the disk refuses, [`ComplaintError::Seal`] and
/// [`ComplaintError::Store`]; what was recorded by then stays.
pub fn play(
    wanted: &Wanted,
    words: &Words<'_>,
    in_force: &InForce,
    recorder: &Arc<Recorder>,
    complaints: &Complaints,
    clock: &SetClock,
) -> Result<(), ComplaintError> {
    let settings: Arc<Settings> = in_force.settings();
    complaints.follow(&settings);
    let zone = settings.branch.time_zone;
    let calendar = &settings.complaint.calendar();
    let chance = Chance::new(wanted.seed);
    let part = |count, nth| {
        moments(
            count,
            wanted.last,
            calendar,
            &zone,
            &mut chance.of_part(nth),
        )
    };
    let mut due: BinaryHeap<Reverse<(DateTime<Utc>, usize)>> = part(wanted.incidents, 1)
        .into_iter()
        .chain(part(wanted.complaints, 2))
        .enumerate()
        .map(|(nth, at)| Reverse((at, nth)))
        .collect();
    let scene = Scene::new(
        Incidents::new(in_force.clone(), Arc::clone(recorder), Vec::new()),
        recorder,
        in_force,
        complaints,
        words,
    );
    let mut players: BTreeMap<usize, Player> = BTreeMap::new();
    let (end, mut acts) = (end_of(wanted.last, zone), 0);
    while let Some(Reverse((at, nth))) = due.pop() {
        if at >= end {
            players.remove(&nth);
            continue;
        }
        clock.set(at);
        let player = players.entry(nth).or_insert_with(|| {
            let mut own = chance.of_part(16 + nth as u64);
            if nth < wanted.incidents {
                let kind = kind_of(&scene.plan, month_of(at, &zone), &mut own);
                Player::Incident(IncidentPlayer::new(kind.unwrap_or_default(), own))
            } else {
                Player::Complaint(Box::new(ComplaintPlayer::new(own)))
            }
        });
        let next = match player {
            Player::Incident(incident) => incident.go_on(&scene, at),
            Player::Complaint(complaint) => complaint.go_on(&scene, at)?,
        };
        match next {
            Some(next) => due.push(Reverse((next, nth))),
            None => drop(players.remove(&nth)),
        }
        acts += 1;
        if acts % ACTS == 0 {
            recorder.journal().flush().map_err(ComplaintError::from)?;
        }
    }
    recorder.journal().flush().map_err(ComplaintError::from)?;
    match recorder.failure() {
        Some(error) => Err(JournalError::into(error)),
        None => Ok(()),
    }
}
