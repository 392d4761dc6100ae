//! Listens, and answers every connection with the pages: on a runtime of its own, so that nothing
//! that strangers do ever holds up the tablet's screen. What waits for the disk is worked on by
//! another one, so that it never holds up the way out.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::{oneshot, watch};
use tracing::info;

use super::connections::{ConnectionPermit, Connections};
use super::refused::Kind;
use super::tls::{Certificates, TlsError};
use super::watching::{self, Watch};
use super::{App, Peer, Site};
use crate::service::address;
use crate::service::pages::Pages;
use crate::threads::join;

/// How long the head of a request may take, and how long a connection may be silent.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection lives at most; whoever goes on opens another.
const LIFETIME: Duration = Duration::from_secs(60);
/// What is left to it then to take its last answer.
const LAST_ANSWER: Duration = Duration::from_secs(10);
/// Threads of the runtime: a slow visitor never waits for another, and the screen keeps a core.
const WORKERS: usize = 2;
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
pub struct BoundListener {
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    /// Where it is in fact.
    pub address: SocketAddr,
}

impl BoundListener {
    /// Whether what is served there is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.certificates.is_some()
    }

    /// Takes the place that the settings name.
    ///
    /// # Errors
    /// [`WebError::Listen`] and [`WebError::Tls`].
    pub fn open(web: &crate::config::settings::Web) -> Result<Self, WebError> {
        let certificates = match (&web.certificate, &web.key) {
            (Some(certificate), Some(key)) => Some(Arc::new(Certificates::load(certificate, key)?)),
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
    ending: Arc<Mutex<Ending>>,
}

/// Whether the pages have stopped being served, and who wants to know.
#[derive(Default)]
struct Ending {
    over: bool,
    then: Option<Box<dyn FnOnce() + Send>>,
}

/// Tells of the end, however it comes.
struct TellEnd(Arc<Mutex<Ending>>);

impl Drop for TellEnd {
    fn drop(&mut self) {
        let mut ending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ending.over = true;
        let then = ending.then.take();
        drop(ending);
        if let Some(then) = then {
            then();
        }
    }
}

impl Server {
    /// Has `then` called once the pages are served no longer, whatever the reason; at once where
    /// that is so already.
    pub fn when_over(&self, then: Box<dyn FnOnce() + Send>) {
        let mut ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
        if !ending.over {
            ending.then = Some(then);
            return;
        }
        drop(ending);
        then();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            join(thread);
        }
        address::say_served(&self.data, None);
        address::say_door(&self.data, None);
        self.site.refused.end();
    }
}

/// Serves `site` at `door`. `changes` says when the journal of the data directory `data` has
/// grown.
///
/// # Errors
/// [`WebError::Thread`].
pub fn serve(
    door: BoundListener,
    site: Site,
    data: PathBuf,
    changes: watch::Receiver<()>,
    pages: Pages,
    told: Box<dyn Fn() + Send + Sync>,
) -> Result<Server, WebError> {
    let runtime = workers("pages")?;
    let desk = workers("pages-desk")?;
    let (stop, stopped) = oneshot::channel::<()>();
    let site = Arc::new(site);
    let app = App::new(Arc::clone(&site)).with_desk(desk.handle().clone());
    let watch = Watch {
        site: Arc::clone(&site),
        data: data.clone(),
        listening: door.address,
        certificates: door.certificates.clone(),
        pages,
        told: Arc::new(told),
    };
    let own_door = address::door(door.is_encrypted(), door.address);
    let scheme = if door.is_encrypted() { "https" } else { "http" };
    let place = format!("{scheme}:{}", door.address.port());
    let ending = Arc::<Mutex<Ending>>::default();
    let over = TellEnd(Arc::clone(&ending));
    let thread = std::thread::Builder::new()
        .name("web".to_owned())
        .spawn(move || {
            let _over = over;
            desk.spawn(watching::all(watch, changes));
            runtime.block_on(async move {
                tokio::select! {
                    () = accept(door, app) => {}
                    _ = stopped => {}
                }
            });
            runtime_ends(runtime);
            runtime_ends(desk);
        })
        .map_err(|error| WebError::Thread(error.to_string()))?;
    // Never an address: that of the tablet is a visitor's where they are one and the same.
    info!(place, "the pages are served");
    address::say_door(&data, Some(&own_door));
    Ok(Server {
        site,
        data,
        stop: Some(stop),
        thread: Some(thread),
        ending,
    })
}

fn workers(name: &str) -> Result<Runtime, WebError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name(name)
        .enable_all()
        .build()
        .map_err(|error| WebError::Thread(error.to_string()))
}

/// Nobody waits for visitors while the program ends.
fn runtime_ends(runtime: Runtime) {
    runtime.shutdown_timeout(Duration::from_millis(200));
}

async fn accept(door: BoundListener, app: App) {
    let Ok(listener) = tokio::net::TcpListener::from_std(door.listener) else {
        return;
    };
    let certificates = door.certificates;
    let connections = Arc::new(Connections::default());
    loop {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of files, most likely: some are given back soon.
                app.site().refused.not_accepted(&error);
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let ip = from.ip().to_canonical();
        let is_proxy = app.site().settings().web.trusted_proxies.contains(&ip);
        let Some(place) = connections.admit(ip, is_proxy) else {
            app.site().refused.note(Kind::Connection);
            continue;
        };
        tokio::spawn(welcome(stream, place, certificates.clone(), app.clone()));
    }
}

async fn welcome(
    stream: TcpStream,
    place: ConnectionPermit,
    certificates: Option<Arc<Certificates>>,
    app: App,
) {
    let (Ok(from), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
        return;
    };
    // Answers are written at once.
    #[expect(
        clippy::unused_result_ok,
        reason = "where the system cannot, they are written a little later"
    )]
    stream.set_nodelay(true).ok();
    let peer = Peer {
        ip: from.ip(),
        local,
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
    match shaken {
        Ok(Ok(stream)) => attend(stream, place, peer, app).await,
        _ => app.site().refused.note(Kind::Encryption),
    }
}

async fn attend<S>(stream: S, place: ConnectionPermit, peer: Peer, app: App)
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
            #[expect(clippy::unused_result_ok, reason = "it has lived long enough, however it ends")]
            tokio::time::timeout(LAST_ANSWER, connection).await.ok();
        }
    }
}
