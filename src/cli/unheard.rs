//! Output whose reader may have gone away, such as `head`: the words are lost then, and what the
//! command found is not.

use std::io::{self, ErrorKind, Write};

/// Writes to another writer until nobody reads that any more, and from then on nowhere.
#[derive(Debug)]
pub struct Unheard<W> {
    inner: W,
    gone: bool,
}

impl<W: Write> Unheard<W> {
    /// Writes to `inner` for as long as somebody reads it.
    pub fn new(inner: W) -> Self {
        Self { inner, gone: false }
    }

    /// Takes a broken pipe for success: for a script the exit code is the answer, and no reader
    /// that goes away may change it.
    fn heard<T>(&mut self, outcome: io::Result<T>, lost: T) -> io::Result<T> {
        match outcome {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(lost)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Unheard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gone {
            return Ok(bytes.len());
        }
        let outcome = self.inner.write(bytes);
        self.heard(outcome, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let outcome = self.inner.flush();
        self.heard(outcome, ())
    }
}
