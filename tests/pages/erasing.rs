//! What customers wrote can be erased: from every file, for good.

use chrono::Duration;
use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::Verdict;

use super::common::Pages;

const WHAT: &str = "独一无二的投诉内容-7c1f";
const MORE: &str = "独一无二的补充内容-9d2e";

/// Files of the data directory in which the bytes of `words` stand.
fn files_with(pages: &Pages, words: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&pages.data).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(words.len()).any(|window| window == words) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// The keys under which the contents are sealed.
fn keys(pages: &Pages) -> Vec<Vec<u8>> {
    let connection = rusqlite::Connection::open(pages.data.join("journal.db")).unwrap();
    let mut statement = connection.prepare("SELECT key FROM content").unwrap();
    let keys = statement.query_map([], |row| row.get(0)).unwrap();
    keys.map(Result::unwrap).collect()
}

fn is_sound(pages: &Pages, entries: u64) {
    let verdict = Records::open(&pages.data).unwrap().verify().unwrap();
    assert_eq!(verdict, Verdict::Sound { entries });
}

#[test]
fn nothing_is_left_after_an_erasure_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    pages.post("/status", &[("number", &receipt), ("words", MORE)]);
    let other = pages.complain("另一件投诉的内容").receipt();
    let (words, keys) = ([WHAT.as_bytes(), MORE.as_bytes()], keys(&pages));
    for words in words {
        assert!(
            files_with(&pages, words).is_empty(),
            "sealed from the first"
        );
    }
    assert_eq!(keys.len(), 3);
    assert!(
        !files_with(&pages, &keys[0]).is_empty(),
        "the search finds what is there"
    );

    let id = pages
        .complaints()
        .list()
        .unwrap()
        .last()
        .unwrap()
        .id
        .clone();
    let why = Erasure::Request;
    let erased = ComplaintEvent::Erased { why };
    pages.complaints().handle(&id, erased, pages.now()).unwrap();
    pages.settle();
    for gone in [&keys[0], &keys[1]] {
        assert!(files_with(&pages, gone).is_empty(), "the key is gone");
    }
    let digits: String = receipt.chars().filter(char::is_ascii_digit).collect();
    for words in [WHAT, MORE, receipt.as_str(), digits.as_str()] {
        assert!(files_with(&pages, words.as_bytes()).is_empty(), "{words}");
    }
    let file = pages.complaints().file(&id).unwrap();
    assert_eq!(file.words, None);
    assert_eq!(file.added[0].1, None);
    assert_eq!(file.complaint.erased, Some(pages.now()), "the tombstone");
    is_sound(&pages, 4);
    // The others are as they were.
    assert_eq!(pages.post("/status", &[("number", &other)]).status, 200);
    assert_eq!(pages.post("/status", &[("number", &receipt)]).status, 404);
}

#[test]
fn what_is_past_its_keeping_goes_by_itself_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    pages.complain("早就办结的投诉");
    pages.complain("刚刚办结的投诉");
    pages.complain("还没有办结的投诉");
    let mut ids: Vec<String> = pages
        .complaints()
        .list()
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    ids.reverse();
    let closed = || ComplaintEvent::Closed {
        outcome: "settled".into(),
        words: Text::new([("zh_CN", "已解决"), ("en", "Solved")]),
    };
    let long_after = pages.now() + Duration::days(3 * 366);
    pages
        .complaints()
        .handle(&ids[0], closed(), pages.now())
        .unwrap();
    pages
        .complaints()
        .handle(&ids[1], closed(), long_after)
        .unwrap();
    pages.settle();
    let erase = |at| {
        let count = pages.complaints().erase_what_is_past(3, at).unwrap();
        pages.settle();
        count
    };
    assert_eq!(
        erase(pages.now() + Duration::days(3 * 365)),
        0,
        "not a day early"
    );
    assert_eq!(erase(long_after), 1);
    assert_eq!(erase(long_after), 0, "once");
    let words = |id: &String| pages.complaints().file(id).unwrap().words;
    assert_eq!(words(&ids[0]), None);
    assert!(words(&ids[1]).is_some() && words(&ids[2]).is_some());
    is_sound(&pages, 6);
}

#[test]
fn the_digest_in_the_journal_is_salted() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    pages.complain(WHAT);
    pages.complain(WHAT);
    let mut digests = Vec::new();
    Records::open(&pages.data)
        .unwrap()
        .for_each(|stored| -> Result<(), lobby_kiosk::store::StoreError> {
            let body: serde_json::Value = serde_json::from_str(&stored.body).unwrap();
            digests.push(body["digest"].as_str().unwrap().to_owned());
            assert!(!stored.body.contains("独一无二"));
            Ok(())
        })
        .unwrap();
    assert_eq!(digests.len(), 2);
    assert_ne!(
        digests[0], digests[1],
        "equal words must not be seen to be equal"
    );
}

#[test]
fn the_quick_hash_of_a_receipt_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    // The second comes while it is not quiet.
    for _ in 0..2 {
        pages.complain(WHAT);
    }
    let quick = || -> Vec<Vec<u8>> {
        let connection = rusqlite::Connection::open(pages.data.join("journal.db")).unwrap();
        let query = "SELECT quick FROM receipt WHERE quick IS NOT NULL";
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let kept = quick();
    assert_eq!(kept.len(), 1);
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !quick().is_empty() || !files_with(&pages, &kept[0]).is_empty() {
        assert!(std::time::Instant::now() < patience, "it stays");
        std::thread::park_timeout(std::time::Duration::from_millis(50));
    }
}
