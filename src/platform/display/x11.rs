//! X11: the server is asked not to blank the display while the program is there, and says when the
//! display goes dark all the same, is lit again, or becomes another.

use std::sync::mpsc::Sender;
use std::time::Instant;

use tracing::warn;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::Event;
use x11rb::protocol::dpms::{self, ConnectionExt as _, DPMSMode};
use x11rb::protocol::randr::{self, ConnectionExt as _, NotifyMask};
use x11rb::protocol::screensaver::{self, ConnectionExt as _};
use x11rb::protocol::xproto::Window;
use x11rb::rust_connection::RustConnection;

use super::{Area, Light};
use crate::threads::tell;

/// The version of DPMS from which on the server tells of changes: 1.2. X.Org 21.1 has an older one.
const DPMS_TELLS: (u16, u16) = (1, 2);
/// The version of the screen saver's extension from which on it can be suspended: 1.1.
const SAVER_SUSPENDS: (u16, u16) = (1, 1);

/// Whatever the server or the connection to it has against a question.
type Failed = Box<dyn std::error::Error>;

/// Follows the display until the program ends, on a thread and a connection of its own: `told`
/// takes the light, `changed` the displays that there are, first of all those of now.
pub(super) fn follow(told: Sender<Light>, changed: impl Fn(Vec<Area>) + Send + 'static) {
    let following = std::thread::Builder::new().name("display".to_owned());
    // Without it the window stands as it stood when it was opened, and the display may sleep.
    let spawned = following.spawn(move || {
        if let Err(error) = Follower::begin(told, changed).and_then(Follower::run) {
            warn!(%error, "the display is not followed");
        }
    });
    if let Err(error) = spawned {
        warn!(%error, "the display is not followed");
    }
}

struct Follower<F> {
    server: RustConnection,
    root: Window,
    told: Sender<Light>,
    changed: F,
    saver: bool,
    dpms: bool,
}

impl<F: Fn(Vec<Area>)> Follower<F> {
    fn begin(told: Sender<Light>, changed: F) -> Result<Self, Failed> {
        let (server, screen) = x11rb::connect(None)?;
        let root = server.setup().roots.get(screen).ok_or("no screen")?.root;
        let mut follower = Self {
            server,
            root,
            told,
            changed,
            saver: false,
            dpms: false,
        };
        follower.ask()?;
        Ok(follower)
    }

    /// Asks for light and for news.
    fn ask(&mut self) -> Result<(), Failed> {
        let server = &self.server;
        if has(server, screensaver::X11_EXTENSION_NAME) {
            let version = server.screensaver_query_version(1, 1)?.reply()?;
            let version = (version.server_major_version, version.server_minor_version);
            if version >= SAVER_SUSPENDS {
                // Until this connection ends; of what DPMS does by itself as well.
                server.screensaver_suspend(1)?;
            }
            let events = screensaver::Event::NOTIFY_MASK;
            server.screensaver_select_input(self.root, events)?;
            let state = server.screensaver_query_info(self.root)?.reply()?.state;
            if screensaver::State::from(state) == screensaver::State::ON {
                self.saver = true;
                tell(&self.told, Light::Dark);
            }
        }
        if has(server, dpms::X11_EXTENSION_NAME) {
            let version = server.dpms_get_version(1, 2)?.reply()?;
            let version = (version.server_major_version, version.server_minor_version);
            let info = server.dpms_info()?.reply()?;
            if version >= DPMS_TELLS {
                server.dpms_select_input(dpms::EventMask::INFO_NOTIFY)?;
                if info.state && info.power_level != DPMSMode::ON {
                    self.dpms = true;
                    tell(&self.told, Light::Dark);
                }
            } else if info.state {
                // Once the display is touched it is lit already, and nobody could say that it was
                // dark before: it is not to go dark that way at all.
                server.dpms_disable()?;
            }
        }
        if has(server, randr::X11_EXTENSION_NAME) {
            server.randr_query_version(1, 5)?.reply()?;
            let news = NotifyMask::SCREEN_CHANGE | NotifyMask::CRTC_CHANGE;
            server.randr_select_input(self.root, news)?;
            (self.changed)(self.areas()?);
        }
        server.flush()?;
        Ok(())
    }

    fn run(mut self) -> Result<(), Failed> {
        loop {
            match self.server.wait_for_event()? {
                Event::ScreensaverNotify(event) => {
                    let dark = [screensaver::State::ON, screensaver::State::CYCLE];
                    self.saver = dark.contains(&event.state);
                    self.tell();
                }
                Event::DpmsInfoNotify(event) => {
                    self.dpms = event.state && event.power_level != DPMSMode::ON;
                    self.tell();
                }
                Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) => {
                    (self.changed)(self.areas()?);
                }
                _ => {}
            }
        }
    }

    fn tell(&self) {
        let light = if self.saver || self.dpms {
            Light::Dark
        } else {
            Light::Lit(Instant::now())
        };
        tell(&self.told, light);
    }

    /// The displays that there are, the primary one first.
    fn areas(&self) -> Result<Vec<Area>, Failed> {
        let asked = self.server.randr_get_monitors(self.root, true)?.reply()?;
        let mut monitors = asked.monitors;
        monitors.sort_by_key(|one| !one.primary);
        let area = |one: randr::MonitorInfo| Area {
            x: one.x.into(),
            y: one.y.into(),
            width: one.width.into(),
            height: one.height.into(),
        };
        Ok(monitors.into_iter().map(area).collect())
    }
}

fn has(server: &RustConnection, extension: &'static str) -> bool {
    matches!(server.extension_information(extension), Ok(Some(_)))
}
