//! The pages as a process of their own, and files that somebody edits while it runs: what is written
//! takes effect, and what is broken leaves what was there.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lobby_kiosk::app::checkup::Running;
use lobby_kiosk::config::plan_file::BUILT_IN;
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::plan_event::{PLAN_TOPICS, PlanEvent};
use lobby_kiosk::service::jobs::JobId;
use lobby_kiosk::store::Reader;

use crate::check::{answer, kiosk};

/// A page that has not become what it should by then never will.
const PATIENCE: Duration = Duration::from_secs(30);

/// `lobby-kiosk serve`, ended with this.
struct Serve {
    child: Child,
    address: SocketAddr,
}

impl Serve {
    fn start(data: &Path, address: SocketAddr) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(["--lang", "en", "--data"])
            .arg(data)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // It says where it serves once it does.
        let mut said = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut said).unwrap();
        assert!(said.contains(&address.to_string()), "{said}");
        Self { child, address }
    }

    fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Asks for a page until it is as `wanted`.
    fn wait(&self, path: &str, wanted: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        loop {
            let page = self.page(path);
            if wanted(&page) {
                return;
            }
            assert!(Instant::now() < until, "{path} stays as it was:\n{page}");
        }
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A branch at a port that was free a moment ago.
fn branch(phone: &str, address: SocketAddr) -> String {
    format!(
        "[branch]\nexits = [\"Stairs east\"]\n[complaint]\nphone = \"{phone}\"\n\
         [web]\nlisten = \"{address}\"\npublic_url = \"http://{address}\"\n"
    )
}

fn place() -> SocketAddr {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap()
}

#[test]
fn what_somebody_edits_takes_effect_and_what_is_broken_leaves_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let (data, address) = (dir.path(), place());
    let settings = data.join("kiosk.toml");
    fs::write(&settings, branch("021-58881111", address)).unwrap();
    let serve = Serve::start(data, address);
    assert!(serve.page("/complaint").contains("021-58881111"));

    fs::write(&settings, branch("021-58882222", address)).unwrap();
    serve.wait("/complaint", |page| page.contains("021-58882222"));
    fs::write(&settings, "[complaint\nphone = 7").unwrap();
    // As an editor saves: under another name first.
    fs::write(data.join("new"), branch("021-58883333", address)).unwrap();
    let page = serve.page("/complaint");
    assert!(page.contains("021-58882222"), "{page}");
    fs::rename(data.join("new"), &settings).unwrap();
    serve.wait("/complaint", |page| page.contains("021-58883333"));

    assert!(serve.page("/evacuate").contains("<dt>Fire</dt>"));
    let plan = BUILT_IN.replace("en = \"Fire\"", "en = \"Fire and smoke\"");
    assert_ne!(plan, BUILT_IN);
    fs::write(data.join("plan.toml"), &plan).unwrap();
    serve.wait("/evacuate", |page| page.contains("<dt>Fire and smoke</dt>"));

    let picture = |serve: &Serve| serve.page("/floor-plan.png");
    // It is made while the pages are being served already.
    serve.wait("/floor-plan.png", |page| page.starts_with("HTTP/1.1 200"));
    let sample = picture(&serve);
    assert!(sample.starts_with("HTTP/1.1 200"));
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400">
        <rect x="20" y="20" width="560" height="360" fill="none" stroke="#000" stroke-width="8"/>
        <path d="M300 20 V380" stroke="#000" stroke-width="8"/></svg>"##;
    fs::write(data.join("floor.svg"), svg).unwrap();
    let own = branch("021-58883333", address)
        .replace("[complaint]", "floor_plan = \"floor.svg\"\n[complaint]");
    fs::write(&settings, &own).unwrap();
    serve.wait("/floor-plan.png", |page| page != sample);
    let first = picture(&serve);
    fs::write(data.join("floor.svg"), svg.replace("M300", "M200")).unwrap();
    serve.wait("/floor-plan.png", |page| page != first);
    drop(serve);
    let serve = Serve::start(data, address);
    let elsewhere = place();
    fs::write(
        &settings,
        own.replace(&address.to_string(), &elsewhere.to_string()),
    )
    .unwrap();
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect(elsewhere).is_err() {
        assert!(Instant::now() < until, "the pages stay where they were");
    }
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < until, "they are still where they were");
    }
    drop(serve);

    // Each plan that ran stands in the journal, under its digest.
    let reader = Reader::open(data).unwrap();
    let last = reader.last_topic(PLAN_TOPICS).unwrap().unwrap();
    let entries = reader.entries(&last).unwrap();
    let Ok(Event::Plan(PlanEvent::InForce { text, .. })) = entries[0].event() else {
        panic!("{entries:?}");
    };
    assert_eq!(text, plan);
}

#[test]
fn a_file_that_the_settings_name_is_no_fault_once_it_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let (data, address) = (dir.path(), place());
    let settings = data.join("kiosk.toml");
    let plain = branch("021-58881111", address);
    fs::write(&settings, &plain).unwrap();
    let serve = Serve::start(data, address);
    let faults = || {
        let log = fs::read_to_string(data.join("diagnosis.log")).unwrap_or_default();
        let last = log.lines().rfind(|line| line.contains("in force version="));
        last.and_then(|line| line.rsplit_once("faults=")?.1.parse().ok())
    };
    let wait = |wanted: u32| {
        let until = Instant::now() + PATIENCE;
        while faults() != Some(wanted) {
            assert!(
                Instant::now() < until,
                "{:?} faults, not {wanted}",
                faults()
            );
        }
    };
    wait(0);
    let named = "[web]\ncertificate = \"tls.crt\"\nkey = \"tls.key\"\n";
    fs::write(&settings, plain.replace("[web]\n", named)).unwrap();
    wait(2);
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(data.join("tls.key"), made.signing_key.serialize_pem()).unwrap();
    fs::write(data.join("tls.crt"), made.cert.pem()).unwrap();
    wait(0);
    drop(serve);
}

#[test]
fn a_certificate_spoiled_while_it_is_used_is_said_and_the_former_one_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (data, address) = (dir.path(), place());
    let named = format!(
        "[web]\nlisten = \"{address}\"\npublic_url = \"https://{address}\"\n\
         certificate = \"tls.crt\"\nkey = \"tls.key\"\n"
    );
    let made = rcgen::generate_simple_self_signed([address.ip().to_string()]).unwrap();
    fs::write(data.join("tls.key"), made.signing_key.serialize_pem()).unwrap();
    fs::write(data.join("tls.crt"), made.cert.pem()).unwrap();
    fs::write(data.join("kiosk.toml"), named).unwrap();
    let serve = Serve::start(data, address);
    let wait = |what: &str, wanted: &dyn Fn() -> bool| {
        let until = Instant::now() + PATIENCE;
        while !wanted() {
            assert!(Instant::now() < until, "{what}");
        }
    };
    // From here on nobody looks by themselves for minutes.
    wait("the address is never tried", &|| {
        let running = Running::on(data);
        running.is_some_and(|kiosk| kiosk.health[&JobId::AddressTest].last_success.is_some())
    });
    let last = || {
        let log = fs::read_to_string(data.join("diagnosis.log")).unwrap_or_default();
        let last = log.lines().rfind(|line| line.contains("pages for phones"));
        last.unwrap_or_default().to_owned()
    };
    fs::write(data.join("tls.crt"), "garbage").unwrap();
    wait("nobody says it", &|| last().contains("Renewal"));
    let (code, lines) = answer(&kiosk(data, "en", &["check"]));
    assert_eq!(code, Some(1), "{lines:?}");
    let said = lines
        .iter()
        .find(|line| line.contains("the former one still is"));
    assert!(
        said.is_some_and(|said| said.contains("tls.crt")),
        "{lines:?}"
    );
    fs::write(data.join("tls.crt"), made.cert.pem()).unwrap();
    wait("it is said still", &|| !last().contains("Renewal"));
    drop(serve);
}
