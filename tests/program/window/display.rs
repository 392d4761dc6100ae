//! An X server of the test's own, with a finger on its screen and an eye on its pixels.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt, EventMask,
    ImageFormat, MOTION_NOTIFY_EVENT, MapState,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use super::{PROGRAM, until};

/// The size of the screen.
pub const WIDTH: u16 = 1280;
/// The size of the screen.
pub const HEIGHT: u16 = 800;

/// The pixels of the screen, four bytes each: blue, green, red and nothing.
#[derive(PartialEq, Eq)]
pub struct Picture(pub Vec<u8>);

impl Picture {
    /// A part of it.
    pub fn part(&self, x: usize, y: usize, width: usize, height: usize) -> Vec<u8> {
        let line = usize::from(WIDTH) * 4;
        let lines = self.0.chunks_exact(line).skip(y).take(height);
        lines
            .flat_map(|line| line[x * 4..(x + width) * 4].to_vec())
            .collect()
    }
}

/// The server, ended when this is dropped.
pub struct Display {
    process: Child,
    name: String,
    /// A connection to it.
    pub server: RustConnection,
    /// The whole screen.
    pub root: u32,
}

/// A program of the test's own, killed when this is dropped.
pub struct Kiosk(pub Child);

impl Drop for Kiosk {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Display {
    pub fn start() -> Self {
        // The server chooses a free display by itself, and says which once it is ready.
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            // Otherwise it starts anew when its last client goes, and the kiosk may come just then.
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        let said = process.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let (server, screen) = x11rb::connect(Some(&name)).unwrap();
        let root = server.setup().roots[screen].root;
        Self {
            process,
            name,
            server,
            root,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn kiosk(&self, data: &Path) -> Kiosk {
        self.kiosk_with(data, &[])
    }

    pub fn kiosk_with(&self, data: &Path, words: &[&str]) -> Kiosk {
        let kiosk = Command::new(PROGRAM)
            .args(["--data".as_ref(), data.as_os_str()])
            .args(words)
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SLINT_BACKEND")
            .spawn()
            .unwrap();
        Kiosk(kiosk)
    }

    /// A short touch.
    pub fn touch(&self, x: i16, y: i16) {
        let to = |kind: u8, detail: u8| {
            let sent =
                self.server
                    .xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0);
            sent.unwrap().check().unwrap();
        };
        to(MOTION_NOTIFY_EVENT, 0);
        to(BUTTON_PRESS_EVENT, 1);
        to(BUTTON_RELEASE_EVENT, 1);
    }

    pub fn wait_for_window(&self) {
        until("the window is there", || self.windows().len() == 1);
    }

    /// The window of the kiosk.
    pub fn window(&self) -> u32 {
        self.windows()[0]
    }

    /// The windows to be seen.
    pub fn windows(&self) -> Vec<u32> {
        let tree = self.server.query_tree(self.root).unwrap().reply().unwrap();
        let is_seen = |window: &u32| {
            // It may go away meanwhile.
            let asked = self.server.get_window_attributes(*window).unwrap().reply();
            asked.is_ok_and(|one| one.map_state == MapState::VIEWABLE)
        };
        tree.children.into_iter().filter(is_seen).collect()
    }

    pub fn new_id(&self) -> u32 {
        self.server.generate_id().unwrap()
    }

    /// What stands on the screen.
    pub fn picture(&self) -> Picture {
        let asked =
            self.server
                .get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, WIDTH, HEIGHT, !0);
        Picture(asked.unwrap().reply().unwrap().data)
    }

    /// The same once nothing on it moves any more.
    pub fn at_rest(&self) -> Picture {
        let mut last = self.picture();
        let mut same = 0;
        while same < 4 {
            std::thread::park_timeout(Duration::from_millis(40));
            let next = self.picture();
            same = if next == last { same + 1 } else { 0 };
            last = next;
        }
        last
    }

    /// Asks every window to close, as a window manager does on Alt+F4.
    pub fn close_windows(&self) {
        let atom = |name: &str| {
            let asked = self.server.intern_atom(false, name.as_bytes()).unwrap();
            asked.reply().unwrap().atom
        };
        let (protocols, delete) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
        for window in self.windows() {
            let words = [delete, x11rb::CURRENT_TIME, 0, 0, 0];
            let close = ClientMessageEvent::new(32, window, protocols, words);
            let sent = self
                .server
                .send_event(false, window, EventMask::NO_EVENT, close);
            // It may be gone already.
            sent.unwrap().check().ok();
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
