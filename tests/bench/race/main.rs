//! The race: what the README says of start, touch, memory and idleness, measured from outside.
//!
//! The kiosk and Chromium in its kiosk mode take turns on an X server of the race's own. Chromium's
//! page is a picture of the same board, which a touch exchanges for a picture of the guide: the least
//! that a browser can do. What is on the glass is read from its pixels; a picture counts as painted
//! from the moment on from which four of five pixels that change are as they stay.
//!
//! `just race` runs all of it, `just race start tap` some. It needs Xvfb and Chromium, the names of
//! the screens' elements in the build (`SLINT_EMIT_DEBUG_INFO=1`), so that it knows where to touch,
//! and nothing else that works at the same time.

mod glass;
mod racer;

#[path = "../../common/kiosk.rs"]
mod kiosk;
#[path = "../../common/many.rs"]
mod many;
#[path = "../../common/twin.rs"]
mod twin;
#[path = "../../common/walk.rs"]
mod walk;
#[path = "../../common/x_server.rs"]
mod x_server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use glass::Glass;
use lobby_kiosk::store::Writer;
use racer::{Racer, fresh};
use tempfile::TempDir;
use twin::Twin;
use walk::WALK;
use x_server::SIZE;

/// The parts, by their names.
const PARTS: [&str; 5] = ["start", "tap", "idle", "screens", "history"];
const USAGE: &str = "\
race PART... [--rounds N] [--idle-seconds N] [--program FILE]
  start     start to painted board, and memory, beside Chromium
  tap       touch to painted guide, beside Chromium
  idle      processor time of the idle board, for 60 seconds or as many as are said
  screens   every other change of the screen
  history   touch to painted guide with 20,000 incidents and 10,000 complaints on disk, and without";
/// Incidents and complaints of a long history.
const HISTORY: (usize, usize) = (20_000, 10_000);
/// What was asked for.
struct Race {
    parts: Vec<String>,
    rounds: usize,
    idle: Duration,
    program: PathBuf,
}

fn main() {
    let Some(race) = asked(std::env::args().skip(1)) else {
        println!("{USAGE}");
        return;
    };
    let glass = Glass::start();
    println!("| what | kiosk | Chromium | ratio |\n|---|---|---|---|");
    for part in &race.parts {
        match part.as_str() {
            "start" => race.start(&glass),
            "tap" => race.tap(&glass),
            "idle" => race.idle(&glass),
            "screens" => race.screens(&glass),
            _ => race.history(&glass),
        }
    }
}

/// What the words ask for; none where they ask for nothing, as `cargo bench` does for all benches.
fn asked(words: impl Iterator<Item = String>) -> Option<Race> {
    let mut race = Race {
        parts: Vec::new(),
        rounds: 10,
        idle: Duration::from_secs(60),
        program: env!("CARGO_BIN_EXE_lobby-kiosk").into(),
    };
    let mut words = words.filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        match word.as_str() {
            "--rounds" => race.rounds = words.next()?.parse().ok()?,
            "--idle-seconds" => race.idle = Duration::from_secs(words.next()?.parse().ok()?),
            "--program" => race.program = words.next()?.into(),
            part if PARTS.contains(&part) => race.parts.push(word),
            _ => return None,
        }
    }
    (!race.parts.is_empty()).then_some(race)
}

impl Race {
    fn kiosk(&self, glass: &Glass, data: &Path) -> (Racer, Option<f64>) {
        Racer::timed(|| Racer::kiosk(&self.program, glass, data), glass)
    }

    /// A folder with Chromium's page; none where there is no Chromium.
    fn page(&self) -> Option<(TempDir, PathBuf)> {
        Command::new("chromium").arg("--version").output().ok()?;
        let data = fresh();
        for screen in ["board", "guide"] {
            let drawn = Command::new(&self.program)
                .arg("--data")
                .arg(data.path())
                .args(["screenshot", screen, "--size"])
                .arg(format!("{}x{}", SIZE.0, SIZE.1))
                .arg("--out")
                .arg(data.path().join(screen).with_extension("png"))
                .output();
            assert!(drawn.is_ok_and(|one| one.status.success()), "{screen}");
        }
        let page = data.path().join("board.html");
        let text = "<body style=\"margin:0;overflow:hidden\"><img src=\"board.png\" id=\"seen\">\
                    <script>const guide = new Image(); guide.src = 'guide.png'; guide.decode();\
                    document.onclick = () => document.body.replaceChildren(guide);</script>";
        fs::write(&page, text).expect("written");
        Some((data, page))
    }

    fn start(&self, glass: &Glass) {
        let page = self.page();
        let (mut starts, mut sizes) = ([vec![], vec![]], [vec![], vec![]]);
        for _ in 0..self.rounds {
            let data = fresh();
            let (racer, took) = self.kiosk(glass, data.path());
            sleep(Duration::from_secs(4));
            starts[0].extend(took);
            sizes[0].push(racer.pss());
            drop(racer);
            let Some((_, page)) = &page else { continue };
            let (racer, took) = Racer::timed(|| Racer::browser(glass, page), glass);
            sleep(Duration::from_secs(4));
            starts[1].extend(took);
            sizes[1].push(racer.pss());
        }
        row("start to painted board, ms", starts);
        row("memory (PSS) with the pages being served, MB", sizes);
    }

    fn tap(&self, glass: &Glass) {
        let page = self.page();
        let mut took = [vec![], vec![]];
        for _ in 0..self.rounds {
            let (data, twin) = (fresh(), Twin::start(fresh()));
            let at = twin.touch("incident-fire").expect("on the board");
            let (racer, _) = self.kiosk(glass, data.path());
            took[0].extend(glass.touch(at));
            drop(racer);
            let Some((_, page)) = &page else { continue };
            let (_racer, _) = Racer::timed(|| Racer::browser(glass, page), glass);
            took[1].extend(glass.touch(at));
        }
        row("touch to painted guide, ms", took);
    }

    fn idle(&self, glass: &Glass) {
        let data = fresh();
        let (racer, _) = self.kiosk(glass, data.path());
        sleep(Duration::from_secs(8));
        let (before, began) = (racer.worked(), Instant::now());
        sleep(self.idle);
        let worked = racer.worked().saturating_sub(before).as_secs_f64() * 1000.0;
        let rate = worked / began.elapsed().as_secs_f64();
        let what = format!(
            "idle for {} s, ms of a processor a second",
            self.idle.as_secs()
        );
        println!("| {what} | {rate:.2} | | |");
    }

    fn screens(&self, glass: &Glass) {
        let (data, twin) = (fresh(), Twin::start(fresh()));
        let (_racer, _) = self.kiosk(glass, data.path());
        let (mut took, mut missed, mut absent) = (Vec::new(), 0, Vec::new());
        for _ in 0..self.rounds {
            for id in WALK {
                let Some(at) = twin.touch(id) else {
                    absent.push(id);
                    continue;
                };
                match glass.touch(at) {
                    Some(ms) => took.push(ms),
                    None => missed += 1,
                }
            }
        }
        let (count, p50, p95) = (took.len(), quantile(&took, 0.5), quantile(&took, 0.95));
        let lost = absent.len();
        let what = format!(
            "every other change of the screen ({count}; {missed} not seen, {lost} controls not found), ms"
        );
        println!("| {what} | {p50:.1}, 95th percentile {p95:.1} | | |");
        if lost > 0 {
            eprintln!("not found on the walk: {absent:?}");
        }
    }

    fn history(&self, glass: &Glass) {
        for (what, (incidents, complaints)) in [
            ("none on disk", (0, 0)),
            ("a long history on disk", HISTORY),
        ] {
            let (data, twin) = (fresh(), Twin::start(fresh()));
            if incidents > 0 {
                let until = Utc::now() - TimeDelta::days(3);
                many::fill(data.path(), incidents, complaints, until);
                // What makes its lists is no part of it.
                drop(Writer::open(data.path()).expect("its lists"));
            }
            let (_racer, start) = self.kiosk(glass, data.path());
            let mut took = Vec::new();
            for id in twin.types().into_iter().take(self.rounds) {
                let Some(at) = twin.touch(&id) else { continue };
                took.extend(glass.touch(at));
                if let Some(back) = twin.touch("back-to-board") {
                    glass.touch(back);
                }
            }
            let start = start.unwrap_or(f64::NAN);
            let (count, ms) = (took.len(), quantile(&took, 0.5));
            println!("| touch to painted guide with {what} ({count}), ms | {ms:.1} | | |");
            println!("| start with {what}, ms | {start:.0} | | |");
        }
    }
}

/// One row of the table: medians of both.
fn row(what: &str, [ours, theirs]: [Vec<f64>; 2]) {
    let (one, other) = (quantile(&ours, 0.5), quantile(&theirs, 0.5));
    let ratio = one / other;
    println!("| {what} | {one:.1} | {other:.1} | {ratio:.2} |");
}

/// The value below which so much of all lies.
fn quantile(all: &[f64], share: f64) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    let at = (last * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
