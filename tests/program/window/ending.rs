//! How the program ends, and what is there afterwards: after a kill, after the system has asked it
//! to end, and never because somebody closes its window.

use std::process::{Child, Command};

use lobby_kiosk::own_file;
use lobby_kiosk::store::JOURNAL_FILE;

use super::display::{Display, Kiosk};
use super::{PROGRAM, exports, records, twin, until};

/// Ends the program as the system does.
fn signal(kiosk: &Child, name: &str) {
    let pid = kiosk.id().to_string();
    let sent = Command::new("kill").args(["-s", name, &pid]).status();
    assert!(sent.unwrap().success());
}

/// Where the fire's button is on the board, and where "done" is in its guide.
fn fire_and_done() -> ((i16, i16), (i16, i16)) {
    let twin = twin();
    let fire = twin.touch("incident-fire").unwrap();
    (fire, twin.place("step-done").unwrap())
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_touch_is_recorded_survives_a_kill_and_is_taken_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let Kiosk(kiosk) = &mut display.kiosk(dir.path());
    display.wait_for_window();
    let (fire, done) = fire_and_done();
    // The first touch may come before the window listens, so it is repeated until something came
    // of it.
    until("the touch is recorded", || {
        if !records(dir.path(), &["list"]).contains("Fire") {
            display.touch(fire);
            return false;
        }
        true
    });
    // A touch right after the screen has changed is taken for a trembling hand, so that this one
    // too is repeated.
    until("the step is recorded", || {
        display.touch(done);
        records(dir.path(), &["export", "--format", "json"]).contains("step-marked")
    });
    kiosk.kill().unwrap();
    kiosk.wait().unwrap();

    let Kiosk(again) = &mut display.kiosk(dir.path());
    display.wait_for_window();
    let marks = |text: &str| text.matches("incident.step-marked").count();
    let before = marks(&records(dir.path(), &["export", "--format", "json"]));
    until("the guide is there again, and takes the next step", || {
        if marks(&records(dir.path(), &["export", "--format", "json"])) == before {
            display.touch(done);
            return false;
        }
        true
    });
    again.kill().unwrap();
    again.wait().unwrap();
    let verified = Command::new(PROGRAM)
        .args(["--data".as_ref(), dir.path().as_os_str()])
        .arg("verify")
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn whoever_asks_the_window_to_close_does_not_end_the_guide() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let Kiosk(kiosk) = &mut display.kiosk(dir.path());
    display.wait_for_window();
    let (fire, done) = fire_and_done();
    until("the touch is recorded", || {
        display.touch(fire);
        exports(dir.path()).contains("incident.started")
    });
    for _ in 0..3 {
        display.close_windows();
    }
    // What is touched after that is still taken in, so that the requests have come through.
    until("the step is recorded", || {
        display.touch(done);
        exports(dir.path()).contains("step-marked")
    });
    assert!(kiosk.try_wait().unwrap().is_none());
    assert_eq!(display.windows().len(), 1);
    kiosk.kill().unwrap();
    kiosk.wait().unwrap();

    // Whoever works on the program in a window may close that.
    let Kiosk(windowed) = &mut display.kiosk_with(dir.path(), &["--windowed", "1000x700"]);
    display.wait_for_window();
    until("the window closes", || {
        display.close_windows();
        windowed.try_wait().unwrap().is_some()
    });
    assert!(windowed.wait().unwrap().success());
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_kiosk_that_the_system_ends_writes_all_that_was_done() {
    let display = Display::start();
    let (fire, done) = fire_and_done();
    for name in ["TERM", "INT", "HUP"] {
        let dir = tempfile::tempdir().unwrap();
        let Kiosk(kiosk) = &mut display.kiosk(dir.path());
        display.wait_for_window();
        until("the touch is recorded", || {
            display.touch(fire);
            exports(dir.path()).contains("incident.started")
        });
        let marks = || exports(dir.path()).matches("step-marked").count();
        let sentence = [40, 180, 700, 300];
        let (recorded, stood) = (marks(), display.at_rest().part(sentence));
        // A disk that takes nothing just now, so that the act is still to be written.
        let busy = rusqlite::Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
        busy.execute_batch("BEGIN IMMEDIATE").unwrap();
        until("the next sentence is there", || {
            display.touch(done);
            display.picture().part(sentence) != stood
        });
        assert_eq!(marks(), recorded);
        signal(kiosk, name);
        drop(busy);
        let ended = kiosk.wait().unwrap();
        assert_eq!(ended.code(), Some(0), "{name}: {ended:?}");
        assert!(marks() > recorded, "{name}");
        let told = std::fs::read_to_string(dir.path().join(own_file::DIAGNOSIS)).unwrap();
        assert!(
            told.lines().next().unwrap().contains("program=Kiosk"),
            "{told}"
        );
        let asked = format!("asked to end signal=\"{name}\"");
        assert!(told.contains(&asked), "{told}");
        assert!(told.ends_with(": stop\n"), "{told}");
        let verified = Command::new(PROGRAM)
            .args(["--data".as_ref(), dir.path().as_os_str()])
            .arg("verify")
            .output()
            .unwrap();
        assert!(verified.status.success(), "{verified:?}");
    }
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_kiosk_starts_records_and_ends_whatever_stands_in_the_place_of_its_files() {
    let dir = tempfile::tempdir().unwrap();
    for name in own_file::names() {
        let made = Command::new("mkfifo").arg(dir.path().join(name)).status();
        assert!(made.unwrap().success());
    }
    let display = Display::start();
    let Kiosk(kiosk) = &mut display.kiosk(dir.path());
    display.wait_for_window();
    let (fire, _) = fire_and_done();
    until("the touch is recorded", || {
        display.touch(fire);
        exports(dir.path()).contains("incident.started")
    });
    signal(kiosk, "TERM");
    until("it ends", || kiosk.try_wait().unwrap().is_some());
    assert_eq!(kiosk.wait().unwrap().code(), Some(0));
}

#[test]
fn without_a_display_it_says_so_and_names_the_ways_on() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::new(PROGRAM)
        .args(["--data".as_ref(), dir.path().as_os_str()])
        .args(["--lang", "en"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("SLINT_BACKEND")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("No display") && said.contains("screenshot"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}
