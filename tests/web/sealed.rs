//! What customers write can be read by the staff alone: not by whoever receives it, nor from the
//! data directory, nor from copies of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::ids::ComplaintId;
use lobby_kiosk::seal::{BranchKey, KeyFile, Places, SealError, words};
use lobby_kiosk::service::complaints::{ComplaintFile, Complaints};
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::keys;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::reader::contents::Opened;
use lobby_kiosk::store::{Amiss, JOURNAL_FILE, Reader, Verdict, Writer};

use crate::pages::{Pages, fields};

const WHAT: &str = "独一无二的投诉内容-5b20";
const MORE: &str = "独一无二的补充内容-81c4";
const KEYS: &str = "content-keys";
const PIN: &str = "482915";

/// Pages with one complaint that was added to; its id and its receipt.
fn received(data: &Path) -> (Pages, ComplaintId, String) {
    let pages = Pages::open(data);
    let receipt = pages.complain(WHAT).receipt();
    add(&pages, &receipt, MORE);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    (pages, id, receipt)
}

fn add(pages: &Pages, receipt: &str, words: &str) {
    let fields = [("number", receipt), ("words", words)];
    assert_eq!(pages.post("/status", &fields).status, 200);
}

fn said(file: &ComplaintFile) -> (Option<String>, Vec<Option<String>>) {
    let first = file.words.as_ref().map(|words| words.what.clone());
    (first, file.added.iter().map(|one| one.1.clone()).collect())
}

/// What the whole of [`received`] says.
fn all() -> (Option<String>, Vec<Option<String>>) {
    (Some(WHAT.to_owned()), vec![Some(MORE.to_owned())])
}

/// A copy of all files of a directory, as a backup or a thief takes it.
fn copied(from: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// The branch's key, as this device opens it.
fn key(data: &Path, pin: Option<&str>) -> BranchKey {
    let file = KeyFile::read(data).unwrap();
    file.unlock(pin, &Places::of_system(data).find())
        .unwrap()
        .key
}

/// What of a directory's contents opens with this key: the words by the contents' ids.
fn readable(data: &Path, key: Option<&BranchKey>) -> BTreeMap<String, String> {
    let reader = Reader::open(data).unwrap();
    let mut found = BTreeMap::new();
    for complaint in reader.complaints().unwrap() {
        for entry in reader
            .entries(&format!("complaint:{}", complaint.id))
            .unwrap()
        {
            let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
            let Some(content) = body["content"].as_str() else {
                continue;
            };
            if let Ok(Some(Opened::Words(words))) = reader.content(content, key) {
                let words = String::from_utf8(words).unwrap();
                found.insert(content.to_owned(), words);
            }
        }
    }
    found
}

fn verdict(data: &Path) -> Verdict {
    Records::open(data).unwrap().verify().unwrap()
}

#[test]
fn whoever_receives_words_cannot_read_them_back() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, _) = received(dir.path());
    let complaints = pages.complaints();
    let file = complaints.file(&id).unwrap();
    assert_eq!(said(&file), (None, vec![None]));
    let path = dir.path().join("branch-key.json");
    assert_eq!(file.shut, Some(SealError::NeedsPin { path }));
    assert!(readable(dir.path(), None).is_empty());
    // The staff can, for so long as they are in.
    complaints.seals().unlock(None).unwrap();
    let file = complaints.file(&id).unwrap();
    assert_eq!((said(&file), file.shut), (all(), None));
    complaints.seals().lock();
    assert_eq!(said(&complaints.file(&id).unwrap()), (None, vec![None]));
}

#[test]
fn the_same_form_is_known_again_without_being_read() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let first = pages.post("/complaint", &fields(&token, WHAT)).receipt();
    add(&pages, &first, MORE);
    // Once more after a restart, which has nothing in mind.
    drop(pages.close());
    let pages = Pages::open(dir.path());
    let again = pages.post("/complaint", &fields(&token, WHAT)).receipt();
    assert_eq!(first, again);
    add(&pages, &first, MORE);
    let other = pages.post("/complaint", &fields(&token, MORE)).receipt();
    assert_ne!(first, other);
    let list = pages.complaints().list().unwrap();
    assert_eq!(list.len(), 2);
    let added: usize = list.iter().map(|one| one.said.len()).sum();
    assert_eq!(added, 1);
}

#[test]
fn a_thief_of_the_data_directory_reads_no_word_whatever_pin_he_knows() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, ..) = received(dir.path());
    keys::set_pin(dir.path(), PIN, &mut || None).unwrap();
    pages.settle();
    // While it runs, with the log, and after it has ended.
    let running = copied(dir.path());
    drop(pages.close());
    let ended = copied(dir.path());
    let device = fs::read(Places::of_system(dir.path()).own.unwrap()).unwrap();
    let seed_words = words::of(&key(dir.path(), Some(PIN)), words::List::English).unwrap();
    for copy in [&running, &ended] {
        for entry in fs::read_dir(copy.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let shows = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            for words in [WHAT, MORE, PIN, &seed_words.join(" ")] {
                assert!(!shows(words.as_bytes()), "{words} in {}", path.display());
            }
            assert!(!shows(&device), "{}", path.display());
        }
        let file = KeyFile::read(copy.path()).unwrap();
        let path = file.path().to_owned();
        for pin in [None, Some(PIN)] {
            let why = file.unlock(pin, &[]).unwrap_err();
            let needs = SealError::NeedsPin { path: path.clone() };
            let device = SealError::OtherDevice { path: path.clone() };
            assert_eq!(why, if pin.is_some() { device } else { needs });
        }
        assert!(readable(copy.path(), None).is_empty());
        assert!(readable(copy.path(), Some(&BranchKey::random().unwrap())).is_empty());
        // What opens it is PIN and device together, or the words on paper.
        assert_eq!(
            readable(copy.path(), Some(&key(dir.path(), Some(PIN)))).len(),
            2
        );
        let paper = words::read(&seed_words.join(" ")).unwrap();
        assert_eq!(readable(copy.path(), Some(&paper)).len(), 2);
    }
}

#[test]
fn what_was_erased_cannot_be_read_from_older_copies_of_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, _) = received(dir.path());
    pages.complain("另一件投诉的内容");
    pages.settle();
    let backup = copied(dir.path());
    let key = key(dir.path(), None);
    assert_eq!(readable(backup.path(), Some(&key)).len(), 3);
    let why = Erasure::Request;
    let erased = ComplaintEvent::Erased { why };
    pages.complaints().handle(&id, erased, pages.now());
    pages.settle();
    // The backup holds the journals of many days, and one copy of the keys: the present one.
    fs::copy(dir.path().join(KEYS), backup.path().join(KEYS)).unwrap();
    let left: Vec<String> = readable(backup.path(), Some(&key)).into_values().collect();
    assert_eq!(left.len(), 1);
    assert!(left[0].contains("另一件投诉的内容"));
    // A journal that lies aside is such a copy as well.
    let aside = backup.path().join(JOURNAL_FILE);
    fs::copy(
        aside,
        dir.path().join("journal.db.set-aside-20261123T074200Z"),
    )
    .unwrap();
    assert_eq!(readable(dir.path(), Some(&key)).len(), 1);
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 4 });
}

#[test]
fn an_erasure_that_power_ended_half_way_is_finished_with_the_next_commit() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, _) = received(dir.path());
    pages.settle();
    let keys = fs::read(dir.path().join(KEYS)).unwrap();
    let why = Erasure::Request;
    let erased = ComplaintEvent::Erased { why };
    pages.complaints().handle(&id, erased, pages.now());
    drop(pages.close());
    // As if the keys had not been wiped yet.
    fs::write(dir.path().join(KEYS), &keys).unwrap();
    let connection = rusqlite::Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
    let gone = "INSERT INTO content_gone (slot) VALUES (0), (1)";
    connection.execute(gone, []).unwrap();
    drop(connection);
    let pages = Pages::open(dir.path());
    pages.complain("另一件投诉的内容");
    pages.settle();
    let now = fs::read(dir.path().join(KEYS)).unwrap();
    assert!(now[..keys.len()].iter().all(|byte| *byte == 0));
    assert!(now.len() > keys.len());
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 4 });
}

#[test]
fn keys_of_nothing_and_half_a_key_do_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, receipt) = received(dir.path());
    drop(pages.close());
    // What power leaves that fails between the keys and their entry.
    let mut keys = fs::read(dir.path().join(KEYS)).unwrap();
    keys.extend([7; 128 + 50]);
    fs::write(dir.path().join(KEYS), keys).unwrap();
    let pages = Pages::open(dir.path());
    add(&pages, &receipt, "又一句补充的话");
    let (first, added) = said(&pages.file(&id));
    assert_eq!((first, added.len()), (Some(WHAT.to_owned()), 2));
    assert_eq!(added[1].as_deref(), Some("又一句补充的话"));
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 3 });
}

#[test]
fn keys_that_were_changed_removed_or_exchanged_show() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, _) = received(dir.path());
    drop(pages.close());
    let path = dir.path().join(KEYS);
    let sound = fs::read(&path).unwrap();
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 2 });
    let mut changed = sound.clone();
    changed[20] ^= 1;
    fs::write(&path, &changed).unwrap();
    let amiss = Verdict::Amiss(Amiss::ContentChanged(id.to_string()));
    assert_eq!(verdict(dir.path()), amiss);
    let (one, other) = sound.split_at(128);
    for missing in [[other, one].concat(), vec![0; 256], Vec::new()] {
        fs::write(&path, &missing).unwrap();
        let amiss = Verdict::Amiss(Amiss::ContentMissing(id.to_string()));
        assert_eq!(verdict(dir.path()), amiss);
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(
        verdict(dir.path()),
        Verdict::Amiss(Amiss::ContentMissing(id.to_string()))
    );
}

#[test]
fn keys_that_were_taken_away_under_the_program_are_put_back() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, id, receipt) = received(dir.path());
    pages.settle();
    fs::remove_file(dir.path().join(KEYS)).unwrap();
    add(&pages, &receipt, "又一句补充的话");
    assert_eq!(said(&pages.file(&id)).1.len(), 2);
    // Another file in their place is set aside.
    fs::remove_file(dir.path().join(KEYS)).unwrap();
    fs::write(dir.path().join(KEYS), "somebody else's").unwrap();
    add(&pages, &receipt, "最后一句补充的话");
    let (first, added) = said(&pages.file(&id));
    assert!(first.is_some() && added.iter().all(Option::is_some));
    assert_eq!(added.len(), 3);
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 4 });
}

#[test]
fn a_key_file_that_goes_while_the_program_runs_never_leaves_words_that_nobody_can_read() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, ..) = received(dir.path());
    fs::remove_file(dir.path().join("branch-key.json")).unwrap();
    assert_eq!(pages.complain("另一件投诉的内容").status, 200);
    let list = pages.complaints().list().unwrap();
    assert_eq!(list.len(), 2);
    for one in &list {
        assert!(pages.file(&one.id).words.is_some());
    }
}

#[test]
fn what_lies_in_the_clear_is_sealed_once_and_no_key_is_left_behind() {
    let dir = crate::old_data::old();
    let connection = rusqlite::Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
    let mut statement = connection
        .prepare("SELECT key, salt FROM content ORDER BY id")
        .unwrap();
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?]));
    let secrets: Vec<[Vec<u8>; 2]> = rows.unwrap().map(Result::unwrap).collect();
    assert_eq!(secrets.len(), 9);
    drop(statement);
    drop(connection);
    let holds = |secret: &[u8]| {
        fs::read_dir(dir.path()).unwrap().any(|entry| {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(secret.len()).any(|window| window == secret)
        })
    };
    assert!(holds(&secrets[0][0]), "the search finds what is there");
    let before = readable(dir.path(), None);
    assert_eq!(before.len(), 9);

    let journal = Journal::start(
        Writer::open(dir.path()).unwrap(),
        std::sync::Arc::new(|_| ()),
    )
    .unwrap();
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    let now = crate::pages::epoch();
    let last = complaints.seal_old("", now).unwrap();
    assert!(last.is_some());
    assert_eq!(complaints.seal_old(&last.unwrap(), now).unwrap(), None);
    journal.flush().unwrap();
    for secret in secrets.iter().flatten() {
        assert!(!holds(secret), "while it runs");
    }
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 74 });
    // A second time there is nothing to do.
    assert_eq!(complaints.seal_old("", now).unwrap(), None);
    journal.finish().unwrap();
    for secret in secrets.iter().flatten() {
        assert!(!holds(secret));
    }
    assert!(readable(dir.path(), None).is_empty());
    let key = key(dir.path(), None);
    assert_eq!(readable(dir.path(), Some(&key)), before);
    assert_eq!(verdict(dir.path()), Verdict::Sound { entries: 74 });
}

#[test]
fn what_verify_would_name_is_not_sealed_over() {
    let dir = crate::old_data::old();
    let connection = rusqlite::Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
    let sql = "UPDATE content SET salt = zeroblob(32) WHERE id = (SELECT min(id) FROM content)";
    connection.execute(sql, []).unwrap();
    drop(connection);
    let pages = Pages::open(dir.path());
    let last = pages.complaints().seal_old("", pages.now()).unwrap();
    assert!(last.is_some());
    pages.settle();
    assert_eq!(readable(dir.path(), None).len(), 1);
    let found = verdict(dir.path());
    assert!(
        matches!(found, Verdict::Amiss(Amiss::ContentChanged(_))),
        "{found:?}"
    );
}
