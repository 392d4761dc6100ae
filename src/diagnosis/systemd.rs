//! The journal of systemd, where the program's standard error leads there.

use std::fs::File;
use std::io::{self, Write};

use tracing::Level;

use super::line::Sink;

/// A stream to the journal. Not the standard error itself: whoever writes to that locks it, and a
/// journal that hangs would hang them.
pub(super) struct Journal(pub(super) File);

impl Sink for Journal {
    fn write(&mut self, level: Level, line: &[u8]) -> io::Result<()> {
        self.0.write_all(&marked(level, line))
    }
}

/// A line with its priority in front, as sd-daemon(3) has it.
fn marked(level: Level, line: &[u8]) -> Vec<u8> {
    let priority = match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        _ => 7,
    };
    [format!("<{priority}>").as_bytes(), line].concat()
}

/// Whether standard error leads to the journal. systemd.exec(5): `JOURNAL_STREAM` then names the
/// device and the inode of the stream, by which a program tells that nobody has put another file
/// there meanwhile.
pub(super) fn is_stderr() -> bool {
    let named = std::env::var("JOURNAL_STREAM").unwrap_or_default();
    stream().is_some_and(|there| is_named(&named, there))
}

/// Standard error, where that leads to the journal.
pub(super) fn stderr() -> Option<File> {
    if is_stderr() { duplicate() } else { None }
}

fn is_named(named: &str, (device, inode): (u64, u64)) -> bool {
    named == format!("{device}:{inode}")
}

#[cfg(unix)]
fn stream() -> Option<(u64, u64)> {
    let found = rustix::fs::fstat(io::stderr()).ok()?;
    Some((found.st_dev, found.st_ino))
}

#[cfg(unix)]
fn duplicate() -> Option<File> {
    use std::os::fd::AsFd;
    let copy = io::stderr().as_fd().try_clone_to_owned().ok()?;
    Some(copy.into())
}

#[cfg(not(unix))]
fn stream() -> Option<(u64, u64)> {
    None
}

#[cfg(not(unix))]
fn duplicate() -> Option<File> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_the_journals_only_by_device_and_inode() {
        assert!(is_named("8:1234", (8, 1234)));
        for other in ["", "8:123", "9:1234", "8:1234x", "8"] {
            assert!(!is_named(other, (8, 1234)), "{other}");
        }
    }

    #[test]
    fn the_journal_is_told_how_grave_a_line_is() {
        assert_eq!(marked(Level::ERROR, b"panic\n"), b"<3>panic\n");
        assert_eq!(marked(Level::WARN, b"job\n"), b"<4>job\n");
        assert_eq!(marked(Level::INFO, b"start\n"), b"<6>start\n");
    }
}
