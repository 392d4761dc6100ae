//! `kiosk.toml`: what it says, what is wrong with it, and what the tablet goes by then.

mod complaint;
mod contacts;
mod fresh;
mod kept;
mod notice;
mod numbers;
mod values;
mod web;

use std::fs;

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{From, Loaded, Settings};
use lobby_kiosk::domain::plan::Plan;
use tempfile::TempDir;

const FILE: &str = "kiosk.toml";
const LAST_GOOD: &str = "kiosk.last-good.toml";

fn small() -> Plan {
    plan_file::parse("plan.toml", include_str!("../../fixtures/plan.toml")).expect("no fault")
}

/// A data directory with this `kiosk.toml`.
fn with(text: &str) -> TempDir {
    let dir = TempDir::new().expect("a directory");
    fs::write(dir.path().join(FILE), text).expect("written");
    dir
}

fn load(dir: &TempDir) -> Loaded {
    Settings::load(dir.path(), &small())
}

/// Names of all files in a directory.
fn files(dir: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(dir.path()).expect("a directory");
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries
        .map(|entry| name(entry.expect("an entry")))
        .collect();
    names.sort();
    names
}

/// What the file itself says, whenever it was saved.
fn unsaved(settings: Settings) -> Settings {
    Settings {
        saved: None,
        ..settings
    }
}

/// The text has exactly this fault.
fn one(text: &str, line: usize, key: &str, problem: Problem) {
    let loaded = load(&with(text));
    let [fault] = loaded.faults.as_slice() else {
        panic!("{text}: {:?}", loaded.faults);
    };
    assert!(fault.file.ends_with(FILE), "{}", fault.file);
    assert_eq!(
        (fault.line, fault.key.as_str()),
        (Some(line), key),
        "{text}"
    );
    // A picture that is not there is named, and takes nothing else with it.
    let outside = matches!(problem, Problem::NoSuchFile { .. });
    assert_eq!(fault.problem, problem, "{text}");
    let from = if outside { From::File } else { From::Partly };
    assert_eq!(loaded.from, from, "{text}");
}
