//! Puts the parts together: settings → store → services → window.

pub mod alone;
mod branch;
pub mod checkup;
pub mod demo;
pub mod filing;
pub mod pages;
pub mod picture;
pub mod posted;
pub mod private;
pub mod recovery;
pub mod serving;
mod watch;

use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use slint::{ComponentHandle, Timer};
use thiserror::Error;
use tracing::warn;

use crate::config::file::Access;
use crate::config::plan_file;
use crate::domain::clock::moved;
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::recovery::Begin;
use crate::domain::undo::REOPEN;
use crate::memory;
use crate::own_file;
use crate::platform::{self, NoWindow};
use crate::service::Services;
use crate::service::archive::Archive;
use crate::service::bus::Bus;
use crate::service::clock_watch::{self, Watch};
use crate::service::complaints::{ComplaintError, Complaints};
use crate::service::floor::Floor;
use crate::service::in_force::InForce;
use crate::service::jobs::{JobId, Jobs, caught};
use crate::service::journal::{Journal, JournalError, Notice, Steady};
use crate::service::journal_file::{self, JournalFile};
use crate::service::keeper::KeeperThread;
use crate::service::lists;
use crate::service::pages::{Pages, PagesTrouble};
use crate::service::pcs::Pcs;
use crate::service::people::{self, Here};
use crate::service::phone::{Links, Phone};
use crate::service::recorder::Recorder;
use crate::service::recording;
use crate::service::reviews::Reviews;
use crate::service::staff::Staff;
use crate::sound::Sound;
use crate::store::{Amiss, Reader, StoreError};
use crate::threads::tell;
use crate::view::{self, Screens};
use crate::{AppWindow, Shell};
pub use branch::Branch;
use serving::{Beside, Serving};

/// How long the first picture has stood before what can wait for it begins.
const STANDS: Duration = Duration::from_secs(1);

/// Why the kiosk does not start.
#[derive(Debug, Error)]
pub enum AppError {
    /// The journal cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal's thread does not run.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The complaints cannot be kept.
    #[error(transparent)]
    Complaints(#[from] ComplaintError),
    /// The pages cannot be served.
    #[error("the pages cannot be served")]
    Pages(PagesTrouble),
    /// There is no window.
    #[error(transparent)]
    Window(#[from] NoWindow),
    /// Something in the program itself failed while the window was open; what was done is on
    /// disk as far as it could be.
    #[error("the program failed")]
    Failed,
}

/// How the window stands on the display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowMode {
    /// All of the screen, as on the lobby floor.
    FullScreen,
    /// A window of this many logical pixels.
    Windowed(u32, u32),
}

/// Runs the kiosk on `data` until the system asks it to end, or its window is closed where that
/// can be; what was done is on disk then. It begins in the language that was `asked` for, or else in
/// the one that somebody has chosen, or the branch's own.
///
/// # Errors
/// [`AppError`] when the journal cannot be kept or no window can be opened.
pub fn run(
    data: &Path,
    stand: WindowMode,
    begin: Begin,
    asked: Option<&Lang>,
) -> Result<(), AppError> {
    platform::choose_backend()?;
    // The store is opened while the window is being made: neither waits for the other.
    let opening = open_journal(data);
    let window = AppWindow::new().map_err(failed)?;
    platform::end_when_asked();
    let (opened, lost) = match opening.join() {
        Ok(opened) => opened,
        Err(panic) => std::panic::resume_unwind(panic),
    };

    let wake = waker(&window);
    let (bus, jobs) = (Bus::default(), Jobs::default());
    lists::report(&bus, &jobs);
    recording::report(&bus, &jobs);
    let followed = Arc::<OnceLock<InForce>>::default();
    bind_plans(&bus, data, &followed);
    let notices = hear(&bus, &wake);
    // Only another kiosk on the same directory keeps this one from starting. Whatever is wrong
    // with the disk or the file, the tablet guides people: the screen says that nothing is
    // recorded, and recording is tried again.
    let steady = opened?.listing_later();
    let lists = steady.lists();
    let (broken, unwritable) = (steady.warning().cloned(), steady.failure().cloned());
    let journal = Journal::keep(steady, data, bus.notify())?;
    let recorder = Recorder::new(journal.clone());
    // Only now is this the one kiosk of the directory, which may write its files there.
    let branch = Branch::load(data);
    let files = branch.files;
    let in_force = followed.get_or_init(|| InForce::new(branch.reading()));
    let in_force = in_force.clone();
    let watch = Watch::start(
        data,
        Arc::clone(&recorder),
        clock_watch::system_clocks(),
        clock_watch::boot(),
    );
    let watch = Arc::new(watch);
    let live = live(data, watch.look());
    branch::bind_plans(data, &in_force, &live);
    let complaints = Complaints::open(data, Arc::clone(&recorder)).ok();
    let links = Links::of(data, Arc::clone(&recorder));
    let people = Here::of(data);
    let pcs = Pcs::of(Arc::clone(&recorder), people.roles());
    let pages = Pages::default();
    let told = Arc::clone(&wake);
    let time = pages::watched(&watch);
    let mut serving = serving::serve(Beside {
        jobs: jobs.clone(),
        data: data.to_owned(),
        in_force: in_force.clone(),
        recorder: Arc::clone(&recorder),
        complaints: complaints.clone(),
        pages: pages.clone(),
        bus: bus.clone(),
        time,
        told,
        links: Some(Arc::clone(&links)),
        pcs: Some(Arc::clone(&pcs)),
        wait: serving::SCREEN_FIRST,
    });
    let mut services = Services::new(in_force.clone(), recorder, live);
    services.asked_lang = asked.cloned();
    services.broken = broken;
    services.jobs = jobs.clone();
    services.floor = floor(&in_force, &window);
    services.incidents.watch(watch);
    let seen = Arc::clone(&wake);
    let news = Arc::clone(&wake);
    let keeper = KeeperThread::start(None, data, &services.settings(), news, &jobs);
    lists::tell(&bus, &keeper.told);
    services.keeping = keeper.told.clone();
    services.keep_complaints(complaints, serving.coming(), seen);
    services.incidents.show_to(serving.viewer());
    services.pages = pages;
    services.sound = Sound::start();
    services.data = Some(data.to_owned());
    services.journal_file = JournalFile::of(data).after(lost.as_ref());
    services.journal_file.heard(&Notice::Listing(lists));
    follow(&in_force, &serving, &services, &wake);
    services.staff = Staff::new(Arc::clone(&wake));
    services.archive = Archive::new(Arc::clone(&wake));
    services.phone = Phone::new(links, Arc::clone(&wake));
    services.pcs = Some(pcs);
    filing::begin(&mut services, &wake);
    services.reviews = Reviews::new(Arc::clone(&wake), Some(plan_file::kept));
    let failing = Arc::clone(&wake);
    jobs.listen(move || failing());
    services.people = people;
    services.follow_duty();
    let _pin = watch::own_file(data, own_file::PIN, services.staff.pin_teller(data));
    let others = services.staff.people_teller(data, &services.people);
    let note = noting(data, &services);
    let (noted, write) = (note.clone(), note);
    let _people = watch::own_file(data, own_file::PEOPLE, move || {
        others();
        noted();
    });
    let read = (in_force, files);
    let recorder = Some(Arc::clone(&services.recorder));
    let _followed = watch::branch_files(data, Access::Keep, read, recorder, &jobs);
    if let Some(error) = unwritable {
        jobs.job(JobId::Recording, None).failed(&error);
        let failed = Notice::Failed { error, pending: 0 };
        services.recorder.heard(&failed);
    }
    let screens = match begin {
        Begin::Resume => start(window, services, notices),
        Begin::Board => view::bind(window, services, notices),
    };
    let writer = journal.clone();
    Timer::single_shot(STANDS, move || {
        writer.begin_listing();
        // Nobody at the screen waits for it.
        let spawned = std::thread::Builder::new().spawn(move || {
            write();
            memory::forget_start();
            memory::read_ahead();
        });
        if let Err(error) = spawned {
            warn!(%error, "what the start needed stays in memory");
        }
    });
    let shown = show(&screens, stand);
    // Nobody is answered any more once the journal takes nothing in.
    jobs.stop();
    drop(serving);
    drop(keeper);
    let finished = journal.finish();
    shown?;
    Ok(finished?)
}

/// Notes in the journal, on any thread, who may do what, where that is news.
fn noting(data: &Path, services: &Services) -> impl Fn() + Clone + Send + 'static {
    let (data, recorder) = (data.to_owned(), Arc::clone(&services.recorder));
    let people = services.people.reader();
    move || {
        if let Err(error) = people::note(&data, &people(), &recorder) {
            warn!(%error, "who may do what is not in the journal yet");
        }
    }
}

/// Opens the journal of `data` on a thread of its own; with what a look before found lost.
fn open_journal(data: &Path) -> JoinHandle<(Result<Steady, StoreError>, Option<Amiss>)> {
    let data = data.to_owned();
    std::thread::spawn(move || {
        private::correct(&data);
        // Before a new journal takes the place of one that is gone.
        let lost = journal_file::lost(&data);
        (Steady::open(&data), lost)
    })
}

/// Has what is in force, once that is known, know the plans of incidents that come with another
/// journal, before anybody else hears of them.
fn bind_plans(bus: &Bus, data: &Path, in_force: &Arc<OnceLock<InForce>>) {
    let (data, in_force) = (data.to_owned(), Arc::clone(in_force));
    bus.listen(move |notice| {
        if let (Notice::Holds(live), Some(in_force)) = (notice, in_force.get()) {
            branch::bind_plans(&data, in_force, live);
        }
    });
}

/// What the journal says, for the screens, which are woken for it.
fn hear(bus: &Bus, wake: &Arc<dyn Fn() + Send + Sync>) -> Receiver<Notice> {
    let (heard, notices) = std::sync::mpsc::channel();
    let told = Arc::clone(wake);
    bus.listen(move |notice| {
        tell(&heard, notice.clone());
        told();
    });
    notices
}

/// Shows the screens until they are asked to end.
fn show(screens: &Rc<Screens>, stand: WindowMode) -> Result<(), AppError> {
    let shown = caught(|| {
        stand_on(screens.window(), stand);
        screens.window().show().map_err(failed)?;
        slint::run_event_loop().map_err(gone)
    });
    match shown {
        Ok(shown) => Ok(shown?),
        Err(_) => {
            // Half drawn, they are in no state to be taken down.
            std::mem::forget(Rc::clone(screens));
            Err(AppError::Failed)
        }
    }
}

/// Has everybody beside the screen go by what is put in force from now on.
fn follow(
    in_force: &InForce,
    serving: &Serving,
    services: &Services,
    wake: &Arc<dyn Fn() + Send + Sync>,
) {
    let (pages, keeping) = (serving.follower(), services.keeping.clone());
    let wake = Arc::clone(wake);
    in_force.listen(move |current| {
        pages();
        keeping.follow(&current.settings);
        wake();
    });
}

/// Has the window take in, from any thread, what has happened meanwhile.
fn waker(window: &AppWindow) -> Arc<dyn Fn() + Send + Sync> {
    let weak = window.as_weak();
    Arc::new(move || {
        platform::in_window(&weak, |window: AppWindow| {
            window.global::<Shell<'_>>().invoke_heard();
        });
    })
}

/// Gives a window that is about to be shown its place on the display.
fn stand_on(window: &AppWindow, stand: WindowMode) {
    match stand {
        WindowMode::FullScreen => {
            window.set_frameless(true);
            platform::never_close(window);
            platform::fill_screen(window);
        }
        WindowMode::Windowed(width, height) => {
            platform::watch_frames(window);
            let size = slint::LogicalSize::new(width as f32, height as f32);
            window.window().set_size(size);
        }
    }
}

/// The floor plan, made while the screens are in use already, and anew whenever it is another.
fn floor(in_force: &InForce, window: &AppWindow) -> Floor {
    let floor = Floor::default();
    let weak = window.as_weak();
    let told = move || {
        platform::in_window(&weak, |window: AppWindow| {
            window.global::<Shell<'_>>().invoke_floor_made();
        });
    };
    let first = in_force.now().floor();
    floor.load(first.0.clone(), first.1, told.clone());
    let (made, drawn) = (floor.clone(), Mutex::new(first));
    in_force.listen(move |current| {
        let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = current.floor();
        if *drawn != wanted {
            made.load(wanted.0.clone(), wanted.1, told.clone());
            *drawn = wanted;
        }
    });
    floor
}

/// The incidents still in mind. A journal that cannot be written can often be read; where it
/// cannot, the tablet starts without them.
/// What was recorded before the clock was set by `jumped` has the times of the clock before.
fn live(data: &Path, jumped: TimeDelta) -> Vec<Incident> {
    let since = moved(moved(Utc::now(), -jumped), -REOPEN.length());
    let live = Reader::open(data).and_then(|reader| reader.live(since));
    live.inspect_err(|error| warn!(%error, "the incidents cannot be read"))
        .ok()
        .or_else(|| Reader::open_copy(data)?.live(since).ok())
        .unwrap_or_default()
}

/// Binds the window and takes up what was open when the program last stopped.
pub fn start(window: AppWindow, services: Services, notices: Receiver<Notice>) -> Rc<Screens> {
    let screens = view::bind(window, services, notices);
    screens.resume();
    screens
}

fn failed(error: slint::PlatformError) -> NoWindow {
    NoWindow::Failed(error.to_string())
}

fn gone(error: slint::PlatformError) -> NoWindow {
    NoWindow::Gone(error.to_string())
}
