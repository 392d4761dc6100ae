//! Following a complaint up.

use lobby_kiosk::config::limits::{ADDITION_CHARACTERS, ADDITIONS};
use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::incident::Reason;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::receipt::Receipt;
use lobby_kiosk::service::in_force::Reading;
use std::sync::Arc;

use crate::pages::{Pages, encoded, futures_of, post};

const WHAT: &str = "系统登录不了，错过了卖出的时间。";

fn text(zh: &str, en: &str) -> Text {
    Text::new([(Lang::ZH_CN, zh), (Lang::EN, en)])
}

#[test]
fn the_receipt_leads_to_state_and_reply_and_to_nothing_personal() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    let look = |number: &str| pages.post("/status", &[("number", number)]);
    assert_eq!(look(&receipt).said("stage"), "已收到");
    // However it is typed.
    let full: String = receipt
        .chars()
        .map(|c| {
            c.to_digit(10)
                .map_or('-', |d| char::from_u32(0xff10 + d).unwrap())
        })
        .collect();
    assert_eq!(look(&full).said("stage"), "已收到");

    let id = pages.complaints().list().unwrap()[0].id.clone();
    let act = |event| {
        pages.complaints().handle(&id, event, pages.now());
        pages.settle();
    };
    // A word on the way is shown as one, and accepts and answers nothing.
    let by = "最迟 2026-12-14 答复处理结果";
    act(ComplaintEvent::Replied {
        reply: "looking-into-it".into(),
        words: text("我们正在核实 <情况>", "We are looking into it"),
        interim: true,
        approved: false,
    });
    let answer = look(&receipt);
    assert_eq!(answer.said("stage"), "已收到");
    assert!(answer.body.contains("我们正在核实 &lt;情况&gt;"));
    assert!(answer.body.contains("进展告知") && answer.body.contains(by));
    act(ComplaintEvent::Accepted {});
    let answer = look(&receipt);
    assert_eq!(answer.said("stage"), "已受理");
    assert!(answer.body.contains(by) && !answer.body.contains("告知是否受理"));
    act(ComplaintEvent::Replied {
        reply: "put-right".into(),
        words: text("已经改进", "We made a change"),
        interim: false,
        approved: false,
    });
    let answer = look(&receipt);
    assert_eq!(answer.said("stage"), "已答复");
    assert!(!answer.body.contains(by));
    assert!(!answer.body.contains(WHAT), "no words of the customer's");
    let english = pages.post("/status?lang=en", &[("number", &receipt)]);
    assert!(english.body.contains("We are looking into it"));

    let answer = pages.post(
        "/status",
        &[("number", &receipt), ("words", "当时是上午十点")],
    );
    assert_eq!(
        (answer.status, answer.said("stage").as_str()),
        (200, "处理中")
    );
    // The same once more is the same form sent twice.
    pages.post(
        "/status",
        &[("number", &receipt), ("words", "当时是上午十点")],
    );
    let file = pages.file(&id);
    let added: Vec<_> = file.added.iter().map(|(_, words)| words.clone()).collect();
    assert_eq!(added, [Some("当时是上午十点".to_owned())]);
    assert!(file.complaint.waiting);

    act(ComplaintEvent::Closed {
        outcome: "settled".into(),
        words: text("已解决", "Solved"),
    });
    assert_eq!(look(&receipt).said("stage"), "已办结");
    let short = pages.post("/status", &[("number", &receipt), ("words", "短")]);
    assert_eq!(short.status, 422);
    assert!(short.body.contains("短</textarea>"), "kept");
}

#[test]
fn wrong_and_expired_numbers_look_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let why = Erasure::Request;
    let erased = ComplaintEvent::Erased { why };
    pages.complaints().handle(&id, erased, pages.now());
    pages.settle();
    let expired = pages.post("/status", &[("number", &receipt)]);
    let other = if receipt.starts_with('0') {
        "1111 1111 1111 1111"
    } else {
        "0000 0000 0000 0001"
    };
    let wrong = pages.post("/status", &[("number", other)]);
    assert_eq!((expired.status, wrong.status), (404, 404));
    assert_eq!(
        expired.body.replace(&receipt, ""),
        wrong.body.replace(other, "")
    );
    assert_eq!(pages.post("/status", &[("number", "123")]).status, 422);
}

#[test]
fn guesses_are_slowed_by_address_and_forgiven_with_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    let look = |pages: &Pages, number: &str| pages.post("/status", &[("number", number)]).status;
    let mut tries = 0;
    while look(&pages, "0000 0000 0000 0000") == 404 {
        tries += 1;
        assert!(tries < 100, "never slowed");
    }
    assert_eq!(tries, 20);
    let slowed = pages.post("/status", &[("number", "0000 0000 0000 0000")]);
    assert_eq!((slowed.status, slowed.header("retry-after")), (429, "10"));
    for _ in 0..3 {
        assert_eq!(
            look(&pages, &receipt),
            200,
            "who has a receipt does not guess"
        );
    }
    assert_eq!(look(&pages, "0000 0000 0000 0000"), 429);
    pages.set_now(pages.now() + chrono::Duration::seconds(11));
    assert_eq!(look(&pages, "0000 0000 0000 0000"), 404);
    // Somebody else is not held up.
    pages.visitor = "192.168.1.78".parse().unwrap();
    assert_eq!(look(&pages, "0000 0000 0000 0000"), 404);
}

#[test]
fn what_was_received_before_the_program_was_killed_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    // More at once than wait for the slow hash: some keep the quick one for a while.
    let receipts: Vec<String> = (0..30).map(|_| pages.complain(WHAT).receipt()).collect();
    pages.close();
    let pages = Pages::open(dir.path());
    for receipt in &receipts {
        assert_eq!(pages.post("/status", &[("number", receipt)]).status, 200);
    }
}

#[test]
fn a_page_stays_light_however_often_something_is_added() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let receipt = pages.complain(WHAT).receipt();
    let mut last = String::new();
    for nth in 0..15 {
        let words = format!("第 {nth} 次补充的内容");
        let fields = [("number", receipt.as_str()), ("words", words.as_str())];
        last = pages.post("/status", &fields).body;
    }
    assert_eq!(last.matches("您补充了内容").count(), 10);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    assert_eq!(pages.file(&id).added.len(), 15);
}

#[test]
fn a_number_of_an_earlier_version_gets_a_chance_beside_guesses() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let words = lobby_kiosk::service::complaints::ComplaintText {
        what: WHAT.to_owned(),
        ..Default::default()
    };
    let complaints = pages.complaints();
    let token = "0123456789abcdef0123456789abcdef";
    let about = lobby_kiosk::domain::complaint::About::Service;
    let taken = complaints.receive(token, about, &Lang::ZH_CN, &words, pages.now());
    let receipt = pages.runtime.block_on(taken).unwrap().receipt;
    assert!(!complaints.is_likely(&receipt), "drawn as it was then");
    let look = |number: &str| pages.post("/status", &[("number", number)]).status;
    while look("0000 0000 0000 0000") == 404 {}
    assert_eq!(look(&receipt.grouped()), 200);
    // Sent again with that form, it is known.
    let again = pages.post("/complaint", &crate::pages::fields(token, WHAT));
    assert_eq!(again.receipt(), receipt.grouped());
}

#[test]
fn hardly_a_guess_looks_like_a_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let complaints = pages.complaints();
    let receipt = Receipt::read(&pages.complain(WHAT).receipt()).unwrap();
    assert!(complaints.is_likely(&receipt));
    let likely = (0..20_000_u64)
        .map(|nth| Receipt::from_random((nth * 922_337_203_685_477).to_be_bytes()))
        .filter(|guess| complaints.is_likely(guess))
        .count();
    assert!(likely < 20, "{likely} of 20,000");
}

#[test]
fn one_who_asks_many_times_at_once_keeps_nobody_out() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let (mine, other) = (
        pages.complain(WHAT).receipt(),
        pages.complain(WHAT).receipt(),
    );
    let body = encoded(&[("number", mine.as_str())]);
    let crowd: Vec<_> = (0..24)
        .map(|_| pages.ask_as("192.168.1.77", post("/status", &body)))
        .collect();
    let body = encoded(&[("number", other.as_str())]);
    let one = pages.ask_as("192.168.1.78", post("/status", &body));
    let all = crowd.into_iter().chain([one]);
    let answers = pages.runtime.block_on(futures_of(all));
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200; 25]);
}

#[test]
fn the_days_of_a_receipt_hold_whatever_the_settings_say_later() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let answer = pages.complain(WHAT);
    let receipt = answer.receipt();
    let told = [
        "最迟 2026-11-26 告知是否受理",
        "最迟 2026-12-14 答复处理结果",
    ];
    for words in told {
        assert!(answer.body.contains(words), "{}", answer.body);
    }
    let english = pages.post("/status?lang=en", &[("number", &receipt)]).body;
    for words in [
        "We will tell you by 2026-11-26 whether we accept it.",
        "We will answer by 2026-12-14 at the latest.",
    ] {
        assert!(english.contains(words), "{english}");
    }
    // Both are in the journal with the receipt.
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let entries = lobby_kiosk::store::Reader::open(&pages.data).unwrap();
    let body = entries.entries(&format!("complaint:{id}")).unwrap()[0]
        .body
        .clone();
    assert!(body.contains("2026-11-27T00:00:00+08:00"), "{body}");
    let mut settings = (*pages.app.site().settings()).clone();
    settings.complaint.holidays = (0..60)
        .map(|n| pages.now().date_naive() + chrono::Days::new(n))
        .collect();
    settings.complaint.answer_days = 90;
    settings.branch.time_zone = chrono_tz::Asia::Tokyo;
    let site = pages.app.site();
    site.in_force.take(Reading {
        settings: Arc::new(settings),
        ..Reading::clone(&site.in_force.now())
    });
    site.follow();
    let look = || pages.post("/status", &[("number", &receipt)]).body;
    for words in told {
        assert!(look().contains(words), "{}", look());
    }
    // Who comes now is told today's days.
    assert!(!pages.complain("另一件投诉的内容").body.contains(told[0]));
    // A change says from when to when, and why.
    let complaint = pages.complaints().complaint(&id).unwrap();
    let (accept_by, answer_by) = complaint.promise.unwrap().extended(
        false,
        5,
        pages.now(),
        &Default::default(),
        &chrono_tz::Asia::Shanghai,
    );
    let reason = Reason {
        id: "department".into(),
        words: text("需其他部门配合", "Another department is asked"),
    };
    let event = ComplaintEvent::Extended {
        accept_by,
        answer_by,
        reason,
    };
    pages.complaints().handle(&id, event, pages.now());
    pages.settle();
    for words in [
        "最迟 2026-12-03 告知是否受理",
        "决定受理期限：由 2026-11-26 延至 2026-12-03",
        "答复期限：由 2026-12-14 延至 2026-12-21",
        "原因：需其他部门配合",
    ] {
        assert!(look().contains(words), "{words}: {}", look());
    }
    let english = pages.post("/status?lang=en", &[("number", &receipt)]).body;
    assert!(english.contains("Answer: extended from 2026-12-14 to 2026-12-21"));
    assert!(english.contains("Why: Another department is asked"));
}

#[test]
fn a_complaint_holds_so_many_additions_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let ask = |from: usize, receipt: &str, words: &str| {
        let body = encoded(&[("number", receipt), ("words", words)]);
        // From many phones: no address reaches what it may send.
        let phone = format!("192.168.2.{}", from % 200 + 1);
        (phone, post("/status", &body))
    };
    let add = |from: usize, receipt: &str, words: &str| {
        let (phone, request) = ask(from, receipt, words);
        pages.runtime.block_on(pages.ask_as(&phone, request))
    };
    let receipt = pages.complain(WHAT).receipt();
    for nth in 0..ADDITIONS {
        let words = format!("第 {nth} 次补充的内容");
        assert_eq!(add(nth, &receipt, &words).status, 200);
    }
    let refused = add(ADDITIONS, &receipt, "再也放不下的补充内容");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("请到柜台"), "{}", refused.body);
    assert!(refused.body.contains("再也放不下的补充内容"), "kept");
    // Few long ones fill it too.
    let receipt = pages.complain("另一件投诉的内容").receipt();
    let long = |nth: usize| format!("{nth}{}", "长".repeat(1_999));
    for nth in 0..9 {
        assert_eq!(add(60 + nth, &receipt, &long(nth)).status, 200);
    }
    // The last room is taken once, however many want it at the same moment.
    let wishes: Vec<_> = (1..5)
        .map(|nth| ask(70 + nth, &receipt, &long(nth)))
        .collect();
    let there = &pages;
    let crowd = wishes
        .into_iter()
        .map(|(phone, request)| async move { there.ask_as(&phone, request).await });
    let answers = pages.runtime.block_on(futures_of(crowd));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422, 422, 422]);
    assert_eq!(add(80, &receipt, "再补充五个字").status, 422);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let file = pages.file(&id);
    let characters: usize = file
        .added
        .iter()
        .flat_map(|one| &one.1)
        .map(|words| words.chars().count())
        .sum();
    assert_eq!(characters, ADDITION_CHARACTERS);
}

#[test]
fn the_notice_promises_no_erasure_that_nobody_has_decided() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let notice = pages.get("/privacy").body;
    assert!(
        notice.contains("不会自动清除") && notice.contains("二十年"),
        "{notice}"
    );
    let toml = "[complaint]\nretention_years = 20\n";
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let notice = Pages::open(dir.path()).get("/privacy").body;
    assert!(
        notice.contains("20 年") && !notice.contains("不会自动清除"),
        "{notice}"
    );
}
