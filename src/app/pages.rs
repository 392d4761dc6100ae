//! Serves the pages for phones, beside the screen or alone.

use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use tracing::warn;

use super::branch::Branch;
use super::{AppError, watch};
use crate::config::file::Access;
use crate::domain::entry::{Entry, topic_incident};
use crate::platform;
use crate::print::{Kind, Langs, Paper, Poster, poster};
use crate::service::address;
use crate::service::bus::Bus;
use crate::service::clock::Watch;
use crate::service::complaints::Complaints;
use crate::service::in_force::InForce;
use crate::service::jobs::Jobs;
use crate::service::journal::{Journal, Steady};
use crate::service::keeper::KeeperThread;
use crate::service::lists;
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::service::recorder::Recorder;
use crate::threads::tell;
use crate::web::room::Room;
use crate::web::server::{self, BoundListener, Server, WebError};
use crate::web::{Now, Printer, Site};

/// Tells the screen that the state of the pages has changed.
pub type Told = Arc<dyn Fn() + Send + Sync>;

/// What it takes to serve the pages.
pub(super) struct Use<'a> {
    pub(super) data: &'a Path,
    pub(super) in_force: InForce,
    pub(super) complaints: Option<Arc<Complaints>>,
    pub(super) pages: &'a Pages,
    pub(super) bus: &'a Bus,
    pub(super) jobs: &'a Jobs,
    pub(super) time: Now,
    pub(super) told: Told,
}

/// The time, as whoever notes something asks for it: not before a jump of the clock is noted.
pub(super) fn watched(watch: &Arc<Watch>) -> Now {
    let watch = Arc::clone(watch);
    Arc::new(move || {
        watch.look();
        Utc::now()
    })
}

/// Serves the pages from now on.
pub(super) fn start(need: Use<'_>) -> Result<Server, WebError> {
    let door = BoundListener::open(&need.in_force.settings().web)?;
    let missing = need.complaints.is_none();
    let mut site = Site::following(need.in_force.clone(), need.complaints, need.time);
    site.jobs = need.jobs.clone();
    site.posters.printer = Some(printer(need.in_force));
    let data = need.data.to_owned();
    site.posters.remember = Some(Box::new(move |base| {
        // Nobody is warned then once the address changes.
        if let Err(error) = address::remember_printed(&data, base) {
            warn!(%error, "the address of a poster is not remembered");
        }
    }));
    let data = need.data.to_owned();
    site.room = Room::new(Box::new(move || fs4::available_space(&data).ok()));
    site.set_own_address(address::own(&site.settings().web, door.address));
    let base = site.address();
    let trouble = if missing {
        Some(PagesTrouble::NoComplaints)
    } else {
        base.is_none().then_some(PagesTrouble::NoNetwork)
    };
    need.pages.set(PagesState { base, trouble });
    (need.told)();
    let told = need.told;
    server::serve(
        door,
        site,
        need.data.to_owned(),
        need.bus.changes(is_of_incident),
        need.pages.clone(),
        Box::new(move || told()),
    )
}

/// Whether an entry may change what the pages say of the way out.
fn is_of_incident(entry: &Entry) -> bool {
    topic_incident(&entry.draft.topic).is_some()
}

/// Makes posters of the branch as PDF.
fn printer(in_force: InForce) -> Printer {
    Box::new(move |settings, path, base, paper| {
        let kind = [Kind::Complaint, Kind::Evacuation, Kind::Contacts]
            .into_iter()
            .find(|kind| kind.path() == path)?;
        let paper = match paper {
            "A4" => Paper::A4,
            "A5" => Paper::A5,
            _ => return None,
        };
        let day = Utc::now()
            .with_timezone(&settings.branch.time_zone)
            .date_naive();
        let plan = in_force.plan();
        let request = Poster {
            plan: &plan,
            settings,
            base: Some(base),
            langs: Langs::BOTH,
            paper,
            distance: None,
            day,
        };
        poster(kind, &request)
            .and_then(|sheet| sheet.make_pdf())
            .ok()
    })
}

/// The same for the screen.
pub(super) fn trouble(error: WebError) -> PagesTrouble {
    match error {
        WebError::Listen {
            address,
            taken: true,
            ..
        } => PagesTrouble::Taken(address),
        WebError::Listen {
            address, detail, ..
        } => PagesTrouble::NotListening(address, detail),
        WebError::Tls(error) => error.into(),
        WebError::Thread(detail) => PagesTrouble::NoThread(detail),
    }
}

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
/// [`AppError`] when the journal cannot be kept, [`AppError::Pages`] when nothing can be served.
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
    let serving = start(Use {
        data,
        in_force: in_force.clone(),
        complaints,
        pages: &pages,
        bus: &bus,
        jobs: &jobs,
        time,
        told,
    })
    .map_err(|error| AppError::Pages(trouble(error)))?;
    let (keeping, site) = (keeper.told.clone(), Arc::clone(&serving.site));
    in_force.listen(move |current| {
        site.follow();
        keeping.follow(&current.settings);
    });
    journal.begin_listing();
    let _followed =
        watch::branch_files(data, Access::Keep, (in_force, files), Some(recorder), &jobs);
    while news.recv() == Ok(News::Pages) {
        said(&pages.get());
    }
    jobs.stop();
    drop(serving);
    drop(keeper);
    Ok(journal.finish()?)
}
