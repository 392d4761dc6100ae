//! Guides as somebody who is alone walks them: what may be left out, what is reworded, and that something
//! is left to do on every way.

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::config::limits::TextSlot;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::plan::Alone;

use super::{ANSWERS, edited, faults_of, line_of, one, only};

/// What stands between a step's id and its clause.
fn with(step: &str, more: &str) -> (String, String) {
    let from = format!("  id = \"{step}\"\n");
    (from.clone(), format!("{from}  {more}\n"))
}

const SKIP: &str = "alone = \"skip\"";

/// The small plan, whose first step asks, with `more` said of other steps.
fn asking(more: &[(&str, &str)]) -> String {
    let detail = "  detail = { zh_CN = \"细节\", en = \"A detail\" }\n";
    let mut text = edited(detail, &format!("{detail}{ANSWERS}"));
    for (step, more) in more {
        let (from, to) = with(step, more);
        assert!(text.contains(&from), "{from:?}");
        text = text.replacen(&from, &to, 1);
    }
    text
}

#[test]
fn a_step_may_be_left_out_or_read_otherwise() {
    let (from, to) = with("separate", SKIP);
    let plan = plan_file::parse("p.toml", &edited(&from, &to)).expect("sound");
    assert_eq!(plan.incidents[0].steps[1].alone, Alone::LeftOut);
    assert_eq!(plan.incidents[0].steps[0].alone, Alone::Same);
}

#[test]
fn who_is_alone_leaves_out_no_question_no_follow_up_and_nothing_that_saves_a_life() {
    let text = asking(&[("look", SKIP)]);
    let key = "incident[1].step[1].alone";
    only(&text, line_of(&text, SKIP), key, Problem::AloneSkips);

    let (from, to) = with("save-footage", SKIP);
    let key = "incident[1].step[5].alone";
    one(&from, &to, SKIP, key, Problem::AloneSkips);

    let text = edited(
        "  within = 300\n",
        &format!("  within = 60\n  vital = true\n  {SKIP}\n"),
    );
    let key = "incident[1].step[3].alone";
    only(&text, line_of(&text, SKIP), key, Problem::AloneSkips);
}

#[test]
fn something_is_left_to_do_for_who_is_alone() {
    let heading = line_of(&edited("", ""), "id = \"physical-conflict\"") - 1;
    let every = ["look", "separate", "call", "report"].map(|step| with(step, SKIP));
    let mut text = edited("", "");
    for (from, to) in &every {
        text = text.replacen(from, to, 1);
    }
    let nothing = Problem::NothingAlone { answer: None };
    only(&text, heading, "incident[1].step", nothing);
    // One that is reworded is something to do.
    let words = "alone = { command = { zh_CN = \"喊人\", en = \"Call out\" }, detail = { zh_CN = \"细节\", en = \"A detail\" } }";
    let (from, to) = (
        format!("  id = \"report\"\n  {SKIP}\n"),
        format!("  id = \"report\"\n  {words}\n"),
    );
    assert_eq!(faults_of(&text.replacen(&from, &to, 1)), []);
}

#[test]
fn an_answer_after_which_who_is_alone_does_nothing_is_named() {
    // A question alone does nothing.
    let text = asking(&[
        ("separate", SKIP),
        ("call", SKIP),
        ("report", "only = \"blows\""),
        ("look", "within = 60"),
    ]);
    let problems: Vec<_> = faults_of(&text)
        .into_iter()
        .map(|one| one.problem)
        .collect();
    let alone = |answer: &str| Problem::NothingAlone {
        answer: Some(answer.to_owned()),
    };
    let few = |answer: &str| Problem::WayStepCount {
        answer: answer.to_owned(),
        least: 5,
        most: 9,
        count: 4,
    };
    assert_eq!(
        problems,
        [
            few("words"),
            few("unknown"),
            alone("words"),
            alone("unknown")
        ]
    );
}

#[test]
fn an_answer_after_which_nobody_does_anything_is_named() {
    let late = "\n  [[incident.step]]\n  id = \"late-NTH\"\n  clause = \"added\"\n  within = 86400\n  command = { zh_CN = \"再做\", en = \"More\" }\n  detail = { zh_CN = \"细节\", en = \"A detail\" }\n";
    let late: String = (1..=3)
        .map(|nth| late.replace("NTH", &nth.to_string()))
        .collect();
    let mut text = asking(&[
        ("separate", "only = \"blows\""),
        ("call", "only = \"blows\""),
        ("report", "only = \"blows\""),
    ]);
    let last = "\n[[incident]]\nid = \"fire\"";
    text = text.replacen(last, &format!("{late}{last}"), 1);
    // Five steps on the way of words, of which the first asks and the others come afterwards.
    let nothing = |answer: &str| Problem::NothingOnTheWay {
        answer: answer.to_owned(),
    };
    let problems: Vec<_> = faults_of(&text)
        .into_iter()
        .map(|one| one.problem)
        .collect();
    assert_eq!(problems, [nothing("words"), nothing("unknown")]);
}

#[test]
fn what_who_is_alone_reads_fits_like_anything_else() {
    let slots = [
        ("command", TextSlot::Command),
        ("detail", TextSlot::Detail),
        ("say", TextSlot::Say),
    ];
    for (key, slot) in slots {
        let most = slot.limit("zh_CN").characters;
        let said = |key_now: &str| {
            if key_now == key {
                "字".repeat(most + 1)
            } else {
                "字".to_owned()
            }
        };
        let words = |key: &str| format!("{key} = {{ zh_CN = \"{}\", en = \"Word\" }}", said(key));
        let all: Vec<String> = ["command", "detail", "say"].map(words).into();
        let alone = format!("alone = {{ {} }}", all.join(", "));
        let (from, to) = with("separate", &alone);
        let faults = faults_of(&edited(&from, &to));
        let [fault] = &faults[..] else {
            panic!("{key}: {faults:?}");
        };
        assert_eq!(fault.key, format!("incident[1].step[2].alone.{key}.zh_CN"));
        assert!(
            matches!(fault.problem, Problem::TooLong { .. }),
            "{fault:?}"
        );
    }
}
