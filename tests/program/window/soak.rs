//! What is on the glass is what the state says, on a busy machine: after random taps the pixels of
//! the display server are compared with a whole new picture of the same state.
//!
//! The whole picture is the kiosk's own. The test lays a window of one colour over the kiosk's and
//! takes it away again: the kiosk then draws all of its window anew, and once nothing of the
//! colour is left, nothing is left of what stood there before.
//!
//! What this does not show: that it would find each fault. With the two precautions of
//! `Screens::redraw_whole` and of `Label` taken out it found nothing in two runs, where
//! `tests/screens/repaint.rs` finds a wrong sentence at once. It watches over what lies beyond that: the
//! toolkit's window, the display server, and the timing of a busy machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::{ConnectionExt, CreateWindowAux, WindowClass};

use super::display::{Display, HEIGHT, Picture, WIDTH};
use super::standing::Standing;
use super::{twin, until};
use crate::chance::Chance;

/// Kiosks at the same time, each on a display of its own.
const KIOSKS: usize = 5;
/// Pictures compared, of all of them together.
const PICTURES: usize = 1000;
/// No picture of the kiosk has this colour: blue, green, red.
const PAINT: [u8; 3] = [0xfe, 0x01, 0xfd];
/// Shades of 255 that nobody sees: where the toolkit draws only a part of a round corner, it rounds
/// the corner's shades differently by two to four.
const UNSEEN: u8 = 5;
/// Where to put pictures that differ, for whoever wants to see them.
const FOLDER: &str = "LOBBY_SOAK_PICTURES";

/// What can be touched on the way to a screen, and there. What is wanted most comes more often.
const TOUCHED: [(&[&str], &[&str]); 9] = [
    (
        &[],
        &[
            "incident-power-cut",
            "incident-fire",
            "incident-unclassified",
            "evacuate",
            "contacts",
            "codes",
            "staff",
            "language",
            "language",
        ],
    ),
    (
        &["incident-power-cut"],
        &[
            "back-to-board",
            "back-to-board",
            "contacts",
            "step-done",
            "step-done",
            "step-skip",
            "step-cannot",
            "notes",
            "log",
            "close-incident",
        ],
    ),
    (&["incident-power-cut", "notes"], &["note-1", "note-2"]),
    (&["incident-unclassified"], &["stay-unclassified"]),
    (
        &["evacuate"],
        &[
            "next-command",
            "headcount",
            "hazard-fire",
            "to-guide",
            "way-plan",
            "evacuation-end",
        ],
    ),
    (
        &["evacuate", "headcount"],
        &[
            "count-1",
            "count-5",
            "count-back",
            "who-child",
            "seen-toilets",
        ],
    ),
    (&["contacts"], &["contact-police", "posted"]),
    (
        &["contacts", "contact-police"],
        &["called", "no-answer", "card-close"],
    ),
    (&["contacts", "posted"], &["posted-staff"]),
];

/// The places of all that is touched.
fn places() -> Vec<(i16, i16)> {
    let mut places = Vec::new();
    for (way, ids) in TOUCHED {
        let twin = twin();
        for id in way {
            assert!(twin.touch(id).is_some(), "no {id} on the way {way:?}");
        }
        // Until the start can no longer be undone: the way to end it is there then.
        twin.kiosk.pass(Duration::from_secs(10));
        let found = ids.iter().map(|id| {
            let place = twin.place(id);
            place.unwrap_or_else(|| panic!("no {id} after {way:?}: {:?}", twin.kiosk.ids()))
        });
        places.extend(found);
    }
    places
}

fn pause(chance: &mut Chance, longest: usize) {
    std::thread::park_timeout(Duration::from_millis(chance.below(longest) as u64));
}

/// Keeps every core busy until it is dropped.
struct Load {
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    fn start() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let cores = std::thread::available_parallelism().unwrap().get();
        let threads = (0..cores).map(|_| {
            let over = Arc::clone(&over);
            std::thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        });
        let threads = threads.collect();
        Self { over, threads }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.join().unwrap();
        }
    }
}

/// Whether any paint is left.
fn is_painted(picture: &Picture) -> bool {
    let line = usize::from(WIDTH) * 4;
    let lines = picture.0.chunks_exact(line).step_by(8);
    lines
        .flat_map(|line| line.chunks_exact(4).step_by(8))
        .any(|pixel| pixel[..3] == PAINT)
}

/// All of the window, drawn anew.
fn whole(display: &Display) -> Picture {
    let server = display.server();
    let cover = display.new_id();
    let paint = CreateWindowAux::new()
        .override_redirect(1)
        .background_pixel(u32::from_le_bytes([PAINT[0], PAINT[1], PAINT[2], 0]));
    let (root, class) = (display.root(), WindowClass::INPUT_OUTPUT);
    server
        .create_window(0, cover, root, 0, 0, WIDTH, HEIGHT, 0, class, 0, &paint)
        .unwrap();
    server.map_window(cover).unwrap();
    server.destroy_window(cover).unwrap();
    let mut drawn = display.picture();
    until("the window is drawn anew", || {
        drawn = display.picture();
        !is_painted(&drawn)
    });
    drawn
}

/// The box around what differs, if anything does: left, top, right, bottom.
fn difference(one: &Picture, other: &Picture) -> Option<[usize; 4]> {
    if one == other {
        return None;
    }
    let pairs = one.0.chunks_exact(4).zip(other.0.chunks_exact(4));
    let is_seen = |(one, other): &(&[u8], &[u8])| {
        let mut shades = one.iter().zip(*other);
        shades.any(|(one, other)| one.abs_diff(*other) > UNSEEN)
    };
    let places = pairs.enumerate().filter(|(_, pair)| is_seen(pair));
    let places = places.map(|(at, _)| (at % usize::from(WIDTH), at / usize::from(WIDTH)));
    places.fold(None, |around, (x, y)| {
        let [left, top, right, bottom] = around.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

/// What stands on the screen once all that came before is done.
fn rest(kiosk: &mut Standing, display: &Display) -> Picture {
    loop {
        kiosk.settle();
        let stands = display.at_rest();
        if !kiosk.pass(0) {
            return stands;
        }
    }
}

/// Taps at random and compares; answers what was wrong with which picture.
fn walk(number: usize, places: &[(i16, i16)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let mut kiosk = Standing::start(&display, dir.path());
    display.wait_for_window();
    let mut chance = Chance(20_261_127 + number as u64);
    let mut path = Vec::new();
    let mut wrong = Vec::new();
    for picture in 0..PICTURES / KIOSKS {
        for _ in 0..1 + chance.below(4) {
            let at = places[chance.below(places.len())];
            path.push(at);
            // The seconds alone change meanwhile, and are drawn alone.
            for _ in 0..chance.below(6) {
                kiosk.pass(1000);
                std::thread::park_timeout(Duration::from_millis(25));
            }
            display.touch(at);
            pause(&mut chance, 150);
        }
        // So busy a machine may come to what was touched, or to the second picture of what moves, late.
        let mut stood = rest(&mut kiosk, &display);
        loop {
            let again = rest(&mut kiosk, &display);
            if again == stood {
                break;
            }
            stood = again;
        }
        let drawn = whole(&display);
        if let Some(at) = difference(&stood, &drawn) {
            let recent = &path[path.len().saturating_sub(6)..];
            wrong.push(format!("{number}/{picture}: {at:?} after {recent:?}"));
            if let Some(folder) = std::env::var_os(FOLDER) {
                let put = |name: &str, picture: &Picture| {
                    std::fs::write(std::path::Path::new(&folder).join(name), &picture.0).unwrap();
                };
                put(&format!("{number}-{picture}-a.bgrx"), &stood);
                put(&format!("{number}-{picture}-b.bgrx"), &drawn);
            }
        }
    }
    wrong
}

#[test]
#[ignore = "needs X servers: Xvfb"]
fn of_1000_pictures_after_random_taps_none_differs_from_one_drawn_whole() {
    let _load = Load::start();
    let places = Arc::new(places());
    let walks = (0..KIOSKS).map(|number| {
        let places = Arc::clone(&places);
        std::thread::spawn(move || walk(number, &places))
    });
    let walks: Vec<_> = walks.collect();
    let wrong: Vec<String> = walks
        .into_iter()
        .flat_map(|walk| walk.join().unwrap())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {PICTURES}: {wrong:#?}",
        wrong.len()
    );
}

/// How often the clock is looked at.
const LOOKS: usize = 40;

#[test]
#[ignore = "needs an X server: Xvfb"]
fn the_clock_of_a_guide_goes_on_whatever_was_touched() {
    let _load = Load::start();
    let dir = tempfile::tempdir().unwrap();
    let display = Display::start();
    let _kiosk = display.kiosk(dir.path());
    display.wait_for_window();
    // With the seconds that a start can still be undone, which come and go.
    let twin = twin();
    let start = twin.touch("incident-fire").unwrap();
    let notes = ["note-1", "note-2", "note-3"].map(|id| twin.place(id).unwrap());
    let elapsed = twin.frame("elapsed").unwrap();
    let clock = |at: &Picture| at.part(elapsed);
    let board = display.at_rest();
    until("the guide is open", || {
        display.touch(start);
        display.at_rest() != board
    });
    let mut chance = Chance(20_261_127);
    for look in 0..LOOKS {
        for _ in 0..chance.below(4) {
            // The quick notes.
            display.touch(notes[chance.below(notes.len())]);
            pause(&mut chance, 300);
        }
        let stood = clock(&display.at_rest());
        let patience = Instant::now() + Duration::from_secs(5);
        while clock(&display.picture()) == stood {
            assert!(Instant::now() < patience, "it stands still at look {look}");
            std::thread::park_timeout(Duration::from_millis(40));
        }
    }
}
