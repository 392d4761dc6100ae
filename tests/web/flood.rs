//! Nobody fills the disk, and nobody keeps others out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::Duration;
use lobby_kiosk::domain::allowance::Allowance;
use lobby_kiosk::web::room::{KEPT_FREE, Room};

use crate::pages::{Pages, encoded, epoch, fields, futures_of, get, post};

const WHAT: &str = "柜台叫号后等了一个多小时，没有人理。";

/// Sends so many complaints with forms of the tablet's own, one every `seconds`; how many are
/// taken in.
fn taken(pages: &Pages, visitor: &str, count: usize, seconds: i64) -> usize {
    let mut taken = 0;
    for _ in 0..count {
        let token = pages.app.site().new_token();
        let body = encoded(&fields(&token, WHAT));
        let answer = pages
            .runtime
            .block_on(pages.ask_as(visitor, post("/complaint", &body)));
        match answer.status {
            200 => taken += 1,
            429 => {
                assert!(answer.body.contains(WHAT), "the words are kept");
                assert_eq!(answer.hidden("token"), token, "and so is the form");
                let wait: i64 = answer.header("retry-after").parse().unwrap();
                assert!((1..=120).contains(&wait), "{wait}");
            }
            other => panic!("{other}"),
        }
        pages.set_now(pages.now() + Duration::seconds(seconds));
    }
    taken
}

#[test]
fn a_full_lobby_may_complain_and_a_flood_may_not() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    assert_eq!(
        taken(&pages, "192.168.1.7", 30, 20),
        30,
        "within ten minutes"
    );
    pages.set_now(epoch() + Duration::days(1));
    let start = pages.now();
    let mut all = 0;
    while pages.now() < start + Duration::hours(1) {
        all += taken(&pages, "192.168.1.7", 1, 6);
    }
    assert!((30..=60).contains(&all), "{all} of 600 within an hour");
    // Others are not held up.
    assert_eq!(taken(&pages, "192.168.1.8", 5, 1), 5);
}

#[test]
fn many_addresses_together_fill_no_disk_either() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let all: usize = (0..50)
        .map(|nth| taken(&pages, &format!("10.0.0.{nth}"), 6, 0))
        .sum();
    assert_eq!(all, 120);
}

#[test]
fn what_is_not_taken_in_costs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    for _ in 0..100 {
        // The same form again, and forms with a fault.
        assert_eq!(pages.post("/complaint", &fields(&token, WHAT)).status, 200);
        assert_eq!(pages.complain("短").status, 422);
    }
    assert_eq!(taken(&pages, "192.168.1.77", 29, 0), 29);
}

#[test]
fn additions_are_bounded_too() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    let add = |nth: usize| {
        let words = format!("第 {nth} 次补充的内容");
        let answer = pages.post("/status", &[("number", &receipt), ("words", &words)]);
        if answer.status == 429 {
            assert!(answer.body.contains(&words), "the words are kept");
            assert_ne!(answer.header("retry-after"), "");
        }
        answer.status
    };
    let statuses: Vec<u16> = (0..40).map(add).collect();
    assert_eq!(statuses.iter().filter(|one| **one == 200).count(), 30);
    assert!(statuses[30..].iter().all(|one| *one == 429));
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_out_for_long() {
    let rule = Allowance {
        burst: 2,
        each: Duration::seconds(10),
    };
    let spent = rule
        .take(None, epoch())
        .and_then(|one| rule.take(Some(one), epoch()));
    let mut spent = spent.unwrap();
    let year_before = epoch() - Duration::days(365);
    assert!(rule.take(Some(spent), year_before).is_err());
    spent = rule.as_of(spent, year_before);
    assert!(
        rule.take(Some(spent), year_before + Duration::seconds(10))
            .is_ok()
    );
}

#[test]
fn the_last_of_the_disk_is_kept_for_incidents() {
    let dir = tempfile::tempdir().unwrap();
    let (full, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let (is_full, count) = (Arc::clone(&full), Arc::clone(&asked));
    let pages = Pages::arranged(dir.path(), epoch(), |site| {
        site.room = Room::new(Box::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            let free = if is_full.load(Ordering::Relaxed) {
                KEPT_FREE - 1
            } else {
                KEPT_FREE
            };
            Some(free)
        }));
    });
    let receipt = pages.complain(WHAT).receipt();
    for _ in 0..20 {
        assert_eq!(pages.complain("短").status, 422);
    }
    assert!(asked.load(Ordering::Relaxed) <= 5, "not at every request");
    pages.close();

    full.store(true, Ordering::Relaxed);
    let pages = Pages::arranged(dir.path(), epoch(), |site| {
        site.room = Room::new(Box::new(|| Some(KEPT_FREE - 1)));
    });
    let refused = pages.complain(WHAT);
    assert_eq!((refused.status, refused.header("retry-after")), (503, "60"));
    assert!(refused.body.contains(WHAT), "the words are kept");
    let more = [("number", receipt.as_str()), ("words", "当时是上午十点")];
    assert_eq!(pages.post("/status", &more).status, 503);
    assert_eq!(
        pages.post("/status", &more[..1]).status,
        200,
        "reading goes on"
    );
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn the_same_form_at_the_same_moment_is_refused_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let body = encoded(&fields(&pages.app.site().new_token(), WHAT));
    let all = (0..16).map(|_| pages.answer(post("/complaint", &body)));
    let answers = pages.runtime.block_on(futures_of(all));
    assert!(answers.iter().all(|answer| answer.status == 200));
    pages.settle();
    let refused = pages.notices().iter().any(|notice| {
        matches!(
            notice,
            lobby_kiosk::service::journal::Notice::Refused { .. }
        )
    });
    assert!(
        !refused,
        "the board would say that something is not on disk"
    );
}

#[test]
fn posters_are_made_one_by_one_and_few_wait() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[web]\npublic_url = \"https://desk.example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let (going, most, made) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicUsize::new(0)),
    );
    let (press, _closed) = (Arc::new(std::sync::Barrier::new(2)), ());
    let (now, top, all, gate) = (going.clone(), most.clone(), made.clone(), press.clone());
    let pages = Pages::arranged(dir.path(), epoch(), |site| {
        site.posters.printer = Some(Box::new(move |_, path, base, paper| {
            top.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            if all.fetch_add(1, Ordering::SeqCst) == 0 {
                gate.wait();
            }
            now.fetch_sub(1, Ordering::SeqCst);
            Some(format!("{base}{path} {paper}").into_bytes())
        }));
    });
    let refused = Arc::new(AtomicUsize::new(0));
    let files = [
        "complaint-A4",
        "complaint-A5",
        "evacuation-A4",
        "evacuation-A5",
    ];
    let ask = |nth: usize| {
        let name = files[nth % files.len()];
        let mut request = get(&format!("/posters/{name}.pdf"));
        let host = format!("192.168.1.20:{}", 1000 + nth);
        request.headers_mut().insert("host", host.parse().unwrap());
        let (answer, refused) = (pages.answer(request), refused.clone());
        async move {
            let answer = answer.await;
            refused.fetch_add(usize::from(answer.status == 503), Ordering::SeqCst);
            answer
        }
    };
    let (answers, way_out) = pages.runtime.block_on(async {
        let crowd = futures_of((0..40).map(ask));
        let calm = async {
            // While the first is on the press, the way out is there.
            let mut answers = Vec::new();
            for _ in 0..20 {
                answers.push(pages.answer(get("/evacuate")).await.status);
            }
            // All who cannot wait are refused before the first is printed, however busy the machine.
            let patience = std::time::Instant::now() + std::time::Duration::from_secs(60);
            while refused.load(Ordering::SeqCst) < 35 && std::time::Instant::now() < patience {
                tokio::task::yield_now().await;
            }
            let freed = tokio::task::spawn_blocking(move || press.wait());
            freed.await.unwrap();
            answers
        };
        tokio::join!(crowd, calm)
    });
    assert_eq!(way_out, [200; 20]);
    assert_eq!(most.load(Ordering::SeqCst), 1, "one at a time");
    assert!(made.load(Ordering::SeqCst) <= files.len(), "each once");
    let count = |status| answers.iter().filter(|one| one.status == status).count();
    assert_eq!((count(200), count(503)), (5, 35));
    for answer in &answers {
        if answer.status == 503 {
            assert_eq!(answer.header("retry-after"), "5");
        } else {
            assert!(
                answer.body.starts_with("https://desk.example.cn/"),
                "{}",
                answer.body
            );
        }
    }
}

#[test]
fn nobody_holds_all_the_places_that_wait_for_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let busy = &pages.app.site().busy;
    let begin = |ip: &str| busy.begin(ip.parse().unwrap());
    let mut held: Vec<_> = std::iter::from_fn(|| begin("10.0.0.1")).collect();
    assert!(held.len() < 128 && begin("10.0.0.2").is_some());
    held.extend((0..250).filter_map(|nth| begin(&format!("10.0.1.{nth}"))));
    assert_eq!(held.len(), 128);
    let refused = pages.complain(WHAT);
    assert_eq!(refused.status, 503);
    assert!(refused.body.contains(WHAT), "the words are kept");
    assert_eq!(pages.post("/status", &[("number", "1")]).status, 503);
    assert_eq!(pages.get("/evacuate").status, 200);
    drop(held);
    assert_eq!(pages.complain(WHAT).status, 200);
}
