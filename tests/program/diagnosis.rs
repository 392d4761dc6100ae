//! What is written for a diagnosis: enough to see what happened, and nothing that anybody wrote,
//! typed or is.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use lobby_kiosk::app::serving::{Beside, serve};
use lobby_kiosk::diagnosis::{self, Program};
use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::own_file::{DIAGNOSIS, DIAGNOSIS_POSTED};
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::jobs::JobId;
use lobby_kiosk::service::pin;

use crate::kiosk::Kiosk;
use crate::pin::recovery_words;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lobby-kiosk");
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

const PIN: &str = "482915";
const WRONG: &str = "739164";
const WHAT: &str = "独一无二的投诉内容：客户经理欧阳寻南态度差";
const MORE: &str = "独一无二的补充内容：下午又来了一次";
const NAME: &str = "慕容问心";
const PHONE: &str = "13716285940";
const BRANCH_NUMBER: &str = "021-58836172";
const NEW_NUMBER: &str = "021-58836174";
const BROKEN_NUMBER: &str = "0215883-61O9";
/// What both sessions are about, and no log may hold.
const SECRETS: [&str; 8] = [
    PIN,
    WHAT,
    MORE,
    NAME,
    PHONE,
    BRANCH_NUMBER,
    NEW_NUMBER,
    "欧阳寻南",
];

/// The digits of a text alone.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What of `secrets` stands in a log, as it was written or by its digits, whatever signs and spaces
/// part those; letters part two numbers: the process's own and one in the directory's name may
/// follow each other by chance. The times at which lines were written are left out.
fn found<'a>(log: &str, secrets: &[&'a str]) -> Vec<&'a str> {
    let said = |line: &str| line.split_once(' ').map_or("", |(_, said)| said).to_owned();
    let lines: Vec<String> = log.lines().map(said).collect();
    let numbers = lines
        .iter()
        .flat_map(|line| line.split(char::is_alphabetic));
    let numbers: Vec<String> = numbers.map(digits).collect();
    let is_there = |secret: &&&str| {
        let number = digits(secret);
        lines.iter().any(|line| line.contains(**secret))
            || number.len() >= 6 && numbers.iter().any(|line| line.contains(&number))
    };
    secrets.iter().filter(is_there).copied().collect()
}

/// Fails unless a log has all of `expected` and none of `secrets`.
fn assert_log(log: &str, expected: &[&str], secrets: &[&str]) {
    for words in expected {
        assert!(log.contains(words), "{words} is missing:\n{log}");
    }
    assert_eq!(found(log, secrets), Vec::<&str>::new(), "{log}");
    // Each of them would be found.
    for secret in secrets {
        let told = format!("{log}2026-11-27T00:00:00Z INFO told=\"{secret}\"\n");
        assert!(found(&told, secrets).contains(secret), "{secret}");
        let number = digits(secret);
        if number.len() >= 6 {
            let parted: Vec<String> = number.chars().map(String::from).collect();
            let told = format!("{log}2026-11-27T00:00:00Z INFO told={}\n", parted.join("-"));
            assert!(found(&told, secrets).contains(secret), "{secret}");
        }
    }
}

fn log(data: &Path) -> String {
    fs::read_to_string(data.join(DIAGNOSIS)).unwrap()
}

#[test]
fn a_day_at_the_tablet_is_told_without_a_name_a_number_or_a_digit_of_a_pin() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    let settings = format!("[contacts]\nsecurity = \"{BRANCH_NUMBER}\"\n");
    fs::write(data.join("kiosk.toml"), &settings).unwrap();
    pin::set(data, PIN).unwrap();
    let written = diagnosis::begin(data, Program::Kiosk).unwrap();
    let kiosk = Kiosk::start(data);
    // A port that is taken: the pages fail, and the screen goes on.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let services = kiosk.screens.services();
    let mut reading = (*services.settings()).clone();
    reading.web.listen = taken.local_addr().unwrap();
    let current = services.in_force.now();
    services
        .in_force
        .take(lobby_kiosk::service::in_force::Reading {
            settings: Arc::new(reading),
            ..(**current).clone()
        });
    let (tell, told) = std::sync::mpsc::channel();
    let tell = std::sync::Mutex::new(tell);
    let serving = serve(Beside {
        data: data.to_owned(),
        in_force: services.in_force.clone(),
        recorder: Arc::clone(&services.recorder),
        complaints: Some(kiosk.complaints()),
        pages: services.pages.clone(),
        bus: Bus::default(),
        jobs: services.jobs.clone(),
        time: Arc::new(chrono::Utc::now),
        told: Arc::new(move || tell.lock().unwrap().send(()).unwrap_or(())),
        links: None,
        pcs: None,
        wait: Duration::ZERO,
    });
    told.recv_timeout(PATIENCE).expect("told");
    assert!(services.jobs.health()[&JobId::Pages].failing);
    drop(serving);

    let words = ComplaintText {
        what: WHAT.to_owned(),
        name: NAME.to_owned(),
        contact: PHONE.to_owned(),
        ..ComplaintText::default()
    };
    let (id, receipt) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    kiosk.add(&id, MORE);
    for _ in 0..3 {
        kiosk.enter_pin(WRONG);
    }
    kiosk.enter_pin(PIN);
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    kiosk.screens.state().show_numbers();
    kiosk.screens.draw();
    kiosk.tap("number-security-0");
    let (area, rest) = NEW_NUMBER.split_once('-').unwrap();
    kiosk.type_keys(area);
    kiosk.tap("key-minus");
    kiosk.type_keys(rest);
    for control in ["next", "save"] {
        kiosk.tap(control);
        kiosk.wait_for_staff();
    }
    let saved = fs::read_to_string(data.join("kiosk.toml")).unwrap();
    assert!(saved.contains(NEW_NUMBER), "{saved}");
    kiosk.screens.state().show(lobby_kiosk::Screen::Board);
    kiosk.screens.draw();
    kiosk.tap("incident-fire");
    kiosk.tap("note-1");
    kiosk.settle();
    let incident = kiosk.open()[0].id.clone();
    kiosk.set_clock(kiosk.now() + TimeDelta::hours(3));
    kiosk.screens.draw();
    assert!(kiosk.entries(&incident).len() > 1, "the jump is noted");
    kiosk.stop();
    // What panics may say what it stumbled over.
    let fault = std::thread::Builder::new().name("faulty".to_owned());
    let fault = fault.spawn(|| panic!("{NAME}: {PHONE}")).unwrap();
    assert!(fault.join().is_err());
    drop(written);

    let log = log(data);
    let receipt = receipt.grouped();
    let secrets = [&SECRETS[..], &[WRONG, &receipt]].concat();
    assert_log(
        &log,
        &[
            "start version=",
            "program=Kiosk",
            "in force version=1",
            "in force version=2",
            "a job failed job=Pages",
            "a wrong PIN was given",
            "the clock was set by_ms=10800000",
            "panic place=\"tests/program/diagnosis.rs:",
            "thread=\"faulty\"",
        ],
        &secrets,
    );
    let mode = fs::metadata(data.join(DIAGNOSIS)).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

/// `lobby-kiosk serve` on a port that was free a moment ago.
struct Serve {
    child: Child,
    address: SocketAddr,
}

impl Serve {
    fn start(data: &Path, arrange: impl FnOnce(&mut Command)) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        write_settings(data, address, BRANCH_NUMBER);
        let mut command = Command::new(PROGRAM);
        command
            .args(["--lang", "en", "--data"])
            .arg(data)
            .arg("serve")
            .env_remove("JOURNAL_STREAM")
            .env("XDG_STATE_HOME", data.with_extension("state"))
            .stdout(Stdio::piped());
        arrange(&mut command);
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut said).unwrap();
        assert!(said.contains(&address.to_string()), "{said}");
        Self { child, address }
    }

    fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        let request =
            format!("{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        // One that is refused by its head alone may be answered before all of it was sent.
        stream.write_all(request.as_bytes()).ok();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let host = self.address;
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}"), "")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let body = form.extend_pairs(fields).finish();
        let host = self.address;
        let kind = "application/x-www-form-urlencoded";
        let head = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}");
        self.ask(&head, &body)
    }

    /// Ends it as the system does, and waits for that.
    fn end(mut self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", "TERM", &pid]).status();
        assert!(sent.unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn write_settings(data: &Path, address: SocketAddr, number: &str) {
    let text = format!(
        "[contacts]\nsecurity = \"{number}\"\n[web]\nlisten = \"{address}\"\n\
         public_url = \"http://{address}\"\n"
    );
    fs::write(data.join("kiosk.toml"), text).unwrap();
}

/// Asks again until it is so: the other side is another process.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < patience, "waited in vain until {what}");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

fn between(text: &str, before: &str, after: char) -> String {
    let rest = text.split(before).nth(1).expect(before);
    rest.split(after).next().unwrap().to_owned()
}

#[test]
fn the_pages_tell_what_they_refused_by_kind_and_never_whom_nor_what() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    let mut set = Command::new(PROGRAM)
        .args(["--lang", "en", "--data"])
        .arg(&data)
        .arg("pin")
        .env("XDG_STATE_HOME", data.with_extension("state"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(set.stdin.take().unwrap(), "{PIN}").unwrap();
    let set = set.wait_with_output().unwrap();
    assert!(set.status.success(), "{set:?}");
    let printed = String::from_utf8(set.stdout).unwrap();
    let [characters, words] = recovery_words(&printed);

    let serve = Serve::start(&data, |_| ());
    let form = serve.get("/complaint");
    let token = between(&form, "name=\"token\" value=\"", '"');
    let what = format!("{WHAT}，电话 {PHONE}");
    let fields = [
        ("token", token.as_str()),
        ("about", "service"),
        ("what", &what),
        ("consent", "yes"),
    ];
    let answer = serve.post("/complaint", &fields);
    let receipt = between(&answer, "id=\"receipt\">", '<');
    serve.post("/status", &[("number", &receipt), ("words", MORE)]);
    // Refused: another host, a body that is too large, what is no form, another site, a form with
    // faults, numbers of no complaint until there were too many, a page that is not there.
    let host = serve.address;
    serve.ask("GET /evacuate HTTP/1.1\r\nHost: spying.example.net", "");
    serve.post("/complaint", &[("what", &"x".repeat(300_000))]);
    serve.ask(
        &format!("POST /complaint HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain"),
        WHAT,
    );
    serve.ask(
        &format!(
            "POST /status HTTP/1.1\r\nHost: {host}\r\nOrigin: http://spying.example.net\r\n\
             Content-Type: application/x-www-form-urlencoded"
        ),
        "number=1",
    );
    serve.post("/complaint", &[("token", token.as_str()), ("what", NAME)]);
    let mut guesses = Vec::new();
    for guess in 0..40 {
        let number = format!("{:016}", 4_000_111_222_333_444_u64 + guess * 7);
        serve.post("/status", &[("number", &number)]);
        guesses.push(number);
    }
    for _ in 0..200 {
        serve.get(&format!("/{NAME}/{PHONE}"));
        serve.get("/nowhere-in-particular");
    }
    // A fault with a number in it comes, and goes.
    write_settings(&data, host, BROKEN_NUMBER);
    until("the fault is told", || {
        log(&data).contains("a fault in a file of the branch file=\"kiosk.toml\"")
    });
    write_settings(&data, host, NEW_NUMBER);
    until("its end is told", || {
        log(&data).contains("a fault in a file of the branch is gone")
    });
    // The codes carry an address where nobody answers.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let other = nobody.local_addr().unwrap();
    let settings = fs::read_to_string(data.join("kiosk.toml")).unwrap();
    let own = format!("http://{host}");
    let moved = settings.replace(&own, &format!("http://{other}"));
    drop(nobody);
    fs::write(data.join("kiosk.toml"), moved).unwrap();
    until("it is told that the address leads elsewhere", || {
        log(&data).contains(r#"a job failed job=AddressTest error="NotHere""#)
    });
    // They are to be served where another program is already.
    let another = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = another.local_addr().unwrap();
    let listen = settings.replace(&host.to_string(), &taken.to_string());
    fs::write(data.join("kiosk.toml"), listen).unwrap();
    until("it is told that the place is taken", || {
        log(&data).contains(r#"a job failed job=Pages error="Listen""#)
    });
    serve.end();

    let log = log(&data);
    let own = [
        BROKEN_NUMBER,
        &receipt,
        &token,
        "spying.example.net",
        "127.0.0.1",
        "nowhere-in-particular",
    ];
    let mut secrets = [&SECRETS[..], &own].concat();
    secrets.extend(guesses.iter().map(String::as_str));
    assert_log(
        &log,
        &[
            "start version=",
            "program=Pages",
            "in force version=1 plan=",
            "requests refused kind=WrongHost",
            "requests refused kind=TooLarge",
            "requests refused kind=BadForm",
            "requests refused kind=OtherSite",
            "requests refused kind=Faults",
            "requests refused kind=UnknownReceipt",
            "requests refused kind=RateLimit",
            "requests refused kind=NoSuchPage",
            "kind=\"BadNumber\"",
            "asked to end signal=\"TERM\"",
            "stop",
        ],
        &secrets,
    );
    // The characters of one list are none of its, and no two words of the other follow each other.
    let said: BTreeSet<char> = log.chars().collect();
    let mut all = characters.iter().flat_map(|one| one.chars());
    assert!(all.all(|one| !said.contains(&one)), "{log}");
    let alone: Vec<&str> = log.split(|c: char| !c.is_alphanumeric()).collect();
    for pair in words.windows(2) {
        assert!(!alone.windows(2).any(|two| two == pair), "{pair:?}:\n{log}");
    }
    // One line a kind at once, and one of all that followed.
    let lines = log.lines().filter(|line| line.contains("NoSuchPage"));
    assert!(lines.clone().count() <= 2, "{log}");
    let all: u64 = lines
        .map(|line| {
            let count = between(line, "count=", ' ');
            count.parse::<u64>().unwrap()
        })
        .sum();
    assert!(all >= 200, "{all}");
}

#[test]
fn under_systemd_it_goes_to_the_journal_with_its_priority() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    let path = dir.path().join("stream");
    let stream = fs::File::create(&path).unwrap();
    let there = stream.metadata().unwrap();
    let named = format!("{}:{}", there.dev(), there.ino());
    let serve = Serve::start(&data, |command| {
        command.stderr(stream).env("JOURNAL_STREAM", &named);
    });
    serve.get("/nowhere-in-particular");
    serve.end();
    let told = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    let begins = |words: &str| lines.iter().any(|line| line.starts_with(words));
    assert!(
        begins("<6> INFO lobby_kiosk::diagnosis: start version="),
        "{told}"
    );
    assert!(
        begins("<6> INFO lobby_kiosk::web::refused: requests refused"),
        "{told}"
    );
    assert!(lines.iter().all(|line| line.starts_with('<')), "{told}");
    assert!(!data.join(DIAGNOSIS).exists());
}

#[test]
fn where_nothing_can_be_written_the_pages_are_served_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    // Neither a file of that name nor another in its place can be made.
    fs::create_dir(data.join(DIAGNOSIS)).unwrap();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let there = full.metadata().unwrap();
    let named = format!("{}:{}", there.dev(), there.ino());
    let serve = Serve::start(&data, |command| {
        command.stderr(full).env("JOURNAL_STREAM", &named);
    });
    assert!(serve.get("/evacuate").starts_with("HTTP/1.1 200"));
    serve.end();
}

#[test]
fn check_names_the_files_that_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let check = || {
        let output = Command::new(PROGRAM)
            .args(["--lang", "en", "--data"])
            .arg(dir.path())
            .arg("check")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!check().contains(".log"));
    for name in [DIAGNOSIS, DIAGNOSIS_POSTED] {
        fs::write(dir.path().join(name), "").unwrap();
    }
    let said = check();
    for name in [DIAGNOSIS, DIAGNOSIS_POSTED] {
        let path = dir.path().join(name).display().to_string();
        assert!(said.contains(&path), "{said}");
    }
}
