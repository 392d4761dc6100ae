//! The journal's file: append-only, one writer, many readers, and never anybody else's file.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use lobby_kiosk::domain::entry::incident_topic;
use lobby_kiosk::domain::ids::{EntryId, IncidentId};
use lobby_kiosk::domain::summary::IncidentState;
use lobby_kiosk::domain::undo::REOPEN;
use lobby_kiosk::store::{
    JOURNAL_FILE, LOCK_FILE, Reader, SCHEMA_VERSION, StoreError, Verdict, Writer,
};
use tempfile::tempdir;

use crate::journal::{Acts, append_newer, prepare, raw, record};

fn recorded(drafts: usize) -> tempfile::TempDir {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, start) = acts.start();
    let mut all = vec![start];
    all.extend((1..drafts).map(|n| acts.note(&id, &n.to_string())));
    record(dir.path(), &all);
    dir
}

fn ids(dir: &Path) -> Vec<EntryId> {
    let mut ids = Vec::new();
    let reader = Reader::open(dir).unwrap();
    let all = reader.for_each(|stored| -> Result<(), StoreError> {
        ids.push(stored.id);
        Ok(())
    });
    all.unwrap();
    ids
}

#[test]
fn entries_are_never_changed_deleted_or_replaced() {
    let dir = recorded(3);
    let before = ids(dir.path());
    let connection = raw(dir.path());
    let row = "device, id, at, actor, topic, kind, version, body, prev, digest";
    for (sql, why) in [
        ("UPDATE entry SET body = '{}' WHERE seq = 2", "changed"),
        (
            "UPDATE OR REPLACE entry SET seq = 1 WHERE seq = 2",
            "changed",
        ),
        ("DELETE FROM entry WHERE seq = 3", "deleted"),
        ("DELETE FROM entry", "deleted"),
        (
            &format!("INSERT OR REPLACE INTO entry SELECT 2, {row} FROM entry WHERE seq = 1"),
            "replaced",
        ),
        (
            &format!("REPLACE INTO entry SELECT 9, {row} FROM entry WHERE seq = 1"),
            "replaced",
        ),
        (
            &format!("REPLACE INTO entry SELECT NULL, {row} FROM entry WHERE seq = 1"),
            "replaced",
        ),
        (
            &format!(
                "INSERT INTO entry SELECT 9, {row} FROM entry WHERE seq = 1
                 ON CONFLICT DO UPDATE SET body = '{{}}'"
            ),
            "",
        ),
    ] {
        let refused = connection.execute_batch(sql).unwrap_err().to_string();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    drop(connection);
    assert_eq!(ids(dir.path()), before);
    let verdict = Reader::open(dir.path()).unwrap().verify().unwrap();
    assert_eq!(verdict, Verdict::Sound { entries: 3 });
}

#[test]
fn a_newer_schema_is_refused_and_left_untouched() {
    let dir = recorded(3);
    let connection = raw(dir.path());
    connection
        .pragma_update(None, "user_version", SCHEMA_VERSION + 1)
        .unwrap();
    drop(connection);
    assert_left_alone(dir.path(), &["journal.db", "journal.lock"], |error| {
        matches!(error, StoreError::Newer { found, known, .. }
            if *found == SCHEMA_VERSION + 1 && *known == SCHEMA_VERSION)
    });
}

#[test]
fn a_newer_schema_that_stands_only_in_the_wal_is_refused_and_left_untouched() {
    let source = recorded(3);
    let connection = raw(source.path());
    connection
        .pragma_update(None, "user_version", SCHEMA_VERSION + 1)
        .unwrap();
    // What a kill leaves behind: the files as they are while the connection is open.
    let dir = tempdir().unwrap();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(source.path().join(name), dir.path().join(name)).unwrap();
    }
    drop(connection);
    assert_left_alone(dir.path(), &["journal.db", "journal.db-wal"], |error| {
        matches!(error, StoreError::Newer { .. })
    });
}

#[test]
fn a_file_of_another_kind_is_refused_and_left_untouched() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join(JOURNAL_FILE), "no database ".repeat(100)).unwrap();
    assert_left_alone(dir.path(), &["journal.db"], |error| {
        matches!(error, StoreError::NotADatabase { .. })
    });

    let dir = tempdir().unwrap();
    let connection = raw(dir.path());
    connection.execute_batch("CREATE TABLE other (a)").unwrap();
    drop(connection);
    assert_left_alone(dir.path(), &["journal.db"], |error| {
        matches!(error, StoreError::Foreign { .. })
    });
}

/// Opens the data directory in both ways; neither may succeed nor change a byte of `files`.
fn assert_left_alone(dir: &Path, files: &[&str], is: fn(&StoreError) -> bool) {
    let bytes = || -> Vec<Vec<u8>> {
        let read = files.iter().map(|name| fs::read(dir.join(name)));
        read.collect::<Result<_, _>>().unwrap()
    };
    let before = bytes();
    let (writer, reader) = (Writer::open(dir), Reader::open(dir));
    for error in [writer.unwrap_err(), reader.unwrap_err()] {
        assert!(is(&error), "{error}");
    }
    assert_eq!(bytes(), before);
}

#[test]
fn a_creation_that_was_cut_short_is_taken_up_again() {
    let dir = tempdir().unwrap();
    let connection = raw(dir.path());
    connection
        .execute_batch("PRAGMA journal_mode = WAL")
        .unwrap();
    drop(connection);
    assert!(fs::metadata(dir.path().join(JOURNAL_FILE)).unwrap().len() > 0);
    assert_eq!(Reader::open(dir.path()).unwrap().count().unwrap(), 0);
    let (_, drafts) = Acts::default().story();
    record(dir.path(), &drafts);
    assert_eq!(Reader::open(dir.path()).unwrap().count().unwrap(), 4);
}

#[test]
fn one_writer_a_directory() {
    let dir = tempdir().unwrap();
    let first = Writer::open(dir.path()).unwrap();
    let second = Writer::open(dir.path()).unwrap_err();
    assert!(matches!(second, StoreError::Locked { .. }), "{second}");
    drop(first);
    Writer::open(dir.path()).unwrap();
    assert!(dir.path().join(LOCK_FILE).exists());
}

#[test]
fn readers_work_beside_a_writer_and_before_it() {
    let dir = tempdir().unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.count().unwrap(), 0);
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 0 });
    assert!(reader.list().unwrap().is_empty());
    assert!(!dir.path().join(JOURNAL_FILE).exists());
    assert!(
        Reader::open(&dir.path().join("nowhere"))
            .unwrap()
            .live(crate::journal::epoch())
            .unwrap()
            .is_empty()
    );

    let mut writer = Writer::open(dir.path()).unwrap();
    let mut acts = Acts::default();
    let (id, start) = acts.start();
    writer.commit(&prepare(&[start])).unwrap();
    // The same reader finds the journal as soon as there is one, and follows it.
    assert_eq!(reader.count().unwrap(), 1);
    writer
        .commit(&prepare(&[acts.note(&id, "police")]))
        .unwrap();
    assert_eq!(reader.count().unwrap(), 2);
    assert_eq!(reader.incident(id.as_str()).unwrap().log.len(), 2);
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 2 });
}

#[test]
fn a_commit_is_all_or_nothing_and_may_be_repeated() {
    let dir = tempdir().unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    let (_, drafts) = Acts::default().story();
    let first = writer.commit(&prepare(&drafts)).unwrap();
    let seqs: Vec<i64> = first.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4]);

    let again = writer.commit(&prepare(&drafts)).unwrap();
    assert_eq!(again, first);

    let mut other = drafts[2].clone();
    other.at += Duration::seconds(1);
    let (_, more) = Acts::default().story();
    let mixed = [more[0].clone(), other.clone()];
    let refused = writer.commit(&prepare(&mixed)).unwrap_err();
    assert_eq!(
        refused,
        StoreError::IdTaken {
            id: other.id.to_string()
        }
    );
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 4 });
}

/// The incidents that are open, or had something happen since then.
fn live_ids(reader: &Reader, since: DateTime<Utc>) -> Vec<IncidentId> {
    let live = reader.live(since).unwrap();
    live.into_iter().map(|incident| incident.id).collect()
}

#[test]
fn live_incidents_are_found_by_their_standing() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (open, mut drafts) = acts.start_alone();
    let (due, story) = acts.start_alone();
    drafts.extend(story);
    drafts.push(acts.close(&due, &["footage"]));
    let (settled, story) = acts.start_alone();
    drafts.extend(story);
    drafts.push(acts.close(&settled, &["footage"]));
    drafts.push(acts.settle(&settled, "footage"));
    let (_, story) = acts.story();
    drafts.extend(story);
    let (undone, story) = acts.start_alone();
    drafts.extend(story);
    drafts.push(acts.undo_start(&undone));
    let end = acts.now;
    // Within the time for which all of it can be looked back to.
    acts.now += Duration::hours(20);
    let (recent, story) = acts.story();
    drafts.extend(story);
    record(dir.path(), &drafts);

    let reader = Reader::open(dir.path()).unwrap();
    let live = |since| live_ids(&reader, since);
    assert_eq!(live(end), [open.clone(), due.clone(), recent.clone()]);
    assert_eq!(live(acts.now), [open, due]);
    assert_eq!(live(crate::journal::epoch()).len(), 5);

    // The index finds what the domain's own rule finds.
    for since in [
        crate::journal::epoch(),
        end,
        acts.now - Duration::milliseconds(1),
    ] {
        let mut by_rule = reader.list().unwrap();
        by_rule.retain(|summary| summary.is_live(since));
        by_rule.reverse();
        let by_rule: Vec<IncidentId> = by_rule.into_iter().map(|summary| summary.id).collect();
        assert_eq!(live(since), by_rule);
    }
    let list = reader.list().unwrap();
    assert_eq!(list.len(), 6);
    assert_eq!(list[0].id, recent);
    assert_eq!(list[1].standing, IncidentState::Undone);

    let incident = &reader.live(end).unwrap()[1];
    assert_eq!(incident.follow_ups.len(), 1);
    assert_eq!(incident.log.len(), 2);
}

#[test]
fn a_wrong_clock_does_not_have_all_of_history_looked_through() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (open, mut drafts) = acts.start_alone();
    let (_, story) = acts.story();
    drafts.extend(story);
    acts.now += REOPEN.length() + Duration::hours(1);
    let (recent, story) = acts.story();
    drafts.extend(story);
    record(dir.path(), &drafts);
    let reader = Reader::open(dir.path()).unwrap();
    let live = |since| live_ids(&reader, since);
    // What is open is found however old it is.
    let wanted = [open, recent];
    assert_eq!(live(crate::journal::epoch()), wanted);
    assert_eq!(live(acts.now - REOPEN.length()), wanted);
}

#[test]
fn what_a_newer_program_wrote_is_passed_over_but_chained() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, start) = acts.start();
    let mut writer = Writer::open(dir.path()).unwrap();
    writer.commit(&prepare(&[start])).unwrap();
    append_newer(dir.path(), &incident_topic(&id));
    writer
        .commit(&prepare(&[acts.note(&id, "police")]))
        .unwrap();
    drop(writer);

    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.count().unwrap(), 3);
    assert_eq!(reader.incident(id.as_str()).unwrap().log.len(), 2);
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 3 });
}
