//! The rhythm as it is played: one child gets one stream, so that nothing drifts. The stream is handed
//! over by the clock, a little ahead of what is heard: a player that takes all it is given gets no more.

use std::io::{self, Write};
use std::process::ChildStdin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tracing::warn;

use super::child::Leash;
use super::pace::Pace;
use super::player::Starting;
use super::tone::{rest, rhythm, samples_in, time_of};
use super::{player, wav};

/// How long a player may take until it reads. One that takes longer is played to all the same.
const STARTS: Duration = Duration::from_millis(1_500);
/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(2);
/// How far ahead of what is heard the stream is handed over.
const AHEAD: Duration = Duration::from_millis(250);
/// How often more of it is: no multiple of what players read at a time, which is looked at as often.
const EVERY: Duration = Duration::from_millis(31);
/// The silence that a player gets first, in samples: once it takes of that, it plays.
const PRIMING: usize = 480;
/// What the stream is shifted by in one pause at most, in samples, where it has gone a little out of step:
/// 4 ms, which nobody hears. What is off by more than [`FAR`] has stumbled already, and is set right at
/// once.
const STEP: i64 = 192;
/// In samples: 20 ms.
const FAR: i64 = 960;
/// A player that ended sooner than this is of no use.
const USELESS: Duration = Duration::from_secs(2);
/// So much of the stream, in bytes, lies in the pipe only where the player stumbles: half of what a pipe
/// takes before it holds up whoever writes.
const BACKLOG: u64 = 32 * 1024;
/// How long it may stumble before it counts as hung.
const HANGS: Duration = Duration::from_secs(2);
/// A player that hung sooner than this has played nothing.
const HUNG_AT_ONCE: Duration = Duration::from_secs(7);

/// The rhythm, until this is dropped.
pub(super) struct Rhythm(Leash);

impl Rhythm {
    /// The rhythm that began at `began`; says in `plays` whether anything plays it.
    pub(super) fn start(began: Instant, plays: &Arc<AtomicBool>) -> Self {
        let leash = Leash::default();
        let (held, plays) = (leash.clone(), Arc::clone(plays));
        let thread = std::thread::Builder::new().name("rhythm".to_owned());
        let spawned = thread.spawn(move || keep_playing(began, &held, &plays));
        if let Err(error) = spawned {
            warn!(%error, "the rhythm is not heard");
        }
        Self(leash)
    }
}

impl Drop for Rhythm {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Plays with one player after the other until all is over. One that worked for a while, as until the
/// sound system was started anew, is tried again.
fn keep_playing(began: Instant, leash: &Leash, plays: &AtomicBool) {
    let mut worked = true;
    while worked && !leash.is_over() {
        worked = false;
        for one in player::all() {
            let started = Instant::now();
            plays.store(true, Ordering::Relaxed);
            let ended = stream(one, began, leash);
            if leash.is_over() {
                return;
            }
            let mut useless = USELESS;
            if let Err(error) = ended {
                if error.kind() == io::ErrorKind::TimedOut {
                    useless = HUNG_AT_ONCE;
                }
                warn!(%error, "a player has ended");
            }
            if started.elapsed() > useless {
                worked = true;
                break;
            }
        }
    }
    plays.store(false, Ordering::Relaxed);
    warn!("nothing plays the rhythm of a resuscitation");
}

/// Waits until no more than `left` bytes in the pipe are unread.
fn await_reader(to: &ChildStdin, left: u64, until: Instant, leash: &Leash) {
    while left_in(to) > left && Instant::now() < until && !leash.is_over() && !leash.has_ended() {
        std::thread::sleep(LOOK);
    }
}

/// Bytes in a pipe that nobody has read yet.
#[cfg(unix)]
fn left_in(pipe: &ChildStdin) -> u64 {
    rustix::io::ioctl_fionread(pipe).unwrap_or(0)
}

#[cfg(not(unix))]
fn left_in(_: &ChildStdin) -> u64 {
    0
}

/// Hands the stream to one player for as long as it takes it.
fn stream(mut one: Starting, began: Instant, leash: &Leash) -> io::Result<()> {
    let mut child = one.command.spawn()?;
    let to = child.stdin.take();
    leash.take(child);
    let to = to.ok_or(io::ErrorKind::BrokenPipe)?;
    let taken = Stream::begin(to, began, one.starts_up, leash)
        .and_then(|mut stream| stream.go_on(began, leash));
    leash.end_child();
    taken
}

/// What the clock is at, in samples of the rhythm that began at `began`.
fn clock(began: Instant, at: Instant) -> u64 {
    samples_in(at.saturating_duration_since(began))
}

/// What one player is handed.
struct Stream {
    to: ChildStdin,
    /// The sample of the rhythm that comes next.
    position: u64,
    pace: Pace,
    /// By how many samples it is still to be shifted; negative where it is to wait.
    off: i64,
    /// The compression in whose pause it was shifted last.
    shifted: Option<u64>,
}

impl Stream {
    /// Brings a player to where it plays: how long that takes depends on the machine, and the picture goes
    /// by the clock. It reads the head of the stream once it has begun, and samples once it is heard.
    fn begin(
        mut to: ChildStdin,
        began: Instant,
        starts_up: Duration,
        leash: &Leash,
    ) -> io::Result<Self> {
        let until = Instant::now() + STARTS;
        to.write_all(&wav::head(None))?;
        await_reader(&to, 0, until, leash);
        let silence = wav::bytes([0; PRIMING]);
        to.write_all(&silence)?;
        await_reader(&to, silence.len() as u64 - 1, until, leash);
        let heard = Instant::now() + starts_up + time_of(PRIMING as u64);
        Ok(Self {
            to,
            position: clock(began, heard),
            pace: Pace::default(),
            off: 0,
            shifted: None,
        })
    }

    fn go_on(&mut self, began: Instant, leash: &Leash) -> io::Result<()> {
        while !leash.is_over() {
            let now = clock(began, Instant::now());
            self.watch(now);
            self.shift()?;
            let until = now + samples_in(AHEAD);
            let more = wav::bytes((self.position..until).map(rhythm));
            self.position = until.max(self.position);
            self.await_room(leash)?;
            self.to.write_all(&more)?;
            std::thread::sleep(EVERY);
        }
        Ok(())
    }

    /// Waits while the player stumbles. One that reads no more is left for another: a full pipe would hold
    /// this thread up for good, and the screen would go on telling people to listen.
    fn await_room(&self, leash: &Leash) -> io::Result<()> {
        await_reader(&self.to, BACKLOG, Instant::now() + HANGS, leash);
        if left_in(&self.to) > BACKLOG && !leash.is_over() && !leash.has_ended() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "it reads no more"));
        }
        Ok(())
    }

    /// Looks whether the player keeps the pace.
    fn watch(&mut self, now: u64) {
        if self.off != 0 {
            return;
        }
        let unread = left_in(&self.to) / wav::SAMPLE_BYTES as u64;
        let read = self.position.saturating_sub(unread);
        self.off = self.pace.note(now, read, unread).unwrap_or(0);
    }

    /// Shifts the stream while nothing is to be heard, if it is out of step: it leaves out silence, or has
    /// more of it.
    fn shift(&mut self) -> io::Result<()> {
        let Some((compression, lasts)) = rest(self.position).filter(|_| self.off != 0) else {
            return Ok(());
        };
        if self.shifted == Some(compression) {
            return Ok(());
        }
        let most = if self.off.abs() > FAR {
            lasts.cast_signed()
        } else {
            STEP.min(lasts.cast_signed())
        };
        let by = self.off.clamp(-most, most);
        self.shifted = Some(compression);
        self.off -= by;
        if by > 0 {
            self.position += by.unsigned_abs();
        } else {
            let silence = (0..by.unsigned_abs()).map(|_| 0);
            self.to.write_all(&wav::bytes(silence))?;
        }
        if self.off == 0 {
            self.pace.shifted(self.position);
        }
        Ok(())
    }
}
