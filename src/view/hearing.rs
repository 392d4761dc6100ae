//! Taking in what happens elsewhere: in the journal, on other threads, in the branch's files.

use std::rc::Rc;

use super::Screens;

impl Screens {
    /// Takes in what the journal has said of acts handed to it.
    pub fn process_notices(self: &Rc<Self>) {
        if let Some(look) = &self.look {
            self.looked.set(Some(self.services.clock.now()));
            if let Some(live) = look() {
                self.services.incidents.see(live);
            }
            self.draw();
        }
        for notice in self.notices.try_iter() {
            self.services.recorder.heard(&notice);
            self.services.journal_file.heard(&notice);
            self.services.desk.heard(&notice);
        }
        // All of them, whatever the first says.
        let (seen, answered) = (self.services.take_in(), self.take_answers());
        let others = self.follow_in_force();
        if seen || answered || others {
            self.draw();
        } else {
            self.follow_pages();
            self.draw_shell();
            self.redraw_whole();
        }
    }

    /// Goes by the plan and the settings in force; says whether they are others than those that the
    /// screens were last drawn by.
    pub(super) fn follow_in_force(&self) -> bool {
        let version = self.services.in_force.now().version;
        let others = self.drawn_version.replace(version) != version;
        if others {
            self.drawn_for.take();
            self.retranslate();
        }
        others
    }

    /// Takes in the floor plan, which is made while the screens are in use already.
    pub fn see_floor(self: &Rc<Self>) {
        self.take_floor();
        self.draw();
    }

    /// Where the system says nothing of files that are written, the display still follows with
    /// the minute.
    pub(super) fn look_again(self: &Rc<Self>) {
        let now = self.services.clock.now();
        let minute = chrono::Duration::zero()..chrono::Duration::minutes(1);
        // A clock that was set back since says nothing of how long ago it was.
        let long_ago = |at| !minute.contains(&(now - at));
        if self.look.is_some() && self.looked.get().is_none_or(long_ago) {
            self.process_notices();
        }
    }
}
