//! The pages for phones in a test: the real journal and site on a real directory, asked without
//! a network.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, Request, Response};
use chrono::{DateTime, TimeZone, Utc};
use http_body_util::BodyExt;
use lobby_kiosk::app::{Branch, filing};
use lobby_kiosk::domain::ids::ComplaintId;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::complaints::{ComplaintFile, Complaints};
use lobby_kiosk::service::in_force::InForce;
use lobby_kiosk::service::journal::{Journal, Notice};
use lobby_kiosk::service::pcs::Pcs;
use lobby_kiosk::service::people::Here;
use lobby_kiosk::service::phone::Links;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;
use lobby_kiosk::web::staff::StaffPages;
use lobby_kiosk::web::{App, Peer, Site};
use tokio::runtime::Runtime;

/// The moment at which every test begins: 15:42 in Shanghai, a Monday.
pub fn epoch() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

/// The tablet's address, as visitors in the lobby name it.
pub const HERE: &str = "192.168.1.20:8080";

/// Who is responsible for personal data, as a `kiosk.toml` says it: only then is anybody asked who
/// they are.
pub const FIRM: &str =
    "[firm]\nname = \"示例证券股份有限公司\"\ncontact = \"privacy@securities.example.cn\"\n";

/// What a visitor can open.
pub const PATHS: [&str; 6] = [
    "/",
    "/evacuate",
    "/contacts",
    "/complaint",
    "/status",
    "/privacy",
];

/// Pages being asked.
pub struct Pages {
    pub app: App,
    pub data: PathBuf,
    pub runtime: Runtime,
    pub encrypted: bool,
    pub visitor: IpAddr,
    pub journal: Journal,
    pub links: Arc<Links>,
    pub pcs: Arc<Pcs>,
    pub people: Here,
    heard: Arc<Mutex<Vec<Notice>>>,
    now: Arc<Mutex<DateTime<Utc>>>,
}

/// An answer with its body read.
pub struct Answer {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The value of the hidden field `name`.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.body.split(&mark).nth(1).expect("the field");
        rest.split('"').next().unwrap().to_owned()
    }

    /// The receipt's number on the page.
    pub fn receipt(&self) -> String {
        let rest = self
            .body
            .split("id=\"receipt\">")
            .nth(1)
            .expect("a receipt");
        rest.split('<').next().unwrap().to_owned()
    }

    /// What the element with this id says.
    pub fn said(&self, id: &str) -> String {
        let rest = self.body.split(&format!("id=\"{id}\">")).nth(1).expect(id);
        rest.split('<').next().unwrap().to_owned()
    }
}

impl Pages {
    /// The pages of `data`, opened anew.
    pub fn open(data: &Path) -> Self {
        Self::open_at(data, epoch())
    }

    /// The pages of a branch with these settings, in a directory of its own.
    pub fn of(settings: &str) -> (tempfile::TempDir, Self) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("kiosk.toml"), settings).unwrap();
        let pages = Self::open(dir.path());
        (dir, pages)
    }

    pub fn open_at(data: &Path, at: DateTime<Utc>) -> Self {
        Self::arranged(data, at, |_| ())
    }

    /// The same, with something about the site arranged before anybody asks.
    pub fn arranged(data: &Path, at: DateTime<Utc>, arrange: impl FnOnce(&mut Site)) -> Self {
        let writer = Writer::open(data).unwrap();
        let heard = Arc::<Mutex<Vec<Notice>>>::default();
        let hears = Arc::clone(&heard);
        let notify = Arc::new(move |notice| hears.lock().unwrap().push(notice));
        let journal = Journal::start(writer, notify).unwrap();
        let branch = Branch::load(data);
        let complaints = Complaints::open(data, Recorder::new(journal.clone())).unwrap();
        let now = Arc::new(Mutex::new(at));
        let clock = Arc::clone(&now);
        let mut site = Site::following(
            InForce::new(branch.reading()),
            complaints,
            Arc::new(move || *clock.lock().unwrap()),
        );
        let clock = Arc::clone(&now);
        let clock = Clock::new(move || *clock.lock().unwrap());
        let links = Links::of(data, Recorder::with_clock(journal.clone(), clock));
        site.links = Some(Arc::clone(&links));
        let people = Here::of(data);
        let pcs = Pcs::of(Recorder::new(journal.clone()), people.roles());
        site.staff = Some(StaffPages::new(
            Arc::clone(&pcs),
            data.to_owned(),
            filing::teller(),
        ));
        arrange(&mut site);
        Self {
            app: App::new(Arc::new(site)),
            data: data.to_owned(),
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap(),
            encrypted: true,
            visitor: IpAddr::from(Ipv4Addr::new(192, 168, 1, 77)),
            journal,
            links,
            pcs,
            people,
            heard,
            now,
        }
    }

    pub fn complaints(&self) -> Arc<Complaints> {
        self.app.site().complaints().unwrap()
    }

    /// A complaint as the staff read it.
    pub fn file(&self, id: &ComplaintId) -> ComplaintFile {
        let complaints = self.complaints();
        complaints.seals().unlock(None).unwrap();
        let file = complaints.file(id).unwrap();
        complaints.seals().lock();
        file
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub fn set_now(&self, at: DateTime<Utc>) {
        *self.now.lock().unwrap() = at;
    }

    /// Waits until everything handed to the journal is on disk.
    pub fn settle(&self) {
        self.journal.flush().unwrap();
    }

    /// What the journal has said so far.
    pub fn notices(&self) -> Vec<Notice> {
        self.heard.lock().unwrap().clone()
    }

    /// Ends the pages and lets go of the directory.
    pub fn close(self) -> PathBuf {
        self.journal.finish().unwrap();
        self.data
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(self.answer(request))
    }

    pub async fn answer(&self, request: Request<Body>) -> Answer {
        self.answer_to(self.visitor, request).await
    }

    /// The same from another visitor's address.
    pub async fn ask_as(&self, visitor: &str, request: Request<Body>) -> Answer {
        self.answer_to(visitor.parse().unwrap(), request).await
    }

    async fn answer_to(&self, visitor: IpAddr, request: Request<Body>) -> Answer {
        let peer = Peer {
            ip: visitor,
            local: SocketAddr::from(([192, 168, 1, 20], 8080)),
            encrypted: self.encrypted,
        };
        let response: Response<Body> = self.app.answer(request, peer).await;
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(get(path))
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(post(path, &encoded(fields)))
    }

    /// Sends a complaint with a new form; the answer.
    pub fn complain(&self, what: &str) -> Answer {
        let token = self.get("/complaint").hidden("token");
        self.post("/complaint", &fields(&token, what))
    }
}

/// What a sound form holds at least.
pub fn fields<'a>(token: &'a str, what: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("token", token),
        ("about", "service"),
        ("what", what),
        ("consent", "yes"),
    ]
}

pub fn get(path: &str) -> Request<Body> {
    Request::builder()
        .uri(path)
        .header("host", HERE)
        .header("accept-language", "zh-CN,zh;q=0.9,en;q=0.8")
        .body(Body::empty())
        .unwrap()
}

pub fn post(path: &str, body: &str) -> Request<Body> {
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", HERE)
        .header("accept-language", "zh-CN,zh;q=0.9,en;q=0.8")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    body.finish()
}

/// Waits for all of them, which run at the same time.
pub async fn futures_of<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut ready = true;
        for (one, outcome) in &mut all {
            if outcome.is_none() {
                match one.as_mut().poll(context) {
                    std::task::Poll::Ready(done) => *outcome = Some(done),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    all.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
