//! Whom a proxy names is believed of a trusted one only; by which names the tablet may be called.

use std::net::IpAddr;

use axum::http::HeaderName;

use crate::pages::{Answer, FIRM, Pages, encoded, get, post};

/// Pages whose settings are these.
fn pages(toml: &str) -> (Pages, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    (Pages::open(dir.path()), dir)
}

fn ask(pages: &Pages, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = get(path);
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    pages.ask(request)
}

/// How many wrong numbers each of these visitors behind one address may name.
fn guesses(pages: &Pages, name: &str, value: impl Fn(usize) -> String) -> usize {
    let body = encoded(&[("number", "0000 0000 0000 0000")]);
    (0..60)
        .take_while(|nth| {
            let mut request = post("/status", &body);
            let name: HeaderName = name.parse().unwrap();
            request
                .headers_mut()
                .insert(name, value(*nth).parse().unwrap());
            pages.ask(request).status == 404
        })
        .count()
}

#[test]
fn only_a_trusted_proxy_says_who_asks() {
    let (mut open, _dir) = pages("[web]\ntrusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n");
    let each = |nth: usize| format!("203.0.113.{nth}");
    assert_eq!(
        guesses(&open, "x-forwarded-for", each),
        20,
        "anybody can write that"
    );
    open.visitor = IpAddr::from([10, 0, 0, 1]);
    assert_eq!(guesses(&open, "x-forwarded-for", each), 60);
    // What the visitor wrote in front counts for nothing; nor does the second proxy on the way.
    let before = |nth: usize| format!("198.51.100.{nth}, 192.0.2.1, 10.0.0.2");
    assert_eq!(guesses(&open, "x-forwarded-for", before), 20);
    let rfc = |nth: usize| format!("for=\"[2001:db8:0:{nth:x}::1]:4711\";proto=https");
    assert_eq!(guesses(&open, "forwarded", rfc), 60);
    assert_eq!(
        guesses(&open, "forwarded", |_| "for=_hidden".to_owned()),
        20
    );
}

#[test]
fn encryption_up_to_a_trusted_proxy_counts() {
    let (mut open, _dir) = pages(&format!("[web]\ntrusted_proxies = [\"10.0.0.1\"]\n{FIRM}"));
    open.encrypted = false;
    let asked = |pages: &Pages| {
        let headers = [
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-proto", "https"),
        ];
        ask(pages, "/complaint", &headers)
            .body
            .contains("name=\"contact\"")
    };
    assert!(!asked(&open));
    open.visitor = IpAddr::from([10, 0, 0, 1]);
    assert!(asked(&open));
}

#[test]
fn a_name_of_the_branch_is_known_and_another_is_told_what_to_do() {
    let (open, _dir) = pages(
        "[web]\nhosts = [\"desk.branch.example\"]\npublic_url = \"http://help.example.cn:8080\"\n",
    );
    for known in [
        "desk.branch.example",
        "DESK.branch.example:8080",
        "desk.branch.example.",
        "help.example.cn",
    ] {
        assert_eq!(ask(&open, "/", &[("host", known)]).status, 200, "{known}");
    }
    for other in [
        "evil.example",
        "desk.branch.example.evil.example",
        "evil.example@192.168.1.20:8080",
        "x@desk.branch.example",
    ] {
        let answer = ask(&open, "/", &[("host", other)]);
        assert_eq!(answer.status, 421, "{other}");
        for words in [
            "请重新扫描",
            "Scan the code",
            "hosts",
            "http://help.example.cn:8080",
            "tel:120",
        ] {
            assert!(answer.body.contains(words), "{words}");
        }
        assert!(!answer.body.contains("evil"), "{}", answer.body);
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}

#[test]
fn what_a_visitor_calls_the_tablet_stands_in_no_document() {
    let (open, _dir) = pages("");
    let absolute = axum::http::Request::builder()
        .uri("http://evil.example@192.168.1.20:8080/complaint")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(open.ask(absolute).status, 421);
    let token = open.get("/complaint").hidden("token");
    let body = encoded(&crate::pages::fields(&token, "柜台叫号后等了一个多小时"));
    let mut request = post("/complaint", &body);
    request
        .headers_mut()
        .insert("host", "192.168.1.20:6666".parse().unwrap());
    let answer = open.ask(request);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("https://192.168.1.20:8080/status"));
    assert!(!answer.body.contains("6666"));
}

#[test]
fn an_address_with_a_slash_too_many_leads_to_its_page() {
    let (open, _dir) = pages("");
    for (typed, there) in [
        ("/complaint/", "/complaint"),
        ("/Evacuate", "/evacuate"),
        ("/status//?lang=en", "/status?lang=en"),
    ] {
        let answer = ask(&open, typed, &[]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (308, there),
            "{typed}"
        );
    }
    for nowhere in ["//", "//evil.example/", "/complaint/x/"] {
        assert_eq!(ask(&open, nowhere, &[]).status, 404, "{nowhere}");
    }
}

#[test]
fn a_fault_in_one_page_ends_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[web]\npublic_url = \"https://desk.example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let open = Pages::arranged(dir.path(), crate::pages::epoch(), |site| {
        site.posters.remember = Some(Box::new(|_| panic!("a fault of ours")));
        site.posters.printer = Some(Box::new(|_, _, _, _| Some(b"%PDF".to_vec())));
    });
    for _ in 0..3 {
        let answer = open.post("/posters/complaint-A4.pdf", &[]);
        assert_eq!(answer.status, 500);
        assert!(answer.body.contains("tel:120"));
    }
    assert_eq!(
        open.get("/posters/complaint-A4.pdf").status,
        200,
        "asking for one writes nothing"
    );
    assert_eq!(open.complain("柜台叫号后等了一个多小时").status, 200);
}
