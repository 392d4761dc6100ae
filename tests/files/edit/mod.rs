//! Numbers that are confirmed, corrected, added and removed on the tablet: what becomes of
//! `kiosk.toml`, and what never does.

mod files;
mod forms;
mod refused;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::config::settings::edit::{self, EditError};
use lobby_kiosk::domain::plan::Plan;
use tempfile::TempDir;

const FILE: &str = "kiosk.toml";
const LAST_GOOD: &str = "kiosk.last-good.toml";

fn small() -> Plan {
    plan_file::parse("plan.toml", include_str!("../../fixtures/plan.toml")).expect("no fault")
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

/// A data directory with this `kiosk.toml`.
fn with(text: &str) -> TempDir {
    let dir = TempDir::new().expect("a directory");
    fs::write(dir.path().join(FILE), text).expect("written");
    dir
}

fn text_in(dir: &Path) -> String {
    fs::read_to_string(dir.join(FILE)).expect("UTF-8")
}

fn confirm(dir: &Path, role: &str, place: usize) -> Result<(), EditError> {
    edit::confirm(dir, &small(), role, place, today())
}

fn set(dir: &Path, role: &str, place: usize, number: &str) -> Result<(), EditError> {
    edit::set_number(dir, &small(), role, place, number, today())
}

/// The file after the number of the security at this place was confirmed.
fn confirmed(before: &str, place: usize) -> String {
    let dir = with(before);
    assert_eq!(confirm(dir.path(), "security", place), Ok(()), "{before}");
    text_in(dir.path())
}

/// The file after a number of the security was set at this place.
fn changed(before: &str, place: usize, number: &str) -> String {
    let dir = with(before);
    let done = set(dir.path(), "security", place, number);
    assert_eq!(done, Ok(()), "{before}");
    text_in(dir.path())
}

/// The numbers of the security, each with its day and whether it is public.
fn numbers(text: &str) -> Vec<(String, Option<NaiveDate>, Option<bool>)> {
    let (settings, faults) = Settings::read(FILE, text, Path::new("."), &small());
    assert_eq!(faults, [], "{text}");
    let numbers = settings.contacts.get("security").cloned();
    let numbers = numbers.unwrap_or_default().into_iter();
    numbers
        .map(|one| (one.number, one.confirmed, one.public))
        .collect()
}
