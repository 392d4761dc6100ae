//! The kiosk killed at any moment while a finger works on it: what the screen showed as recorded
//! comes back, at the same step.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use lobby_kiosk::service::Verdict;
use lobby_kiosk::store::Reader;

use crate::again::again;
use crate::extent;
use crate::kiosk::{Kiosk, epoch};

/// How often the process is killed: in all, and in a sample.
const KILLS: [usize; 2] = [200, 12];
const DIRECTORY: &str = "LOBBY_SCREEN_KILL_TEST_DIR";

/// What the screen shows with its `recorded` mark at "yes": the entries behind it, and the
/// current step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    entries: u64,
    step: String,
}

/// Works through guide after guide for ever, and says what the screen shows as recorded.
#[test]
#[ignore = "run by the test below, in a process of its own that gets killed"]
fn work_until_killed() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let dir = Path::new(&dir);
    let mut entries = Reader::open(dir).unwrap().count().unwrap();
    let at = epoch() + Duration::from_secs(20 * entries);
    let kiosk = Kiosk::start_at(dir, at);
    let mut say = |acts: u64| {
        kiosk.settle();
        entries += acts;
        let mark = kiosk.find("recorded").unwrap().accessible_value().unwrap();
        assert_eq!(mark, "yes");
        let step = match kiosk.find("current-step") {
            Some(step) => String::from(step.accessible_label().unwrap()),
            None => String::new(),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "shown {entries} {step}").unwrap();
        out.flush().unwrap();
    };
    loop {
        if !kiosk.shows("current-step") {
            kiosk.tap("incident-sudden-illness");
            say(1);
        }
        if kiosk.shows("answer-no-response") {
            kiosk.tap("answer-no-response");
            say(1);
        }
        while kiosk.shows("step-done") {
            // The same note at once would be the same tap once more.
            kiosk.pass(Duration::from_secs(3));
            if kiosk.shows("note-1") {
                kiosk.tap("note-1");
                say(1);
            }
            kiosk.tap("step-done");
            say(1);
        }
        kiosk.tap("close-incident");
        kiosk.tap("outcome-resolved");
        kiosk.tap("back-to-board");
        say(1);
    }
}

#[test]
fn what_the_screen_showed_as_recorded_survives_hundreds_of_kills() {
    let kills = extent::of(KILLS[0], KILLS[1]);
    let dir = tempfile::tempdir().unwrap();
    let mut last = Seen::default();
    let mut told = 0;
    for round in 0..kills {
        // Moments spread over start and work; together they are as good as random, because the
        // machine is never the same twice.
        let after = Duration::from_millis(round as u64 * 37 % 211);
        let seen = run_and_kill(dir.path(), 1 + round % 3, after);
        told += seen.len();
        if let Some(seen) = seen.last() {
            last = seen.clone();
        }
        let reader = Reader::open(dir.path()).unwrap();
        let Verdict::Sound { entries } = reader.verify().unwrap() else {
            panic!("round {round}: {:?}", reader.verify());
        };
        assert!(
            entries >= last.entries,
            "round {round}: {entries} of {last:?}"
        );
        drop(reader);
        if entries == last.entries && !last.step.is_empty() {
            let again = Kiosk::start_at(dir.path(), epoch() + Duration::from_secs(20 * entries));
            assert_eq!(again.label("current-step"), last.step, "round {round}");
            again.stop();
        }
    }
    println!("{kills} kills, {told} times shown as recorded, {last:?}");
    assert!(
        told > kills,
        "the kills came too early to show anything: {told}"
    );
}

/// Lets a kiosk work, kills it `after` so many words, and answers what it had shown.
fn run_and_kill(dir: &Path, words: usize, after: Duration) -> Vec<Seen> {
    let mut child = again("kill_screen::work_until_killed")
        .env(DIRECTORY, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut seen = Vec::new();
    while seen.len() < words {
        assert!(read_line(&mut out, &mut seen), "the kiosk ended by itself");
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    while read_line(&mut out, &mut seen) {}
    seen
}

/// Takes in one line; false at the end. A line that the kill cut short was not said.
fn read_line(out: &mut impl BufRead, seen: &mut Vec<Seen>) -> bool {
    let mut line = String::new();
    if out.read_line(&mut line).unwrap() == 0 {
        return false;
    }
    let said = line
        .strip_suffix('\n')
        .and_then(|line| line.split_once("shown "));
    if let Some((entries, step)) = said.and_then(|(_, said)| said.split_once(' ')) {
        seen.push(Seen {
            entries: entries.parse().unwrap(),
            step: step.to_owned(),
        });
    }
    true
}
