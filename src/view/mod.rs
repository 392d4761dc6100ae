//! Binds the window to the services: one file a screen. A screen's data is a pure function of
//! services, language and time; callbacks act on the services and draw again.

mod after;
mod board;
mod call_card;
mod call_turn;
mod calls;
mod case_file;
mod case_lines;
mod codes;
mod complaint;
mod corrections;
mod evacuation;
mod guide;
mod hearing;
mod idle;
mod inbox;
mod log;
mod number_list;
mod numbers;
mod place;
mod posted;
mod rows;
mod shell;
mod staff;
mod steps;
mod ticks;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use chrono::{DateTime, Utc};
use slint::winit_030::WinitWindowAccessor;
use slint::{ComponentHandle, Timer, TimerMode};

use crate::domain::incident::{Incident, Mark, StepRef};
use crate::platform;
use crate::service::Services;
use crate::service::journal::Notice;
use crate::service::language::Keeper;
use crate::{After, AppWindow, EvacuationFace, Face, Posted, Screen, Shell, Touch};
use ticks::next_minute;

/// The screens of one window. Dropping it unbinds the window and stops its timers.
pub struct Screens {
    window: AppWindow,
    services: Services,
    lang: RefCell<String>,
    keeper: Keeper,
    screen: Cell<Screen>,
    /// A second display, which shows the posted face and never acts on anything.
    display_only: bool,
    look: Option<Look>,
    /// When it last looked.
    looked: Cell<Option<DateTime<Utc>>>,
    /// Where a visit to the contacts, the codes or the evacuation leads back to.
    before: Cell<Screen>,
    guide: GuideState,
    contacts: calls::State,
    evacuation: evacuation::State,
    staff: staff::State,
    numbers: numbers::State,
    complaint: complaint::State,
    drawn: codes::Drawn,
    /// The version of what is in force that the screens were last drawn by.
    drawn_version: Cell<u64>,
    /// The address that the codes on the screens carry.
    drawn_for: RefCell<Option<String>>,
    /// Whether the codes with the way out are withheld, as they were last drawn.
    codes_withheld: Cell<bool>,
    rows: Models,
    notices: Receiver<Notice>,
    tick: Timer,
    idle: Timer,
    posting: Timer,
}

/// Which incident the guide shows, and how.
#[derive(Default)]
struct GuideState {
    incident: RefCell<Option<String>>,
    face: Cell<Face>,
    /// The same type was tapped while this one was open: a second one may be started.
    second: Cell<bool>,
    /// The step just left without being done, which may be given a reason.
    asked: RefCell<Option<(StepRef, Mark)>>,
    turn: corrections::Turn,
}

#[derive(Default)]
struct Models {
    board: board::Rows,
    guide: guide::Rows,
    after: after::Rows,
    contacts: calls::Rows,
    evacuation: evacuation::Rows,
    posted: posted::Rows,
    numbers: number_list::Rows,
    inbox: Rc<inbox::Rows>,
    complaint: complaint::Rows,
    notices: rows::Rows<slint::SharedString>,
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
    let display_only = look.is_some();
    let keeps = services.data.clone().filter(|_| !display_only);
    let lang = shell::first_lang(&services.settings(), keeps.as_deref());
    let start = idle::start(&services.settings().screen, display_only);
    let screens = Rc::new(Screens {
        window,
        services,
        lang: RefCell::new(lang),
        keeper: Keeper::new(keeps),
        screen: Cell::new(start),
        display_only,
        look,
        looked: Cell::new(None),
        before: Cell::new(start),
        guide: GuideState::default(),
        contacts: calls::State::default(),
        evacuation: evacuation::State::default(),
        staff: staff::State::default(),
        numbers: numbers::State::default(),
        complaint: complaint::State::default(),
        drawn: codes::Drawn::default(),
        drawn_version: Cell::default(),
        drawn_for: RefCell::default(),
        codes_withheld: Cell::default(),
        rows: Models::default(),
        notices,
        tick: Timer::default(),
        idle: Timer::default(),
        posting: Timer::default(),
    });
    screens.bind_shell();
    screens.bind_board();
    screens.bind_guide();
    screens.bind_after();
    screens.bind_calls();
    screens.bind_evacuation();
    screens.bind_posted();
    screens.bind_staff();
    screens.bind_numbers();
    screens.bind_inbox();
    screens.bind_complaint();
    screens.follow_in_force();
    screens.take_floor();
    screens.draw();
    screens.services.desk.refresh();
    screens
}

impl Screens {
    /// The window.
    pub fn window(&self) -> &AppWindow {
        &self.window
    }

    /// What the screens work with.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Opens what was going on when the program last stopped.
    pub fn resume(self: &Rc<Self>) {
        if self.take_up() {
            self.draw();
        }
        self.await_idleness();
    }

    /// Shows the evacuation that runs, or else the guide of the open incident that was shown or
    /// acted on last; says whether there is any.
    fn take_up(&self) -> bool {
        let incidents = &self.services.incidents;
        if incidents.evacuating().is_some() {
            self.show_evacuation(EvacuationFace::Signs);
            return true;
        }
        let shown = self.guide.incident.borrow().clone();
        let back = shown
            .filter(|id| incidents.get(id).is_some_and(|one| one.is_open()))
            .or_else(|| incidents.latest_open());
        if let Some(id) = &back {
            self.show_guide(id);
        }
        back.is_some()
    }

    /// Shows the incident's guide from now on.
    pub fn show_guide(&self, id: &str) {
        let closed = self
            .services
            .incidents
            .get(id)
            .is_some_and(|one| !one.is_open());
        self.guide.incident.replace(Some(id.to_owned()));
        self.guide
            .face
            .set(if closed { Face::Closed } else { Face::Steps });
        self.guide.second.set(false);
        self.guide.asked.take();
        self.forget_turn();
        self.show(Screen::Guide);
    }

    /// Shows another screen from now on.
    pub fn show(&self, screen: Screen) {
        // Whatever led here, a display that only looks on has nothing to do with the staff's.
        let public = matches!(
            screen,
            Screen::Contacts | Screen::Codes | Screen::Evacuation | Screen::Posted | Screen::Notice
        );
        if screen != Screen::Complaint {
            self.put_file_away();
        }
        self.screen.set(if self.display_only && !public {
            Screen::Posted
        } else {
            self.guard_staff(screen)
        });
        self.close_card();
        self.window.global::<Posted<'_>>().set_asking(false);
        // The row that was being let go belongs to what was shown before.
        self.window.global::<After<'_>>().set_waiving(-1);
    }

    /// Shows a face of the guide from now on.
    pub fn show_face(&self, face: Face) {
        self.guide.face.set(face);
    }

    /// Draws what is on screen from the services' state.
    pub fn draw(self: &Rc<Self>) {
        if self.display_only {
            self.follow();
        } else {
            self.services.look_at_clock();
        }
        self.draw_shell();
        self.follow_pages();
        match self.screen.get() {
            Screen::Board => self.draw_board(),
            Screen::Guide => self.draw_guide(),
            Screen::After => self.draw_after(),
            Screen::Contacts => self.draw_contacts(),
            Screen::Codes => {}
            Screen::Evacuation => self.draw_evacuation(),
            Screen::Posted => self.draw_posted(),
            Screen::Notice => self.draw_notice(),
            Screen::Pin => self.draw_pin(),
            Screen::Numbers => self.draw_numbers(),
            Screen::Inbox => self.draw_inbox(),
            Screen::Complaint => self.draw_complaint(),
        }
        self.window
            .global::<Shell<'_>>()
            .set_screen(self.screen.get());
        self.redraw_whole();
        self.schedule();
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
    fn redraw_whole(&self) {
        let shell = self.window.global::<Shell<'_>>();
        shell.set_drawn((shell.get_drawn() + 1) & 0xffff);
    }

    /// Somebody did something: idleness begins anew, and the screen shows what came of it.
    fn acted(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>)) {
        self.acted_in_place(act);
        self.window.global::<Touch<'_>>().invoke_settle();
    }

    /// The same where the control stays what it is: a quick finger may press it again at once.
    fn acted_in_place(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>)) {
        // Whatever the act notes, a jump of the clock comes before it.
        self.services.look_at_clock();
        act(self);
        self.draw();
        // Under X11 the toolkit holds a redraw back for a frame's length, to pace animations.
        // A finger is not to wait for that.
        self.window
            .window()
            .with_winit_window(|window| window.request_redraw());
        self.await_idleness();
    }

    /// Draws again when the first thing on screen that depends on the time changes.
    fn schedule(self: &Rc<Self>) {
        let now = self.services.clock.now();
        let next = match self.screen.get() {
            Screen::Board => self.board_changes(now),
            Screen::Guide => self.guide_changes(now),
            Screen::After => self.after_changes(now),
            Screen::Evacuation => self.evacuation_changes(now),
            Screen::Pin => self.pin_changes(now),
            Screen::Contacts
            | Screen::Codes
            | Screen::Posted
            | Screen::Notice
            | Screen::Numbers => next_minute(now),
            Screen::Inbox | Screen::Complaint => next_minute(now),
        }
        .min(next_minute(now))
        .min(self.evacuation_is_certain(now));
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

    fn lang(&self) -> String {
        self.lang.borrow().clone()
    }
}
