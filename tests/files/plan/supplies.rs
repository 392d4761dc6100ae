//! What the guides use is among what the branch keeps ready, and nothing is kept that no guide uses.

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Alone, Plan, Text};

/// A thing as the guides name it in Chinese, in English, and the supply that holds it.
const THINGS: [(&str, &str, &str); 30] = [
    ("急救箱", "first-aid kit", "first-aid-kit"),
    ("止血带", "tourniquet", "first-aid-kit"),
    ("手套", "gloves", "first-aid-kit"),
    ("保鲜膜", "film", "first-aid-kit"),
    ("干净的布", "clean cloth", "first-aid-kit"),
    ("灭火器", "extinguisher", "extinguisher"),
    ("应急照明", "emergency lighting", "emergency-lighting"),
    ("手电", "torch", "emergency-lighting"),
    ("对讲机", "radio", "communication"),
    ("固定电话", "landline", "communication"),
    ("AED", "aed", "aed"),
    ("喇叭", "loudhailer", "loudhailer"),
    ("反光背心", "vest", "reflective-vests"),
    ("警戒带", "tape", "cordon-tape"),
    ("警示牌", "signs", "cordon-tape"),
    ("挡水板", "flood boards", "flood-boards"),
    ("沙袋", "sandbags", "flood-boards"),
    ("布条", "cloths", "flood-boards"),
    ("桶", "bucket", "flood-boards"),
    ("屏风", "screen", "privacy-screen"),
    ("停用牌", "out-of-use tag", "out-of-use-tags"),
    ("纸杯", "paper cups", "waiting-supplies"),
    ("充电设备", "chargers", "waiting-supplies"),
    ("冰袋", "cold packs", "cold-packs"),
    ("防滑垫", "mats", "anti-slip"),
    ("融雪剂", "salt", "anti-slip"),
    ("灭火毯", "fire blanket", "fire-blanket"),
    ("报警按钮", "panic button", "panic-button"),
    ("面罩", "hoods", "smoke-hoods"),
    ("公告", "notice", "paper-pack"),
];

/// Everything that the plan tells somebody to do.
fn told(plan: &Plan) -> Vec<&Text> {
    let mut told = Vec::new();
    for step in plan.incidents.iter().flat_map(|kind| &kind.steps) {
        told.extend([&step.command, &step.detail]);
        told.extend(step.say.iter().chain(&step.condition));
        if let Alone::Reads(words) = &step.alone {
            told.extend([&words.command, &words.detail]);
        }
    }
    let sweeps = plan.hazards.iter().flat_map(|hazard| &hazard.sweeps);
    for sweep in plan.sweeps.iter().chain(sweeps) {
        told.extend([&sweep.command, &sweep.detail]);
    }
    told.extend(plan.aids.iter().flat_map(|aid| &aid.lines));
    told.extend(plan.crew.iter().flat_map(|one| &one.card));
    told
}

#[test]
fn whatever_a_guide_uses_is_kept_ready() {
    let plan = plan_file::built_in();
    let told = told(&plan);
    for (thing, in_english, id) in THINGS {
        assert!(
            told.iter()
                .any(|text| text.in_lang(&Lang::ZH_CN).contains(thing)),
            "no guide uses {thing}"
        );
        let supply = plan.supplies.iter().find(|one| one.id == id);
        let supply = supply.unwrap_or_else(|| panic!("no supply {id}"));
        for (lang, thing) in [(Lang::ZH_CN, thing), (Lang::EN, in_english)] {
            let held = [supply.name.in_lang(&lang), supply.ready.in_lang(&lang)].concat();
            let held = if lang == Lang::EN {
                held.to_lowercase()
            } else {
                held
            };
            assert!(held.contains(thing), "{id} holds no {thing}: {held}");
        }
    }
}

#[test]
fn nothing_is_kept_that_no_guide_uses() {
    let plan = plan_file::built_in();
    for supply in &plan.supplies {
        let is_used = THINGS.iter().any(|(_, _, id)| *id == supply.id);
        assert!(is_used, "{} is used by no guide", supply.id);
    }
}
