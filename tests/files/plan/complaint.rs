//! Replies to a complaint and its settlements: what they say, and what can be wrong with them.

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;

use super::{SMALL, edited, faults_of, line_of, only};

const MORE: &str = r#"
[[reply]]
id = "thanks"
name = { zh_CN = "谢谢", en = "Thanks" }
words = { zh_CN = "谢谢您的意见。", en = "Thank you for writing." }

[[settlement]]
id = "over"
name = { zh_CN = "办结", en = "Over" }
"#;

/// One edit of the plan with both makes one fault, on the last line that holds `mark`.
fn case(from: &str, to: &str, mark: &str, key: &str, problem: Problem) {
    assert!(MORE.contains(from), "there is no {from:?}");
    let text = SMALL.to_owned() + &MORE.replacen(from, to, 1);
    only(&text, line_of(&text, mark), key, problem);
}

#[test]
fn what_is_said_is_read() {
    let plan = plan_file::parse("", &(SMALL.to_owned() + MORE)).expect("no fault");
    let [thanks] = plan.replies.as_slice() else {
        panic!("{:?}", plan.replies);
    };
    assert_eq!(thanks.name.in_lang(&Lang::ZH_CN), "谢谢");
    assert_eq!(thanks.words.in_lang(&Lang::EN), "Thank you for writing.");
    assert_eq!(plan.reply("thanks"), Some(thanks));
    let [over] = plan.settlements.as_slice() else {
        panic!("{:?}", plan.settlements);
    };
    assert_eq!(over.name.in_lang(&Lang::EN), "Over");
    assert_eq!(plan.settlement("over"), Some(over));
    assert_eq!(plan.reply("over"), None);
}

#[test]
fn what_is_wrong_is_named() {
    let words = "words = { zh_CN = \"谢谢您的意见。\", en = \"Thank you for writing.\" }\n";
    let key = "reply[1].words";
    case(words, "", "[[reply]]", key, Problem::Missing);
    for (from, to, key, limit) in [
        ("谢谢\"", "长".repeat(8) + "\"", "reply[1].name.zh_CN", 7),
        (
            "\"Thanks",
            format!("\"{}", "e".repeat(23)),
            "reply[1].name.en",
            22,
        ),
        (
            "谢谢您的意见。",
            "长".repeat(91),
            "reply[1].words.zh_CN",
            90,
        ),
        (
            "Thank you for writing.",
            "e".repeat(241),
            "reply[1].words.en",
            240,
        ),
        ("办结", "长".repeat(10), "settlement[1].name.zh_CN", 9),
        ("Over", "e".repeat(31), "settlement[1].name.en", 30),
    ] {
        let length = limit + 1;
        case(from, &to, &to, key, Problem::TooLong { limit, length });
    }
    let broken = Problem::BadCharacter { code: 10 };
    let to = "Thank you\\nfor writing.";
    case(
        "Thank you for writing.",
        to,
        to,
        "reply[1].words.en",
        broken,
    );
}

#[test]
fn as_many_as_the_screen_holds() {
    let replies = |count| -> String {
        let one = |n| {
            format!(
                "[[reply]]\nid = \"r{n}\"\nname = {{ zh_CN = \"名\", en = \"Name\" }}\n\
                 words = {{ zh_CN = \"话\", en = \"Words\" }}\n"
            )
        };
        (0..count).map(one).collect()
    };
    let settlements = |count| -> String {
        let one = |n| {
            format!("[[settlement]]\nid = \"s{n}\"\nname = {{ zh_CN = \"名\", en = \"Name\" }}\n")
        };
        (0..count).map(one).collect()
    };
    let with = |more: String| format!("{SMALL}\n{more}");
    let count = |count| Problem::Count {
        least: 1,
        most: 8,
        count,
    };
    assert_eq!(faults_of(&with(replies(8) + &settlements(8))), []);
    only(&with(replies(9)), 1, "reply", count(9));
    only(&with(settlements(9)), 1, "settlement", count(9));
    for key in ["reply", "settlement"] {
        let list = format!("{key} = []");
        let text = edited("languages", &format!("{list}\nlanguages"));
        only(&text, line_of(&text, &list), key, Problem::Empty);
    }
}
