//! The window and the state behind it: binds the one to the other, and draws.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use chrono::{DateTime, Utc};
use slint::winit_030::WinitWindowAccessor;
use slint::{ComponentHandle, Timer, TimerMode};

use super::face::{self, Face};
use super::shell::ShellFace;
use super::state::ViewState;
use super::ticks::next_minute;
use super::touched::Touched;
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::platform;
use crate::service::Services;
use crate::service::journal::Notice;
use crate::{AppWindow, Screen, Shell, Touch};

/// The screens of one window. Dropping it unbinds the window and stops its timers.
pub struct Screens {
    pub(super) window: AppWindow,
    pub(super) state: ViewState,
    faces: Vec<(Screen, Box<dyn Face>)>,
    shell: ShellFace,
    pub(super) look: Option<Look>,
    /// When it last looked.
    pub(super) looked: Cell<Option<DateTime<Utc>>>,
    /// The language, and the version of what is in force, that the screens were last drawn by.
    drawn_by: RefCell<Option<(Lang, u64)>>,
    pub(super) notices: Receiver<Notice>,
    tick: Timer,
    pub(super) idle: Timer,
    pub(super) posting: Timer,
}

/// Binds `window` to `services` and draws the start screen.
/// What the journal says of acts arrives through `notices`, which is read whenever the window's
/// `heard` is invoked.
pub fn bind(window: AppWindow, services: Services, notices: Receiver<Notice>) -> Rc<Screens> {
    make(window, services, notices, None)
}

/// Looks up the incidents that the kiosk has in mind; none where they cannot be read just now.
pub type Look = Box<dyn Fn() -> Option<Vec<Incident>>>;

/// Binds the window of a second display: it shows the posted face, what customers may ask of it,
/// and an evacuation while one runs, and never the board. It looks again whenever the window's
/// `heard` is invoked.
pub fn bind_posted(window: AppWindow, services: Services, look: Look) -> Rc<Screens> {
    let (_, notices) = std::sync::mpsc::channel();
    make(window, services, notices, Some(look))
}

fn make(
    window: AppWindow,
    services: Services,
    notices: Receiver<Notice>,
    look: Option<Look>,
) -> Rc<Screens> {
    platform::add_other_fonts();
    let screens = Rc::new(Screens {
        window,
        state: ViewState::new(services, look.is_some()),
        faces: face::all(),
        shell: ShellFace::default(),
        look,
        looked: Cell::new(None),
        drawn_by: RefCell::default(),
        notices,
        tick: Timer::default(),
        idle: Timer::default(),
        posting: Timer::default(),
    });
    let touched = Touched::on(&screens);
    screens.shell.bind(&screens, &touched);
    for (_, face) in &screens.faces {
        face.bind(&screens.window, &touched);
    }
    screens.draw();
    screens.state.services.desk.refresh();
    screens
}

impl Screens {
    /// The window.
    pub fn window(&self) -> &AppWindow {
        &self.window
    }

    /// What the screens know, and all that can be done on them. Draw to have the window follow.
    pub fn state(&self) -> &ViewState {
        &self.state
    }

    /// What the screens work with.
    pub fn services(&self) -> &Services {
        &self.state.services
    }

    /// Opens what was going on when the program last stopped.
    pub fn resume(self: &Rc<Self>) {
        if self.state.take_up() {
            self.draw();
        }
        self.await_idleness();
    }

    /// Draws what is on screen from the services' state.
    pub fn draw(self: &Rc<Self>) {
        let (window, state) = (&self.window, &self.state);
        if state.navigator.is_display_only() {
            state.follow();
        } else {
            state.services.look_at_clock();
        }
        self.follow_words();
        state.hear();
        self.draw_shell();
        let here = state.navigator.here();
        for (screen, face) in &self.faces {
            if *screen == here {
                face.draw(window, state);
            } else {
                face.put_away();
            }
        }
        if state.take_dropped() {
            for (_, face) in &self.faces {
                face.drop_begun(window);
            }
        }
        window.global::<Shell<'_>>().set_screen(here);
        self.redraw_whole();
        self.schedule();
    }

    /// Draws what all screens share.
    pub(super) fn draw_shell(&self) {
        self.shell.draw(&self.window, &self.state);
    }

    /// Goes by the language, the plan and the settings in force, and by what the codes may say; says
    /// whether anything of it is other than what the screens were last drawn by.
    pub(super) fn follow_words(&self) -> bool {
        let (window, state) = (&self.window, &self.state);
        let by = Some((state.lang(), state.services.in_force.now().version));
        let mut others = *self.drawn_by.borrow() != by;
        if others {
            self.drawn_by.replace(by);
            self.shell.translate(window, state);
        }
        let translates = others;
        for (_, face) in &self.faces {
            if translates {
                face.translate(window, state);
            }
            others |= face.keep_up(window, state);
        }
        others
    }

    /// Has the toolkit draw all of the window with the next frame, not only what it takes to have
    /// changed: what it misses would stand on the glass until something else drew over it.
    ///
    /// Slint 1.18.1 misses two things. As its sources read, it learns of a text's new words only
    /// through its cache of shaped texts; once that holds 1,024 it drops those that the last two
    /// frames did not draw, and with them the news of any change (see `ui/widgets/label.slint`).
    /// And, as seen, the edge of a control that is drawn again in part may differ in up to two
    /// columns of pixels from one drawn whole. The state changes with a tap or once a second, and
    /// a whole window takes about one frame's length.
    pub(super) fn redraw_whole(&self) {
        let shell = self.window.global::<Shell<'_>>();
        shell.set_drawn((shell.get_drawn() + 1) & 0xffff);
    }

    /// Somebody did something: idleness begins anew, and the screen shows what came of it. Where
    /// the control stays what it is (`in_place`), a quick finger may press it again at once.
    pub(super) fn acted(self: &Rc<Self>, in_place: bool, act: impl FnOnce(&ViewState)) {
        // Whatever the act notes, a jump of the clock comes before it.
        self.state.services.look_at_clock();
        self.state.pin.refused.take();
        act(&self.state);
        self.draw();
        // Under X11 the toolkit holds a redraw back for a frame's length, to pace animations.
        // A finger is not to wait for that.
        self.window
            .window()
            .with_winit_window(|window| window.request_redraw());
        self.await_idleness();
        if !in_place {
            self.window.global::<Touch<'_>>().invoke_settle();
        }
    }

    /// The controls are free: a picture has no finger over it.
    pub fn end_turn(&self) {
        for (_, face) in &self.faces {
            face.free(&self.window);
        }
    }

    /// Draws again when the first thing on screen that depends on the time changes.
    fn schedule(self: &Rc<Self>) {
        let now = self.state.now();
        let here = self.state.navigator.here();
        let shown = self.faces.iter().find(|(screen, _)| *screen == here);
        let of_face = shown.and_then(|(_, face)| face.changes(&self.state, now));
        let next = of_face
            .into_iter()
            .chain(self.state.evacuation_is_certain(now))
            .chain(self.state.band_changes(now))
            .chain(self.state.next_tone(now))
            .fold(next_minute(now), DateTime::min);
        let wait = (next - now)
            .to_std()
            .unwrap_or_default()
            .max(Duration::from_millis(1));
        let me = Rc::downgrade(self);
        self.tick.start(TimerMode::SingleShot, wait, move || {
            if let Some(me) = me.upgrade() {
                me.look_again();
                me.draw();
            }
        });
    }
}
