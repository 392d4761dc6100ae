//! Contacts: whom to call from anywhere, what to say, what the record keeps of it.

use std::time::Duration;

use lobby_kiosk::StepMark;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::calling::CallEvent;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::Reader;
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;
use crate::ways::ways;

const BRANCH: &str = r#"
[branch]
name = "人民路证券营业部"
address = "浦东新区人民路188号"
floor = "一楼"
entrance = "南门"
landmark = "地铁站"
area_code = "021"

[contacts]
security = { number = "021-58886110", confirmed = 2026-11-01, public = true }
supervisor = ["13800138000", "13900139000"]
branch-head = "021-58886001转8012"
"#;

/// What the record says of calls in the only open incident.
fn calls(kiosk: &Kiosk) -> Vec<CallEvent> {
    let open = kiosk.open();
    assert_eq!(open.len(), 1);
    let events = open[0].log.iter().filter_map(|line| match &line.event {
        IncidentEvent::Call(event) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

#[test]
fn one_tap_from_every_screen() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    let at = |what: &str| assert!(kiosk.shows("contacts"), "no contacts on {what}");
    at("the board");
    kiosk.tap("codes");
    at("the codes");
    kiosk.tap("posted");
    at("the posted face");
    kiosk.tap("posted");
    kiosk.tap("incident-sudden-illness");
    at("the guide");
    kiosk.tap("close-incident");
    at("the outcomes");
    kiosk.tap("outcome-resolved");
    at("the closed incident");
    kiosk.tap("back-to-board");
    kiosk.tap("after");
    at("what is left to do");
    kiosk.tap("evacuate");
    at("the evacuation");
    kiosk.tap("headcount");
    at("the staff's list");
}

/// Those that stand beside every group.
const CARDS: [&str; 3] = [
    "contact-police",
    "contact-fire-brigade",
    "contact-ambulance",
];

#[test]
fn every_role_of_the_plan_is_in_one_of_the_groups() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    let mut seen = Vec::new();
    for group in ["group-people", "group-partners", "group-regulator"] {
        kiosk.tap(group);
        // Every page of it.
        loop {
            let ids = kiosk.ids().into_iter();
            let before = seen.len();
            let new: Vec<String> = ids
                .filter(|id| id.starts_with("contact-"))
                .filter(|id| !seen[..before].contains(id) || CARDS.contains(&id.as_str()))
                .collect();
            let is_new = new.iter().any(|id| !CARDS.contains(&id.as_str()));
            seen.extend(new);
            if !kiosk.shows("more-contacts") || !is_new {
                break;
            }
            kiosk.tap("more-contacts");
        }
    }
    for role in &plan_file::built_in().roles {
        let id = format!("contact-{}", role.id);
        assert!(seen.contains(&id), "{id} is nowhere");
    }
    for id in CARDS {
        let always = seen.iter().filter(|one| *one == id).count();
        assert!(always >= 3, "{id} is shown beside every group");
    }
}

#[test]
fn a_role_without_a_number_says_so_and_draws_no_code() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    assert!(kiosk.label("contact-logistics").contains("未设置"));
    kiosk.tap("contact-logistics");
    assert!(!kiosk.shows("qr-dial") && !kiosk.shows("qr-sms"));
    assert!(!kiosk.shows("called") && !kiosk.shows("no-answer"));
    kiosk.tap("card-close");
    kiosk.tap("contact-security");
    assert!(kiosk.shows("qr-dial"));
}

#[test]
fn the_script_tells_what_was_recorded() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-fall");
    kiosk.tap("note-1");
    kiosk.tap("contacts");
    kiosk.tap("contact-ambulance");
    kiosk.tap("called");
    kiosk.tap("card-close");
    kiosk.tap("contact-supervisor");
    let script = kiosk.label("call-script");
    let plan = plan_file::built_in();
    let kind = plan.incident("sudden-illness").unwrap();
    let answer = kind.steps.iter().find_map(|step| step.answer("fall"));
    let lang = Lang::ZH_CN;
    for part in [
        answer.unwrap().name.in_lang(&lang),
        kind.notes[0].name.in_lang(&lang),
        "已接通急救中心",
    ] {
        assert!(script.contains(part), "{part} is missing: {script}");
    }
}

#[test]
fn nothing_recorded_is_read_out_of_what_bystanders_must_not_know() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-malicious-complaint");
    kiosk.tap("note-1");
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    let script = kiosk.label("call-script");
    assert!(!script.contains("目前情况"), "{script}");
}

#[test]
fn what_cannot_be_called_comes_last() {
    let (_dir, kiosk) = Kiosk::of("[contacts]\ncompliance = \"021-58886001\"\n");
    kiosk.tap("contacts");
    let contacts = kiosk.window().global::<lobby_kiosk::Contacts<'_>>();
    let shown: Vec<_> = contacts.get_shown().iter().collect();
    assert_eq!(shown[0].role_id, "compliance");
    assert_eq!(shown[0].number, "021-5888 6001");
    assert!(shown[1..].iter().all(|one| one.number.is_empty()));
}

#[test]
fn the_script_is_filled_in() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-sudden-illness");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("contacts");
    kiosk.tap("contact-ambulance");
    let script = kiosk.label("call-script");
    for part in [
        "人民路证券营业部",
        "人民路188号",
        "一楼",
        "南门",
        "地铁站",
        "突发疾病",
        "15:42",
    ] {
        assert!(script.contains(part), "{part} is missing: {script}");
    }
    let asks = kiosk.find("call-script").unwrap().accessible_description();
    assert!(asks.unwrap().lines().count() > 1, "a question a line");
    kiosk.tap("language");
    let script = kiosk.label("call-script");
    assert!(
        script.contains("15:42") && script.contains("ambulance"),
        "{script}"
    );
}

#[test]
fn a_call_is_about_what_asks_for_it() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-physical-conflict");
    kiosk.pass(Duration::from_secs(60));
    kiosk.tap("back-to-board");
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("contacts");
    for (role, since) in [("police", "15:42"), ("fire-brigade", "15:43")] {
        kiosk.tap(&format!("contact-{role}"));
        let script = kiosk.label("call-script");
        assert!(script.contains(since), "{role}: {script}");
        assert_eq!(script.contains("火"), role == "fire-brigade", "{script}");
        kiosk.tap("card-close");
    }
}

#[test]
fn a_false_alarm_is_no_longer_told() {
    for hazard in ["gas", "fire"] {
        let (_dir, kiosk) = Kiosk::of(BRANCH);
        kiosk.tap("evacuate");
        kiosk.tap(&format!("hazard-{hazard}"));
        kiosk.pass(Duration::from_secs(6));
        let script = || {
            kiosk.tap("contacts");
            kiosk.tap("contact-fire-brigade");
            kiosk.label("call-script")
        };
        let told = |words: &str| words.contains("燃气") || words.contains("火灾");
        assert!(told(&script()), "{hazard}");
        kiosk.tap("back-to-board");
        kiosk.tap("evacuation-end");
        kiosk.tap("end-false-alarm");
        kiosk.tap("confirm-end");
        let words = script();
        assert!(!told(&words), "{hazard}: {words}");
    }
}

#[test]
fn without_an_address_the_script_says_to_read_the_door_plate() {
    let (_dir, kiosk) = Kiosk::of("");
    kiosk.tap("contacts");
    kiosk.tap("contact-police");
    let script = kiosk.label("call-script");
    assert!(script.contains("门牌"), "{script}");
    assert!(
        !script.contains("\"\"") && !script.contains("{}"),
        "{script}"
    );
}

#[test]
fn what_bystanders_must_not_read_is_not_in_the_script() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-physical-conflict");
    kiosk.tap("contacts");
    kiosk.tap("contact-police");
    let script = kiosk.label("call-script");
    assert!(!script.contains("冲突"), "{script}");
    assert!(script.contains("15:42"), "{script}");
}

#[test]
fn opened_called_and_no_answer_are_entries_of_the_incident() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    kiosk.tap("no-answer");
    kiosk.tap("called");
    let [
        CallEvent::Opened { role, .. },
        CallEvent::Called {
            place: 1,
            answered: false,
            ..
        },
        CallEvent::Called {
            place: 2,
            answered: true,
            ..
        },
    ] = &calls(&kiosk)[..]
    else {
        panic!("{:?}", calls(&kiosk))
    };
    assert_eq!(role, "supervisor");
    let id = kiosk.open()[0].id.clone();
    let on_disk = kiosk.entries(&id);
    let kinds: Vec<&str> = on_disk.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds[1..],
        [
            "incident.contact-opened",
            "incident.contact-called",
            "incident.contact-called",
            "incident.step-marked"
        ],
        "who was reached was reported to"
    );
    assert!(
        on_disk.iter().all(|one| !one.body.contains("1380013")),
        "somebody's own number is nothing for the journal"
    );
}

#[test]
fn no_answer_leads_to_the_next_number_and_then_up_by_name() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    assert!(kiosk.label("call-number").contains("138 0013 8000"));
    assert!(kiosk.label("no-answer").contains("2/2"));
    kiosk.tap("no-answer");
    assert!(kiosk.label("call-number").contains("139 0013 9000"));
    assert!(kiosk.label("no-answer").contains("营业部负责人"));
    kiosk.tap("no-answer");
    let label = kiosk.label("call-number");
    assert!(
        label.contains("021-5888 6001") && label.contains("8012"),
        "{label}"
    );
    // The duty desk has no number here: nobody is above, and nothing goes round.
    for _ in 0..3 {
        kiosk.tap("no-answer");
        assert!(kiosk.label("call-number").contains("021-5888 6001"));
    }
    kiosk.tap("card-close");
    kiosk.tap("contact-supervisor");
    assert!(
        kiosk.label("call-number").contains("138 0013 8000"),
        "opened again, it is tried anew"
    );
}

#[test]
fn once_all_were_tried_in_vain_it_stays_at_the_top() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.start_guide("unclassified");
    while !kiosk.shows("contact-supervisor") {
        kiosk.tap("step-skip");
    }
    let role = |kiosk: &Kiosk| match calls(kiosk).pop() {
        Some(CallEvent::Called { role, .. }) => role,
        other => panic!("{other:?}"),
    };
    let mut roles = Vec::new();
    for _ in 0..6 {
        kiosk.pass(Duration::from_secs(20));
        kiosk.tap("no-answer");
        roles.push(role(&kiosk));
    }
    let (s, b) = ("supervisor", "branch-head");
    assert_eq!(roles, [s, s, b, b, b, b]);
}

#[test]
fn nothing_of_a_card_lies_beneath_its_script() {
    let text = BRANCH.replace("021-58886001转8012", "021-58886111转8003");
    for size in crate::kiosk::SIZES {
        for lang in crate::kiosk::LANGUAGES {
            let (_dir, kiosk) = Kiosk::of(&text);
            kiosk.resize(size);
            kiosk.screens.state().choose_lang(&lang);
            kiosk.tap("contacts");
            for role in ["contact-supervisor", "contact-branch-head"] {
                kiosk.tap(role);
                kiosk.tap("called");
                let number = kiosk.find("call-number").unwrap();
                let script = kiosk.find("call-script").unwrap();
                let bottom = number.absolute_position().y + number.size().height;
                assert!(
                    bottom <= script.absolute_position().y,
                    "{role} at {size:?} in {lang}"
                );
                kiosk.tap("card-close");
            }
            kiosk.stop();
        }
    }
}

#[test]
fn the_next_number_has_not_failed_yet() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    let answered = || {
        let contacts = kiosk.window().global::<lobby_kiosk::Contacts<'_>>();
        contacts.get_card().answered
    };
    kiosk.tap("no-answer");
    assert_eq!(answered(), lobby_kiosk::Answered::Unknown);
    kiosk.tap("called");
    assert_eq!(answered(), lobby_kiosk::Answered::Yes);
}

#[test]
fn what_somebody_tried_yesterday_is_nothing_for_today() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    kiosk.tap("no-answer");
    kiosk.skip(Duration::from_secs(121));
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    assert!(kiosk.label("call-number").contains("138 0013 8000"));
}

#[test]
fn customers_who_ask_from_a_notice_see_public_numbers_only() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("public-notice");
    kiosk.tap("contacts");
    assert!(kiosk.label("contact-security").contains("021-5888 6110"));
    assert!(!kiosk.shows("contact-supervisor"), "no gap is shown");
    for group in kiosk.all(|id| id.starts_with("group-")) {
        group.invoke_accessible_default_action();
        let tiles = kiosk.all(|id| id.starts_with("contact-"));
        assert!(tiles.len() > 3, "a group of gaps");
        let words = tiles.iter().filter_map(|one| one.accessible_label());
        assert!(words.into_iter().all(|one| !one.contains("未设置")));
    }
    kiosk.skip(Duration::from_secs(121));
    assert!(
        kiosk.shows("notice"),
        "nobody is there: the notice comes back"
    );
}

#[test]
fn nothing_is_recorded_while_nothing_is_open() {
    let (dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    kiosk.tap("no-answer");
    kiosk.settle();
    let count = Reader::open(dir.path()).unwrap().count().unwrap();
    assert_eq!(count, 0);
}

#[test]
fn in_the_guide_the_number_its_code_and_the_chips_are_in_place() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-fall");
    assert!(kiosk.label("contact-ambulance").contains("120"));
    for id in ["qr-dial", "called", "no-answer"] {
        assert!(kiosk.shows(id), "{id} is not beside the step");
    }
    kiosk.tap("contact-ambulance");
    assert!(kiosk.shows("call-script"));
    assert!(kiosk.shows("back-to-board"), "it is still the guide");
    kiosk.tap("called");
    kiosk.tap("card-close");
    assert!(kiosk.shows("current-step"));
    assert_eq!(calls(&kiosk).len(), 2);
}

#[test]
fn in_the_guide_no_answer_ends_at_the_steps_next_contact() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.start_guide("unclassified");
    for _ in 0..3 {
        kiosk.tap("step-done");
    }
    while !kiosk.shows("contact-supervisor") {
        kiosk.tap("step-skip");
    }
    assert!(kiosk.label("contact-supervisor").contains("138 0013 8000"));
    kiosk.tap("no-answer");
    assert!(kiosk.label("contact-supervisor").contains("139 0013 9000"));
    kiosk.tap("no-answer");
    kiosk.tap("called");
    let last = calls(&kiosk).pop();
    assert!(
        matches!(&last, Some(CallEvent::Called { role, .. }) if role == "branch-head"),
        "{last:?}"
    );
}

#[test]
fn back_leads_to_where_one_came_from() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-fire");
    kiosk.tap("step-done");
    let step = kiosk.label("current-step");
    kiosk.tap("contacts");
    kiosk.tap("contact-police");
    kiosk.tap("back-to-board");
    assert_eq!(kiosk.label("current-step"), step);
    kiosk.tap("back-to-board");
    kiosk.tap("contacts");
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("incident-fire"));
}

#[test]
fn a_number_nobody_has_confirmed_for_long_is_named_on_the_board() {
    let (_dir, kiosk) = Kiosk::of(&BRANCH.replace("2026-11-01", "2026-08-24"));
    assert!(kiosk.label("banner").contains("该核对"), "91 days");
    let (_dir, kiosk) = Kiosk::of(&BRANCH.replace("2026-11-01", "2026-08-26"));
    let banner = kiosk.label("banner");
    assert!(!banner.contains("该核对"), "89 days: {banner}");
}

#[test]
fn a_wrong_number_is_named_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kiosk.toml");
    std::fs::write(&path, BRANCH).unwrap();
    Kiosk::start(dir.path()).stop();
    std::fs::write(&path, BRANCH.replace("021-58886110", "call me")).unwrap();
    let kiosk = Kiosk::start(dir.path());
    assert!(
        kiosk.label("banner").contains("security"),
        "{}",
        kiosk.label("banner")
    );
    kiosk.tap("contacts");
    assert!(
        kiosk.label("contact-security").contains("021-5888 6110"),
        "the last good numbers are shown"
    );
}

#[test]
fn a_broken_plan_leaves_contacts_to_call() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("plan.toml"), "[[role]\nid = ").unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("contacts");
    assert!(kiosk.label("contact-ambulance").contains("120"));
}

/// The contact with its code and chips beside the step: its role, and what is said above it.
fn calling(kiosk: &Kiosk) -> (String, String) {
    let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
    let at = usize::try_from(guide.get_calling()).unwrap();
    let card = guide.get_contacts().row_data(at).unwrap();
    (card.role_id.into(), card.lead.into())
}

#[test]
fn a_line_that_lives_depend_on_stays_first_when_nobody_answers() {
    let plan = plan_file::built_in();
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    let mut seen = 0;
    for kind in &plan.incidents {
        kiosk.start_guide(&kind.id);
        for step in ways(kind).remove(0).steps {
            let first = step.contacts.first().and_then(|id| plan.role(id));
            if let Some(role) = first.filter(|role| role.is_lifeline()) {
                seen += 1;
                let number = role.number.as_deref().unwrap();
                let mut before = String::new();
                for _ in 0..3 {
                    kiosk.tap("no-answer");
                    let (here, lead) = calling(&kiosk);
                    assert_eq!(here, role.id, "{} {}", kind.id, step.id);
                    assert_ne!(lead, before, "each tap shows");
                    before.clone_from(&lead);
                    assert!(lead.ends_with(&format!("没人接，再拨 {number}")), "{lead}");
                }
                kiosk.tap(&format!("contact-{}", role.id));
                kiosk.tap("no-answer");
                assert!(kiosk.label("call-number").contains(number), "the card too");
                kiosk.tap("card-close");
            }
            match step.answers.first() {
                Some(answer) => kiosk.tap(&format!("answer-{}", answer.id)),
                None => kiosk.tap("step-done"),
            }
        }
        kiosk.tap("close-incident");
        kiosk.tap("outcome-resolved");
        kiosk.tap("back-to-board");
    }
    assert!(seen > 3, "the plan has such steps");
}

/// Where a number stands in words, not as a part of a longer one.
fn place_of(words: &str, number: &str) -> Option<usize> {
    let is_digit = |at: Option<char>| at.is_some_and(|c| c.is_ascii_digit());
    let mut found = words.match_indices(number);
    let whole = found.find(|(at, _)| {
        let (before, after) = (&words[..*at], &words[at + number.len()..]);
        !is_digit(before.chars().next_back()) && !is_digit(after.chars().next())
    });
    whole.map(|(at, _)| at)
}

#[test]
fn a_step_that_names_a_number_begins_with_it() {
    let plan = plan_file::built_in();
    for step in plan.incidents.iter().flat_map(|kind| &kind.steps) {
        let command = step.command.in_lang(&Lang::ZH_CN);
        let mut named: Vec<(usize, &String)> = plan
            .roles
            .iter()
            .filter(|role| role.is_lifeline())
            .filter_map(|role| Some((place_of(command, role.number.as_deref()?)?, &role.id)))
            .collect();
        named.sort_unstable();
        if let Some((_, first)) = named.first() {
            assert_eq!(step.contacts.first(), Some(*first), "{command}");
        }
    }
}

#[test]
fn unanswered_it_says_in_each_language_to_call_again() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.screens.state().choose_lang(&Lang::EN);
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-fall");
    kiosk.tap("no-answer");
    assert_eq!(calling(&kiosk).1, "15:42 no answer: call 120 again");
    assert!(kiosk.shows("contact-security"), "help by name is beside it");
}

#[test]
fn the_card_says_who_it_is_now_and_why() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.start_guide("unclassified");
    while !kiosk.shows("contact-supervisor") {
        kiosk.tap("step-skip");
    }
    assert_eq!(calling(&kiosk), ("supervisor".into(), String::new()));
    kiosk.tap("no-answer");
    let (role, lead) = calling(&kiosk);
    assert_eq!(
        (role.as_str(), lead.as_str()),
        ("supervisor", "15:42 上一个号码没人接")
    );
    kiosk.tap("no-answer");
    let (role, lead) = calling(&kiosk);
    assert_eq!(
        (role.as_str(), lead.as_str()),
        ("branch-head", "15:42 值班主管没人接，改打")
    );
    // Nobody is left: each further call still shows.
    let mut before = lead;
    for times in 1..=3 {
        kiosk.tap("no-answer");
        let (role, lead) = calling(&kiosk);
        assert_eq!(role, "branch-head");
        assert_ne!(lead, before);
        assert!(lead.ends_with("请再拨一遍"), "{lead}");
        assert_eq!(
            lead.contains(&format!("第 {times} 次")),
            times > 1,
            "{lead}"
        );
        before = lead;
    }
    kiosk.tap("contact-supervisor");
    assert!(
        kiosk.label("call-number").contains("138 0013 8000"),
        "one can go back"
    );
}

#[test]
fn the_open_card_says_from_whom_it_has_turned() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("contacts");
    kiosk.tap("contact-supervisor");
    kiosk.tap("no-answer");
    kiosk.tap("no-answer");
    let contacts = kiosk.window().global::<lobby_kiosk::Contacts<'_>>();
    assert_eq!(
        contacts.get_card().state,
        "15:42 值班主管没人接，改打营业部负责人"
    );
    for times in 1..=3 {
        assert!(
            kiosk
                .label("no-answer")
                .contains("已是最后一位，请再拨一遍")
        );
        kiosk.tap("no-answer");
        let state = String::from(contacts.get_card().state);
        assert_eq!(
            state.contains(&format!("第 {times} 次")),
            times > 1,
            "{state}"
        );
    }
    kiosk.tap("card-close");
    kiosk.tap("contact-branch-head");
    assert!(!contacts.get_card().state.contains("改打"));
}

#[test]
fn who_did_not_answer_a_moment_ago_is_not_the_first_to_be_called_next() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-group-complaint");
    kiosk.tap("answer-unknown");
    kiosk.tap("contacts");
    kiosk.tap("contact-branch-head");
    kiosk.tap("no-answer");
    kiosk.tap("back-to-board");
    while calling_first(&kiosk) != Some("branch-head".into()) {
        kiosk.tap("step-skip");
    }
    let (role, lead) = calling(&kiosk);
    assert_eq!(
        (role.as_str(), lead.as_str()),
        ("supervisor", "15:42 营业部负责人没人接，改打")
    );
}

/// Whom the step names first.
fn calling_first(kiosk: &Kiosk) -> Option<String> {
    let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
    let first = guide.get_contacts().row_data(0);
    first.map(|card| card.role_id.into())
}

#[test]
fn without_a_number_for_whom_the_step_names_the_card_says_so() {
    let (_dir, kiosk) = Kiosk::of("[contacts]\nbranch-head = \"021-58886001\"\n");
    kiosk.start_guide("unclassified");
    while !kiosk.shows("contact-supervisor") {
        kiosk.tap("step-skip");
    }
    let (role, lead) = calling(&kiosk);
    assert_eq!(
        (role.as_str(), lead.as_str()),
        ("branch-head", "值班主管未设置号码，改打")
    );
}

#[test]
fn no_code_dials_what_only_the_firms_own_telephones_reach() {
    let (_dir, kiosk) = Kiosk::of(
        "[branch]\ninternal_digits = 4\n[contacts]\nsecurity = \"8003\"\nsupervisor = \"13800138000\"\n",
    );
    kiosk.tap("contacts");
    kiosk.tap("contact-security");
    assert!(kiosk.label("call-number").contains("8003") && !kiosk.shows("qr-dial"));
    kiosk.tap("card-close");
    kiosk.tap("contact-supervisor");
    assert!(kiosk.shows("qr-dial"));
}

#[test]
fn what_was_said_of_a_call_is_put_right_in_the_log() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    kiosk.tap("incident-sudden-illness");
    kiosk.tap("answer-fall");
    kiosk.tap("no-answer");
    kiosk.tap("log");
    let row = |at: usize| {
        let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
        guide.get_log().row_data(at).unwrap()
    };
    assert_eq!(
        (row(0).words.as_str(), row(0).mark),
        ("没人接", StepMark::NoAnswer),
        "no tick"
    );
    let chosen = |id: &str| kiosk.find(id).unwrap().accessible_item_selected() == Some(true);
    assert!(chosen("call-no-answer") && !chosen("call-answered") && !chosen("call-not-made"));
    kiosk.tap("call-answered");
    assert_eq!(
        (row(0).words.as_str(), row(0).mark),
        ("更正：电话接通了", StepMark::Answered)
    );
    assert!(
        row(1).detail.contains("已更正为接通"),
        "at its own place too"
    );
    let last = || kiosk.open()[0].last_call("ambulance");
    assert!(last().unwrap().answered);
    kiosk.tap("log-2");
    assert!(chosen("call-answered"));
    kiosk.tap("call-not-made");
    assert!(row(2).struck && last().is_none());
    let id = kiosk.open()[0].id.clone();
    let kept = kiosk.entries(&id);
    assert_eq!(
        kept[2].kind, "incident.contact-called",
        "the first word stays"
    );
    assert_eq!(kept[4].kind, "incident.call-corrected");
}
