//! What the journal tells, and its patience in tests.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::mpsc::Receiver;
use std::time::Duration;

use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::ids::EntryId;
use lobby_kiosk::service::journal::{Backoff, Notice};
use lobby_kiosk::store::{StoreError, Trouble};

pub const QUICK: Backoff = Backoff {
    first: Duration::from_millis(10),
    most: Duration::from_millis(40),
};

/// Long enough for any machine; a test that needs it has failed.
pub const NEVER: Duration = Duration::from_secs(60);

pub fn id(draft: &Draft) -> EntryId {
    draft.id.clone()
}

/// The ids told as recorded, until there are `count` of them.
pub fn recorded(notices: &Receiver<Notice>, count: usize) -> Vec<EntryId> {
    let mut all = Vec::new();
    while all.len() < count {
        if let Notice::Recorded(entries) = notices.recv_timeout(NEVER).unwrap() {
            all.extend(entries.iter().map(|entry| id(&entry.draft)));
        }
    }
    all
}

pub fn full() -> StoreError {
    StoreError::Database {
        trouble: Trouble::Full,
        detail: "full".into(),
    }
}
