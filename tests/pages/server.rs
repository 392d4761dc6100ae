//! The pages on a real port: silent visitors, crowds, certificates, a port that is taken.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use chrono::Utc;
use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic};
use lobby_kiosk::domain::evacuation::EvacuationEvent;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::changes::Changes;
use lobby_kiosk::service::complaints::Complaints;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pages::Pages;
use lobby_kiosk::settings::Web;
use lobby_kiosk::store::Writer;
use lobby_kiosk::web::Site;
use lobby_kiosk::web::server::{self, Door, Server, WebError};

/// Pages being served on a port of the system's choice.
pub struct Served {
    pub address: SocketAddr,
    journal: Journal,
    _server: Server,
}

pub fn serve(data: &Path) -> Served {
    let changes = Changes::default();
    let tell = changes.clone();
    let writer = Writer::open(data).unwrap();
    let journal = Journal::start(writer, Arc::new(move |_| tell.tell())).unwrap();
    let branch = Branch::load(data);
    let complaints = Complaints::open(data, journal.clone()).unwrap();
    let mut settings = (*branch.settings).clone();
    settings.web.listen = "127.0.0.1:0".parse().unwrap();
    let door = Door::open(&settings.web).unwrap();
    let address = door.address;
    let site = Site::new(
        (*branch.plan).clone(),
        settings,
        complaints,
        Arc::new(Utc::now),
    );
    let place = data.to_owned();
    let server = server::serve(
        door,
        site,
        place,
        changes.listen(),
        Pages::default(),
        Box::new(|| {}),
    );
    Served {
        address,
        journal,
        _server: server.unwrap(),
    }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
    }

    /// Has a fire's evacuation run whose start can no longer be taken back, and waits until the
    /// pages say so.
    pub fn start_fire(&self) {
        let (ids, began) = (Ids::new(), Utc::now() - chrono::Duration::seconds(10));
        let id = ids.next(began);
        let record = |event| {
            let draft = Draft {
                id: ids.next(began),
                at: began,
                actor: None,
                topic: incident_topic(&id),
                event: Event::Incident(event),
            };
            self.journal.append_and_wait(draft).unwrap();
        };
        record(IncidentEvent::Started {
            type_id: "fire".into(),
            name: Text::new([("zh_CN", "火灾"), ("en", "Fire")]),
            plan: "2026-11-23".into(),
        });
        let leave = EvacuationEvent::Started { opened: false };
        record(IncidentEvent::Evacuation(leave));
        // Asked until it is there, as a phone does; the last try fails the test.
        let live = (0..5_000).any(|_| self.ask("/evacuate?lang=en").contains("refresh: 10"));
        assert!(live, "the phones are not told");
    }

    /// The whole answer to one request.
    fn ask(&self, path: &str) -> String {
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

#[test]
fn silent_and_dribbling_visitors_are_shown_out() {
    let dir = tempfile::tempdir().unwrap();
    let served = serve(dir.path());
    let mut silent = served.connect();
    let mut half = served.connect();
    half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        .unwrap();
    for one in [&mut silent, &mut half] {
        let mut rest = Vec::new();
        // The end of the stream, well before the read gives up.
        let read = one.read_to_end(&mut rest);
        assert!(read.is_ok(), "{read:?}");
    }
}

#[test]
fn a_crowd_of_silent_visitors_does_not_keep_anybody_out() {
    let dir = tempfile::tempdir().unwrap();
    let served = serve(dir.path());
    let crowd: Vec<TcpStream> = (0..400).map(|_| served.connect()).collect();
    for _ in 0..3 {
        assert!(served.ask("/evacuate").starts_with("HTTP/1.1 200"));
    }
    drop(crowd);
}

#[test]
fn requests_that_are_none_get_an_answer_or_the_door() {
    let dir = tempfile::tempdir().unwrap();
    let served = serve(dir.path());
    for words in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /complaint HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzzz",
    ] {
        let mut stream = served.connect();
        stream.write_all(words).unwrap();
        stream.shutdown(std::net::Shutdown::Write).ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok();
        let answer = String::from_utf8_lossy(&answer);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
    assert!(served.ask("/").starts_with("HTTP/1.1 200"));
}

#[test]
fn an_evacuation_on_the_tablet_reaches_the_phones() {
    let dir = tempfile::tempdir().unwrap();
    let served = serve(dir.path());
    served.start_fire();
}

#[test]
fn a_taken_port_is_told_apart() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let web = Web {
        listen: taken.local_addr().unwrap(),
        ..Web::default()
    };
    let Err(WebError::Listen {
        taken: is_taken,
        address,
        ..
    }) = Door::open(&web)
    else {
        panic!("not refused");
    };
    assert!(is_taken);
    assert_eq!(address, taken.local_addr().unwrap());
}

#[test]
fn a_certificate_encrypts_and_a_broken_one_says_which_file() {
    let dir = tempfile::tempdir().unwrap();
    let (certificate, key) = (dir.path().join("tls.crt"), dir.path().join("tls.key"));
    let web = Web {
        listen: "127.0.0.1:0".parse().unwrap(),
        certificate: Some(certificate.clone()),
        key: Some(key.clone()),
        ..Web::default()
    };
    std::fs::write(&certificate, "nothing").unwrap();
    std::fs::write(&key, "nothing").unwrap();
    let refused = Door::open(&web).err().unwrap().to_string();
    assert!(refused.contains("tls.crt"), "{refused}");

    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    let refused = Door::open(&web).err().unwrap().to_string();
    assert!(refused.contains("tls.key"), "{refused}");
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let door = Door::open(&web).unwrap();
    let address = door.address;

    let data = tempfile::tempdir().unwrap();
    let journal = Journal::start(Writer::open(data.path()).unwrap(), Arc::new(|_| {})).unwrap();
    let branch = Branch::load(data.path());
    let complaints = Complaints::open(data.path(), journal).unwrap();
    let mut settings = (*branch.settings).clone();
    settings.web = web;
    let site = Site::new(
        (*branch.plan).clone(),
        settings,
        complaints,
        Arc::new(Utc::now),
    );
    let (place, changes) = (data.path().to_owned(), Changes::default());
    let _server = server::serve(
        door,
        site,
        place,
        changes.listen(),
        Pages::default(),
        Box::new(|| {}),
    )
    .unwrap();
    let trusting = ureq::tls::TlsConfig::builder()
        .disable_verification(true)
        .build();
    let agent = ureq::Agent::config_builder()
        .tls_config(trusting)
        .build()
        .new_agent();
    let address = format!("https://{address}/complaint?lang=en");
    let body = agent
        .get(&address)
        .call()
        .unwrap()
        .body_mut()
        .read_to_string()
        .unwrap();
    assert!(
        body.contains("name=\"contact\""),
        "encrypted, so that it may ask who writes"
    );
    // Without encryption nothing is to be had there.
    let plain = address.replace("https", "http");
    assert!(agent.get(&plain).call().is_err());
}

#[test]
fn the_tablet_notices_that_its_address_leads_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[web]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:9\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), Arc::new(|_| {})).unwrap();
    let branch = Branch::load(dir.path());
    let complaints = Complaints::open(dir.path(), journal).unwrap();
    let settings = (*branch.settings).clone();
    let door = Door::open(&settings.web).unwrap();
    let site = Site::new(
        (*branch.plan).clone(),
        settings,
        complaints,
        Arc::new(Utc::now),
    );
    let (pages, changes) = (Pages::default(), Changes::default());
    let (told, heard) = channel();
    let place = dir.path().to_owned();
    let tell = Box::new(move || told.send(()).unwrap_or(()));
    let _server = server::serve(door, site, place, changes.listen(), pages.clone(), tell).unwrap();
    heard.recv_timeout(Duration::from_secs(60)).expect("told");
    let state = pages.get();
    assert_eq!(state.base.as_deref(), Some("http://127.0.0.1:9"));
    let trouble = lobby_kiosk::i18n::pages::trouble::pages("en", &state.trouble.unwrap());
    assert!(trouble.contains("Codes do not lead here"), "{trouble}");
}
