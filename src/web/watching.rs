//! What the tablet sees to beside answering: whether people are leaving, whether the codes lead
//! here, whether something keeps phones from the pages.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::Site;
use super::situation::Situation;
use super::tls::Certificates;
use crate::diagnosis::kind;
use crate::service::jobs::{Job, JobId};
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::service::records::Records;
use crate::service::{address, floor_plan_thumbnail};

/// Entries come in groups; the pages look at the journal once a group.
const GROUP: Duration = Duration::from_millis(100);
/// How often the tablet tries its own address, and how soon after the start; while something is
/// wrong, that pause grows from the one to the other.
const TRIED_EVERY: Duration = Duration::from_secs(5 * 60);
const FIRST_TRY: Duration = Duration::from_secs(5);
/// How long something that ended counts as news.
const LOOK_BACK: chrono::Duration = chrono::Duration::hours(2);

/// What there is to watch.
#[derive(Clone)]
pub struct Watch {
    /// What the pages are made from.
    pub site: Arc<Site>,
    /// The data directory.
    pub data: PathBuf,
    /// Where the pages are served.
    pub listening: SocketAddr,
    /// The certificate, where there is one.
    pub certificates: Option<Arc<Certificates>>,
    /// What the screen knows of the pages.
    pub pages: Pages,
    /// Tells the screen that this has changed.
    pub told: Arc<dyn Fn() + Send + Sync>,
}

/// Sees to everything, for as long as the pages are served.
pub async fn all(watch: Watch, changes: watch::Receiver<()>) {
    let jobs = watch.site.jobs.clone();
    let drawn = Arc::clone(&watch.site);
    let job = jobs.job(JobId::FloorPlan, None);
    tokio::spawn(always(job, move |job| {
        draw_floor_plan(Arc::clone(&drawn), job)
    }));
    let (site, data) = (Arc::clone(&watch.site), watch.data.clone());
    let job = jobs.job(JobId::Situation, None);
    tokio::spawn(always(job, move |job| {
        follow(Arc::clone(&site), data.clone(), changes.clone(), job)
    }));
    let job = jobs.job(JobId::AddressTest, Some(TRIED_EVERY));
    tokio::spawn(always(job, move |job| try_address(watch.clone(), job)));
}

/// Does a job, and begins it anew where it panicked, with growing pauses; until it comes to its own
/// end.
async fn always<F>(job: Job, work: impl Fn(Job) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while tokio::spawn(work(job.clone()))
        .await
        .is_err_and(|error| error.is_panic())
    {
        tokio::time::sleep(job.panicked()).await;
    }
}

/// Makes the picture of the floor plan, and another whenever that is another. Until it is there the
/// pages say the same in words.
async fn draw_floor_plan(site: Arc<Site>, job: Job) {
    let mut changed = site.changed.subscribe();
    let mut drawn = None;
    loop {
        let wanted = site.in_force.now().floor();
        if drawn.as_ref() != Some(&wanted) {
            let (path, here, _) = wanted.clone();
            let drawing =
                tokio::task::spawn_blocking(move || floor_plan_thumbnail::make(path, here));
            match drawing.await {
                Ok(Ok(plan)) if !plan.png.is_empty() => {
                    site.set_floor_plan(plan);
                    job.succeeded();
                }
                Ok(Err(fault)) => job.failed(kind(&fault.problem)),
                _ => job.failed("no picture"),
            }
            drawn = Some(wanted);
        }
        if changed.changed().await.is_err() {
            return;
        }
    }
}

/// Keeps up with whether people are leaving: as the tablet's own screen has it, or else as it
/// stands in the journal.
async fn follow(site: Arc<Site>, data: PathBuf, mut changes: watch::Receiver<()>, job: Job) {
    let mut live = site.live.subscribe();
    loop {
        let now = site.now();
        let told = live.borrow_and_update().clone();
        let incidents = match told {
            Some(incidents) => Some(incidents),
            None => {
                let data = data.clone();
                // Opened anew each time: a journal that cannot be read now may be read later.
                let reading = tokio::task::spawn_blocking(move || {
                    let live = Records::open(&data).and_then(|one| one.live(now - LOOK_BACK));
                    live.ok().map(Arc::from)
                });
                reading.await.ok().flatten()
            }
        };
        let mut wait = Duration::from_secs(60 * 60);
        match &incidents {
            Some(_) => job.succeeded(),
            None => job.failed("the journal cannot be read"),
        }
        if let Some(incidents) = incidents {
            let (situation, next) = Situation::of(&incidents, &site.in_force, now);
            site.set_situation(situation);
            if let Some(next) = next {
                wait = (next - now).to_std().unwrap_or_default().min(wait);
            }
        }
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() {
                    // The journal has ended, and with it the program.
                    return;
                }
                tokio::time::sleep(GROUP).await;
            }
            _ = live.changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Tries every few minutes whether what the codes carry leads here, and sooner while it does not.
async fn try_address(watch: Watch, job: Job) {
    // Once the door is served, the first try can succeed.
    let mut wait = FIRST_TRY;
    loop {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = watch.site.look_again.notified() => {
                if let Some(certificates) = &watch.certificates {
                    certificates.look_again();
                }
            }
        }
        let there = watch.clone();
        let Ok(state) = tokio::task::spawn_blocking(move || there.look()).await else {
            continue;
        };
        wait = match state.trouble {
            None => TRIED_EVERY,
            Some(_) => (wait * 2).min(TRIED_EVERY),
        };
        address::say_served(&watch.data, state.good_base());
        match (&state.base, &state.trouble) {
            // Where it leads is the branch's own.
            (_, Some(trouble @ PagesTrouble::NotHere(base))) => job.failed_as(&kind(trouble), base),
            (Some(_), _) => job.succeeded(),
            // No word was sent anywhere, and none can be said to have arrived or not.
            (None, _) => job.not_needed(),
        }
        if watch.pages.set(state) {
            (watch.told)();
        }
    }
}

impl Watch {
    /// How it stands with the pages. Waits for the network, up to some seconds.
    fn look(&self) -> PagesState {
        let site = &self.site;
        // The network may have given the tablet another address meanwhile.
        let own = address::own(self.certificates.is_some(), self.listening);
        site.set_own_address(own);
        let base = site.address();
        if let Some(why) = site.stays() {
            // The codes may be wanted for where the pages are not.
            return PagesState {
                base: base.filter(|base| site.reach.leads_here(base)),
                trouble: Some(PagesTrouble::Stays(why)),
            };
        }
        let trouble = self.trouble(base.as_deref());
        PagesState { base, trouble }
    }

    /// The most pressing of what is wrong.
    fn trouble(&self, base: Option<&str>) -> Option<PagesTrouble> {
        let site = &self.site;
        if let Some(base) = base
            && !site.reach.leads_here(base)
        {
            return Some(PagesTrouble::NotHere(base.to_owned()));
        }
        if site.complaints().is_none() {
            return Some(PagesTrouble::NoComplaints);
        }
        if !site.room.is_left() {
            return Some(PagesTrouble::NoRoom);
        }
        let zone = site.settings().branch.time_zone;
        let certificate = self.certificates.as_ref().and_then(|one| {
            let at = Instant::now();
            one.trouble(at, site.now(), zone)
                .or_else(|| one.misfit(at, &site.settings().web))
        });
        let Some(base) = base else {
            return certificate.or(Some(PagesTrouble::NoNetwork));
        };
        certificate.or_else(|| {
            let printed = address::printed(&self.data).filter(|printed| printed != base)?;
            let now = base.to_owned();
            Some(PagesTrouble::Moved { printed, now })
        })
    }
}
