//! Requests of every kind that nobody would send in good faith, a hundred thousand of them.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::Verdict;
use lobby_kiosk::web::throttle::Throttles;

use crate::pages::{HERE, Pages, epoch};

const REQUESTS: usize = 100_000;

/// A small generator of numbers that are always the same (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % most as u64).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Words that have broken other programs.
const TRICKS: [&str; 22] = [
    "",
    "a",
    "正常的一句投诉内容",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</textarea><script>alert(2)</script>",
    "' OR '1'='1'; DROP TABLE entry; --",
    "%00%0a%0d%ff%fe",
    "\u{0}\u{1}\u{7f}\u{9f}",
    "\u{202e}\u{2066}\u{feff}\u{200b}",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "../../../../etc/passwd",
    "=1+1",
    "0123 4567 8901 2345",
    "９９９９９９９９９９９９９９９９",
    "99999999999999999999999999",
    "\r\nSet-Cookie: a=b\r\n\r\n",
    "&#60;script&#62;",
    "-1e999",
    "on",
    "deadbeefdeadbeefdeadbeefdeadbeef",
];
const NAMES: [&str; 13] = [
    "token",
    "about",
    "what",
    "when",
    "whom",
    "wish",
    "name",
    "contact",
    "consent",
    "sensitive",
    "number",
    "words",
    "lang",
];
const PATHS: [&str; 12] = [
    "/complaint",
    "/complaint",
    "/complaint",
    "/complaint",
    "/status",
    "/status",
    "/",
    "/evacuate",
    "/healthz?probe=x",
    "/contacts",
    "/complaint/../status",
    "/%2e%2e/%00",
];
const HOSTS: [&str; 6] = [
    "evil.example",
    "",
    "192.168.1.20:8080@evil.example",
    "[::1]",
    "localhost",
    "::::",
];
const ORIGINS: [&str; 4] = [
    "null",
    "http://evil.example",
    "https://192.168.1.20:8080.evil.example",
    "\u{fffd}",
];

fn encode(dice: &mut Dice, value: &str, body: &mut Vec<u8>) {
    match dice.below(8) {
        // As it is, which is no encoding at all.
        0 => body.extend_from_slice(value.as_bytes()),
        // In an encoding of old.
        1 => body.extend(value.chars().map(|c| (u32::from(c) & 0xff) as u8)),
        2 => body.extend_from_slice(b"%zz%%%u4e2d"),
        _ => body.extend(form_urlencoded::byte_serialize(value.as_bytes()).flat_map(str::bytes)),
    }
}

fn body(dice: &mut Dice, token: &str) -> Vec<u8> {
    let mut body = Vec::new();
    if dice.below(4) > 0 {
        // Nearly right: what is taken in has to be seen to be whole.
        body.extend_from_slice(format!("token={token}&about=").as_bytes());
        body.extend_from_slice(dice.of(&["service", "trading", "nothing"]).as_bytes());
        body.extend_from_slice(b"&consent=yes");
    }
    for _ in 0..dice.below(8) {
        if !body.is_empty() {
            body.extend_from_slice(dice.of(&["&", "&&", ";", "&=&"]).as_bytes());
        }
        let name = *dice.of(&NAMES);
        body.extend_from_slice(name.as_bytes());
        if dice.below(10) > 0 {
            body.push(b'=');
        }
        for _ in 0..=dice.below(3) {
            let trick = *dice.of(&TRICKS);
            encode(dice, trick, &mut body);
        }
        if dice.below(400) == 0 {
            let long = "长".repeat(dice.below(40_000));
            encode(dice, &long, &mut body);
        }
    }
    body
}

fn request(dice: &mut Dice, token: &str) -> Request<Body> {
    let method = match dice.below(16) {
        0 => Method::GET,
        1 => Method::PUT,
        2 => Method::from_bytes(b"BREW").unwrap(),
        _ => Method::POST,
    };
    let mut request = Request::builder().method(method).uri(*dice.of(&PATHS));
    let host = if dice.below(12) == 0 {
        *dice.of(&HOSTS)
    } else {
        HERE
    };
    request = request.header("host", host);
    if dice.below(12) == 0
        && let Ok(origin) = HeaderValue::from_bytes(dice.of(&ORIGINS).as_bytes())
    {
        request = request.header("origin", origin);
    }
    let kind = match dice.below(20) {
        0 => "multipart/form-data; boundary=x",
        1 => "text/plain",
        2 => "application/x-www-form-urlencoded; charset=gb18030",
        _ => "application/x-www-form-urlencoded",
    };
    request
        .header("content-type", kind)
        .header("accept-language", *dice.of(&["zh", "en", ";;;", "\u{ff}x"]))
        .body(Body::from(body(dice, token)))
        .unwrap()
}

#[test]
#[ignore = "takes minutes"]
fn nothing_breaks_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::arranged(dir.path(), epoch(), |site| {
        // All of them come from one visitor.
        site.throttles = Throttles::none();
    });
    let mut token = String::new();
    let mut dice = Dice(0x2026_1123_0742);
    let (mut taken, mut answers) = (0_usize, std::collections::BTreeMap::new());
    for number in 0..REQUESTS {
        // Some tokens come again.
        if number % 2 == 0 {
            token = pages.app.site().new_token();
        }
        let answer = pages.ask(request(&mut dice, &token));
        *answers.entry(answer.status).or_insert(0_usize) += 1;
        // What the disk or the queue could not take is no fault here, and must not happen either.
        assert!(answer.status < 500, "{number}: {}", answer.status);
        for trick in ["<script", "<img src=x", "onerror=alert(1)>"] {
            assert!(
                !answer.body.contains(trick),
                "{number}: {trick} in\n{}",
                answer.body
            );
        }
        assert!(answer.headers.get("set-cookie").is_none(), "{number}");
        let received = ["您的投诉已收到", "Your complaint has been received"];
        if received.iter().any(|words| answer.body.contains(words)) {
            taken += 1;
        }
    }
    println!("{answers:?}, {taken} complaints");
    assert!(taken > 1_000, "the requests are not all refused: {taken}");
    pages.settle();
    let list = pages.complaints().list().unwrap();
    assert_eq!(list.len(), taken, "told and kept");
    for complaint in &list {
        assert!(pages.file(&complaint.id).words.is_some());
    }
    let verdict = Records::open(&pages.data).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
}
