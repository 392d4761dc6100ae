//! A journal to check, and the check.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use lobby_kiosk::cli::verify::{self, VerifyArgs};
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::chain::{Broken, What};
use lobby_kiosk::store::{Reader, Verdict};
use tempfile::{TempDir, tempdir};

use super::journal::{Acts, record};

/// Ten entries of two incidents, one of them closed, and their drafts.
pub fn ten() -> (TempDir, Vec<Draft>) {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (_, mut drafts) = acts.story();
    let (id, more) = acts.start_alone();
    drafts.extend(more);
    drafts.extend((0..5).map(|n| acts.note(&id, &n.to_string())));
    drafts[2].actor = Some("manager".into());
    record(dir.path(), &drafts);
    (dir, drafts)
}

/// What a check of the whole journal finds.
pub fn check(dir: &Path) -> Verdict {
    Reader::open(dir).unwrap().verify().unwrap()
}

/// The verdict that the chain breaks there.
pub fn broken(seq: i64, id: Option<&str>, what: What) -> Verdict {
    Verdict::Broken(Broken {
        seq,
        id: id.map(str::to_owned),
        what,
    })
}

/// What `verify` prints, and its exit status.
pub fn verify_command(dir: &Path, lang: &Lang) -> (u8, String) {
    let mut out = Vec::new();
    let status = verify::run(&VerifyArgs {}, dir, lang, &mut out).unwrap();
    (status, String::from_utf8(out).unwrap())
}
