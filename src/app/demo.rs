//! A data directory with an invented history: the parts put together as for the kiosk, without a window
//! and under a clock of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, Weak};

use serde::Deserialize;
use thiserror::Error;

use super::{AppError, Branch, branch};
use crate::atomic_file::{self, Readers};
use crate::config::settings;
use crate::domain::complaint::About;
use crate::domain::lang::Lang;
use crate::i18n::holding;
use crate::private;
use crate::service::complaints::{ComplaintError, Complaints};
use crate::service::demo::{self, SetClock, Words, Written, begin_of};
use crate::service::ids::Ids;
use crate::service::in_force::InForce;
use crate::service::journal::{Journal, JournalError, Notice};
use crate::service::recorder::Recorder;
use crate::store::{Reader, Writer};

pub use crate::service::demo::Wanted;

/// The settings of the invented branch.
const SETTINGS: &str = include_str!("demo/kiosk.toml");
/// Stands there for the day on which all numbers were found right.
const CONFIRMED: &str = "{confirmed}";
/// How many days before the last one that was.
const CONFIRMED_BEFORE: u64 = 20;
/// What its customers write.
const WRITTEN: &str = include_str!("demo/complaints.csv");

/// Why there is no invented history, or only the beginning of one.
#[derive(Debug, Error)]
pub enum DemoError {
    /// There is something in the directory.
    #[error("{} is not empty", path.display())]
    NotEmpty {
        /// The directory.
        path: PathBuf,
    },
    /// It cannot be read or written; the system's words.
    #[error("{}: {detail}", path.display())]
    Io {
        /// The directory, or a file in it.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// What is recorded cannot be kept.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<ComplaintError> for DemoError {
    fn from(error: ComplaintError) -> Self {
        match error {
            ComplaintError::Journal(error) => Self::App(error.into()),
            other => Self::App(other.into()),
        }
    }
}

impl From<JournalError> for DemoError {
    fn from(error: JournalError) -> Self {
        Self::App(error.into())
    }
}

/// Fills the directory `data`, which is absent or empty, with the invented history that is `wanted`; says
/// how many entries that made.
///
/// # Errors
/// [`DemoError`]; where something was recorded before, it stays.
pub fn fill(data: &Path, wanted: &Wanted) -> Result<u64, DemoError> {
    let io = |path: &Path, error: &io::Error| DemoError::Io {
        path: path.to_owned(),
        detail: error.to_string(),
    };
    private::create_dir(data).map_err(|error| io(data, &error))?;
    let mut inside = fs::read_dir(data).map_err(|error| io(data, &error))?;
    if inside.next().is_some() {
        return Err(DemoError::NotEmpty {
            path: data.to_owned(),
        });
    }
    let file = settings::path(data);
    atomic_file::write(&file, settings_of(wanted).as_bytes(), Readers::Owner)
        .map_err(|error| io(&file, &error))?;
    let (journal, recorder, clock) = recording(data, wanted)?;
    // Read for the first time here, so that the history is of what the kiosk will go by.
    let in_force = InForce::new(Branch::load(data).reading());
    let zone = in_force.settings().branch.time_zone;
    clock.set(begin_of(wanted.last, zone));
    branch::keep_plan(data, &recorder, &in_force.now());
    let complaints = Complaints::open(data, Arc::clone(&recorder))?;
    let languages = in_force.plan().languages.clone();
    let words = Words {
        written: &written(),
        reason: &|why| holding::reason(why, &languages),
    };
    demo::play(wanted, &words, &in_force, &recorder, &complaints, &clock)?;
    drop(complaints);
    journal.finish()?;
    Ok(Reader::open(data)
        .and_then(|reader| reader.count())
        .map_err(AppError::from)?)
}

/// The journal of `data` with what records in it.
fn recording(
    data: &Path,
    wanted: &Wanted,
) -> Result<(Journal, Arc<Recorder>, SetClock), DemoError> {
    let known: Arc<OnceLock<Weak<Recorder>>> = Arc::default();
    let told = Arc::clone(&known);
    let notify = Arc::new(move |notice: Notice| {
        if let Some(recorder) = told.get().and_then(Weak::upgrade) {
            recorder.heard(&notice);
        }
    });
    let writer = Writer::open(data).map_err(AppError::from)?;
    let journal = Journal::in_order(writer, notify)?;
    let clock = SetClock::default();
    let ids = Ids::seeded(wanted.seed);
    let recorder = Recorder::with_ids(journal.clone(), clock.clock(), ids);
    known.get_or_init(|| Arc::downgrade(&recorder));
    Ok((journal, recorder, clock))
}

/// The settings of the invented branch, whose numbers were found right some days before the last one.
fn settings_of(wanted: &Wanted) -> String {
    let days = chrono::Days::new(CONFIRMED_BEFORE);
    let confirmed = wanted.last.checked_sub_days(days).unwrap_or(wanted.last);
    SETTINGS.replace(CONFIRMED, &confirmed.to_string())
}

/// A line of what customers write.
#[derive(Deserialize)]
struct Line {
    about: String,
    lang: String,
    what: String,
    wish: String,
    later: String,
}

/// What customers write. It is built in, and read by a test: what is wrong with a line leaves it out.
pub fn written() -> Vec<Written> {
    let mut table = csv::Reader::from_reader(WRITTEN.as_bytes());
    let lines = table.deserialize::<Line>().filter_map(Result::ok);
    let read = |line: Line| {
        Some(Written {
            about: About::of(&line.about)?,
            lang: Lang::new(&line.lang)?,
            what: line.what,
            wish: line.wish,
            later: line.later,
        })
    };
    lines.filter_map(read).collect()
}
