//! The posters made so far, and whose turn it is to have one made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use chrono::NaiveDate;
use tokio::sync::Semaphore;

use crate::config::settings::Settings;

/// Makes the poster of a branch with these settings for the page at a path, with the codes'
/// address, on a paper ("A4", "A5"), as PDF; none for what there is not, or what does not fit.
pub type Printer = Box<dyn Fn(&Settings, &str, &str, &str) -> Option<Vec<u8>> + Send + Sync>;

/// Is told with which address a poster was printed.
pub type Remember = Box<dyn Fn(&str) + Send + Sync>;

/// How many may wait for a poster while another is made.
const WAITING: usize = 4;
/// The posters made so far.
pub struct Posters {
    /// What makes them.
    pub printer: Option<Printer>,
    /// Is told with which address a poster was printed.
    pub remember: Option<Remember>,
    /// Places for who waits and for who is served.
    pub(super) places: Semaphore,
    /// The one press.
    pub(super) press: Arc<Semaphore>,
    made: Mutex<PosterFiles>,
}

/// What was made, and of what.
#[derive(Default)]
pub(super) struct PosterFiles {
    /// The address and the day that the posters say.
    of: Option<(String, NaiveDate)>,
    pub(super) files: HashMap<(&'static str, &'static str), Bytes>,
    /// How often they had to be made anew.
    pub(super) round: u64,
}

impl Default for Posters {
    fn default() -> Self {
        Self {
            printer: None,
            remember: None,
            places: Semaphore::new(WAITING + 1),
            press: Arc::new(Semaphore::new(1)),
            made: Mutex::default(),
        }
    }
}

impl Posters {
    pub(super) fn made(&self) -> MutexGuard<'_, PosterFiles> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes them all anew: something that they say has changed.
    pub fn forget(&self) {
        let mut made = self.made();
        made.files.clear();
        made.round += 1;
    }
}

impl PosterFiles {
    /// The poster, where it was made for that address on that day.
    pub(super) fn find(&mut self, of: &(String, NaiveDate), file: Wanted) -> Option<Bytes> {
        if self.of.as_ref() != Some(of) {
            self.of = Some(of.clone());
            self.files.clear();
            self.round += 1;
        }
        self.files.get(&(file.path, file.paper)).cloned()
    }
}

/// A poster that somebody asks for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) path: &'static str,
    pub(super) paper: &'static str,
}
