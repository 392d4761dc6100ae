//! What a diagnosis needs: starts and ends, failures, refusals by kind, and times above their
//! limits, in English, for whoever looks after the program. Never what people wrote or typed, nor
//! whom it is about.
//!
//! It goes to the journal of systemd where the program's standard error leads there, and else to a
//! file in the data directory, of a bounded size. A thread of its own writes it, which sleeps until
//! there is a line: nobody ever waits for that, and a disk that takes nothing costs lines and
//! nothing else.

mod file;
mod line;
mod seldom;
mod systemd;

use std::fmt::Debug;
use std::panic;
use std::path::Path;
use std::thread;

use tracing::level_filters::LevelFilter;
use tracing::{error, info};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry;

use crate::own_file;
pub use file::Rotating;
pub use line::Written;
pub use seldom::Seldom;

/// What is written of; libraries have their own to say, and nobody knows what.
const OURS: &str = "lobby_kiosk";

/// What runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The kiosk, with its pages.
    Kiosk,
    /// The pages alone.
    Pages,
    /// A second display, which leaves the data directory to the kiosk but for this file.
    Posted,
}

impl Program {
    /// The file of its own in the data directory: two programs never write into one.
    pub fn file(self) -> &'static str {
        match self {
            Self::Kiosk | Self::Pages => own_file::DIAGNOSIS,
            Self::Posted => own_file::DIAGNOSIS_POSTED,
        }
    }
}

/// Begins to write, in the data directory `data` or the journal of systemd, until what this gives
/// back is dropped; then what is still to be written has a moment. Where that is not possible the
/// program runs without.
pub fn begin(data: &Path, program: Program) -> Option<Written> {
    let (lines, written) = match systemd::stderr() {
        Some(journal) => line::to(systemd::Journal(journal)).ok()?,
        None => {
            let may_create = program != Program::Posted;
            line::to(Rotating::new(data, program.file(), may_create)).ok()?
        }
    };
    let in_journal = systemd::is_stderr();
    let layer = fmt::layer().with_ansi(false).with_writer(lines);
    // The journal stamps what it takes by itself.
    let layer = match in_journal {
        true => layer.without_time().boxed(),
        false => layer.boxed(),
    };
    let ours = Targets::new().with_target(OURS, LevelFilter::INFO);
    tracing::subscriber::set_global_default(registry().with(ours).with(layer)).ok()?;
    note_panics(in_journal);
    info!(
        version = env!("CARGO_PKG_VERSION"),
        program = ?program,
        pid = std::process::id(),
        data = %data.display(),
        "start"
    );
    Some(written)
}

/// Notes where a panic began, and on which thread. Not its words, unless they are the source's own:
/// a library may have put into them what it could not digest.
fn note_panics(in_journal: bool) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let place = panicked.location().map(ToString::to_string);
        let words = panicked.payload().downcast_ref::<&'static str>();
        error!(
            place = place.unwrap_or_default(),
            words = words.copied().unwrap_or_default(),
            thread = thread::current().name().unwrap_or_default(),
            "panic"
        );
        // A terminal is told all; what goes to the journal stays there.
        if !in_journal {
            before(panicked);
        }
    }));
}

/// The name of a variant, without what it holds: what kind of fault it is, and nothing of the file
/// or the person that it is about.
pub fn kind(of: &impl Debug) -> String {
    let all = format!("{of:?}");
    let end = all.find(|c: char| !c.is_ascii_alphanumeric());
    all[..end.unwrap_or(all.len())].to_owned()
}

/// What `work` has written of, on this thread, for a test.
#[cfg(test)]
pub(crate) fn said(work: impl FnOnce()) -> String {
    // A line that another thread comes to first, with nobody to hear it, would count as one that
    // nobody ever hears.
    static HEARD: std::sync::Once = std::sync::Once::new();
    HEARD.call_once(|| {
        tracing::subscriber::set_global_default(registry()).expect("the first");
        tracing::callsite::rebuild_interest_cache();
    });
    let path = tempfile::NamedTempFile::new().expect("a file");
    let file = path.reopen().expect("the same file");
    let layer = fmt::layer().without_time().with_ansi(false);
    let layer = layer.with_writer(std::sync::Mutex::new(file));
    tracing::subscriber::with_default(registry().with(layer), work);
    std::fs::read_to_string(path.path()).expect("text")
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn of_a_fault_only_the_kind_is_said() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "they are only written out")]
        enum Fault {
            Bad { number: &'static str },
            Named(&'static str),
            Plain,
        }
        let number = "13800138000";
        assert_eq!(kind(&Fault::Bad { number }), "Bad");
        assert_eq!(kind(&Fault::Named("张经理")), "Named");
        assert_eq!(kind(&Fault::Plain), "Plain");
    }
}
