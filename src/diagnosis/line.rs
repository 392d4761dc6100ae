//! Lines on their way to whoever writes them: a short queue that nobody waits for.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How many lines wait at most for the disk; further ones are counted, and lost.
const QUEUE: usize = 256;
/// How long a line is at most, in bytes: what is longer is cut off.
const LONGEST: usize = 4096;
/// How long the end of the program waits for what is still to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes lines where they come to rest.
pub(super) trait Sink: Send + 'static {
    /// Writes a line, which ends with a line break.
    fn write(&mut self, level: Level, line: &[u8]) -> io::Result<()>;
}

enum Message {
    Line(Level, Vec<u8>),
    End,
}

/// Where lines are handed over.
pub(super) struct Lines {
    queue: SyncSender<Message>,
    lost: Arc<AtomicU64>,
}

/// What is written, until this is dropped.
pub struct Written {
    queue: SyncSender<Message>,
    ended: Receiver<()>,
}

impl Drop for Written {
    fn drop(&mut self) {
        // Where the queue is full the disk hangs, and nothing would come of waiting.
        if self.queue.try_send(Message::End).is_ok() {
            #[expect(
                clippy::unused_result_ok,
                reason = "a disk that hangs does not hold up the end"
            )]
            self.ended.recv_timeout(PATIENCE).ok();
        }
    }
}

/// Has `sink` write, on a thread of its own, what is handed over.
///
/// # Errors
/// The system's, where it has no thread to give.
pub(super) fn to(sink: impl Sink) -> io::Result<(Lines, Written)> {
    let (queue, lines) = sync_channel(QUEUE);
    let (end, ended) = channel();
    let lost = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&lost);
    thread::Builder::new()
        .name("diagnosis".to_owned())
        .spawn(move || {
            work(sink, &lines, &counted);
            drop(end);
        })?;
    let written = Written {
        queue: queue.clone(),
        ended,
    };
    Ok((Lines { queue, lost }, written))
}

fn work(mut sink: impl Sink, lines: &Receiver<Message>, lost: &AtomicU64) {
    while let Ok(Message::Line(level, line)) = lines.recv() {
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 {
            let words = format!("{missing} lines lost\n");
            if sink.write(Level::WARN, words.as_bytes()).is_err() {
                lost.fetch_add(missing, Ordering::Relaxed);
            }
        }
        // The disk may be full, or may not be written: the kiosk goes on, and so does this.
        if sink.write(level, &line).is_err() {
            lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// One line being written.
pub(super) struct Line<'a> {
    level: Level,
    lines: &'a Lines,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line {
            level: Level::INFO,
            lines: self,
        }
    }

    fn make_writer_for(&'a self, of: &Metadata<'_>) -> Line<'a> {
        Line {
            level: *of.level(),
            lines: self,
        }
    }
}

impl Write for Line<'_> {
    /// Takes a whole line, as it is written in one piece.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let message = Message::Line(self.level, one_line(bytes));
        if self.lines.queue.try_send(message).is_err() {
            self.lines.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Nothing that is named in a line can make it look like two.
fn one_line(bytes: &[u8]) -> Vec<u8> {
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let text = text.get(..LONGEST).unwrap_or(text);
    let plain = text.iter().map(|byte| match byte {
        0..=31 | 127 => b' ',
        byte => *byte,
    });
    plain.chain([b'\n']).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::Sender;

    use super::*;

    /// A disk that tells of each line, and takes it once it may.
    struct Disk {
        asked: Sender<Vec<u8>>,
        may: Receiver<bool>,
    }

    impl Sink for Disk {
        fn write(&mut self, _: Level, line: &[u8]) -> io::Result<()> {
            self.asked.send(line.to_owned()).unwrap_or(());
            match self.may.recv() {
                Ok(true) => Ok(()),
                _ => Err(io::ErrorKind::StorageFull.into()),
            }
        }
    }

    fn disk() -> (Lines, Written, Receiver<Vec<u8>>, Sender<bool>) {
        let (asked, heard) = channel();
        let (allow, may) = channel();
        let (lines, written) = to(Disk { asked, may }).unwrap();
        (lines, written, heard, allow)
    }

    fn say(lines: &Lines, words: &str) {
        lines.make_writer().write_all(words.as_bytes()).unwrap();
    }

    #[test]
    fn nobody_waits_for_a_disk_that_hangs_and_what_was_lost_is_counted() {
        let (lines, written, heard, allow) = disk();
        say(&lines, "first\n");
        assert_eq!(heard.recv().unwrap(), b"first\n");
        // It hangs: the queue fills, and the rest is lost.
        for _ in 0..QUEUE + 7 {
            say(&lines, "more\n");
        }
        assert_eq!(lines.lost.load(Ordering::Relaxed), 7);
        allow.send(true).unwrap();
        assert_eq!(heard.recv().unwrap(), b"7 lines lost\n");
        drop((allow, heard));
        drop(written);
    }

    #[test]
    fn a_full_disk_costs_lines_and_nothing_else() {
        let (lines, written, heard, allow) = disk();
        for (words, takes) in [("one\n", false), ("two\n", true)] {
            say(&lines, words);
            allow.send(takes).unwrap();
        }
        let expected: [&[u8]; 3] = [b"one\n", b"1 lines lost\n", b"two\n"];
        allow.send(true).unwrap();
        for line in expected {
            assert_eq!(heard.recv().unwrap(), line);
        }
        drop(written);
    }

    #[test]
    fn what_is_handed_over_before_the_end_is_written() {
        struct Kept(Arc<Mutex<Vec<u8>>>);
        impl Sink for Kept {
            fn write(&mut self, _: Level, line: &[u8]) -> io::Result<()> {
                self.0.lock().unwrap().extend(line);
                Ok(())
            }
        }
        let kept = Arc::default();
        let (lines, written) = to(Kept(Arc::clone(&kept))).unwrap();
        say(&lines, "a\n");
        say(&lines, "b\r\nc\u{7f}\n");
        drop(written);
        assert_eq!(*kept.lock().unwrap(), b"a\nb  c \n");
    }

    #[test]
    fn a_line_has_a_longest_length() {
        assert_eq!(one_line(&[b'x'; 2 * LONGEST]).len(), LONGEST + 1);
    }
}
