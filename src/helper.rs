//! This program, started again by itself, for work that may take long, take much memory or break
//! down over what it is given: reading a foreign picture, making a long document. The helper goes
//! behind the screen, has limits, and whatever becomes of it, the kiosk has lost nothing but a
//! helper.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use tracing::warn;

use crate::threads::tell;

/// Libraries descend into what is nested: they get more room than a thread usually has.
const STACK_BYTES: usize = 64 * 1024 * 1024;
/// The most bytes of a task.
const MOST_TASK: u64 = 64 * 1024 * 1024;
/// The most bytes of the line before an answer.
const MOST_HEAD: u64 = 64 * 1024;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that is started, where it is not the running one: a test is not. The first
/// name stays.
pub fn use_program(program: &Path) {
    PROGRAM.get_or_init(|| program.to_owned());
}

/// What a helper may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most memory, in bytes of addresses.
    pub memory: u64,
    /// The most seconds of computing; the one that asks waits for longer, on a busy machine.
    pub seconds: u64,
}

/// Why a helper has not done what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unhelped {
    /// It could not be started.
    #[error("{0}")]
    NotStarted(String),
    /// It took too long, too much memory, or broke down over its task.
    #[error("too long or too intricate")]
    BrokenDown,
    /// It says what is wrong with its task.
    #[error("{0}")]
    Refused(String),
}

/// A started helper, which ends with this value, however the asking ends.
pub(crate) struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        #[expect(clippy::unused_result_ok, reason = "it may have ended by itself")]
        self.0.kill().ok();
        #[expect(
            clippy::unused_result_ok,
            reason = "there is nothing more to do about it"
        )]
        self.0.wait().ok();
    }
}

/// The running program.
fn own_program() -> PathBuf {
    // Still there when the file has been replaced by a newer version or deleted.
    let running = Path::new("/proc/self/exe");
    if running.exists() {
        return running.to_owned();
    }
    std::env::current_exe().unwrap_or_else(|_| running.to_owned())
}

impl Helper {
    /// Starts one with these arguments, reading `input`.
    pub(crate) fn start(
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
        input: Stdio,
    ) -> io::Result<Self> {
        let program = PROGRAM.get().cloned().unwrap_or_else(own_program);
        Command::new(program)
            .args(args)
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map(Self)
    }

    /// What `talk` hears from it over its pipes; none where that takes longer than `patience`.
    pub(crate) fn answer<T: Send + 'static>(
        mut self,
        patience: Duration,
        talk: impl FnOnce(Option<ChildStdin>, Option<ChildStdout>) -> T + Send + 'static,
    ) -> io::Result<Option<T>> {
        let (input, output) = (self.0.stdin.take(), self.0.stdout.take());
        let (done, answered) = channel();
        thread::Builder::new()
            .name("helper's answer".to_owned())
            .spawn(move || {
                tell(&done, talk(input, output));
            })?;
        Ok(answered.recv_timeout(patience).ok())
    }
}

/// Has a helper that was started with `command` do a task, and waits no longer than `patience`.
///
/// # Errors
/// [`Unhelped`].
pub(crate) fn ask(
    command: &str,
    task: &impl Serialize,
    patience: Duration,
) -> Result<Vec<u8>, Unhelped> {
    let task = serde_json::to_vec(task).map_err(|error| Unhelped::Refused(error.to_string()))?;
    ask_bytes(command, task, patience)
}

/// The same, with a task that is bytes, such as a file's.
///
/// # Errors
/// [`Unhelped`].
pub(crate) fn ask_bytes(
    command: &str,
    task: Vec<u8>,
    patience: Duration,
) -> Result<Vec<u8>, Unhelped> {
    let failed = |error: io::Error| {
        warn!(helper = command, %error, "a helper was not started");
        Unhelped::NotStarted(error.to_string())
    };
    let helper = Helper::start([command], Stdio::piped()).map_err(failed)?;
    let answer = helper.answer(patience, move |input, output| {
        if let Some(mut input) = input {
            #[expect(
                clippy::unused_result_ok,
                reason = "one that ends without having read its task says the rest by its answer"
            )]
            input.write_all(&task).ok();
        }
        output.and_then(heard)
    });
    match answer.map_err(failed)?.flatten() {
        Some(answer) => answer.map_err(|why| {
            // What is wrong with the task may quote it.
            warn!(helper = command, "a helper refused its task");
            Unhelped::Refused(why)
        }),
        None => {
            note_broken_down(command);
            Err(Unhelped::BrokenDown)
        }
    }
}

/// Notes that a helper took too long, too much memory, or broke down.
pub(crate) fn note_broken_down(command: &str) {
    warn!(helper = command, "a helper broke down");
}

/// An answer: a line of JSON that says how many bytes follow, or what is wrong. None where it is
/// not whole.
fn heard(output: impl Read) -> Option<Result<Vec<u8>, String>> {
    let mut from = BufReader::new(output);
    let mut line = Vec::new();
    let mut head = (&mut from).take(MOST_HEAD);
    head.read_until(b'\n', &mut line).ok()?;
    let length: usize = match serde_json::from_slice(&line).ok()? {
        Ok(length) => length,
        Err(refused) => return Some(Err(refused)),
    };
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).ok()?;
    (bytes.len() == length).then_some(Ok(bytes))
}

/// Does a task, if that is what this process was started for with `command`; none where it was
/// not.
pub(crate) fn serve<T: DeserializeOwned + 'static>(
    args: impl Iterator<Item = String>,
    command: &str,
    limits: Limits,
    work: fn(T) -> Result<Vec<u8>, String>,
) -> Option<ExitCode> {
    serve_bytes(args, command, limits, move |task| {
        work(serde_json::from_slice(&task).map_err(|error| error.to_string())?)
    })
}

/// The same for a task that is bytes.
pub(crate) fn serve_bytes(
    mut args: impl Iterator<Item = String>,
    command: &str,
    limits: Limits,
    work: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, String> + Send + 'static,
) -> Option<ExitCode> {
    if args.nth(1)? != command {
        return None;
    }
    confine(limits);
    let done = apart(move || {
        let mut task = Vec::new();
        let mut input = io::stdin().lock().take(MOST_TASK);
        input.read_to_end(&mut task).map_err(|e| e.to_string())?;
        work(task)
    });
    // One that broke down says nothing.
    let said = done.is_some_and(|done| say(&done, &mut io::stdout().lock()).is_ok());
    Some(if said {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn say(done: &Result<Vec<u8>, String>, out: &mut dyn Write) -> io::Result<()> {
    let head = done.as_ref().map(Vec::len);
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(done.as_deref().unwrap_or_default())?;
    out.flush()
}

/// Works with much room for what is nested; none where a library panicked, which has met
/// something that it does not understand.
pub(crate) fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let working = thread::Builder::new().stack_size(STACK_BYTES).spawn(work);
    working.ok()?.join().ok()
}

/// Takes from this process what it does not need. Where the system refuses a limit, the one that
/// asked still stops waiting.
#[cfg(target_os = "linux")]
#[expect(
    clippy::unused_result_ok,
    reason = "where one is refused, whoever asked stops waiting all the same"
)]
pub(crate) fn confine(limits: Limits) {
    use rustix::process::{
        Resource, Rlimit, Signal, nice, set_parent_process_death_signal, setrlimit,
    };

    let limit = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    for (resource, most) in [
        (Resource::As, limits.memory),
        (Resource::Cpu, limits.seconds),
        (Resource::Core, 0),
        // It writes no files.
        (Resource::Fsize, 0),
    ] {
        setrlimit(resource, limit(most)).ok();
    }
    set_parent_process_death_signal(Some(Signal::KILL)).ok();
    // The screen comes first.
    nice(10).ok();
}

/// Limits are Linux's.
#[cfg(not(target_os = "linux"))]
pub(crate) fn confine(_: Limits) {}

#[cfg(test)]
mod tests {
    use super::{heard, say};

    #[test]
    fn an_answer_that_is_not_whole_is_none() {
        let mut whole = Vec::new();
        say(&Ok(b"file".to_vec()), &mut whole).unwrap();
        assert_eq!(heard(whole.as_slice()), Some(Ok(b"file".to_vec())));
        for end in 0..whole.len() {
            assert_eq!(heard(&whole[..end]), None, "{end}");
        }
        whole.push(b'!');
        assert_eq!(heard(whole.as_slice()), None, "more than was said");
    }

    #[test]
    fn a_refusal_says_why() {
        let mut said = Vec::new();
        say(&Err("why".to_owned()), &mut said).unwrap();
        assert_eq!(heard(said.as_slice()), Some(Err("why".to_owned())));
    }
}
