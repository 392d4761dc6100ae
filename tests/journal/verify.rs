//! Tampering shows, in every column and at the right entry. And the format is the one that
//! `store::chain` describes.

use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use lobby_kiosk::cli::verify::{self, VerifyArgs};
use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic};
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::journal::verdict;
use lobby_kiosk::store::chain::What;
use lobby_kiosk::store::{
    Amiss, JOURNAL_FILE, LOCK_FILE, Reader, SCHEMA_VERSION, StoreError, Verdict, Writer,
};
use sha2::{Digest as _, Sha256};
use tempfile::{TempDir, tempdir};

use crate::checked::{broken, check, ten, verify_command};
use crate::journal::{Acts, append_newer, append_stored, prepare, raw, record, tamper};
use crate::old_data::old;

#[test]
fn a_whole_journal_passes() {
    let (dir, _) = ten();
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 10 });
    let (status, said) = verify_command(dir.path(), &Lang::EN);
    assert_eq!(
        (status, said.trim()),
        (0, "The journal is whole: 10 entries.")
    );
    let (status, said) = verify_command(dir.path(), &Lang::ZH_CN);
    assert_eq!((status, said.trim()), (0, "日志完整，共 10 条记录。"));
}

#[test]
fn an_empty_directory_passes() {
    let dir = tempdir().unwrap();
    assert_eq!(verify_command(dir.path(), &Lang::EN).0, 0);
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
            Some(entry.id.as_str().as_bytes()),
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
            drafts[5].id.as_str()
        };
        let found = check(dir.path());
        assert_eq!(found, broken(6, Some(id), What::Digest), "{sql}");
        let (status, said) = verify_command(dir.path(), &Lang::EN);
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
    assert_eq!(
        found,
        broken(-3, Some(drafts[5].id.as_str()), What::Unvouched)
    );
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
    changed[4].id = format!("{}x", changed[4].id).into();
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
    assert_eq!(found, broken(6, Some(drafts[5].id.as_str()), What::Link));
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

/// What `verify` finds in a directory with complaints, once `sql` has been at its journal. It is
/// worded in both languages, and no success.
fn found_after(sql: &str) -> Amiss {
    let dir = old();
    raw(dir.path()).execute_batch(sql).unwrap();
    amiss(dir.path())
}

fn amiss(dir: &Path) -> Amiss {
    for lang in [&Lang::EN, &Lang::ZH_CN] {
        let (status, said) = verify_command(dir, lang);
        assert_eq!(status, 1, "{said}");
        assert_eq!(said.is_ascii(), *lang == Lang::EN, "{said}");
    }
    match check(dir) {
        Verdict::Amiss(found) => found,
        other => panic!("{other:?}"),
    }
}

/// The first two of the complaints, and what was written under the first.
const FIRST: &str = "01a21af6-2b1a-7117-8a71-58f3a53f713b";
const SECOND: &str = "01a21af6-cf2a-7199-9589-7a06a9412692";
const CONTENT: &str = "01a21af6-2b1a-7117-8a71-58f4b8ab0222";

#[test]
fn words_that_were_exchanged_show() {
    let exchanged = "
        CREATE TEMP TABLE before AS SELECT row_number() OVER (ORDER BY id) AS n, * FROM content;
        UPDATE content SET (salt, key, sealed) = (
            SELECT other.salt, other.key, other.sealed FROM before AS one, before AS other
            WHERE one.id = content.id AND other.n = one.n % 9 + 1
        );";
    assert_eq!(found_after(exchanged), Amiss::ContentChanged(FIRST.into()));
    let relabelled = "
        CREATE TEMP TABLE before AS SELECT row_number() OVER (ORDER BY id) AS n, * FROM content;
        DELETE FROM content;
        INSERT INTO content SELECT other.id, one.topic, one.salt, one.key, one.sealed
        FROM before AS one, before AS other WHERE other.n = one.n % 9 + 1;";
    assert_eq!(found_after(relabelled), Amiss::ContentChanged(FIRST.into()));
}

#[test]
fn words_that_were_sealed_anew_show() {
    let dir = old();
    let key = [7; 32];
    let payload = Payload {
        msg: r#"{"what":"All was well."}"#.as_bytes(),
        aad: CONTENT.as_bytes(),
    };
    let sealed = ChaCha20Poly1305::new(&key.into())
        .encrypt(&Nonce::default(), payload)
        .unwrap();
    raw(dir.path())
        .execute(
            "UPDATE content SET key = ?2, sealed = ?3 WHERE id = ?1",
            (CONTENT, key, sealed),
        )
        .unwrap();
    assert_eq!(amiss(dir.path()), Amiss::ContentChanged(FIRST.into()));
}

#[test]
fn what_was_removed_from_beside_the_journal_shows() {
    let of_second = format!("topic = 'complaint:{SECOND}'");
    for (sql, expected) in [
        (
            format!("DELETE FROM content WHERE {of_second}"),
            Amiss::ContentMissing(SECOND.into()),
        ),
        (
            format!("UPDATE content SET salt = x'00' WHERE {of_second}"),
            Amiss::ContentChanged(SECOND.into()),
        ),
        (
            "DELETE FROM content".to_owned(),
            Amiss::ContentMissing(FIRST.into()),
        ),
        (
            format!("DELETE FROM receipt WHERE {of_second}"),
            Amiss::ReceiptMissing(SECOND.into()),
        ),
        (
            format!("UPDATE receipt SET slow = NULL, quick = NULL WHERE {of_second}"),
            Amiss::ReceiptMissing(SECOND.into()),
        ),
        ("DELETE FROM secret".to_owned(), Amiss::Secret),
        ("UPDATE secret SET value = x''".to_owned(), Amiss::Secret),
    ] {
        assert_eq!(found_after(&sql), expected, "{sql}");
    }
}

#[test]
fn what_was_put_beside_the_journal_shows() {
    let (content, receipt) = (
        "INSERT INTO content VALUES ('more', 'complaint:more', x'00', x'00', x'00')",
        "INSERT INTO receipt VALUES ('complaint:more', x'00', x'00', NULL)",
    );
    let more = || "more".to_owned();
    assert_eq!(found_after(content), Amiss::ContentLeft(more()));
    assert_eq!(found_after(receipt), Amiss::ReceiptLeft(more()));
}

#[test]
fn words_that_outlived_their_erasure_show() {
    let dir = old();
    let mut erasure = Acts::default().note(&"unused".into(), "unused");
    erasure.topic = format!("complaint:{FIRST}");
    erasure.event = Event::Complaint(ComplaintEvent::Erased {
        why: Erasure::Request,
    });
    // Recorded, but nothing erased.
    let mut writer = Writer::open(dir.path()).unwrap();
    writer.commit(&prepare(&[erasure])).unwrap();
    drop(writer);
    assert_eq!(amiss(dir.path()), Amiss::ContentLeft(FIRST.into()));
    let sql = format!("DELETE FROM content WHERE topic = 'complaint:{FIRST}'");
    raw(dir.path()).execute_batch(&sql).unwrap();
    assert_eq!(amiss(dir.path()), Amiss::ReceiptLeft(FIRST.into()));
}

#[test]
fn tables_and_triggers_that_were_dropped_changed_or_added_show() {
    for (sql, name) in [
        ("DROP TRIGGER entry_never_changed", "entry_never_changed"),
        ("DROP TRIGGER entry_never_deleted", "entry_never_deleted"),
        ("DROP TRIGGER entry_never_replaced", "entry_never_replaced"),
        ("DROP INDEX entry_topic", "entry_topic"),
        ("DROP TABLE receipt", "receipt"),
        ("DROP TABLE content", "content"),
        ("DROP TABLE meta", "meta"),
        (
            "DROP TRIGGER entry_never_changed;
             CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry BEGIN SELECT 1; END",
            "entry_never_changed",
        ),
        (
            "CREATE TRIGGER never BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END",
            "never",
        ),
    ] {
        assert_eq!(found_after(sql), Amiss::Schema(name.into()), "{sql}");
    }
    // What it says it has been given, it must have.
    let found = found_after("PRAGMA user_version = 1");
    assert!(matches!(found, Amiss::Schema(_)), "{found:?}");
}

#[test]
fn another_device_number_shows() {
    let found = found_after("UPDATE meta SET device = 'another'");
    assert_eq!(found, Amiss::Device);

    // A whole journal from elsewhere.
    let (dir, _) = ten();
    let (other, _) = ten();
    std::fs::copy(
        other.path().join(JOURNAL_FILE),
        dir.path().join(JOURNAL_FILE),
    )
    .unwrap();
    assert_eq!(amiss(dir.path()), Amiss::Device);
    // The screen says so as well.
    let warning = Writer::open(dir.path()).unwrap().warning().cloned();
    assert_eq!(warning.map(|one| one.what), Some(What::Missing));
}

#[test]
fn a_journal_that_is_gone_or_emptied_is_no_success() {
    let remove = |dir: &Path| std::fs::remove_file(dir.join(JOURNAL_FILE)).unwrap();
    let (dir, _) = ten();
    remove(dir.path());
    assert_eq!(amiss(dir.path()), Amiss::Gone);
    std::fs::write(dir.path().join(JOURNAL_FILE), "").unwrap();
    assert_eq!(amiss(dir.path()), Amiss::Gone);
    // Not even after another start, which begins a new one.
    let warning = Writer::open(dir.path()).unwrap().warning().cloned();
    assert_eq!(warning.map(|one| one.seq), Some(1));
    assert_eq!(amiss(dir.path()), Amiss::Emptied);
    record(dir.path(), &Acts::default().story().1);
    assert_eq!(amiss(dir.path()), Amiss::Device);

    // Emptied with a new device number, and all traces of it removed but the staff's PIN.
    let dir = old();
    assert!(!dir.path().join(LOCK_FILE).exists());
    remove(dir.path());
    assert_eq!(amiss(dir.path()), Amiss::Gone);
    drop(Writer::open(dir.path()).unwrap());
    assert_eq!(verify_command(dir.path(), &Lang::EN).0, 1);
}

#[test]
fn damage_that_no_entry_shows_is_found() {
    let (dir, _) = ten();
    let file = dir.path().join(JOURNAL_FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    // How many pages are free.
    bytes[39] = 3;
    std::fs::write(&file, &bytes).unwrap();
    let found = amiss(dir.path());
    assert!(matches!(found, Amiss::Structure(_)), "{found:?}");
}

#[test]
fn a_file_that_no_start_can_write_is_no_success() {
    // A later format, which SQLite opens for reading only, or not at all.
    for at in [18, 19] {
        let (dir, _) = ten();
        let file = dir.path().join(JOURNAL_FILE);
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[at] = 3;
        std::fs::write(&file, &bytes).unwrap();
        let said = verify::run(&VerifyArgs {}, dir.path(), &Lang::EN, &mut Vec::new());
        said.expect_err("not whole");
    }
    for later in [SCHEMA_VERSION + 1, 99] {
        let (dir, _) = ten();
        let sql = format!("PRAGMA user_version = {later}");
        raw(dir.path()).execute_batch(&sql).unwrap();
        let said = verify::run(&VerifyArgs {}, dir.path(), &Lang::EN, &mut Vec::new());
        assert_ne!(said.ok(), Some(0));
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_the_right_to_write_is_no_success() {
    use std::os::unix::fs::PermissionsExt;
    // Nothing is forbidden to the superuser.
    if rustix::process::geteuid().is_root() {
        return;
    }
    let (dir, _) = ten();
    let forbid = std::fs::Permissions::from_mode(0o400);
    std::fs::set_permissions(dir.path().join(JOURNAL_FILE), forbid).unwrap();
    assert!(matches!(amiss(dir.path()), Amiss::Unwritable(_)));
}

#[test]
fn what_a_newer_program_wrote_is_told_from_what_nobody_can_read() {
    let (dir, id) = with_one_incident();
    append_newer(dir.path(), &incident_topic(&id));
    append_newer(dir.path(), &incident_topic(&id));
    let (code, said) = verify_command(dir.path(), &Lang::EN);
    assert_eq!(code, 0);
    assert!(said.contains("The journal is whole: 3 entries."), "{said}");
    let wrote = "wrote 2 of the entries, which this one passes over (incident.foreseen)";
    assert!(said.contains(wrote), "{said}");
    let (_, said) = verify_command(dir.path(), &Lang::ZH_CN);
    assert!(said.contains("其中 2 条记录由更新版本写入"), "{said}");

    for (kind, version, body) in [
        ("incident.noted", 1, r#"{"note":"police"}"#),
        ("incident.noted", 1, "not JSON"),
        ("incident.noted", 0, r#"{"note":"police","words":{}}"#),
        ("staff.unlocked", 1, "7"),
    ] {
        let (dir, id) = with_one_incident();
        append_stored(dir.path(), &incident_topic(&id), kind, version, body);
        let Verdict::Amiss(Amiss::Malformed {
            seq: 2, kind: of, ..
        }) = check(dir.path())
        else {
            panic!("{body}: {:?}", check(dir.path()));
        };
        assert_eq!(of, kind);
        let said = verdict(&Lang::EN, &check(dir.path()));
        assert!(
            said.starts_with(&format!("Entry 2 ({kind}) cannot be read")),
            "{said}"
        );
    }
    // A later version of a kind that is known is a newer program's too.
    let (dir, id) = with_one_incident();
    append_stored(dir.path(), &incident_topic(&id), "incident.noted", 2, "{}");
    let (code, said) = verify_command(dir.path(), &Lang::EN);
    assert!(
        code == 0 && said.contains("wrote 1 of the entries"),
        "{said}"
    );
}

fn with_one_incident() -> (TempDir, IncidentId) {
    let dir = tempdir().unwrap();
    let (id, drafts) = Acts::default().start_alone();
    record(dir.path(), &drafts);
    (dir, id)
}

#[test]
fn a_first_start_that_power_ended_before_there_was_a_journal_has_lost_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        LOCK_FILE,
        "diagnosis.log",
        JOURNAL_FILE,
        "journal.db-journal",
    ] {
        std::fs::write(dir.path().join(name), "").unwrap();
    }
    assert_eq!(verify_command(dir.path(), &Lang::EN).0, 0);
    // Whose journal was kept there says that there was one.
    std::fs::write(dir.path().join(LOCK_FILE), "a device").unwrap();
    assert_eq!(amiss(dir.path()), Amiss::Gone);
}
