//! What speaks: the machine's speech dispatcher, or eSpeak NG.

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use tracing::warn;

use super::child::Leash;
use super::program;

/// Between two times that the words are spoken.
const PAUSE: Duration = Duration::from_secs(8);
/// How often a child that speaks is looked after.
const LOOK: Duration = Duration::from_millis(50);

/// Words to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The tag of their language, such as `zh_CN`.
    pub lang: String,
    /// The words.
    pub words: String,
}

/// The programs that speak, in the order in which they are tried.
const SPEAKERS: [&str; 2] = [DISPATCHER, "espeak-ng"];
const DISPATCHER: &str = "spd-say";

/// The name of the program that would speak; none where the machine has none.
pub fn installed() -> Option<&'static str> {
    let mut speakers = SPEAKERS.into_iter();
    speakers.find(|name| program(name).is_some())
}

/// The names of all programs that could speak, in the order in which they are tried.
pub fn names() -> impl Iterator<Item = &'static str> {
    SPEAKERS.into_iter()
}

/// A voice, until this is dropped.
pub(super) struct Voice {
    leash: Leash,
    /// Gone, it wakes the thread that pauses.
    _wake: Sender<()>,
}

impl Voice {
    /// Speaks `words`, one after the other, again and again.
    pub(super) fn start(words: Vec<Spoken>) -> Self {
        let leash = Leash::default();
        let (wake, waking) = channel();
        let held = leash.clone();
        let thread = std::thread::Builder::new().name("voice".to_owned());
        let spawned = thread.spawn(move || keep_speaking(&words, &held, &waking));
        if let Err(error) = spawned {
            warn!(%error, "the order is not spoken");
        }
        Self { leash, _wake: wake }
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.leash.end();
        // The dispatcher speaks on by itself until it is told otherwise.
        if installed() == Some(DISPATCHER)
            && let Err(error) = silent(Command::new(DISPATCHER)).arg("-C").status()
        {
            warn!(%error, "speech goes on");
        }
    }
}

fn keep_speaking(words: &[Spoken], leash: &Leash, waking: &Receiver<()>) {
    while !leash.is_over() {
        for one in words {
            let Some(mut command) = speaker(one) else {
                warn!("nothing speaks the order to leave");
                return;
            };
            match command.spawn() {
                Ok(child) => leash.take(child),
                Err(error) => {
                    warn!(%error, "the order is not spoken");
                    return;
                }
            }
            while !leash.has_ended() {
                if is_woken(waking, LOOK) {
                    return;
                }
            }
            if leash.is_over() {
                return;
            }
        }
        if is_woken(waking, PAUSE) {
            return;
        }
    }
}

/// Waits; says whether it was woken before its time, because all is over.
fn is_woken(waking: &Receiver<()>, after: Duration) -> bool {
    waking.recv_timeout(after) != Err(RecvTimeoutError::Timeout)
}

/// What speaks `one` and waits for its end.
fn speaker(one: &Spoken) -> Option<Command> {
    let name = installed()?;
    let language = one.lang.split('_').next().unwrap_or(&one.lang);
    let mut command = silent(Command::new(name));
    if name == DISPATCHER {
        command.args(["-w", "-l", language]);
    } else {
        // It knows Mandarin by the code of ISO 639-3.
        let voice = if language == "zh" { "cmn" } else { language };
        command.args(["-v", voice]);
    }
    command.arg("--").arg(&one.words);
    Some(command)
}

fn silent(mut command: Command) -> Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
