//! The rhythm as it is played: one child gets one stream, so that nothing drifts. The stream is handed
//! over by the clock, a little ahead of what is heard: a player that takes all it is given gets no more.

use std::io::{self, Write};
use std::process::{ChildStdin, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tracing::warn;

use super::child::Leash;
use super::tone::{rhythm, samples_in};
use super::{player, wav};

/// How long a player takes until it is heard, once it has read the head of the stream: the picture goes
/// by the clock, and the samples begin this far on.
const STARTS_UP: Duration = Duration::from_millis(20);
/// How long a player may take to read that head. One that takes longer is played to all the same.
const STARTS: Duration = Duration::from_millis(1_500);
/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(2);
/// How far ahead of what is heard the stream is handed over.
const AHEAD: Duration = Duration::from_millis(250);
/// How often more of it is.
const EVERY: Duration = Duration::from_millis(40);
/// A player that ended sooner than this is of no use.
const USELESS: Duration = Duration::from_secs(2);

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
        for command in player::all() {
            let started = Instant::now();
            plays.store(true, Ordering::Relaxed);
            let ended = stream(command, began, leash);
            if leash.is_over() {
                return;
            }
            if let Err(error) = ended {
                warn!(%error, "a player has ended");
            }
            if started.elapsed() > USELESS {
                worked = true;
                break;
            }
        }
    }
    plays.store(false, Ordering::Relaxed);
    warn!("nothing plays the rhythm of a resuscitation");
}

/// Waits until the player has read what is in the pipe. Only then is it ready to be heard, and how long
/// it took until then depends on the machine.
fn await_reader(to: &ChildStdin, leash: &Leash) {
    let until = Instant::now() + STARTS;
    while left_in(to) > 0 && Instant::now() < until && !leash.is_over() && !leash.has_ended() {
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
fn stream(mut command: Command, began: Instant, leash: &Leash) -> io::Result<()> {
    let mut child = command.spawn()?;
    let to = child.stdin.take();
    leash.take(child);
    let mut to = to.ok_or(io::ErrorKind::BrokenPipe)?;
    to.write_all(&wav::head(None))?;
    await_reader(&to, leash);
    let heard = |at: Instant| samples_in(at.saturating_duration_since(began));
    let mut position = heard(Instant::now() + STARTS_UP);
    let taken = loop {
        if leash.is_over() {
            break Ok(());
        }
        let until = heard(Instant::now() + AHEAD);
        let more = wav::bytes((position..until).map(rhythm));
        position = until.max(position);
        if let Err(error) = to.write_all(&more) {
            break Err(error);
        }
        std::thread::sleep(EVERY);
    };
    leash.end_child();
    taken
}
