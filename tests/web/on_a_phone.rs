//! A real browser as the phone of a member of staff, beside the tablet's own screen.

use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::phone::Wish;
use serde_json::json;

use crate::accessible::{TOO_SMALL, axe};
use crate::chromium::Browser;
use crate::kiosk::Kiosk;
use crate::served::Served;

const WORDS: &str = "老人扶墙坐下，家属到场。";

/// What the phone does while the tablet's screen goes on.
fn meanwhile<T: Send + 'static>(
    kiosk: &Kiosk,
    served: &Served,
    phone: impl FnOnce() -> T + Send + 'static,
) -> T {
    let phone = std::thread::spawn(phone);
    while !phone.is_finished() {
        kiosk.screens.process_notices();
        let live = Arc::from(kiosk.open());
        served.server.site.live.send_replace(Some(live));
        std::thread::yield_now();
    }
    kiosk.settle();
    phone.join().unwrap()
}

fn has(kiosk: &Kiosk, id: &IncidentId, wanted: fn(&IncidentEvent) -> bool) -> bool {
    let incident = kiosk.screens.services().incidents.get(id).unwrap();
    incident.log.iter().any(|line| wanted(&line.event))
}

/// A tablet with an open incident, whose pages a phone in the same network reaches.
fn tablet(data: &Path) -> (Kiosk, Served, IncidentId) {
    let kiosk = Kiosk::start_at(data, Utc::now());
    let started = kiosk.screens.services().incidents.start("power-cut");
    let id = started.unwrap();
    let links = Arc::clone(&kiosk.links);
    let served = Served::prepared(
        &kiosk.data,
        kiosk.complaints(),
        &Bus::default(),
        |_, _| (),
        |site| site.links = Some(links),
    );
    let live = Arc::from(kiosk.open());
    served.server.site.live.send_replace(Some(live));
    (kiosk, served, id)
}

/// Makes a link to this; what opens it, and where its page is once a phone has taken it.
fn link(kiosk: &Kiosk, served: &Served, thing: Thing) -> (String, String) {
    let (complaints, of) = (kiosk.complaints(), thing.clone());
    let wish = Wish {
        thing,
        name: None,
        actor: Actor::OnDuty,
        person: None,
    };
    let offer = kiosk.links.make(wish, kiosk.now(), |secret| match &of {
        Thing::Complaint(id) => {
            complaints.seals().unlock(None)?;
            let keys = complaints.wrap_for(id, secret);
            complaints.seals().lock();
            Ok(keys?)
        }
        _ => Ok(Vec::new()),
    });
    let offer = offer.unwrap();
    let place = served.address;
    (
        format!("http://{place}/p/{}", offer.secret.written().as_str()),
        format!("http://{place}/phone/{}", offer.link.id),
    )
}

#[test]
#[ignore = "needs chromium"]
fn a_phone_ticks_a_step_writes_a_note_and_is_sent_away_once_its_link_has_ended() {
    let dir = tempfile::tempdir().unwrap();
    let (kiosk, served, id) = tablet(dir.path());
    let (code, page) = link(&kiosk, &served, Thing::Guide(id.clone()));
    let scanned = code.clone();
    let mut phone = meanwhile(&kiosk, &served, move || {
        let mut phone = Browser::start();
        phone.without_script(true);
        phone.open(&scanned);
        phone.follow("#take");
        let step = phone.text("#command");
        phone.follow("#done");
        assert_eq!(phone.text("#said h2"), "已记录");
        assert_ne!(phone.text("#command"), step, "the next step is there");
        phone
    });
    let done = |event: &IncidentEvent| {
        matches!(
            event,
            IncidentEvent::StepMarked {
                mark: Mark::Done,
                ..
            }
        )
    };
    assert!(has(&kiosk, &id, done), "seen on the tablet");
    phone = meanwhile(&kiosk, &served, move || {
        phone.write("#words", WORDS);
        phone.follow("#record");
        assert_eq!(phone.text("#said h2"), "已记录");
        assert!(phone.text("#written").contains("12 字"));
        phone
    });
    let written = |event: &IncidentEvent| matches!(event, IncidentEvent::Written { .. });
    assert!(has(&kiosk, &id, written), "seen on the tablet");
    // Another phone that scans the same code finds nothing, and neither does this one once one tap has
    // ended its link.
    let mut other = Browser::start();
    for address in [&code, &page] {
        other.open(address);
        assert_eq!(other.text("h1"), "没有这个页面");
    }
    let all = kiosk.screens.services().phone.end(None, kiosk.now());
    assert!(all);
    phone.open(&page);
    assert_eq!(phone.text("h1"), "没有这个页面");
}

#[test]
#[ignore = "needs chromium and axe-core, see .ci/run"]
fn no_page_of_a_link_has_an_accessibility_fault() {
    let dir = tempfile::tempdir().unwrap();
    let (kiosk, served, id) = tablet(dir.path());
    let words = ComplaintText {
        what: "等了一个多小时，没有人说明原因。".to_owned(),
        ..ComplaintText::default()
    };
    let (complaint, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    let (axe, mut faults) = (axe(), Vec::new());
    let mut look = |phone: &mut Browser, page: &str| {
        let found = phone.axe(&axe);
        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
        assert_eq!(phone.ask(TOO_SMALL), json!([]), "{page}");
    };
    for lang in ["zh_CN", "en"] {
        for thing in [
            Thing::Guide(id.clone()),
            Thing::Record(id.clone()),
            Thing::Complaint(complaint.clone()),
            Thing::Counter,
        ] {
            let what = format!("{thing:?} in {lang}");
            let (code, _) = link(&kiosk, &served, thing);
            let mut phone = Browser::start();
            phone.open(&format!("{code}?lang={lang}"));
            look(&mut phone, &format!("the offer of {what}"));
            phone.follow("#take");
            look(&mut phone, &what);
            // Nothing was written: the form comes back and says so.
            phone.follow("#record");
            assert!(phone.text("#said").len() > 10);
            look(&mut phone, &format!("{what}, sent empty"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
