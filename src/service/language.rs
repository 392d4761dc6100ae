//! The language that somebody has chosen on the tablet, kept over a crash: whoever was reading
//! English finds English again. Idleness returns to the branch's own language, here too.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

use tracing::warn;

use crate::atomic_file::{self, Readers};
use crate::diagnosis::Seldom;
use crate::domain::lang::Lang;
use crate::own_file;
use crate::threads;

/// The file in the data directory; it holds a language tag.
pub const FILE: &str = own_file::LANGUAGE;
/// A tag is short: a longer file is none of ours.
const MOST_BYTES: usize = 16;

/// The language chosen when the program last stopped, where one was.
pub fn kept(data: &Path) -> Option<Lang> {
    let bytes = own_file::read(&data.join(FILE), MOST_BYTES).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Lang::new(text.trim())
}

/// Writes what is chosen, one after the other, on a thread of its own: nobody waits for the disk.
/// Dropped, it finishes what was chosen last.
pub struct Keeper {
    tell: Option<Sender<Lang>>,
    writing: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Keeps it in `data`; without a directory, or without a thread to spare, nowhere.
    pub fn new(data: Option<PathBuf>) -> Self {
        let (tell, told) = channel::<Lang>();
        let write = |data: PathBuf| {
            let write = move || {
                let failed = Seldom::default();
                for lang in told {
                    // The next start then speaks the branch's own language.
                    let file = data.join(FILE);
                    let kept = atomic_file::write(&file, lang.as_str().as_bytes(), Readers::Owner);
                    if let (Err(error), Some(count)) = (kept, failed.happened()) {
                        warn!(%error, count, "the language is not kept");
                    }
                }
            };
            Builder::new().name("language".to_owned()).spawn(write).ok()
        };
        let writing = data.and_then(write);
        Self {
            tell: writing.is_some().then_some(tell),
            writing,
        }
    }

    /// This one was chosen.
    pub fn keep(&self, lang: &Lang) {
        if let Some(tell) = &self.tell {
            threads::tell(tell, lang.clone());
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.tell.take();
        if let Some(writing) = self.writing.take() {
            threads::join(writing);
        }
    }
}
