//! The pages on a real port: silent visitors, crowds, certificates, a port that is taken.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use chrono::Utc;
use lobby_kiosk::app::checkup::Running;
use lobby_kiosk::config::settings::Web;
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic};
use lobby_kiosk::domain::evacuation::EvacuationEvent;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::i18n::jobs;
use lobby_kiosk::i18n::pages::trouble;
use lobby_kiosk::service::address;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::jobs::JobId;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::web::server::{BoundListener, WebError};

use crate::pages::FIRM;
use crate::served::Served;

/// The pages of `data`.
fn serve(data: &Path) -> Served {
    Served::alone(data, |_, _| ()).0
}

/// Has a fire's evacuation run whose start can no longer be taken back, and waits until the pages
/// say so.
pub fn start_fire(served: &Served, journal: &Journal) {
    let (ids, began) = (Ids::new(), Utc::now() - chrono::Duration::seconds(10));
    let id = IncidentId::from(ids.next(began));
    let record = |event| {
        let draft = Draft {
            id: ids.next(began).into(),
            at: began,
            actor: None,
            topic: incident_topic(&id),
            event: Event::Incident(event),
        };
        journal.append_and_wait(draft).unwrap();
    };
    record(IncidentEvent::Started {
        type_id: "fire".into(),
        name: Text::new([(Lang::ZH_CN, "火灾"), (Lang::EN, "Fire")]),
        plan: "2026-11-23".into(),
        digest: None,
    });
    let leave = EvacuationEvent::Started {
        opened: false,
        because: None,
    };
    record(IncidentEvent::Evacuation(leave));
    // Asked until it is there, as a phone does; the last try fails the test.
    let live = (0..5_000).any(|_| served.ask("/evacuate?lang=en").contains("refresh: 10"));
    assert!(live, "the phones are not told");
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
    let (served, journal) = Served::alone(dir.path(), |_, _| ());
    start_fire(&served, &journal);
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
    }) = BoundListener::open(&web)
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
    let refused = BoundListener::open(&web).err().unwrap().to_string();
    assert!(refused.contains("tls.crt"), "{refused}");

    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    let refused = BoundListener::open(&web).err().unwrap().to_string();
    assert!(refused.contains("tls.key"), "{refused}");
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    assert!(BoundListener::open(&web).is_ok());

    let data = tempfile::tempdir().unwrap();
    let toml = format!("[web]\ncertificate = {certificate:?}\nkey = {key:?}\n{FIRM}");
    std::fs::write(data.path().join("kiosk.toml"), toml).unwrap();
    let served = serve(data.path());
    let trusting = ureq::tls::TlsConfig::builder()
        .disable_verification(true)
        .build();
    let agent = ureq::Agent::config_builder()
        .tls_config(trusting)
        .build()
        .new_agent();
    let address = format!("https://{}/complaint?lang=en", served.address);
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
    let elsewhere = "http://127.0.0.1:9";
    let (served, _journal) = Served::alone(dir.path(), |settings, _| {
        settings.web.public_url = Some(elsewhere.to_owned());
    });
    served.wait_until_told();
    let state = served.pages.get();
    assert_eq!(state.base.as_deref(), Some(elsewhere));
    let trouble = trouble::pages(&Lang::EN, &state.trouble.unwrap());
    assert!(trouble.contains("Codes do not lead here"), "{trouble}");
    let health = served.server.site.jobs.health();
    let test = &health[&JobId::AddressTest];
    assert!(test.failing, "that it was tried is not that it works");
    assert_eq!(test.last_failure.as_ref().unwrap().1, elsewhere);
    assert_eq!(
        jobs::short(&Lang::EN, &health),
        None,
        "the banner says it once"
    );
}

#[test]
fn the_tablet_notices_that_posters_lead_to_its_former_address() {
    let dir = tempfile::tempdir().unwrap();
    let former = "http://192.168.1.9:8080";
    address::remember_printed(dir.path(), former).unwrap();
    let (served, _journal) = Served::alone(dir.path(), |settings, address| {
        settings.web.public_url = Some(format!("http://{address}"));
    });
    served.wait_until_told();
    let trouble = trouble::pages(&Lang::EN, &served.pages.get().trouble.unwrap());
    assert!(trouble.contains(former), "{trouble}");
    let now = format!("http://{}", served.address);
    assert!(trouble.contains(&now), "{trouble}");
    // They still lead here from the screens, the second display's as well.
    assert_eq!(address::served(dir.path()), Some(now));
    drop(served);
    assert_eq!(address::served(dir.path()), None);
}

#[test]
fn whoever_runs_check_beside_hears_what_the_kiosk_fails_at() {
    let dir = tempfile::tempdir().unwrap();
    let (served, _journal) = Served::alone(dir.path(), |_, _| ());
    let running = || Running::on(dir.path());
    let job = served.server.site.jobs.job(JobId::Retention, None);
    job.failed("disk full");
    let health = running().expect("an answer").health;
    assert!(health[&JobId::Retention].failing);
    let said = jobs::failing(&Lang::EN, &health);
    assert_eq!(
        said,
        [
            "the running kiosk fails at erasing what is past its keeping, begun anew 0 times: disk full"
        ]
    );
    let said = jobs::short(&Lang::ZH_CN, &health).unwrap();
    assert!(said.contains("清除超过保存期的内容"), "{said}");
    job.succeeded();
    let health = running().expect("an answer").health;
    assert!(jobs::failing(&Lang::EN, &health).is_empty());
    drop(served);
    assert!(running().is_none());
}
