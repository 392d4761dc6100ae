//! Killed while lists are made anew: the next start goes on where the one before was, what is alive is
//! known at once, and in the end the lists are the fold of all entries.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;

use chrono::{Duration, Utc};
use lobby_kiosk::service::journal::{Journal, Notice, Steady};
use lobby_kiosk::store::{Reader, Writer};
use rusqlite::Connection;

use crate::again::again;
use crate::extent;
use crate::journal::{Acts, raw, record};
use crate::many::{STALE, fill, lists};

/// Incidents and complaints: in all, and in a sample.
const HISTORY: [(usize, usize); 2] = [(20_000, 10_000), (700, 350)];
/// At how many percent it is killed.
const KILLS: [u8; 6] = [0, 5, 25, 50, 75, 95];
const DIRECTORY: &str = "LOBBY_LISTING_TEST_DIR";

/// Makes the lists as the kiosk does, with an act after each part, and says how far it has come.
#[test]
#[ignore = "run by the test below, in a process of its own that gets killed"]
fn list_until_killed() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let dir = Path::new(&dir);
    let (tell, told) = channel();
    let notify = move |notice| {
        if let Notice::Listing(lists) = notice {
            assert_eq!(lists.error, None);
            let percent = lists.growing.unwrap_or(100);
            println!("listed {percent}");
            std::io::stdout().flush().unwrap();
            tell.send(percent).unwrap();
        }
    };
    let steady = Steady::open(dir).unwrap();
    let journal = Journal::keep(steady, dir, Arc::new(notify)).unwrap();
    let mut acts = Acts::from(Utc::now());
    while told.recv().unwrap() < 100 {
        let (id, start) = acts.start();
        journal.append(start).unwrap();
        journal.append(acts.close(&id, &[])).unwrap();
    }
    journal.finish().unwrap();
}

/// Starts it and kills it once it has come so far; says where it began, and what it said last.
fn run_until(dir: &Path, percent: u8) -> (u8, u8) {
    let mut child: Child = again("kill_listing::list_until_killed")
        .env(DIRECTORY, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (mut first, mut last) = (None, 0);
    for line in lines.map_while(Result::ok) {
        let Some((_, said)) = line.rsplit_once("listed ") else {
            continue;
        };
        last = said.parse().unwrap();
        first.get_or_insert(last);
        if last >= percent {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    (first.unwrap(), last)
}

#[test]
fn lists_go_on_after_a_kill_and_end_as_the_fold_of_all_entries() {
    let dir = tempfile::tempdir().unwrap();
    let (incidents, complaints) = HISTORY[usize::from(!extent::is_whole())];
    fill(
        dir.path(),
        incidents,
        complaints,
        Utc::now() - Duration::days(3),
    );
    let mut acts = Acts::from(Utc::now());
    let (open, start) = acts.start();
    record(dir.path(), &[start]);
    raw(dir.path()).execute_batch(STALE).unwrap();

    let mut before = 0;
    for percent in KILLS {
        let (first, last) = run_until(dir.path(), percent);
        assert!(first >= before, "began at {first} after {before}");
        before = last;
        let live = Reader::open(dir.path()).unwrap().live(Utc::now()).unwrap();
        let still_open: Vec<&str> = (live.iter())
            .filter(|one| one.is_open() && one.id == open)
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(still_open, [open.as_str()], "at {last} percent");
    }
    // As `check` says it to whoever looks between two starts.
    let said = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--lang", "en", "--data"])
        .arg(dir.path())
        .arg("check")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("Putting records in order: "), "{said}");

    let finished = again("kill_listing::list_until_killed")
        .env(DIRECTORY, dir.path())
        .output()
        .unwrap();
    assert!(finished.status.success(), "{finished:?}");
    let made = lists(dir.path());
    assert!(made.len() > incidents + complaints);
    Writer::open(dir.path())
        .unwrap()
        .rebuild_projections()
        .unwrap();
    assert!(made == lists(dir.path()));
    let connection: Connection = raw(dir.path());
    let twice: i64 = connection
        .query_row(
            "SELECT count(*) FROM entry WHERE id IN
             (SELECT id FROM entry GROUP BY id HAVING count(*) > 1)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(twice, 0);
}
