//! This program, started again by itself, for work that may take long, take much memory or break
//! down over what it is given, such as reading a foreign picture. The helper goes
//! behind the screen, has limits, and whatever becomes of it, the kiosk has lost nothing but a
//! helper.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Libraries descend into what is nested: they get more room than a thread usually has.
const STACK_BYTES: usize = 64 * 1024 * 1024;
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

/// A started helper, which ends with this value, however the asking ends.
pub(crate) struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
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
                // Nobody waits any more for what came too late.
                done.send(talk(input, output)).ok();
            })?;
        Ok(answered.recv_timeout(patience).ok())
    }
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
