//! The pages in a real browser, as wide as a phone: what an assistive device would stumble over,
//! and that everything works without script.

use std::path::Path;

use serde_json::json;

use super::server::start_fire;
use crate::chromium::Browser;
use crate::pages::PATHS;
use crate::served::Served;

/// The source of axe-core, which `.ci/run` fetches.
pub fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe-core/package/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; .ci/run fetches it", path.display()))
}

/// What can be touched and is smaller than a fingertip, and how far the page reaches.
pub const TOO_SMALL: &str = "(() => { \
    const all = document.querySelectorAll('main a, main button, main input[type=text], main textarea, main summary, header a, footer a, label.pick'); \
    const seen = [...all].filter(one => one.offsetParent); \
    const box = one => one.getBoundingClientRect(); \
    return seen.filter(one => box(one).height < 48 || box(one).width < 40).map(one => one.outerHTML) })()";

#[test]
#[ignore = "needs chromium"]
fn on_a_small_phone_everything_is_as_high_as_a_button_and_in_sight() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[branch]\nname = \"人民路证券营业部\"\nexits = [\"东侧楼梯\"]\narea_code = \"021\"\n\
                [firm]\nname = \"示例证券股份有限公司\"\ncontact = \"privacy@securities.example.cn\"\n\
                [complaint]\nphone = \"021-58881234转6\"\nfax = \"021-58881235\"\nemail = \"desk@securities.example.cn\"\n\
                [contacts]\nsecurity = { number = \"021-58886110\", public = true }\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let (served, journal) = Served::alone(dir.path(), |_, _| ());
    let mut phone = Browser::start();
    phone.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": true }),
    );
    let look = |phone: &mut Browser, page: &str| {
        assert_eq!(phone.ask(TOO_SMALL), json!([]), "{page}");
        let wide = "document.documentElement.scrollWidth";
        assert_eq!(
            phone.ask(wide),
            json!(360),
            "{page} reaches beyond the glass"
        );
        // 110, 119 and 120 stand beside each other, each with its words inside.
        let row = "[...document.querySelectorAll('.now a')].map(one => [one.getBoundingClientRect().top, one.scrollWidth <= one.clientWidth])";
        let row = phone.ask(row);
        let row = row.as_array().unwrap();
        assert!(
            row.windows(2).all(|two| two[0] == two[1]),
            "{page}: {row:?}"
        );
        assert!(
            row.iter().all(|one| one[1] == json!(true)),
            "{page}: {row:?}"
        );
        row.len()
    };
    for lang in ["zh_CN", "en"] {
        for path in PATHS {
            phone.open(&format!("http://{}{path}?lang={lang}", served.address));
            let shown = look(&mut phone, &format!("{path} in {lang}"));
            let calls = !["/status", "/privacy"].contains(&path);
            assert_eq!(shown, if calls { 3 } else { 0 }, "{path}");
        }
    }
    start_fire(&served, &journal);
    for lang in ["zh_CN", "en"] {
        phone.open(&format!("http://{}/evacuate?lang={lang}", served.address));
        assert_eq!(look(&mut phone, "the live page"), 3);
    }
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
