//! The real program in a real window: a real finger, a real kill, a real return.

mod cage;
mod display;
mod ending;
mod light;
mod second;
mod soak;
mod standing;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::twin::Twin;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lobby-kiosk");

/// Asks again until it is so: the other side is another process.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < patience, "waited in vain until {what}");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// A twin of a kiosk that begins on an empty directory.
fn twin() -> Twin {
    Twin::start(tempfile::tempdir().unwrap())
}

fn records(data: &Path, words: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .args(["--data".as_ref(), data.as_os_str()])
        .args(["--lang", "en", "records"])
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn exports(data: &Path) -> String {
    records(data, &["export", "--format", "json"])
}
