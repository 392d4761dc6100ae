//! The display itself: it stays lit, what is touched on a dark one does nothing, and the window
//! follows when a display comes or becomes another.

use std::time::Duration;

use lobby_kiosk::domain::waking::{LIGHTING, Waking};
use x11rb::protocol::randr::{ConnectionExt as _, Rotation};
use x11rb::protocol::screensaver::{ConnectionExt as _, State};
use x11rb::protocol::xproto::{Blanking, ConnectionExt, Exposures, ScreenSaver};

use super::display::Display;
use super::{exports, twin, until};

#[test]
fn nothing_acts_that_is_pressed_in_the_dark_or_while_the_display_lights_up() {
    let at = Duration::from_secs;
    let mut waking = Waking::default();
    // Nobody says anything of the display.
    assert!(waking.press(at(0)));
    waking.darken();
    waking.light(at(40_000));
    assert!(!waking.press(at(40_000)));
    assert!(!waking.press(at(40_000) + LIGHTING - Duration::from_millis(1)));
    assert!(waking.press(at(40_000) + LIGHTING));
    // It lights up from the first touch on, where nobody says that it does.
    waking.darken();
    assert!(!waking.press(at(50_000)));
    assert!(!waking.press(at(50_000)));
    assert!(waking.press(at(50_000) + LIGHTING));
}

#[test]
fn a_display_that_is_said_to_be_lit_again_and_again_takes_every_touch() {
    let at = Duration::from_secs;
    let mut waking = Waking::default();
    waking.light(at(5));
    assert!(waking.press(at(5)));
    waking.darken();
    waking.darken();
    waking.light(at(100));
    waking.light(at(110));
    assert!(waking.press(at(110)));
    waking.darken();
    assert!(!waking.press(at(111)));
}

impl Display {
    fn is_dark(&self) -> bool {
        let asked = self.server().screensaver_query_info(self.root()).unwrap();
        State::from(asked.reply().unwrap().state) == State::ON
    }

    /// How long nobody has touched anything.
    fn untouched(&self) -> Duration {
        let asked = self.server().screensaver_query_info(self.root()).unwrap();
        Duration::from_millis(asked.reply().unwrap().ms_since_user_input.into())
    }

    fn darken(&self) {
        let sent = self
            .server()
            .force_screen_saver(ScreenSaver::ACTIVE)
            .unwrap();
        sent.check().unwrap();
    }

    /// Switches the one display off or, with its mode, on.
    fn switch(&self, mode: Option<u32>) -> u32 {
        let server = self.server();
        let asked = server.randr_get_screen_resources(self.root()).unwrap();
        let resources = asked.reply().unwrap();
        let crtc = resources.crtcs[0];
        let asked = server.randr_get_crtc_info(crtc, 0).unwrap();
        let was = asked.reply().unwrap().mode;
        let outputs = if mode.is_some() {
            resources.outputs
        } else {
            Vec::new()
        };
        let (mode, straight) = (mode.unwrap_or(0), Rotation::ROTATE0);
        let sent = server.randr_set_crtc_config(crtc, 0, 0, 0, 0, mode, straight, &outputs);
        sent.unwrap().reply().unwrap();
        was
    }
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_touch_on_a_dark_display_only_lights_it() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let _kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    let twin = twin();
    let start = twin.touch("incident-fire").unwrap();
    let [done, note] = ["step-done", "note-1"].map(|id| twin.place(id).unwrap());
    until("the kiosk listens", || {
        display.touch(start);
        exports(dir.path()).contains("incident.started")
    });
    for _ in 0..3 {
        display.darken();
        until("it is dark", || display.is_dark());
        // So fast no finger finds its way from a switch to the glass.
        std::thread::park_timeout(Duration::from_millis(300));
        // “Done”: whoever touches the dark there does not know it.
        display.touch(done);
        display.touch(done);
    }
    until("it is lit", || !display.is_dark());
    // Once it is lit, touches act, and only those.
    until("the note is recorded", || {
        display.touch(note);
        exports(dir.path()).contains("incident.noted")
    });
    assert!(!exports(dir.path()).contains("step-marked"));
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn the_display_stays_lit_while_the_kiosk_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let after = |seconds: i16| {
        let (blank, expose) = (Blanking::PREFERRED, Exposures::ALLOWED);
        let sent = display.server().set_screen_saver(seconds, 0, blank, expose);
        sent.unwrap().check().unwrap();
    };
    after(1);
    until("it sleeps without the kiosk", || display.is_dark());
    let _kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    until("a touch lights it", || {
        display.touch((640, 600));
        !display.is_dark()
    });
    until("nobody has touched it for long", || {
        display.untouched() > Duration::from_secs(4)
    });
    assert!(!display.is_dark());
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_display_that_comes_later_is_filled_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let mode = display.switch(None);
    let _kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    display.switch(Some(mode));
    until("the window fills it", || {
        let asked = display.server().get_geometry(display.window()).unwrap();
        let asked = asked.reply().unwrap();
        (asked.x, asked.y, asked.width, asked.height) == (0, 0, 1280, 800)
    });
    // And it is drawn to the last pixel.
    until("the board fills it", || {
        display
            .picture()
            .part([0, 799, 1280, 1])
            .chunks(4)
            .all(|one| one[..3] != [0; 3])
    });
}
