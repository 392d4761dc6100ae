//! The file of the diagnosis, and the few before it: bounded in size and number, its owner's alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tracing::Level;

use super::line::Sink;
use crate::own_file;
use crate::private;

/// The most bytes of one file: some thousand lines.
pub const MOST_BYTES: u64 = 512 * 1024;

/// A file that makes room for a new one once it is full, so that together they never grow beyond
/// [`MOST_BYTES`] times their number.
pub struct Rotating {
    folder: PathBuf,
    path: PathBuf,
    /// Whether the folder is made where it is missing.
    may_create: bool,
    file: Option<File>,
}

impl Rotating {
    /// The file `name` in `folder`, which is opened with the first line.
    pub fn new(folder: &Path, name: &str, may_create: bool) -> Self {
        Self {
            folder: folder.to_owned(),
            path: folder.join(name),
            may_create,
            file: None,
        }
    }

    /// Writes a line. A file that was taken away, is full, or was not to be had before is begun
    /// anew.
    ///
    /// # Errors
    /// The disk's; the next line tries again.
    pub fn line(&mut self, line: &[u8]) -> io::Result<()> {
        let room = MOST_BYTES.saturating_sub(line.len() as u64);
        let mut file = match self.file.take() {
            Some(file) if is_there(&file)? => file,
            _ => self.open()?,
        };
        // Asked each time: another run of the program may be writing too.
        if file.metadata()?.len() > room {
            self.make_room(&file)?;
            file = self.open()?;
        }
        file.write_all(line)?;
        self.file = Some(file);
        Ok(())
    }

    fn open(&self) -> io::Result<File> {
        if self.may_create {
            private::create_dir(&self.folder)?;
        }
        if own_file::is_obstructed(&self.path) {
            own_file::set_aside(&self.path)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        own_file::open_with(&self.path, &mut options)
    }

    /// Moves each file one place back, the last of them away.
    fn make_room(&self, full: &File) -> io::Result<()> {
        let mut names = vec![self.path.clone()];
        names.extend(own_file::OLDER.map(|end| {
            let mut name = self.path.clone().into_os_string();
            name.push(end);
            PathBuf::from(name)
        }));
        for pair in names.windows(2).rev() {
            let [newer, older] = pair else { continue };
            match fs::rename(newer, older) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    // It must not grow all the same.
                    return full.set_len(0);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether an open file still has a name.
#[cfg(unix)]
fn is_there(file: &File) -> io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 0)
}

#[cfg(not(unix))]
fn is_there(_: &File) -> io::Result<bool> {
    Ok(true)
}

impl Sink for Rotating {
    fn write(&mut self, _: Level, line: &[u8]) -> io::Result<()> {
        self.line(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own_file::DIAGNOSIS;

    const LINE: [u8; 1000] = [b'x'; 1000];

    fn files(folder: &Path) -> Vec<(String, u64)> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let all = entries.map(|one| {
            let name = one.file_name().into_string().unwrap();
            (name, one.metadata().unwrap().len())
        });
        let mut all: Vec<_> = all.collect();
        all.sort();
        all
    }

    #[test]
    fn files_are_bounded_in_size_and_number_and_their_owners_alone() {
        let dir = tempfile::tempdir().unwrap();
        let mut file = Rotating::new(dir.path(), DIAGNOSIS, true);
        for _ in 0..10 * MOST_BYTES / 1000 {
            file.line(&LINE).unwrap();
        }
        let found = files(dir.path());
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "diagnosis.log",
                "diagnosis.log.1",
                "diagnosis.log.2",
                "diagnosis.log.3"
            ]
        );
        for (name, length) in &found {
            assert!(*length <= MOST_BYTES, "{name}: {length}");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = fs::metadata(dir.path().join(name)).unwrap().permissions();
                assert_eq!(mode.mode() & 0o777, 0o600, "{name}");
            }
        }
        assert!(own_file::names().iter().any(|one| one == names[3]));
    }

    #[test]
    fn two_runs_that_write_at_once_stay_bounded_too() {
        let dir = tempfile::tempdir().unwrap();
        let [mut one, mut other] = [(); 2].map(|()| Rotating::new(dir.path(), DIAGNOSIS, true));
        for _ in 0..5 * MOST_BYTES / 1000 {
            one.line(&LINE).unwrap();
            other.line(&LINE).unwrap();
        }
        let found = files(dir.path());
        assert_eq!(found.len(), 4);
        assert!(
            found.iter().all(|(_, length)| *length <= MOST_BYTES),
            "{found:?}"
        );
    }

    #[test]
    fn what_stands_in_its_place_is_set_aside_and_one_taken_away_is_begun_anew() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(DIAGNOSIS);
        fs::create_dir(&path).unwrap();
        let mut file = Rotating::new(dir.path(), DIAGNOSIS, true);
        file.line(b"one\n").unwrap();
        fs::remove_file(&path).unwrap();
        file.line(b"two\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two\n");
        assert_eq!(own_file::aside(dir.path()).len(), 1);
    }

    #[test]
    fn where_older_ones_cannot_make_room_it_does_not_grow() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("diagnosis.log.1/kept")).unwrap();
        let mut file = Rotating::new(dir.path(), DIAGNOSIS, true);
        for _ in 0..3 * MOST_BYTES / 1000 {
            file.line(&LINE).unwrap();
        }
        let length = fs::metadata(dir.path().join(DIAGNOSIS)).unwrap().len();
        assert!(length <= MOST_BYTES, "{length}");
    }

    #[test]
    fn whoever_only_looks_on_makes_no_folder() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("missing");
        let mut file = Rotating::new(&missing, DIAGNOSIS, false);
        assert!(file.line(b"one\n").is_err());
        assert!(!missing.exists());
    }
}
