//! Watches files of the data directory that are changed beside the running kiosk.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tracing::warn;

use super::branch::{self, Branch, Files};
use crate::config::file::Access;
use crate::config::{plan_file, settings};
use crate::own_file::Stamp;
use crate::service::in_force::InForce;
use crate::service::jobs::{Job, JobId, Jobs};
use crate::service::recorder::Recorder;
use crate::threads;

/// A file that is being saved is written in several pieces: it is read once nothing has happened
/// to it for so long …
const SETTLED: Duration = Duration::from_millis(200);
/// … or at the latest after this.
const LONGEST: Duration = Duration::from_secs(1);

/// Calls `tell` whenever something happens to the file of this name in the data directory `data`,
/// such as that of the staff's PIN. Where the system watches no files, the PIN is still looked at
/// whenever somebody enters the staff area.
pub(super) fn own_file(
    data: &Path,
    name: &'static str,
    tell: impl Fn() + Send + 'static,
) -> Option<RecommendedWatcher> {
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let ours = |path: &PathBuf| path.file_name().is_some_and(|found| found == name);
        if event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(ours)) {
            tell();
        }
    });
    let mut watcher = noted(watcher)?;
    noted(watcher.watch(data, RecursiveMode::NonRecursive))?;
    Some(watcher)
}

/// What the system makes of a watch over files: most often it has none left to give.
fn noted<T>(watching: notify::Result<T>) -> Option<T> {
    let noted = watching.inspect_err(|error| warn!(%error, "files are not watched"));
    noted.ok()
}

/// What the watching thread is told.
enum Told {
    /// Something happened to one of the files.
    Changed,
    /// The program ends.
    Stop,
}

/// The branch's own files, followed until this is dropped.
pub(super) struct Followed {
    tell: Sender<Told>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Followed {
    fn drop(&mut self) {
        threads::tell(&self.tell, Told::Stop);
        if let Some(thread) = self.thread.take() {
            threads::join(thread);
        }
    }
}

/// Puts in force, within a second or so, what somebody writes into `kiosk.toml`, `plan.toml` or a
/// file that they name, such as the floor plan, of the data directory `data`, which lay there as `read` says when they were read. Each
/// plan that comes in force is kept by `recorder`, where there is one. Where the system watches no
/// files, what is written waits for the next start.
pub(super) fn branch_files(
    data: &Path,
    access: Access,
    (in_force, read): (InForce, Files),
    recorder: Option<Arc<Recorder>>,
    jobs: &Jobs,
) -> Option<Followed> {
    let (tell, told) = channel();
    let names: Names = Arc::default();
    let (seen, changed) = (Arc::clone(&names), tell.clone());
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access() && is_of(&seen, &event.paths)) {
            threads::tell(&changed, Told::Changed);
        }
    });
    let mut files = BranchFiles {
        data: data.to_owned(),
        access,
        in_force,
        read,
        recorder,
        watcher: noted(watcher),
        folders: HashSet::new(),
        names,
    };
    let thread = jobs.supervise(JobId::BranchFiles, None, move |job| {
        files.follow(&told, job);
    });
    Some(Followed {
        tell,
        thread: Some(thread.ok()?),
    })
}

/// The names of the files that matter.
type Names = Arc<RwLock<HashSet<OsString>>>;

fn is_of(names: &Names, paths: &[PathBuf]) -> bool {
    let names = names.read().unwrap_or_else(PoisonError::into_inner);
    let mut found = paths.iter().filter_map(|path| path.file_name());
    found.any(|name| names.contains(name))
}

struct BranchFiles {
    data: PathBuf,
    access: Access,
    in_force: InForce,
    /// The files as they lay there when they were last read.
    read: Files,
    recorder: Option<Arc<Recorder>>,
    watcher: Option<RecommendedWatcher>,
    folders: HashSet<PathBuf>,
    names: Names,
}

impl BranchFiles {
    fn follow(&mut self, told: &Receiver<Told>, job: &Job) {
        self.look_where_they_lie();
        // What was written between the start's reading and the watch counts too.
        if self.read != Files::of(&self.data) || self.has_other_floor_plan() {
            self.read_what_lies_there();
        }
        self.keep_plan();
        job.succeeded();
        while let Ok(Told::Changed) = told.recv() {
            if !settle(told) {
                return;
            }
            self.read_what_lies_there();
            self.keep_plan();
            job.succeeded();
        }
    }

    /// Reads the files, and watches those that they name from now on.
    fn read_what_lies_there(&mut self) {
        self.read();
        if self.look_where_they_lie() {
            // What came before anybody watched it counts too.
            self.read();
        }
    }

    fn read(&mut self) {
        let current = self.in_force.now();
        let branch = Branch::read(&self.data, self.access);
        self.read = branch.files;
        self.in_force.take(branch.reading_after(&current));
    }

    fn has_other_floor_plan(&self) -> bool {
        let (path, _, stamp) = self.in_force.now().floor();
        path.as_deref().and_then(Stamp::of) != stamp
    }

    fn keep_plan(&self) {
        if let Some(recorder) = &self.recorder {
            branch::keep_plan(&self.data, recorder, &self.in_force.now());
        }
    }

    /// Watches the folders of the files, and of what they point to where they are links; says whether
    /// others are watched than before.
    fn look_where_they_lie(&mut self) -> bool {
        let settings = self.in_force.settings();
        let named = [
            &settings.branch.floor_plan,
            &settings.web.certificate,
            &settings.web.key,
        ];
        let own = [settings::path(&self.data), plan_file::path(&self.data)];
        let files = own.into_iter().chain(named.into_iter().flatten().cloned());
        let all = files.flat_map(|path| [std::fs::canonicalize(&path).ok(), Some(path)]);
        let mut names = HashSet::new();
        for path in all.flatten() {
            names.extend(path.file_name().map(ToOwned::to_owned));
            let folder = path.parent().unwrap_or(&self.data).to_owned();
            if let Some(watcher) = &mut self.watcher
                && !self.folders.contains(&folder)
                && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.folders.insert(folder);
            }
        }
        let mut watched = self.names.write().unwrap_or_else(PoisonError::into_inner);
        let others = *watched != names;
        *watched = names;
        others
    }
}

/// Waits until nothing more happens; false where the program ends meanwhile.
fn settle(told: &Receiver<Told>) -> bool {
    let latest = Instant::now() + LONGEST;
    loop {
        let left = latest.saturating_duration_since(Instant::now());
        match told.recv_timeout(SETTLED.min(left)) {
            Ok(Told::Changed) if !left.is_zero() => {}
            Ok(Told::Changed) | Err(RecvTimeoutError::Timeout) => return true,
            Ok(Told::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
