//! The real program in a real window: a real finger, a real kill, a real return.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use lobby_kiosk::store::JOURNAL_FILE;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask, ImageFormat};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lobby-kiosk");

/// Asks again until it is so: the other side is another process.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < patience, "waited in vain until {what}");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        // The server chooses a free display by itself, and says which once it is ready.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            // Otherwise it starts anew when its last client goes, and the kiosk may come just then.
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        let said = server.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        Self { server, name }
    }

    fn kiosk(&self, data: &Path) -> Child {
        self.kiosk_with(data, &[])
    }

    fn kiosk_with(&self, data: &Path, words: &[&str]) -> Child {
        Command::new(PROGRAM)
            .args(["--data".as_ref(), data.as_os_str()])
            .args(words)
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SLINT_BACKEND")
            .spawn()
            .unwrap()
    }

    fn xdotool(&self, words: &[&str]) -> Output {
        Command::new("xdotool")
            .args(words)
            .env("DISPLAY", &self.name)
            .output()
            .unwrap()
    }

    fn touch(&self, x: &str, y: &str) {
        assert!(self.xdotool(&["mousemove", x, y]).status.success());
        assert!(self.xdotool(&["click", "1"]).status.success());
    }

    fn wait_for_window(&self) {
        until("the window is there", || self.has_window());
    }

    fn has_window(&self) -> bool {
        self.xdotool(&["search", "--onlyvisible", "--name", "."])
            .status
            .success()
    }

    /// What stands on the screen there.
    fn picture(&self, x: i16, y: i16, width: u16, height: u16) -> Vec<u8> {
        let (server, screen) = x11rb::connect(Some(&self.name)).unwrap();
        let root = server.setup().roots[screen].root;
        let asked = server.get_image(ImageFormat::Z_PIXMAP, root, x, y, width, height, !0);
        asked.unwrap().reply().unwrap().data
    }

    /// Asks every window to close, as a window manager does on Alt+F4.
    fn close_windows(&self) {
        let (server, screen) = x11rb::connect(Some(&self.name)).unwrap();
        let atom = |name: &str| {
            let asked = server.intern_atom(false, name.as_bytes()).unwrap();
            asked.reply().unwrap().atom
        };
        let (protocols, delete) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
        let root = server.setup().roots[screen].root;
        for window in server.query_tree(root).unwrap().reply().unwrap().children {
            let words = [delete, x11rb::CURRENT_TIME, 0, 0, 0];
            let close = ClientMessageEvent::new(32, window, protocols, words);
            let sent = server.send_event(false, window, EventMask::NO_EVENT, close);
            sent.unwrap().check().unwrap();
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

fn records(data: &Path, words: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .args(["--data".as_ref(), data.as_os_str()])
        .args(["--lang", "en", "records"])
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs an X server and a hand on its mouse: Xvfb, xdotool"]
fn a_touch_is_recorded_survives_a_kill_and_is_taken_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let mut kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    // The fire button fills the lower left corner. The first touch may come before the window
    // listens, so it is repeated until something came of it.
    until("the touch is recorded", || {
        if !records(dir.path(), &["list"]).contains("Fire") {
            display.touch("200", "730");
            return false;
        }
        true
    });
    // “Done” stands where the thumb is: above the row of chips. A touch right after the screen
    // has changed is taken for a trembling hand, so that this one too is repeated.
    until("the step is recorded", || {
        display.touch("200", "630");
        records(dir.path(), &["export", "--format", "json"]).contains("step-marked")
    });
    kiosk.kill().unwrap();
    kiosk.wait().unwrap();

    let mut again = display.kiosk(dir.path());
    display.wait_for_window();
    let marks = |text: &str| text.matches("incident.step-marked").count();
    let before = marks(&records(dir.path(), &["export", "--format", "json"]));
    until("the guide is there again, and takes the next step", || {
        if marks(&records(dir.path(), &["export", "--format", "json"])) == before {
            display.touch("200", "630");
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

fn exports(data: &Path) -> String {
    records(data, &["export", "--format", "json"])
}

/// Ends the program as the system does.
fn signal(kiosk: &Child, name: &str) {
    let pid = kiosk.id().to_string();
    let sent = Command::new("kill").args(["-s", name, &pid]).status();
    assert!(sent.unwrap().success());
}

#[test]
#[ignore = "needs an X server and a hand on its mouse: Xvfb, xdotool"]
fn whoever_asks_the_window_to_close_does_not_end_the_guide() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let mut kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    until("the touch is recorded", || {
        display.touch("200", "730");
        exports(dir.path()).contains("incident.started")
    });
    for _ in 0..3 {
        display.close_windows();
    }
    // What is touched after that is still taken in, so that the requests have come through.
    until("the step is recorded", || {
        display.touch("200", "630");
        exports(dir.path()).contains("step-marked")
    });
    assert!(kiosk.try_wait().unwrap().is_none());
    assert!(display.has_window());
    kiosk.kill().unwrap();
    kiosk.wait().unwrap();

    // Whoever works on the program in a window may close that.
    let mut windowed = display.kiosk_with(dir.path(), &["--windowed", "1000x700"]);
    display.wait_for_window();
    until("the window closes", || {
        display.close_windows();
        windowed.try_wait().unwrap().is_some()
    });
    assert!(windowed.wait().unwrap().success());
}

#[test]
#[ignore = "needs an X server and a hand on its mouse: Xvfb, xdotool"]
fn a_kiosk_that_the_system_ends_writes_all_that_was_done() {
    let display = Display::start();
    for name in ["TERM", "INT", "HUP"] {
        let dir = tempfile::tempdir().unwrap();
        let mut kiosk = display.kiosk(dir.path());
        display.wait_for_window();
        until("the touch is recorded", || {
            display.touch("200", "730");
            exports(dir.path()).contains("incident.started")
        });
        let marks = || exports(dir.path()).matches("step-marked").count();
        let (recorded, sentence) = (marks(), display.picture(40, 120, 700, 300));
        // A disk that takes nothing just now, so that the act is still to be written.
        let busy = rusqlite::Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
        busy.execute_batch("BEGIN IMMEDIATE").unwrap();
        until("the next sentence is there", || {
            display.touch("200", "630");
            display.picture(40, 120, 700, 300) != sentence
        });
        assert_eq!(marks(), recorded);
        signal(&kiosk, name);
        drop(busy);
        let ended = kiosk.wait().unwrap();
        assert_eq!(ended.code(), Some(0), "{name}: {ended:?}");
        assert!(marks() > recorded, "{name}");
        let verified = Command::new(PROGRAM)
            .args(["--data".as_ref(), dir.path().as_os_str()])
            .arg("verify")
            .output()
            .unwrap();
        assert!(verified.status.success(), "{verified:?}");
    }
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
