//! Nothing on a guide moves while something else appears or goes: a hand may be on its way there.

use std::time::Duration;

use crate::kiosk::{Kiosk, Places, SIZES, places};
use crate::twin::Twin;
use crate::walk::WALK;

const BRANCH: &str = r#"
[branch]
exits = ["东侧楼梯 East stairs"]
[contacts]
security = "021-58886110"
supervisor = "13800138000"
property-management = "0755-12345678"
"#;

/// What stands elsewhere on the card of a call than beside a step, and what is as wide as its words.
const ELSEWHERE: [&str; 4] = ["called", "no-answer", "qr-dial", "recorded"];

#[test]
fn nothing_on_a_guide_moves_when_something_appears() {
    for size in SIZES {
        for guide in ["fire", "sudden-illness", "power-cut", "suspicious-person"] {
            let (_dir, kiosk) = Kiosk::of(BRANCH);
            kiosk.resize(size);
            kiosk.tap(&format!("incident-{guide}"));
            let still = |before: &Places, what: &str| {
                let now = places(&kiosk);
                assert!(now.len() > 8, "{now:?}");
                for (id, place) in now {
                    let was = before.get(&id);
                    assert!(
                        was.is_none_or(|was| *was == place) || ELSEWHERE.contains(&id.as_str()),
                        "{id} of {guide} at {size:?}, {what}: {was:?}, {place:?}"
                    );
                }
            };
            let begun = places(&kiosk);
            assert!(begun.contains_key("undo"));
            kiosk.record(false);
            still(&begun, "not recorded while it can be undone");
            assert!(kiosk.shows("banner"));
            kiosk.record(true);
            kiosk.pass(Duration::from_secs(6));
            assert!(!kiosk.shows("undo"));
            still(&begun, "undo gone");
            kiosk.record(false);
            assert!(kiosk.shows("banner"));
            still(&begun, "not recorded");
            kiosk.record(true);
            kiosk.skip(Duration::from_secs(60));
            still(&begun, "late");
            kiosk.stop();
        }
    }
}

#[test]
fn the_card_of_a_call_leaves_everything_else_where_it_is() {
    for size in SIZES {
        let (_dir, kiosk) = Kiosk::of(BRANCH);
        kiosk.resize(size);
        kiosk.tap("incident-fire");
        kiosk.pass(Duration::from_secs(6));
        let before = places(&kiosk);
        kiosk.tap("contact-property-management");
        assert!(kiosk.shows("card-close"));
        for (id, place) in places(&kiosk) {
            // The list of the steps has the room of the numbers meanwhile.
            if id == "log" {
                continue;
            }
            let was = before.get(&id);
            assert!(
                was.is_none_or(|was| *was == place) || ELSEWHERE.contains(&id.as_str()),
                "{id} at {size:?}: {was:?}, {place:?}"
            );
        }
        kiosk.tap("card-close");
        assert_eq!(places(&kiosk), before, "at {size:?}");
        kiosk.stop();
    }
}

#[test]
fn the_controls_of_a_step_stand_where_those_of_the_one_before_stood() {
    for size in SIZES {
        let (_dir, kiosk) = Kiosk::of(BRANCH);
        kiosk.resize(size);
        kiosk.tap("incident-earthquake");
        kiosk.pass(Duration::from_secs(6));
        let line = |kiosk: &Kiosk| {
            let found = kiosk.find("step-cannot").unwrap();
            found.absolute_position().y + found.size().height
        };
        let edge = |kiosk: &Kiosk| {
            let found = kiosk.find("close-incident").unwrap();
            (found.absolute_position().x, found.absolute_position().y)
        };
        let (first, end) = (line(&kiosk), edge(&kiosk));
        while kiosk.shows("step-cannot") {
            assert!((line(&kiosk) - first).abs() < 0.5, "at {size:?}");
            assert_eq!(edge(&kiosk), end, "at {size:?}");
            kiosk.tap("step-done");
        }
        kiosk.stop();
    }
}

#[test]
fn the_walk_of_the_race_finds_every_control_in_every_round() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), BRANCH).unwrap();
    let twin = Twin::start(dir);
    for round in 0..2 {
        for (at, id) in WALK.iter().enumerate() {
            let before = WALK[at.saturating_sub(3)..at].join(", ");
            assert!(
                twin.touch(id).is_some(),
                "no {id} after {before} in round {round}: {:?}",
                twin.kiosk.ids()
            );
        }
    }
    assert!(twin.kiosk.open().is_empty());
}
