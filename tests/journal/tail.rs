//! The end of the journal: cut off, set back or exchanged, it shows, and stays visible.

use std::path::Path;

use lobby_kiosk::store::chain::{Broken, What};
use lobby_kiosk::store::{TAIL, Verdict, Writer};
use tempfile::tempdir;

use crate::checked::{broken, check, ten};
use crate::journal::{Acts, prepare, raw, record, tamper};

#[test]
fn a_cut_off_tail_shows_and_stays_visible_when_recording_goes_on() {
    let (dir, _) = ten();
    tamper(dir.path())
        .execute("DELETE FROM entry WHERE seq > 7", [])
        .unwrap();
    let missing = Broken {
        seq: 8,
        id: None,
        what: What::Missing,
    };
    assert_eq!(check(dir.path()), Verdict::Broken(missing.clone()));

    let mut writer = Writer::open(dir.path()).unwrap();
    assert_eq!(writer.warning(), Some(&missing));
    let (_, drafts) = Acts::default().story();
    let entries = writer.commit(&prepare(&drafts)).unwrap();
    // A position is never given twice: whoever holds a copy of 8 to 10 can put them back.
    assert_eq!(entries[0].seq, 11);
    drop(writer);
    assert_eq!(check(dir.path()), Verdict::Broken(missing.clone()));
    assert_eq!(
        Writer::open(dir.path()).unwrap().warning(),
        Some(&missing),
        "still within the tail"
    );
}

#[test]
fn lost_entries_put_back_from_a_copy_make_the_journal_whole_again() {
    let (dir, _) = ten();
    let copy = tempdir().unwrap();
    std::fs::copy(
        dir.path().join("journal.db"),
        copy.path().join("journal.db"),
    )
    .unwrap();
    let triggers: Vec<String> = raw(dir.path())
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let tampered = tamper(dir.path());
    tampered
        .execute("DELETE FROM entry WHERE seq > 7", [])
        .unwrap();
    tampered.execute_batch(&triggers.join(";")).unwrap();
    drop(tampered);
    let (_, drafts) = Acts::default().story();
    record(dir.path(), &drafts);
    assert!(matches!(check(dir.path()), Verdict::Broken(_)));
    let connection = raw(dir.path());
    connection
        .execute(
            "ATTACH ?1 AS copy",
            [copy.path().join("journal.db").to_str().unwrap()],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO entry SELECT * FROM copy.entry WHERE seq > 7",
            [],
        )
        .unwrap();
    drop(connection);
    Writer::open(dir.path())
        .unwrap()
        .rebuild_projections()
        .unwrap();
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 14 });
}

#[test]
fn a_head_that_was_set_back_removed_or_exchanged_shows() {
    let (dir, _) = ten();
    raw(dir.path())
        .execute("UPDATE meta SET seq = 8", [])
        .unwrap();
    assert_eq!(check(dir.path()), broken(9, None, What::Unvouched));

    let (dir, _) = ten();
    raw(dir.path())
        .execute("UPDATE meta SET digest = zeroblob(32)", [])
        .unwrap();
    assert_eq!(check(dir.path()), broken(10, None, What::Head));
    // It shows at the entry after, once there is one.
    let (_, drafts) = Acts::default().story();
    record(dir.path(), &drafts);
    assert_eq!(
        check(dir.path()),
        broken(11, Some(drafts[0].id.as_str()), What::Link)
    );

    let (dir, _) = ten();
    let device = |dir: &Path| -> String {
        let sql = "SELECT group_concat(DISTINCT device) FROM entry";
        raw(dir).query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let before = device(dir.path());
    raw(dir.path()).execute("DELETE FROM meta", []).unwrap();
    assert_eq!(check(dir.path()), broken(1, None, What::Unvouched));
    record(dir.path(), &drafts);
    assert!(matches!(check(dir.path()), Verdict::Broken(_)));
    assert_eq!(device(dir.path()), before);
}

#[test]
fn a_broken_tail_is_a_warning_and_an_old_break_is_left_to_verify() {
    let (dir, drafts) = ten();
    tamper(dir.path())
        .execute("UPDATE entry SET body = '{}' WHERE seq = 3", [])
        .unwrap();
    let warning = Writer::open(dir.path()).unwrap().warning().cloned();
    let expected = broken(3, Some(drafts[2].id.as_str()), What::Digest);
    assert_eq!(warning.map(Verdict::Broken), Some(expected.clone()));

    let mut acts = Acts::default();
    let (id, mut more) = acts.start_alone();
    more.extend((0..TAIL).map(|n| acts.note(&id, &n.to_string())));
    record(dir.path(), &more);
    assert_eq!(Writer::open(dir.path()).unwrap().warning(), None);
    assert_eq!(check(dir.path()), expected);
}
