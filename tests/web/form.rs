//! Leaving a complaint.

use chrono::Duration;
use lobby_kiosk::domain::complaint::{About, ComplaintEvent, Erasure, Stage};
use lobby_kiosk::domain::ids::ComplaintId;

use crate::pages::{FIRM, Pages, encoded, fields, futures_of, post};

const WHAT: &str = "柜台叫号后等了一个多小时，没有人理。";

#[test]
fn a_complaint_reaches_the_staff_whole() {
    let (_dir, pages) = Pages::of(FIRM);
    let token = pages.get("/complaint").hidden("token");
    let answer = pages.post(
        "/complaint",
        &[
            ("token", &token),
            ("about", "trading"),
            ("what", "第一行\r\n第二行 <b>&\"'"),
            ("when", "今天上午"),
            ("whom", "3 号柜台"),
            ("wish", "请给我一个说法"),
            ("name", "张三"),
            ("contact", "13800138000"),
            ("consent", "yes"),
            ("sensitive", "yes"),
        ],
    );
    assert_eq!(answer.status, 200);
    let receipt = answer.receipt();
    let groups: Vec<&str> = receipt.split(' ').collect();
    assert_eq!(groups.len(), 4, "{receipt}");
    assert!(
        groups
            .iter()
            .all(|four| four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()))
    );
    assert!(
        answer.body.contains("<svg class=\"code\""),
        "the code of the follow-up page"
    );
    assert!(answer.body.contains("https://192.168.1.20:8080/status"));

    let list = pages.complaints().list().unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(
        (list[0].about, list[0].stage),
        (About::Trading, Stage::Received)
    );
    assert!(list[0].waiting);
    let words = pages.file(&list[0].id).words.unwrap();
    assert_eq!(words.what, "第一行\n第二行 <b>&\"'");
    assert_eq!(words.when, "今天上午");
    assert_eq!(words.whom, "3 号柜台");
    assert_eq!(words.wish, "请给我一个说法");
    assert_eq!(
        (words.name.as_str(), words.contact.as_str()),
        ("张三", "13800138000")
    );
    assert!(words.sensitive);
}

#[test]
fn without_encryption_nobody_is_asked_who_they_are() {
    let (_dir, mut pages) = Pages::of(FIRM);
    pages.encrypted = false;
    let form = pages.get("/complaint");
    assert!(!form.body.contains("name=\"name\"") && !form.body.contains("name=\"contact\""));
    assert!(form.body.contains("没有加密"));
    let token = form.hidden("token");
    let fields = [
        ("token", token.as_str()),
        ("about", "other"),
        ("what", WHAT),
        ("name", "张三"),
        ("contact", "13800138000"),
        ("consent", "yes"),
    ];
    assert_eq!(pages.post("/complaint", &fields).status, 200);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let words = pages.file(&id).words.unwrap();
    assert_eq!((words.name.as_str(), words.contact.as_str()), ("", ""));
}

#[test]
fn an_encrypting_proxy_counts_for_its_own_name_only() {
    let dir = tempfile::tempdir().unwrap();
    let toml = format!("[web]\npublic_url = \"https://desk.example.cn\"\n{FIRM}");
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let mut pages = Pages::open(dir.path());
    pages.encrypted = false;
    assert!(!pages.get("/complaint").body.contains("name=\"contact\""));
    let mut request = crate::pages::get("/complaint");
    request
        .headers_mut()
        .insert("host", "desk.example.cn".parse().unwrap());
    assert!(pages.ask(request).body.contains("name=\"contact\""));
}

#[test]
fn a_faulty_form_comes_back_with_everything_kept() {
    let (_dir, pages) = Pages::of(FIRM);
    let token = pages.get("/complaint").hidden("token");
    let long = "很".repeat(201);
    let answer = pages.post(
        "/complaint",
        &[
            ("token", &token),
            ("about", "equipment"),
            ("what", "<i>短"),
            ("when", &long),
            ("wish", "请\n处理"),
            ("name", "\"张三\""),
        ],
    );
    assert_eq!(answer.status, 422);
    let body = &answer.body;
    assert!(body.contains("value=\"equipment\" checked"));
    assert!(body.contains("&lt;i&gt;短</textarea>"));
    assert!(body.contains(&format!("value=\"{long}\"")));
    assert!(body.contains("请\n处理</textarea>"));
    assert!(body.contains("value=\"&quot;张三&quot;\""));
    for field in ["what", "when", "consent"] {
        assert!(body.contains(&format!("id=\"{field}-fault\"")), "{field}");
        assert!(body.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    assert!(!body.contains("id=\"about-fault\"") && !body.contains("id=\"wish-fault\""));
    assert_eq!(answer.hidden("token"), token, "still the same form");
    assert!(pages.complaints().list().unwrap().is_empty());
}

#[test]
fn the_limits_are_those_that_the_form_names() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for (count, status) in [(4, 422), (5, 200), (2000, 200), (2001, 422)] {
        let answer = pages.complain(&"字".repeat(count));
        assert_eq!(answer.status, status, "{count}");
    }
}

#[test]
fn a_form_sent_twice_makes_one_complaint() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let form = fields(&token, WHAT);
    let first = pages.post("/complaint", &form);
    let again = pages.post("/complaint", &form);
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.receipt(), again.receipt());
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn a_form_sent_many_times_at_once_makes_one_complaint() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let body = encoded(&fields(&token, WHAT));
    let answers = pages.runtime.block_on(async {
        let all = (0..16).map(|_| pages.answer(post("/complaint", &body)));
        futures_of(all).await
    });
    let receipts: std::collections::BTreeSet<String> =
        answers.iter().map(crate::pages::Answer::receipt).collect();
    assert_eq!(receipts.len(), 1);
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn a_form_opened_before_a_restart_still_works() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let form = fields(&token, WHAT);
    pages.close();
    let pages = Pages::open(dir.path());
    let first = pages.post("/complaint", &form);
    assert_eq!(first.status, 200);
    pages.close();
    let pages = Pages::open(dir.path());
    let again = pages.post("/complaint", &form);
    assert_eq!(again.receipt(), first.receipt());
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn a_form_without_its_token_says_so_and_keeps_the_words() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for token in [
        "",
        "x",
        "../../../../../../etc/passwd0000",
        "ABCDEFABCDEFABCDEFABCDEFABCDEFAB",
        // As earlier versions gave them out.
        "0123456789abcdef0123456789abcdef",
    ] {
        let form = fields(token, WHAT);
        let answer = pages.post("/complaint", &form);
        assert_eq!(answer.status, 422, "{token}");
        assert!(answer.body.contains(WHAT));
        let fresh = answer.hidden("token");
        assert_eq!(fresh.len(), 72);
        let form = fields(&fresh, WHAT);
        assert_eq!(pages.post("/complaint", &form).status, 200);
    }
}

#[test]
fn the_first_of_two_fields_counts_and_what_cannot_be_seen_is_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let answer = pages.post(
        "/complaint",
        &[
            ("token", &token),
            ("about", "service"),
            ("what", "\u{feff}第\u{0}一\u{202e}句\u{7}话说完"),
            ("what", "第二个字段的话"),
            ("consent", "yes"),
        ],
    );
    assert_eq!(answer.status, 200);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let words = pages.file(&id).words.unwrap();
    assert_eq!(words.what, "第一句话说完");
}

#[test]
fn the_answer_names_days_that_respect_the_calendar() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[complaint]\naccept_days = 2\nanswer_days = 6\nholidays = [2026-11-24]\nworkdays = [2026-11-28]\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let pages = Pages::open(dir.path());
    // Received on a Monday; Tuesday is free, Saturday is worked.
    let answer = pages.complain(WHAT);
    assert!(
        answer.body.contains("最迟 2026-11-26 告知是否受理"),
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("最迟 2026-12-01 答复"),
        "{}",
        answer.body
    );
}

#[test]
fn bytes_that_are_no_text_come_back_to_be_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    // "柜台员工态度很差" as GBK writes it, in the text and in a line.
    let gbk = "%B9%F1%CC%A8%D4%B1%B9%A4%CC%AC%B6%C8%BA%DC%B2%EE";
    let start = format!("token={token}&about=service&consent=yes");
    for (body, field) in [
        (format!("{start}&what={gbk}"), "what"),
        (format!("{start}&what={WHAT}&whom={gbk}"), "whom"),
    ] {
        let answer = pages.ask(post("/complaint", &body));
        assert_eq!(answer.status, 422, "{field}");
        let fault = format!("id=\"{field}-fault\"");
        assert!(answer.body.contains(&fault), "{field}");
        assert!(answer.body.contains("有些字无法识别"), "{field}");
    }
    let receipt = pages.complain(WHAT).receipt();
    let body = format!("number={}&words={gbk}", receipt.replace(' ', ""));
    let answer = pages.ask(post("/status", &body));
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("有些字无法识别"));
}

#[test]
fn what_cannot_be_seen_is_no_complaint() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for nothing in ["\u{200b}", "\u{200d}", "\u{fe0f}", "\u{2060}", " "] {
        let answer = pages.complain(&nothing.repeat(20));
        assert_eq!(answer.status, 422, "{}", nothing.escape_unicode());
    }
    assert_eq!(pages.complain("👨‍👩‍👧 왔어요").status, 200);
}

#[test]
fn nobody_has_agreed_who_does_not_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    for other in ["no", "", "on", "YES"] {
        let mut form = fields(&token, WHAT);
        form[3].1 = other;
        assert_eq!(pages.post("/complaint", &form).status, 422, "{other}");
    }
    let mut form = fields(&token, WHAT).to_vec();
    form.push(("sensitive", "no"));
    assert_eq!(pages.post("/complaint", &form).status, 200);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let words = pages.file(&id).words.unwrap();
    assert!(!words.sensitive);
}

#[test]
fn other_words_sent_with_a_form_that_was_sent_are_a_complaint_of_their_own() {
    const OTHER: &str = "后来想好的另一段话";
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let first = pages.post("/complaint", &fields(&token, WHAT));
    let other = pages.post("/complaint", &fields(&token, OTHER));
    assert_eq!((first.status, other.status), (200, 200));
    assert_ne!(first.receipt(), other.receipt());
    let complaints = pages.complaints();
    let words = |id: &ComplaintId| pages.file(id).words.unwrap().what;
    let list = complaints.list().unwrap();
    let whats: Vec<String> = list.iter().map(|one| words(&one.id)).collect();
    assert_eq!(whats, [OTHER, WHAT], "the newest first");

    // Each of them sent again is what it was.
    for (what, answer) in [(WHAT, &first), (OTHER, &other)] {
        let again = pages.post("/complaint", &fields(&token, what));
        assert_eq!(again.receipt(), answer.receipt(), "{what}");
        assert!(again.body.contains("之前已经收到"), "{what}");
        let found = pages.post("/status", &[("number", &answer.receipt())]);
        assert_eq!(found.status, 200, "{what}");
    }
    // So is what differs in another field.
    let mut about = fields(&token, WHAT);
    about[1].1 = "trading";
    assert_ne!(
        pages.post("/complaint", &about).receipt(),
        first.receipt(),
        "about something else"
    );
    assert_eq!(complaints.list().unwrap().len(), 3);
}

#[test]
fn different_words_with_one_form_at_once_are_each_taken_in_once() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let bodies: Vec<String> = (0..12)
        .map(|n| encoded(&fields(&token, &format!("{WHAT}{}", n % 3))))
        .collect();
    let answers = pages.runtime.block_on(async {
        let all = bodies
            .iter()
            .map(|body| pages.answer(post("/complaint", body)));
        futures_of(all).await
    });
    let receipts: std::collections::BTreeSet<String> =
        answers.iter().map(crate::pages::Answer::receipt).collect();
    assert_eq!(receipts.len(), 3);
    assert_eq!(pages.complaints().list().unwrap().len(), 3);
}

#[test]
fn other_words_with_a_form_whose_complaint_was_erased_are_taken_in() {
    const OTHER: &str = "另一段要说的话";
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    pages.post("/complaint", &fields(&token, WHAT));
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let why = Erasure::Request;
    let erased = ComplaintEvent::Erased { why };
    pages.complaints().handle(&id, erased, pages.now());
    pages.settle();
    assert_eq!(pages.post("/complaint", &fields(&token, OTHER)).status, 200);
    let complaints = pages.complaints();
    let list = complaints.list().unwrap();
    let words = pages.file(&list[0].id).words.unwrap();
    assert_eq!(words.what, OTHER);
}

#[test]
fn nothing_on_an_answer_leads_away_from_what_cannot_be_shown_again() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let switch = "hreflang=";
    let form = pages.get("/complaint");
    assert!(form.body.contains(switch));
    let token = form.hidden("token");
    let faulty = pages.post("/complaint", &fields(&token, "短"));
    assert_eq!(faulty.status, 422);
    let received = pages.post("/complaint", &fields(&token, WHAT));
    let receipt = received.receipt();
    let found = pages.post("/status", &[("number", &receipt)]);
    for answer in [faulty, received, found] {
        assert!(!answer.body.contains(switch), "{}", answer.body);
    }
}

#[test]
fn an_invented_or_altered_or_old_token_takes_nothing_in_and_keeps_the_words() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let real = pages.get("/complaint").hidden("token");
    let altered = |place: usize| {
        let mut token = real.clone().into_bytes();
        token[place] = if token[place] == b'0' { b'1' } else { b'0' };
        String::from_utf8(token).unwrap()
    };
    let other = tempfile::tempdir().unwrap();
    let elsewhere = Pages::open(other.path()).get("/complaint").hidden("token");
    // A random byte, the time, the signature; another tablet's.
    let mut bad: Vec<String> = [0, 35, 39, 40, 71].map(altered).to_vec();
    bad.extend(["0".repeat(72), elsewhere]);
    for token in bad {
        let answer = pages.post("/complaint", &fields(&token, WHAT));
        assert_eq!(answer.status, 422, "{token}");
        assert!(answer.body.contains(WHAT), "{token}");
    }
    for (passed, status) in [
        (Duration::hours(24) + Duration::seconds(1), 422),
        (-Duration::days(300), 422),
        (Duration::hours(24), 200),
    ] {
        pages.set_now(crate::pages::epoch() + passed);
        let answer = pages.post("/complaint", &fields(&real, WHAT));
        assert_eq!(answer.status, status, "{passed}");
    }
    // What has been taken in stays known, however late its answer is asked for again.
    pages.set_now(crate::pages::epoch() + Duration::days(3));
    let again = pages.post("/complaint", &fields(&real, WHAT));
    assert!(again.body.contains("id=\"receipt\""), "{}", again.body);
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn asking_for_forms_keeps_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let size = || {
        std::fs::metadata(dir.path().join("journal.db"))
            .unwrap()
            .len()
    };
    let before = size();
    let tokens: std::collections::BTreeSet<String> = (0..500)
        .map(|_| pages.get("/complaint").hidden("token"))
        .collect();
    assert_eq!(tokens.len(), 500);
    pages.settle();
    assert_eq!(size(), before);
}

#[test]
fn a_program_that_fills_in_what_nobody_sees_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let form = pages.get("/complaint");
    assert!(form.body.contains("<div hidden>"), "nobody sees it");
    let token = form.hidden("token");
    let mut all = fields(&token, WHAT).to_vec();
    all.push(("homepage", "http://spam.example"));
    let answer = pages.post("/complaint", &all);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(WHAT) && !answer.body.contains("spam.example"));
    assert!(pages.complaints().list().unwrap().is_empty());
    // Whoever it was by mistake sends it again.
    let fresh = answer.hidden("token");
    assert_eq!(pages.post("/complaint", &fields(&fresh, WHAT)).status, 200);
}

#[test]
fn a_complaint_that_nobody_can_see_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for blank in [
        "\u{3164}",
        "\u{2800}",
        "\u{e0041}",
        "\u{200d}",
        "\u{feff}",
        "\u{fe0f}",
        "\u{202e}",
        "\u{3000}",
        "\u{ad}",
        "\u{115f}",
        "\u{ffa0}",
        "\u{34f}",
        "\u{301}",
        "\u{e000}",
        "\u{13430}",
        "\u{13434}",
        "\u{13438}",
        "\u{13455}",
        "\u{600}",
        "\u{110bd}",
    ] {
        let answer = pages.complain(&blank.repeat(20));
        assert_eq!(answer.status, 422, "{blank:?}");
        assert!(answer.body.contains("id=\"what-fault\""), "{blank:?}");
    }
    let token = pages.get("/complaint").hidden("token");
    let mut all = fields(&token, WHAT).to_vec();
    all.push(("whom", "\u{3164}\u{3164}"));
    assert_eq!(pages.post("/complaint", &all).status, 200);
    let id = pages.complaints().list().unwrap()[0].id.clone();
    let words = pages.file(&id).words.unwrap();
    assert_eq!(words.whom, "", "nothing to be seen is nothing");
}
