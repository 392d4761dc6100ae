//! Keeps the data directory its owner's alone, whatever mask the program was started with: it holds
//! what customers wrote and who is called in an emergency.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(unix)]
use tracing::warn;

use crate::own_file;

/// Creates the directory `dir` where it is missing, with those above it, for its owner alone. One
/// that is there stays as it is: see [`correct`].
///
/// # Errors
/// The disk refuses.
pub fn create_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Opens the file `path` for writing, as it is; one that is missing is created for its owner alone.
///
/// # Errors
/// The disk refuses, or something other than a file is there.
pub fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    own_file::open_with(path, &mut options)
}

/// Takes from everybody but the owner what they may do in `dir` and with the files `names` in it.
/// Left alone are a directory that many share, as its sticky bit says, one of another user, and the
/// same of files, and whatever a link points to. What the disk refuses stays as it is: that must
/// not keep the tablet from guiding people.
pub fn correct<'a>(dir: &Path, names: impl IntoIterator<Item = &'a str>) {
    #[cfg(unix)]
    {
        close(dir);
        for name in names {
            close(&dir.join(name));
        }
    }
    #[cfg(not(unix))]
    let _ = (dir, names.into_iter().count());
}

#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    /// What group and others may do.
    const OTHERS: u32 = 0o077;
    /// Of a directory: only a file's owner may remove it.
    const STICKY: u32 = 0o1000;

    // Of what a link points to only the directory that holds it decides.
    let Ok(found) = fs::symlink_metadata(path) else {
        return;
    };
    let mode = found.mode();
    let shared = found.is_dir() && mode & STICKY != 0;
    let ours = found.uid() == rustix::process::geteuid().as_raw();
    let plain = found.is_dir() || found.is_file();
    if plain && ours && !shared && mode & OTHERS != 0 {
        let private = fs::Permissions::from_mode(mode & 0o7777 & !OTHERS);
        if let Err(error) = fs::set_permissions(path, private) {
            let name = path.file_name().unwrap_or_default().display();
            warn!(file = %name, %error, "a file stays open to others");
        }
    }
}
