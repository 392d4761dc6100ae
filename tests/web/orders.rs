//! An order that ends gives way to the next one wherever it is read or heard: on the tablet, on a second
//! display, on phones, and spoken.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use i_slint_backend_testing::ElementQuery;
use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::incident::Incident;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::sound::{Sound, Wish};
use lobby_kiosk::view::{Screens, bind_posted};
use lobby_kiosk::web::situation::Situation;
use lobby_kiosk::{AppWindow, Shell};
use slint::ComponentHandle;

use crate::kiosk::{Kiosk, backend};
use crate::pages::Pages;

/// What people are told first in an earthquake, and what once the shaking has stopped.
const SHELTER: &str = "伏地";
const LEAVE: &str = "震停了";
/// What stands above the exits on a phone.
const EXITS: &str = "<h2>安全出口</h2>";

/// Everywhere that an order is read or heard.
struct Branches {
    kiosk: Kiosk,
    display: Rc<Screens>,
    seen: Rc<RefCell<Vec<Incident>>>,
    pages: Pages,
    wishes: Receiver<Wish>,
    spoken: RefCell<String>,
    _dirs: [tempfile::TempDir; 2],
}

fn open() -> Branches {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[screen]\nspoken_orders = true\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let (to, wishes) = channel();
    let kiosk = Kiosk::start_with(dir.path(), |services| {
        services.sound = Sound::told_to(to, true);
    });
    backend();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let looked = seen.clone();
    let journal = Journal::in_memory(std::sync::Arc::new(|_| {})).unwrap();
    // Long after the tap, which can no longer be taken back.
    let later = kiosk.now() + chrono::TimeDelta::seconds(60);
    let recorder = Recorder::with_clock(journal, Clock::new(move || later));
    let services = Branch::load_readonly(dir.path()).services(recorder, Vec::new());
    let look = Box::new(move || Some(looked.borrow().clone()));
    let display = bind_posted(AppWindow::new().unwrap(), services, look);
    display.window().show().unwrap();
    let pages_of = tempfile::tempdir().unwrap();
    Branches {
        kiosk,
        display,
        seen,
        pages: Pages::open(pages_of.path()),
        wishes,
        spoken: RefCell::default(),
        _dirs: [dir, pages_of],
    }
}

impl Branches {
    /// What is said in each of the four places.
    fn told(&self) -> [(&'static str, String); 4] {
        self.seen.replace(self.kiosk.open());
        let shell = self.display.window();
        shell.global::<Shell<'_>>().invoke_heard();
        let labels = ElementQuery::from_root(shell).find_all().into_iter();
        let display = labels
            .filter(|one| {
                one.accessible_id()
                    .is_some_and(|id| id == "evacuation-command")
            })
            .filter_map(|one| one.accessible_label())
            .map(|label| label.to_string())
            .collect::<String>();
        let site = self.pages.app.site();
        let later = self.kiosk.now() + chrono::TimeDelta::seconds(60);
        let (situation, _) = Situation::of(&self.kiosk.open(), &site.in_force, later);
        site.set_situation(situation);
        for wish in self.wishes.try_iter() {
            if let Wish::Speech(words) = wish {
                let all: Vec<String> = words.into_iter().map(|one| one.words).collect();
                self.spoken.replace(all.join(" "));
            }
        }
        let tablet = ["evacuation-command", "evacuate"];
        let tablet = tablet.into_iter().find(|id| self.kiosk.shows(id));
        [
            ("tablet", self.kiosk.label(tablet.expect("it is said"))),
            ("display", display),
            ("phone", self.pages.get("/evacuate").body),
            ("spoken", self.spoken.borrow().clone()),
        ]
    }

    /// All four say `order`, and none says `other`.
    fn all_say(&self, order: &str, other: &str) {
        for (place, told) in self.told() {
            assert!(told.contains(order), "{place}: {told}");
            assert!(!told.contains(other), "{place}: {told}");
        }
    }
}

/// An earthquake that people are to leave for, a while after the tap.
fn leaving() -> Branches {
    let branches = open();
    branches.kiosk.tap("incident-earthquake");
    branches.kiosk.tap("evacuate");
    branches.kiosk.pass(Duration::from_secs(8));
    branches.all_say(SHELTER, LEAVE);
    // Nobody is shown a way out before the shaking is over.
    let phone = branches.pages.get("/evacuate").body;
    assert!(phone.contains("震动停了再走"), "{phone}");
    assert!(!phone.contains(EXITS), "{phone}");
    branches
}

#[test]
fn the_next_order_of_the_tablet_replaces_the_one_before_everywhere() {
    let branches = leaving();
    branches.kiosk.tap("next-command");
    branches.all_say(LEAVE, SHELTER);
    assert!(branches.pages.get("/evacuate").body.contains(EXITS));
}

#[test]
fn the_step_that_has_people_shelter_takes_its_order_along_when_it_is_done() {
    let branches = leaving();
    branches.kiosk.tap("to-guide");
    branches.kiosk.tap("step-done");
    branches.all_say(LEAVE, SHELTER);
}

#[test]
fn so_does_the_note_that_the_shaking_has_stopped() {
    let branches = leaving();
    branches.kiosk.tap("to-guide");
    branches.kiosk.tap("note-1");
    branches.all_say(LEAVE, SHELTER);
}
