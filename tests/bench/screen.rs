//! From the tap to the picture.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use divan::{Bencher, black_box};
use lobby_kiosk::AppWindow;
use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::guide::Guide;
use lobby_kiosk::platform::Canvas;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::view::{self, Screens};
use slint::ComponentHandle;

/// A directory without anything in it: the built-in plan and settings.
const NOWHERE: &str = "/nonexistent";

struct Stage {
    canvas: Canvas,
    screens: Rc<Screens>,
}

thread_local! {
    // One platform a process: every bench of a screen runs on the main thread and shares it.
    static STAGE: RefCell<Option<Rc<Stage>>> = const { RefCell::new(None) };
}

fn stage() -> Rc<Stage> {
    STAGE.with(|stage| {
        stage
            .borrow_mut()
            .get_or_insert_with(|| {
                let canvas = Canvas::new().expect("one platform a process");
                let window = AppWindow::new().expect("a window");
                let (heard, notices) = std::sync::mpsc::channel();
                let journal = Journal::in_memory(Arc::new(move |notice| {
                    heard.send(notice).ok();
                }))
                .expect("a thread");
                let recorder = Recorder::new(journal);
                let services =
                    Branch::load_readonly(Path::new(NOWHERE)).services(recorder, Vec::new());
                window.show().expect("shown");
                canvas.resize(1280, 800);
                Rc::new(Stage {
                    screens: view::bind(window, services, notices),
                    canvas,
                })
            })
            .clone()
    })
}

/// One tap on the board: the entry made, applied, and the guide's first step handed to the
/// window; nothing is painted yet.
#[divan::bench]
fn tap_to_first_step_model(bencher: Bencher) {
    let stage = stage();
    bencher.bench_local(|| {
        let incidents = &stage.screens.services().incidents;
        let id = incidents.start("sudden-illness").expect("in the plan");
        stage.screens.state().show_guide(&id);
        stage.screens.draw();
        incidents.undo(&id);
    });
}

/// A guide's standing from an incident in the middle of it.
#[divan::bench]
fn standing_of_a_guide(bencher: Bencher) {
    let stage = stage();
    let incidents = &stage.screens.services().incidents;
    let id = incidents.start("fire").expect("in the plan");
    let incident = incidents.get(&id).expect("just started").clone();
    incidents.undo(&id);
    let plan = stage.screens.services().plan();
    let kind = plan.incident("fire").expect("in the plan");
    bencher.bench_local(|| black_box(Guide::of(black_box(&incident), kind)));
}

/// All of the board painted, 1280×800.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn full_frame_board(bencher: Bencher) {
    let stage = stage();
    stage.screens.state().show(lobby_kiosk::Screen::Board);
    stage.screens.draw();
    bencher.bench_local(|| black_box(stage.canvas.paint()));
}

/// The whole way: tap, guide built, all of it painted, 1280×800.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn tap_to_painted_guide(bencher: Bencher) {
    let stage = stage();
    bencher
        .with_inputs(|| {
            stage.screens.state().show(lobby_kiosk::Screen::Board);
            stage.screens.draw();
            stage.canvas.paint();
        })
        .bench_local_values(|()| {
            let incidents = &stage.screens.services().incidents;
            let id = incidents.start("sudden-illness").expect("in the plan");
            stage.screens.state().show_guide(&id);
            stage.screens.draw();
            let painted = black_box(stage.canvas.paint());
            incidents.undo(&id);
            painted
        });
}
