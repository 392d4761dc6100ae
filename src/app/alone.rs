//! The pages for phones without a screen: `lobby-kiosk serve`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tracing::warn;

use super::branch::Branch;
use super::pages::{Told, trouble};
use super::serving::{self, Beside};
use super::{AppError, watch};
use crate::config::file::Access;
use crate::platform;
use crate::service::bus::Bus;
use crate::service::complaints::Complaints;
use crate::service::in_force::InForce;
use crate::service::jobs::Jobs;
use crate::service::journal::{Journal, Steady};
use crate::service::keeper::KeeperThread;
use crate::service::lists;
use crate::service::pages::{Pages, PagesState};
use crate::service::recorder::Recorder;
use crate::threads::tell;
use crate::web::Now;
use crate::web::server::{BoundListener, WebError};

/// What whoever serves the pages alone hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// They are served elsewhere, or no longer.
    Pages,
    /// The system asks the program to end.
    End,
}

/// Serves the pages of the data directory `data` without a screen, until the system asks the
/// program to end; what was written is on disk then.
/// `said` is told where they are, each time that changes.
///
/// # Errors
/// [`AppError`] when the journal cannot be kept, [`AppError::Pages`] when the pages cannot be served
/// at the start; what keeps them from it later is tried again.
pub fn run(data: &Path, said: impl Fn(&PagesState)) -> Result<(), AppError> {
    let (bus, jobs) = (Bus::default(), Jobs::default());
    lists::report(&bus, &jobs);
    super::private::correct(data);
    let steady = Steady::open(data)?.listing_later();
    let journal = Journal::keep(steady, data, bus.notify())?;
    // Jumps of the clock are left for the kiosk to find: it moves the open incidents along as well.
    let time: Now = Arc::new(Utc::now);
    let branch = Branch::load(data);
    let files = branch.files;
    let in_force = InForce::new(branch.reading());
    // Who starts it waits for nothing that has to be put right first.
    drop(BoundListener::open(&in_force.settings().web).map_err(unserved)?);
    let recorder = Recorder::new(journal.clone());
    // The way out is shown whatever the disk does.
    let complaints = Complaints::open(data, Arc::clone(&recorder))
        .inspect_err(|error| warn!(%error, "complaints are not received"))
        .ok();
    let pages = Pages::default();
    let (heard, news) = std::sync::mpsc::channel();
    let asked = heard.clone();
    let ending = platform::when_asked_to_end(move || tell(&asked, News::End));
    if let Err(error) = ending {
        warn!(%error, "the system cannot ask the program to end");
    }
    let told: Told = Arc::new(move || tell(&heard, News::Pages));
    let open = complaints.clone();
    let keeper = KeeperThread::start(open, data, &in_force.settings(), Arc::new(|| ()), &jobs);
    lists::tell(&bus, &keeper.told);
    let mut serving = serving::serve(Beside {
        data: data.to_owned(),
        in_force: in_force.clone(),
        recorder: Arc::clone(&recorder),
        complaints,
        pages: pages.clone(),
        bus: bus.clone(),
        jobs: jobs.clone(),
        time,
        told,
        links: None,
        pcs: None,
        wait: Duration::ZERO,
    });
    let (keeping, pages_follow) = (keeper.told.clone(), serving.follower());
    in_force.listen(move |current| {
        pages_follow();
        keeping.follow(&current.settings);
    });
    let coming = serving.coming();
    journal.begin_listing();
    let _followed =
        watch::branch_files(data, Access::Keep, (in_force, files), Some(recorder), &jobs);
    while news.recv() == Ok(News::Pages) {
        if let Some(complaints) = coming.as_ref().and_then(|coming| coming.try_recv().ok()) {
            keeper.told.begin(&complaints);
        }
        said(&pages.get());
    }
    jobs.stop();
    drop(serving);
    drop(keeper);
    Ok(journal.finish()?)
}

fn unserved(error: WebError) -> AppError {
    AppError::Pages(trouble(error))
}
