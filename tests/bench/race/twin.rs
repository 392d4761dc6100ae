//! Where to touch: a kiosk without a display does the same as the one on the glass, and knows the
//! place of every control.

use std::time::Duration;

use tempfile::TempDir;

use crate::kiosk::Kiosk;
use crate::racer;

pub struct Twin {
    kiosk: Kiosk,
    _data: TempDir,
}

impl Twin {
    pub fn start() -> Self {
        let data = racer::fresh();
        let kiosk = Kiosk::start(data.path());
        Self { kiosk, _data: data }
    }

    /// Touches the control here as well, and says where it is; none where it is not on the screen.
    pub fn touch(&self, id: &str) -> Option<(i16, i16)> {
        let found = self.kiosk.find(id)?;
        let (at, size) = (found.absolute_position(), found.size());
        let middle = (at.x + size.width / 2.0, at.y + size.height / 2.0);
        self.kiosk.tap(id);
        self.kiosk.settle();
        // About as long as the one on the glass is looked at.
        self.kiosk.pass(Duration::from_millis(750));
        Some((middle.0 as i16, middle.1 as i16))
    }

    /// The types of incidents that the board can start, one after the other.
    pub fn types(&self) -> Vec<String> {
        let ids = self.kiosk.ids().into_iter();
        ids.filter(|id| id.starts_with("incident-")).collect()
    }
}
