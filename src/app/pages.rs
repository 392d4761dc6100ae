//! Serves the pages for phones, beside the screen or alone.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::Utc;

use super::{AppError, Branch};
use crate::print::{Kind, Langs, Paper, Poster, poster};
use crate::service::address;
use crate::service::changes::Changes;
use crate::service::clock::Watch;
use crate::service::complaints::Complaints;
use crate::service::journal::{Journal, Notify};
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::settings::Settings;
use crate::store::Writer;
use crate::web::server::{self, Door, Server, WebError};
use crate::web::{Now, Printer, Site};

/// Tells the screen that the state of the pages has changed.
pub type Told = Arc<dyn Fn() + Send + Sync>;

/// How long the pages wait after the start: the screen comes first, whatever the network does.
const SCREEN_FIRST: Duration = Duration::from_millis(300);

/// What the thread of the pages is told.
enum Message {
    /// The staff have changed the settings.
    Settings(Box<Settings>),
    /// The program ends.
    Stop,
}

/// The pages, served beside the screen until this is dropped.
pub struct Serving {
    thread: Option<JoinHandle<()>>,
    messages: Sender<Message>,
}

impl Serving {
    /// Takes settings over that the staff have changed.
    pub fn taker(&self) -> Box<dyn Fn(&Settings)> {
        let messages = self.messages.clone();
        Box::new(move |settings| {
            // Where nothing is served nobody misses them.
            messages
                .send(Message::Settings(Box::new(settings.clone())))
                .ok();
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.messages.send(Message::Stop).ok();
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed by its own hook.
            thread.join().ok();
        }
    }
}

/// The time, as whoever notes something asks for it: not before a jump of the clock is noted.
pub(super) fn watched(watch: &Arc<Watch>) -> Now {
    let watch = Arc::clone(watch);
    Arc::new(move || {
        watch.look();
        Utc::now()
    })
}

/// Serves the pages of `branch` beside the screen, once that stands. What keeps that from working
/// is said in `pages`, and the screen goes on without.
pub fn serve(
    data: &Path,
    branch: &Branch,
    complaints: Option<Arc<Complaints>>,
    pages: &Pages,
    changes: &Changes,
    time: Now,
    told: Told,
) -> Serving {
    let (messages, inbox) = channel();
    let (plan, mut settings) = ((*branch.plan).clone(), (*branch.settings).clone());
    let (place, state, changes) = (data.to_owned(), pages.clone(), changes.clone());
    let work = move || {
        let Some(complaints) = complaints else {
            return;
        };
        match inbox.recv_timeout(SCREEN_FIRST) {
            Ok(Message::Settings(changed)) => settings = *changed,
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let tell = Arc::clone(&told);
        let site = Site::new(plan, settings, complaints, time);
        match try_to_serve(&place, site, &state, &changes, tell) {
            Ok(server) => {
                while let Ok(Message::Settings(changed)) = inbox.recv() {
                    server.site.take_settings(*changed);
                }
            }
            Err(error) => {
                // What a kiosk has left that was killed leads nowhere now.
                address::tell_served(&place, None).ok();
                say(&state, trouble(error));
                told();
            }
        }
    };
    let thread = std::thread::Builder::new().name("serving".to_owned());
    let thread = thread.spawn(work);
    if let Err(error) = &thread {
        say(pages, PagesTrouble::NoThread(error.to_string()));
    }
    Serving {
        thread: thread.ok(),
        messages,
    }
}

fn say(pages: &Pages, trouble: PagesTrouble) {
    pages.set(PagesState {
        base: None,
        trouble: Some(trouble),
    });
}

fn try_to_serve(
    data: &Path,
    mut site: Site,
    pages: &Pages,
    changes: &Changes,
    told: Told,
) -> Result<Server, WebError> {
    let door = Door::open(&site.settings().web)?;
    site.posters.printer = Some(printer(data, &site));
    let base = address::base(&site.settings().web, door.address);
    let trouble = base.is_none().then_some(PagesTrouble::NoNetwork);
    pages.set(PagesState { base, trouble });
    told();
    server::serve(
        door,
        site,
        data.to_owned(),
        changes.listen(),
        pages.clone(),
        Box::new(move || told()),
    )
}

/// Makes posters of the branch as PDF.
fn printer(data: &Path, site: &Site) -> Printer {
    let (data, plan) = (data.to_owned(), site.plan.clone());
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
        let request = Poster {
            plan: &plan,
            settings,
            base,
            langs: Langs::BOTH,
            paper,
            distance: None,
            day,
        };
        let file = poster(kind, &request)
            .and_then(|sheet| sheet.to_pdf())
            .ok()?;
        // Where it cannot be written down, nobody is warned once the address changes.
        address::remember_printed(&data, base).ok();
        Some(file)
    })
}

fn trouble(error: WebError) -> PagesTrouble {
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

/// Serves the pages of the data directory `data` without a screen, until the process is ended.
/// `said` is told where they are, each time that changes.
///
/// # Errors
/// [`AppError`] when the journal cannot be kept, [`AppError::Pages`] when nothing can be served.
pub fn run(data: &Path, said: impl Fn(&PagesState)) -> Result<(), AppError> {
    let changes = Changes::default();
    let tell = changes.clone();
    let notify: Notify = Arc::new(move |_| tell.tell());
    let journal = Journal::start(Writer::open(data)?, notify)?;
    // Jumps of the clock are left for the kiosk to find: it moves the open incidents along as well.
    let time: Now = Arc::new(Utc::now);
    let branch = Branch::load(data);
    let complaints = Complaints::open(data, journal.clone())?;
    let pages = Pages::default();
    let (heard, news) = std::sync::mpsc::channel();
    let told: Told = Arc::new(move || {
        heard.send(()).ok();
    });
    let (plan, settings) = ((*branch.plan).clone(), (*branch.settings).clone());
    let site = Site::new(plan, settings, complaints, time);
    let serving = try_to_serve(data, site, &pages, &changes, told)
        .map_err(|error| AppError::Pages(trouble(error)))?;
    while news.recv().is_ok() {
        said(&pages.get());
    }
    drop(serving);
    Ok(journal.finish()?)
}
