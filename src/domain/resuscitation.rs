//! Resuscitation: the rhythm of the compressions, the two minutes after which the rescuer is changed,
//! and what was said there, folded from the entries of its incident.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::clock::moved;
use super::undo::UNDO;

/// Compressions a minute: the middle of what the AHA, the ERC and the Chinese Red Cross ask for (100
/// to 120).
pub const COMPRESSIONS_A_MINUTE: u64 = 110;
/// After this long another rescuer takes over (AHA 2020 to 2025: every two minutes).
pub const ROUND: Duration = Duration::from_secs(120);
/// In nanoseconds.
const MINUTE: u128 = 60_000_000_000;
/// For how long the pulse is drawn as pressed: compression and release take equally long.
const PRESSED: Duration = Duration::from_millis(270);
/// For how long "change" is shown, or until somebody says that it was done.
const CHANGING: Duration = Duration::from_secs(15);
/// So long before the change the next rescuer is called.
const READY: Duration = Duration::from_secs(15);

/// When the compression of this number, counted from 0, falls after the start.
pub fn onset(compression: u64) -> Duration {
    let nanos = u128::from(compression) * MINUTE / u128::from(COMPRESSIONS_A_MINUTE);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// The compression that was begun last, `elapsed` after the start, counted from 0.
pub fn compression(elapsed: Duration) -> u64 {
    // One nanosecond more, since an onset is rounded down.
    let nanos = elapsed.as_nanos() + 1;
    let all = nanos * u128::from(COMPRESSIONS_A_MINUTE) / MINUTE;
    u64::try_from(all).unwrap_or(u64::MAX)
}

/// How the pulse stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// It is drawn as pressed.
    pub pressed: bool,
    /// How long it stays as it is.
    pub lasts: Duration,
}

/// The pulse `elapsed` after the start.
pub fn pulse(elapsed: Duration) -> Pulse {
    let begun = compression(elapsed);
    let since = elapsed.saturating_sub(onset(begun));
    let pressed = since < PRESSED;
    let until = if pressed {
        PRESSED
    } else {
        onset(begun + 1).saturating_sub(onset(begun))
    };
    Pulse {
        pressed,
        lasts: until.saturating_sub(since),
    }
}

/// For how long after a compression the pulse may still be on its way to the screen.
const SHOWN: Duration = Duration::from_millis(40);
/// How long a slow tablet takes to draw the whole of a large screen.
const DRAWS: Duration = Duration::from_millis(140);

/// When to draw what is due `due` after the start and is not the pulse: at once, or just after the next
/// compression where that would else have to wait for the drawing. Both in time since the start.
pub fn beside_the_beat(due: Duration) -> Duration {
    let begun = compression(due);
    let (before, next) = (onset(begun), onset(begun + 1));
    if due < before + SHOWN {
        before + SHOWN
    } else if next < due + DRAWS {
        next + SHOWN
    } else {
        due
    }
}

/// How the two minutes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There is time.
    Going,
    /// The next rescuer gets ready.
    Ready,
    /// It is time to change, just now.
    Change,
}

/// The two minutes `elapsed` after the start: how long they still last, in whole seconds, and how that
/// stands. They begin anew by themselves.
pub fn turn(elapsed: TimeDelta, changed: Option<TimeDelta>) -> (i64, Turn) {
    let round = ROUND.as_secs().cast_signed();
    let passed = elapsed.num_seconds().max(0);
    let into = passed % round;
    let left = round - into;
    // Whoever said that the rescuer has changed, or has changed while getting ready, need not be told again.
    let ready = READY.as_secs().cast_signed();
    let was_changed = changed.is_some_and(|at| at.num_seconds() >= passed - into - ready);
    let turn = if passed >= round && into < CHANGING.as_secs().cast_signed() && !was_changed {
        Turn::Change
    } else if left <= ready && changed.is_none_or(|at| at.num_seconds() < passed - ready) {
        Turn::Ready
    } else {
        Turn::Going
    };
    (left, turn)
}

/// How a resuscitation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The person breathes again.
    Breathing,
    /// The ambulance's crew has taken over.
    TakenOver,
    /// Its incident was closed.
    Closed,
}

/// So long after somebody said that it is over it can go on as if that had not been said.
const MISTAKEN: TimeDelta = TimeDelta::seconds(60);

/// What can be said in a resuscitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ResuscitationEvent {
    /// The screen was opened: compressions begin.
    #[serde(rename = "incident.resuscitation-started")]
    Started {},
    /// Opened by mistake, and left at once.
    #[serde(rename = "incident.resuscitation-undone")]
    Undone {},
    /// The AED is here.
    #[serde(rename = "incident.aed-here")]
    AedHere {},
    /// Another rescuer has taken over the compressions.
    #[serde(rename = "incident.rescuer-changed")]
    RescuerChanged {},
    /// It is over.
    #[serde(rename = "incident.resuscitation-ended")]
    Ended {
        /// How.
        end: End,
    },
    /// That was said by mistake: it goes on.
    #[serde(rename = "incident.resuscitation-end-undone")]
    EndUndone {},
}

/// A resuscitation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resuscitation {
    /// When it began.
    pub started: DateTime<Utc>,
    /// Since when the AED is here.
    pub aed: Option<DateTime<Utc>>,
    /// When the rescuer was changed last.
    pub changed: Option<DateTime<Utc>>,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
}

impl Resuscitation {
    /// Takes the next event into the resuscitation of an incident, if it has one.
    pub(super) fn apply(one: &mut Option<Self>, at: DateTime<Utc>, event: &ResuscitationEvent) {
        match (event, &mut *one) {
            (ResuscitationEvent::Started {}, _) => {
                *one = Some(Self {
                    started: at,
                    // What was fetched once is there.
                    aed: one.as_ref().and_then(|before| before.aed),
                    changed: None,
                    ended: None,
                });
            }
            (_, None) => {}
            (ResuscitationEvent::Undone {}, _) => *one = None,
            (ResuscitationEvent::AedHere {}, Some(running)) => {
                running.aed.get_or_insert(at);
            }
            (ResuscitationEvent::RescuerChanged {}, Some(running)) => running.changed = Some(at),
            (ResuscitationEvent::Ended { end }, Some(running)) => running.ended = Some((at, *end)),
            (ResuscitationEvent::EndUndone {}, Some(running)) => running.ended = None,
        }
    }

    /// Its incident was closed.
    pub(super) fn close(&mut self, at: DateTime<Utc>) {
        self.ended.get_or_insert((at, End::Closed));
    }

    /// That close is taken back.
    pub(super) fn resume(&mut self) {
        self.ended = self.ended.filter(|(_, end)| *end != End::Closed);
    }

    /// Moves along with a clock that was set.
    pub(super) fn shift(&mut self, by: TimeDelta) {
        self.started = moved(self.started, by);
        for at in self.aed.iter_mut().chain(&mut self.changed) {
            *at = moved(*at, by);
        }
        if let Some((at, _)) = &mut self.ended {
            *at = moved(*at, by);
        }
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether leaving now says that it was opened by mistake: nothing was done in it yet.
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        let was_there = self.aed.is_none_or(|at| at < self.started);
        self.is_running() && self.changed.is_none() && was_there && UNDO.is_open(self.started, now)
    }

    /// When somebody said that it is over, where that may have been by mistake.
    pub fn ended_by_mistake(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (at, end) = self.ended?;
        (end != End::Closed && now - at < MISTAKEN).then_some(at)
    }

    /// The time since it began.
    pub fn elapsed(&self, now: DateTime<Utc>) -> TimeDelta {
        (now - self.started).max(TimeDelta::zero())
    }

    /// The two minutes at `now`, see [`turn`]; the rescuer was changed last at `changed`.
    pub fn turn(&self, now: DateTime<Utc>, changed: Option<DateTime<Utc>>) -> (i64, Turn) {
        turn(self.elapsed(now), changed.map(|at| at - self.started))
    }
}
