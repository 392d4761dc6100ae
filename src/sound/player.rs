//! What plays tones: PipeWire's, PulseAudio's or ALSA's own program, whichever there is.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tracing::warn;

use super::{program, wav};

/// A program that plays a WAV stream from its standard input, with as little of it in store as keeps
/// it from stuttering.
struct Player {
    name: &'static str,
    arguments: &'static [&'static str],
    /// From its first reading of samples until that is heard: the store that it fills before it begins,
    /// as far as it does not fill that at once. What the sound card and a loudspeaker of one's own add to
    /// it, such as one by Bluetooth, no program can know.
    starts_up: Duration,
}

/// A player that is about to start.
pub(super) struct Starting {
    /// What starts it.
    pub(super) command: Command,
    /// How long after its first reading that is heard.
    pub(super) starts_up: Duration,
}

/// In the order in which they are tried.
///
/// The first two read `/dev/stdin` by name: where it is called `-`, some versions take the stream for
/// samples without a head.
const PLAYERS: [Player; 3] = [
    Player {
        name: "pw-play",
        arguments: &["--latency=60ms", "/dev/stdin"],
        starts_up: Duration::from_millis(45),
    },
    Player {
        name: "paplay",
        arguments: &["--latency-msec=80", "/dev/stdin"],
        starts_up: Duration::from_millis(20),
    },
    Player {
        name: "aplay",
        arguments: &["-q", "--buffer-time=100000", "-t", "wav", "-"],
        starts_up: Duration::from_millis(5),
    },
];

/// The name of the program that would play; none where the machine has none.
pub fn installed() -> Option<&'static str> {
    let mut players = PLAYERS.iter();
    players
        .find(|one| program(one.name).is_some())
        .map(|one| one.name)
}

/// The names of all programs that could play, in the order in which they are tried.
pub fn names() -> impl Iterator<Item = &'static str> {
    PLAYERS.iter().map(|one| one.name)
}

/// The players that the machine has.
pub(super) fn all() -> impl Iterator<Item = Starting> {
    PLAYERS.iter().filter_map(|one| {
        let mut command = Command::new(program(one.name)?);
        command.args(one.arguments);
        Some(Starting {
            command: quiet(command),
            starts_up: one.starts_up,
        })
    })
}

/// The same command with nothing to say, and something to read.
fn quiet(mut command: Command) -> Command {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir(PathBuf::from("/"));
    command
}

/// Plays a short tone to its end, with the first player that can.
pub(super) fn play(samples: impl Iterator<Item = i16>) {
    let data = wav::bytes(samples);
    let head = wav::head(Some(data.len() / wav::SAMPLE_BYTES));
    for mut one in all() {
        if played(one.command.spawn(), &head, &data) {
            return;
        }
    }
    warn!("no player for the tone of an overdue step");
}

fn played(child: std::io::Result<Child>, head: &[u8], data: &[u8]) -> bool {
    let Ok(mut child) = child else {
        return false;
    };
    if let Some(mut to) = child.stdin.take()
        && to
            .write_all(head)
            .and_then(|()| to.write_all(data))
            .is_err()
    {
        // It has gone; what it says by its end counts.
    }
    child.wait().is_ok_and(|end| end.success())
}
