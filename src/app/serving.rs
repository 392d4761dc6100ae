//! Keeps the pages being served, beside the screen or alone: whatever keeps them from it, such as a port
//! that is taken, a broken certificate or a journal that cannot be opened, is tried again with
//! growing pauses until it works.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::pages::{Served, Told, Use, serve_as_wanted, trouble};
use crate::diagnosis::kind;
use crate::domain::incident::Incident;
use crate::service::address;
use crate::service::bus::Bus;
use crate::service::complaints::Complaints;
use crate::service::in_force::InForce;
use crate::service::incidents::Viewer;
use crate::service::jobs::{Job, JobId, Jobs};
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::service::pcs::Pcs;
use crate::service::phone::Links;
use crate::service::recorder::Recorder;
use crate::threads::{join, tell};
use crate::web::Now;

/// How long pages beside a screen wait after the start: it comes first, whatever the network does.
pub const SCREEN_FIRST: Duration = Duration::from_millis(300);
/// The first pause before what failed is tried again; each further one is twice as long …
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// … up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What the thread of the pages is told.
enum Message {
    /// Something else is in force.
    InForce,
    /// The incidents are others.
    Live(Arc<[Incident]>),
    /// The pages have stopped being served: those that were begun so many-th.
    Over(u64),
    /// The program ends.
    Stop,
}

/// The pages, served until this is dropped.
pub struct Serving {
    thread: Option<JoinHandle<()>>,
    messages: Sender<Message>,
    coming: Option<Receiver<Arc<Complaints>>>,
}

impl Serving {
    /// Has the pages go by what was just put in force.
    pub fn follower(&self) -> impl Fn() + Send + Sync + use<> {
        let messages = self.messages.clone();
        move || {
            tell(&messages, Message::InForce);
        }
    }

    /// Takes over how it stands with the incidents on the screen, what is not on disk yet
    /// included: the way out on the phones is then right whatever the disk does.
    pub fn viewer(&self) -> Viewer {
        let messages = self.messages.clone();
        Box::new(move |incidents| {
            tell(&messages, Message::Live(Arc::from(incidents)));
        })
    }

    /// Where complaints arrive that could not be opened at the start, once.
    pub fn coming(&mut self) -> Option<Receiver<Arc<Complaints>>> {
        self.coming.take()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        tell(&self.messages, Message::Stop);
        if let Some(thread) = self.thread.take() {
            join(thread);
        }
    }
}

/// What is served, and who is told of it.
pub struct Beside {
    /// The data directory.
    pub data: PathBuf,
    /// The plan and the settings in force.
    pub in_force: InForce,
    /// Where what visitors write is recorded.
    pub recorder: Arc<Recorder>,
    /// The complaints; none where they cannot be opened yet.
    pub complaints: Option<Arc<Complaints>>,
    /// What the screen knows of the pages.
    pub pages: Pages,
    /// Says what was recorded.
    pub bus: Bus,
    /// The time.
    pub time: Now,
    /// Where it is said how all of it goes.
    pub jobs: Jobs,
    /// Tells the screen that something about the pages has changed.
    pub told: Told,
    /// Links to the staff's own phones; none where there is no screen to make any.
    pub links: Option<Arc<Links>>,
    /// The PCs that read the staff pages; none where there is no screen to pair any.
    pub pcs: Option<Arc<Pcs>>,
    /// How long the pages wait, so that something else comes first.
    pub wait: Duration,
}

/// Serves the pages, once what comes first has had its time. What keeps that from working is said in
/// [`Beside::pages`], and everything else goes on without.
pub fn serve(beside: Beside) -> Serving {
    let (messages, inbox) = channel();
    let (arrive, coming) = channel();
    let (pages, told) = (beside.pages.clone(), Arc::clone(&beside.told));
    let jobs = beside.jobs.clone();
    let opening = jobs.job(JobId::Complaints, None);
    if beside.complaints.is_some() {
        opening.succeeded();
    }
    let mut keeper = Keeper {
        opening,
        beside,
        inbox,
        messages: messages.clone(),
        arrive,
        live: None,
        served: None,
        begun: 0,
        stay: false,
        pages_pause: Pause::default(),
        complaints_pause: Pause::default(),
    };
    let thread = jobs.supervise(JobId::Pages, None, move |job| keeper.keep(job));
    if let Err(error) = &thread {
        say(&pages, PagesTrouble::NoThread(error.to_string()));
        told();
    }
    Serving {
        thread: thread.ok(),
        messages,
        coming: Some(coming),
    }
}

/// Says why nothing is served.
fn say(pages: &Pages, trouble: PagesTrouble) -> bool {
    pages.set(PagesState {
        base: None,
        trouble: Some(trouble),
    })
}

/// When to try again, and how long the pause before that is.
#[derive(Default)]
struct Pause {
    until: Option<(Instant, Duration)>,
}

impl Pause {
    fn is_over(&self) -> bool {
        self.until.is_none_or(|(at, _)| at <= Instant::now())
    }

    /// It failed.
    fn begin(&mut self) {
        let wait = self
            .until
            .map_or(FIRST_PAUSE, |(_, wait)| (wait * 2).min(LONGEST_PAUSE));
        self.until = Some((Instant::now() + wait, wait));
    }

    /// It works, or what kept it from working may have changed.
    fn end(&mut self) {
        self.until = None;
    }
}

struct Keeper {
    opening: Job,
    beside: Beside,
    inbox: Receiver<Message>,
    messages: Sender<Message>,
    arrive: Sender<Arc<Complaints>>,
    live: Option<Arc<[Incident]>>,
    served: Option<Served>,
    /// How often they were begun to be served.
    begun: u64,
    /// The pages are not where the settings want them, and it is said so.
    stay: bool,
    pages_pause: Pause,
    complaints_pause: Pause,
}

impl Keeper {
    fn keep(&mut self, job: &Job) {
        let screen = Instant::now() + self.beside.wait;
        let mut wait = Some(self.beside.wait);
        while self.hear(wait) {
            let left = screen.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                wait = Some(left);
                continue;
            }
            self.open_complaints();
            self.open_pages(job);
            wait = self.next();
        }
    }

    /// Waits for a message, at most so long; false once the program ends.
    fn hear(&mut self, wait: Option<Duration>) -> bool {
        let message = match wait {
            Some(wait) => self.inbox.recv_timeout(wait),
            None => self
                .inbox
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected),
        };
        match message {
            Ok(Message::InForce) => {
                if let Some(served) = &mut self.served {
                    served.in_vain = None;
                    served.server.site.follow();
                    served.server.site.set_stays(None);
                }
                // Another port, or another certificate, may be what was missing.
                self.pages_pause.end();
            }
            Ok(Message::Live(incidents)) => {
                if let Some(Served { server, .. }) = &self.served {
                    server.site.live.send_replace(Some(Arc::clone(&incidents)));
                }
                self.live = Some(incidents);
            }
            Ok(Message::Over(which)) => {
                if which == self.begun {
                    self.served = None;
                    self.pages_pause.begin();
                }
            }
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => {}
        }
        true
    }

    fn open_complaints(&mut self) {
        if self.beside.complaints.is_some() || !self.complaints_pause.is_over() {
            return;
        }
        let Beside { data, recorder, .. } = &self.beside;
        match Complaints::open(data, Arc::clone(recorder)) {
            Ok(complaints) => {
                self.complaints_pause.end();
                self.opening.succeeded();
                self.beside.complaints = Some(Arc::clone(&complaints));
                if let Some(Served { server, .. }) = &self.served {
                    server.site.set_complaints(Arc::clone(&complaints));
                }
                tell(&self.arrive, complaints);
                (self.beside.told)();
            }
            Err(why) => {
                self.opening.failed(why);
                self.complaints_pause.begin();
            }
        }
    }

    /// Whether the pages are not served as they are to be.
    fn are_pages_due(&self) -> bool {
        let settings = self.beside.in_force.settings();
        (self.served.as_ref()).is_none_or(|served| served.is_otherwise(&settings.web))
    }

    fn open_pages(&mut self, job: &Job) {
        if !self.are_pages_due() {
            if std::mem::take(&mut self.stay) {
                job.succeeded();
            }
            return;
        }
        if !self.pages_pause.is_over() {
            return;
        }
        let beside = &self.beside;
        let need = Use {
            data: &beside.data,
            in_force: beside.in_force.clone(),
            complaints: beside.complaints.clone(),
            pages: &beside.pages,
            bus: &beside.bus,
            jobs: &beside.jobs,
            time: Arc::clone(&beside.time),
            told: Arc::clone(&beside.told),
            links: beside.links.clone(),
            pcs: beside.pcs.clone(),
        };
        // That those end which are taken down for others is no news.
        self.begun += 1;
        let done = serve_as_wanted(&mut self.served, &need);
        self.attend();
        self.stay = done.is_err() && self.served.is_some();
        match done {
            Ok(()) => {
                job.succeeded();
                self.pages_pause.end();
            }
            Err(error) => {
                // Where they were to be served is the branch's own.
                job.failed_as(&kind(&error), &error);
                self.pages_pause.begin();
                if self.stay {
                    return;
                }
                let beside = &self.beside;
                // What a kiosk has left that was killed leads nowhere now.
                address::say_served(&beside.data, None);
                if say(&beside.pages, trouble(error)) {
                    (beside.told)();
                }
            }
        }
    }

    /// Tells the pages that are served what is on the screen, and listens for their end.
    fn attend(&self) {
        let Some(Served { server, .. }) = &self.served else {
            return;
        };
        if let Some(incidents) = &self.live {
            server.site.live.send_replace(Some(Arc::clone(incidents)));
        }
        let (messages, which) = (self.messages.clone(), self.begun);
        server.when_over(Box::new(move || {
            tell(&messages, Message::Over(which));
        }));
    }

    /// How long until something is to be tried again; none where all is well.
    fn next(&self) -> Option<Duration> {
        let of = |pause: &Pause| {
            let at = pause.until.map_or_else(Instant::now, |(at, _)| at);
            at.saturating_duration_since(Instant::now())
        };
        let pages = self.are_pages_due().then(|| of(&self.pages_pause));
        let missing = self.beside.complaints.is_none();
        let complaints = missing.then(|| of(&self.complaints_pause));
        [pages, complaints].into_iter().flatten().min()
    }
}
