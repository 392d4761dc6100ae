//! Where to touch: a kiosk without a display does the same as the one on the glass, and knows the
//! place of every control.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::time::Duration;

use tempfile::TempDir;

use crate::kiosk::Kiosk;

pub struct Twin {
    pub kiosk: Kiosk,
    _data: TempDir,
}

impl Twin {
    /// On an empty directory, or one with settings alone: the same as the one on the glass begins
    /// with.
    pub fn start(data: TempDir) -> Self {
        let kiosk = Kiosk::start(data.path());
        Self { kiosk, _data: data }
    }

    /// The box around the element: left, top, width, height; none where it is not on the screen.
    pub fn frame(&self, id: &str) -> Option<[usize; 4]> {
        let found = self.kiosk.find(id)?;
        let (at, size) = (found.absolute_position(), found.size());
        Some([at.x, at.y, size.width, size.height].map(|one| one as usize))
    }

    /// The middle of the control; none where it is not on the screen.
    pub fn place(&self, id: &str) -> Option<(i16, i16)> {
        let [left, top, width, height] = self.frame(id)?;
        Some(((left + width / 2) as i16, (top + height / 2) as i16))
    }

    /// Touches the control here as well, and says where it was; none where it is not on the screen.
    pub fn touch(&self, id: &str) -> Option<(i16, i16)> {
        let place = self.place(id)?;
        self.kiosk.tap(id);
        self.kiosk.settle();
        // About as long as the one on the glass is looked at.
        self.kiosk.pass(Duration::from_millis(750));
        Some(place)
    }

    /// The types of incidents that the board can start, one after the other.
    pub fn types(&self) -> Vec<String> {
        let ids = self.kiosk.ids().into_iter();
        ids.filter(|id| id.starts_with("incident-")).collect()
    }
}
