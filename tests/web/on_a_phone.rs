//! A real browser as the phone of a member of staff, beside the tablet's own screen.

use std::sync::Arc;

use chrono::Utc;
use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark};
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::phone::Wish;

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

#[test]
#[ignore = "needs chromium"]
fn a_phone_ticks_a_step_writes_a_note_and_is_sent_away_once_its_link_has_ended() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start_at(dir.path(), Utc::now());
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
    let wish = Wish {
        thing: Thing::Guide(id.clone()),
        name: None,
        actor: Actor::OnDuty,
        person: None,
    };
    let offer = kiosk.links.make(wish, kiosk.now(), |_| Ok(Vec::new()));
    let offer = offer.unwrap();
    let place = served.address;
    let code = format!("http://{place}/p/{}", offer.secret.written().as_str());
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
    let page = format!("http://{place}/phone/{}", offer.link.id);
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
