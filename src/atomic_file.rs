//! Writes files that are either wholly there or as they were, whenever the power fails and whoever
//! is reading them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// Who may read a file that is written anew.
#[derive(Clone, Copy, Debug)]
pub enum Readers<'a> {
    /// Its owner alone.
    Owner,
    /// Whoever may read new files on this machine.
    Usual,
    /// Those who may read this file, which also says when the new one counts as saved. As
    /// [`Readers::Usual`] where there is none.
    Like(&'a Path),
    /// Its owner alone; this file says when the new one counts as saved.
    OwnerSavedLike(&'a Path),
}

/// Writes `bytes` to `path`, in place of what is there. Its directory must exist.
///
/// # Errors
/// The disk refuses; the file is then as it was.
pub fn write(path: &Path, bytes: &[u8], readers: Readers<'_>) -> io::Result<()> {
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // Removes itself if anything below fails.
    let mut part = builder(readers).tempfile_in(directory)?;
    part.write_all(bytes)?;
    if let Readers::Like(like) | Readers::OwnerSavedLike(like) = readers
        && let Ok(like) = fs::metadata(like)
    {
        let file = part.as_file();
        #[cfg(unix)]
        if matches!(readers, Readers::Like(_)) {
            file.set_permissions(like.permissions())?;
        }
        if let Ok(saved) = like.modified() {
            #[expect(
                clippy::unused_result_ok,
                reason = "a disk that cannot keep it has the time of writing"
            )]
            file.set_modified(saved).ok();
        }
    }
    part.as_file().sync_all()?;
    part.persist(path).map_err(|error| error.error)?;
    sync(directory)
}

fn builder(readers: Readers<'_>) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".part-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system takes away what its mask forbids.
        let mode = match readers {
            Readers::Owner | Readers::OwnerSavedLike(_) => 0o600,
            Readers::Usual | Readers::Like(_) => 0o666,
        };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder
}

/// Sees to it that a name that came or went in `directory` is on the disk.
///
/// # Errors
/// The disk refuses.
pub fn sync(directory: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(directory)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}
