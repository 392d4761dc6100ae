//! The second display: it looks on, and shows the posted face and a running evacuation.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Utc;
use notify::event::ModifyKind;
use notify::{EventKind, RecursiveMode, Watcher};
use slint::{ComponentHandle, Timer};

use super::branch::{self, Branch};
use super::{AppError, WindowMode, failed, floor, show, watch};
use crate::config::file::Access;
use crate::domain::lang::Lang;
use crate::domain::undo::REOPEN;
use crate::platform;
use crate::service::Services;
use crate::service::address;
use crate::service::in_force::InForce;
use crate::service::journal::Journal;
use crate::service::pages::{Pages, PagesState};
use crate::service::recorder::Recorder;
use crate::store::{JOURNAL_FILE, Reader, StoreError};
use crate::view::{self, Look};
use crate::{AppWindow, Shell};

/// What is written to the journal can be read only once it is committed, which takes a sync of
/// the disk after the last write that the system tells of.
const SETTLED: std::time::Duration = std::time::Duration::from_millis(300);

/// Runs the posted face on `data`, which is only read, until the system asks it to end; in the
/// language that was `asked` for, or else the branch's own.
///
/// # Errors
/// [`AppError`] when there is no such directory or no window can be opened.
pub fn run(data: &Path, stand: WindowMode, asked: Option<&Lang>) -> Result<(), AppError> {
    if !data.is_dir() {
        let path = data.to_owned();
        return Err(StoreError::NoDirectory { path }.into());
    }
    platform::choose_backend()?;
    let window = AppWindow::new().map_err(failed)?;
    platform::end_when_asked();
    // Nothing is ever recorded here: the journal is the kiosk's.
    let journal = Journal::in_memory(Arc::new(|_| {}))?;
    let branch = Branch::load_readonly(data);
    let files = branch.files;
    let in_force = InForce::new(branch.reading());
    let mut services = Services::new(in_force.clone(), Recorder::new(journal), Vec::new());
    services.asked_lang = asked.cloned();
    services.floor = floor(&in_force, &window);
    let wake = super::waker(&window);
    in_force.listen(move |_| wake());
    let read = (in_force.clone(), files);
    let _followed = watch::branch_files(data, Access::ReadOnly, read, None, &services.jobs);
    let _watch = journal_watch(data, &window);
    let look = look(data.to_owned(), services.pages.clone(), in_force);
    let screens = view::bind_posted(window, services, look);
    screens.process_notices();
    show(&screens, stand)
}

/// Looks the incidents up in the kiosk's journal, which may not be there yet, and tells `pages`
/// whether phones reach those of the kiosk.
pub fn look(data: PathBuf, pages: Pages, in_force: InForce) -> Look {
    // Kept open: opening it anew may touch its files, which would be taken for news.
    let reader: RefCell<Option<Reader>> = RefCell::default();
    Box::new(move || {
        pages.set(PagesState {
            base: address::served(&data),
            trouble: None,
        });
        let since = Utc::now() - REOPEN.length();
        let mut kept = reader.borrow_mut();
        if kept.is_none() {
            *kept = Reader::open(&data).ok();
        }
        let live = kept.as_ref()?.live(since).ok();
        if let Some(live) = &live {
            branch::bind_plans(&data, &in_force, live);
        }
        if live.is_none() {
            // Another journal may have been put in its place.
            kept.take();
        }
        live
    })
}

/// Wakes the window when the journal has been written. Where the system watches no files, the
/// display still follows with the minute.
fn journal_watch(data: &Path, window: &AppWindow) -> Option<notify::RecommendedWatcher> {
    let weak = window.as_weak();
    let waking = Arc::new(AtomicBool::new(false));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let written = event.is_ok_and(|event| is_news(&event));
        // One look takes in everything that was written until then.
        if !written || waking.swap(true, Ordering::AcqRel) {
            return;
        }
        let waking = waking.clone();
        platform::in_window(&weak, move |window: AppWindow| {
            let weak = window.as_weak();
            Timer::single_shot(SETTLED, move || {
                waking.store(false, Ordering::Release);
                if let Some(window) = weak.upgrade() {
                    window.global::<Shell<'_>>().invoke_heard();
                }
            });
        });
    })
    .ok()?;
    watcher.watch(data, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

/// Whether something was written to the journal, or the address of the pages has changed. Who only
/// reads touches the journal's index and its files' times as well.
fn is_news(event: &notify::Event) -> bool {
    let written = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any)
    );
    let replaced = matches!(
        event.kind,
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_)
    );
    event.paths.iter().any(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let journal = name == JOURNAL_FILE || name.strip_suffix("-wal") == Some(JOURNAL_FILE);
        (journal && written) || (name == address::SERVED && (written || replaced))
    })
}
