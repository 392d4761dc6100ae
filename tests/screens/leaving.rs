//! The evacuation's faces: how large the sign is, what stands still, who does what and who is
//! missing, and the way back from every other screen.

use std::time::Duration;

use i_slint_backend_testing::ElementHandle;
use lobby_kiosk::domain::evacuation::EvacuationEvent;
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::roll::{BELOW_GROUND, LOBBY, Task};
use lobby_kiosk::i18n::event_text;
use lobby_kiosk::{EvacuationFace, Screen};
use slint::ComponentHandle;

use crate::kiosk::{BASELINE, Kiosk, Places, SIZES, places};

const BRANCH: &str = r#"
[branch]
exits = [
  { name = "东侧楼梯 East stairs", direction = "right" },
  { name = "南门 South door", direction = "back" },
]
assembly_point = "古城公园东门 Park, east gate"
floors = ["二层"]
basements = ["地下车库", "B2"]
expected_people = 31
"#;

fn events(kiosk: &Kiosk) -> Vec<EvacuationEvent> {
    let open = kiosk.open();
    let log = open.iter().flat_map(|one| &one.log);
    log.filter_map(|line| match &line.event {
        IncidentEvent::Evacuation(event) => Some(event.clone()),
        _ => None,
    })
    .collect()
}

/// The heights of the lines of ink in a part of the window, from the top: `left` and `wide` cut the
/// part out of the element.
fn ink(kiosk: &Kiosk, element: &ElementHandle, left: f32, wide: f32) -> Vec<u32> {
    let picture = kiosk.window().window().take_snapshot().unwrap();
    let (at, size) = (element.absolute_position(), element.size());
    let (x0, x1) = ((at.x + left) as u32, (at.x + left + wide) as u32);
    let (y0, y1) = (at.y as u32, (at.y + size.height) as u32);
    let pixels = picture.as_slice();
    let line = |y: u32| {
        let row = &pixels[(y * picture.width()) as usize..];
        // White letters on green.
        (x0..x1).any(|x| row[x as usize].r > 180)
    };
    let mut heights = Vec::new();
    let mut height = 0;
    for y in y0..y1 {
        if line(y) {
            height += 1;
        } else if height > 0 {
            heights.push(height);
            height = 0;
        }
    }
    heights.push(height);
    heights.retain(|height| *height > 3);
    heights
}

#[test]
fn the_sign_is_read_from_three_metres() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.resize(BASELINE);
    kiosk.tap("incident-fire");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    let command = kiosk.find("evacuation-command").unwrap();
    let lines = ink(&kiosk, &command, 0.0, command.size().width);
    // A character of 160 px is inked over nine tenths of that; Latin capitals over seven tenths.
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0] > 140 && lines[1] > 140, "{lines:?}");
    assert!(lines[2] >= 32, "{lines:?}");
    for exit in kiosk.all(|id| id == "exit") {
        let arrow = ink(&kiosk, &exit, 0.0, 92.0);
        assert!(arrow[0] >= 84, "{arrow:?}");
        let name = ink(&kiosk, &exit, 115.0, 160.0);
        assert!(name[0] > 72, "{name:?}");
    }
    let gather = kiosk.find("assembly-point").unwrap();
    let name = ink(&kiosk, &gather, 250.0, 200.0);
    assert!(name[0] > 48, "{name:?}");
}

#[test]
fn three_exits_are_named_as_large_as_two() {
    let third = "  { name = \"西侧货运通道 Goods passage\", direction = \"left\" },\n]\nassembly";
    let three = BRANCH.replacen("]\nassembly", third, 1);
    for branch in [BRANCH, &three] {
        for size in [BASELINE, SIZES[2]] {
            let (_dir, kiosk) = Kiosk::of(branch);
            kiosk.resize(size);
            kiosk.tap("evacuate");
            let exits = kiosk.all(|id| id == "exit");
            assert_eq!(exits.len(), 2 + usize::from(branch != BRANCH));
            for exit in exits {
                let arrow = ink(&kiosk, &exit, 0.0, 72.0);
                assert!(arrow[0] >= 64, "{arrow:?} at {size:?}");
                let name = ink(&kiosk, &exit, 115.0, 160.0);
                assert!(name[0] > 72, "{name:?} at {size:?}");
            }
            let command = kiosk.find("evacuation-command").unwrap();
            let lines = ink(&kiosk, &command, 0.0, command.size().width);
            // Upright a line of it has less room.
            let least = if size == BASELINE { 140 } else { 100 };
            assert!(
                lines[..2].iter().all(|one| *one > least),
                "{lines:?} at {size:?}"
            );
            kiosk.stop();
        }
    }
}

#[test]
fn both_languages_say_the_same_at_any_time() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    let plan = lobby_kiosk::config::plan_file::built_in();
    let commands = &plan.hazard("earthquake").unwrap().commands;
    for _ in 0..2 {
        for command in commands {
            let said = kiosk.label("evacuation-command").replace('\n', "");
            let both = [&Lang::ZH_CN, &Lang::EN].map(|lang| command.in_lang(lang));
            assert_eq!(said, both.join(" "));
            kiosk.tap("next-command");
        }
        kiosk.tap("language");
    }
}

#[test]
fn each_exit_says_which_way_it_is() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("evacuate");
    let exits = kiosk.all(|id| id == "exit").into_iter();
    let exits: Vec<String> = exits
        .filter_map(|one| one.accessible_label().map(String::from))
        .collect();
    assert_eq!(
        exits,
        ["东侧楼梯 East stairs 向右", "南门 South door 在您身后"]
    );
}

#[test]
fn nothing_moves_when_something_appears() {
    for size in SIZES {
        let (_dir, kiosk) = Kiosk::of(BRANCH);
        kiosk.resize(size);
        kiosk.tap("evacuate");
        let still = |before: &Places, what: &str| {
            for (id, place) in places(&kiosk) {
                let was = before.get(&id);
                assert!(
                    was.is_none_or(|was| *was == place),
                    "{id} at {size:?}, {what}"
                );
            }
        };
        let sign = places(&kiosk);
        kiosk.pass(Duration::from_secs(6));
        still(&sign, "undo gone");
        kiosk.tap("hazard-fire");
        still(&sign, "hazard named");
        kiosk.record(false);
        still(&sign, "not recorded");
        kiosk.record(true);
        kiosk.tap("headcount");
        let count = places(&kiosk);
        kiosk.tap("count-5");
        for _ in 0..3 {
            kiosk.tap("who-child");
            kiosk.tap("seen-floor-1");
        }
        kiosk.record(false);
        still(&count, "counted, missing, not recorded");
        kiosk.record(true);
        kiosk.tap("staff-steps");
        let steps = places(&kiosk);
        kiosk.tap("sweep-rooms");
        give(&kiosk, "door", "guard");
        kiosk.record(false);
        still(&steps, "at work, not recorded");
        kiosk.stop();
    }
}

/// Gives a task to somebody, or takes it back.
fn give(kiosk: &Kiosk, task: &str, to: &str) {
    kiosk.tap(&format!("task-{task}"));
    kiosk.tap(&format!("task-{task}-{to}"));
}

#[test]
fn a_task_is_given_to_a_role_of_the_crew_and_taken_back_by_the_same_tap() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("evacuate");
    kiosk.tap("staff-steps");
    for (task, to) in [
        ("door", "door"),
        ("sweep", "counter"),
        ("sweep", "runner"),
        ("count", LOBBY),
        ("door", "door"),
    ] {
        give(&kiosk, task, to);
    }
    let given: Vec<(Task, Option<String>)> = events(&kiosk)[1..]
        .iter()
        .map(|event| match event {
            EvacuationEvent::TaskGiven { task, to, name } => {
                assert_eq!(to.is_some(), name.is_some());
                (*task, to.clone())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let to = |task, to: &str| (task, Some(to.to_owned()));
    assert_eq!(
        given,
        [
            to(Task::Door, "door"),
            to(Task::Sweep, "counter"),
            to(Task::Sweep, "runner"),
            to(Task::Count, LOBBY),
            (Task::Door, None),
        ]
    );
    let open = kiosk.open();
    let tasks = &open[0].evacuation.as_ref().unwrap().tasks;
    assert_eq!(tasks.get(&Task::Sweep).map(String::as_str), Some("runner"));
    assert_eq!(tasks.get(&Task::Door), None);
    assert_eq!(kiosk.label("task-sweep"), "喊人出来 取物");
    assert_eq!(kiosk.label("task-count"), "清点人数 大堂经理");
    kiosk.tap("hazard-violence");
    assert!(!kiosk.shows("task-door"), "nobody is sent back");
}

#[test]
fn a_role_has_one_name_in_the_guide_on_its_card_and_in_an_evacuation() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    let plan = kiosk.screens.services().plan();
    kiosk.tap("evacuate");
    kiosk.tap("staff-steps");
    kiosk.tap("task-door");
    for one in &plan.crew {
        let name = one.name.in_lang(&Lang::ZH_CN);
        assert_eq!(kiosk.label(&format!("task-door-{}", one.id)), name);
    }
    kiosk.tap("task-keep");
    assert!(kiosk.shows("task-count"), "nobody was chosen");
    give(&kiosk, "door", "guard");
    let entries = kiosk.entries(&kiosk.open()[0].id);
    let body = &entries.last().unwrap().body;
    assert!(body.contains(plan.member("guard").unwrap().name.in_lang(&Lang::ZH_CN)));
}

#[test]
fn entries_that_name_nobody_read_as_they_did() {
    for (to, zh, en) in [
        ("guard", "安保", "Guard"),
        ("counter", "柜台", "Counter"),
        (LOBBY, "大堂", "Lobby"),
        ("runner", "取物", "Runner"),
    ] {
        let given = EvacuationEvent::TaskGiven {
            task: Task::Count,
            to: Some(to.to_owned()),
            name: None,
        };
        let said = |lang| event_text::evacuation(&lang, &given).detail;
        assert_eq!(said(Lang::ZH_CN), format!("清点人数：{zh}"));
        assert_eq!(said(Lang::EN), format!("Count people: {en}"));
    }
}

#[test]
fn who_is_missing_is_said_in_two_taps_in_either_order_and_found_by_one() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap("all-out");
    kiosk.tap("all-out");
    kiosk.tap("seen-floor-1");
    kiosk.tap("who-elder");
    kiosk.tap("who-customer");
    kiosk.tap("seen-unknown");
    let said: Vec<(u32, String, String)> = events(&kiosk)
        .into_iter()
        .filter_map(|event| match event {
            EvacuationEvent::PersonMissing { person, who, seen } => Some((
                person,
                who.in_lang(&Lang::EN).to_owned(),
                seen.in_lang(&Lang::EN).to_owned(),
            )),
            _ => None,
        })
        .collect();
    let person = |one, who: &str, seen: &str| (one, who.to_owned(), seen.to_owned());
    assert_eq!(
        said,
        [
            person(1, "Older person", "地下车库"),
            person(2, "Customer", "Not known")
        ]
    );
    assert_eq!(kiosk.label("missing-people"), "缺 2 人");
    kiosk.tap("found-1");
    assert_eq!(kiosk.label("missing-people"), "缺 1 人");
    kiosk.tap("back-to-board");
    assert!(kiosk.label("headcount").contains("0 / 31"));
    assert!(kiosk.label("headcount").contains("缺 1 人"));
    kiosk.tap("headcount");
    kiosk.tap("all-out");
    kiosk.tap("all-out");
    assert!(!kiosk.shows("found-2"), "everybody is out");
    kiosk.tap("who-child");
    kiosk.tap("seen-lobby");
    assert!(kiosk.shows("found-3"), "and somebody is not");
}

#[test]
fn the_list_of_those_missing_ends_where_the_screen_does() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    for _ in 0..7 {
        kiosk.tap("who-customer");
        kiosk.tap("seen-lobby");
    }
    let rows = kiosk.all(|id| id.starts_with("found-"));
    assert_eq!(rows.len(), 6);
}

#[test]
fn the_floors_below_ground_are_searched_by_name() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("evacuate");
    kiosk.tap("staff-steps");
    let id = format!("sweep-{BELOW_GROUND}");
    assert!(kiosk.label(&id).contains("地下车库、B2"));
    kiosk.tap(&id);
    let Some(EvacuationEvent::SweepMarked { command, done, .. }) = events(&kiosk).pop() else {
        panic!("{:?}", events(&kiosk));
    };
    assert!(done && command.in_lang(&Lang::EN).contains("B2"));
    kiosk.tap("hazard-violence");
    assert!(!kiosk.shows(&id), "nobody is sent below ground");
}

#[test]
fn once_people_have_sheltered_the_order_changes_wherever_it_is_shown() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-earthquake");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    assert!(kiosk.label("evacuation-command").contains("伏地"));
    kiosk.tap("to-guide");
    assert!(kiosk.label("evacuate").contains("伏地"), "in the band too");
    kiosk.tap("step-done");
    assert!(!kiosk.label("evacuate").contains("伏地"));
    assert!(kiosk.label("evacuate").contains("走楼梯"));
    kiosk.tap("public-notice");
    assert!(kiosk.label("notice").contains("走楼梯"));
    kiosk.tap("evacuate");
    assert!(kiosk.label("evacuation-command").contains("走楼梯"));
    let ordered = events(&kiosk);
    assert!(
        matches!(
            ordered.last(),
            Some(EvacuationEvent::Ordered { order: 2, .. })
        ),
        "{ordered:?}"
    );
}

#[test]
fn one_tap_leads_back_to_the_sign_from_every_screen() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("evacuate");
    for screen in [
        Screen::Board,
        Screen::Guide,
        Screen::After,
        Screen::Contacts,
        Screen::Codes,
        Screen::Posted,
        Screen::PublicNotice,
        Screen::Pin,
    ] {
        kiosk.screens.state().show(screen);
        kiosk.screens.draw();
        kiosk.tap("evacuate");
        assert!(kiosk.shows("evacuation-command"), "{screen:?}");
    }
    for screen in [Screen::Inbox, Screen::Numbers, Screen::Health] {
        kiosk.screens.state().unlock();
        kiosk.screens.state().show(screen);
        kiosk.screens.draw();
        kiosk.tap("evacuate");
        assert!(kiosk.shows("evacuation-command"), "{screen:?}");
    }
}

#[test]
fn the_plan_takes_the_place_of_the_sign_and_gives_it_back() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.resize(BASELINE);
    kiosk.tap("evacuate");
    kiosk.tap("way-plan");
    let plan = kiosk.find("floor-plan").unwrap().size();
    assert!(plan.width > 1_000.0 && plan.height > 600.0, "{plan:?}");
    assert!(!kiosk.shows("evacuation-command"));
    kiosk.tap("way-plan");
    assert!(kiosk.shows("evacuation-command"));
    // A fight that is named while the plan is shown takes it away.
    kiosk.tap("way-plan");
    kiosk.tap("hazard-violence");
    assert!(!kiosk.shows("floor-plan") && kiosk.shows("evacuation-command"));
    let face = kiosk
        .window()
        .global::<lobby_kiosk::Evacuation<'_>>()
        .get_face();
    assert_eq!(face, EvacuationFace::Plan);
}

/// A fire that has been called in, while people leave; the guide asks how far it has got.
fn fire(kiosk: &Kiosk) {
    kiosk.tap("incident-fire");
    kiosk.tap("step-done");
    kiosk.tap("step-begun");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
}

/// The step of the only open incident's guide.
fn key(kiosk: &Kiosk, step: &str) -> StepRef {
    StepRef {
        type_id: kiosk.open()[0].type_id.clone(),
        step: step.to_owned(),
    }
}

/// How that step is marked.
fn mark(kiosk: &Kiosk, step: &str) -> Option<Mark> {
    let marks = &kiosk.open()[0].marks;
    marks.get(&key(kiosk, step)).map(|one| one.mark)
}

#[test]
fn nobody_missing_is_counted_as_long_as_it_is_so() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    fire(&kiosk);
    kiosk.tap("to-guide");
    kiosk.tap("answer-smoke");
    kiosk.tap("evacuate");
    kiosk.tap("headcount");
    kiosk.tap("count-5");
    kiosk.tap("all-out");
    assert_eq!(mark(&kiosk, "count"), Some(Mark::Done));
    kiosk.tap("who-child");
    kiosk.tap("seen-toilets");
    assert_eq!(mark(&kiosk, "count"), Some(Mark::Open));
    kiosk.tap("found-1");
    kiosk.tap("all-out");
    assert_eq!(mark(&kiosk, "count"), Some(Mark::Done));
}

#[test]
fn once_everybody_is_out_nobody_is_told_to_fight_or_flee_a_fire() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    fire(&kiosk);
    kiosk.tap("headcount");
    kiosk.tap("all-out");
    kiosk.tap("all-out");
    kiosk.tap("evacuation-end");
    kiosk.tap("end-all-clear");
    kiosk.tap("confirm-end");
    assert_eq!(kiosk.label("current-step"), "报告主管");
    kiosk.tap("end-undo");
    kiosk.tap("headcount");
    kiosk.tap("who-child");
    kiosk.tap("seen-toilets");
    kiosk.tap("back-to-board");
    kiosk.tap("to-guide");
    assert_eq!(kiosk.label("current-step"), "看烟火到了哪一步");
}

#[test]
fn in_an_aftershock_the_order_is_to_shelter_once_more_and_nobody_is_led_out_before_it_is_over() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-earthquake");
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    let led_out = || {
        let step = key(&kiosk, "evacuate");
        kiosk.open()[0].under_way(&step).is_some()
    };
    let order = || kiosk.label("evacuation-command");
    assert!(!led_out(), "while the earth shakes");
    kiosk.tap("to-guide");
    // The shaking has stopped.
    kiosk.tap("note-1");
    assert!(led_out());
    // It shakes again.
    kiosk.pass(Duration::from_secs(30));
    kiosk.tap("note-2");
    kiosk.tap("evacuate");
    assert!(order().contains("伏地"), "{}", order());
    kiosk.tap("to-guide");
    kiosk.tap("note-1");
    kiosk.tap("evacuate");
    assert!(order().contains("震停了"), "{}", order());
}
