//! The built-in plan.

use std::collections::BTreeSet;

use lobby_kiosk::config::plan_file::{self, BUILT_IN, BUILT_IN_NAME};
use lobby_kiosk::domain::clause::CLAUSES;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{EARTHQUAKE, FIRE, Group, IncidentType, Plan, Role, Text};
use lobby_kiosk::i18n::faults;

#[test]
fn it_has_no_fault() {
    let found = plan_file::parse(BUILT_IN_NAME, BUILT_IN)
        .err()
        .unwrap_or_default();
    let lines: Vec<String> = found
        .iter()
        .map(|one| faults::fault(&Lang::EN, one))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!(
        plan_file::built_in(),
        plan_file::parse("", BUILT_IN).expect("no fault")
    );
}

#[test]
fn it_has_the_five_classes_of_three_types_and_the_two_beside_them() {
    let plan = plan_file::built_in();
    let behind: Vec<&str> = plan.behind().map(|kind| kind.id.as_str()).collect();
    assert_eq!(
        behind,
        [
            "self-harm",
            "petrol-threat",
            "robbery",
            "bomb-threat",
            "lift-trapped",
            "burst-pipe",
            "fraud-now",
            "lost-person",
            "death"
        ]
    );
    assert_eq!(plan.incidents.len(), 17 + behind.len());
    assert_eq!(plan.classes.len(), 5);
    for class in &plan.classes {
        let of_class = |id: &Option<String>| id.as_ref() == Some(&class.id);
        let count = plan
            .incidents
            .iter()
            .filter(|one| of_class(&one.class))
            .count();
        assert_eq!(count, 3, "{}", class.id);
    }
}

#[test]
fn every_clause_of_the_plan_is_carried_out() {
    let plan = plan_file::built_in();
    let steps = plan.incidents.iter().flat_map(|one| &one.steps);
    let steps = steps.flat_map(|one| &one.clauses);
    let duties = plan.duties.iter().flat_map(|one| &one.clauses);
    let carried: BTreeSet<&str> = steps.chain(duties).map(String::as_str).collect();
    let left: Vec<_> = CLAUSES
        .iter()
        .filter(|one| !carried.contains(*one))
        .collect();
    assert!(left.is_empty(), "nothing carries out {left:?}");
}

/// Every text of the plan.
fn texts(plan: &Plan) -> Vec<&Text> {
    let mut all = Vec::new();
    all.extend(plan.outcomes.iter().map(|one| &one.choice.name));
    let lists = [
        &plan.skip_reasons,
        &plan.cannot_reasons,
        &plan.waive_reasons,
    ];
    all.extend(lists.into_iter().flatten().map(|one| &one.name));
    all.extend(plan.classes.iter().map(|one| &one.name));
    all.extend(
        plan.principles
            .iter()
            .flat_map(|one| [&one.name, &one.meaning]),
    );
    all.extend(plan.roles.iter().flat_map(|one| [&one.name, &one.when]));
    all.extend(plan.roles.iter().flat_map(|one| &one.ask));
    all.extend(plan.replies.iter().flat_map(|one| [&one.name, &one.words]));
    all.extend(plan.settlements.iter().map(|one| &one.name));
    all.extend(plan.hazards.iter().map(|one| &one.name));
    all.extend(plan.hazards.iter().flat_map(|one| &one.commands));
    all.extend(plan.hazards.iter().flat_map(|one| &one.staff_commands));
    all.extend(
        plan.hazards
            .iter()
            .filter_map(|one| one.public_name.as_ref()),
    );
    all.extend(
        plan.incidents
            .iter()
            .filter_map(|one| one.police_words.as_ref()),
    );
    all.extend(
        plan.hazards
            .iter()
            .flat_map(|one| &one.sweeps)
            .chain(&plan.sweeps)
            .flat_map(|one| [&one.command, &one.detail]),
    );
    all.extend(plan.duties.iter().flat_map(|one| [&one.name, &one.detail]));
    all.extend(plan.supplies.iter().flat_map(|one| [&one.name, &one.ready]));
    for incident in &plan.incidents {
        all.extend([&incident.name, &incident.cue]);
        all.extend(
            [&incident.public_name, &incident.button, &incident.notice]
                .into_iter()
                .flatten(),
        );
        all.extend(incident.notes.iter().map(|one| &one.name));
        for step in &incident.steps {
            all.extend([&step.command, &step.detail]);
            all.extend(
                [&step.say, &step.never_say, &step.condition, &step.notice]
                    .into_iter()
                    .flatten(),
            );
        }
    }
    all
}

#[test]
fn every_text_has_every_language() {
    let plan = plan_file::built_in();
    assert_eq!(plan.languages, [Lang::ZH_CN, Lang::EN]);
    let texts = texts(&plan);
    assert!(texts.len() > 400, "only {} texts", texts.len());
    for text in texts {
        let languages: Vec<&Lang> = text.iter().map(|(lang, _)| lang).collect();
        assert_eq!(languages, [&Lang::EN, &Lang::ZH_CN], "{text:?}");
        assert!(
            text.iter().all(|(_, words)| !words.trim().is_empty()),
            "{text:?}"
        );
    }
}

#[test]
fn whatever_customers_may_read_has_the_public_name() {
    let plan = plan_file::built_in();
    let incident = plan.incident("malicious-complaint").expect("the type");
    assert_eq!(incident.open_name().in_lang(&Lang::ZH_CN), "客诉支援");
    assert_eq!(incident.open_name().in_lang(&Lang::EN), "Customer support");
}

/// The ids of the roles that `wanted` picks.
fn roles(plan: &Plan, wanted: impl Fn(&Role) -> bool) -> Vec<&str> {
    let roles = plan.roles.iter().filter(|role| wanted(role));
    roles.map(|role| role.id.as_str()).collect()
}

#[test]
fn three_roles_save_lives_and_each_says_what_it_will_ask() {
    let plan = plan_file::built_in();
    let now = roles(&plan, |role| role.group == Group::Now);
    assert_eq!(now, ["police", "fire-brigade", "ambulance"]);
    assert_eq!(
        roles(&plan, |role| role.group == Group::Regulator),
        [
            "investor-hotline",
            "cyber-incidents",
            "regulator",
            "mediation"
        ]
    );
    assert_eq!(
        roles(&plan, |role| role.report),
        ["supervisor", "branch-head", "duty-desk"]
    );
    let silent = roles(&plan, |role| {
        (role.group == Group::Now || role.report) && role.ask.is_empty()
    });
    assert_eq!(silent, [""; 0]);
    // A number that is the same in the whole country is nobody's own.
    let own = roles(&plan, |role| {
        role.group == Group::People && role.number.is_some()
    });
    assert_eq!(own, [""; 0]);
}

/// The ids of the types that `wanted` picks.
fn types(plan: &Plan, wanted: impl Fn(&IncidentType) -> bool) -> Vec<&str> {
    let types = plan.incidents.iter().filter(|kind| wanted(kind));
    types.map(|kind| kind.id.as_str()).collect()
}

#[test]
fn every_type_has_a_notice_and_those_of_violence_are_discreet() {
    let plan = plan_file::built_in();
    assert_eq!(types(&plan, |kind| kind.notice.is_none()), [""; 0]);
    assert_eq!(
        types(&plan, |kind| kind.notice_code),
        [EARTHQUAKE, FIRE],
        "only who leaves the building needs the way out"
    );
    assert_eq!(
        types(&plan, |kind| kind.discreet),
        [
            "physical-conflict",
            "malicious-complaint",
            "suspicious-person",
            "self-harm",
            "petrol-threat",
            "robbery",
            "bomb-threat"
        ]
    );
}

#[test]
fn a_notice_about_customers_gives_nothing_away() {
    let plan = plan_file::built_in();
    let telling = [
        "冲突",
        "投诉",
        "纠纷",
        "泄露",
        "信息",
        "可疑",
        "舆情",
        "媒体",
        "记者",
        "报警",
        "警",
        "conflict",
        "complain",
        "dispute",
        "leak",
        "suspicious",
        "media",
        "reporter",
        "police",
    ];
    for id in [
        "physical-conflict",
        "group-complaint",
        "malicious-complaint",
        "trading-dispute",
        "service-dispute",
        "data-leak-dispute",
        "suspicious-person",
        "media-crisis",
    ] {
        let kind = plan.incident(id).expect("the type");
        for (_, words) in kind.notice.iter().flat_map(Text::iter) {
            let told = telling.iter().find(|word| words.contains(**word));
            assert_eq!(told, None, "{id}: {words}");
        }
    }
}

#[test]
fn every_deadline_says_what_it_rests_on() {
    let plan = plan_file::built_in();
    for kind in &plan.incidents {
        for step in kind.steps.iter().filter(|one| one.within.is_some()) {
            assert!(!step.source.is_empty(), "{}.{}", kind.id, step.id);
        }
    }
}

#[test]
fn every_hazard_has_commands_and_the_last_stands_for_any() {
    let plan = plan_file::built_in();
    let hazards: Vec<(&str, Option<&str>)> = plan
        .hazards
        .iter()
        .map(|one| (one.id.as_str(), one.incident.as_deref()))
        .collect();
    assert_eq!(
        hazards,
        [
            ("fire", Some(FIRE)),
            ("earthquake", Some(EARTHQUAKE)),
            ("gas", None),
            ("violence", Some("physical-conflict")),
            ("other", None),
        ]
    );
    for hazard in &plan.hazards {
        assert!(!hazard.commands.is_empty(), "{}", hazard.id);
    }
    // Shelter comes before the way out: 震时就近躲避，震后迅速撤离.
    let earthquake = plan.hazard(EARTHQUAKE).expect("the hazard");
    let first = earthquake.commands[0].in_lang(&Lang::EN);
    assert_eq!(first, "Drop, cover, hold on");
    for hazard in &plan.hazards {
        let steps = plan.sweeps_for(Some(hazard));
        assert!((5..=7).contains(&steps.len()), "{}", hazard.id);
    }
}

#[test]
fn with_violence_or_gas_the_staff_are_not_sent_where_it_hurts() {
    let plan = plan_file::built_in();
    let words = |hazard: &str| {
        let steps = plan.sweeps_for(plan.hazard(hazard));
        let texts = steps.iter().flat_map(|one| [&one.command, &one.detail]);
        texts
            .map(|one| one.in_lang(&Lang::ZH_CN))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let violence = words("violence");
    for wrong in ["逐间", "集合点", "119", "守住电梯", "带头"] {
        assert!(!violence.contains(wrong), "{wrong}: {violence}");
    }
    assert!(
        violence.contains("110") && violence.contains("静音"),
        "{violence}"
    );
    let gas = words("gas");
    assert!(
        !gas.contains("逐间") && gas.contains("集合点在下风就另选"),
        "{gas}"
    );
    assert!(gas.contains("不开灯") && gas.contains("上风"), "{gas}");
}

#[test]
fn every_detail_is_a_whole_sentence() {
    let plan = plan_file::built_in();
    let steps = plan.incidents.iter().flat_map(|one| &one.steps);
    let sweeps = plan.hazards.iter().flat_map(|one| &one.sweeps);
    let details = steps
        .map(|one| &one.detail)
        .chain(sweeps.chain(&plan.sweeps).map(|one| &one.detail));
    for detail in details {
        for (lang, words) in detail.iter() {
            let ends = words.ends_with(['。', '.', '？', '?', '！', '!']);
            assert!(ends, "{lang}: {words}");
        }
    }
}

#[test]
fn english_has_straight_quotation_marks_only() {
    let plan = plan_file::built_in();
    for text in texts(&plan) {
        let words = text.in_lang(&Lang::EN);
        assert!(!words.contains(['‘', '’', '“', '”']), "{words}");
    }
}

/// Where each of these steps stands in a guide, counted from 0.
fn places<const N: usize>(plan: &Plan, type_id: &str, steps: [&str; N]) -> [usize; N] {
    let guide = &plan.incident(type_id).expect("the type").steps;
    steps.map(|id| guide.iter().position(|one| one.id == id).expect(id))
}

#[test]
fn what_saves_a_life_is_not_deep_in_its_guide() {
    let plan = plan_file::built_in();
    // Whoever does not respond is met with the answer, and the steps of no other one stand between.
    let mut of_one_answer = plan.clone();
    for kind in &mut of_one_answer.incidents {
        kind.steps
            .retain(|step| step.only.is_empty() || step.only.iter().any(|it| it == "no-response"));
    }
    let [call, cpr, aed, side, awake] = places(
        &of_one_answer,
        "sudden-illness",
        ["call-120", "cpr", "use-aed", "recovery", "awake"],
    );
    assert!(
        call == 1 && cpr == 2,
        "compressions are at most two taps away"
    );
    assert!(cpr < aed && aed < side && side < awake);
    let [alarm, call, evacuate, fight] = places(
        &plan,
        "fire",
        ["alarm", "call-119", "evacuate", "small-fire"],
    );
    assert!(alarm < call && call < evacuate && evacuate < fight);
    let [police, separate] = places(&plan, "physical-conflict", ["police", "separate"]);
    assert!(police < separate);
    let [secure, water] = places(&plan, "extreme-weather", ["secure", "water"]);
    assert!(secure < water);
}

#[test]
fn who_breathes_but_does_not_respond_is_laid_on_the_side() {
    let plan = plan_file::built_in();
    let step = plan
        .incident("sudden-illness")
        .and_then(|one| one.step("recovery"))
        .expect("it");
    let condition = step.condition.as_ref().expect("a condition");
    assert!(
        condition.in_lang(&Lang::ZH_CN).contains("呼吸正常")
            && condition.in_lang(&Lang::EN).contains("No response")
    );
    assert!(
        step.command.in_lang(&Lang::ZH_CN).contains("侧卧")
            && step.command.in_lang(&Lang::EN).contains("side")
    );
}

#[test]
fn from_a_weapon_people_run_before_they_hide_with_silent_phones() {
    let plan = plan_file::built_in();
    for type_id in ["physical-conflict", "suspicious-person"] {
        let step = plan
            .incident(type_id)
            .and_then(|one| one.step("weapon"))
            .expect("it");
        assert!(
            step.command.in_lang(&Lang::ZH_CN).contains('跑'),
            "{type_id}"
        );
        let detail = step.detail.in_lang(&Lang::ZH_CN);
        assert!(
            detail.contains("锁门") && detail.contains("静音"),
            "{type_id}"
        );
    }
}

#[test]
fn one_formula_for_an_earthquake_everywhere() {
    let plan = plan_file::built_in();
    let kind = plan.incident(EARTHQUAKE).expect("the type");
    let hazard = plan.hazard(EARTHQUAKE).expect("the hazard");
    for said in [
        &kind.steps[0].command,
        &hazard.commands[0],
        kind.notice.as_ref().expect("it"),
    ] {
        assert!(
            said.in_lang(&Lang::ZH_CN).contains("伏地、遮挡、手抓牢"),
            "{said:?}"
        );
        assert!(
            said.in_lang(&Lang::EN)
                .to_lowercase()
                .contains("drop, cover, hold on"),
            "{said:?}"
        );
    }
}

#[test]
fn no_order_to_the_crowd_names_a_hazard_and_none_of_a_discreet_one_says_how_to_hide() {
    let plan = plan_file::built_in();
    for hazard in &plan.hazards {
        for (language, words) in hazard.commands.iter().flat_map(Text::iter) {
            for named in plan.hazards.iter().map(|one| one.name.in_lang(language)) {
                assert!(!words.contains(named), "{}: {words}", hazard.id);
            }
            let hides = [
                "锁",
                "别出声",
                "静音",
                "集合",
                "Lock",
                "quiet",
                "silent",
                "ssembl",
            ];
            let said = hides.iter().find(|one| words.contains(**one));
            assert!(!hazard.discreet || said.is_none(), "{}: {words}", hazard.id);
        }
    }
    assert!(plan.hazard("violence").expect("the hazard").discreet);
    let gas = plan.hazard("gas").expect("the hazard");
    assert!(
        gas.no_codes
            && gas.commands[1]
                .in_lang(&Lang::ZH_CN)
                .contains("到楼外再打电话")
    );
}

#[test]
fn replies_admit_nothing() {
    for reply in &plan_file::built_in().replies {
        let (zh, en) = (
            reply.words.in_lang(&Lang::ZH_CN),
            reply.words.in_lang(&Lang::EN),
        );
        for words in ["属实", "我们的错", "没有让您满意", "赔"] {
            assert!(!zh.contains(words), "{}: {zh}", reply.id);
        }
        for words in ["was so", "our fault", "as we should have", "compensat"] {
            assert!(!en.contains(words), "{}: {en}", reply.id);
        }
    }
}
