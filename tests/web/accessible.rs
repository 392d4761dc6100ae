//! The pages in a real browser, as wide as a phone: what an assistive device would stumble over,
//! and that everything works without script.

use std::path::Path;

use super::server::start_fire;
use crate::chromium::Browser;
use crate::pages::PATHS;
use crate::served::Served;

/// The source of axe-core, which `.ci/run` fetches.
fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe-core/package/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; .ci/run fetches it", path.display()))
}

#[test]
#[ignore = "needs chromium and axe-core, see .ci/run"]
fn no_page_has_an_accessibility_fault() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[branch]\nname = \"人民路证券营业部\"\nexits = [\"东侧楼梯\"]\n\
                [complaint]\nphone = \"021-58881234\"\nfax = \"021-58881235\"\nemail = \"a@example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let (served, journal) = Served::alone(dir.path(), |_, _| ());
    let (axe, mut browser, mut faults) = (axe(), Browser::start(), Vec::new());
    let mut look = |browser: &mut Browser, page: &str| {
        let found = browser.axe(&axe);
        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
    };
    assert!(
        !browser.axe(&axe).is_empty(),
        "an empty page has faults to find"
    );
    for lang in ["zh_CN", "en"] {
        let at = |path: &str| format!("http://{}{path}?lang={lang}", served.address);
        for path in PATHS.into_iter().chain(["/posters", "/no"]) {
            browser.open(&at(path));
            look(&mut browser, &at(path));
        }
        browser.open(&at("/complaint"));
        browser.follow("button");
        assert!(browser.text(".faults").len() > 10);
        look(&mut browser, "a faulty form");
        browser.tap("input[value=service]");
        browser.write("#what", "柜台叫号后等了一个多小时。");
        browser.tap("#consent");
        browser.follow("button");
        let receipt = browser.text("#receipt");
        look(&mut browser, "the answer");
        browser.open(&at("/status"));
        browser.write("#number", "123");
        browser.follow("button");
        look(&mut browser, "a wrong number");
        browser.open(&at("/status"));
        browser.write("#number", &receipt);
        browser.follow("button");
        look(&mut browser, "the state");
        browser.write("#words", "短");
        browser.follow("button");
        look(&mut browser, "a faulty addition");
    }
    start_fire(&served, &journal);
    browser.open(&format!("http://{}/evacuate?lang=en", served.address));
    assert_eq!(browser.text("h1"), "Emergency: do this now");
    look(&mut browser, "the live page");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
