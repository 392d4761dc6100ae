//! Tampering shows, in every column and at the right entry. And the format is the one that
//! `store::chain` describes.

#[path = "common/checked.rs"]
mod checked;
#[path = "common/journal.rs"]
mod common;

use checked::{broken, check, ten, verify_command};
use common::{Acts, prepare, raw, record, tamper};
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::store::chain::What;
use lobby_kiosk::store::{Reader, StoreError, Verdict, Writer};
use sha2::{Digest as _, Sha256};
use tempfile::tempdir;

#[test]
fn a_whole_journal_passes() {
    let (dir, _) = ten();
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 10 });
    let (status, said) = verify_command(dir.path(), "en");
    assert_eq!(
        (status, said.trim()),
        (0, "The journal is whole: 10 entries.")
    );
    let (status, said) = verify_command(dir.path(), "zh_CN");
    assert_eq!((status, said.trim()), (0, "日志完整，共 10 条记录。"));
}

#[test]
fn an_empty_directory_passes() {
    let dir = tempdir().unwrap();
    assert_eq!(verify_command(dir.path(), "en").0, 0);
    drop(Writer::open(dir.path()).unwrap());
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 0 });
}

#[test]
fn the_digest_is_the_one_described() {
    let (dir, _) = ten();
    let mut prev = vec![0; 32];
    let reader = Reader::open(dir.path()).unwrap();
    let mut entries = Vec::new();
    reader
        .for_each(|stored| -> Result<(), StoreError> {
            entries.push(stored);
            Ok(())
        })
        .unwrap();
    assert!(entries.iter().any(|entry| entry.actor.is_some()));
    for entry in entries {
        let mut bytes = Vec::new();
        for field in [
            Some(&entry.seq.to_le_bytes()[..]),
            Some(entry.device.as_bytes()),
            Some(entry.id.as_bytes()),
            Some(&entry.at.to_le_bytes()),
            entry.actor.as_deref().map(str::as_bytes),
            Some(entry.topic.as_bytes()),
            Some(entry.kind.as_bytes()),
            Some(&entry.version.to_le_bytes()),
            Some(entry.body.as_bytes()),
            Some(&prev),
        ] {
            match field {
                Some(content) => {
                    bytes.extend((content.len() as u64).to_le_bytes());
                    bytes.extend(content);
                }
                None => bytes.extend([0xff; 8]),
            }
        }
        assert_eq!(entry.prev, prev);
        assert_eq!(entry.digest, Sha256::digest(&bytes).to_vec());
        prev = entry.digest;
    }
}

#[test]
fn every_changed_column_shows_at_its_entry() {
    for (column, value) in [
        ("device", "'another'"),
        ("id", "'0199'"),
        ("at", "at + 1"),
        ("actor", "''"),
        ("actor", "'somebody'"),
        ("topic", "'incident:other'"),
        ("kind", "'incident.reopened'"),
        ("version", "version + 1"),
        ("body", "body || ' '"),
        ("body", "CAST(x'ff' AS TEXT)"),
        ("prev", "zeroblob(32)"),
        ("digest", "zeroblob(32)"),
    ] {
        let (dir, drafts) = ten();
        let connection = tamper(dir.path());
        let sql = format!("UPDATE entry SET {column} = {value} WHERE seq = 6");
        assert_eq!(connection.execute(&sql, []).unwrap(), 1);
        drop(connection);
        let id = if column == "id" {
            "0199"
        } else {
            &drafts[5].id
        };
        let found = check(dir.path());
        assert_eq!(found, broken(6, Some(id), What::Digest), "{sql}");
        let (status, said) = verify_command(dir.path(), "en");
        assert_eq!(status, 1);
        assert!(said.contains("entry 6") && said.contains(id), "{said}");
    }
}

#[test]
fn a_moved_or_removed_entry_shows_where_it_is_missing() {
    for sql in [
        "UPDATE entry SET seq = 1000 WHERE seq = 6",
        "DELETE FROM entry WHERE seq = 6",
        "DELETE FROM entry WHERE seq BETWEEN 6 AND 9",
    ] {
        let (dir, _) = ten();
        tamper(dir.path()).execute(sql, []).unwrap();
        assert_eq!(check(dir.path()), broken(6, None, What::Missing), "{sql}");
    }
    let (dir, drafts) = ten();
    tamper(dir.path())
        .execute("UPDATE entry SET seq = -3 WHERE seq = 6", [])
        .unwrap();
    let found = check(dir.path());
    assert_eq!(found, broken(-3, Some(&drafts[5].id), What::Unvouched));
}

#[test]
fn an_exchanged_entry_with_a_right_digest_shows_at_the_next() {
    let (dir, drafts) = ten();
    let other = tempdir().unwrap();
    let mut changed = drafts.clone();
    changed[5] = Draft {
        id: changed[5].id.clone(),
        ..changed[4].clone()
    };
    changed[4].id.push('x');
    record(other.path(), &changed);
    let connection = tamper(dir.path());
    connection
        .execute("DELETE FROM entry WHERE seq = 6", [])
        .unwrap();
    connection
        .execute(
            "ATTACH ?1 AS other",
            [other.path().join("journal.db").to_str().unwrap()],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO entry SELECT * FROM other.entry WHERE seq = 6",
            [],
        )
        .unwrap();
    drop(connection);
    let found = check(dir.path());
    assert_eq!(found, broken(6, Some(&drafts[5].id), What::Link));
}

#[test]
fn a_damaged_file_is_a_verdict() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, mut drafts) = acts.start_alone();
    drafts.extend((0..200).map(|n| acts.note(&id, &n.to_string())));
    let mut writer = Writer::open(dir.path()).unwrap();
    writer.commit(&prepare(&drafts)).unwrap();
    drop(writer);
    let file = dir.path().join("journal.db");
    let leaf: i64 = raw(dir.path())
        .query_row(
            "SELECT pageno FROM dbstat WHERE name = 'entry' AND pagetype = 'leaf'
             ORDER BY path LIMIT 1 OFFSET 2",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let start = (usize::try_from(leaf).unwrap() - 1) * 4096;
    bytes[start..start + 4096].fill(0xee);
    std::fs::write(&file, bytes).unwrap();
    let Verdict::Broken(found) = check(dir.path()) else {
        panic!("not found");
    };
    assert_eq!(found.what, What::Unreadable);
    assert!(found.seq > 1, "{found:?}");
}
