//! The pages that the branch's PCs read: there for the networks that the settings allow, over an
//! encrypted connection, to a PC that the tablet has paired; and to anybody else no pages at all.

use std::path::Path;

use axum::body::Body;
use axum::http::{Method, Request};
use chrono::TimeDelta;
use lobby_kiosk::domain::ids::PersonId;
use lobby_kiosk::domain::person::{Person, Role};
use lobby_kiosk::helper;
use lobby_kiosk::service::pcs::{CodeState, Holder};
use lobby_kiosk::service::people::People;
use tempfile::TempDir;

use crate::pages::{Answer, HERE, Pages, encoded, epoch, get, post};
use crate::phone::{begin, noted, with};

const ALLOWED: &str = "[staff_pages]\nnetworks = [\"192.168.1.0/24\"]\n";
const ILL: &str = "0199a0c4-0000-7000-8000-000000000001";
const WANG: &str = "0199a0c4-0000-7000-8000-0000000000aa";

/// Every page, with what a PC that is paired is answered.
const TABLE: [(&str, u16); 9] = [
    ("/staff", 303),
    ("/staff/records", 200),
    ("/staff/records/0199a0c4-0000-7000-8000-000000000001", 200),
    (
        "/staff/records/0199a0c4-0000-7000-8000-000000000001/report.pdf",
        200,
    ),
    ("/staff/records/0199a0c4-0000-7000-8000-000000000009", 404),
    ("/staff/statistics", 200),
    ("/staff/statistics/report.docx?period=all", 200),
    ("/staff/complaints", 200),
    ("/staff/nothing", 404),
];

/// A tablet with one incident that lets the PCs of its network read.
fn tablet() -> (TempDir, Pages) {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let (dir, pages) = Pages::of(ALLOWED);
    begin(&pages);
    (dir, pages)
}

fn nobody() -> Holder {
    Holder {
        person: None,
        role: Role::Administrator,
    }
}

/// The digits of a new code on the tablet.
fn code(pages: &Pages, holder: Holder) -> String {
    pages.pcs.show_code(holder, pages.now()).unwrap();
    let code = pages.pcs.code(pages.now()).unwrap();
    assert_eq!(code.state, CodeState::Good);
    code.digits.to_string()
}

/// What a browser sends from one of these pages.
fn sent(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    sent_by("https", path, fields)
}

fn sent_by(scheme: &str, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request = post(path, &encoded(fields));
    let origin = format!("{scheme}://{HERE}").parse().unwrap();
    request.headers_mut().insert("origin", origin);
    request
}

fn try_code(pages: &Pages, typed: &str) -> Answer {
    pages.ask(sent("/staff", &[("code", typed)]))
}

/// A PC that was paired: its cookie.
fn paired_by(pages: &Pages, holder: Holder) -> String {
    let digits = code(pages, holder);
    let answer = try_code(pages, &digits);
    assert_eq!((answer.status, answer.header("location")), (303, "/staff"));
    let set = answer.header("set-cookie");
    for part in [
        "__Host-staff=",
        "Path=/;",
        "Secure",
        "HttpOnly",
        "SameSite=Strict",
        "Max-Age=28800",
    ] {
        assert!(set.contains(part), "{part}: {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    set.split(';').next().unwrap().to_owned()
}

fn paired(pages: &Pages) -> String {
    paired_by(pages, nobody())
}

fn look(pages: &Pages, path: &str, cookie: &str) -> Answer {
    pages.ask(with(get(path), cookie))
}

/// To a browser with this cookie none of the pages is open: all lead to the form for the code.
fn is_shut_out(pages: &Pages, cookie: &str) {
    for (path, _) in TABLE {
        let answer = look(pages, path, cookie);
        if path == "/staff" {
            assert_eq!(answer.status, 200);
            assert!(answer.body.contains("id=\"code\""), "{}", answer.body);
        } else {
            let led = (answer.status, answer.header("location"), answer.bytes.len());
            assert_eq!(led, (303, "/staff", 0), "{path}");
        }
    }
}

/// Nothing tells these pages from pages that are not there.
fn are_not_there(pages: &Pages, cookie: &str, when: &str) {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT];
    let mut seen = Vec::new();
    for (method, scheme) in methods
        .iter()
        .flat_map(|one| [(one, "http"), (one, "https")])
    {
        let ask = |path: &str| {
            let fields = [("code", "12345678")];
            let mut request = with(sent_by(scheme, path, &fields), cookie);
            *request.method_mut() = method.clone();
            let answer = pages.ask(request);
            (answer.status, answer.headers, answer.body)
        };
        let no_page = ask("/no-such-page");
        seen.push(no_page.0);
        for (path, _) in TABLE {
            assert_eq!(ask(path), no_page, "{when}: {method} {path}");
        }
    }
    // Also a form that one of the tablet's own pages might have sent.
    assert!(
        seen.iter().filter(|status| **status == 404).count() >= 5,
        "{seen:?}"
    );
}

#[test]
fn a_paired_pc_reads_every_page_and_any_other_none() {
    let (_dir, pages) = tablet();
    is_shut_out(&pages, "");
    is_shut_out(&pages, "__Host-staff=00000000000000000000000000");
    let cookie = paired(&pages);
    for (path, status) in TABLE {
        let answer = look(&pages, path, &cookie);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.body.contains("<script"), "{path}");
    }
    // The cookie of one is nobody else's, and no page of customers' asks for it.
    is_shut_out(&pages, "");
    assert_eq!(look(&pages, "/", &cookie).status, 200);
}

#[test]
fn where_they_are_not_allowed_there_are_no_such_pages() {
    let (_dir, mut pages) = tablet();
    let cookie = paired(&pages);
    pages.encrypted = false;
    are_not_there(&pages, &cookie, "over plain HTTP");
    pages.encrypted = true;
    for visitor in ["192.168.2.77", "10.0.0.1", "fd00::77"] {
        pages.visitor = visitor.parse().unwrap();
        are_not_there(&pages, &cookie, visitor);
    }
    pages.visitor = "::ffff:192.168.1.9".parse().unwrap();
    assert_eq!(look(&pages, "/staff/records", &cookie).status, 200);

    for settings in ["", "[staff_pages]\n", "[staff_pages]\nnetworks = []\n"] {
        let (_dir, pages) = Pages::of(settings);
        are_not_there(&pages, "", "off");
    }
}

#[test]
fn an_address_that_promises_encryption_is_not_enough() {
    let settings = format!("[web]\npublic_url = \"https://{HERE}\"\n{ALLOWED}");
    let (_dir, mut pages) = Pages::of(&settings);
    pages.encrypted = false;
    are_not_there(&pages, "", "plain HTTP by a public name");
}

#[test]
fn a_session_ends_by_itself_by_a_tap_and_with_the_program() {
    let (dir, pages) = tablet();
    let unused = paired(&pages);
    pages.set_now(epoch() + TimeDelta::minutes(31));
    is_shut_out(&pages, &unused);
    assert!(look(&pages, "/staff", &unused).body.contains("id=\"over\""));

    // However much it is used.
    let begun = pages.now();
    let used = paired(&pages);
    for minutes in (0..480).step_by(20) {
        pages.set_now(begun + TimeDelta::minutes(minutes));
        assert_eq!(look(&pages, "/staff/records", &used).status, 200);
    }
    pages.set_now(begun + TimeDelta::minutes(480));
    is_shut_out(&pages, &used);

    let (one, other) = (paired(&pages), paired(&pages));
    let live = pages.pcs.live(pages.now());
    assert_eq!(live.len(), 2);
    pages.pcs.end(Some(&live[1].id), pages.now());
    is_shut_out(&pages, &one);
    assert_eq!(look(&pages, "/staff/records", &other).status, 200);
    assert_eq!(noted(&pages, "links", "link.paired").0, 4);
    assert_eq!(noted(&pages, "links", "link.revoked").0, 1);

    // With a new PIN of whoever paired it, and with nobody else's.
    let person = PersonId::from(WANG);
    pages.pcs.end_of(Some(&person), pages.now());
    assert_eq!(look(&pages, "/staff/records", &other).status, 200);
    let shown = code(&pages, nobody());
    pages.pcs.end_of(None, pages.now());
    is_shut_out(&pages, &other);
    assert_eq!(try_code(&pages, &shown).status, 422);

    let other = paired(&pages);
    pages.close();
    let again = Pages::open_at(dir.path(), begun + TimeDelta::minutes(481));
    is_shut_out(&again, &other);
}

#[test]
fn a_code_is_good_once_for_five_minutes_and_five_wrong_ones() {
    let (_dir, pages) = tablet();
    assert_eq!(try_code(&pages, "12345678").status, 422, "none is shown");
    let digits = code(&pages, nobody());
    let wrong = if digits == "00000000" {
        "00000001"
    } else {
        "00000000"
    };
    for _ in 0..4 {
        let answer = try_code(&pages, wrong);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("id=\"code-fault\""));
        assert!(answer.headers.get("set-cookie").is_none());
        // What is no code is no try.
        assert_eq!(try_code(&pages, "1234").status, 422);
    }
    let spaced = format!(" {} {} ", &digits[..4], &digits[4..]);
    assert_eq!(try_code(&pages, &spaced).status, 303);
    assert_eq!(try_code(&pages, &digits).status, 422, "it was used");

    let digits = code(&pages, nobody());
    for _ in 0..5 {
        assert_eq!(try_code(&pages, wrong).status, 422);
    }
    assert_eq!(pages.pcs.code(pages.now()).unwrap().state, CodeState::Void);
    assert_eq!(try_code(&pages, &digits).status, 422);

    let digits = code(&pages, nobody());
    pages.set_now(pages.now() + TimeDelta::minutes(5));
    assert_eq!(try_code(&pages, &digits).status, 422);

    let former = code(&pages, nobody());
    let digits = code(&pages, nobody());
    assert_eq!(try_code(&pages, &former).status, 422);
    assert_eq!(try_code(&pages, &digits).status, 303);
}

#[test]
fn what_another_site_sends_pairs_no_pc_and_signs_none_out() {
    let (_dir, pages) = tablet();
    let digits = code(&pages, nobody());
    let fields = [("code", digits.as_str())];
    // Without a word on where it comes from.
    assert_eq!(pages.post("/staff", &fields).status, 404);
    let mut foreign = sent("/staff", &fields);
    let other = "https://example.com".parse().unwrap();
    foreign.headers_mut().insert("origin", other);
    assert_eq!(pages.ask(foreign).status, 403);
    let mut cross = sent("/staff", &fields);
    let site = "cross-site".parse().unwrap();
    cross.headers_mut().insert("sec-fetch-site", site);
    assert_eq!(pages.ask(cross).status, 403);

    let answer = try_code(&pages, &digits);
    let set = answer.header("set-cookie");
    let cookie = set.split(';').next().unwrap();
    let proof = look(&pages, "/staff/records", cookie).hidden("proof");
    let leave = |fields: &[(&str, &str)]| pages.ask(with(sent("/staff/leave", fields), cookie));
    assert_eq!(leave(&[]).status, 404);
    assert_eq!(leave(&[("proof", "0")]).status, 404);
    assert_eq!(look(&pages, "/staff/records", cookie).status, 200);
    let left = leave(&[("proof", &proof)]);
    assert_eq!(left.status, 303);
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    is_shut_out(&pages, cookie);
    assert_eq!(noted(&pages, "links", "link.revoked").0, 1);
}

/// Has the list of people say this of one of them, or nothing.
fn say(pages: &Pages, role: Option<Role>) {
    let mut people = People::read(&pages.data).unwrap();
    let id = PersonId::from(WANG);
    if people.get(&id).is_some() {
        people.remove(&id).unwrap();
    }
    if let Some(role) = role {
        let wang = Person {
            id,
            name: "王芳".to_owned(),
            role,
            first_aider: false,
            reach: String::new(),
        };
        people.add(wang).unwrap();
    }
    people.write().unwrap();
    pages.people.teller(&pages.data)();
}

#[test]
fn whoever_is_taken_off_the_list_or_becomes_something_else_reads_no_more() {
    let (_dir, pages) = tablet();
    let wang = || Holder {
        person: Some(PersonId::from(WANG)),
        role: Role::LobbyManager,
    };
    for then in [None, Some(Role::BranchHead)] {
        say(&pages, Some(Role::LobbyManager));
        let cookie = paired_by(&pages, wang());
        let page = look(&pages, "/staff/records", &cookie);
        assert!(page.body.contains("王芳"), "in whose name it is read");
        let actor = format!("signed-in:{WANG}");
        assert_eq!(noted(&pages, "links", "link.paired").1, Some(actor));
        let digits = code(&pages, wang());
        say(&pages, then);
        is_shut_out(&pages, &cookie);
        assert_eq!(try_code(&pages, &digits).status, 422, "a code of theirs");
        say(&pages, Some(Role::LobbyManager));
        is_shut_out(&pages, &cookie);
    }
}

#[test]
fn the_pages_show_what_is_recorded_and_no_word_that_is_sealed() {
    const WORDS: &str = "柜台叫号后等了一个多小时没人理";
    let (_dir, pages) = tablet();
    let sent = pages.complain(WORDS);
    assert_eq!(sent.status, 200, "{}", sent.body);
    let complaint = pages.complaints().list().unwrap().remove(0).id;
    let cookie = paired(&pages);
    let list = look(&pages, "/staff/records", &cookie).body;
    assert!(list.contains(&format!("/staff/records/{ILL}")), "{list}");
    assert!(list.contains("2026-11-23 15:42"), "{list}");
    for (query, holds) in [
        ("?month=2026-11", true),
        ("?month=2026-10", false),
        ("?type=sudden-illness&month=2026-11", true),
        ("?type=power-cut", false),
        ("?from=50", false),
    ] {
        let body = look(&pages, &format!("/staff/records{query}"), &cookie).body;
        assert_eq!(body.contains(ILL), holds, "{query}");
    }
    let english = look(&pages, "/staff/records?lang=en", &cookie).body;
    assert!(english.contains(&format!("/staff/records/{ILL}?lang=en")));

    let record = look(&pages, &format!("/staff/records/{ILL}"), &cookie);
    assert!(record.body.contains("突发疾病"), "{}", record.body);
    assert!(record.body.matches("<h1").count() == 1 && record.body.contains("<h2"));
    // Nothing that the policy of the page refuses.
    assert!(!record.body.contains("style="), "{}", record.body);
    let figures = look(&pages, "/staff/statistics?period=2026-11", &cookie);
    assert!(figures.body.contains("data:image/svg+xml"));
    let policy = figures.header("content-security-policy");
    assert!(policy.contains("img-src 'self' data:"), "{policy}");
    assert!(!figures.body.contains("style="), "{}", figures.body);

    let ledger = look(&pages, "/staff/complaints", &cookie).body;
    assert!(ledger.contains(complaint.as_str()), "{ledger}");
    for (path, _) in TABLE {
        let body = look(&pages, path, &cookie).body;
        assert!(!body.contains("叫号"), "{path}");
    }
}

#[test]
fn a_report_is_saved_under_a_name_that_says_what_it_is() {
    let (_dir, pages) = tablet();
    let cookie = paired(&pages);
    for (ending, begins) in [("pdf", b"%PDF".as_slice()), ("docx", b"PK")] {
        let path = format!("/staff/records/{ILL}/report.{ending}");
        let file = look(&pages, &path, &cookie);
        assert_eq!(file.status, 200, "{}", file.body);
        assert!(file.bytes.starts_with(begins), "{ending}");
        let disposition = file.header("content-disposition");
        let name = format!(
            "filename*=UTF-8''2026-11-23-%E5%AE%A2%E6%88%B7%E7%AA%81%E5%8F%91%E7%96%BE%E7%97%85-00000001.{ending}"
        );
        assert!(disposition.starts_with("attachment;"), "{disposition}");
        assert!(disposition.ends_with(&name), "{disposition}");
    }
}

#[test]
fn what_opens_a_session_is_on_no_disk() {
    let (dir, pages) = tablet();
    let cookie = paired(&pages);
    let digits = pages.pcs.code(pages.now()).unwrap().digits;
    pages.settle();
    let secret = cookie.split('=').nth(1).unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(secret), "{}", path.display());
        assert!(!text.contains(digits.as_str()), "{}", path.display());
    }
}
