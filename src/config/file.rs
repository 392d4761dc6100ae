//! A file that a branch edits, with a copy of its last good state beside it, so that a slip in
//! the editor never costs the tablet its settings or its plan.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::atomic_file::{self, Readers};
use crate::config::fault::{Fault, Problem};
use crate::own_file::{self, LAST_GOOD};
use crate::private;

/// More than any settings or plan; what is larger was put there by mistake.
const MOST_BYTES: usize = 1 << 20;

/// Whether the data directory may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The kiosk itself: keeps the last good copy up to date.
    Keep,
    /// Whatever runs beside the kiosk: leaves the directory as it is.
    ReadOnly,
}

/// What was found of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// There is none.
    Missing,
    /// It is sound; a fault only where something it names is not there, or where its copy could
    /// not be kept.
    Sound(T, Vec<Fault>),
    /// It is broken: the last good copy, if there is one, and what is wrong with the file.
    Broken(Option<T>, Vec<Fault>),
}

/// One such file in the data directory.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    last_good: PathBuf,
}

impl ConfigFile {
    /// The file `<stem>.toml` in `data_dir`, and its copy `<stem>.last-good.toml`.
    pub fn new(data_dir: &Path, stem: &str) -> Self {
        Self {
            path: data_dir.join(format!("{stem}.toml")),
            last_good: data_dir.join(format!("{stem}{LAST_GOOD}")),
        }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the copy of its last good state is.
    pub fn last_good(&self) -> &Path {
        &self.last_good
    }

    /// Reads the file with `read`, which gets the file's name and text. A sound file is copied
    /// to the last good copy, if its content is new; a broken one is replaced by that copy,
    /// provided that `usable` accepts the faults that `read` finds in it today.
    pub fn load<T>(
        &self,
        access: Access,
        read: impl Fn(&str, &str) -> (T, Vec<Fault>),
        usable: impl Fn(&[Fault]) -> bool,
    ) -> Found<T> {
        let faults = match text_of(&self.path) {
            Ok(text) => {
                let (value, faults) = read(&name(&self.path), &text);
                let mut faults = faults;
                if faults.iter().all(|fault| fault.problem.is_outside()) {
                    if access == Access::Keep {
                        faults.extend(self.keep(&text).err());
                    }
                    return Found::Sound(value, faults);
                }
                faults
            }
            Err(fault) if fault.problem == Problem::NotFound => return Found::Missing,
            Err(fault) => vec![fault],
        };
        Found::Broken(self.copy(read, usable), faults)
    }

    /// What the last good copy says, where there is one and `usable` accepts the faults that
    /// `read` finds in it today.
    pub fn copy<T>(
        &self,
        read: impl Fn(&str, &str) -> (T, Vec<Fault>),
        usable: impl Fn(&[Fault]) -> bool,
    ) -> Option<T> {
        let text = text_of(&self.last_good).ok()?;
        let (value, faults) = read(&name(&self.last_good), &text);
        usable(&faults).then_some(value)
    }

    /// The fault of a file that is not there.
    pub fn missing(&self) -> Fault {
        whole(&self.path, Problem::NotFound)
    }

    /// Writes the file itself, with its directory.
    ///
    /// # Errors
    /// A fault that names the file if the disk refuses.
    pub fn write(&self, text: &str) -> Result<(), Fault> {
        write_whole(&self.path, text, Readers::Owner)
            .map_err(|error| unwritable(&self.path, &error))
    }

    /// Writes the file anew, in place of the one that is there: who may read it and the day it was
    /// last saved by a person stay as they were, since undated numbers count from that day. Where
    /// the file is a link, what it points to is replaced.
    ///
    /// # Errors
    /// A fault that names the file if the disk refuses, or if nobody would read so large a file.
    pub fn rewrite(&self, text: &str) -> Result<(), Fault> {
        if text.len() > MOST_BYTES {
            return Err(whole(&self.path, Problem::TooLarge { most: MOST_BYTES }));
        }
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        write_whole(&target, text, Readers::Like(&target))
            .map_err(|error| unwritable(&self.path, &error))
    }

    fn keep(&self, text: &str) -> Result<(), Fault> {
        if own_file::read(&self.last_good, MOST_BYTES).is_ok_and(|kept| kept == text.as_bytes()) {
            return Ok(());
        }
        write_whole(&self.last_good, text, Readers::OwnerSavedLike(&self.path))
            .map_err(|error| unwritable(&self.last_good, &error))
    }
}

/// The text of the file at `path`.
///
/// # Errors
/// A fault on the file as a whole: not there, not readable, too large, not UTF-8, empty, or cut off.
pub fn text_of(path: &Path) -> Result<String, Fault> {
    let bytes = own_file::read(path, MOST_BYTES).map_err(|error| {
        let problem = match error.kind() {
            ErrorKind::NotFound => Problem::NotFound,
            ErrorKind::FileTooLarge => Problem::TooLarge { most: MOST_BYTES },
            _ => Problem::Unreadable(error.to_string()),
        };
        whole(path, problem)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        Fault {
            line: Some(line),
            ..whole(path, Problem::NotUtf8)
        }
    })?;
    // An interrupted save leaves an empty file, or one of zeros: not the wish to clear it.
    if text
        .trim_matches(|c: char| c.is_whitespace() || c == '\0')
        .is_empty()
    {
        return Err(whole(path, Problem::EmptyFile));
    }
    if is_cut_off(path, &text) {
        return Err(Fault {
            line: Some(text.lines().count()),
            ..whole(path, Problem::CutOff)
        });
    }
    Ok(text)
}

/// Whether the last good copy of the file at `path` says more after all that `text` says. What ends
/// between two lines is TOML still, and would take exits and numbers off the screens.
fn is_cut_off(path: &Path, text: &str) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let copy = path.with_file_name(format!("{stem}{LAST_GOOD}"));
    let says = |line: &&[u8]| {
        let line = line.trim_ascii();
        !line.is_empty() && !line.starts_with(b"#")
    };
    own_file::read(&copy, MOST_BYTES).is_ok_and(|good| {
        let rest = good.strip_prefix(text.as_bytes());
        rest.is_some_and(|rest| rest.split(|byte| *byte == b'\n').any(|line| says(&line)))
    })
}

fn write_whole(path: &Path, text: &str, readers: Readers<'_>) -> std::io::Result<()> {
    if let Some(directory) = path.parent() {
        private::create_dir(directory)?;
    }
    atomic_file::write(path, text.as_bytes(), readers)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    whole(path, Problem::Unwritable(error.to_string()))
}

fn whole(path: &Path, problem: Problem) -> Fault {
    Fault {
        file: name(path),
        line: None,
        key: String::new(),
        problem,
    }
}

/// The name that the faults of a file carry.
pub fn name(path: &Path) -> String {
    path.display().to_string()
}
