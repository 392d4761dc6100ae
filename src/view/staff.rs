//! The way into the staff area.

use std::rc::Rc;

use super::Screens;

impl Screens {
    /// Leads into the staff area, which opens at the complaints.
    pub fn enter_staff(self: &Rc<Self>) {
        self.show_inbox();
    }
}
