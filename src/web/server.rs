//! Listens, and answers every connection with the pages: on a runtime of its own, so that nothing
//! that strangers do ever holds up the tablet's screen.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{oneshot, watch};

use super::connections::{Connections, Place};
use super::situation::Situation;
use super::tls::{Certificates, TlsError};
use super::{App, Peer, Site};
use crate::service::pages::{Pages, PagesState, PagesTrouble};
use crate::service::records::Records;
use crate::service::{address, light_plan};

/// How long the head of a request may take, and how long a connection may be silent.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection lives at most; whoever goes on opens another.
const LIFETIME: Duration = Duration::from_secs(60);
/// What is left to it then to take its last answer.
const LAST_ANSWER: Duration = Duration::from_secs(10);
/// Threads of the runtime: a slow visitor never waits for another, and the screen keeps a core.
const WORKERS: usize = 2;
/// Entries come in groups; the pages look at the journal once a group.
const GROUP: Duration = Duration::from_millis(100);
/// How often what is past its keeping is looked for.
const ERASE_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often the tablet tries its own address, and how soon after the start.
const TRIED_EVERY: Duration = Duration::from_secs(5 * 60);
const FIRST_TRY: Duration = Duration::from_secs(5);
/// How long something that ended counts as news.
const LOOK_BACK: chrono::Duration = chrono::Duration::hours(2);

/// Why no pages are served.
#[derive(Debug, Error)]
pub enum WebError {
    /// The port is taken, or may not be used.
    #[error("{address}: {detail}")]
    Listen {
        /// Where the pages should be served.
        address: SocketAddr,
        /// Whether another program is there already.
        taken: bool,
        /// The system's words.
        detail: String,
    },
    /// The connection cannot be encrypted as the settings ask for.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The system has no threads to give; its words.
    #[error("no thread for the pages: {0}")]
    Thread(String),
}

/// A place to serve pages at, taken but not served yet.
pub struct Door {
    listener: TcpListener,
    certificates: Option<Certificates>,
    /// Where it is in fact.
    pub address: SocketAddr,
}

impl Door {
    /// Takes the place that the settings name.
    ///
    /// # Errors
    /// [`WebError::Listen`] and [`WebError::Tls`].
    pub fn open(web: &crate::settings::Web) -> Result<Self, WebError> {
        let certificates = match (&web.certificate, &web.key) {
            (Some(certificate), Some(key)) => Some(Certificates::load(certificate, key)?),
            _ => None,
        };
        let failed = |error: std::io::Error| WebError::Listen {
            address: web.listen,
            taken: error.kind() == std::io::ErrorKind::AddrInUse,
            detail: error.to_string(),
        };
        let listener = TcpListener::bind(web.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            certificates,
            address,
        })
    }
}

/// The pages being served. Dropping it ends that.
pub struct Server {
    /// What the pages are made from.
    pub site: Arc<Site>,
    data: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed by its own hook.
            let _ = thread.join();
        }
        // Who looks on does without, if it cannot be told.
        address::tell_served(&self.data, None).ok();
    }
}

/// Serves `site` at `door`. `changes` says when the journal of the data directory `data` has
/// grown.
///
/// # Errors
/// [`WebError::Thread`].
pub fn serve(
    door: Door,
    site: Site,
    data: PathBuf,
    changes: watch::Receiver<()>,
    pages: Pages,
    told: Box<dyn Fn() + Send>,
) -> Result<Server, WebError> {
    let address = door.address;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("pages")
        .enable_all()
        .build()
        .map_err(|error| WebError::Thread(error.to_string()))?;
    let (stop, stopped) = oneshot::channel::<()>();
    let site = Arc::new(site);
    let app = App::new(Arc::clone(&site));
    let place = data.clone();
    let thread = std::thread::Builder::new()
        .name("web".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                draw_floor_plan(Arc::clone(app.site()));
                tokio::spawn(follow(Arc::clone(app.site()), data.clone(), changes));
                tokio::spawn(try_address(
                    Arc::clone(app.site()),
                    data,
                    address,
                    pages,
                    told,
                ));
                tokio::spawn(erase_what_is_past(Arc::clone(app.site())));
                tokio::select! {
                    () = accept(door, app) => {}
                    _ = stopped => {}
                }
            });
            runtime_ends(runtime);
        })
        .map_err(|error| WebError::Thread(error.to_string()))?;
    Ok(Server {
        site,
        data: place,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// Nobody waits for visitors while the program ends.
fn runtime_ends(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_timeout(Duration::from_millis(200));
}

async fn accept(door: Door, app: App) {
    let Ok(listener) = tokio::net::TcpListener::from_std(door.listener) else {
        return;
    };
    let certificates = door.certificates.map(Arc::new);
    let connections = Arc::new(Connections::default());
    loop {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(_) => {
                // Out of files, most likely: some are given back soon.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Some(place) = connections.admit(from.ip()) else {
            continue;
        };
        tokio::spawn(welcome(stream, place, certificates.clone(), app.clone()));
    }
}

async fn welcome(
    stream: TcpStream,
    place: Place,
    certificates: Option<Arc<Certificates>>,
    app: App,
) {
    let (Ok(from), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
        return;
    };
    // Answers are written at once.
    stream.set_nodelay(true).ok();
    let peer = Peer {
        ip: from.ip(),
        local: local.ip(),
        encrypted: certificates.is_some(),
    };
    let Some(certificates) = certificates else {
        return attend(stream, place, peer, app).await;
    };
    let shaking = tokio::time::timeout(
        HEAD_TIMEOUT,
        certificates.acceptor(Instant::now()).accept(stream),
    );
    let shaken = tokio::select! {
        shaken = shaking => shaken,
        () = place.served.closed() => return,
    };
    if let Ok(Ok(stream)) = shaken {
        attend(stream, place, peer, app).await;
    }
}

async fn attend<S>(stream: S, place: Place, peer: Peer, app: App)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let served = place.served.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        let (app, served) = (app.clone(), served.clone());
        request.extensions_mut().insert(served.clone());
        async move {
            let answer = app.answer(request, peer).await;
            served.is_answered();
            Ok::<_, std::convert::Infallible>(answer)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        // Visitors who go away in the middle are nobody's fault.
        _ = connection.as_mut() => {}
        () = place.served.closed() => {}
        () = tokio::time::sleep(LIFETIME) => {
            connection.as_mut().graceful_shutdown();
            tokio::time::timeout(LAST_ANSWER, connection).await.ok();
        }
    }
}

/// Makes the picture of the floor plan, away from everything else.
fn draw_floor_plan(site: Arc<Site>) {
    // Until it is there the pages say the same in words.
    tokio::task::spawn_blocking(move || {
        let settings = site.settings();
        let branch = &settings.branch;
        let plan = light_plan::make(branch.floor_plan.clone(), branch.you_are_here).ok();
        site.set_floor_plan(plan.filter(|plan| !plan.png.is_empty()));
    });
}

/// Keeps up with whether people are leaving.
async fn follow(site: Arc<Site>, data: PathBuf, mut changes: watch::Receiver<()>) {
    loop {
        let now = site.now();
        // Opened anew each time: a journal that cannot be read now may be read later.
        let live = Records::open(&data).and_then(|records| records.live(now - LOOK_BACK));
        let mut wait = Duration::from_secs(60 * 60);
        if let Ok(incidents) = live {
            let (situation, next) = Situation::of(&incidents, &site.plan, now);
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
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Tries every few minutes whether what the codes carry leads here.
async fn try_address(
    site: Arc<Site>,
    data: PathBuf,
    listening: SocketAddr,
    pages: Pages,
    told: Box<dyn Fn() + Send>,
) {
    // Once the door is served, the first try can succeed.
    let mut wait = FIRST_TRY;
    loop {
        tokio::time::sleep(wait).await;
        wait = TRIED_EVERY;
        let (there, place) = (Arc::clone(&site), data.clone());
        let tried = tokio::task::spawn_blocking(move || try_once(&there, &place, listening));
        if let Ok(state) = tried.await
            && pages.set(state)
        {
            told();
        }
    }
}

fn try_once(site: &Site, data: &Path, listening: SocketAddr) -> PagesState {
    // The network may have given the tablet another address meanwhile.
    let base = address::base(&site.settings().web, listening);
    let trouble = match &base {
        None => Some(PagesTrouble::NoNetwork),
        Some(now) if !site.reach.leads_here(now, &site.new_token()) => {
            Some(PagesTrouble::NotHere(now.clone()))
        }
        Some(now) => address::printed(data)
            .filter(|printed| printed != now)
            .map(|printed| PagesTrouble::Moved {
                printed,
                now: now.clone(),
            }),
    };
    let state = PagesState { base, trouble };
    // Who looks on does without, if it cannot be told.
    address::tell_served(data, state.good_base()).ok();
    state
}

async fn erase_what_is_past(site: Arc<Site>) {
    loop {
        let there = Arc::clone(&site);
        let years = site.settings().complaint.retention_years;
        // What fails today is done tomorrow.
        tokio::task::spawn_blocking(move || {
            there.complaints.erase_what_is_past(years, there.now())
        })
        .await
        .ok();
        tokio::time::sleep(ERASE_EVERY).await;
    }
}
