//! Who may ask, and what every answer carries.

use axum::body::Body;
use axum::http::Request;

use crate::pages::{HERE, PATHS, Pages, encoded, fields, get, post};

#[test]
fn every_answer_is_guarded() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let files = ["/healthz", "/style.css", "/nowhere", "/floor-plan.png"];
    for path in PATHS.into_iter().chain(files) {
        let answer = pages.get(path);
        let expected = if ["/nowhere", "/floor-plan.png"].contains(&path) {
            404
        } else {
            200
        };
        assert_eq!(answer.status, expected, "{path}");
        let csp = answer.header("content-security-policy");
        assert!(csp.starts_with("default-src 'none'"), "{path}");
        assert!(
            !csp.contains("unsafe") && !csp.contains("script-src"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        if path != "/style.css" {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
        let with_form = ["/complaint", "/status"].contains(&path);
        let policy = if with_form {
            "same-origin"
        } else {
            "no-referrer"
        };
        assert_eq!(answer.header("referrer-policy"), policy, "{path}");
        assert!(answer.headers.get("set-cookie").is_none(), "{path}");
    }
}

#[test]
fn pages_are_light_and_need_no_script() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for path in PATHS {
        let answer = pages.get(path);
        assert!(
            answer.bytes.len() <= 30_000,
            "{path}: {}",
            answer.bytes.len()
        );
        assert!(!answer.body.contains("<script"), "{path}");
        assert!(!answer.body.contains("http-equiv"), "{path}");
    }
}

#[test]
fn another_host_is_misdirected() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("kiosk.toml"),
        "[web]\npublic_url = \"https://desk.example.cn\"\n",
    )
    .unwrap();
    let pages = Pages::open(dir.path());
    let status = |host: Option<&str>| {
        let mut request = Request::builder().uri("/");
        if let Some(host) = host {
            request = request.header("host", host);
        }
        pages.ask(request.body(Body::empty()).unwrap()).status
    };
    for own in [HERE, "192.168.1.20", "desk.example.cn", "DESK.example.cn"] {
        assert_eq!(status(Some(own)), 200, "{own}");
    }
    // The last would pass for the tablet's own if only its end were looked at.
    for other in [
        "evil.example",
        "192.168.1.21",
        "localhost",
        "",
        "desk.example.cn.evil.example",
        "user@192.168.1.20",
        "192.168.1.20.evil.example",
    ] {
        assert_eq!(status(Some(other)), 421, "{other}");
    }
    assert_eq!(status(None), 421);
    let mut twice = get("/");
    twice
        .headers_mut()
        .append("host", "evil.example".parse().unwrap());
    assert_eq!(pages.ask(twice).status, 421);
}

#[test]
fn another_site_cannot_send_forms() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let token = pages.get("/complaint").hidden("token");
    let body = encoded(&fields(&token, "一件很小的事"));
    let from = |name: &str, value: &str| {
        let mut request = post("/complaint", &body);
        let name: axum::http::HeaderName = name.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        pages.ask(request)
    };
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("origin", "http://192.168.1.20:8080"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(from(name, value).status, 403, "{name}: {value}");
    }
    assert_eq!(pages.complaints().list().unwrap().len(), 0);
    assert_eq!(from("origin", "https://192.168.1.20:8080").status, 200);
    assert_eq!(pages.complaints().list().unwrap().len(), 1);
}

#[test]
fn what_is_no_form_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let mut json = post("/complaint", "{}");
    json.headers_mut()
        .insert("content-type", "application/json".parse().unwrap());
    assert_eq!(pages.ask(json).status, 415);
    let large = "x".repeat(lobby_kiosk::web::MOST_BYTES + 1);
    let answer = pages.ask(post("/complaint", &large));
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("2000"), "says how much fits");
    assert_eq!(pages.ask(post("/", "a=b")).status, 405);
}

#[test]
fn only_the_tablet_itself_hears_more_of_its_health() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[web]\npublic_url = \"https://desk.example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let mut pages = Pages::open(dir.path());
    assert_eq!(pages.get("/healthz").body, "ok");
    pages.visitor = "127.0.0.1".parse().unwrap();
    pages.complain("等了一个多小时");
    let health: serde_json::Value = serde_json::from_str(&pages.get("/healthz").body).unwrap();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(health["last_entry"]["seq"], 1);
    assert!(health["free_bytes"].as_u64().unwrap() > 0);
    // What a proxy on the tablet passes on comes from anywhere.
    for name in ["x-forwarded-for", "x-real-ip", "forwarded", "via"] {
        let mut passed_on = get("/healthz");
        passed_on
            .headers_mut()
            .insert(name, "203.0.113.9".parse().unwrap());
        assert_eq!(pages.ask(passed_on).body, "ok", "{name}");
    }
    let mut public = get("/healthz");
    public
        .headers_mut()
        .insert("host", "desk.example.cn".parse().unwrap());
    assert_eq!(pages.ask(public).body, "ok");
}
