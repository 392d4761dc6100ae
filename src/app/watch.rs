//! Watches files of the data directory that are changed beside the running kiosk.

use std::path::Path;

use notify::{RecursiveMode, Watcher};

use crate::service::pin;

/// Calls `tell` whenever something happens to the file of the staff's PIN. Where the system
/// watches no files, the PIN is still looked at whenever somebody enters the staff area.
pub(super) fn pin(
    data: &Path,
    tell: impl Fn() + Send + 'static,
) -> Option<notify::RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let ours =
            |path: &std::path::PathBuf| path.file_name().is_some_and(|name| name == pin::FILE);
        if event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(ours)) {
            tell();
        }
    })
    .ok()?;
    watcher.watch(data, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
