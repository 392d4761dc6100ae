//! A journal with something to read, and the records command.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use chrono_tz::Tz;
use lobby_kiosk::cli::records::{Format, RecordsArgs, RecordsCommand, run};
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::lang::Lang;
use tempfile::{TempDir, tempdir};

use super::journal::{Acts, record};

/// Two incidents: one closed with something left to do, one open; and their ids.
pub fn journal() -> (TempDir, Vec<Draft>, [IncidentId; 2]) {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (first, mut drafts) = acts.start_alone();
    drafts.push(acts.skip(&first, "lights"));
    drafts.push(acts.note(&first, "police"));
    drafts.push(acts.close(&first, &["footage"]));
    let (second, start) = acts.start();
    drafts.push(start);
    record(dir.path(), &drafts);
    (dir, drafts, [first, second])
}

pub fn printed(dir: &Path, lang: &Lang, command: RecordsCommand) -> Result<String, String> {
    let mut out = Vec::new();
    let zone = Tz::Asia__Shanghai;
    match run(&RecordsArgs { command }, dir, lang, zone, &mut out) {
        Ok(status) => {
            assert_eq!(status, 0);
            Ok(String::from_utf8(out).unwrap())
        }
        Err(error) => Err(error.to_string()),
    }
}

pub fn export(dir: &Path, lang: &Lang, format: Format) -> String {
    printed(
        dir,
        lang,
        RecordsCommand::Export {
            format,
            what: None,
            out: None,
        },
    )
    .unwrap()
}

pub fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.strip_prefix('\u{feff}').unwrap().as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}
