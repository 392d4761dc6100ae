//! The pages for phones on a real port of the system's choice.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use chrono::Utc;
use lobby_kiosk::app::Branch;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::complaints::Complaints;
use lobby_kiosk::service::in_force::{InForce, Reading};
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pages::Pages;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;
use lobby_kiosk::web::Site;
use lobby_kiosk::web::server::{self, BoundListener, Server};

/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages being served until this is dropped.
pub struct Served {
    pub address: SocketAddr,
    /// What the tablet knows of them.
    pub pages: Pages,
    told: Receiver<()>,
    pub server: Server,
}

impl Served {
    /// Serves the branch of `data`, whose complaints these are, on loopback. `arrange` may change
    /// the settings once the address is known.
    pub fn of(
        data: &Path,
        complaints: Arc<Complaints>,
        bus: &Bus,
        arrange: impl FnOnce(&mut Settings, SocketAddr),
    ) -> Self {
        Self::prepared(data, complaints, bus, arrange, |_| ())
    }

    /// The same, with something about the site prepared before anybody asks.
    pub fn prepared(
        data: &Path,
        complaints: Arc<Complaints>,
        bus: &Bus,
        arrange: impl FnOnce(&mut Settings, SocketAddr),
        prepare: impl FnOnce(&mut Site),
    ) -> Self {
        let branch = Branch::load_readonly(data);
        let mut settings = (*branch.settings).clone();
        settings.web.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let door = BoundListener::open(&settings.web).unwrap();
        let address = door.address;
        arrange(&mut settings, address);
        let reading = Reading {
            settings: Arc::new(settings),
            ..branch.reading()
        };
        let mut site = Site::following(InForce::new(reading), complaints, Arc::new(Utc::now));
        prepare(&mut site);
        let pages = Pages::default();
        let (tell, told) = channel();
        let server = server::serve(
            door,
            site,
            data.to_owned(),
            bus.changes(|_| true),
            pages.clone(),
            Box::new(move || tell.send(()).unwrap_or(())),
        );
        Self {
            address,
            pages,
            told,
            server: server.unwrap(),
        }
    }

    /// The same with a journal of its own, which tells the pages what happens.
    pub fn alone(data: &Path, arrange: impl FnOnce(&mut Settings, SocketAddr)) -> (Self, Journal) {
        Self::alone_prepared(data, arrange, |_| ())
    }

    /// The same, with something about the site prepared before anybody asks.
    pub fn alone_prepared(
        data: &Path,
        arrange: impl FnOnce(&mut Settings, SocketAddr),
        prepare: impl FnOnce(&mut Site),
    ) -> (Self, Journal) {
        let bus = Bus::default();
        let writer = Writer::open(data).unwrap();
        let journal = Journal::start(writer, bus.notify()).unwrap();
        let complaints = Complaints::open(data, Recorder::new(journal.clone())).unwrap();
        let served = Self::prepared(data, complaints, &bus, arrange, prepare);
        (served, journal)
    }

    /// Waits until the tablet has been told that something about the pages has changed.
    pub fn wait_until_told(&self) {
        self.told.recv_timeout(PATIENCE).expect("told");
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The whole answer to one request.
    pub fn ask(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}
