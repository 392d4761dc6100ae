//! What has become of the journal's file, for the banner: set aside, taken away and put back, left
//! behind on a disk that is gone, or on a kind of disk that is not made for it.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use tracing::warn;

use super::journal::Notice;
use super::keeper as running_time;
use super::{address, language, pin};
use crate::config::settings;
use crate::diagnosis::kind;
use crate::store::chain::{Broken, What};
use crate::store::{Amiss, Reader, broken_tail, file_system, list_aside, of_loss};

/// The state of the journal's file.
#[derive(Debug, Default)]
pub struct JournalFile {
    aside: RefCell<Vec<PathBuf>>,
    put_back: Cell<bool>,
    mended: Cell<bool>,
    left_behind: Cell<bool>,
    disk: RefCell<Option<String>>,
    growing: Cell<Option<u8>>,
    lost: bool,
}

impl JournalFile {
    /// At the start in the data directory `dir`, with the journals that lie aside since earlier
    /// ones.
    pub fn of(dir: &Path) -> Self {
        Self {
            aside: list_aside(dir).into(),
            ..Self::default()
        }
    }

    /// The same, where a look before the start found what `lost` says.
    #[must_use]
    pub fn after(mut self, lost: Option<&Amiss>) -> Self {
        self.lost = matches!(lost, Some(Amiss::Gone | Amiss::Emptied));
        if let Some(found) = lost {
            warn!(kind = kind(found), "the journal is not the one of before");
        }
        self
    }

    /// Takes in what the journal says.
    pub fn heard(&self, notice: &Notice) {
        match notice {
            Notice::SetAside(aside) => {
                let mut all = self.aside.borrow_mut();
                if !all.contains(&aside.file) {
                    all.push(aside.file.clone());
                }
            }
            Notice::PutBack => self.put_back.set(true),
            Notice::Mended => self.mended.set(true),
            Notice::LeftBehind => self.left_behind.set(true),
            Notice::UnfitDisk { kind } => {
                self.disk.replace(Some(kind.clone()));
            }
            Notice::Listing(lists) => self.growing.set(lists.growing),
            _ => {}
        }
    }

    /// Whether all that had been recorded was gone at the start.
    pub fn was_lost(&self) -> bool {
        self.lost
    }

    /// Whether a journal lies aside that nobody has seen to.
    pub fn has_aside(&self) -> bool {
        !self.aside.borrow().is_empty()
    }

    /// Whether the file was taken away under the program since the start.
    pub fn was_put_back(&self) -> bool {
        self.put_back.get()
    }

    /// Whether something in the file was damaged since the start, and was made anew.
    pub fn was_mended(&self) -> bool {
        self.mended.get()
    }

    /// Whether the disk was taken away, with what was recorded on it.
    pub fn was_left_behind(&self) -> bool {
        self.left_behind.get()
    }

    /// How much of the lists is there, in percent, while they are being made anew.
    pub fn growing(&self) -> Option<u8> {
        self.growing.get()
    }

    /// The kind of disk, where it is not made for the journal.
    pub fn unfit_disk(&self) -> Option<String> {
        self.disk.borrow().clone()
    }
}

/// Files that only a kiosk which runs, and therefore records, leaves in its data directory.
const TRACES: [&str; 4] = [
    running_time::FILE,
    language::FILE,
    address::SERVED,
    address::PRINTED,
];

/// What became of the journal that was kept in the data directory `dir`, where it is not there any
/// more.
pub fn lost(dir: &Path) -> Option<Amiss> {
    let mut traces = TRACES.iter().map(|name| dir.join(name));
    // The start copies the settings, after it has begun a journal. A copy alone may have come from
    // elsewhere.
    let set_up = || settings::last_good(dir).exists() && pin::is_set(dir);
    let used = traces.any(|path| path.exists()) || !list_aside(dir).is_empty() || set_up();
    of_loss(dir, used)
}

/// The names of the journals that lie aside in the data directory `dir`, because they could not be
/// used, the oldest first.
pub fn aside(dir: &Path) -> Vec<String> {
    let all = list_aside(dir);
    let names = all.iter().filter_map(|path| path.file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Where the journal in the data directory `dir` breaks, as a start there would say: in its last
/// entries, or before all, where another lies in its place.
pub fn broken(dir: &Path) -> Option<Broken> {
    let exchanged = || {
        (lost(dir) == Some(Amiss::Device)).then_some(Broken {
            seq: 1,
            id: None,
            what: What::Missing,
        })
    };
    broken_tail(dir).or_else(exchanged)
}

/// What is damaged of the lists beside the entries in the data directory `dir`, where the journal
/// can be read at all.
pub fn damaged_lists(dir: &Path) -> Option<Amiss> {
    Reader::damaged_lists(dir).ok().flatten()
}

/// How much of the lists in the data directory `dir` is there, in percent, where a kiosk has begun to
/// make them anew: one that runs goes on with it, and so does the next start.
pub fn growing_lists(dir: &Path) -> Option<u8> {
    Reader::growing_in(dir)
}

/// The kind of disk that the data directory `dir` lies on, if it is shared with other machines or
/// programs, so that it is not made for the journal.
pub fn shared_disk(dir: &Path) -> Option<String> {
    file_system::kind(dir).filter(|kind| file_system::is_shared(kind))
}
