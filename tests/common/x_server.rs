//! An X server of one's own, with a finger on its glass.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use x11rb::connection::Connection;
use x11rb::protocol::xtest::ConnectionExt;
use x11rb::rust_connection::RustConnection;

/// The width and the height of its screen.
pub const SIZE: (u16, u16) = (1280, 800);

/// The server, ended when this is dropped.
pub struct XServer {
    process: Child,
    /// What `DISPLAY` says.
    pub name: String,
    /// A connection to it.
    pub connection: RustConnection,
    /// The whole screen.
    pub root: u32,
}

impl XServer {
    pub fn start() -> Self {
        // It chooses a free display by itself, and says which once it is ready.
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0"])
            .arg(format!("{}x{}x24", SIZE.0, SIZE.1))
            // Otherwise it starts anew when its last client goes, and the next may come just then.
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (Debian: xvfb)");
        let mut number = String::new();
        let said = process.stdout.take().expect("piped");
        let read = BufReader::new(said).read_line(&mut number);
        read.expect("the number of its display");
        let name = format!(":{}", number.trim());
        let (connection, screen) = x11rb::connect(Some(&name)).expect("a connection");
        let root = connection.setup().roots[screen].root;
        Self {
            process,
            name,
            connection,
            root,
        }
    }

    /// What a pointer does there: `kind` is an X event, `detail` its button.
    pub fn point(&self, kind: u8, detail: u8, (x, y): (i16, i16)) {
        let now = x11rb::CURRENT_TIME;
        let sent = self
            .connection
            .xtest_fake_input(kind, detail, now, self.root, x, y, 0);
        sent.expect("sent").check().expect("done");
    }
}

impl Drop for XServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
