//! A branch's own plan that still holds a sentence which was corrected since.

use std::fs;

use lobby_kiosk::config::fault::{Fault, Problem};
use lobby_kiosk::config::file::Access;
use lobby_kiosk::config::plan_file::{self, BUILT_IN};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::faults;

use super::line_of;

/// The built-in plan of an earlier version, as a branch may have copied it.
const OLD: &str = include_str!("../../fixtures/plan-2026-11-23.toml");
/// Who breathes but does not respond was left on the back.
const ON_THE_BACK: &str = "除非原地有危险，不移动患者；呼吸一有异常，立即做心肺复苏。";

fn old() -> (lobby_kiosk::domain::plan::Plan, Vec<Fault>) {
    let (plan, found) = plan_file::checked("plan.toml", OLD).expect("an old plan has no fault");
    let (form, corrections): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|one| one.problem == Problem::OldForm);
    assert_eq!(form.len(), 1, "what changed is said once");
    (plan, corrections)
}

fn ids(found: &[Fault]) -> Vec<&str> {
    let ids = found.iter().map(|one| match &one.problem {
        Problem::Corrected(one) => one.id.as_str(),
        other => panic!("{other:?}"),
    });
    ids.collect()
}

#[test]
fn an_old_plan_loads_and_each_old_sentence_is_named() {
    let (plan, found) = old();
    assert_eq!(plan.incidents.len(), 17);
    assert!(found.len() > 40, "{}", found.len());
    let named = ids(&found);
    for id in [
        "illness-recovery-position",
        "illness-120-first",
        "fire-119-at-once",
        "weapon-run-first",
        "gas-phone-outside",
        "violence-hiding-not-public",
        "mediation-not-refused",
        "reply-admits-nothing",
    ] {
        assert!(named.contains(&id), "{id}");
    }
    assert!(plan_file::parse("plan.toml", OLD).is_ok());
}

#[test]
fn with_its_line_its_key_the_difference_and_the_reason() {
    let (_, found) = old();
    let one = found
        .iter()
        .find(|one| one.line == Some(line_of(OLD, ON_THE_BACK)))
        .expect("the recovery position");
    assert_eq!(one.key, "incident[13].step[6].detail");
    let said = faults::fault(&Lang::ZH_CN, one);
    for words in ["illness-recovery-position", ON_THE_BACK, "嘴角朝下", "侧卧"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let english = faults::fault(&Lang::EN, one);
    assert!(
        english.contains("Don't move them") && english.contains("Mouth low"),
        "{english}"
    );
}

#[test]
fn the_built_in_plan_holds_every_new_sentence_and_no_old_one() {
    let whole = plan_file::checked("plan.toml", BUILT_IN).expect("no fault");
    assert_eq!(whole.1, [], "read as a branch's own");
    let (_, found) = old();
    for one in &found {
        let Problem::Corrected(one) = &one.problem else {
            panic!("{one:?}");
        };
        for (language, words) in one.new.iter() {
            let written = words.replace('"', "\\\"");
            assert!(
                BUILT_IN.contains(&written),
                "{} {language}: {words}",
                one.id
            );
        }
    }
}

#[test]
fn in_the_data_directory_it_is_in_force_with_its_old_sentences_named() {
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("plan.toml"), OLD).expect("written");
    let (plan, found) = crate::plan_of(dir.path(), Access::Keep);
    assert!(
        plan.incident("sudden-illness")
            .expect("it")
            .step("stay")
            .is_some()
    );
    assert_eq!(found.len(), old().1.len() + 1, "and that its form is old");
    // A slip in the editor: the copy goes on speaking, though it holds old sentences.
    fs::write(
        dir.path().join("plan.toml"),
        OLD.replacen("revision", "revison", 1),
    )
    .expect("it");
    let (plan, found) = crate::plan_of(dir.path(), Access::Keep);
    assert!(
        plan.incident("sudden-illness")
            .expect("it")
            .step("stay")
            .is_some()
    );
    assert!(
        found.iter().any(|one| !one.problem.is_advice()),
        "the slip is named"
    );
}

#[test]
fn a_file_that_repeats_one_without_end_is_told_so_often_and_no_more() {
    let step = OLD
        .split("[[incident.step]]")
        .find(|one| one.contains(ON_THE_BACK))
        .expect("it");
    let many: String = (0..300)
        .map(|n| {
            format!(
                "[[incident.step]]{}",
                step.replace("\"stay\"", &format!("\"stay-{n}\""))
            )
        })
        .collect();
    let text = OLD.replacen(&format!("[[incident.step]]{step}"), &many, 1);
    let found = plan_file::checked("plan.toml", &text).expect_err("too many steps");
    assert!(found.iter().all(|one| !one.problem.is_advice()));
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("plan.toml"), &text).expect("written");
    let (_, found) = plan_file::own(dir.path()).expect("its own");
    assert_eq!(
        found.iter().filter(|one| one.problem.is_advice()).count(),
        100
    );
}

#[test]
fn its_hazards_keep_from_the_public_what_they_must_all_the_same() {
    let (plan, _) = old();
    let violence = plan.hazard("violence").expect("the hazard");
    assert!(violence.discreet && violence.withholds_codes());
    let public: Vec<&str> = violence
        .commands
        .iter()
        .map(|one| one.in_lang(&Lang::ZH_CN))
        .collect();
    assert!(public.iter().all(|one| !one.contains('锁')), "{public:?}");
    assert!(
        violence
            .staff_commands
            .iter()
            .any(|one| one.in_lang(&Lang::ZH_CN).contains("锁门")),
        "the branch's own orders stay with the staff"
    );
    assert_eq!(violence.open_name().in_lang(&Lang::ZH_CN), "紧急撤离");
    assert!(plan.hazard("gas").expect("the hazard").no_codes);
    let own = OLD.replace("id = \"violence\"", "id = \"knife\"");
    let (plan, _) = plan_file::checked("plan.toml", &own).expect("no fault");
    assert!(
        plan.hazard("knife").expect("it").discreet,
        "as its guide is"
    );
}

#[test]
fn its_police_are_told_the_event() {
    let (plan, _) = old();
    let words = plan
        .incident("malicious-complaint")
        .and_then(|one| one.police_words.clone());
    assert_eq!(
        words.expect("taken over").in_lang(&Lang::ZH_CN),
        "有人威胁闹事"
    );
}
