//! The pages as the kiosk serves them beside its screen.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use chrono::Utc;
use lobby_kiosk::app::Branch;
use lobby_kiosk::app::serving::{Beside, SCREEN_FIRST, Serving, serve};
use lobby_kiosk::config::settings::{Settings, Web};
use lobby_kiosk::domain::evacuation::EvacuationEvent;
use lobby_kiosk::domain::incident::{Incident, IncidentEvent};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::address;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::complaints::Complaints;
use lobby_kiosk::service::in_force::{InForce, Reading};
use lobby_kiosk::service::jobs::{JobId, Jobs};
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pages::{Pages, PagesTrouble};
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;

/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages beside a screen.
struct Kiosk {
    serving: Serving,
    in_force: InForce,
    pages: Pages,
    jobs: Jobs,
    told: Receiver<()>,
}

impl Kiosk {
    /// Waits until the screen is told of a state that `wanted` likes.
    fn wait(&self, wanted: impl Fn(Option<&PagesTrouble>) -> bool) {
        while !wanted(self.pages.get().trouble.as_ref()) {
            self.told.recv_timeout(PATIENCE).expect("told");
        }
    }
}

/// Serves the branch of `data` at `place`.
fn start(data: &Path, place: SocketAddr) -> Kiosk {
    let journal = Journal::start(Writer::open(data).unwrap(), Arc::new(|_| {})).unwrap();
    let complaints = Complaints::open(data, Recorder::new(journal.clone())).unwrap();
    start_with(data, place, journal, Some(complaints), |_| ())
}

fn start_with(
    data: &Path,
    place: SocketAddr,
    journal: Journal,
    complaints: Option<Arc<Complaints>>,
    arrange: impl FnOnce(&mut Settings),
) -> Kiosk {
    let branch = Branch::load_readonly(data);
    let mut settings = (*branch.settings).clone();
    let reading = branch.reading();
    settings.web.listen = place;
    settings.web.public_url = Some(format!("http://{place}"));
    arrange(&mut settings);
    let pages = Pages::default();
    let (tell, told): (Sender<()>, _) = channel();
    let tell = std::sync::Mutex::new(tell);
    let in_force = InForce::new(Reading {
        settings: Arc::new(settings),
        ..reading
    });
    let jobs = Jobs::default();
    let serving = serve(Beside {
        data: data.to_owned(),
        in_force: in_force.clone(),
        recorder: Recorder::new(journal),
        complaints,
        pages: pages.clone(),
        bus: Bus::default(),
        jobs: jobs.clone(),
        time: Arc::new(Utc::now),
        told: Arc::new(move || tell.lock().unwrap().send(()).unwrap_or(())),
        links: None,
        pcs: None,
        wait: SCREEN_FIRST,
    });
    Kiosk {
        serving,
        in_force,
        pages,
        jobs,
        told,
    }
}

impl Kiosk {
    /// Puts other settings of the pages in force, as an edit of `kiosk.toml` does.
    fn edit(&self, edit: impl FnOnce(&mut Web)) {
        let mut settings = (*self.in_force.settings()).clone();
        edit(&mut settings.web);
        self.in_force.take(Reading {
            settings: Arc::new(settings),
            ..Reading::clone(&self.in_force.now())
        });
        self.serving.follower()();
    }

    /// Waits until the codes carry this address.
    fn wait_for(&self, base: &str) {
        while self.pages.get().good_base() != Some(base) {
            self.told.recv_timeout(PATIENCE).expect("told");
        }
    }
}

/// A place that was free a moment ago.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// The page at `path`, or nothing while none is served.
fn page(place: SocketAddr, path: &str) -> Option<String> {
    let mut answer = ureq::get(format!("http://{place}{path}")).call().ok()?;
    answer.body_mut().read_to_string().ok()
}

#[test]
fn the_screen_is_told_where_and_the_staffs_changes_reach_the_phones() {
    let dir = tempfile::tempdir().unwrap();
    let place = free();
    let Kiosk {
        serving,
        in_force,
        pages,
        told,
        ..
    } = start(dir.path(), place);
    told.recv_timeout(PATIENCE).expect("told");
    let base = format!("http://{place}");
    assert_eq!(pages.get().good_base(), Some(base.as_str()));
    assert!(!page(place, "/complaint").unwrap().contains("021-58881234"));
    let mut settings = (*in_force.settings()).clone();
    settings.complaint.phone = Some("021-58881234".to_owned());
    in_force.take(Reading {
        settings: Arc::new(settings),
        ..Reading::clone(&in_force.now())
    });
    serving.follower()();
    // Asked until it is there, as a phone does; the last try fails the test.
    let changed = |_| page(place, "/complaint").is_some_and(|page| page.contains("021-58881234"));
    assert!((0..5_000).any(changed), "the phones read the old number");
    let follow = serving.follower();
    drop(serving);
    assert_eq!(page(place, "/"), None);
    // The screen may still hold on to it.
    follow();
}

#[test]
fn a_program_that_ends_at_once_waits_for_no_page() {
    let dir = tempfile::tempdir().unwrap();
    let place = free();
    let kiosk = start(dir.path(), place);
    drop(kiosk.serving);
    assert_eq!(kiosk.pages.get().good_base(), None);
    assert_eq!(page(place, "/"), None);
}

#[test]
fn the_screen_goes_on_where_the_port_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = taken.local_addr().unwrap();
    // What a kiosk left behind that was killed.
    address::tell_served(dir.path(), Some("http://192.168.1.20:8080")).unwrap();
    let kiosk = start(dir.path(), place);
    kiosk.told.recv_timeout(PATIENCE).expect("told");
    let trouble = kiosk.pages.get().trouble;
    assert_eq!(trouble, Some(PagesTrouble::Taken(place)));
    assert_eq!(address::served(dir.path()), None);
    // It is tried again by itself, and the screen is told that all is well.
    drop(taken);
    kiosk.wait(|trouble| trouble.is_none());
    assert!(page(place, "/evacuate").is_some());
}

#[test]
fn a_certificate_that_is_mended_is_enough() {
    let dir = tempfile::tempdir().unwrap();
    let (certificate, key) = (dir.path().join("tls.crt"), dir.path().join("tls.key"));
    for file in [&certificate, &key] {
        std::fs::write(file, "nothing").unwrap();
    }
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), Arc::new(|_| {})).unwrap();
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    let place = free();
    let kiosk = start_with(dir.path(), place, journal, Some(complaints), |settings| {
        settings.web.certificate = Some(certificate.clone());
        settings.web.key = Some(key.clone());
    });
    kiosk.wait(|trouble| matches!(trouble, Some(PagesTrouble::Certificate(..))));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    kiosk.wait(|trouble| !matches!(trouble, Some(PagesTrouble::Certificate(..))));
    assert!(std::net::TcpStream::connect(place).is_ok());
}

#[test]
fn without_a_journal_all_but_complaints_is_served_and_they_come_later() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let journal = Journal::in_memory(Arc::new(|_| {})).unwrap();
    let place = free();
    let mut kiosk = start_with(&data, place, journal, None, |_| ());
    let coming = kiosk.serving.coming().expect("a way for them to come");
    kiosk.wait(|trouble| trouble == Some(&PagesTrouble::NoComplaints));
    for path in ["/", "/evacuate", "/contacts", "/privacy"] {
        assert!(page(place, path).is_some(), "{path}");
    }
    for path in ["/complaint", "/status"] {
        let refused = ureq::get(format!("http://{place}{path}"))
            .config()
            .http_status_as_error(false)
            .build()
            .call();
        let mut refused = refused.unwrap();
        assert_eq!(refused.status(), 503, "{path}");
        let body = refused.body_mut().read_to_string().unwrap();
        assert!(
            body.contains("工作人员") && body.contains("tel:110"),
            "{body}"
        );
    }
    // What is on the screen is on the phones, although nothing can be recorded.
    let began = Utc::now() - chrono::Duration::seconds(10);
    let started = IncidentEvent::Started {
        type_id: "fire".into(),
        name: Text::new([(Lang::ZH_CN, "火灾"), (Lang::EN, "Fire")]),
        plan: "2026-11-23".into(),
        digest: None,
    };
    let mut fire = Incident::begin(&"one".into(), &"a".into(), began, &started).unwrap();
    let leave = EvacuationEvent::Started {
        opened: false,
        because: None,
    };
    fire.apply(&"b".into(), began, &IncidentEvent::Evacuation(leave));
    kiosk.serving.viewer()(&[fire]);
    let live = |_| page(place, "/evacuate").is_some_and(|page| page.contains("class=\"leave\""));
    assert!((0..5_000).any(live), "the phones are not told");

    // Once the journal can be opened, complaints are taken in without a restart.
    drop(Writer::open(&data).unwrap());
    coming.recv_timeout(PATIENCE).expect("complaints");
    kiosk.wait(|trouble| trouble.is_none());
    assert!(
        page(place, "/complaint")
            .unwrap()
            .contains("name=\"token\"")
    );
}

#[test]
fn pages_go_where_the_settings_want_them() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (free(), free());
    let kiosk = start(dir.path(), first);
    kiosk.wait_for(&format!("http://{first}"));
    kiosk.edit(|web| {
        web.listen = second;
        web.public_url = Some(format!("http://{second}"));
    });
    kiosk.wait_for(&format!("http://{second}"));
    assert!(page(second, "/evacuate").is_some());
    assert_eq!(page(first, "/"), None);
    // What is over there was taken down on purpose, and takes nothing here with it.
    kiosk.edit(|web| web.hosts = vec!["help.example.com".to_owned()]);
    let called = |name: &str| {
        let asked = ureq::get(format!("http://{second}/evacuate")).header("Host", name);
        asked.call().is_ok()
    };
    let until = Instant::now() + PATIENCE;
    while !called("help.example.com") {
        assert!(
            Instant::now() < until,
            "the pages do not answer to their new name"
        );
    }
    // The same port for the whole network: nobody else holds it than the pages themselves.
    let anywhere = SocketAddr::from(([0, 0, 0, 0], second.port()));
    kiosk.edit(|web| web.listen = anywhere);
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.2", second.port())).is_err() {
        assert!(Instant::now() < until, "the pages stay where they were");
    }
}

#[test]
fn pages_stay_where_they_are_while_they_cannot_go_where_they_should() {
    let dir = tempfile::tempdir().unwrap();
    let first = free();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let second = taken.local_addr().unwrap();
    let kiosk = start(dir.path(), first);
    kiosk.wait_for(&format!("http://{first}"));
    kiosk.edit(|web| web.listen = second);
    kiosk.wait(|trouble| matches!(trouble, Some(PagesTrouble::Stays(_))));
    assert_eq!(
        kiosk.pages.get().good_base(),
        Some(&*format!("http://{first}"))
    );
    assert!(page(first, "/evacuate").is_some());
    let is_failing = || kiosk.jobs.health()[&JobId::Pages].failing;
    assert!(is_failing());
    // Taken back.
    kiosk.edit(|web| web.listen = first);
    kiosk.wait(|trouble| trouble.is_none());
    let until = Instant::now() + PATIENCE;
    while is_failing() {
        assert!(Instant::now() < until, "it is still said that they fail");
    }
    // A certificate that is none.
    kiosk.edit(|web| web.certificate = Some(dir.path().join("none.crt")));
    kiosk.edit(|web| web.key = Some(dir.path().join("none.key")));
    kiosk.wait(|trouble| matches!(trouble, Some(PagesTrouble::Stays(_))));
    assert!(page(first, "/evacuate").is_some());
    kiosk.edit(|web| {
        (web.certificate, web.key) = (None, None);
        web.listen = second;
        web.public_url = Some(format!("http://{second}"));
    });
    let place = second.to_string();
    kiosk.wait(|trouble| matches!(trouble, Some(PagesTrouble::Stays(why)) if why.contains(&place)));
    assert_eq!(kiosk.pages.get().good_base(), None, "nobody is there yet");
    assert!(page(first, "/evacuate").is_some());
    // Tried again by itself.
    drop(taken);
    kiosk.wait(|trouble| trouble.is_none());
    kiosk.wait_for(&format!("http://{second}"));
    assert!(page(second, "/evacuate").is_some());
    assert_eq!(page(first, "/"), None);
}
