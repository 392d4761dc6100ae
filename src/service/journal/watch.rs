//! Notices at once when the journal's files are taken away or written over, also while nothing is
//! being recorded.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tracing::warn;

use super::worker::Message;
use crate::store::JOURNAL_FILE;
use crate::threads::tell;

/// A watch over a data directory, until it is dropped.
#[derive(Debug)]
pub(super) struct Watch(
    #[expect(dead_code, reason = "it watches until it is dropped")] RecommendedWatcher,
);

impl Watch {
    /// Has the writer thread look after its files whenever one comes or goes, and whenever the
    /// journal's own is written, as it is itself now and then. None where the system cannot watch;
    /// each commit looks as well.
    pub(super) fn start(data: &Path, messages: Sender<Message>) -> Option<Self> {
        let watch = Self::over(data, messages);
        let noted = watch.inspect_err(|error| warn!(%error, "files are not watched"));
        noted.ok()
    }

    fn over(data: &Path, messages: Sender<Message>) -> notify::Result<Self> {
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                if event.map_or(true, |event| is_of_journal(&event)) {
                    tell(&messages, Message::Look);
                }
            })?;
        watcher.watch(data, RecursiveMode::NonRecursive)?;
        Ok(Self(watcher))
    }
}

fn is_of_journal(event: &Event) -> bool {
    match event.kind {
        EventKind::Remove(_)
        | EventKind::Create(_)
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Other => true,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => {
            let mut names = event.paths.iter().filter_map(|path| path.file_name());
            names.any(|name| name == JOURNAL_FILE)
        }
        _ => false,
    }
}
