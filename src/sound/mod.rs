//! What the tablet lets be heard: the rhythm of a resuscitation, a tone for a life-saving step that
//! has become overdue, the order to leave. The samples are made here; what plays or speaks them is a
//! program of the machine, started as a child. Nobody who asks for a sound ever waits for it.

mod child;
mod pace;
pub mod player;
mod rhythm;
pub mod speaker;
pub mod tone;
pub mod wav;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use tracing::warn;

use crate::threads::tell;
use rhythm::Rhythm;
use speaker::{Spoken, Voice};

/// What is to be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The rhythm, which began at this moment; none: silence.
    Rhythm(Option<Instant>),
    /// A life-saving step has become overdue.
    Overdue,
    /// These words, again and again; none: silence.
    Speech(Vec<Spoken>),
}

/// Whoever is asked for sounds.
#[derive(Clone)]
pub struct Sound {
    to: Option<Sender<Wish>>,
    /// Whether the machine can play tones.
    plays: Arc<AtomicBool>,
}

impl Default for Sound {
    /// Nothing is ever heard.
    fn default() -> Self {
        Self {
            to: None,
            plays: Arc::new(AtomicBool::new(true)),
        }
    }
}

impl Sound {
    /// Plays and speaks with what the machine has, on threads of its own. They sleep until something
    /// is to be heard, and end with the last of these.
    pub fn start() -> Self {
        let (to, wishes) = channel();
        let plays = Arc::new(AtomicBool::new(true));
        let told = Arc::clone(&plays);
        let thread = std::thread::Builder::new().name("sound".to_owned());
        let spawned = thread.spawn(move || serve(&wishes, &told));
        if let Err(error) = spawned {
            warn!(%error, "nothing is heard");
        }
        Self {
            to: Some(to),
            plays,
        }
    }

    /// Tells `to` what is to be heard, and has nothing played: for tests.
    pub fn told_to(to: Sender<Wish>, plays: bool) -> Self {
        Self {
            to: Some(to),
            plays: Arc::new(AtomicBool::new(plays)),
        }
    }

    /// Asks for a sound, or for silence.
    pub fn wish(&self, wish: Wish) {
        if let Some(to) = &self.to {
            tell(to, wish);
        }
    }

    /// Whether tones can be heard, as far as is known.
    pub fn plays(&self) -> bool {
        self.plays.load(Ordering::Relaxed)
    }
}

/// Fulfils wishes until nobody is left who has any.
fn serve(wishes: &Receiver<Wish>, plays: &Arc<AtomicBool>) {
    plays.store(player::installed().is_some(), Ordering::Relaxed);
    let mut rhythm: Option<Rhythm> = None;
    let mut voice: Option<Voice> = None;
    for wish in wishes {
        match wish {
            Wish::Rhythm(began) => {
                // Dropped, the one before falls silent.
                drop(rhythm.take());
                rhythm = began.map(|began| Rhythm::start(began, plays));
            }
            Wish::Overdue => {
                // A player that hangs holds up neither the rhythm nor its end.
                let thread = std::thread::Builder::new().name("tone".to_owned());
                let spawned = thread.spawn(|| player::play(tone::overdue()));
                if let Err(error) = spawned {
                    warn!(%error, "a tone is not heard");
                }
            }
            Wish::Speech(words) => {
                drop(voice.take());
                voice = (!words.is_empty()).then(|| Voice::start(words));
            }
        }
    }
}

/// Where a program of this name is, among those that the machine has.
fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&folders).map(|folder| folder.join(name));
    places.find(|place| is_program(place))
}

#[cfg(unix)]
fn is_program(place: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(place);
    metadata.is_ok_and(|one| one.is_file() && one.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(place: &std::path::Path) -> bool {
    place.is_file()
}
