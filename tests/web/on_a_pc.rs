//! A real browser as a PC of the branch, over HTTPS: paired by the tablet's code, through every page, and
//! out again.

use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use lobby_kiosk::app::filing;
use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::person::Role;
use lobby_kiosk::helper;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::pcs::{Holder, Pcs};
use lobby_kiosk::web::staff::StaffPages;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::json;

use crate::accessible::axe;
use crate::chromium::Browser;
use crate::kiosk::Kiosk;
use crate::served::Served;

const SETTINGS: &str = "[branch]\nname = \"人民路证券营业部\"\n\
    [web]\ncertificate = \"tls.crt\"\nkey = \"tls.key\"\n\
    [staff_pages]\nnetworks = [\"127.0.0.0/8\"]\n";

/// A tablet with an incident and a complaint, whose staff pages are served over HTTPS.
fn tablet(data: &Path) -> (Kiosk, Served, Arc<Pcs>, IncidentId) {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(data.join("tls.crt"), cert.pem()).unwrap();
    std::fs::write(data.join("tls.key"), signing_key.serialize_pem()).unwrap();
    std::fs::write(data.join("kiosk.toml"), SETTINGS).unwrap();
    let kiosk = Kiosk::start_at(data, Utc::now());
    let services = kiosk.screens.services();
    let id = services.incidents.start("power-cut").unwrap();
    let pcs = services.pcs.clone().unwrap();
    let words = ComplaintText {
        what: "等了一个多小时，没有人说明原因。".to_owned(),
        ..ComplaintText::default()
    };
    kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    kiosk.settle();
    let pages = StaffPages::new(Arc::clone(&pcs), kiosk.data.clone(), filing::teller());
    let served = Served::prepared(
        &kiosk.data,
        kiosk.complaints(),
        &Bus::default(),
        |_, _| (),
        |site| site.staff = Some(pages),
    );
    (kiosk, served, pcs, id)
}

/// A browser as wide as a PC's, which trusts the tablet's certificate.
fn pc() -> Browser {
    let mut browser = Browser::start();
    let trusts = json!({ "ignore": true });
    browser.call("Security.setIgnoreCertificateErrors", trusts);
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
    );
    browser
}

#[test]
#[ignore = "needs chromium and axe-core, see .ci/run"]
fn a_pc_is_paired_reads_every_page_without_a_fault_and_signs_out() {
    let dir = tempfile::tempdir().unwrap();
    let (_kiosk, served, pcs, id) = tablet(dir.path());
    let (axe, mut faults) = (axe(), Vec::new());
    let mut look = |browser: &mut Browser, page: &str| {
        let found = browser.axe(&axe);
        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
        let wide = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(browser.ask(wide), json!(true), "{page} reaches too far");
        let unseen = "[...document.images].filter(one => !one.naturalWidth).length";
        assert_eq!(browser.ask(unseen), json!(0), "{page} lacks a picture");
    };
    for (lang, records) in [("zh_CN", "处置记录"), ("en", "Records")] {
        let at = |path: &str| format!("https://{}{path}?lang={lang}", served.address);
        let mut browser = pc();
        browser.open(&at("/staff/records"));
        look(&mut browser, "the form for the code");
        let holder = Holder {
            person: None,
            role: Role::Administrator,
        };
        pcs.show_code(holder, Utc::now()).unwrap();
        let digits = pcs.code(Utc::now()).unwrap().digits;
        let wrong = if *digits == "00000000" {
            "00000001"
        } else {
            "00000000"
        };
        browser.write("#code", wrong);
        browser.follow("#open");
        assert!(browser.text("#code-fault").len() > 10);
        look(&mut browser, "a wrong code");
        browser.write("#code", &digits);
        browser.follow("#open");
        assert_eq!(browser.text("h1"), records);
        look(&mut browser, "the records");
        browser.follow("#show");
        assert!(browser.text("#records").contains("20"), "the same again");
        browser.follow("#records a");
        assert!(browser.text(".told").len() > 100);
        look(&mut browser, "a record");
        assert!(browser.text("h1").len() > 3 && browser.text("#pdf").contains("PDF"));
        for path in ["/staff/statistics", "/staff/complaints"] {
            browser.open(&at(path));
            look(&mut browser, path);
        }
        browser.open(&at(&format!("/staff/records/{id}")));
        browser.follow("#leave");
        assert!(browser.text("#open").len() > 3, "the form again");
        assert!(pcs.live(Utc::now()).is_empty());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
