//! Taking in what happens elsewhere: in the journal, on other threads, in the branch's files.

use std::rc::Rc;

use slint::ComponentHandle;

use crate::Touch;
use crate::view::Screens;

impl Screens {
    /// Takes in what the journal has said of acts handed to it.
    pub fn process_notices(self: &Rc<Self>) {
        if let Some(look) = &self.look {
            self.looked.set(Some(self.state.services.clock.now()));
            if let Some(live) = look() {
                self.state.services.incidents.see(live);
            }
            self.draw();
        }
        let mut phones = false;
        for notice in self.notices.try_iter() {
            self.state.services.recorder.heard(&notice);
            self.state.services.journal_file.heard(&notice);
            self.state.services.incidents.heard(&notice);
            self.state.services.desk.heard(&notice);
            phones |= self.state.services.heard_of_phones(&notice);
            self.state.services.figures.heard(&notice);
        }
        // All of them, whatever the first says.
        let (seen, answered) = (self.state.services.take_in(), self.state.take_answers());
        let others = self.follow_words();
        if seen || answered || others || phones {
            self.draw();
        } else {
            self.draw_shell();
            self.redraw_whole();
        }
        if self.state.replaced.take() {
            // The finger that led here is still there.
            self.window.global::<Touch<'_>>().invoke_settle();
        }
    }

    /// Where the system says nothing of files that are written, the display still follows with
    /// the minute.
    pub(in crate::view) fn look_again(self: &Rc<Self>) {
        let now = self.state.services.clock.now();
        let minute = chrono::Duration::zero()..chrono::Duration::minutes(1);
        // A clock that was set back since says nothing of how long ago it was.
        let long_ago = |at| !minute.contains(&(now - at));
        if self.look.is_some() && self.looked.get().is_none_or(long_ago) {
            self.process_notices();
        }
    }
}
