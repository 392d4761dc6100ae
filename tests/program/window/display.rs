//! An X server of the test's own, with a finger on its screen and an eye on its pixels.

use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt, EventMask,
    ImageFormat, MOTION_NOTIFY_EVENT, MapState,
};
use x11rb::rust_connection::RustConnection;

use super::{PROGRAM, until};
use crate::x_server::{SIZE, XServer};

/// The size of the screen.
pub const WIDTH: u16 = SIZE.0;
/// The size of the screen.
pub const HEIGHT: u16 = SIZE.1;

/// The pixels of the screen, four bytes each: blue, green, red and nothing.
#[derive(PartialEq, Eq)]
pub struct Picture(pub Vec<u8>);

impl Picture {
    /// A part of it.
    pub fn part(&self, [x, y, width, height]: [usize; 4]) -> Vec<u8> {
        let line = usize::from(WIDTH) * 4;
        let lines = self.0.chunks_exact(line).skip(y).take(height);
        lines
            .flat_map(|line| line[x * 4..(x + width) * 4].to_vec())
            .collect()
    }
}

/// The server, with an eye on its pixels.
pub struct Display(XServer);

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
        Self(XServer::start())
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// A connection to it.
    pub fn server(&self) -> &RustConnection {
        &self.0.connection
    }

    /// The whole screen.
    pub fn root(&self) -> u32 {
        self.0.root
    }

    pub fn kiosk(&self, data: &Path) -> Kiosk {
        self.kiosk_with(data, &[])
    }

    pub fn kiosk_with(&self, data: &Path, words: &[&str]) -> Kiosk {
        let kiosk = Command::new(PROGRAM)
            .args(["--data".as_ref(), data.as_os_str()])
            .args(words)
            .env("DISPLAY", self.name())
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SLINT_BACKEND")
            .spawn()
            .unwrap();
        Kiosk(kiosk)
    }

    /// A short touch.
    pub fn touch(&self, at: (i16, i16)) {
        self.0.point(MOTION_NOTIFY_EVENT, 0, at);
        self.0.point(BUTTON_PRESS_EVENT, 1, at);
        self.0.point(BUTTON_RELEASE_EVENT, 1, at);
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
        let tree = self
            .server()
            .query_tree(self.root())
            .unwrap()
            .reply()
            .unwrap();
        let is_seen = |window: &u32| {
            // It may go away meanwhile.
            let asked = self
                .server()
                .get_window_attributes(*window)
                .unwrap()
                .reply();
            asked.is_ok_and(|one| one.map_state == MapState::VIEWABLE)
        };
        tree.children.into_iter().filter(is_seen).collect()
    }

    pub fn new_id(&self) -> u32 {
        self.server().generate_id().unwrap()
    }

    /// What stands on the screen.
    pub fn picture(&self) -> Picture {
        let asked =
            self.server()
                .get_image(ImageFormat::Z_PIXMAP, self.root(), 0, 0, WIDTH, HEIGHT, !0);
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
            let asked = self.server().intern_atom(false, name.as_bytes()).unwrap();
            asked.reply().unwrap().atom
        };
        let (protocols, delete) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
        for window in self.windows() {
            let words = [delete, x11rb::CURRENT_TIME, 0, 0, 0];
            let close = ClientMessageEvent::new(32, window, protocols, words);
            let sent = self
                .server()
                .send_event(false, window, EventMask::NO_EVENT, close);
            // It may be gone already.
            sent.unwrap().check().ok();
        }
    }
}
