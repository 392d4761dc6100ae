//! One at a time for each key: the same form may come twice within a moment, and the second has
//! to see what became of the first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::receipts::Hash;

type Line = Arc<tokio::sync::Mutex<()>>;

/// The keys whose turn it is, and who waits for the same.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<Hash, Line>>);

/// A turn, which ends when this is dropped.
#[derive(Debug)]
pub struct Turn<'a> {
    turns: &'a Turns,
    key: Hash,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    fn lines(&self) -> MutexGuard<'_, HashMap<Hash, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn of `key`.
    pub async fn wait(&self, key: Hash) -> Turn<'_> {
        let line = Arc::clone(self.lines().entry(key).or_default());
        // Who goes away while waiting leaves no line behind either.
        let mut turn = Turn {
            turns: self,
            key,
            guard: None,
        };
        turn.guard = Some(line.lock_owned().await);
        turn
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.guard.take();
        let mut lines = self.turns.lines();
        // Whoever waits holds on to the line.
        if lines
            .get(&self.key)
            .is_some_and(|line| Arc::strong_count(line) == 1)
        {
            lines.remove(&self.key);
        }
    }
}
