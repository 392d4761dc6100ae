//! Erases what is past its keeping, by the rules of [`crate::domain::keeping`]: on a thread of its
//! own beside the screen or the pages, so that it hangs on neither.

mod thread;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::complaints::{ComplaintError, Complaints};
use crate::atomic_file::{self, Readers};
use crate::domain::actor::Actor;
use crate::domain::complaint::{ComplaintEvent, Erasure};
use crate::domain::ids::EntryId;
use crate::domain::keeping::{
    Announced, BATCH, DAY, Keeping, KeepingEvent, NOTICE, done_before, has_jumped,
};
use crate::own_file;

pub use thread::{KeeperThread, Pace, Told};

/// The file in the data directory that counts how long the tablet has run. Where it is lost, the
/// week begins anew.
pub(super) const FILE: &str = own_file::RUNNING_TIME;
/// More than the count ever takes.
const MOST_BYTES: usize = 1 << 16;

/// How many entries the first look goes back at most.
const ENTRIES: usize = 1000;

/// What the staff are told about erasing by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Nobody has said how long complaints are kept: nothing is ever erased by itself.
    pub unset: bool,
    /// What is going to be erased.
    pub announced: Option<Ahead>,
    /// The date jumped, from and to, and something is past its keeping by it: nothing is erased
    /// until the staff say that it is right.
    pub doubted: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// What is going to be erased, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// How many complaints are left.
    pub count: usize,
    /// Since when that has been announced.
    pub since: DateTime<Utc>,
    /// Not before then, if the tablet runs all the while.
    pub from: DateTime<Utc>,
}

/// How long the tablet has run, as kept in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Ran {
    /// What the wall clock showed at the last look.
    seen: Option<DateTime<Utc>>,
    /// The last entry of the journal then.
    seq: i64,
    /// The entry of the announcement since which it counts.
    announced: String,
    /// Seconds since then.
    seconds: u64,
    /// The next batch goes at so many seconds.
    next: u64,
}

/// Decides what goes and when. It knows no clock of its own.
pub struct Keeper {
    complaints: Arc<Complaints>,
    file: PathBuf,
    years: Option<u32>,
    ran: Ran,
    /// The last look: what the wall clock showed, and how long the program had run.
    last: Option<(DateTime<Utc>, Duration)>,
}

impl Keeper {
    /// For the complaints of the data directory `data`, which are kept for `years`; none where
    /// nobody has said how long.
    pub fn new(complaints: Arc<Complaints>, data: &Path, years: Option<u32>) -> Self {
        let file = data.join(FILE);
        let ran = own_file::read(&file, MOST_BYTES).ok();
        let ran = ran.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            complaints,
            file,
            years,
            ran: ran.unwrap_or_default(),
            last: None,
        }
    }

    /// Complaints are kept for `years` from now on.
    pub fn keep_for(&mut self, years: Option<u32>) {
        self.years = years;
    }

    /// Looks what is to be done while the wall clock shows `now` and the program has been
    /// `running` so long by a clock that nobody can set; says what the staff are to be told.
    ///
    /// # Errors
    /// [`ComplaintError`] where the journal cannot be read or written; it is tried again with the
    /// next look.
    pub fn look(
        &mut self,
        now: DateTime<Utc>,
        running: Duration,
    ) -> Result<Outlook, ComplaintError> {
        let mut keeping = self.complaints.keeping()?;
        let jump = self.jump(now, running)?;
        let passed = self
            .last
            .map_or(Duration::ZERO, |(_, before)| running.saturating_sub(before));
        // Where one is doubted already, the staff must be asked about the date of now.
        if let Some(before) = jump {
            let event = KeepingEvent::ClockDoubted { before, now };
            self.note(&mut keeping, event, now)?;
        }
        self.last = Some((now, running));
        self.ran.seconds = self.ran.seconds.saturating_add(passed.as_secs());
        let (seq, _) = self.complaints.last_entry()?.unwrap_or((0, now));
        (self.ran.seen, self.ran.seq) = (Some(now), seq);
        self.go_on(&mut keeping, now)?;
        self.save();
        self.outlook(&keeping, now)
    }

    /// The staff say that the date is right.
    ///
    /// # Errors
    /// [`ComplaintError`] where it cannot be written down; then it does not hold either.
    pub fn confirm(&mut self, now: DateTime<Utc>) -> Result<(), ComplaintError> {
        let event = KeepingEvent::ClockConfirmed {};
        self.complaints
            .note_keeping(Some(Actor::SignedIn), event, now)
            .map(drop)
    }

    /// What the clock showed before it jumped, if it did since the last look: the one before the
    /// program was started, where this is the first.
    fn jump(
        &self,
        now: DateTime<Utc>,
        running: Duration,
    ) -> Result<Option<DateTime<Utc>>, ComplaintError> {
        if let Some((before, at)) = self.last {
            let passed = running.saturating_sub(at);
            return Ok(Some(before).filter(|before| has_jumped(*before, now, passed)));
        }
        // What was recorded after that look tells what the clock showed until the end. Where no
        // look is known, what was recorded last: the start itself may have written something by
        // now, so that the last entry alone tells nothing.
        let times = self.complaints.times_since(self.ran.seq, ENTRIES)?;
        let mut before = None;
        for at in self.ran.seen.into_iter().chain(times).chain([now]) {
            if before.is_some_and(|before| has_jumped(before, at, Duration::ZERO)) {
                return Ok(before);
            }
            before = Some(at);
        }
        Ok(None)
    }

    fn go_on(&mut self, keeping: &mut Keeping, now: DateTime<Utc>) -> Result<(), ComplaintError> {
        while let Some(event) = self.to_note(keeping, now)? {
            let announces = matches!(event, KeepingEvent::Announced { .. });
            let entry = self.note(keeping, event, now)?;
            if announces {
                self.begin(&entry);
                return Ok(());
            }
        }
        let before = self.years.and_then(|years| past(years, now));
        let (Some((_, before)), Some(one), None) =
            (before, keeping.announced.clone(), keeping.doubted)
        else {
            return Ok(());
        };
        // A clock that was set back since must not bring anything forward.
        self.erase(keeping, &one, one.done_before.min(before), now)
    }

    /// What is to be written down before anything goes: that another time for keeping holds than
    /// was announced, or what is past it now.
    fn to_note(
        &self,
        keeping: &Keeping,
        now: DateTime<Utc>,
    ) -> Result<Option<KeepingEvent>, ComplaintError> {
        let changed = |one: &Announced| self.years != Some(one.years);
        if keeping.announced.as_ref().is_some_and(changed) {
            return Ok(Some(KeepingEvent::Withdrawn {}));
        }
        let Some((years, done_before)) = self.years.and_then(|years| past(years, now)) else {
            return Ok(None);
        };
        if keeping.doubted.is_some() || keeping.announced.is_some() {
            return Ok(None);
        }
        let (_, count) = self.complaints.done_before(done_before, 0)?;
        Ok((count > 0).then_some(KeepingEvent::Announced {
            count: count as u64,
            years,
            done_before,
        }))
    }

    /// What the staff would be told by a look at `now`, of which nothing is written down: for who
    /// only draws what the tablet shows. Whether the clock has jumped is for those who run on.
    ///
    /// # Errors
    /// [`ComplaintError`] where the journal cannot be read.
    pub fn foresee(mut self, now: DateTime<Utc>) -> Result<Outlook, ComplaintError> {
        let mut keeping = self.complaints.keeping()?;
        while let Some(event) = self.to_note(&keeping, now)? {
            keeping.apply(&EntryId::from("foreseen"), now, &event);
        }
        if let Some(one) = &keeping.announced
            && self.ran.announced != one.entry.as_str()
        {
            self.begin(&one.entry);
        }
        self.outlook(&keeping, now)
    }

    fn begin(&mut self, entry: &EntryId) {
        self.ran.announced = entry.to_string();
        self.ran.seconds = 0;
        self.ran.next = NOTICE.as_secs();
    }

    fn erase(
        &mut self,
        keeping: &mut Keeping,
        announced: &Announced,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), ComplaintError> {
        if self.ran.announced != announced.entry.as_str() {
            // The count was lost: the week begins anew.
            self.begin(&announced.entry);
        }
        let (found, mut left) = self.complaints.done_before(before, BATCH)?;
        if left > 0 && self.ran.seconds >= self.ran.next {
            self.ran.next = self.ran.seconds.saturating_add(DAY.as_secs());
            // First, so that no restart has another batch go on the same day.
            if !self.save() {
                return Ok(());
            }
            left = left.saturating_sub(found.len());
            let why = Erasure::Retention;
            let events = found
                .into_iter()
                .map(|one| (one.id, ComplaintEvent::Erased { why }));
            self.complaints.record_all(None, events.collect(), now)?;
        }
        if left == 0 {
            self.note(keeping, KeepingEvent::Finished {}, now)?;
        }
        Ok(())
    }

    fn note(
        &self,
        keeping: &mut Keeping,
        event: KeepingEvent,
        now: DateTime<Utc>,
    ) -> Result<EntryId, ComplaintError> {
        let entry = self.complaints.note_keeping(None, event.clone(), now)?;
        keeping.apply(&entry, now, &event);
        Ok(entry)
    }

    /// Writes the count down; says whether that worked. Where it does not, the week is longer.
    fn save(&self) -> bool {
        serde_json::to_vec(&self.ran)
            .is_ok_and(|bytes| atomic_file::write(&self.file, &bytes, Readers::Owner).is_ok())
    }

    fn outlook(&self, keeping: &Keeping, now: DateTime<Utc>) -> Result<Outlook, ComplaintError> {
        let left = |before| {
            self.complaints
                .done_before(before, 0)
                .map(|(_, count)| count)
        };
        let by_now = self.years.and_then(|years| past(years, now));
        let doubted = match (keeping.doubted, by_now) {
            (Some(doubted), Some((_, before))) => {
                let matters = keeping.announced.is_some() || left(before)? > 0;
                Some(doubted).filter(|_| matters)
            }
            _ => None,
        };
        let announced = match &keeping.announced {
            Some(one) => {
                let wait = self.ran.next.saturating_sub(self.ran.seconds);
                let wait = TimeDelta::seconds(i64::try_from(wait).unwrap_or(i64::MAX / 1000));
                Some(Ahead {
                    count: left(one.done_before)?,
                    since: one.at,
                    from: now.checked_add_signed(wait).unwrap_or(now),
                })
            }
            None => None,
        };
        Ok(Outlook {
            unset: self.years.is_none(),
            announced,
            doubted,
        })
    }
}

fn past(years: u32, now: DateTime<Utc>) -> Option<(u32, DateTime<Utc>)> {
    Some((years, done_before(years, now)?))
}
