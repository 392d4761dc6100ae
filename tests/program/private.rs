//! The data directory and what is in it is its owner's alone, and nothing else that stands in the
//! place of the kiosk's own files keeps it from starting, recording or ending.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lobby_kiosk::app::{Branch, private};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::own_file;
use lobby_kiosk::service::journal::{Journal, Notice, Steady};
use lobby_kiosk::service::{address, language, pin};
use lobby_kiosk::store::Writer;
use lobby_kiosk::store::{Amiss, Reader, Verdict};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::TempDir;

use crate::journal::{Acts, notices, record};
use crate::told::{NEVER, recorded};

/// One test after the other: a program that one of them starts holds the locks of all others until
/// it has come up.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn mode(path: &Path) -> u32 {
    let found = fs::metadata(path).expect("there");
    found.permissions().mode() & 0o7777
}

fn open_up(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

/// Everything in the directory that others may do anything with.
fn open_to_others(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("read");
    let mut open: Vec<String> = entries
        .map(|one| one.expect("one").path())
        .filter(|path| mode(path) & 0o077 != 0)
        .map(|path| path.display().to_string())
        .collect();
    open.sort();
    open
}

/// A directory with all that a kiosk writes, its journal open.
fn used(data: &Path) -> Writer {
    let writer = Writer::open(data).expect("a journal");
    Branch::load(data);
    Branch::load(data);
    pin::set(data, "482915").expect("set");
    address::remember_printed(data, "http://192.168.1.5").expect("written");
    address::tell_served(data, Some("http://192.168.1.5")).expect("written");
    writer
}

#[test]
fn what_the_kiosk_creates_is_its_owners_alone() {
    let _alone = alone();
    let above = TempDir::new().expect("a directory");
    let data = above.path().join("new").join("data");
    let _writer = used(&data);
    assert_eq!(mode(&data), 0o700);
    assert!(data.join("journal.db-wal").exists());
    assert_eq!(open_to_others(&data), Vec::<String>::new());
}

#[test]
fn what_was_left_open_is_closed_at_the_start() {
    let _alone = alone();
    let above = TempDir::new().expect("a directory");
    let data = above.path().join("data");
    let _writer = used(&data);
    open_up(&data, 0o755);
    for one in fs::read_dir(&data).expect("read") {
        open_up(&one.expect("one").path(), 0o644);
    }
    private::correct(&data);
    assert_eq!(mode(&data), 0o700);
    assert_eq!(open_to_others(&data), Vec::<String>::new());
}

#[test]
fn the_folder_of_the_reports_is_closed_at_the_start() {
    let _alone = alone();
    let data = TempDir::new().expect("a directory");
    let folder = data.path().join(own_file::REPORTS);
    fs::create_dir(&folder).expect("created");
    open_up(&folder, 0o755);
    private::correct(data.path());
    assert_eq!(mode(&folder), 0o700);
}

#[test]
fn a_shared_directory_and_what_is_not_the_kiosks_stay_as_they_are() {
    let _alone = alone();
    let above = TempDir::new().expect("a directory");
    let data = above.path().join("shared");
    fs::create_dir(&data).expect("created");
    open_up(&data, 0o1777);
    let other = data.join("somebody-elses.txt");
    let elsewhere = above.path().join("elsewhere.toml");
    for path in [&other, &elsewhere] {
        fs::write(path, "").expect("written");
        open_up(path, 0o644);
    }
    symlink(&elsewhere, data.join("kiosk.toml")).expect("a link");
    private::correct(&data);
    assert_eq!(mode(&data), 0o1777);
    assert_eq!((mode(&other), mode(&elsewhere)), (0o644, 0o644));
}

#[test]
fn all_that_the_kiosk_writes_is_known_as_its_own() {
    let _alone = alone();
    let dir = TempDir::new().expect("a directory");
    let _writer = used(dir.path());
    language::Keeper::new(Some(dir.path().to_owned())).keep(&Lang::EN);
    let own = own_file::names();
    for one in fs::read_dir(dir.path()).expect("read") {
        let name = one.expect("one").file_name().into_string().expect("UTF-8");
        let branch = ["kiosk.toml", "plan.toml"].contains(&&*name);
        assert!(branch || own.contains(&name), "{name}");
    }
}

/// What may stand where the kiosk keeps a file.
const KINDS: [&str; 5] = ["pipe", "socket", "folder", "endless", "circle"];

/// Puts something of this kind in the place of `path`, in one go: a kiosk may be at work there.
fn obstruct(path: &Path, kind: &str) {
    let elsewhere = TempDir::new().expect("a directory");
    let made = &elsewhere.path().join("made");
    match kind {
        "pipe" => {
            let made = Command::new("mkfifo").arg(made).status().expect("mkfifo");
            assert!(made.success());
        }
        // It stays there when nobody listens any more.
        "socket" => drop(UnixListener::bind(made).expect("a socket")),
        "folder" => fs::create_dir(made).expect("a folder"),
        "endless" => symlink("/dev/zero", made).expect("a link"),
        _ => symlink(path, made).expect("a link"),
    }
    let how = if fs::symlink_metadata(path).is_ok() {
        RenameFlags::EXCHANGE
    } else {
        RenameFlags::NOREPLACE
    };
    renameat_with(CWD, made, CWD, path, how).expect("in its place");
}

/// Whether that is what is there.
fn is_still(path: &Path, kind: &str) -> bool {
    let found = fs::symlink_metadata(path).expect("there").file_type();
    match kind {
        "pipe" => found.is_fifo(),
        "socket" => found.is_socket(),
        "folder" => found.is_dir(),
        _ => found.is_symlink(),
    }
}

/// A directory that a kiosk has used, with one incident.
fn kept() -> TempDir {
    let dir = TempDir::new().expect("a directory");
    let (_, drafts) = Acts::default().start_alone();
    record(dir.path(), &drafts);
    drop(used(dir.path()));
    dir
}

/// A command of the program, killed when this is dropped.
struct Run(Child);

impl Drop for Run {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Run {
    fn start(data: &Path, words: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(["--data".as_ref(), data.as_os_str()])
            .args(["--lang", "en"])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.expect("it runs"))
    }

    /// Its exit code; it fails the test where it does not end.
    fn ended(&mut self, what: &str) -> Option<i32> {
        let patience = Instant::now() + NEVER;
        loop {
            if let Some(ended) = self.0.try_wait().expect("asked") {
                return ended.code();
            }
            assert!(Instant::now() < patience, "it hangs: {what}");
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// Everything it said, once it has ended.
    fn said(&mut self) -> String {
        let mut said = String::new();
        let out = self.0.stdout.take().expect("piped");
        BufReader::new(out).read_to_string(&mut said).expect("read");
        said
    }
}

/// Exit code and printed lines.
fn answer(data: &Path, words: &[&str], what: &str) -> (Option<i32>, String) {
    let mut run = Run::start(data, words);
    (run.ended(what), run.said())
}

#[test]
fn whoever_only_looks_never_waits_for_what_is_no_file_and_names_it() {
    let _alone = alone();
    let all = own_file::names();
    for name in &all {
        let dir = kept();
        let path = dir.path().join(name);
        obstruct(&path, "pipe");
        let named = format!("{} is no ordinary file", path.display());
        for command in ["check", "verify"] {
            let (code, said) = answer(dir.path(), &[command], &format!("{command} {name}"));
            assert_eq!(code, Some(1), "{command} {name}: {said}");
            assert!(said.contains(&named), "{command} {name}: {said}");
        }
        answer(dir.path(), &["records", "list"], name);
        assert!(is_still(&path, "pipe"), "it only looks: {name}");
    }
    for kind in KINDS {
        let dir = kept();
        for name in &all {
            obstruct(&dir.path().join(name), kind);
        }
        let (code, said) = answer(dir.path(), &["check"], kind);
        assert_eq!(code, Some(1), "{kind}: {said}");
        let named = said.matches("is no ordinary file").count();
        assert_eq!(named, all.len(), "{kind}: {said}");
        let out = dir.path().join("drawn.png");
        let out = out.to_str().expect("UTF-8");
        for words in [
            &["verify"][..],
            &["records", "list"],
            &["poster", "contacts", "--out", out],
            &["screenshot", "board", "--out", out],
        ] {
            answer(dir.path(), words, &format!("{kind} {words:?}"));
        }
        for name in &all {
            assert!(is_still(&dir.path().join(name), kind), "{kind} {name}");
        }
    }
}

/// Does `act` on a thread of its own; it fails the test where that does not end.
fn within_reason<T: Send + 'static>(what: &str, act: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = channel();
    std::thread::spawn(move || tell.send(act()));
    match told.recv_timeout(NEVER) {
        Ok(done) => done,
        Err(error) => panic!("{what}: {error}"),
    }
}

/// Starts as the kiosk does, in a directory where nothing is refused.
fn begin(data: &Path, what: &str) -> (Journal, Receiver<Notice>) {
    let data = data.to_owned();
    within_reason(what, move || {
        private::correct(&data);
        let steady = Steady::open(&data).expect("nobody else records");
        assert_eq!(steady.failure(), None);
        let (notify, told) = notices();
        let journal = Journal::keep(steady, &data, notify).expect("a thread");
        Branch::load(&data);
        (journal, told)
    })
}

/// An act is recorded, and the journal written to its end.
fn records_an_act(journal: Journal, told: &Receiver<Notice>, what: &str) {
    let (_, start) = Acts::default().start();
    let id = start.id.clone();
    journal.append(start).expect("taken");
    assert_eq!(recorded(told, 1), [id], "{what}");
    journal.finish().expect("written");
}

/// Where what stood at `path` lies now.
fn lies_aside(path: &Path) -> PathBuf {
    let begins = format!("{}.set-aside-", path.display());
    let all = fs::read_dir(path.parent().expect("a directory")).expect("read");
    let found = all.map(|one| one.expect("one").path()).find(|one| {
        let name = one.to_string_lossy();
        // A log lies aside with its journal.
        let beside = own_file::BESIDE.iter().any(|end| name.ends_with(end));
        name.starts_with(&begins) && !beside
    });
    found.unwrap_or_else(|| panic!("{begins}"))
}

#[test]
fn a_start_sets_aside_what_is_no_file_and_records() {
    let _alone = alone();
    let all = own_file::names();
    let together = KINDS.map(|kind| (kind, all.clone())).into_iter();
    let alone = all.iter().map(|name| ("pipe", vec![name.clone()]));
    let folders = all.iter().map(|name| ("folder", vec![name.clone()]));
    for (kind, names) in together.chain(alone).chain(folders) {
        let what = format!("{kind} {names:?}");
        let dir = kept();
        for name in &names {
            obstruct(&dir.path().join(name), kind);
        }
        let (journal, told) = begin(dir.path(), &what);
        records_an_act(journal, &told, &what);
        for name in &names {
            let aside = lies_aside(&dir.path().join(name));
            assert!(is_still(&aside, kind), "untouched: {what}");
        }
        let verdict = Reader::open(dir.path()).expect("open").verify();
        let (code, said) = answer(dir.path(), &["check"], &what);
        if names == [own_file::JOURNAL] {
            // The lock still says whose journal was kept here, and that one is gone.
            assert_eq!(verdict, Ok(Verdict::Amiss(Amiss::Device)), "{what}");
            assert_eq!(code, Some(1), "{what}: {said}");
        } else {
            assert!(matches!(verdict, Ok(Verdict::Sound { .. })), "{verdict:?}");
            assert_eq!(code, Some(0), "{what}: {said}");
        }
        for name in &names {
            assert!(said.contains(&format!("{name}.set-aside-")), "{said}");
        }
    }
}

#[test]
fn a_pin_is_set_whatever_stands_in_its_place() {
    let _alone = alone();
    for kind in KINDS {
        let dir = kept();
        let path = dir.path().join(pin::FILE);
        obstruct(&path, kind);
        let data = dir.path().to_owned();
        let known = within_reason(kind, move || {
            // What cannot be read is no open door.
            assert!(pin::is_set(&data) && pin::matches(&data, "482915").is_err());
            pin::set(&data, "482915").expect("set");
            pin::matches(&data, "482915")
        });
        assert_eq!(known, Ok(true), "{kind}");
        assert!(is_still(&lies_aside(&path), kind), "{kind}");
    }
}

#[test]
fn a_link_to_a_file_or_to_a_disk_that_is_still_to_come_is_left() {
    let _alone = alone();
    let dir = kept();
    let elsewhere = TempDir::new().expect("a directory");
    let own = own_file::names().into_iter();
    let links: BTreeSet<String> = own
        .filter(|name| !own_file::BESIDE.iter().any(|end| name.ends_with(end)))
        .filter(|name| !name.starts_with("journal.db."))
        .collect();
    for name in &links {
        let (path, target) = (dir.path().join(name), elsewhere.path().join(name));
        if path.exists() {
            fs::rename(&path, &target).expect("moved");
        }
        symlink(&target, &path).expect("a link");
    }
    assert_eq!(own_file::obstructed(dir.path()), Vec::<PathBuf>::new());
    let (journal, _) = begin(dir.path(), "links");
    journal.finish().expect("written");
    assert_eq!(own_file::aside(dir.path()), Vec::<String>::new());
    assert_eq!(Reader::open(dir.path()).expect("open").count(), Ok(1));
}

#[test]
fn what_takes_a_files_place_later_is_set_aside_as_well() {
    let _alone = alone();
    for (name, kind) in [
        ("journal.db-wal", "folder"),
        ("journal.db-wal", "pipe"),
        ("journal.db-shm", "folder"),
        ("journal.db", "pipe"),
        ("journal.db", "circle"),
        ("journal.lock", "pipe"),
        ("journal.lock", "folder"),
    ] {
        let what = format!("{kind} {name}");
        let dir = kept();
        let (journal, told) = begin(dir.path(), &what);
        let path = dir.path().join(name);
        obstruct(&path, kind);
        records_an_act(journal, &told, &what);
        assert!(is_still(&lies_aside(&path), kind), "{what}");
        assert_eq!(Reader::open(dir.path()).expect("open").count(), Ok(2));
    }
}

#[test]
fn the_pages_are_served_and_end_whatever_stands_in_the_way() {
    let _alone = alone();
    for kind in KINDS {
        let dir = kept();
        for name in own_file::names() {
            obstruct(&dir.path().join(name), kind);
        }
        let settings = "[web]\nlisten = \"127.0.0.1:0\"\n";
        fs::write(dir.path().join("kiosk.toml"), settings).expect("written");
        let mut run = Run::start(dir.path(), &["serve"]);
        let out = run.0.stdout.take().expect("piped");
        within_reason(kind, move || {
            let mut line = String::new();
            BufReader::new(out).read_line(&mut line).expect("read");
            assert!(!line.is_empty(), "it says where");
        });
        let pid = run.0.id().to_string();
        let asked = Command::new("kill").args(["-s", "TERM", &pid]).status();
        assert!(asked.expect("kill").success());
        assert_eq!(run.ended(kind), Some(0));
    }
}
