//! The whole kiosk in a test: the real window, services and journal on a real directory, with
//! a clock that the test moves and a window of any size.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Asia::Shanghai;
use i_slint_backend_testing::{
    ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions, mock_elapsed_time,
};
use lobby_kiosk::AppWindow;
use lobby_kiosk::app::{self, Branch};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::domain::clock::Reading;
use lobby_kiosk::domain::complaint::{About, Complaint, ComplaintEvent, Promise};
use lobby_kiosk::domain::entry::{Draft, Event, complaint_topic};
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId};
use lobby_kiosk::domain::incident::Incident;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::receipt::Receipt;
use lobby_kiosk::service::Services;
use lobby_kiosk::service::archive::Archive;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::clock_watch::Watch;
use lobby_kiosk::service::complaints::{ComplaintFile, ComplaintText, Complaints};
use lobby_kiosk::service::errand::Wake;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::journal::{Journal, Notice, Notify, Steady};
use lobby_kiosk::service::journal_file::JournalFile;
use lobby_kiosk::service::pcs::Pcs;
use lobby_kiosk::service::people::Here;
use lobby_kiosk::service::phone::{Links, Phone};
use lobby_kiosk::service::recorder::{Recorded, Recorder};
use lobby_kiosk::service::reviews::Reviews;
use lobby_kiosk::service::seals::Seals;
use lobby_kiosk::service::staff::Staff;
use lobby_kiosk::store::content::{Content, SideWrite};
use lobby_kiosk::store::{Prepared, Reader, StoreError, Stored, Writer};
use lobby_kiosk::view::Screens;
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, PhysicalSize};

/// A window size of the design: the baseline.
pub const BASELINE: (u32, u32) = (1280, 800);
/// Every window size of the design.
pub const SIZES: [(u32, u32); 3] = [BASELINE, (1920, 1200), (800, 1280)];
/// Every language.
pub const LANGUAGES: [Lang; 2] = Lang::OURS;

/// The moment at which every test begins: 15:42 in Shanghai.
pub fn epoch() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

/// Each element once: one that is built on another is found once for either.
pub fn once(found: impl IntoIterator<Item = ElementHandle>) -> Vec<ElementHandle> {
    let mut seen = BTreeSet::new();
    let place = |one: &ElementHandle| {
        let (at, size) = (one.absolute_position(), one.size());
        [at.x, at.y, size.width, size.height].map(f32::to_bits)
    };
    found
        .into_iter()
        .filter(|one| seen.insert((one.accessible_id(), one.accessible_label(), place(one))))
        .collect()
}

/// Runs what the pages for phones would run.
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

/// Fills a data directory with complaints, one a minute until now, as phones would.
pub fn fill_inbox(data: &Path, count: usize) {
    fill(data, count, chrono::Duration::minutes(1));
}

/// The same with several a second, as one phone sends them by itself.
pub fn fill_burst(data: &Path, count: usize) {
    fill(data, count, chrono::Duration::milliseconds(250));
}

fn fill(data: &Path, count: usize, apart: chrono::Duration) {
    let journal = Journal::start(Writer::open(data).unwrap(), Arc::new(|_| ())).unwrap();
    let mut acts = Vec::new();
    let ids = Ids::new();
    let public = Seals::of(data).public().unwrap();
    for index in 0..count {
        let at = epoch() - apart * (count - index) as i32;
        let topic = complaint_topic(&ids.next(at).into());
        let plain = serde_json::to_vec(&ComplaintText::default()).unwrap();
        let content = Content::seal(&ids.next(at), &topic, &plain, &public).unwrap();
        let draft = Draft {
            id: ids.next(at).into(),
            at,
            actor: None,
            topic,
            event: Event::Complaint(ComplaintEvent::Received {
                about: About::ALL[index % About::ALL.len()],
                kept: content.kept(),
                lang: LANGUAGES[index % LANGUAGES.len()].clone(),
                promise: Promise::of(at, &Settings::default().complaint.terms(), &Shanghai),
            }),
        };
        acts.push((draft, content));
    }
    for (draft, content) in acts {
        let prepared = Prepared::new(draft).unwrap();
        let prepared = prepared.beside(vec![SideWrite::Content(content)]);
        journal.append_then(prepared, |_| ()).unwrap();
    }
    journal.finish().unwrap();
}

/// The wall clock, and the one that nobody sets, in ms.
struct Time {
    wall: AtomicI64,
    up: AtomicI64,
}

impl Time {
    fn wall(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.wall.load(Ordering::SeqCst)).unwrap()
    }

    fn read(&self) -> Reading {
        Reading {
            wall: self.wall(),
            up: TimeDelta::milliseconds(self.up.load(Ordering::SeqCst)),
        }
    }

    fn pass(&self, time: Duration) {
        let by = i64::try_from(time.as_millis()).unwrap();
        self.wall.fetch_add(by, Ordering::SeqCst);
        self.up.fetch_add(by, Ordering::SeqCst);
    }
}

/// A journal in a file that nothing happens to.
fn written(data: &Path, notify: Notify) -> Journal {
    Journal::start(Writer::open(data).unwrap(), notify).unwrap()
}

/// A running kiosk.
pub struct Kiosk {
    pub screens: Rc<Screens>,
    pub data: PathBuf,
    pub links: Arc<Links>,
    journal: Journal,
    time: Arc<Time>,
    told: Receiver<()>,
}

/// Makes this thread a place for windows with real fonts and a clock that stands still.
pub fn backend() {
    let options = TestingBackendOptions {
        mock_time: true,
        renderer_name: Some("software".into()),
        ..Default::default()
    };
    // Once for each thread; a second kiosk of the same test finds it there already.
    slint::platform::set_platform(Box::new(TestingBackend::new(options))).ok();
}

impl Kiosk {
    /// Starts on `data` at the baseline size.
    pub fn start(data: &Path) -> Self {
        Self::start_at(data, epoch())
    }

    /// Starts with these settings, in a directory of its own.
    pub fn of(settings: &str) -> (tempfile::TempDir, Self) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("kiosk.toml"), settings).unwrap();
        let kiosk = Self::start(dir.path());
        (dir, kiosk)
    }

    /// Starts on `data` at this time.
    pub fn start_at(data: &Path, at: DateTime<Utc>) -> Self {
        Self::make(data, at, written, |_| {})
    }

    /// Starts on `data` with services that are prepared first.
    pub fn start_with(data: &Path, prepare: impl FnOnce(&mut Services)) -> Self {
        Self::make(data, epoch(), written, prepare)
    }

    /// Starts on `data` with a journal that is kept whatever becomes of its file, as the program
    /// does.
    pub fn start_kept(data: &Path) -> Self {
        let kept = |data: &Path, notify| {
            let steady = Steady::open(data).unwrap();
            Journal::keep(steady, data, notify).unwrap()
        };
        Self::make(data, epoch(), kept, |_| {})
    }

    /// The same, whose lists are made anew only once [`Kiosk::make_lists`] has them made.
    pub fn start_before_lists(data: &Path) -> Self {
        let kept = |data: &Path, notify| {
            let steady = Steady::open(data).unwrap().listing_later();
            Journal::keep(steady, data, notify).unwrap()
        };
        let kiosk = Self::make(data, epoch(), kept, |_| {});
        while kiosk.screens.services().journal_file.growing().is_none() {
            kiosk.hear_next();
        }
        kiosk.read();
        kiosk
    }

    /// Has lists made anew, to the end.
    pub fn make_lists(&self) {
        self.journal.begin_listing();
        while self.screens.services().journal_file.growing().is_some() {
            self.hear_next();
        }
        self.read();
    }

    fn make(
        data: &Path,
        at: DateTime<Utc>,
        journal: fn(&Path, Notify) -> Journal,
        prepare: impl FnOnce(&mut Services),
    ) -> Self {
        backend();
        let time = Arc::new(Time {
            wall: AtomicI64::new(at.timestamp_millis()),
            up: AtomicI64::new(0),
        });
        let (heard, notices) = channel();
        let (tell, told) = channel();
        let (done, read_up) = (tell.clone(), tell.clone());
        let linked = std::sync::Mutex::new(tell.clone());
        let made = tell.clone();
        let journal = journal(
            data,
            Arc::new(move |notice| {
                heard.send(notice).ok();
                tell.send(()).ok();
            }),
        );
        let clocks = time.clone();
        let read = Arc::new(move || clocks.read());
        let wall = time.clone();
        let recorder = Recorder::with_clock(journal.clone(), Clock::new(move || wall.wall()));
        let watch = Watch::start(data, Arc::clone(&recorder), read, None);
        let since = at - watch.look() - TimeDelta::hours(24);
        let live = Reader::open(data).unwrap().live(since).unwrap();
        let window = AppWindow::new().unwrap();
        let mut services = Branch::load(data).services(Arc::clone(&recorder), live);
        services.incidents.watch(Arc::new(watch));
        services.data = Some(data.to_owned());
        services.journal_file = JournalFile::of(data);
        services.staff = Staff::new(Arc::new(move || {
            done.send(()).ok();
        }));
        services.people = Here::of(data);
        services.follow_duty();
        let reviewed = read_up.clone();
        services.archive = Archive::new(Arc::new(move || {
            read_up.send(()).ok();
        }));
        let links = Links::of(data, Arc::clone(&recorder));
        let wake = move || linked.lock().unwrap().send(()).unwrap_or(());
        services.phone = Phone::new(Arc::clone(&links), Arc::new(wake));
        services.pcs = Some(Pcs::of(Arc::clone(&recorder), services.people.roles()));
        let made_up: Wake = Arc::new(move || {
            made.send(()).ok();
        });
        app::filing::begin(&mut services, &made_up);
        let woken = Arc::new(move || {
            reviewed.send(()).ok();
        });
        services.reviews = Reviews::new(woken, Some(plan_file::kept));
        prepare(&mut services);
        // Answers are waited for where a test wants them: nothing has to wake the window.
        let complaints = Complaints::open(data, recorder).unwrap();
        services.keep_complaints(Some(complaints), None, Arc::new(|| ()));
        let screens = app::start(window, services, notices);
        let kiosk = Self {
            screens,
            data: data.to_owned(),
            links,
            journal,
            time,
            told,
        };
        kiosk.resize(BASELINE);
        kiosk
    }

    pub fn resize(&self, (width, height): (u32, u32)) {
        let window = self.window().window();
        window.set_size(PhysicalSize::new(width, height));
        self.window().show().unwrap();
        // Lets the window hear of its new size.
        mock_elapsed_time(Duration::from_millis(1));
    }

    pub fn window(&self) -> &AppWindow {
        self.screens.window()
    }

    /// All elements on screen.
    pub fn elements(&self) -> Vec<ElementHandle> {
        ElementQuery::from_root(self.window()).find_all()
    }

    /// The element with this accessible id, if it is on screen.
    pub fn find(&self, id: &str) -> Option<ElementHandle> {
        let mut found = self.all(|one| one == id);
        assert!(found.len() < 2, "{} elements are called {id}", found.len());
        found.pop()
    }

    /// All elements whose accessible id is wanted.
    pub fn all(&self, wanted: impl Fn(&str) -> bool) -> Vec<ElementHandle> {
        let found = self.elements().into_iter();
        once(found.filter(|one| one.accessible_id().is_some_and(|id| wanted(&id))))
    }

    /// The accessible ids on screen.
    pub fn ids(&self) -> Vec<String> {
        self.elements()
            .iter()
            .filter_map(ElementHandle::accessible_id)
            .map(String::from)
            .filter(|id| !id.is_empty())
            .collect()
    }

    pub fn shows(&self, id: &str) -> bool {
        self.find(id).is_some()
    }

    /// The words a listener hears of the element.
    pub fn label(&self, id: &str) -> String {
        let Some(found) = self.find(id) else {
            panic!("no {id} among {:?}", self.ids())
        };
        found.accessible_label().unwrap_or_default().into()
    }

    /// Touches the control with a finger: where it is, whatever may lie on top of it there.
    pub fn tap(&self, id: &str) {
        // As long as a person needs to find the control, and a shaking finger to be still.
        mock_elapsed_time(Duration::from_millis(600));
        self.tap_at_once(id);
    }

    /// Starts the guide of a type from the board, whether it has a button there or stands behind
    /// "other incident".
    pub fn start_guide(&self, type_id: &str) {
        let button = format!("incident-{type_id}");
        if !self.shows(&button) {
            self.tap("incident-unclassified");
        }
        self.tap(&button);
        if self.shows("stay-unclassified") {
            self.tap("stay-unclassified");
        }
    }

    /// The same with no time between this touch and the one before.
    pub fn tap_at_once(&self, id: &str) {
        let Some(found) = self.find(id) else {
            panic!("no {id} among {:?}", self.ids())
        };
        found.mock_single_click(PointerEventButton::Left);
        mock_elapsed_time(Duration::from_millis(1));
    }

    /// Touches the place of the control twice, as a shaking finger does.
    pub fn tap_twice(&self, id: &str) {
        let Some(found) = self.find(id) else {
            panic!("no {id} among {:?}", self.ids())
        };
        let (at, size) = (found.absolute_position(), found.size());
        let middle = slint::LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
        self.tap(id);
        let window = self.window().window();
        let button = PointerEventButton::Left;
        mock_elapsed_time(Duration::from_millis(60));
        window.dispatch_event(WindowEvent::PointerPressed {
            position: middle,
            button,
        });
        mock_elapsed_time(Duration::from_millis(40));
        window.dispatch_event(WindowEvent::PointerReleased {
            position: middle,
            button,
        });
        mock_elapsed_time(Duration::from_millis(1));
    }

    /// Holds a finger on the control for this long.
    pub fn hold(&self, id: &str, time: Duration) {
        let Some(found) = self.find(id) else {
            panic!("no {id} among {:?}", self.ids())
        };
        let (at, size) = (found.absolute_position(), found.size());
        let middle = slint::LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
        mock_elapsed_time(Duration::from_millis(600));
        self.touch(middle, time);
    }

    /// Touches this place of the window for this long.
    pub fn touch(&self, position: slint::LogicalPosition, time: Duration) {
        let window = self.window().window();
        let button = PointerEventButton::Left;
        window.dispatch_event(WindowEvent::PointerPressed { position, button });
        mock_elapsed_time(time);
        window.dispatch_event(WindowEvent::PointerReleased { position, button });
        mock_elapsed_time(Duration::from_millis(10));
    }

    /// How pressing the current step's deadline is shown to be: 0 calm, 1 amber, 2 red.
    pub fn urgency(&self) -> lobby_kiosk::Urgency {
        self.window()
            .global::<lobby_kiosk::Guide<'_>>()
            .get_urgency()
    }

    /// Lets time pass, for the wall clock and for the window's timers.
    pub fn pass(&self, time: Duration) {
        let step = Duration::from_millis(250);
        let mut left = time;
        while !left.is_zero() {
            let now = left.min(step);
            self.time.pass(now);
            mock_elapsed_time(now);
            left -= now;
        }
    }

    /// Lets much time pass at once, as while nobody looks.
    pub fn skip(&self, time: Duration) {
        self.time.pass(time);
        mock_elapsed_time(time);
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.time.wall()
    }

    /// Sets the wall clock, as a person or a time server does.
    pub fn set_clock(&self, to: DateTime<Utc>) {
        self.time
            .wall
            .store(to.timestamp_millis(), Ordering::SeqCst);
    }

    /// Has the journal say that it records, or that it does not.
    pub fn record(&self, works: bool) {
        let error = StoreError::panicked();
        self.screens.services().recorder.heard(&if works {
            Notice::Recorded(Arc::from([]))
        } else {
            Notice::Failed { error, pending: 1 }
        });
        self.screens.draw();
    }

    /// Waits until the journal has said that everything is on disk, and the desk has read it.
    pub fn settle(&self) {
        let services = self.screens.services();
        while services.recorder.recorded() != Recorded::Yes {
            self.hear_next();
        }
        self.screens.process_notices();
        self.read();
    }

    /// Waits for the journal's next word.
    pub fn hear_next(&self) {
        self.told
            .recv_timeout(Duration::from_secs(30))
            .expect("the journal is silent");
        self.screens.process_notices();
    }

    /// Waits until the desk has answered everything, and draws it.
    pub fn read(&self) {
        self.screens.services().desk.wait();
        self.screens.draw();
    }

    /// The complaints, as the pages for phones have them.
    pub fn complaints(&self) -> Arc<Complaints> {
        self.screens.services().complaints.borrow().clone().unwrap()
    }

    /// A complaint as the staff read it.
    pub fn file(&self, id: &ComplaintId) -> ComplaintFile {
        let complaints = self.complaints();
        let was_open = complaints.seals().is_open();
        complaints.seals().unlock(None).unwrap();
        let file = complaints.file(id).unwrap();
        if !was_open {
            complaints.seals().lock();
        }
        file
    }

    /// Takes in a complaint as from a customer's phone, now; its id, and its receipt.
    pub fn receive(
        &self,
        about: About,
        lang: &Lang,
        words: &ComplaintText,
    ) -> (ComplaintId, Receipt) {
        let complaints = self.complaints();
        let ids = |list: Vec<Complaint>| -> BTreeSet<ComplaintId> {
            list.into_iter().map(|one| one.id).collect()
        };
        let before = ids(complaints.list().unwrap());
        let token = format!("{:032x}", before.len());
        let taken = block_on(complaints.receive(&token, about, lang, words, self.now())).unwrap();
        let after = ids(complaints.list().unwrap());
        let id = after.difference(&before).next().unwrap().clone();
        while self.screens.services().desk.counts().all() < after.len() {
            self.hear_next();
            self.read();
        }
        (id, taken.receipt)
    }

    /// Has the customer write more.
    pub fn add(&self, id: &ComplaintId, words: &str) {
        block_on(self.complaints().add(id, words, self.now())).unwrap();
        self.screens.services().desk.refresh();
        self.read();
    }

    /// Waits until what the staff asked for is done.
    pub fn wait_for_staff(&self) {
        while self.screens.services().staff.is_busy() {
            self.told
                .recv_timeout(Duration::from_secs(30))
                .expect("nothing comes of it");
            self.screens.process_notices();
        }
    }

    /// Waits until the records that were asked for are read.
    pub fn wait_for_records(&self) {
        let services = self.screens.services();
        while services.archive.is_reading() || services.reviews.is_reading() {
            self.told
                .recv_timeout(Duration::from_secs(30))
                .expect("nothing comes of it");
            self.screens.process_notices();
        }
    }

    /// Waits until the link to a phone that was asked for is there.
    pub fn wait_for_link(&self) {
        while self.screens.services().phone.is_asking() {
            self.hear_next();
        }
        self.screens.draw();
    }

    /// Waits until the statistics that were asked for are counted.
    pub fn wait_for_figures(&self) {
        while self.screens.services().figures.is_reading() {
            self.told
                .recv_timeout(Duration::from_secs(30))
                .expect("nothing comes of it");
            self.screens.process_notices();
        }
    }

    /// Waits until the report that was asked for lies there, or does not, and what is to go is gone.
    pub fn wait_for_report(&self) {
        let filing = &self.screens.services().filing;
        while filing.making().is_some() || filing.is_removing() {
            self.told
                .recv_timeout(Duration::from_secs(60))
                .expect("nothing comes of it");
            self.screens.process_notices();
        }
    }

    /// Opens the door of the staff area, and gives it this PIN.
    pub fn enter_pin(&self, pin: &str) {
        self.screens.state().enter_staff();
        self.screens.draw();
        self.wait_for_staff();
        self.type_pin(pin);
    }

    /// Types a PIN at the door, and waits for what comes of it.
    pub fn type_pin(&self, pin: &str) {
        self.type_keys(pin);
        self.tap("pin-ok");
        self.wait_for_staff();
    }

    /// Types digits on the pad that is shown.
    pub fn type_keys(&self, digits: &str) {
        let pad = if self.shows("pin-0") { "pin" } else { "key" };
        for digit in digits.chars() {
            self.tap(&format!("{pad}-{digit}"));
        }
    }

    /// All entries on disk about the staff area, oldest first.
    pub fn staff_entries(&self) -> Vec<Stored> {
        self.settle();
        Reader::open(&self.data).unwrap().entries("staff").unwrap()
    }

    /// The open incidents.
    pub fn open(&self) -> Vec<Incident> {
        self.screens
            .services()
            .incidents
            .open()
            .iter()
            .map(|one| (*one).clone())
            .collect()
    }

    /// All entries on disk about a complaint, oldest first.
    pub fn case_entries(&self, complaint: &ComplaintId) -> Vec<Stored> {
        self.settle();
        Reader::open(&self.data)
            .unwrap()
            .entries(&format!("complaint:{complaint}"))
            .unwrap()
    }

    /// All entries on disk about an incident, oldest first.
    pub fn entries(&self, incident: &IncidentId) -> Vec<Stored> {
        self.settle();
        Reader::open(&self.data)
            .unwrap()
            .entries(&format!("incident:{incident}"))
            .unwrap()
    }

    /// Stops as a person would, with everything written.
    pub fn stop(self) {
        self.window().hide().unwrap();
        self.journal.finish().unwrap();
    }
}

/// Where every control and text with an id is.
pub type Places = BTreeMap<String, (i32, i32, i32, i32)>;

pub fn places(kiosk: &Kiosk) -> Places {
    kiosk
        .elements()
        .iter()
        .filter_map(|one| {
            let id = one.accessible_id().filter(|id| !id.is_empty())?;
            let (at, size) = (one.absolute_position(), one.size());
            let place = [at.x, at.y, size.width, size.height].map(|side| side.round() as i32);
            Some((id.to_string(), place.into()))
        })
        .collect()
}

/// Has the journal fail and work again; each time it is said, and nothing else moves. `what` is
/// shown meanwhile.
pub fn still_while_unrecorded(kiosk: &Kiosk, what: &str) {
    let before = places(kiosk);
    assert!(!kiosk.shows("banner"), "{what}");
    kiosk.record(false);
    assert!(kiosk.label("banner").contains("还没存好"), "{what}");
    let mut failing = places(kiosk);
    failing.remove("banner");
    assert_eq!(failing, before, "{what}");
    kiosk.record(true);
    assert_eq!(places(kiosk), before, "{what}");
}
