//! The kiosk in one process from its start to its stop: the same parts that the program puts together,
//! in a window without a display.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration as Time;

use chrono::{Duration, Utc};
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use lobby_kiosk::app::{self, WindowMode};
use lobby_kiosk::domain::recovery::Begin;
use lobby_kiosk::store::{Reader, Verdict, Writer};

use crate::again::again;
use crate::checked::check;
use crate::journal::{Acts, raw, record};
use crate::many::{STALE, fill};

const DIRECTORY: &str = "LOBBY_START_TEST_DIR";

/// Runs it until its lists are whole, and ends it as the system does.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
fn run_from_start_to_stop() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let options = TestingBackendOptions {
        threading: true,
        renderer_name: Some("software".into()),
        ..Default::default()
    };
    slint::platform::set_platform(Box::new(TestingBackend::new(options))).unwrap();
    let data = Path::new(&dir).to_owned();
    let asked = std::thread::spawn(move || {
        let is_whole = || {
            let reader = Reader::open(&data).unwrap();
            reader.last().unwrap().is_some() && reader.growing().unwrap().is_none()
        };
        while !is_whole() {
            std::thread::park_timeout(Time::from_millis(20));
        }
        // Only a window that listens can be asked to end.
        let (tell, told) = channel();
        slint::invoke_from_event_loop(move || tell.send(()).unwrap_or(())).unwrap();
        told.recv().unwrap();
        let asked = std::process::Command::new("kill")
            .args(["-s", "TERM", &std::process::id().to_string()])
            .status();
        assert!(asked.unwrap().success());
    });
    app::run(
        Path::new(&dir),
        WindowMode::Windowed(1280, 800),
        Begin::Resume,
        None,
    )
    .unwrap();
    asked.join().unwrap();
    println!("it has ended by itself");
}

fn run(dir: &Path) {
    let output = again("start_to_stop::run_from_start_to_stop")
        .env(DIRECTORY, dir)
        // Whatever is named: the window is the test's own.
        .env("SLINT_BACKEND", "testing")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("it has ended by itself"),
        "{output:?}"
    );
}

#[test]
fn it_starts_makes_its_lists_anew_after_the_first_picture_and_ends_with_all_written() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 90, 0, Utc::now() - Duration::days(3));
    let mut acts = Acts::from(Utc::now() - Duration::minutes(3));
    let (open, start) = acts.start();
    record(dir.path(), &[start]);
    raw(dir.path()).execute_batch(STALE).unwrap();
    for _ in 0..2 {
        run(dir.path());
        // Nobody holds it any more.
        drop(Writer::open(dir.path()).unwrap());
        let reader = Reader::open(dir.path()).unwrap();
        assert_eq!(reader.list().unwrap().len(), 91);
        let live = reader.live(Utc::now()).unwrap();
        assert!(live.iter().any(|one| one.is_open() && one.id == open));
        assert!(dir.path().join("kiosk.toml").exists());
        assert!(matches!(check(dir.path()), Verdict::Sound { .. }));
    }
}
