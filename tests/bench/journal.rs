//! The journal: appending beside a bare SQLite loop on the same disk, folding, starting.

#[path = "../common/journal.rs"]
mod common;

use std::path::{Path, PathBuf};

use chrono::{Duration, Utc};
use common::{Acts, prepare};
use divan::Bencher;
use divan::counter::ItemsCount;
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{Incident, IncidentEvent};
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::chain::ORIGIN;
use lobby_kiosk::store::{PRAGMAS, Prepared, Reader, Writer};
use rusqlite::{Connection, params};
use tempfile::TempDir;

/// How many acts are appended at once where they are grouped.
const GROUP: usize = 64;

/// Acts of one incident without end; the same for every way of writing them.
struct Stream {
    acts: Acts,
    incident: IncidentId,
}

impl Stream {
    fn new() -> (Self, Draft) {
        let mut acts = Acts::default();
        let (incident, start) = acts.start();
        (Self { acts, incident }, start)
    }

    fn next(&mut self) -> Draft {
        self.acts.skip(&self.incident, "lights")
    }
}

/// A journal with its writer thread, and acts for it.
fn service() -> (TempDir, Journal, Stream) {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::open(dir.path()).unwrap();
    let journal = Journal::start(writer, std::sync::Arc::new(|_| {})).unwrap();
    let (stream, start) = Stream::new();
    journal.append_and_wait(start).unwrap();
    (dir, journal, stream)
}

#[divan::bench(sample_count = 500, sample_size = 1)]
fn append_and_wait(bencher: Bencher) {
    let (_dir, journal, mut stream) = service();
    bencher
        .counter(ItemsCount::new(1usize))
        .with_inputs(move || stream.next())
        .bench_local_values(|draft| journal.append_and_wait(draft).unwrap());
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn append_grouped(bencher: Bencher) {
    let (_dir, journal, mut stream) = service();
    bencher
        .counter(ItemsCount::new(GROUP))
        .with_inputs(move || -> Vec<Draft> { (0..GROUP).map(|_| stream.next()).collect() })
        .bench_local_values(|drafts| {
            for draft in drafts {
                journal.append(draft).unwrap();
            }
            journal.flush().unwrap();
        });
}

/// The same bytes into a table without indexes, triggers, digests, projections or a thread: the
/// rate to hold against.
#[divan::bench(sample_count = 500, sample_size = 1)]
fn bare_sqlite_loop(bencher: Bencher) {
    let dir = tempfile::tempdir().unwrap();
    let connection = Connection::open(dir.path().join("bare.db")).unwrap();
    connection.execute_batch(PRAGMAS).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, device TEXT, id TEXT, at INTEGER,
             actor TEXT, topic TEXT, kind TEXT, version INTEGER, body TEXT, prev BLOB,
             digest BLOB) STRICT",
        )
        .unwrap();
    let (mut stream, _) = Stream::new();
    let device = "00000000-0000-4000-8000-000000000000";
    let mut insert = connection
        .prepare("INSERT INTO entry VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .unwrap();
    bencher
        .counter(ItemsCount::new(1usize))
        .with_inputs(move || {
            let draft = stream.next();
            Prepared::new(draft).unwrap()
        })
        .bench_local_values(|act| {
            let draft = act.draft();
            let row = params![
                device,
                draft.id.as_str(),
                draft.at.timestamp_millis(),
                draft.actor,
                draft.topic,
                act.kind(),
                draft.event.version(),
                act.body(),
                ORIGIN,
                ORIGIN
            ];
            insert.execute(row).unwrap();
        });
}

/// From the disk to the state.
#[divan::bench]
fn read_and_fold_1000_entries(bencher: Bencher) {
    let dir = tempfile::tempdir().unwrap();
    let (mut stream, start) = Stream::new();
    let mut drafts = vec![start];
    drafts.extend((1..1000).map(|_| stream.next()));
    let mut writer = Writer::open(dir.path()).unwrap();
    writer.commit(&prepare(&drafts)).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    bencher.bench_local(|| reader.incident(stream.incident.as_str()).unwrap());
}

/// The domain's part of that alone.
#[divan::bench]
fn fold_1000_events(bencher: Bencher) {
    let mut acts = Acts::default();
    let (id, start) = acts.start();
    let lobby_kiosk::domain::entry::Event::Incident(begin) = start.event else {
        unreachable!("the start of an incident")
    };
    let events: Vec<IncidentEvent> = (1..1000)
        .map(|_| {
            let lobby_kiosk::domain::entry::Event::Incident(event) = acts.skip(&id, "lights").event
            else {
                unreachable!("an act of an incident")
            };
            event
        })
        .collect();
    bencher.bench_local(|| {
        let mut incident = Incident::begin(&id, &start.id, start.at, &begin).unwrap();
        for event in &events {
            incident.apply(&start.id, start.at, event);
        }
        incident
    });
}

/// Opening for writing, and finding what is still alive: what a start does before the board.
#[divan::bench(args = [1_000, 1_000_000], sample_count = 100, sample_size = 1)]
fn start_with_entries(bencher: Bencher, entries: usize) {
    let dir = built(entries);
    bencher.bench_local(|| {
        let writer = Writer::open(&dir).unwrap();
        assert_eq!(writer.warning(), None);
        let since = Utc::now() - Duration::hours(24);
        let live = Records::open(&dir).unwrap().live(since).unwrap();
        (writer, live)
    });
}

/// A journal of `entries` entries: closed incidents of 40 each, and one open. Kept from run to
/// run, since a million take their time.
fn built(entries: usize) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("lobby-kiosk-bench-{entries}"));
    let count = |dir: &Path| Reader::open(dir).and_then(|reader| reader.count());
    if count(&dir) == Ok(entries as u64) {
        return dir;
    }
    let _ = std::fs::remove_dir_all(&dir);
    // Long enough ago that a million seconds later is still before yesterday.
    let mut acts = Acts::from(Utc::now() - Duration::days(60));
    let mut writer = Writer::open(&dir).unwrap();
    let (open, mut drafts) = acts.start_alone();
    let mut left = entries - 1;
    while left > 0 {
        if left < 40 {
            drafts.extend((0..left).map(|_| acts.skip(&open, "lights")));
            left = 0;
        } else {
            let (id, start) = acts.start();
            drafts.push(start);
            drafts.extend((0..38).map(|n| acts.note(&id, &n.to_string())));
            drafts.push(acts.close(&id, &[]));
            left -= 40;
        }
        if drafts.len() >= 10_000 {
            writer.commit(&prepare(&drafts)).unwrap();
            drafts.clear();
        }
    }
    writer.commit(&prepare(&drafts)).unwrap();
    dir
}
