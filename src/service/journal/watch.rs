//! Notices at once when the journal's files are taken away, also while nothing is being recorded.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::worker::Message;

/// A watch over a data directory, until it is dropped.
#[derive(Debug)]
pub(super) struct Watch(
    #[expect(dead_code, reason = "it watches until it is dropped")] RecommendedWatcher,
);

impl Watch {
    /// Has the writer thread look after its files whenever one comes or goes. None where the
    /// system cannot watch; each commit looks as well.
    pub(super) fn start(data: &Path, messages: Sender<Message>) -> Option<Self> {
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let moved = event.map_or(true, |event| {
                    matches!(
                        event.kind,
                        EventKind::Remove(_)
                            | EventKind::Create(_)
                            | EventKind::Modify(ModifyKind::Name(_))
                            | EventKind::Other
                    )
                });
                if moved {
                    // The journal may have ended by now.
                    messages.send(Message::Look).ok();
                }
            })
            .ok()?;
        watcher.watch(data, RecursiveMode::NonRecursive).ok()?;
        Some(Self(watcher))
    }
}
