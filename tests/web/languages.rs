//! Each page in the visitor's language.

use axum::body::Body;
use axum::http::Request;

use crate::pages::{HERE, PATHS, Pages};

fn lang_of(pages: &Pages, path: &str, accepted: Option<&str>) -> String {
    let mut request = Request::builder().uri(path).header("host", HERE);
    if let Some(accepted) = accepted {
        request = request.header("accept-language", accepted);
    }
    let answer = pages.ask(request.body(Body::empty()).unwrap());
    let rest = answer.body.split("<html lang=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn the_browser_says_which() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for (accepted, expected) in [
        (Some("zh-CN,zh;q=0.9,en;q=0.8"), "zh-CN"),
        (Some("en-GB,en;q=0.9,zh;q=0.5"), "en"),
        (Some("zh;q=0.3, en;q=0.7"), "en"),
        (Some("fr-FR"), "en"),
        (Some("ja,zh-TW;q=0.4"), "zh-CN"),
        (Some("en;q=0,zh;q=0.1"), "zh-CN"),
        (Some("en;q=0, *"), "zh-CN"),
        (Some("*, en;q=0"), "zh-CN"),
        (Some("en;q=0"), "zh-CN"),
        (Some("zh, en"), "zh-CN"),
        (Some("en, zh"), "en"),
        (Some("zh;q=0, *;q=0.1"), "en"),
        (Some("*"), "en"),
        // Whoever speaks a Chinese language, or one of China's others, reads Chinese.
        (Some("yue"), "zh-CN"),
        (Some("yue-Hant-HK,en;q=0.5"), "zh-CN"),
        (Some("zh-HK"), "zh-CN"),
        (Some("cmn-Hans-CN"), "zh-CN"),
        (Some("zh_CN"), "zh-CN"),
        (Some("ZH_cn,EN;q=0.5"), "zh-CN"),
        (Some("wuu,nan;q=0.9"), "zh-CN"),
        (Some("bo-CN,bo;q=0.9,en;q=0.8"), "zh-CN"),
        (Some("ug-CN"), "zh-CN"),
        (Some("mn-Mong-CN"), "zh-CN"),
        (Some("mn-MN"), "en"),
        (Some("za"), "zh-CN"),
        (Some("ii"), "zh-CN"),
        (Some("ko-CN"), "zh-CN"),
        (Some("ko-KR"), "en"),
        (Some("kk-CN, en;q=0.2"), "zh-CN"),
        (Some("en, bo-CN;q=0.5"), "en"),
        // So it is by the codes of three letters.
        (Some("zho"), "zh-CN"),
        (Some("chi,eng;q=0.5"), "zh-CN"),
        (Some("zh-Hans"), "zh-CN"),
        (Some("hak"), "zh-CN"),
        (Some("bod-CN,eng;q=0.8"), "zh-CN"),
        (Some("tib"), "zh-CN"),
        (Some("uig"), "zh-CN"),
        (Some("iii"), "zh-CN"),
        (Some("mon-Mong-CN"), "zh-CN"),
        (Some("mon-MN"), "en"),
        (Some("eng, zho;q=0.5"), "en"),
        (Some("fra, eng;q=0.2, zho;q=0.4"), "zh-CN"),
        (Some(";;,,q=x"), "en"),
        (None, "zh-CN"),
    ] {
        assert_eq!(lang_of(&pages, "/", accepted), expected, "{accepted:?}");
    }
}

#[test]
fn a_choice_holds_from_page_to_page() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    assert_eq!(lang_of(&pages, "/?lang=en", Some("zh-CN")), "en");
    let home = pages.get("/?lang=en").body;
    assert!(home.contains("href=\"/complaint?lang=en\""));
    assert!(home.contains("href=\"/?lang=zh_CN\""), "the way back");
    let form = pages.get("/complaint?lang=en").body;
    assert!(form.contains("action=\"/complaint?lang=en\""));
    assert!(!pages.get("/").body.contains("href=\"/complaint?lang"));
    assert_eq!(lang_of(&pages, "/?lang=xx", Some("zh-CN")), "zh-CN");
}

#[test]
fn no_page_mixes_the_languages() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    for path in PATHS.into_iter().chain(["/nowhere"]) {
        let english = pages.get(&format!("{path}?lang=en")).body;
        let chinese: String = english
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
            .collect();
        // The switch says "中文" in Chinese.
        assert_eq!(chinese, "中文", "{path}");
    }
}
