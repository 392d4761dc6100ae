//! The data directory and what is in it is its owner's alone.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use lobby_kiosk::app::{Branch, private};
use lobby_kiosk::service::{address, pin};
use lobby_kiosk::store::Writer;
use tempfile::TempDir;

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
    let above = TempDir::new().expect("a directory");
    let data = above.path().join("new").join("data");
    let _writer = used(&data);
    assert_eq!(mode(&data), 0o700);
    assert!(data.join("journal.db-wal").exists());
    assert_eq!(open_to_others(&data), Vec::<String>::new());
}

#[test]
fn what_was_left_open_is_closed_at_the_start() {
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
fn a_shared_directory_and_what_is_not_the_kiosks_stay_as_they_are() {
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
