//! A display of the race's own: an X server, a finger on its glass and an eye on its pixels.

use std::thread::sleep;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt, ImageFormat, MOTION_NOTIFY_EVENT,
};

use crate::x_server::{SIZE, XServer};

/// What lies above is not looked at: the clock stands there.
const TOP: u16 = 140;
/// From one line that is looked at to the next.
const APART: usize = 41;
/// How much of what changes must be as it stays before it counts as painted. What moves on, such as a
/// shade that fades while a finger settles, is no part of it.
const PAINTED: f64 = 0.8;
/// Between two looks.
const PAUSE: Duration = Duration::from_micros(200);

/// The lines that are looked at, pixel by pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Seen(Vec<u32>);

impl Seen {
    /// Whether nothing but one colour is there.
    pub fn is_plain(&self) -> bool {
        self.0.windows(2).all(|two| two[0] == two[1])
    }
}

/// The glass of a display.
pub struct Glass(XServer);

impl Glass {
    pub fn start() -> Self {
        Self(XServer::start())
    }

    /// What `DISPLAY` says.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What stands on the glass now.
    pub fn look(&self) -> Seen {
        let lines = (TOP..SIZE.1).step_by(APART);
        let asked: Vec<_> = lines
            .map(|y| {
                let (y, width) = (y.cast_signed(), SIZE.0);
                let (server, root) = (&self.0.connection, self.0.root);
                server
                    .get_image(ImageFormat::Z_PIXMAP, root, 0, y, width, 1, !0)
                    .expect("sent")
            })
            .collect();
        let mut all = Vec::new();
        for one in asked {
            let line = one.reply().expect("a line").data;
            let pixels = line.chunks_exact(4);
            all.extend(pixels.map(|one| u32::from_le_bytes([one[0], one[1], one[2], 0])));
        }
        Seen(all)
    }

    /// Waits until nothing stands on the glass any more.
    pub fn wait_until_dark(&self) {
        while !self.look().is_plain() {
            sleep(Duration::from_millis(20));
        }
    }

    /// How long after `began` the glass, on which `before` stood, was painted: as it stays once it
    /// has not changed for `quiet`. None where nothing has changed for `limit`.
    pub fn painted(
        &self,
        before: &Seen,
        began: Instant,
        quiet: Duration,
        limit: Duration,
    ) -> Option<f64> {
        let mut all: Vec<(Instant, Seen)> = Vec::new();
        loop {
            let seen = self.look();
            let now = Instant::now();
            let last = all.last().map_or(before, |(_, seen)| seen);
            if seen != *last {
                all.push((now, seen));
            } else if all.last().is_some_and(|(at, _)| now - *at > quiet) {
                break;
            }
            if now - began > limit {
                break;
            }
            sleep(PAUSE);
        }
        let (last, end) = all.last()?;
        let changed: Vec<usize> = (0..end.0.len())
            .filter(|at| before.0[*at] != end.0[*at])
            .collect();
        let share = |seen: &Seen| {
            let same = changed.iter().filter(|at| seen.0[**at] == end.0[**at]);
            same.count() as f64 / changed.len().max(1) as f64
        };
        let mut painted = *last;
        for (at, seen) in all.iter().rev() {
            if share(seen) < PAINTED {
                break;
            }
            painted = *at;
        }
        Some((painted - began).as_secs_f64() * 1000.0)
    }

    /// A short touch; says how long after the finger was lifted the glass was painted.
    pub fn touch(&self, at: (i16, i16)) -> Option<f64> {
        self.0.point(MOTION_NOTIFY_EVENT, 0, at);
        sleep(Duration::from_millis(300));
        self.0.point(BUTTON_PRESS_EVENT, 1, at);
        sleep(Duration::from_millis(40));
        // What a finger does while it is down is no part of what it leads to.
        let (before, began) = (self.look(), Instant::now());
        self.0.point(BUTTON_RELEASE_EVENT, 1, at);
        let (quiet, limit) = (Duration::from_millis(400), Duration::from_secs(3));
        self.painted(&before, began, quiet, limit)
    }
}
