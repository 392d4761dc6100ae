//! A data directory as an earlier version left it: today's program takes it over, and nothing in
//! it is lost.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, TimeZone, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use lobby_kiosk::domain::complaint::Stage;
use lobby_kiosk::domain::incident::Mark;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::receipt::Receipt;
use lobby_kiosk::domain::summary::IncidentState;
use lobby_kiosk::seal::{KeyFile, Places};
use lobby_kiosk::service::complaints::Complaints;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pin;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::{Reader, Verdict, Writer};
use rusqlite::types::Value;
use sha2::Sha256;

use crate::again::again;
use crate::checked::{check, verify_command};
use crate::journal::raw;
use crate::kiosk::Kiosk;
use crate::old_data::{OLD, old};

/// An hour after its last entry.
fn soon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 27, 4, 6, 0).unwrap()
}

/// Every row of what is never folded again.
fn rows(dir: &Path, sql: &str) -> Vec<Vec<Value>> {
    let connection = raw(dir);
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| (0..columns).map(|at| row.get(at)).collect())
        .unwrap();
    rows.map(Result::unwrap).collect()
}

const ENTRIES: &str = "SELECT seq, device, id, at, actor, topic, kind, version, body, prev, digest
                       FROM entry WHERE seq <= 65 ORDER BY seq";
const CONTENT: &str = "SELECT id, topic, salt, key, sealed FROM content ORDER BY id";
const RECEIPTS: &str = "SELECT topic, token, slow, quick FROM receipt ORDER BY topic";
const SECRET: &str = "SELECT value FROM secret";

#[test]
fn every_entry_content_and_receipt_stays_as_it_was() {
    let dir = old();
    let kept = [ENTRIES, CONTENT, RECEIPTS, SECRET];
    let before = kept.map(|sql| rows(dir.path(), sql));
    assert_eq!(before.each_ref().map(Vec::len), [65, 9, 9, 1]);
    // Read before any writer has brought it up to date, then written, twice.
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 65 });
    for _ in 0..2 {
        drop(Writer::open(dir.path()).unwrap());
        assert_eq!(check(dir.path()), Verdict::Sound { entries: 65 });
        assert_eq!(kept.map(|sql| rows(dir.path(), sql)), before);
    }
    assert_eq!(verify_command(dir.path(), &Lang::ZH_CN).0, 0);
}

#[test]
fn open_incidents_resume_and_the_closed_ones_are_in_the_records() {
    let dir = old();
    let kiosk = Kiosk::start_at(dir.path(), soon());
    let open = kiosk.open();
    let types: Vec<&str> = open.iter().map(|one| one.type_id.as_str()).collect();
    assert_eq!(
        types,
        [
            "suspicious-person",
            "trading-system-down",
            "group-complaint",
            "media-crisis",
            "sudden-illness",
            "physical-conflict",
            "trading-dispute",
            "earthquake",
        ]
    );
    let lines: Vec<usize> = open.iter().map(|one| one.log.len()).collect();
    assert_eq!(lines, [8, 1, 1, 1, 1, 1, 1, 21]);
    let marked = |step: &str| {
        let marks = open[0].marks.iter();
        let found = marks.filter(|(at, _)| at.step == step);
        found.map(|(_, marked)| marked.mark).next_back()
    };
    assert_eq!(marked("weapon"), Some(Mark::Skipped));
    assert_eq!(marked("security"), Some(Mark::Cannot));
    // The one that somebody was at last is on the screen again.
    assert!(kiosk.shows("current-step"), "{:?}", kiosk.ids());
    kiosk.stop();
    assert!(matches!(check(dir.path()), Verdict::Sound { entries } if entries >= 65));

    let list = Reader::open(dir.path()).unwrap().list().unwrap();
    assert_eq!(list.len(), 10);
    let standing = |wanted| list.iter().filter(|one| one.standing == wanted).count();
    assert_eq!(standing(IncidentState::Open), 8);
    assert_eq!(standing(IncidentState::Undone), 1);
    let closed: Vec<_> = list
        .iter()
        .filter(|one| one.standing == IncidentState::Closed)
        .collect();
    let [closed] = closed[..] else {
        panic!("{closed:?}");
    };
    assert_eq!(closed.follow_ups[0].step.step, "medical-cost");
}

#[test]
fn complaints_keep_their_words_and_where_they_stand() {
    let dir = old();
    let kiosk = Kiosk::start_at(dir.path(), soon());
    let complaints = kiosk.complaints();
    let mut list = complaints.list().unwrap();
    list.sort_by(|one, other| one.id.cmp(&other.id));
    let files: Vec<_> = list
        .iter()
        .map(|one| complaints.file(&one.id).unwrap())
        .collect();
    let words: Vec<String> = files
        .iter()
        .map(|file| file.words.clone().unwrap().what)
        .collect();
    let mut expected = vec![
        "柜台排队一个多小时没人理，大堂说系统坏了，问什么时候好也不说清楚，旁边的老人站不住了也没有人给一把椅子。"
            .to_owned(),
    ];
    expected.extend((1..=7).map(|n| {
        format!(
            "第 {n} 件：上午交易系统打不开，委托撤不掉，错过了卖出的时间，希望营业部给一个书面说明并查清当时的委托记录。"
        )
    }));
    expected
        .push("The revolving door stopped with me inside, nobody came for five minutes.".into());
    assert_eq!(words, expected);
    let first = files[0].words.clone().unwrap();
    assert_eq!(first.whom, "3 号柜台");
    assert_eq!(first.wish, "请说明什么时候能办，并道歉");
    let in_hand: Vec<bool> = list.iter().map(|one| one.stage == Stage::InHand).collect();
    assert_eq!(
        in_hand,
        [false, true, false, false, false, false, false, false, false]
    );
    kiosk.stop();
    assert_eq!(verify_command(dir.path(), &Lang::EN).0, 0);
}

/// What that version kept of a form's token: the keyed hashes by which it is found, and the number
/// that its writer has on paper.
struct Given {
    receipt: Receipt,
    token: Vec<u8>,
    quick: Vec<u8>,
    slow: Vec<u8>,
}

/// Worked out by that version's rules, independently of today's.
fn given(dir: &Path, token: &str) -> Given {
    let secret: Vec<u8> = raw(dir).query_row(SECRET, [], |row| row.get(0)).unwrap();
    let keyed = |purpose: &str, bytes: &[u8]| -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        mac.update(&[purpose.as_bytes(), &[0], bytes].concat());
        mac.finalize().into_bytes().to_vec()
    };
    let drawn = keyed("receipt", token.as_bytes());
    let number = u64::from_be_bytes(drawn[..8].try_into().unwrap()) % 10_u64.pow(16);
    let digits = format!("{number:016}");
    let mut slow = vec![0; 32];
    let params = Params::new(19_456, 2, 1, Some(32)).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(digits.as_bytes(), &keyed("salt", &[]), &mut slow)
        .unwrap();
    Given {
        receipt: Receipt::read(&digits).unwrap(),
        token: keyed("token", token.as_bytes()),
        quick: keyed("quick", digits.as_bytes()),
        slow,
    }
}

#[test]
fn receipts_lead_to_their_complaints() {
    let dir = old();
    let tokens = [
        "00112233445566778899aabbccddeeff",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    ];
    let ids = [
        "01a21af6-2b1a-7117-8a71-58f3a53f713b",
        "01a21af6-d08a-716a-8aff-b48dd2269fb3",
    ];
    let [slow, quick] = tokens.map(|token| given(dir.path(), token));
    // Of the numbers that were given out only hashes are left: two complaints take known ones, one
    // as it is kept for good, one as the program leaves it that is stopped at once.
    let sql =
        "UPDATE receipt SET token = ?2, slow = ?3, quick = ?4 WHERE topic = 'complaint:' || ?1";
    let connection = raw(dir.path());
    connection
        .execute(
            sql,
            (ids[0], &slow.token, Some(&slow.slow), None::<Vec<u8>>),
        )
        .unwrap();
    connection
        .execute(
            sql,
            (ids[1], &quick.token, None::<Vec<u8>>, Some(&quick.quick)),
        )
        .unwrap();
    drop(connection);

    let journal = Journal::start(Writer::open(dir.path()).unwrap(), Arc::new(|_| ())).unwrap();
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for (given, id, token) in [(&slow, ids[0], tokens[0]), (&quick, ids[1], tokens[1])] {
        let found = runtime.block_on(complaints.find(&given.receipt, None));
        assert_eq!(found.unwrap(), id.into());
        // The same form sent once more makes no second complaint.
        let taken = complaints.taken(token).unwrap().unwrap();
        assert!(taken.again && taken.receipt == given.receipt);
    }
    journal.finish().unwrap();
    let hashes = rows(
        dir.path(),
        "SELECT slow, quick FROM receipt WHERE quick IS NOT NULL",
    );
    assert!(
        hashes.is_empty(),
        "every quick hash gives way to the slow one"
    );
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 65 });
}

#[test]
fn settings_numbers_and_pin_stay() {
    let dir = old();
    let kiosk = Kiosk::start_at(dir.path(), soon());
    let settings = kiosk.screens.services().settings();
    assert_eq!(
        settings.branch.name.as_deref(),
        Some("某某证券人民路营业部")
    );
    let numbers = |role: &str| -> Vec<&str> {
        let numbers = settings.contacts[role].iter();
        numbers.map(|one| one.number.as_str()).collect()
    };
    assert_eq!(numbers("it"), ["112"]);
    assert_eq!(numbers("branch-head"), ["13900000001"]);
    assert_eq!(numbers("security"), ["021-55556110"]);
    assert_eq!(numbers("supervisor").len(), 2);
    assert!(pin::matches(dir.path(), "258025").unwrap());
    drop(settings);
    kiosk.stop();
    let text = fs::read_to_string(dir.path().join("kiosk.toml")).unwrap();
    assert_eq!(
        text,
        fs::read_to_string(Path::new(OLD).join("kiosk.toml")).unwrap()
    );
}

const DIRECTORY: &str = "LOBBY_SEAL_TEST_DIR";

#[test]
#[ignore = "run by the test below, in a process of its own that gets killed"]
fn seal_until_killed() {
    let Some(dir) = std::env::var_os(DIRECTORY) else {
        return;
    };
    let dir = Path::new(&dir);
    let journal = Journal::start(Writer::open(dir).unwrap(), Arc::new(|_| ())).unwrap();
    let complaints = Complaints::open(dir, Recorder::new(journal)).unwrap();
    let mut after = String::new();
    while let Some(last) = complaints.seal_old(&after, soon()).unwrap() {
        after = last;
    }
}

/// The words of every complaint that can be read in this directory, with the branch's key if there
/// is one by now.
fn words_in(dir: &Path) -> Vec<String> {
    let devices = Places::of_system(dir).find();
    let key = KeyFile::read(dir).and_then(|file| file.unlock(None, &devices));
    let key = key.ok().map(|unlocked| unlocked.key);
    let reader = Reader::open(dir).unwrap();
    let mut words: Vec<String> = reader
        .complaints()
        .unwrap()
        .iter()
        .map(|one| {
            let read = reader.content(&one.content, key.as_ref()).unwrap();
            String::from_utf8(read.unwrap().words().unwrap()).unwrap()
        })
        .collect();
    words.sort();
    words
}

#[test]
fn words_are_sealed_or_in_the_clear_and_always_readable_whenever_the_program_is_killed() {
    let whole = words_in(old().path());
    assert_eq!(whole.len(), 9);
    for round in 0..12_u64 {
        let dir = old();
        let mut child = again("upgrade::seal_until_killed")
            .env(DIRECTORY, dir.path())
            .spawn()
            .unwrap();
        // As soon as keys are written, and then a little later each time.
        let keys = dir.path().join("content-keys");
        let are_there = || fs::metadata(&keys).is_ok_and(|found| found.len() > 0);
        while !are_there() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        std::thread::sleep(std::time::Duration::from_micros(round * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(words_in(dir.path()), whole, "round {round}");
        let verdict = check(dir.path());
        let sound = (65..=74).map(|entries| Verdict::Sound { entries });
        assert!(
            sound.into_iter().any(|one| one == verdict),
            "round {round}: {verdict:?}"
        );
        // The next start finishes it.
        let finished = again("upgrade::seal_until_killed")
            .env(DIRECTORY, dir.path())
            .output()
            .unwrap();
        assert!(finished.status.success());
        assert_eq!(words_in(dir.path()), whole, "round {round}");
        assert_eq!(check(dir.path()), Verdict::Sound { entries: 74 });
    }
}
