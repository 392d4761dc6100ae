//! Evacuation: one tap from anywhere, undone in five seconds, ended everywhere, all of it recorded.

use std::time::Duration;

use lobby_kiosk::domain::evacuation::{End, EvacuationEvent};
use lobby_kiosk::domain::incident::{IncidentEvent, Status};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::helper;
use lobby_kiosk::store::Reader;
use slint::{ComponentHandle, Model};

use crate::kiosk::{Kiosk, SIZES};

const BRANCH: &str = r#"
[branch]
address = "人民路188号"
exits = [{ name = "东侧楼梯 East stairs", direction = "right" }, "南门"]
basements = ["地下车库"]
expected_people = 12
assembly_point = "广场北侧旗杆"
"#;

fn kiosk() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), BRANCH).unwrap();
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

/// What the record of the only open incident says of the evacuation.
fn events(kiosk: &Kiosk) -> Vec<EvacuationEvent> {
    let open = kiosk.open();
    assert_eq!(open.len(), 1, "{open:?}");
    let events = open[0].log.iter().filter_map(|line| match &line.event {
        IncidentEvent::Evacuation(event) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

/// The types of the open incidents, the oldest first.
fn types(kiosk: &Kiosk) -> Vec<String> {
    let open = kiosk.open().into_iter();
    open.map(|one| one.type_id).collect()
}

fn leaving(kiosk: &Kiosk) -> bool {
    kiosk.shows("evacuation-command")
}

#[test]
fn one_tap_shows_where_to_go() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    assert!(!kiosk.label("evacuation-command").is_empty());
    assert!(kiosk.label("assembly-point").contains("广场北侧旗杆"));
    assert_eq!(kiosk.all(|id| id == "exit").len(), 2);
    for id in ["headcount", "staff-steps", "way-plan", "undo"] {
        assert!(kiosk.shows(id), "{id} is missing");
    }
    assert!(!kiosk.shows("qr-evacuation"), "nobody stops to scan");
    assert_eq!(
        events(&kiosk),
        [EvacuationEvent::Started {
            opened: true,
            because: None
        }]
    );
}

#[test]
fn from_every_screen() {
    let ways: [&[&str]; 7] = [
        &[],
        &["incident-power-cut"],
        &["incident-power-cut", "close-incident"],
        &["incident-power-cut", "log"],
        &["contacts"],
        &["contacts", "contact-police"],
        &["codes", "posted"],
    ];
    for way in ways {
        let (_dir, kiosk) = kiosk();
        for id in way {
            kiosk.tap(id);
        }
        kiosk.tap("evacuate");
        // The posted face, which anybody may brush against, asks once.
        if way.contains(&"posted") {
            kiosk.tap("confirm-evacuate");
        }
        assert!(leaving(&kiosk), "{way:?}");
        kiosk.stop();
    }
}

#[test]
fn it_joins_the_newest_open_fire_or_earthquake() {
    let (_dir, kiosk) = kiosk();
    for id in ["incident-fire", "incident-earthquake", "incident-power-cut"] {
        kiosk.tap(id);
        kiosk.pass(Duration::from_secs(6));
        kiosk.tap("back-to-board");
    }
    kiosk.tap("evacuate");
    let joined: Vec<String> = kiosk
        .open()
        .into_iter()
        .filter(|one| one.evacuation.is_some())
        .map(|one| one.type_id)
        .collect();
    assert_eq!(joined, ["earthquake"]);
    assert_eq!(kiosk.open().len(), 3, "nothing new was opened");
    assert!(!kiosk.shows("hazard-fire"), "what it is is known");
}

#[test]
fn without_one_it_opens_what_is_not_classified_and_asks() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    assert_eq!(types(&kiosk), ["power-cut", "unclassified"]);
    let before = kiosk.label("evacuation-command");
    kiosk.tap("hazard-fire");
    assert_ne!(kiosk.label("evacuation-command"), before);
    assert_eq!(kiosk.open()[1].type_id, "fire");
    assert!(!kiosk.shows("hazard-fire"), "it has been said");
}

#[test]
fn from_the_guide_of_a_fight_it_belongs_to_the_fight() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("back-to-board");
    kiosk.tap("incident-physical-conflict");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    let chosen = |id: &str| {
        let chips = kiosk
            .window()
            .global::<lobby_kiosk::Evacuation<'_>>()
            .get_hazards();
        chips.iter().any(|one| one.id == id && one.chosen)
    };
    assert!(chosen("violence"), "what is presumed is marked");
    kiosk.tap("staff-steps");
    assert!(kiosk.shows("staff-words") && kiosk.shows("sweep-hide"));
    assert!(
        !kiosk.shows("sweep-rooms"),
        "nobody is sent from room to room"
    );
    kiosk.tap("back-to-board");
    assert!(!kiosk.shows("assembly-point"), "although a fire is open");
    // A stray finger is put right where it tapped.
    kiosk.tap("hazard-other");
    assert!(kiosk.shows("assembly-point"));
    kiosk.tap("hazard-violence");
    assert!(!kiosk.shows("assembly-point"));
    let open = kiosk.open();
    assert_eq!(types(&kiosk), ["fire", "physical-conflict"]);
    assert!(open[0].evacuation.is_none() && open[1].evacuation.is_some());
}

#[test]
fn with_a_stranger_about_the_signs_name_no_place_and_the_record_says_why() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-suspicious-person");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    assert!(!kiosk.shows("assembly-point") && !kiosk.shows("qr-evacuation"));
    let violence = lobby_kiosk::config::plan_file::built_in()
        .hazard("violence")
        .map(|one| one.name.clone());
    let started = IncidentEvent::Evacuation(EvacuationEvent::Started {
        opened: true,
        because: violence,
    });
    let record = &kiosk.open()[1].log;
    assert!(
        record.iter().any(|line| line.event == started),
        "{record:?}"
    );
    kiosk.tap("hazard-fire");
    assert!(kiosk.shows("assembly-point"), "it has been said");
}

#[test]
fn the_staff_can_always_say_that_it_is_something_else() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    assert!(
        !kiosk.shows("hazard-gas"),
        "the signs have other things to show"
    );
    kiosk.tap("staff-steps");
    kiosk.tap("hazard-gas");
    assert!(kiosk.shows("sweep-gas-call"));
    assert_eq!(kiosk.open()[0].type_id, "earthquake", "its guide goes on");
}

#[test]
fn undoing_it_leaves_a_fight_that_was_named_a_fight() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-physical-conflict");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    kiosk.tap("hazard-violence");
    kiosk.tap("undo");
    assert_eq!(kiosk.open()[0].type_id, "physical-conflict");
}

#[test]
fn naming_what_a_guide_is_open_for_begins_no_second_one() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-physical-conflict");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("answer-weapon");
    let step = kiosk.label("current-step");
    kiosk.tap("back-to-board");
    kiosk.tap("evacuate");
    kiosk.tap("hazard-violence");
    assert_eq!(types(&kiosk), ["physical-conflict", "unclassified"]);
    kiosk.tap("to-guide");
    assert_eq!(
        kiosk.label("current-step"),
        step,
        "the guide goes on where it was"
    );
}

#[test]
fn a_hazard_named_by_mistake_is_corrected() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("hazard-fire");
    kiosk.tap("staff-steps");
    kiosk.tap("hazard-earthquake");
    assert_eq!(kiosk.open()[0].type_id, "earthquake");
    kiosk.tap("hazard-gas");
    assert_eq!(kiosk.open()[0].type_id, "unclassified");
}

#[test]
fn in_an_earthquake_people_shelter_first_and_leave_when_it_stops() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    assert!(kiosk.label("evacuation-command").contains("伏地"));
    kiosk.tap("next-command");
    let second = kiosk.label("evacuation-command");
    assert!(!second.contains("伏地"), "{second}");
    assert!(matches!(
        events(&kiosk).last(),
        Some(EvacuationEvent::Ordered { order: 2, .. })
    ));
}

#[test]
fn undone_within_five_seconds_nothing_is_left() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(4));
    kiosk.tap("undo");
    assert!(kiosk.shows("incident-fire"), "back where it was tapped");
    assert!(kiosk.open().is_empty());
    kiosk.settle();
    let record = Reader::open(dir.path()).unwrap().list().unwrap();
    assert_eq!(record.len(), 1, "the mistake is on record");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    assert!(!kiosk.shows("undo"));
}

#[test]
fn no_hazard_moves_to_where_another_one_was() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    let places = || {
        let hazards = kiosk.all(|id| id.starts_with("hazard-")).into_iter();
        hazards
            .map(|one| (one.absolute_position().x, one.size().width))
            .collect::<Vec<_>>()
    };
    let before = places();
    assert!(before.len() > 3 && kiosk.shows("undo"));
    kiosk.pass(Duration::from_secs(6));
    assert!(!kiosk.shows("undo"));
    assert_eq!(places(), before);
    kiosk.stop();
}

#[test]
fn undoing_it_leaves_the_incident_that_was_open_before() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.tap("step-done");
    let step = kiosk.label("current-step");
    kiosk.tap("evacuate");
    kiosk.tap("undo");
    assert_eq!(kiosk.label("current-step"), step);
    assert_eq!(kiosk.open().len(), 1);
    assert_eq!(kiosk.open()[0].status, Status::Open);
}

#[test]
fn all_clear_and_false_alarm_end_it() {
    for (id, end) in [
        ("end-all-clear", End::AllClear),
        ("end-false-alarm", End::FalseAlarm),
    ] {
        let (_dir, kiosk) = kiosk();
        kiosk.tap("evacuate");
        kiosk.pass(Duration::from_secs(6));
        kiosk.tap("evacuation-end");
        kiosk.tap("end-not-yet");
        assert!(leaving(&kiosk));
        kiosk.tap("evacuation-end");
        kiosk.tap(id);
        assert!(!kiosk.shows("current-step"), "one tap ends nothing");
        kiosk.tap("confirm-end");
        assert!(kiosk.shows("current-step"), "the incident goes on");
        assert_eq!(events(&kiosk).last(), Some(&EvacuationEvent::Ended { end }));
        kiosk.tap("back-to-board");
        assert_eq!(kiosk.label("evacuate"), "疏散");
        kiosk.stop();
    }
}

/// An evacuation that was ended as all clear.
fn ended(kiosk: &Kiosk) {
    kiosk.tap("evacuate");
    kiosk.tap("hazard-fire");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("headcount");
    kiosk.tap("count-5");
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    assert!(kiosk.shows("current-step"));
}

#[test]
fn an_end_by_mistake_is_undone_within_ten_seconds() {
    let (_dir, kiosk) = kiosk();
    ended(&kiosk);
    kiosk.pass(Duration::from_secs(9));
    kiosk.tap("end-undo");
    assert!(leaving(&kiosk), "back to the signs");
    assert!(
        kiosk.label("headcount").contains('5'),
        "with what was counted"
    );
    assert_eq!(events(&kiosk).last(), Some(&EvacuationEvent::EndUndone {}));
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    kiosk.pass(Duration::from_secs(11));
    assert!(!kiosk.shows("end-undo"));
    assert_eq!(kiosk.screens.services().incidents.undo_end(), None);
}

#[test]
fn a_clock_that_is_set_leaves_the_ten_seconds_as_they_are() {
    for hours in [-3, 3] {
        let (_dir, kiosk) = kiosk();
        ended(&kiosk);
        kiosk.set_clock(kiosk.now() + chrono::Duration::hours(hours));
        kiosk.pass(Duration::from_secs(5));
        assert!(kiosk.shows("end-undo"), "{hours}");
        kiosk.pass(Duration::from_secs(6));
        assert!(!kiosk.shows("end-undo"), "{hours}");
    }
}

#[test]
fn evacuating_again_at_once_goes_on_with_the_same_one() {
    let (_dir, kiosk) = kiosk();
    ended(&kiosk);
    kiosk.tap("evacuate");
    assert!(leaving(&kiosk));
    assert_eq!(events(&kiosk).last(), Some(&EvacuationEvent::EndUndone {}));
    assert_eq!(kiosk.open().len(), 1);
}

#[test]
fn holding_for_a_second_ends_it_and_a_brush_does_not() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuation-end");
    kiosk.hold("end-all-clear", Duration::from_millis(1100));
    assert!(kiosk.shows("current-step"));
    let end = EvacuationEvent::Ended { end: End::AllClear };
    assert_eq!(events(&kiosk).last(), Some(&end));
}

#[test]
fn everybody_out_with_nobody_counted_asks_back() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap_twice("all-out");
    assert_eq!(events(&kiosk).len(), 1, "a shaking finger says nothing");
    kiosk.tap("all-out");
    let said = EvacuationEvent::Missing { missing: 0, out: 0 };
    assert_eq!(events(&kiosk).last(), Some(&said));
}

#[test]
fn who_is_missing_is_in_sight_until_the_end() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap("who-child");
    assert!(!kiosk.shows("found-1"), "half a word is none");
    kiosk.tap("seen-toilets");
    assert!(kiosk.label("found-1").contains("孩子，最后在：洗手间"));
    kiosk.tap("back-to-board");
    assert!(
        kiosk.label("headcount").contains("缺 1 人"),
        "{}",
        kiosk.label("headcount")
    );
    kiosk.tap("headcount");
    kiosk.tap("evacuation-end");
    let shown: Vec<String> = kiosk
        .elements()
        .iter()
        .filter_map(|one| one.accessible_label())
        .map(String::from)
        .collect();
    assert!(kiosk.shows("still-missing"), "{shown:?}");
    kiosk.tap("end-not-yet");
    assert!(kiosk.shows("all-out"), "back to the list one came from");
    kiosk.tap("count-1");
    kiosk.tap("all-out");
    assert!(kiosk.label("all-out").contains("还有 1 人没到"));
    assert!(kiosk.shows("found-1"), "nobody is struck off by one tap");
    kiosk.tap("all-out");
    assert!(!kiosk.shows("found-1"));
    kiosk.tap("evacuation-end");
    assert!(!kiosk.shows("still-missing"));
}

#[test]
fn a_mistaken_close_does_not_stop_people_leaving() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("to-guide");
    kiosk.tap("close-incident");
    kiosk.tap("outcome-resolved");
    kiosk.tap("undo");
    kiosk.tap("evacuate");
    assert!(leaving(&kiosk));
    assert!(!kiosk.shows("undo"), "it is still the first one");
}

#[test]
fn undoing_the_start_of_its_incident_is_on_record() {
    let (dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.tap("evacuate");
    kiosk.tap("to-guide");
    let id = kiosk.open()[0].id.clone();
    kiosk.tap("undo");
    assert!(kiosk.open().is_empty());
    kiosk.settle();
    let entries = Reader::open(dir.path())
        .unwrap()
        .entries(&format!("incident:{id}"))
        .unwrap();
    let kinds: Vec<&str> = entries.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds[kinds.len() - 2..],
        ["incident.evacuation-undone", "incident.start-undone"]
    );
}

#[test]
fn a_change_of_type_in_the_guide_changes_the_commands() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("next-command");
    kiosk.tap("to-guide");
    kiosk.tap("change-type");
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    assert!(kiosk.label("evacuation-command").contains("伏地"));
}

#[test]
fn once_people_have_sheltered_the_signs_lead_out() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-earthquake");
    kiosk.tap("step-done");
    kiosk.tap("evacuate");
    let command = kiosk.label("evacuation-command");
    assert!(!command.contains("伏地"), "{command}");
}

#[test]
fn undo_takes_back_what_the_hazard_made_of_an_older_incident() {
    let (_dir, kiosk) = kiosk();
    kiosk.start_guide("unclassified");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    kiosk.tap("hazard-fire");
    kiosk.tap("undo");
    assert_eq!(types(&kiosk), ["unclassified"]);
}

#[test]
fn idleness_brings_the_signs_back_from_the_staffs_faces() {
    for way in [
        &["headcount"][..],
        &["staff-steps"],
        &["way-plan"],
        &["evacuation-end"],
        &["contacts", "posted"],
    ] {
        let (_dir, kiosk) = kiosk();
        kiosk.tap("evacuate");
        kiosk.pass(Duration::from_secs(6));
        for id in way {
            kiosk.tap(id);
        }
        kiosk.skip(Duration::from_secs(121));
        assert!(leaving(&kiosk), "{way:?}");
        kiosk.stop();
    }
}

#[test]
fn a_call_made_from_the_signs_belongs_to_the_evacuation() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    kiosk.tap("hazard-fire");
    kiosk.tap("contacts");
    kiosk.tap("contact-fire-brigade");
    let script = kiosk.label("call-script");
    assert!(
        script.contains("火灾") && !script.contains("停电"),
        "{script}"
    );
}

#[test]
fn closing_its_incident_ends_it_too() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("incident-fire");
    kiosk.tap("evacuate");
    kiosk.tap("to-guide");
    let id = kiosk.open()[0].id.clone();
    kiosk.tap("close-incident");
    kiosk.tap("outcome-evacuated");
    kiosk.tap("back-to-board");
    assert_eq!(kiosk.label("evacuate"), "疏散");
    let entries = kiosk.entries(&id);
    let kinds: Vec<&str> = entries.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds[kinds.len() - 2..],
        ["incident.evacuation-ended", "incident.closed"]
    );
}

#[test]
fn heads_are_counted_at_the_speed_of_a_thumb() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap("count-5");
    kiosk.tap_at_once("count-5");
    kiosk.tap_at_once("count-1");
    kiosk.tap_at_once("count-1");
    kiosk.tap("count-back");
    assert_eq!(kiosk.label("heads"), "11");
    assert_eq!(kiosk.label("expected"), "应有 12 人，还差 1 人");
    kiosk.tap("all-out");
    let out = EvacuationEvent::Missing {
        missing: 0,
        out: 11,
    };
    assert_eq!(events(&kiosk).last(), Some(&out));
    kiosk.tap("back-to-board");
    assert!(kiosk.label("headcount").contains("11"));
}

#[test]
fn nobody_is_counted_below_zero() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap("count-back");
    assert_eq!(kiosk.label("heads"), "0");
    assert_eq!(events(&kiosk).len(), 1, "nothing happened");
}

#[test]
fn the_staffs_steps_are_stamped_and_can_be_taken_back() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(65));
    kiosk.tap("staff-steps");
    kiosk.tap("sweep-rooms");
    assert!(kiosk.label("sweep-rooms").contains("15:43"));
    kiosk.tap("sweep-rooms");
    assert!(!kiosk.label("sweep-rooms").contains("15:43"));
    let done: Vec<bool> = events(&kiosk)
        .iter()
        .filter_map(|event| match event {
            EvacuationEvent::SweepMarked { done, .. } => Some(*done),
            _ => None,
        })
        .collect();
    assert_eq!(done, [true, false]);
}

#[test]
fn it_is_there_again_after_a_restart_and_stays_whatever_happens() {
    let (dir, first) = kiosk();
    first.tap("evacuate");
    first.tap("hazard-fire");
    let command = first.label("evacuation-command");
    first.settle();
    let later = first.now() + Duration::from_secs(90);
    first.stop();
    let again = Kiosk::start_at(dir.path(), later);
    assert_eq!(again.label("evacuation-command"), command);
    assert_eq!(again.label("elapsed"), "1:30");
    again.skip(Duration::from_secs(3 * 3600));
    assert!(leaving(&again), "idleness does not take the signs away");
    again.tap("to-guide");
    again.skip(Duration::from_secs(121));
    assert!(again.shows("current-step"), "somebody was at work there");
    again.tap("contacts");
    again.skip(Duration::from_secs(121));
    assert!(leaving(&again), "idleness leads back to the signs");
}

#[test]
fn without_exits_and_assembly_point_it_still_says_where_to_go() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("evacuate");
    assert!(kiosk.label("assembly-point").contains("空旷"));
    assert!(kiosk.label("exit").contains("出口标志"));
}

#[test]
fn the_sample_says_that_it_is_one() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("way-plan");
    assert!(kiosk.label("floor-plan").contains("示例"));
}

/// A kiosk whose floor plan is the file of this content.
fn with_plan(content: &[u8]) -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("plan.png"), content).unwrap();
    let text = BRANCH.replace(
        "[branch]\n",
        "[branch]\nfloor_plan = \"plan.png\"\nyou_are_here = [50, 50]\n",
    );
    std::fs::write(dir.path().join("kiosk.toml"), text).unwrap();
    helper::use_program(std::path::Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk)
}

#[test]
fn a_broken_or_huge_floor_plan_leaves_words_and_a_banner() {
    for (content, name) in [
        (b"no picture".to_vec(), "broken"),
        (vec![0x89; 20_000_000], "20 MB"),
    ] {
        let (_dir, kiosk) = with_plan(&content);
        assert!(
            kiosk.label("banner").contains("plan.png"),
            "{name}: {}",
            kiosk.label("banner")
        );
        kiosk.tap("evacuate");
        assert!(leaving(&kiosk));
        kiosk.tap("way-plan");
        let words = kiosk.label("floor-plan");
        assert!(words.contains("出口"), "{name}: {words}");
        kiosk.stop();
    }
}

#[test]
fn a_floor_plan_that_is_not_there_costs_the_branch_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let text = BRANCH.replace("[branch]\n", "[branch]\nfloor_plan = \"gone.svg\"\n");
    std::fs::write(dir.path().join("kiosk.toml"), text).unwrap();
    let kiosk = Kiosk::start(dir.path());
    let banner = kiosk.label("banner");
    assert!(
        banner.contains("floor_plan") && !banner.contains("地址"),
        "{banner}"
    );
    kiosk.tap("evacuate");
    assert!(kiosk.label("assembly-point").contains("广场北侧旗杆"));
    kiosk.tap("way-plan");
    let words = kiosk.label("floor-plan");
    assert!(words.contains("出口") && !words.contains("示例"), "{words}");
}

#[test]
fn the_branchs_own_floor_plan_is_shown_as_its_own() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 60, 40);
    encoder.set_color(png::ColorType::Grayscale);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&[[200; 60 * 20], [20; 60 * 20]].concat())
        .unwrap();
    let (_dir, kiosk) = with_plan(&file);
    kiosk.tap("evacuate");
    kiosk.tap("way-plan");
    assert!(!kiosk.label("floor-plan").contains("示例"));
    assert!(!kiosk.label("floor-plan").contains("出口"));
}

/// All that is drawn or read out.
fn said(kiosk: &Kiosk) -> String {
    let words = kiosk.elements().into_iter().map(|one| {
        let label = one.accessible_label().unwrap_or_default();
        let value = one.accessible_value().unwrap_or_default();
        [label.as_str(), value.as_str()].join(" ")
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_public_face_says_why_people_leave() {
    let plan = lobby_kiosk::config::plan_file::built_in();
    for hazard in plan.hazards.iter().filter(|one| one.id != "other") {
        let dir = tempfile::tempdir().unwrap();
        let toml = [BRANCH, "staff_meeting_point = \"后门车棚\"\n"].concat();
        std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.tap("evacuate");
        kiosk.tap(&format!("hazard-{}", hazard.id));
        for lang in [&Lang::ZH_CN, &Lang::EN] {
            for order in 0..hazard.commands.len() {
                let words = said(&kiosk);
                let name = hazard.name.in_lang(lang);
                assert!(!words.contains(name), "{} {order}: {words}", hazard.id);
                for staff in ["后门车棚", "锁门", "Lock in", "静音"] {
                    assert!(!words.contains(staff), "{} {order}: {words}", hazard.id);
                }
                let place = words.contains("广场北侧旗杆");
                // While the earth shakes nobody is shown a way out.
                let stays = hazard.id == "earthquake" && order == 0;
                assert_eq!(kiosk.shows("stay"), stays, "{} {order}", hazard.id);
                let exits = kiosk.all(|id| id == "exit");
                assert_eq!(exits.is_empty(), stays, "{} {order}", hazard.id);
                let gather = !hazard.discreet && !stays;
                assert_eq!(place, gather, "{} {order}", hazard.id);
                assert!(!kiosk.shows("qr-evacuation"), "{} {order}", hazard.id);
                kiosk.tap("way-plan");
                let plan = kiosk.shows("floor-plan");
                assert_eq!(plan, !hazard.discreet, "{} {order}", hazard.id);
                if plan {
                    kiosk.tap("way-plan");
                }
                kiosk.tap("next-command");
            }
            kiosk.tap("staff-steps");
            let words = said(&kiosk);
            assert!(
                words.contains(hazard.name.in_lang(lang)),
                "the staff know: {words}"
            );
            assert_eq!(words.contains("后门车棚"), hazard.discreet, "{}", hazard.id);
            kiosk.tap("back-to-board");
            kiosk.tap("language");
        }
        kiosk.stop();
    }
}

#[test]
fn codes_that_are_withheld_are_on_no_other_screen_and_come_back_afterwards() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.tap("hazard-violence");
    kiosk.tap("to-guide");
    kiosk.tap("back-to-board");
    kiosk.tap("codes");
    assert!(!kiosk.shows("qr-evacuation"));
    kiosk.tap("posted");
    assert!(!kiosk.shows("qr-evacuation") && !said(&kiosk).contains("暴力"));
    kiosk.stop();
}

#[test]
fn what_is_not_on_disk_is_said_where_heads_are_counted_as_well() {
    let (_dir, kiosk) = kiosk();
    kiosk.tap("evacuate");
    kiosk.record(false);
    assert!(kiosk.shows("banner"), "on the signs");
    kiosk.tap("headcount");
    assert!(kiosk.shows("banner"), "beside the count");
    kiosk.tap("count-5");
    assert!(kiosk.shows("banner"));
    for size in SIZES {
        kiosk.resize(size);
        kiosk.screens.state().show(lobby_kiosk::Screen::After);
        kiosk.screens.draw();
        assert!(kiosk.shows("banner"), "and afterwards, at {size:?}");
    }
}
