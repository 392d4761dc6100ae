//! Which touches act: one on a dark display only lights it, because whoever touches it sees
//! nothing of what lies beneath the finger.

use std::time::Duration;

/// How long after the display was lit a touch is still taken for one on the dark: a panel takes
/// about a second until it shows a picture.
pub const LIGHTING: Duration = Duration::from_secs(1);

/// Whether the display is lit, as far as anybody says. Times are those of a clock that nobody
/// sets, counted from any moment.
///
/// Where nothing is known of the display it counts as lit: a touch in the worst minute that does
/// nothing costs more than one on the idle face, which starts no evacuation without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waking {
    dark: bool,
    lit: Option<Duration>,
}

impl Waking {
    /// The display went dark.
    pub fn darken(&mut self) {
        self.dark = true;
    }

    /// The display was lit at `at`. Saying so again changes nothing.
    pub fn light(&mut self, at: Duration) {
        if self.dark {
            self.dark = false;
            self.lit = Some(at);
        }
    }

    /// Whether what is pressed at `now` acts. On a dark display it does not, but lights that: what
    /// is pressed later acts, whatever else is heard of the display.
    pub fn press(&mut self, now: Duration) -> bool {
        self.light(now);
        let lighting = |lit: Duration| now < lit.saturating_add(LIGHTING);
        !self.lit.is_some_and(lighting)
    }
}
