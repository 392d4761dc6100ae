//! The program's own files in the data directory: what they are called, how they are read, and what
//! becomes of anything else that stands in their place. A pipe there would keep whoever opens it
//! waiting for ever, a device may never end, and nothing can be written to a folder. The branch's files
//! are read in the same way, and stay where they are.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::Utc;
use tracing::warn;

/// The journal.
pub const JOURNAL: &str = "journal.db";
/// A journal that is still being written.
pub const JOURNAL_PART: &str = "journal.db.part";
/// A whole one, on its way to its place: what a crash leaves of that is found at the next start.
pub const JOURNAL_NEW: &str = "journal.db.new";
/// The same, where another lies in its place: it is taken over into that one.
pub const JOURNAL_STRAY: &str = "journal.db.stray";
/// What SQLite puts beside a journal, after its name.
pub const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// Whose the journal is: see `store::LOCK_FILE`.
pub const LOCK: &str = "journal.lock";
/// What a copy of a branch's file is called, after the file's name without its ending.
pub const LAST_GOOD: &str = ".last-good.toml";
/// The staff's PIN.
pub const PIN: &str = "pin";
/// The people of the branch, and what lets each of them in.
pub const PEOPLE: &str = "people.json";
/// The links to the staff's own phones.
pub const PHONE_LINKS: &str = "phone-links.json";
/// The branch's keys.
pub const BRANCH_KEY: &str = "branch-key.json";
/// The sealed keys of what people wrote.
pub const CONTENT_KEYS: &str = "content-keys";
/// The language that somebody has chosen.
pub const LANGUAGE: &str = "language";
/// The address that posters were printed with.
pub const PRINTED: &str = "posters.address";
/// The address that leads to the pages.
pub const SERVED: &str = "pages.address";
/// Where the tablet itself finds the pages.
pub const DOOR: &str = "pages.door";
/// The folder of the reports that were made on the screen.
pub const REPORTS: &str = "reports";
/// How long the tablet has run.
pub const RUNNING_TIME: &str = "running-time.json";

/// What the kiosk, or the pages alone, note for a diagnosis.
pub const DIAGNOSIS: &str = "diagnosis.log";
/// What a second display notes.
pub const DIAGNOSIS_POSTED: &str = "diagnosis-posted.log";
/// What the files before the current one of a diagnosis end in, the newest first.
pub const OLDER: [&str; 3] = [".1", ".2", ".3"];

/// Between the name of what was set aside and the time.
const ASIDE: &str = ".set-aside-";

/// The names of all of them. `kiosk.toml` and `plan.toml` are the branch's.
pub fn names() -> Vec<String> {
    let journals = [JOURNAL, JOURNAL_PART, JOURNAL_NEW, JOURNAL_STRAY].into_iter();
    let journals = journals.flat_map(|name| {
        let beside = BESIDE.into_iter().map(move |end| format!("{name}{end}"));
        [name.to_owned()].into_iter().chain(beside)
    });
    let copies = ["kiosk", "plan"].map(|stem| format!("{stem}{LAST_GOOD}"));
    let notes = [DIAGNOSIS, DIAGNOSIS_POSTED].into_iter().flat_map(|name| {
        let older = OLDER.into_iter().map(move |end| format!("{name}{end}"));
        [name.to_owned()].into_iter().chain(older)
    });
    let others = [
        LOCK,
        PIN,
        PEOPLE,
        PHONE_LINKS,
        BRANCH_KEY,
        CONTENT_KEYS,
        LANGUAGE,
        PRINTED,
        SERVED,
        DOOR,
        RUNNING_TIME,
    ]
    .map(str::to_owned);
    journals.chain(copies).chain(others).chain(notes).collect()
}

/// By what a file shows, unread, that somebody has written it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub length: u64,
    written: Option<SystemTime>,
}

impl Stamp {
    /// Of the file at `path`; none where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            length: found.len(),
            written: found.modified().ok(),
        })
    }
}

/// Opens an ordinary file for reading, without ever waiting.
///
/// # Errors
/// There is none, it is something else, or the disk refuses.
pub fn open(path: &Path) -> io::Result<File> {
    open_with(path, OpenOptions::new().read(true))
}

/// The same as `options` say, which may create it.
///
/// # Errors
/// Those of [`open`].
pub fn open_with(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    // Asked before, since opening alone may set a device going.
    if let Ok(found) = fs::metadata(path) {
        must_be_ordinary(&found)?;
    }
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // Whatever has taken its place since then.
        let at_once = OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(at_once.bits().cast_signed());
    }
    let file = options.open(path)?;
    must_be_ordinary(&file.metadata()?)?;
    Ok(file)
}

/// The content of an ordinary file of at most `most` bytes.
///
/// # Errors
/// Those of [`open`], and [`ErrorKind::FileTooLarge`].
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than allowed shows that there is more.
    let limit = (most as u64).saturating_add(1);
    open(path)?.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

fn must_be_ordinary(found: &Metadata) -> io::Result<()> {
    if found.is_file() {
        return Ok(());
    }
    #[cfg(unix)]
    if found.is_dir() {
        return Err(rustix::io::Errno::ISDIR.into());
    }
    Err(ErrorKind::Unsupported.into())
}

/// What keeps `path` from being one of the program's own files: something else stands there. Not
/// for a link to a file, nor for one to nothing yet, as to a disk that is still to be mounted.
pub fn obstruction(path: &Path) -> Option<io::Error> {
    let found = fs::symlink_metadata(path).ok()?;
    if !found.is_symlink() {
        return must_be_ordinary(&found).err();
    }
    let name = path.as_os_str().to_string_lossy();
    if BESIDE.iter().any(|end| name.ends_with(end)) {
        // SQLite follows a link to its database, and none beside it.
        return Some(ErrorKind::Unsupported.into());
    }
    match fs::metadata(path) {
        Ok(found) => must_be_ordinary(&found).err(),
        Err(error) => leads_nowhere(&error).then_some(error),
    }
}

/// Whether a link can never lead to a file, whatever is mounted: in a circle, or through a file.
#[cfg(unix)]
fn leads_nowhere(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let error = Errno::from_io_error(error);
    matches!(
        error,
        Some(Errno::LOOP | Errno::NOTDIR | Errno::NAMETOOLONG)
    )
}

#[cfg(not(unix))]
fn leads_nowhere(_error: &io::Error) -> bool {
    false
}

/// Whether something else stands in the place of the program's own file `path`.
pub fn is_obstructed(path: &Path) -> bool {
    obstruction(path).is_some()
}

/// What stands in the place of the program's own files in the data directory `dir` and is none.
pub fn obstructed(dir: &Path) -> Vec<PathBuf> {
    let all = names().into_iter().map(|name| dir.join(name));
    all.filter(|path| is_obstructed(path)).collect()
}

/// Sets aside untouched what stands in the place of the program's own files in the data directory
/// `dir`, but for the journal itself, which is set aside when it is opened. What the disk refuses
/// stays: nobody waits for it, and it is tried again with the journal.
pub fn make_way(dir: &Path) {
    for path in obstructed(dir) {
        if !path.ends_with(JOURNAL)
            && let Err(error) = set_aside(&path)
        {
            let name = path.file_name().unwrap_or_default().display();
            warn!(file = %name, %error, "something in the place of a file cannot be set aside");
        }
    }
}

/// Sets aside untouched what stands at `path`.
///
/// # Errors
/// The disk refuses; it stays then.
pub fn set_aside(path: &Path) -> io::Result<()> {
    let free = |one: &Path| fs::symlink_metadata(one).is_err();
    fs::rename(path, name_aside(path, free))
}

/// What `path` is called once it is set aside now: after it and the time, and the first such name
/// that is `free`.
pub fn name_aside(path: &Path, free: impl Fn(&Path) -> bool) -> PathBuf {
    let now = Utc::now().format("%Y%m%dT%H%M%SZ");
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(match number {
            1 => format!("{ASIDE}{now}"),
            more => format!("{ASIDE}{now}-{more}"),
        });
        PathBuf::from(name)
    };
    let found = (1..).map(name).find(|one| free(one));
    found.unwrap_or_else(|| name(0))
}

/// The name of what lies aside under `name`, while it was in its place.
pub fn before_aside(name: &str) -> Option<&str> {
    name.split_once(ASIDE).map(|(before, _)| before)
}

/// What [`make_way`] has set aside in the data directory `dir`, by name, the oldest of each first.
pub fn aside(dir: &Path) -> Vec<String> {
    let own = names();
    let ours = |name: &String| {
        before_aside(name).is_some_and(|one| one != JOURNAL && own.iter().any(|own| own == one))
    };
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut found: Vec<String> = names.filter(ours).collect();
    found.sort();
    found
}
