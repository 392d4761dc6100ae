//! Serves the pages for phones, beside the screen or alone.

use std::path::Path;
use std::sync::Arc;

use chrono::Utc;

use super::{AppError, Branch};
use crate::print::{Kind, Langs, Paper, Poster, poster};
use crate::service::address;
use crate::service::changes::Changes;
use crate::service::complaints::Complaints;
use crate::service::journal::{Journal, Notify};
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::store::Writer;
use crate::web::server::{self, Door, Server, WebError};
use crate::web::tls::TlsError;
use crate::web::{Printer, Site};

/// Tells the screen that the state of the pages has changed.
pub type Told = Box<dyn Fn() + Send>;

/// Serves the pages of `branch` beside the screen. What keeps that from working is said in
/// `pages`, and the screen goes on without.
pub fn serve(
    data: &Path,
    branch: &Branch,
    complaints: Option<Arc<Complaints>>,
    pages: &Pages,
    changes: &Changes,
    told: Told,
) -> Option<Server> {
    match try_to_serve(data, branch, complaints?, pages, changes, told) {
        Ok(server) => Some(server),
        Err(error) => {
            // What a kiosk has left that was killed leads nowhere now.
            address::tell_served(data, None).ok();
            pages.set(PagesState {
                base: None,
                trouble: Some(trouble(error)),
            });
            None
        }
    }
}

fn try_to_serve(
    data: &Path,
    branch: &Branch,
    complaints: Arc<Complaints>,
    pages: &Pages,
    changes: &Changes,
    told: Told,
) -> Result<Server, WebError> {
    let door = Door::open(&branch.settings.web)?;
    let (plan, settings) = ((*branch.plan).clone(), (*branch.settings).clone());
    let mut site = Site::new(plan, settings, complaints, Arc::new(Utc::now));
    site.posters.printer = Some(printer(data, &site));
    let base = address::base(&site.settings().web, door.address);
    let trouble = base.is_none().then_some(PagesTrouble::NoNetwork);
    pages.set(PagesState { base, trouble });
    server::serve(
        door,
        site,
        data.to_owned(),
        changes.listen(),
        pages.clone(),
        told,
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
        WebError::Tls(TlsError::File { path, detail }) => {
            PagesTrouble::Certificate(Some(path), detail)
        }
        WebError::Tls(TlsError::Pair { detail }) => PagesTrouble::Certificate(None, detail),
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
    let branch = Branch::load(data);
    let complaints = Complaints::open(data, journal.clone())?;
    let pages = Pages::default();
    let (heard, news) = std::sync::mpsc::channel();
    let told = Box::new(move || {
        heard.send(()).ok();
    });
    let serving = try_to_serve(data, &branch, complaints, &pages, &changes, told)
        .map_err(|error| AppError::Pages(trouble(error)))?;
    said(&pages.get());
    while news.recv().is_ok() {
        said(&pages.get());
    }
    drop(serving);
    Ok(journal.finish()?)
}
