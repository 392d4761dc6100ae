//! What customers wrote can be erased: from every file, for good.

use chrono::{DateTime, Duration, Utc};
use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::clock::{CLOCK_TOPIC, ClockEvent};
use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::entry::{Draft, Event};
use lobby_kiosk::domain::ids::ComplaintId;
use lobby_kiosk::domain::incident::Reason;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::keeper::{Keeper, Outlook};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::Verdict;

use crate::pages::{Pages, encoded, fields, post};

const WHAT: &str = "独一无二的投诉内容-7c1f";
/// Bytes of a slot of the file with the keys: whose it is, and the sealed key.
const SLOT: usize = 16 + 112;
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

/// The sealed keys of the contents, in the order in which they came.
fn keys(pages: &Pages) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(pages.data.join("content-keys")).unwrap();
    assert_eq!(bytes.len() % SLOT, 0);
    bytes.chunks(SLOT).map(|slot| slot[16..].to_vec()).collect()
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
    pages.complaints().handle(&id, erased, pages.now());
    pages.settle();
    for gone in [&keys[0], &keys[1]] {
        assert!(files_with(&pages, gone).is_empty(), "the key is gone");
    }
    let digits: String = receipt.chars().filter(char::is_ascii_digit).collect();
    for words in [WHAT, MORE, receipt.as_str(), digits.as_str()] {
        assert!(files_with(&pages, words.as_bytes()).is_empty(), "{words}");
    }
    let file = pages.file(&id);
    assert_eq!(file.words, None);
    assert_eq!(file.added[0].1, None);
    assert_eq!(file.complaint.erased, Some(pages.now()), "the tombstone");
    is_sound(&pages, 4);
    // The others are as they were.
    assert_eq!(pages.post("/status", &[("number", &other)]).status, 200);
    assert_eq!(pages.post("/status", &[("number", &receipt)]).status, 404);
}

/// Settles a complaint.
fn settled() -> ComplaintEvent {
    ComplaintEvent::Closed {
        outcome: "settled".into(),
        words: Text::new([(Lang::ZH_CN, "已解决"), (Lang::EN, "Solved")]),
    }
}

/// Pages with so many complaints, all settled as they came; their ids, the oldest first.
pub fn many_settled(pages: &Pages, count: usize) -> Vec<ComplaintId> {
    for nth in 0..count {
        // From several phones: none reaches what it may send.
        let phone = format!("192.168.2.{}", nth / 20 + 1);
        let token = pages.get("/complaint").hidden("token");
        let body = encoded(&fields(&token, &format!("早就办结的第 {nth} 件投诉")));
        let sent = pages.ask_as(&phone, post("/complaint", &body));
        assert_eq!(pages.runtime.block_on(sent).status, 200);
    }
    let list = pages.complaints().list().unwrap();
    let mut ids: Vec<ComplaintId> = list.into_iter().map(|one| one.id).collect();
    ids.reverse();
    let events = ids.iter().map(|id| (id.clone(), settled()));
    pages
        .complaints()
        .record_all(Some(Actor::SignedIn), events.collect(), pages.now())
        .unwrap();
    ids
}

pub fn erased(pages: &Pages) -> usize {
    let list = pages.complaints().list().unwrap();
    list.iter().filter(|one| one.erased.is_some()).count()
}

fn keeper(pages: &Pages, years: impl Into<Option<u32>>) -> Keeper {
    Keeper::new(pages.complaints().clone(), &pages.data, years.into())
}

fn hours(hours: u64) -> std::time::Duration {
    std::time::Duration::from_secs(hours * 3600)
}

/// A tablet that runs by the hour from `at` on, whose wall clock is right.
fn run(keeper: &mut Keeper, at: &mut DateTime<Utc>, from: u64, to: u64) -> Outlook {
    let mut outlook = Outlook::default();
    for hour in from..=to {
        outlook = keeper.look(*at, hours(hour)).unwrap();
        *at += Duration::hours(1);
    }
    outlook
}

/// A moment at which the years of keeping are over for what was settled at the beginning; the
/// clock gets there without a jump, as it does on a tablet that ran all the while.
fn three_years_later(pages: &Pages) -> (Keeper, DateTime<Utc>) {
    let end = pages.now() + Duration::days(3 * 366);
    let mut keeper = keeper(pages, 3);
    keeper.look(pages.now(), hours(0)).unwrap();
    let passed = (end - pages.now()).to_std().unwrap();
    keeper.look(end, passed).unwrap();
    (keeper, end)
}

#[test]
fn nothing_goes_before_it_was_announced_and_the_tablet_ran_a_week() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let ids = many_settled(&pages, 45);
    pages.complain("还没有办结的投诉");
    let early = pages.now() + Duration::days(3 * 365);
    let mut keeper = keeper(&pages, 3);
    let outlook = keeper.look(early, hours(3 * 365 * 24)).unwrap();
    assert_eq!(outlook.announced, None, "not a day early");
    let mut at = pages.now() + Duration::days(3 * 366);
    let start = 3 * 366 * 24;
    let outlook = run(&mut keeper, &mut at, start, start + 167);
    // Jumps are doubted: the first look is one without anything before it.
    let outlook = match outlook.doubted {
        Some(_) => {
            keeper.confirm(at).unwrap();
            run(&mut keeper, &mut at, start + 168, start + 168 + 167)
        }
        None => outlook,
    };
    let ahead = outlook.announced.unwrap();
    assert_eq!(ahead.count, 45);
    assert_eq!(erased(&pages), 0, "a week has not passed");
    // Then a batch a day, the oldest first, and an end.
    let mut hour = start + 168 + 168;
    run(&mut keeper, &mut at, hour, hour + 1);
    assert_eq!(erased(&pages), 20);
    hour += 2;
    run(&mut keeper, &mut at, hour, hour + 20);
    assert_eq!(erased(&pages), 20, "the same day");
    hour += 21;
    run(&mut keeper, &mut at, hour, hour + 48);
    assert_eq!(erased(&pages), 45);
    let outlook = run(&mut keeper, &mut at, hour + 49, hour + 50);
    assert_eq!(outlook.announced, None);
    assert_eq!(pages.file(&ids[0]).words, None);
    let kinds = keeping_kinds(&pages);
    assert_eq!(kinds.last().unwrap(), "keeping.finished", "{kinds:?}");
    let verdict = Records::open(&pages.data).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
}

fn keeping_kinds(pages: &Pages) -> Vec<String> {
    let reader = lobby_kiosk::store::Reader::open(&pages.data).unwrap();
    let entries = reader.entries("keeping").unwrap();
    entries.into_iter().map(|one| one.kind).collect()
}

#[test]
fn a_start_with_the_clock_years_ahead_erases_and_announces_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 3);
    keeper(&pages, 3).look(pages.now(), hours(0)).unwrap();
    // The battery of the clock is empty: the same tablet, ten years on.
    let wrong = pages.now() + Duration::days(3653);
    let mut at = wrong;
    let outlook = run(&mut keeper(&pages, 3), &mut at, 0, 24 * 30);
    assert_eq!(erased(&pages), 0);
    assert_eq!(outlook.announced, None);
    assert_eq!(outlook.doubted, Some((pages.now(), wrong)));
    // Starting again makes it no better.
    let outlook = run(&mut keeper(&pages, 3), &mut at, 0, 24 * 30);
    assert!(outlook.doubted.is_some() && erased(&pages) == 0);
    // Once the clock is right, nothing is past its keeping, and nobody is asked anything.
    let outlook = keeper(&pages, 3).look(pages.now(), hours(0)).unwrap();
    assert_eq!((outlook.doubted, outlook.announced), (None, None));
    assert_eq!(keeping_kinds(&pages), ["keeping.clock-doubted"; 2]);
}

#[test]
fn a_first_start_with_the_clock_years_ahead_is_doubted_whatever_the_start_recorded_itself() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 3);
    // No look is known yet, as in a directory that an older program left; and the start has
    // written by the wrong clock already.
    let wrong = pages.now() + Duration::days(3653);
    let read = ClockEvent::Read {
        boot: "one".into(),
        up_ms: 60_000,
    };
    let draft = Draft {
        id: Ids::new().next(wrong).into(),
        at: wrong,
        actor: None,
        topic: CLOCK_TOPIC.into(),
        event: Event::Clock(read),
    };
    pages.journal.append_and_wait(draft).unwrap();
    let outlook = keeper(&pages, 3).look(wrong, hours(0)).unwrap();
    assert_eq!(outlook.announced, None);
    assert_eq!(outlook.doubted, Some((pages.now(), wrong)));
}

#[test]
fn a_jump_after_a_doubt_has_the_staff_asked_about_the_date_of_now() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 1);
    let day = |days| pages.now() + Duration::days(days);
    keeper(&pages, 3).look(pages.now(), hours(0)).unwrap();
    // Switched off over a holiday, and nobody was asked since nothing was past its keeping.
    keeper(&pages, 3).look(day(8), hours(0)).unwrap();
    let outlook = keeper(&pages, 3).look(day(3653), hours(0)).unwrap();
    assert_eq!(outlook.doubted, Some((pages.now(), day(3653))));
}

#[test]
fn a_clock_that_jumps_while_the_tablet_runs_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 3);
    let mut keeper = keeper(&pages, 3);
    keeper.look(pages.now(), hours(0)).unwrap();
    let day = |days| pages.now() + Duration::days(days);
    // A day more than has passed is none yet; ten years are.
    let outlook = keeper.look(day(1), hours(1)).unwrap();
    assert_eq!(outlook.doubted, None);
    assert!(keeping_kinds(&pages).is_empty());
    let mut at = day(3653);
    let outlook = run(&mut keeper, &mut at, 2, 24 * 30);
    assert!(outlook.doubted.is_some() && erased(&pages) == 0);
    // Only once somebody says that it is right does the week begin.
    keeper.confirm(at).unwrap();
    let hour = 24 * 30 + 1;
    let outlook = run(&mut keeper, &mut at, hour, hour + 167);
    assert_eq!((outlook.doubted, erased(&pages)), (None, 0));
    run(&mut keeper, &mut at, hour + 168, hour + 168);
    assert_eq!(erased(&pages), 3);
}

#[test]
fn the_week_is_counted_over_restarts_and_no_clock_adds_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 1);
    let (first, mut at) = three_years_later(&pages);
    drop(first);
    // Six hours a day: switched off overnight, which is no jump.
    for _ in 0..27 {
        run(&mut keeper(&pages, 3), &mut at, 0, 6);
        at += Duration::hours(17);
        assert_eq!(erased(&pages), 0);
    }
    // The clock goes a few hours ahead time and again: that is no running.
    let mut one = keeper(&pages, 3);
    for _ in 0..40 {
        one.look(at, hours(0)).unwrap();
        at += Duration::hours(20);
    }
    assert_eq!(erased(&pages), 0);
    run(&mut one, &mut at, 1, 6);
    assert_eq!(erased(&pages), 1);
    // Without the count the week would have begun anew.
    many_settled(&pages, 1);
}

#[test]
fn what_must_be_kept_stays_and_a_shorter_announcement_falls() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let ids = many_settled(&pages, 3);
    let reason = Reason {
        id: "regulator".into(),
        words: Text::new([(Lang::ZH_CN, "监管部门调查")]),
    };
    let (mut one, mut at) = three_years_later(&pages);
    let outlook = run(&mut one, &mut at, 30_000, 30_000);
    assert_eq!(outlook.announced.unwrap().count, 3);
    let held = ComplaintEvent::Held { reason };
    pages.complaints().handle(&ids[0], held, at);
    pages.settle();
    let outlook = run(&mut one, &mut at, 30_001, 30_001);
    assert_eq!(outlook.announced.unwrap().count, 2, "on hold");
    // The settings say longer, or nothing any more.
    for years in [Some(20), None] {
        one.keep_for(years);
        let outlook = run(&mut one, &mut at, 30_002, 30_002 + 24 * 20);
        assert_eq!(outlook.announced, None);
        assert_eq!(outlook.unset, years.is_none());
        assert_eq!(erased(&pages), 0);
    }
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

#[test]
fn a_picture_is_told_what_a_look_would_tell_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    many_settled(&pages, 3);
    let (at, file) = (
        pages.now() + Duration::days(3 * 366),
        pages.data.join("running-time.json"),
    );
    let entries = || Records::open(&pages.data).unwrap().verify().unwrap();
    let (before, known) = (entries(), std::fs::read(&file).ok());
    let foreseen = keeper(&pages, 3).foresee(at).unwrap();
    let ahead = foreseen.announced.clone().unwrap();
    assert_eq!(
        (ahead.count, ahead.since, ahead.from),
        (3, at, at + Duration::days(7))
    );
    assert_eq!((entries(), std::fs::read(&file).ok()), (before, known));
    let nothing = keeper(&pages, 100).foresee(at).unwrap();
    assert_eq!(nothing, Outlook::default());
    assert!(keeper(&pages, None::<u32>).foresee(at).unwrap().unset);

    // What is announced already is told with its own days, and a change of years as well.
    let (mut running, end) = three_years_later(&pages);
    let told = running.look(end, hours(3 * 366 * 24)).unwrap();
    assert!(told.announced.is_some());
    assert_eq!(keeper(&pages, 3).foresee(end).unwrap(), told);
    assert_eq!(
        keeper(&pages, 100).foresee(end).unwrap(),
        Outlook::default()
    );
}
