//! A data directory as version `cffaf7c` leaves it.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use tempfile::{TempDir, tempdir};

/// Where it lies.
pub const OLD: &str = "tests/fixtures/data-cffaf7c";

/// A copy of it, as private as a running kiosk keeps it.
pub fn old() -> TempDir {
    let dir = tempdir().unwrap();
    for entry in fs::read_dir(OLD).unwrap() {
        let from = entry.unwrap().path();
        let to = dir.path().join(from.file_name().unwrap());
        fs::copy(&from, &to).unwrap();
        fs::set_permissions(&to, Permissions::from_mode(0o600)).unwrap();
    }
    dir
}
