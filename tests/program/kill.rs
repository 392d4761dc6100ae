//! Killed at any moment: what was told as recorded is in the journal, the chain holds, and the
//! open incident stands where it stood.
//!
//! A kill ends the process, not the machine: what it cannot show is whether the disk keeps what
//! it was told to sync. That rests on SQLite's WAL with `synchronous = FULL`.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::Utc;
use lobby_kiosk::domain::incident::{Incident, IncidentEvent};
use lobby_kiosk::service::journal::{Journal, Notice};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::{StoreError, Verdict, Writer};

use crate::again::again;
use crate::extent;
use crate::journal::Acts;

/// How often the process is killed: in all, and in a sample.
const KILLS: [usize; 2] = [200, 20];
/// Acts that wait for the disk at any time.
const IN_FLIGHT: usize = 8;
/// Notes in an incident before it is closed and the next begins.
const NOTES: usize = 40;
const DIRECTORY: &str = "LOBBY_KILL_TEST_DIR";
const SEED: &str = "LOBBY_KILL_TEST_SEED";

/// Records for ever: notes numbered from 0 in one incident, then the next incident. It says which
/// acts are on disk, and nothing before it is true.
#[test]
#[ignore = "run by the test below, in a process of its own that gets killed"]
fn record_until_killed() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let dir = Path::new(&dir);
    let (room, told) = channel();
    let notify = move |notice| {
        let Notice::Recorded(entries) = notice else {
            panic!("{notice:?}");
        };
        let lines: String = (entries.iter())
            .map(|entry| format!("recorded {}\n", entry.draft.id))
            .collect();
        let mut out = std::io::stdout().lock();
        out.write_all(lines.as_bytes()).unwrap();
        out.flush().unwrap();
        for _ in &*entries {
            let _ = room.send(());
        }
    };
    let writer = Writer::open(dir).unwrap();
    assert_eq!(writer.warning(), None);
    let journal = Journal::start(writer, Arc::new(notify)).unwrap();
    let mut acts = Acts::from(Utc::now());
    let live = Records::open(dir).unwrap().live(Utc::now()).unwrap();
    let (mut open, mut done) = match live.iter().find(|incident| incident.is_open()) {
        Some(incident) => (Some(incident.id.clone()), notes(incident)),
        None => (None, NOTES),
    };
    let mut waiting = 0;
    let mut append = |draft| {
        journal.append(draft).unwrap();
        waiting += 1;
        while waiting >= IN_FLIGHT {
            told.recv().unwrap();
            waiting -= 1;
        }
    };
    loop {
        if done == NOTES {
            if let Some(before) = open.take() {
                append(acts.close(&before, &[]));
            }
            let (id, start) = acts.start();
            append(start);
            (open, done) = (Some(id), 0);
        }
        if let Some(open) = &open {
            append(acts.note(open, &done.to_string()));
        }
        done += 1;
    }
}

/// How many notes the incident has; they must be the first so many, in order.
fn notes(incident: &Incident) -> usize {
    let mut count = 0;
    for line in &incident.log {
        match &line.event {
            IncidentEvent::Noted { note, .. } => {
                assert_eq!(*note, count.to_string(), "{:?}", incident.log);
                count += 1;
            }
            IncidentEvent::Started { .. } => assert_eq!(count, 0),
            IncidentEvent::Closed { .. } => assert_eq!(count, NOTES),
            other => panic!("{other:?}"),
        }
    }
    count
}

#[test]
fn nothing_that_was_told_as_recorded_is_lost_by_hundreds_of_kills() {
    let kills = extent::of(KILLS[0], KILLS[1]);
    let dir = tempfile::tempdir().unwrap();
    let mut chance = Chance::new();
    let mut promised = HashSet::new();
    let mut entries = 0;
    let mut idle_rounds = 0;
    for round in 0..kills {
        let told = run_and_kill(dir.path(), &mut chance);
        if told.is_empty() {
            idle_rounds += 1;
        }
        promised.extend(told);

        let records = Records::open(dir.path()).unwrap();
        let Verdict::Sound { entries: now } = records.verify().unwrap() else {
            panic!("round {round}: {:?}", records.verify());
        };
        assert!(now >= entries, "round {round}: {now} after {entries}");
        entries = now;
        let kept = ids(&records);
        let lost: Vec<&String> = promised.difference(&kept).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        let live = records
            .live(Utc::now() + chrono::Duration::days(1))
            .unwrap();
        assert!(live.len() <= 1, "round {round}: {live:?}");
        live.iter().for_each(|incident| {
            notes(incident);
        });
    }
    let records = Records::open(dir.path()).unwrap();
    let (mut all, mut closed) = (0, 0);
    for summary in records.list().unwrap() {
        let incident = records.show(summary.id.as_str()).unwrap().incident;
        closed += usize::from(!incident.is_open());
        all += incident.log.len();
        notes(&incident);
    }
    assert_eq!(all as u64, entries);
    println!(
        "{kills} kills, {idle_rounds} of them before anything was recorded; {entries} entries, \
         {} of them told, {closed} incidents closed",
        promised.len()
    );
    // The test would prove nothing if the kills came too early or the writer stood still.
    assert!(promised.len() > 5 * kills && closed > kills / 20 && idle_rounds < kills / 2);
}

/// Lets a process record, kills it at a random moment, and returns what it said was recorded.
fn run_and_kill(dir: &Path, chance: &mut Chance) -> Vec<String> {
    let mut child = again("kill::record_until_killed")
        .env(DIRECTORY, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut told = Vec::new();
    // One kill in four comes while the process starts, the others while it records.
    let early = chance.below(4) == 0;
    if !early {
        while told.is_empty() {
            assert!(
                read_line(&mut out, &mut told),
                "the process ended by itself"
            );
        }
    }
    let moment = Duration::from_micros(chance.below(if early { 30_000 } else { 15_000 }));
    std::thread::sleep(moment);
    kill(&mut child);
    while read_line(&mut out, &mut told) {}
    told
}

fn kill(child: &mut Child) {
    // SIGKILL on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Takes in one line; false at the end. A line that the kill cut short was not said.
fn read_line(out: &mut impl BufRead, told: &mut Vec<String>) -> bool {
    let mut line = String::new();
    if out.read_line(&mut line).unwrap() == 0 {
        return false;
    }
    if let Some((_, id)) = line
        .strip_suffix('\n')
        .and_then(|l| l.split_once("recorded "))
    {
        told.push(id.to_owned());
    }
    true
}

/// Read without ever writing: a connection that may write would put the WAL away, and the next
/// process would never have to recover one.
fn ids(records: &Records) -> HashSet<String> {
    let mut ids = HashSet::new();
    let all = records.for_each(|stored| -> Result<(), StoreError> {
        ids.insert(stored.id.to_string());
        Ok(())
    });
    all.unwrap();
    ids
}

/// Random moments that can be had again from the seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let seed = std::env::var(SEED).ok().map_or_else(
            || {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
                u64::from(now.subsec_nanos()) ^ now.as_secs()
            },
            |seed| seed.parse().unwrap(),
        );
        println!("{SEED}={seed}");
        Self(seed)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
