//! The pages for phones, served where and with what the settings in force say.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use tracing::warn;

use super::filing;
use crate::config::settings::Web;
use crate::domain::entry::{Entry, topic_incident};
use crate::print::{Kind, Langs, Paper, Poster, poster};
use crate::service::address;
use crate::service::bus::Bus;
use crate::service::clock_watch::Watch;
use crate::service::complaints::Complaints;
use crate::service::in_force::InForce;
use crate::service::jobs::Jobs;
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::service::pcs::Pcs;
use crate::service::phone::Links;
use crate::web::room::Room;
use crate::web::server::{self, BoundListener, Server, WebError};
use crate::web::staff::StaffPages;
use crate::web::{Now, Printer, Site};

/// Tells the screen that the state of the pages has changed.
pub type Told = Arc<dyn Fn() + Send + Sync>;

/// What it takes to serve the pages.
#[derive(Clone)]
pub(super) struct Use<'a> {
    pub(super) data: &'a Path,
    pub(super) in_force: InForce,
    pub(super) complaints: Option<Arc<Complaints>>,
    pub(super) pages: &'a Pages,
    pub(super) bus: &'a Bus,
    pub(super) jobs: &'a Jobs,
    pub(super) time: Now,
    pub(super) told: Told,
    /// Links to the staff's own phones; none where there is no screen to make any.
    pub(super) links: Option<Arc<Links>>,
    /// The PCs that read the staff pages; none where there is no screen to pair any.
    pub(super) pcs: Option<Arc<Pcs>>,
}

/// The time, as whoever notes something asks for it: not before a jump of the clock is noted.
pub(super) fn watched(watch: &Arc<Watch>) -> Now {
    let watch = Arc::clone(watch);
    Arc::new(move || {
        watch.look();
        Utc::now()
    })
}

/// The pages being served, and what the settings say of them that has them served anew.
pub(super) struct Served {
    pub(super) server: Server,
    web: Web,
    /// A place for which these were begun anew, since others had been in the way in vain: nobody is
    /// sent away for it again.
    pub(super) in_vain: Option<SocketAddr>,
}

impl Served {
    /// Whether they are to be at another place, or with other files of a certificate.
    pub(super) fn is_otherwise(&self, web: &Web) -> bool {
        let (now, wanted) = (&self.web, web);
        (now.listen, &now.certificate, &now.key)
            != (wanted.listen, &wanted.certificate, &wanted.key)
    }

    /// Whether it may be for these that nobody can listen at `place`.
    fn is_in_the_way(&self, place: SocketAddr) -> bool {
        self.in_vain != Some(place) && overlap(self.web.listen, place)
    }
}

/// Serves the pages as the settings in force want them from now on. Where such a place or
/// certificate cannot be had, those that are `served` already stay as they are, or are begun anew so.
///
/// # Errors
/// [`WebError`] for why they are not served so.
pub(super) fn serve_as_wanted(served: &mut Option<Served>, need: &Use<'_>) -> Result<(), WebError> {
    let web = need.in_force.settings().web.clone();
    let before = served.as_ref().map(|one| one.web.clone());
    let opened = match BoundListener::open(&web) {
        // The pages themselves may be what is in the way.
        Err(WebError::Listen { taken: true, .. })
            if (served.as_ref()).is_some_and(|served| served.is_in_the_way(web.listen)) =>
        {
            *served = None;
            BoundListener::open(&web)
        }
        opened => opened,
    };
    let failed = match opened {
        Ok(door) => {
            // Whoever looks on is told first that the former ones have gone.
            *served = None;
            let started = start(door, web, need.clone())?;
            if before.is_some() {
                // Nothing is known of the new address yet, and somebody has just changed it.
                started.server.site.look_again.notify_one();
            }
            *served = Some(started);
            return Ok(());
        }
        Err(failed) => failed,
    };
    if let (None, Some(before)) = (&served, before) {
        let door = BoundListener::open(&before)?;
        *served = Some(Served {
            in_vain: Some(web.listen),
            ..start(door, before, need.clone())?
        });
    }
    if let Some(served) = served {
        served.server.site.set_stays(Some(failed.to_string()));
    }
    Err(failed)
}

/// Whether nobody can listen at the one while somebody does at the other.
fn overlap(one: SocketAddr, other: SocketAddr) -> bool {
    let (ip, with) = (one.ip().to_canonical(), other.ip().to_canonical());
    one.port() == other.port() && (ip == with || ip.is_unspecified() || with.is_unspecified())
}

fn start(door: BoundListener, web: Web, need: Use<'_>) -> Result<Served, WebError> {
    let missing = need.complaints.is_none();
    let mut site = Site::following(need.in_force.clone(), need.complaints, need.time);
    site.jobs = need.jobs.clone();
    site.links = need.links;
    let data = need.data.to_owned();
    site.staff = (need.pcs).map(|pcs| StaffPages::new(pcs, data, filing::teller()));
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
    site.set_own_address(address::own(door.is_encrypted(), door.address));
    let base = site.address();
    let trouble = if missing {
        Some(PagesTrouble::NoComplaints)
    } else {
        base.is_none().then_some(PagesTrouble::NoNetwork)
    };
    need.pages.set(PagesState { base, trouble });
    (need.told)();
    let told = need.told;
    let server = server::serve(
        door,
        site,
        need.data.to_owned(),
        need.bus.changes(is_of_incident),
        need.pages.clone(),
        Box::new(move || told()),
    )?;
    Ok(Served {
        server,
        web,
        in_vain: None,
    })
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
