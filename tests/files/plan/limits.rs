//! The longest text for each place.

use lobby_kiosk::config::fault::Problem;

use super::{edited, faults_of, one};

#[test]
fn every_place_has_its_limit() {
    let long = |limit, length| Problem::TooLong { limit, length };
    let (zh, en) = (|count| "长".repeat(count), |count| "e".repeat(count));
    let step = |key: &str| format!("incident[1].step[3].{key}");
    for (from, to, key, problem) in [
        ("叫保安", zh(15), step("command.zh_CN"), long(14, 15)),
        ("Call security", en(41), step("command.en"), long(40, 41)),
        ("请先冷静", zh(33), step("say.zh_CN"), long(32, 33)),
        ("Do not blame", en(71), step("never_say.en"), long(70, 71)),
        ("如有人动手", zh(13), step("condition.zh_CN"), long(12, 13)),
        (
            "Police arrived",
            en(19),
            "incident[1].note[1].name.en".into(),
            long(18, 19),
        ),
        (
            "On-site help",
            en(25),
            "incident[1].public_name.en".into(),
            long(24, 25),
        ),
        (
            "Physical conflict",
            en(25),
            "incident[1].name.en".into(),
            long(24, 25),
        ),
        (
            "争吵、推搡、辱骂",
            zh(41),
            "incident[1].cue.zh_CN".into(),
            long(40, 41),
        ),
        (
            "肢体\\n",
            format!("{}\\n", zh(6)),
            "incident[1].button.zh_CN".into(),
            long(5, 6),
        ),
        ("已解决", zh(8), "outcome[1].name.zh_CN".into(), long(7, 8)),
        (
            "Not needed",
            en(21),
            "skip_reason[1].name.en".into(),
            long(20, 21),
        ),
        (
            "无人接听",
            zh(8),
            "cannot_reason[1].name.zh_CN".into(),
            long(7, 8),
        ),
        (
            "Settled otherwise",
            en(21),
            "waive_reason[1].name.en".into(),
            long(20, 21),
        ),
        (
            "Safety first",
            en(21),
            "principle[1].name.en".into(),
            long(20, 21),
        ),
        ("客户冲突", zh(7), "class[1].name.zh_CN".into(), long(6, 7)),
        (
            "= \"Security",
            format!("= \"{}", en(25)),
            "role[1].name.en".into(),
            long(24, 25),
        ),
        (
            "需要控制现场时",
            zh(31),
            "role[1].when.zh_CN".into(),
            long(30, 31),
        ),
    ] {
        one(from, &to, &to, &key, problem);
    }
    for (place, key, problem) in [
        (
            format!("ask = {{ zh_CN = \"{}\", en = \"e\" }}", zh(17)),
            "role[3].ask.zh_CN",
            long(16, 17),
        ),
        (
            format!("ask = [{{ zh_CN = \"长\", en = \"{}\" }}]", en(49)),
            "role[3].ask[1].en",
            long(48, 49),
        ),
    ] {
        one(
            "public = true",
            &format!("public = true\n{place}"),
            &place,
            key,
            problem,
        );
    }
    for (zh_words, en_words, key, problem) in [
        (zh(21), en(54), "zh_CN", long(20, 21)),
        (
            format!("{0}\\n{0}\\n{0}", zh(20)),
            en(55),
            "en",
            long(54, 55),
        ),
    ] {
        let notice = format!("notice = {{ zh_CN = \"{zh_words}\", en = \"{en_words}\" }}");
        let to = format!("principles = [\"safety\"]\n{notice}");
        let key = format!("incident[1].notice.{key}");
        one("principles = [\"safety\"]", &to, "notice", &key, problem);
    }
    let lines = Problem::TooManyLines { limit: 3, count: 4 };
    one(
        "Physical\\nconflict",
        "a\\nb\\nc\\nd",
        "a\\nb",
        "incident[1].button.en",
        lines,
    );
    let at_the_limit = edited("Call security", &en(40));
    assert_eq!(faults_of(&at_the_limit), []);
}
