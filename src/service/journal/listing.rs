//! Lists that are made anew after a change of their rules: by the writer's thread, a part at a time,
//! while no act waits.

use std::time::Instant;

use super::worker::Worker;
use super::{Notice, Sink};
use crate::store::StoreError;

/// How it goes with lists that are being made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    /// How much of them is there, in percent; none once they are whole.
    pub growing: Option<u8>,
    /// Why they do not go on, until that is tried again.
    pub error: Option<StoreError>,
}

impl Lists {
    /// They go on, with so much of them there.
    pub fn of(growing: Option<u8>) -> Self {
        Self {
            growing,
            error: None,
        }
    }

    /// Whether all that was ever recorded is in them.
    pub fn are_whole(&self) -> bool {
        self.growing.is_none()
    }
}

/// Lists that are to be made anew.
#[derive(Default)]
pub(super) struct Listing {
    /// Not before then, because it has failed.
    after: Option<Instant>,
    /// What was last told of them.
    told: Option<Lists>,
}

impl<S: Sink> Worker<S> {
    /// When the next part of the lists is to be made; none where they are whole.
    pub(super) fn next_part(&self) -> Option<Instant> {
        self.sink.growing()?;
        Some(self.lists.after.unwrap_or_else(Instant::now))
    }

    /// Makes the next part of lists that are to be made anew, while nothing else is to be done: what
    /// is queued by then waits for this part alone.
    pub(super) fn list_some(&mut self) {
        let due = self.next_part().is_some_and(|at| at <= Instant::now());
        if !due || self.closing || self.retry.is_some() {
            return;
        }
        self.lists.after = None;
        let lists = match self.guarded(Sink::list_some) {
            Ok(growing) => Lists::of(growing),
            Err(error) => {
                self.lists.after = Some(Instant::now() + self.backoff.most);
                if self.sink.is_ailing() {
                    // Nobody's act may come for long: it is opened anew without one.
                    let first = self.backoff.first;
                    self.retry = Some((Instant::now() + first, first));
                }
                Lists {
                    growing: self.lists.told.as_ref().map_or(Some(0), |one| one.growing),
                    error: Some(error),
                }
            }
        };
        self.tell_news();
        // More often would only draw the same number again.
        if self.lists.told.as_ref() != Some(&lists) {
            self.lists.told = Some(lists.clone());
            (self.notify)(Notice::Listing(lists));
        }
    }
}
