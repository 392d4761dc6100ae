//! A kiosk in a process of its own, in a real window, with a clock that goes on only when it is
//! told to: nothing on the screen changes by itself between two looks at it.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::channel;

use chrono::{DateTime, TimeDelta, Utc};
use lobby_kiosk::app::{self, Branch};
use lobby_kiosk::domain::clock::Reading;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::clock_watch::Watch;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;
use lobby_kiosk::view::Screens;
use lobby_kiosk::{AppWindow, Shell, platform};
use slint::ComponentHandle;
use slint::winit_030::SlintEvent;
use slint::winit_030::winit::event_loop::EventLoop;
use slint::winit_030::winit::platform::x11::EventLoopBuilderExtX11;

use super::display::Display;
use crate::again::again;

const DIRECTORY: &str = "LOBBY_STANDING_CLOCK_DIR";
/// 2026-11-23, 15:42 in Shanghai, in ms.
const BEGIN: i64 = 1_795_419_720_000;

thread_local! {
    static SCREENS: RefCell<Option<Rc<Screens>>> = RefCell::default();
}

/// The kiosk: each line on its input has the clock go on by so many ms, and the screens with it,
/// and is answered once all that came before is done, with whether anything on the screen moves.
#[test]
#[ignore = "run by the tests beside it, in a process of its own"]
fn kiosk_whose_clock_stands() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let dir = Path::new(&dir);
    // As the program does it, but not on the first thread, which belongs to the tests.
    slint::BackendSelector::new()
        .backend_name("winit".into())
        .renderer_name("software".into())
        .with_winit_event_loop_builder({
            let mut builder = EventLoop::<SlintEvent>::with_user_event();
            builder.with_any_thread(true);
            builder
        })
        .select()
        .unwrap();
    let window = AppWindow::new().unwrap();
    let (heard, notices) = channel();
    let weak = window.as_weak();
    let notify = Arc::new(move |notice| {
        heard.send(notice).ok();
        weak.upgrade_in_event_loop(|window| window.global::<Shell<'_>>().invoke_heard())
            .ok();
    });
    let journal = Journal::start(Writer::open(dir).unwrap(), notify).unwrap();
    let passed = Arc::new(AtomicI64::new(0));
    let now = |passed: &AtomicI64| {
        DateTime::<Utc>::from_timestamp_millis(BEGIN + passed.load(Ordering::SeqCst)).unwrap()
    };
    let (clock, clocks) = (Arc::clone(&passed), Arc::clone(&passed));
    let read = Arc::new(move || Reading {
        wall: now(&clocks),
        up: TimeDelta::milliseconds(clocks.load(Ordering::SeqCst)),
    });
    let recorder = Recorder::with_clock(journal.clone(), Clock::new(move || now(&clock)));
    let watch = Watch::start(dir, Arc::clone(&recorder), read, None);
    let branch = Branch::load(dir);
    let mut services = branch.services(recorder, Vec::new());
    services.incidents.watch(Arc::new(watch));
    let screens = app::start(window, services, notices);
    platform::fill_screen(screens.window());
    screens.window().show().unwrap();

    let weak = screens.window().as_weak();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let ms: i64 = line.parse().unwrap();
            passed.fetch_add(ms, Ordering::SeqCst);
            journal.flush().unwrap();
            weak.upgrade_in_event_loop(move |window| {
                if ms > 0 {
                    SCREENS.with_borrow(|screens| screens.as_ref().unwrap().draw());
                }
                let moving = window.window().has_active_animations();
                println!("clock stands, moving: {moving}");
                std::io::stdout().flush().unwrap();
            })
            .unwrap();
        }
        std::process::exit(0);
    });
    SCREENS.set(Some(screens));
    slint::run_event_loop().unwrap();
}

/// A hand on such a kiosk. It ends with this.
pub struct Standing {
    process: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Standing {
    pub fn start(display: &Display, data: &Path) -> Self {
        let mut process = again("window::standing::kiosk_whose_clock_stands")
            .env(DIRECTORY, data)
            .env("DISPLAY", display.name())
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SLINT_BACKEND")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Self {
            process,
            lines,
            answers,
        }
    }

    /// Has the clock go on by so many ms, and answers whether anything on the screen moves once
    /// all that came before is done.
    pub fn pass(&mut self, ms: u32) -> bool {
        writeln!(self.lines, "{ms}").unwrap();
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.answers.read_line(&mut line).unwrap();
            assert!(read > 0, "the kiosk ended by itself");
            if let Some((_, moving)) = line.trim().rsplit_once("clock stands, moving: ") {
                return moving == "true";
            }
        }
    }

    /// Waits until all that was touched is done and nothing moves any more.
    pub fn settle(&mut self) {
        // What was touched lies in the kiosk's queue, which it empties between two answers.
        self.pass(0);
        while self.pass(0) {
            std::thread::park_timeout(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
