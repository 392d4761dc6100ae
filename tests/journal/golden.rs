//! The golden corpus in `tests/golden`: a stored body of every event in every form that was ever
//! written, and a database of every schema. Each is read, and written again as the corpus says, so
//! that a field which is renamed, lost or counted otherwise fails here.
//!
//! What is in the corpus stays as it is. A new kind, a new version of one, and a new schema are
//! added to it; where today's program writes a body otherwise than an earlier one did, `today` says
//! how.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use lobby_kiosk::domain::complaint::Complaint;
use lobby_kiosk::domain::entry::{Draft, Event, topic_complaint, topic_incident};
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId};
use lobby_kiosk::domain::summary::Summary;
use lobby_kiosk::store::reader::Which;
use lobby_kiosk::store::{
    JOURNAL_FILE, Prepared, Reader, SCHEMA_VERSION, StoreError, Stored, Verdict, Writer, forms,
};
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::{TempDir, tempdir};
use toml_edit::DocumentMut;

use crate::checked::check;
use crate::journal::{append_stored, epoch, raw};
use crate::old_data::old;

/// The corpus.
const FOLDER: &str = "tests/golden";
/// A topic that nothing is folded from.
const TOPIC: &str = "golden";

/// One body as it was stored.
#[derive(Debug)]
struct Golden {
    kind: String,
    version: i64,
    body: String,
    /// The same as it is written today.
    today: String,
}

fn files(ending: &str) -> Vec<PathBuf> {
    let all = fs::read_dir(FOLDER).unwrap().map(|one| one.unwrap().path());
    let mut found: Vec<PathBuf> = all
        .filter(|path| path.extension().is_some_and(|one| one == ending))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no {ending} in {FOLDER}");
    found
}

fn corpus() -> Vec<Golden> {
    let mut all = Vec::new();
    for path in files("toml") {
        let text = fs::read_to_string(&path).unwrap();
        let document: DocumentMut = text.parse().unwrap();
        for (kind, bodies) in document.iter() {
            for one in bodies.as_array_of_tables().expect(kind) {
                let text = |key: &str| one.get(key).map(|text| text.as_str().expect(key));
                let body = text("body").expect(kind).to_owned();
                all.push(Golden {
                    kind: kind.to_owned(),
                    version: one["version"].as_integer().expect(kind),
                    today: text("today").unwrap_or(&body).to_owned(),
                    body,
                });
            }
        }
    }
    all
}

/// The version that bodies of each kind are written in today.
fn newest() -> BTreeMap<&'static str, i64> {
    let mut newest = BTreeMap::new();
    for (kind, version) in forms() {
        let version = i64::from(version);
        let known = newest.entry(kind).or_insert(version);
        *known = version.max(*known);
    }
    newest
}

/// These bodies, each with its kind and version, as a journal that holds them gives them back.
fn stored<'a>(bodies: impl IntoIterator<Item = (&'a str, i64, &'a str)>) -> Vec<Stored> {
    let dir = tempdir().unwrap();
    drop(Writer::open(dir.path()).unwrap());
    for (kind, version, body) in bodies {
        append_stored(dir.path(), TOPIC, kind, version, body);
    }
    Reader::open(dir.path()).unwrap().entries(TOPIC).unwrap()
}

/// What these bodies are read as.
fn read(bodies: &[Golden]) -> Vec<Event> {
    let rows = bodies.iter();
    let stored = stored(rows.map(|one| (one.kind.as_str(), one.version, one.body.as_str())));
    let events = stored.iter().zip(bodies).map(|(stored, golden)| {
        let event = stored.event();
        event.unwrap_or_else(|why| panic!("{why:?}: {golden:?}"))
    });
    events.collect()
}

/// Every event of the corpus.
pub fn events() -> Vec<Event> {
    read(&corpus())
}

/// What today's program writes of these events.
fn written(events: Vec<Event>) -> Vec<Stored> {
    let dir = tempdir().unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    let prepared = events.into_iter().zip(0..).map(|(event, number)| {
        let draft = Draft {
            id: format!("golden-{number}").into(),
            at: epoch(),
            actor: None,
            topic: TOPIC.to_owned(),
            event,
        };
        Prepared::new(draft).unwrap()
    });
    let prepared: Vec<Prepared> = prepared.collect();
    writer.commit(&prepared).unwrap();
    Reader::open(dir.path()).unwrap().entries(TOPIC).unwrap()
}

#[test]
fn every_body_that_was_ever_stored_is_read_and_written_again_as_the_corpus_says() {
    let bodies = corpus();
    let newest = newest();
    let written = written(read(&bodies));
    assert_eq!(written.len(), bodies.len());
    for (written, golden) in written.iter().zip(&bodies) {
        assert_eq!(written.kind, golden.kind);
        assert_eq!(written.body, golden.today, "{golden:?}");
        assert_eq!(Some(&written.version), newest.get(golden.kind.as_str()));
    }
}

#[test]
fn the_corpus_holds_every_kind_in_every_version() {
    let known: BTreeSet<(String, i64)> = forms()
        .map(|(kind, version)| (kind.to_owned(), version.into()))
        .collect();
    let held: BTreeSet<(String, i64)> = corpus()
        .into_iter()
        .map(|one| (one.kind, one.version))
        .collect();
    let missing: Vec<_> = known.difference(&held).collect();
    assert!(missing.is_empty(), "give the corpus a body of {missing:?}");
    let forgotten: Vec<_> = held.difference(&known).collect();
    assert!(forgotten.is_empty(), "no longer read: {forgotten:?}");
}

#[test]
fn a_field_under_another_name_makes_another_event_or_none() {
    let bodies = corpus();
    let mut renamed = Vec::new();
    for (golden, event) in bodies.iter().zip(read(&bodies)) {
        let body: BTreeMap<String, serde_json::Value> = serde_json::from_str(&golden.body).unwrap();
        // What may be missing is null where it is there without a value.
        for key in body.keys().filter(|key| !body[*key].is_null()) {
            let mut other = body.clone();
            let value = other.remove(key).unwrap();
            other.insert(format!("{key}-renamed"), value);
            renamed.push((
                golden,
                event.clone(),
                serde_json::to_string(&other).unwrap(),
            ));
        }
    }
    assert!(renamed.len() > 100);
    let rows = renamed
        .iter()
        .map(|(golden, _, body)| (golden.kind.as_str(), golden.version, body.as_str()));
    for (stored, (golden, event, body)) in stored(rows).iter().zip(&renamed) {
        assert_ne!(
            stored.event().ok().as_ref(),
            Some(event),
            "{body}: {golden:?}"
        );
    }
}

/// A data directory with the database of that schema.
pub fn database(schema: u32) -> TempDir {
    if schema == 2 {
        // One that a program of that time has left, with all that lies beside it.
        return old();
    }
    let script = Path::new(FOLDER).join(format!("schema-{schema}.sql"));
    let script = fs::read_to_string(&script).unwrap_or_else(|why| panic!("{script:?}: {why}"));
    let dir = tempdir().unwrap();
    let connection = Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
    connection.execute_batch(&script).unwrap();
    let keys = Path::new(FOLDER).join(format!("schema-{schema}.content-keys"));
    if keys.exists() {
        fs::copy(keys, dir.path().join("content-keys")).unwrap();
    }
    dir
}

fn schema(dir: &Path) -> u32 {
    let version = raw(dir).pragma_query_value(None, "user_version", |row| row.get(0));
    version.unwrap()
}

/// Every entry, column by column.
fn entries(dir: &Path) -> Vec<Vec<Value>> {
    let connection = raw(dir);
    let mut statement = connection
        .prepare(
            "SELECT seq, device, id, at, actor, topic, kind, version, body, prev, digest
             FROM entry ORDER BY seq",
        )
        .unwrap();
    let rows = statement.query_map([], |row| (0..11).map(|at| row.get(at)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

/// All incidents and complaints, folded from the entries alone.
pub fn fold(
    reader: &Reader,
) -> (
    BTreeMap<IncidentId, Summary>,
    BTreeMap<ComplaintId, Complaint>,
) {
    let (mut incidents, mut complaints) = (BTreeMap::new(), BTreeMap::new());
    let folded = reader.for_each(|stored| -> Result<(), StoreError> {
        let at = stored.time().unwrap();
        match stored.event().unwrap() {
            Event::Incident(event) => {
                let id = topic_incident(&stored.topic).unwrap();
                if let Some(summary) = incidents.get_mut(&id) {
                    Summary::apply(summary, at, &event);
                } else if let Some(summary) = Summary::begin(&id, at, &event) {
                    incidents.insert(id, summary);
                }
            }
            Event::Complaint(event) => {
                let id = topic_complaint(&stored.topic).unwrap();
                if let Some(complaint) = complaints.get_mut(&id) {
                    Complaint::apply(complaint, at, &event);
                } else if let Some(complaint) = Complaint::begin(&id, at, &event) {
                    complaints.insert(id, complaint);
                }
            }
            _ => {}
        }
        Ok(())
    });
    folded.unwrap();
    (incidents, complaints)
}

#[test]
fn a_database_of_every_schema_opens_keeps_its_entries_and_is_folded_anew() {
    for version in 1..=SCHEMA_VERSION {
        let dir = database(version);
        assert_eq!(schema(dir.path()), version);
        let before = entries(dir.path());
        assert!(before.len() > 20, "{version}: {}", before.len());
        let sound = Verdict::Sound {
            entries: before.len() as u64,
        };
        assert_eq!(check(dir.path()), sound, "schema {version}, before");

        // Twice: what the first start has done, the second must find done.
        for start in ["first", "second"] {
            drop(Writer::open(dir.path()).unwrap());
            assert_eq!(schema(dir.path()), SCHEMA_VERSION);
            assert!(entries(dir.path()) == before, "schema {version}, {start}");
            assert_eq!(check(dir.path()), sound, "schema {version}, {start}");
            let reader = Reader::open(dir.path()).unwrap();
            let (incidents, complaints) = fold(&reader);
            let list = reader.list().unwrap().into_iter();
            let listed: BTreeMap<_, _> = list.map(|one| (one.id.clone(), one)).collect();
            assert_eq!(listed, incidents, "schema {version}, {start}");
            let list = reader.complaints().unwrap().into_iter();
            let listed: BTreeMap<_, _> = list.map(|one| (one.id.clone(), one)).collect();
            assert_eq!(listed, complaints, "schema {version}, {start}");
            let page = reader.inbox(Which::Single, epoch(), 0, 1).unwrap();
            assert_eq!(page.counts.all(), complaints.len());
        }
    }
}
