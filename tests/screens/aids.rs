//! What a guide hands to others: the cards of the crew, and the card for the rescuers.

use std::time::Duration;

use i_slint_backend_testing::ElementQuery;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::{Handover, RoleCards, Screen, Shell};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

const BRANCH: &str = "[branch]\naddress = \"浦东新区人民路188号\"\nkey_holder = \"安保室\"\n\
                      power_shutoff = \"东侧配电间\"\n";

fn here(kiosk: &Kiosk) -> Screen {
    kiosk.window().global::<Shell<'_>>().get_screen()
}

/// What the card for the rescuers says, a line each.
fn handed(kiosk: &Kiosk) -> Vec<String> {
    let rows = kiosk.window().global::<Handover<'_>>().get_rows();
    rows.iter()
        .map(|row| format!("{} {}", row.label, row.words))
        .collect()
}

fn is_drawn(kiosk: &Kiosk, words: &str) -> bool {
    let labels = ElementQuery::from_root(kiosk.window())
        .match_inherits("Label")
        .match_descendants()
        .match_type_name("Text")
        .find_all();
    labels
        .iter()
        .any(|one| one.accessible_label().is_some_and(|said| said == words))
        || kiosk
            .window()
            .global::<RoleCards<'_>>()
            .get_lines()
            .iter()
            .any(|line| line == words)
}

#[test]
fn every_role_has_its_card_where_a_step_is_handed_over() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("step-hand");
    kiosk.tap("role-cards");
    assert_eq!(here(&kiosk), Screen::RoleCards);
    for role in plan_file::built_in().crew {
        kiosk.tap(&format!("role-{}", role.id));
        let cards = kiosk.window().global::<RoleCards<'_>>();
        assert_eq!(cards.get_name(), role.name.in_lang(&Lang::ZH_CN));
        let lines: Vec<String> = cards.get_lines().iter().map(String::from).collect();
        let expected: Vec<&str> = role
            .card
            .iter()
            .map(|one| one.in_lang(&Lang::ZH_CN))
            .collect();
        // Whoever has something to do in a fire is not told of weapons as well.
        let is_free = cards.get_tasks().row_count() == 0;
        assert_eq!(
            lines,
            if is_free {
                expected.clone()
            } else {
                Vec::new()
            }
        );
        assert!(!is_free || is_drawn(&kiosk, expected[0]));
        assert!(cards.get_code().size().width > 0, "{}", role.id);
        assert!(kiosk.shows("qr-role"));
    }
    kiosk.tap("back-to-board");
    assert_eq!(here(&kiosk), Screen::Guide);
}

/// What the shown card says of the incident at hand.
fn tasks(kiosk: &Kiosk) -> Vec<String> {
    let tasks = kiosk.window().global::<RoleCards<'_>>().get_tasks();
    tasks.iter().map(|task| task.words.to_string()).collect()
}

#[test]
fn a_card_begins_with_what_its_role_does_in_this_incident() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("step-hand");
    kiosk.tap("role-cards");
    kiosk.tap("role-counter");
    assert_eq!(tasks(&kiosk), ["拨打 119，边打边撤"]);
    assert!(kiosk.shows("role-task-1"));
    kiosk.tap("role-runner");
    assert_eq!(tasks(&kiosk), [""; 0], "nothing of a fire is fetched");
    kiosk.tap("back-to-board");
    let hand_to_runner = || {
        kiosk.tap("step-hand");
        kiosk.tap("crew-runner");
    };
    // Handed to somebody else, it is on that one's card, until it is done.
    hand_to_runner();
    let card_of = |role: &str| {
        kiosk.tap("step-hand");
        kiosk.tap("role-cards");
        kiosk.tap(&format!("role-{role}"));
        let found = tasks(&kiosk);
        kiosk.tap("back-to-board");
        found
    };
    assert_eq!(card_of("runner"), ["按下火灾报警器"]);
    hand_to_runner();
    assert_eq!(card_of("counter"), [""; 0]);
    assert_eq!(card_of("runner"), ["按下火灾报警器", "拨打 119，边打边撤"]);
}

#[test]
fn the_rescuers_are_handed_what_was_done_one_tap_from_the_guide() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(60));
    let kind = plan_file::built_in().incident("fire").expect("it").clone();
    kiosk.tap("step-done");
    kiosk.pass(Duration::from_secs(5));
    kiosk.tap("handover");
    assert_eq!(here(&kiosk), Screen::Handover);
    let told = handed(&kiosk);
    let first = kind.steps[0].command.in_lang(&Lang::ZH_CN);
    assert_eq!(
        told,
        [
            format!("情况 {}，15:42 起", kind.name.in_lang(&Lang::ZH_CN)),
            "地址 浦东新区人民路188号".to_owned(),
            "钥匙 安保室".to_owned(),
            "断电 东侧配电间".to_owned(),
            format!("15:43 {first}"),
        ]
    );
    assert!(kiosk.shows("qr-handover") && kiosk.shows("floor-plan"));
    kiosk.tap("back-to-board");
    assert_eq!(here(&kiosk), Screen::Guide);
}

#[test]
fn it_is_there_at_a_question_and_on_the_staffs_face_of_an_evacuation() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-sudden-illness");
    assert!(kiosk.shows("handover") && kiosk.shows("role-cards"));
    kiosk.tap("evacuate");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("headcount");
    kiosk.tap("count-5");
    kiosk.tap("seen-toilets");
    kiosk.tap("who-wheelchair");
    kiosk.tap("handover");
    assert_eq!(here(&kiosk), Screen::Handover);
    let told = handed(&kiosk);
    let says = |words: &str| told.iter().any(|line| line.contains(words));
    assert!(says("5 人") || says("5"), "{told:?}");
    assert!(says("坐轮椅的") && says("洗手间"), "{told:?}");
    kiosk.tap("back-to-board");
    assert_eq!(here(&kiosk), Screen::Evacuation);
    assert!(kiosk.shows("count-5"), "the staff's face");
}

#[test]
fn a_discreet_guide_is_not_named_on_the_card() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-physical-conflict");
    kiosk.tap("handover");
    let kind = plan_file::built_in();
    let kind = kind.incident("physical-conflict").expect("it");
    assert!(kind.discreet);
    let name = kind.name.in_lang(&Lang::ZH_CN);
    let told = handed(&kiosk);
    assert!(told.iter().all(|line| !line.contains(name)), "{told:?}");
}
