//! The journal's file is damaged, another's, or taken away: the guide records on, nothing that can
//! be read is lost, and nothing is overwritten.

mod spoiled;

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::Receiver;

use lobby_kiosk::cli::check::run as check_files;
use lobby_kiosk::domain::complaint::{About, ComplaintEvent, Erasure};
use lobby_kiosk::domain::entry::Event;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::receipt::Receipt;
use lobby_kiosk::service::complaints::{ComplaintText, Complaints};
use lobby_kiosk::service::journal::{Journal, Notice, Sink, Steady};
use lobby_kiosk::service::journal_file::{JournalFile, broken, lost};
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::content::SideWrite;
use lobby_kiosk::store::file_system::{is_shared, kind_in};
use lobby_kiosk::store::reader::Which;
use lobby_kiosk::store::{
    Aside, JOURNAL_FILE, Prepared, Reader, StoreError, Verdict, Writer, list_aside, set_mode,
};
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

use crate::checked::{check, verify_command};
use crate::journal::{Acts, notices, prepare, raw, record, tamper};
use crate::old_data::old;
use crate::told::{NEVER, id, recorded};

/// A journal with an open incident of `notes` notes, and the incident's id.
fn open_incident(notes: usize) -> (TempDir, IncidentId, Acts) {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (incident, mut drafts) = acts.start_alone();
    drafts.extend((0..notes).map(|n| acts.note(&incident, &n.to_string())));
    record(dir.path(), &drafts);
    (dir, incident, acts)
}

fn journal(dir: &Path) -> PathBuf {
    dir.join(JOURNAL_FILE)
}

fn keep(dir: &Path) -> (Journal, Receiver<Notice>) {
    let (notify, told) = notices();
    let steady = Steady::open(dir).unwrap();
    assert_eq!(steady.failure(), None);
    (Journal::keep(steady, dir, notify).unwrap(), told)
}

/// Waits until this is told.
fn hear(told: &Receiver<Notice>, wanted: impl Fn(&Notice) -> bool) {
    let mut before = Vec::new();
    loop {
        match told.recv_timeout(NEVER) {
            Ok(notice) if wanted(&notice) => return,
            Ok(notice) => before.push(notice),
            Err(error) => panic!("{error}, only {before:?}"),
        }
    }
}

fn set_aside(told: &Receiver<Notice>) -> Aside {
    loop {
        if let Notice::SetAside(aside) = told.recv_timeout(NEVER).unwrap() {
            return aside;
        }
    }
}

fn live(dir: &Path) -> Vec<(IncidentId, usize)> {
    let live = Reader::open(dir)
        .unwrap()
        .live(crate::journal::epoch())
        .unwrap();
    live.into_iter()
        .map(|one| (one.id, one.log.len()))
        .collect()
}

#[test]
fn one_changed_byte_in_the_header_costs_nothing() {
    for (at, value) in [
        (3, 0),
        (16, 0x20),
        (18, 9),
        (19, 9),
        (20, 8),
        (22, 1),
        (44, 7),
        (53, 1),
        (59, 3),
        (59, 0),
        (63, 99),
        (63, 0),
        (63, 1),
        (68, 0),
    ] {
        let (dir, incident, mut acts) = open_incident(20);
        let mut bytes = fs::read(journal(dir.path())).unwrap();
        bytes[at] = value;
        fs::write(journal(dir.path()), &bytes).unwrap();

        let (journal, told) = keep(dir.path());
        let aside = set_aside(&told);
        assert_eq!(
            fs::read(&aside.file).unwrap(),
            bytes,
            "untouched, byte {at}"
        );
        assert_eq!(aside.carried, 21, "byte {at}");
        journal.append(acts.note(&incident, "more")).unwrap();
        journal.finish().unwrap();
        assert_eq!(live(dir.path()), [(incident, 22)]);
        let verdict = Reader::open(dir.path()).unwrap().verify().unwrap();
        assert_eq!(verdict, Verdict::Sound { entries: 22 });

        // It is named, in both languages.
        let name = aside.file.file_name().unwrap().to_string_lossy();
        for lang in [&Lang::EN, &Lang::ZH_CN] {
            assert!(verify_command(dir.path(), lang).1.contains(&*name));
        }
    }
}

#[test]
fn another_programs_file_is_set_aside_too() {
    let dir = tempdir().unwrap();
    fs::write(journal(dir.path()), "no database ".repeat(1000)).unwrap();
    let (_journal, told) = keep(dir.path());
    assert!(matches!(
        set_aside(&told).why,
        StoreError::NotADatabase { .. }
    ));
    assert_eq!(list_aside(dir.path()).len(), 1);
}

/// Overwrites a page of what is called `name`: the first for which `skipped` others come before.
fn damage(dir: &Path, name: &str, order: &str, skipped: usize) {
    let sql = format!(
        "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf'
         ORDER BY path {order} LIMIT 1 OFFSET {skipped}"
    );
    let connection = raw(dir);
    let page: i64 = connection
        .query_row(&sql, [name], |row| row.get(0))
        .unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint").unwrap();
    let mut file = fs::OpenOptions::new()
        .write(true)
        .open(journal(dir))
        .unwrap();
    file.seek(SeekFrom::Start(u64::try_from(page - 1).unwrap() * 4096))
        .unwrap();
    file.write_all(&[0xee; 4096]).unwrap();
}

#[test]
fn damage_found_while_running_is_left_behind_and_what_waits_is_recorded() {
    let (dir, incident, mut acts) = open_incident(400);
    // Needed for the next act, and not before.
    damage(dir.path(), "sqlite_autoindex_entry_1", "DESC", 0);
    let (journal, told) = keep(dir.path());
    let act = acts.note(&incident, "more");
    journal.append(act.clone()).unwrap();
    assert_eq!(recorded(&told, 1), [id(&act)]);
    assert_eq!(set_aside(&told).carried, 401);
    journal.finish().unwrap();
    assert_eq!(live(dir.path()), [(incident, 402)]);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 402 });
}

#[test]
fn damage_deep_inside_costs_what_stood_there_and_no_more() {
    let (dir, incident, mut acts) = open_incident(400);
    damage(dir.path(), "entry", "ASC", 5);
    let (journal, told) = keep(dir.path());
    let carried = set_aside(&told).carried;
    assert!((370..401).contains(&carried), "{carried}");
    journal.append(acts.note(&incident, "more")).unwrap();
    journal.finish().unwrap();
    let lines = usize::try_from(carried).unwrap() + 1;
    assert_eq!(live(dir.path()), [(incident, lines)]);
    assert_eq!(
        check(dir.path()),
        Verdict::Sound {
            entries: carried + 1
        }
    );
}

/// Changes one bit in the first leaf page of the table `name`: where its first cell begins.
fn flip(dir: &Path, name: &str) {
    let connection = raw(dir);
    let page: i64 = connection
        .query_row(
            "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path LIMIT 1",
            [name],
            |row| row.get(0),
        )
        .unwrap();
    connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    drop(connection);
    let at = usize::try_from(page - 1).unwrap() * 4096 + 8;
    let mut bytes = fs::read(journal(dir)).unwrap();
    bytes[at] ^= 0x40;
    fs::write(journal(dir), bytes).unwrap();
}

/// Everything that is kept of receipts.
fn receipts(dir: &Path) -> Vec<(String, [Option<Vec<u8>>; 3])> {
    let connection = raw(dir);
    let mut statement = connection
        .prepare("SELECT topic, token, slow, quick FROM receipt ORDER BY topic")
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

/// Old data with one more complaint, and its receipt.
fn with_receipt() -> (TempDir, Receipt) {
    let dir = old();
    let (journal, _told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    let words = ComplaintText {
        what: "柜员让我等了一个小时".to_owned(),
        ..ComplaintText::default()
    };
    let received = complaints.receive(
        "token",
        About::Service,
        &Lang::ZH_CN,
        &words,
        crate::journal::epoch(),
    );
    let receipt = wait(received).unwrap().receipt;
    journal.finish().unwrap();
    (dir, receipt)
}

/// Whether `check` finds the journal damaged, by its words and its exit code.
fn check_names_it(dir: &Path) -> bool {
    let mut out = Vec::new();
    let code = check_files(dir, &Lang::EN, crate::journal::epoch(), &mut out).unwrap();
    let named = String::from_utf8(out).unwrap().contains("damaged inside");
    named && code == ExitCode::FAILURE
}

/// All is found again, and nobody finds anything wrong.
fn is_mended(dir: &Path, journal: &Journal, complaints: &Complaints, receipt: &Receipt) {
    let id = wait(complaints.find(receipt, None)).unwrap();
    let file = complaints.file(&id).unwrap();
    assert_eq!(file.words.unwrap().what, "柜员让我等了一个小时");
    let page = complaints.page(Which::Single, crate::journal::epoch(), 0, 50);
    assert!(!page.unwrap().complaints.is_empty());
    journal.finish().unwrap();
    assert!(matches!(check(dir), Verdict::Sound { .. }));
    assert!(!check_names_it(dir));
}

#[test]
fn a_damaged_list_of_complaints_is_made_anew_once_somebody_reads_it() {
    let (dir, receipt) = with_receipt();
    assert!(!check_names_it(dir.path()));
    let before = Reader::open(dir.path()).unwrap().complaints().unwrap();
    flip(dir.path(), "complaint");
    assert!(check_names_it(dir.path()));
    let (journal, told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    let id = wait(complaints.find(&receipt, None)).unwrap();
    // Whoever asks first is not turned away: the entries say the same.
    let found = complaints.complaint(&id).unwrap();
    assert!(before.contains(&found));
    assert!(complaints.file(&id).unwrap().words.is_some());
    hear(&told, |notice| *notice == Notice::Mended);
    assert!(list_aside(dir.path()).is_empty());
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

#[test]
fn a_damaged_list_of_incidents_is_made_anew_at_the_start() {
    let (dir, receipt) = with_receipt();
    let before = live(dir.path());
    assert!(!before.is_empty());
    flip(dir.path(), "incident");
    assert!(check_names_it(dir.path()));
    let (journal, told) = keep(dir.path());
    hear(&told, |notice| *notice == Notice::Mended);
    // The journal itself stays where it is.
    assert!(list_aside(dir.path()).is_empty());
    assert_eq!(live(dir.path()), before);
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

#[test]
fn a_damaged_list_is_no_obstacle_to_folding_it_by_new_rules() {
    for list in ["incident", "complaint"] {
        let (dir, receipt) = with_receipt();
        raw(dir.path())
            .execute("UPDATE meta SET rules = 0", [])
            .unwrap();
        flip(dir.path(), list);
        let (journal, told) = keep(dir.path());
        hear(&told, |notice| *notice == Notice::Mended);
        assert!(list_aside(dir.path()).is_empty());
        let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
        complaints.seals().unlock(None).unwrap();
        is_mended(dir.path(), &journal, &complaints, &receipt);
    }
}

/// What `check` says, and its exit code.
fn checked(dir: &Path) -> (ExitCode, String) {
    let mut out = Vec::new();
    let code = check_files(dir, &Lang::EN, crate::journal::epoch(), &mut out).unwrap();
    (code, String::from_utf8(out).unwrap())
}

#[test]
fn a_journal_that_is_gone_is_named_before_the_start_and_at_it() {
    let gone = |dir: &Path, words: &str| {
        let (code, said) = checked(dir);
        assert!(said.contains(words), "{said}");
        assert_eq!(code, ExitCode::FAILURE);
        assert!(JournalFile::of(dir).after(lost(dir).as_ref()).was_lost());
    };
    // By what the lock names, by what a running kiosk leaves.
    let traces = [
        &["running-time.json"][..],
        &["language"],
        &["posters.address"],
        &["kiosk.last-good.toml", "pin"],
    ];
    for trace in [None].into_iter().chain(traces.map(Some)) {
        let (dir, ..) = open_incident(3);
        assert_eq!(lost(dir.path()), None);
        assert!(!checked(dir.path()).1.contains("journal"));
        if let Some(trace) = trace {
            fs::write(dir.path().join("journal.lock"), "").unwrap();
            for name in trace {
                fs::write(dir.path().join(name), "").unwrap();
            }
        }
        remove(
            dir.path(),
            &["journal.db", "journal.db-wal", "journal.db-shm"],
        );
        gone(dir.path(), "There is no journal here");
        let left = fs::read_dir(dir.path()).unwrap().count();
        fs::write(journal(dir.path()), "").unwrap();
        gone(dir.path(), "There is no journal here");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), left + 1);
    }
    // A new one that nothing was recorded in, and one that was since.
    let (dir, _, mut acts) = open_incident(3);
    remove(dir.path(), &["journal.db"]);
    drop(Writer::open(dir.path()).unwrap());
    gone(dir.path(), "The journal is empty");
    record(dir.path(), &acts.start_alone().1);
    let (code, said) = checked(dir.path());
    assert!(said.contains("was exchanged"), "{said}");
    assert_eq!(code, ExitCode::FAILURE);
}

#[test]
fn a_journal_whose_end_was_changed_is_named_before_the_start() {
    let (dir, ..) = open_incident(3);
    assert_eq!(broken(dir.path()), None);
    let changed = "UPDATE entry SET body = body || ' ' WHERE seq = 4";
    tamper(dir.path()).execute(changed, []).unwrap();
    assert_eq!(broken(dir.path()).map(|one| one.seq), Some(4));
    let (code, said) = checked(dir.path());
    assert!(said.contains("entry 4"), "{said}");
    assert_eq!(code, ExitCode::FAILURE);
}

#[test]
fn what_is_put_in_place_before_the_first_start_is_no_loss() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("kiosk.toml"), "[branch]\n").unwrap();
    fs::write(dir.path().join("pin"), "").unwrap();
    assert_eq!(lost(dir.path()), None);
    assert_eq!(checked(dir.path()).0, ExitCode::SUCCESS);
    drop(Writer::open(dir.path()).unwrap());
    assert_eq!(lost(dir.path()), None);
}

#[test]
fn a_complaint_whose_row_says_nothing_is_found_by_its_entries() {
    let (dir, receipt) = with_receipt();
    let nothing = "UPDATE complaint SET summary = 'no json'";
    raw(dir.path()).execute(nothing, []).unwrap();
    let (journal, _told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal)).unwrap();
    complaints.seals().unlock(None).unwrap();
    let id = wait(complaints.find(&receipt, None)).unwrap();
    assert_eq!(complaints.complaint(&id).unwrap().id, id);
    let file = complaints.file(&id).unwrap();
    assert_eq!(file.words.unwrap().what, "柜员让我等了一个小时");
}

#[test]
fn the_list_that_the_staff_reads_is_mended_by_itself() {
    let (dir, receipt) = with_receipt();
    flip(dir.path(), "complaint");
    let (journal, told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    let page = complaints.page(Which::Single, crate::journal::epoch(), 0, 50);
    page.unwrap_err();
    hear(&told, |notice| *notice == Notice::Mended);
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

#[test]
fn receipts_are_found_again_though_their_rows_are_damaged() {
    let (dir, receipt) = with_receipt();
    let before = receipts(dir.path());
    assert!(before.len() > 1);
    flip(dir.path(), "receipt");
    assert!(check_names_it(dir.path()));
    let (journal, told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    wait(complaints.find(&receipt, None)).unwrap_err();
    set_aside(&told);
    assert_eq!(receipts(dir.path()), before);
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

#[test]
fn what_customers_wrote_is_found_again_though_its_page_is_damaged() {
    let (dir, receipt) = with_receipt();
    flip(dir.path(), "content");
    assert!(check_names_it(dir.path()));
    let (journal, told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    let all = complaints.list().unwrap();
    let unread = all.iter().filter(|one| complaints.file(&one.id).is_err());
    assert!(unread.count() > 0);
    set_aside(&told);
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

#[test]
fn a_damaged_key_of_the_receipts_is_found_again_at_the_start() {
    let (dir, receipt) = with_receipt();
    let before = Reader::open(dir.path()).unwrap().secret().unwrap();
    flip(dir.path(), "secret");
    assert!(check_names_it(dir.path()));
    let (journal, told) = keep(dir.path());
    set_aside(&told);
    assert_eq!(Reader::open(dir.path()).unwrap().secret().unwrap(), before);
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    complaints.seals().unlock(None).unwrap();
    is_mended(dir.path(), &journal, &complaints, &receipt);
}

/// Removes what is there of the files.
fn remove(dir: &Path, names: &[&str]) {
    for name in names {
        // It may have been put back meanwhile, and its log with it.
        fs::remove_file(dir.join(name)).ok();
    }
}

#[test]
fn a_file_that_is_taken_away_comes_back_with_everything() {
    let take_away: [fn(&Path); 5] = [
        |dir| remove(dir, &["journal.db"]),
        |dir| fs::rename(dir.join("journal.db"), dir.join("moved")).unwrap(),
        |dir| remove(dir, &["journal.db-wal"]),
        |dir| remove(dir, &["journal.db-shm"]),
        |dir| {
            remove(
                dir,
                &[
                    "journal.lock",
                    "journal.db-shm",
                    "journal.db-wal",
                    "journal.db",
                ],
            );
        },
    ];
    for (number, take) in take_away.into_iter().enumerate() {
        let (dir, incident, mut acts) = open_incident(3);
        let (journal, told) = keep(dir.path());
        journal
            .append_and_wait(acts.note(&incident, "before"))
            .unwrap();
        take(dir.path());
        // Nothing is recorded meanwhile: the file comes back all the same.
        hear(&told, |notice| *notice == Notice::PutBack);
        journal
            .append_and_wait(acts.note(&incident, "after"))
            .unwrap();
        // Read as after a kill, which closes nothing.
        let reader = Reader::open(dir.path()).unwrap();
        assert_eq!(reader.count().unwrap(), 6, "way {number}");
        assert_eq!(live(dir.path()), [(incident, 6)], "way {number}");
        journal.finish().unwrap();
        let sound = Verdict::Sound { entries: 6 };
        assert_eq!(check(dir.path()), sound, "way {number}");
        assert!(list_aside(dir.path()).is_empty(), "way {number}");
    }
}

#[test]
fn nothing_counts_as_recorded_before_it_lies_in_its_place() {
    let (dir, incident, mut acts) = open_incident(3);
    let mut steady = Steady::open(dir.path()).unwrap();
    // Nobody watches: the commit itself has to see it.
    fs::remove_file(journal(dir.path())).unwrap();
    steady
        .commit(&prepare(&[acts.note(&incident, "more")]))
        .unwrap();
    assert_eq!(Reader::open(dir.path()).unwrap().count().unwrap(), 5);
    // Where it cannot be put back, nobody is told that it is recorded.
    fs::remove_file(journal(dir.path())).unwrap();
    let moved = tempdir().unwrap();
    fs::rename(dir.path(), moved.path()).unwrap();
    fs::write(dir.path(), "in the way").unwrap();
    let more = prepare(&[acts.note(&incident, "more")]);
    steady.commit(&more).unwrap_err();
    assert!(!journal(dir.path()).exists());
    assert!(!journal(moved.path()).exists());
    fs::remove_file(dir.path()).unwrap();
    fs::rename(moved.path(), dir.path()).unwrap();
    steady.commit(&more).unwrap();
    assert_eq!(Reader::open(dir.path()).unwrap().count().unwrap(), 6);
}

#[test]
fn another_journal_in_its_place_is_set_aside_and_taken_over() {
    let (dir, ours, mut acts) = open_incident(3);
    let (other, theirs, _) = open_incident(7);
    let (journal, told) = keep(dir.path());
    let put = dir.path().join("coming");
    fs::copy(other.path().join(JOURNAL_FILE), &put).unwrap();
    fs::rename(&put, dir.path().join(JOURNAL_FILE)).unwrap();
    let aside = set_aside(&told);
    assert_eq!(aside.carried, 8);
    let why = aside.why.to_string();
    assert!(why.ends_with("another journal lay in its place"), "{why}");
    journal.append_and_wait(acts.note(&ours, "more")).unwrap();
    journal.finish().unwrap();
    let mut found = live(dir.path());
    found.sort_by_key(|(_, lines)| *lines);
    assert_eq!(found, [(ours, 5), (theirs, 8)]);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 13 });
}

#[test]
fn a_journal_that_power_kept_from_its_place_is_taken_over() {
    let (dir, ours, _) = open_incident(3);
    let (other, theirs, _) = open_incident(7);
    let new = dir.path().join("journal.db.new");
    fs::copy(other.path().join(JOURNAL_FILE), &new).unwrap();
    drop(Steady::open(dir.path()).unwrap());
    let mut found = live(dir.path());
    found.sort_by_key(|(_, lines)| *lines);
    assert_eq!(found, [(ours, 4), (theirs, 8)]);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 12 });
    let names = fs::read_dir(dir.path()).unwrap();
    let is_left = |name: &str| name.ends_with(".new") || name.ends_with(".stray");
    let left = names.filter(|one| is_left(&one.as_ref().unwrap().file_name().to_string_lossy()));
    assert_eq!(left.count(), 0);
}

#[test]
fn what_was_erased_does_not_come_back_with_an_older_copy() {
    let dir = old();
    let older = old();
    let mut steady = Steady::open(dir.path()).unwrap();
    let topic = "complaint:01a21af6-2b1a-7117-8a71-58f3a53f713b".to_owned();
    let mut erasure = Acts::default().note(&"unused".into(), "unused");
    erasure.topic.clone_from(&topic);
    erasure.event = Event::Complaint(ComplaintEvent::Erased {
        why: Erasure::Request,
    });
    let erasure = Prepared::new(erasure).unwrap();
    steady
        .commit(&[erasure.beside(vec![SideWrite::Erase { topic }])])
        .unwrap();
    let put = dir.path().join("coming");
    fs::copy(older.path().join(JOURNAL_FILE), &put).unwrap();
    fs::rename(&put, dir.path().join(JOURNAL_FILE)).unwrap();
    steady.look().unwrap();
    drop(steady);
    assert_eq!(list_aside(dir.path()).len(), 1);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 66 });
}

#[test]
fn complaints_and_their_receipts_come_along_from_a_damaged_file() {
    let dir = old();
    let secret = Reader::open(dir.path()).unwrap().secret().unwrap();
    let file = journal(dir.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes[20] = 8;
    fs::write(&file, &bytes).unwrap();
    let (journal, told) = keep(dir.path());
    assert_eq!(set_aside(&told).carried, 65);
    journal.finish().unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.secret().unwrap(), secret);
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 65 });
}

#[test]
fn what_is_no_file_at_all_is_set_aside() {
    let dir = tempdir().unwrap();
    fs::create_dir(journal(dir.path())).unwrap();
    let (_journal, told) = keep(dir.path());
    assert!(set_aside(&told).file.is_dir());
}

#[test]
fn a_log_without_its_journal_is_kept() {
    let ways: [fn(&Path); 2] = [
        |journal| fs::remove_file(journal).unwrap(),
        |journal| fs::write(journal, "").unwrap(),
    ];
    for way in ways {
        keeps_the_log(way);
    }
}

fn keeps_the_log(loses: fn(&Path)) {
    let (dir, ..) = open_incident(3);
    loses(&journal(dir.path()));
    fs::write(dir.path().join("journal.db-wal"), "a log").unwrap();
    let steady = Steady::open(dir.path()).unwrap();
    // That it is gone is said as well.
    assert!(steady.warning().is_some());
    let [aside] = &list_aside(dir.path())[..] else {
        panic!("one");
    };
    let mut log = aside.as_os_str().to_owned();
    log.push("-wal");
    assert_eq!(fs::read_to_string(log).unwrap(), "a log");
}

#[test]
fn a_journal_that_could_not_be_opened_is_tried_though_nobody_acts() {
    let above = tempdir().unwrap();
    let data = above.path().join("data");
    fs::write(&data, "in the way").unwrap();
    let (notify, told) = notices();
    let steady = Steady::open(&data).unwrap();
    assert!(steady.failure().is_some());
    let _journal = Journal::keep(steady, &data, notify).unwrap();
    fs::remove_file(&data).unwrap();
    let well = |notice: &Notice| matches!(notice, Notice::Recorded(entries) if entries.is_empty());
    hear(&told, well);
    assert!(journal(&data).exists());
}

#[test]
fn incidents_are_read_where_nothing_can_be_written_beside_the_journal() {
    let (dir, incident, _) = open_incident(3);
    // What is only in the log so far, as a power failure leaves it.
    let crashed = tempdir().unwrap();
    let writer = Writer::open(dir.path()).unwrap();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(dir.path().join(name), crashed.path().join(name)).unwrap();
    }
    assert!(
        Reader::open_copy(dir.path()).is_none(),
        "it is being written"
    );
    drop(writer);
    let reader = Reader::open_copy(crashed.path()).unwrap();
    assert_eq!(
        reader.live(crate::journal::epoch()).unwrap()[0].id,
        incident
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_beside_the_writer_leaves_its_locks() {
    use std::os::unix::fs::MetadataExt;
    let (dir, ..) = open_incident(3);
    let writer = Writer::open(dir.path()).unwrap();
    let inode = fs::metadata(writer.path()).unwrap().ino();
    let locked = || {
        let locks = fs::read_to_string("/proc/locks").unwrap();
        locks.contains(&format!(":{inode} "))
    };
    assert!(locked());
    drop(Reader::open(dir.path()).unwrap());
    assert!(locked());
}

#[test]
fn a_reader_follows_the_journal_to_its_new_file() {
    let (dir, incident, mut acts) = open_incident(3);
    let mut reader = Reader::open(dir.path()).unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    fs::remove_file(journal(dir.path())).unwrap();
    writer.put_back().unwrap();
    let more = crate::journal::prepare(&[acts.note(&incident, "more")]);
    writer.commit(&more).unwrap();
    reader.refresh();
    assert_eq!(reader.count().unwrap(), 5);
}

#[test]
fn the_log_counts_as_used_only_where_it_is() {
    let dir = tempdir().unwrap();
    let file = Connection::open(dir.path().join("one")).unwrap();
    assert_eq!(set_mode(&file, true), Ok(true));
    assert_eq!(set_mode(&file, false), Ok(false));
    // SQLite refuses without an error where there is no log to be had.
    let memory = Connection::open_in_memory().unwrap();
    assert_eq!(set_mode(&memory, true), Ok(false));
}

#[test]
fn shared_disks_are_known_by_the_kernels_table() {
    let mounts = r"22 1 8:1 / / rw - ext4 /dev/sda1 rw
31 22 0:40 / /srv/my\040share rw,relatime shared:1 - cifs //server/share rw
32 22 0:41 / /mnt rw - fuse.sshfs me@there rw
33 32 8:2 / /mnt rw - xfs /dev/sdb rw
";
    let kind = |path: &str| kind_in(mounts, Path::new(path)).unwrap();
    assert_eq!(kind("/var/lib"), "ext4");
    assert_eq!(kind("/srv/my share/kiosk"), "cifs");
    assert_eq!(kind("/mnt/data"), "xfs", "the last one covers the others");
    for kind in ["cifs", "nfs4", "fuse.sshfs", "fuseblk", "9p", "smb3"] {
        assert!(is_shared(kind), "{kind}");
    }
    for kind in ["ext4", "btrfs", "xfs", "overlay", "tmpfs"] {
        assert!(!is_shared(kind), "{kind}");
    }
}
