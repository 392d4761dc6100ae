//! What is dialled, read aloud and texted, and the way out as text: with every gap a branch's
//! settings can have, and with values of every length.

mod way_out;

use chrono::{DateTime, TimeZone, Utc};
use lobby_kiosk::config::settings::Branch;
use lobby_kiosk::domain::dial;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Group, Role, Text};
use lobby_kiosk::i18n::calls::{Call, Occurrence, SMS_BYTES, script, sms};

const LANGS: [&Lang; 2] = [&Lang::ZH_CN, &Lang::EN];

/// Every kind of role that is worded differently, and one of each group.
const ROLES: [(&str, Group, bool); 11] = [
    ("police", Group::Now, false),
    ("police-sms", Group::Now, false),
    ("fire-brigade", Group::Now, false),
    ("ambulance", Group::Now, false),
    ("traffic-police", Group::Now, false),
    ("coast-guard", Group::Now, false),
    ("security", Group::People, false),
    ("supervisor", Group::People, true),
    ("it", Group::People, false),
    ("police-station", Group::Partners, false),
    ("regulator", Group::Regulator, false),
];

fn role((id, group, report): (&str, Group, bool)) -> Role {
    Role {
        id: id.to_owned(),
        name: Text::default(),
        when: Text::default(),
        number: None,
        public: false,
        group,
        ask: Vec::new(),
        report,
        next: None,
    }
}

/// A branch with the values whose bit is set.
fn branch(bits: u32) -> Branch {
    let value = |bit: u32, words: &str| (bits & (1 << bit) != 0).then(|| words.to_owned());
    Branch {
        name: value(0, "华夏证券人民路营业部"),
        address: value(1, "上海市浦东新区人民路100号。"),
        floor: value(2, "3楼"),
        entrance: value(3, "南门"),
        landmark: value(4, "人民广场地铁站"),
        ..Branch::default()
    }
}

fn full() -> Branch {
    branch(0b1_1111)
}

fn fire() -> Text {
    Text::new([(Lang::ZH_CN, "火灾"), (Lang::EN, "Fire")])
}

/// 15:42 in Shanghai.
fn started() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

fn call<'a>(branch: &'a Branch, role: &'a Role, name: Option<&'a Text>) -> Call<'a> {
    Call {
        branch,
        role,
        incident: Some(Occurrence {
            name,
            police_words: None,
            known: None,
            started: started(),
        }),
        so_far: &[],
    }
}

/// Nothing that a reader would stumble over.
fn assert_no_blank(words: &str) {
    // A code's text may end with the space that tells decoders what it is.
    let words = words.strip_suffix('\u{3000}').unwrap_or(words);
    assert_eq!(words.trim(), words, "{words:?}");
    assert!(!words.is_empty());
    for bad in [
        "，，", "，。", "：。", "：，", "。。", "、、", "；；", "；。", "()", "（）", "「」", "“”",
        "  ", " .", " ,", "..", ",.", ": .", ":.", "；\n", "; \n", "\n\n", "：\n", ": \n", "{",
        "}", "在。", "从进", "有。", "at .",
    ] {
        assert!(!words.contains(bad), "{bad:?} in {words:?}");
    }
    assert!(
        !words.ends_with(['：', ':', '，', ',', '；', ';']),
        "{words:?}"
    );
}

/// Every branch with every subset of the values, every role, every kind of incident.
fn every_call(mut check: impl FnMut(&Lang, &Call<'_>, u32)) {
    let fire = fire();
    for bits in 0..32 {
        let branch = branch(bits);
        for role in ROLES.map(role) {
            for lang in LANGS {
                check(lang, &call(&branch, &role, Some(&fire)), bits);
                check(lang, &call(&branch, &role, None), bits);
                let quiet = Call {
                    branch: &branch,
                    role: &role,
                    incident: None,
                    so_far: &[],
                };
                check(lang, &quiet, bits);
            }
        }
    }
}

#[test]
fn what_is_known_is_said_in_place_of_the_request_to_say_it() {
    let (branch, fire) = (branch(0), fire());
    let known = ["没有呼吸".to_owned(), "已接通急救中心".to_owned()];
    for role in ROLES.map(role) {
        let without = call(&branch, &role, Some(&fire));
        let with = Call {
            so_far: &known,
            ..without
        };
        let words = script(&Lang::ZH_CN, &with);
        let said = words
            .iter()
            .filter(|line| line.contains("没有呼吸，已接通"));
        assert_eq!(said.count(), 1, "{}: {words:?}", role.id);
        assert!(!words.join("").contains("已经做了什么"), "{words:?}");
        let asked = script(&Lang::ZH_CN, &without)
            .join("")
            .contains("已经做了什么");
        assert_eq!(asked, role.report, "{}", role.id);
        assert_no_blank(&words.join("\n"));
    }
}

#[test]
fn a_number_becomes_what_a_phone_dials() {
    for (written, dialled) in [
        ("110", "tel:110"),
        ("021-12345678转8012", "tel:02112345678,8012"),
        ("021 1234 5678 ext. 8012", "tel:02112345678,8012"),
        ("+86 21-1234 5678", "tel:+862112345678"),
        (" 95598 ", "tel:95598"),
    ] {
        assert_eq!(dial::tel(written).as_deref(), Some(dialled), "{written}");
    }
    for written in ["", "12", "call me", "021-12345678转", "12+345", "110;x"] {
        assert_eq!(dial::tel(written), None, "{written}");
        assert_eq!(dial::sms(written, "text"), None, "{written}");
    }
}

#[test]
fn a_text_message_goes_to_a_number_on_one_line() {
    assert_eq!(
        dial::sms("12110 021", "地址：人民路\r\n100号\n\n3楼\n").as_deref(),
        Some("SMSTO:12110021:地址：人民路 100号 3楼\u{3000}")
    );
    assert_eq!(dial::sms("021-12345678转8012", "text"), None);
}

#[test]
fn a_script_says_place_event_and_wish_in_this_order() {
    let (branch, fire) = (full(), fire());
    let brigade = role(ROLES[2]);
    assert_eq!(
        script(&Lang::ZH_CN, &call(&branch, &brigade, Some(&fire))),
        [
            "这里是华夏证券人民路营业部，地址是上海市浦东新区人民路100号。",
            "大堂：3楼。请从南门进。附近有人民广场地铁站。",
            "15:42，这里发生火灾。",
            "请马上派消防车，有人在门口引路。",
        ]
    );
    assert_eq!(
        script(&Lang::EN, &call(&branch, &brigade, Some(&fire))),
        [
            "This is 华夏证券人民路营业部, at 上海市浦东新区人民路100号.",
            "Floor: 3楼. Use this entrance: 南门. Nearby: 人民广场地铁站.",
            "Fire here since 15:42.",
            "Please send the fire brigade now. Someone will show you the way in.",
        ]
    );
}

#[test]
fn a_script_has_three_to_five_lines_without_any_blank() {
    every_call(|lang, call, bits| {
        let lines = script(lang, call);
        assert!((3..=5).contains(&lines.len()), "{lines:?}");
        for line in &lines {
            assert_no_blank(line);
            let most = if *lang == Lang::ZH_CN { 40 } else { 110 };
            assert!(line.chars().count() <= most, "{line}");
        }
        let told = lines.concat();
        for (bit, value) in ["人民路营业部", "100号", "3楼", "南门", "地铁站"]
            .into_iter()
            .enumerate()
        {
            assert_eq!(told.contains(value), bits & (1 << bit) != 0, "{told}");
        }
        assert_eq!(
            told.contains("门牌") || told.contains("door plate"),
            bits & 0b10 == 0,
            "{told}"
        );
        assert_eq!(told.contains("15:42"), call.incident.is_some(), "{told}");
    });
}

#[test]
fn a_name_that_bystanders_must_not_hear_is_not_in_the_script() {
    let (branch, fire) = (full(), fire());
    for role in ROLES.map(role) {
        let aloud = script(&Lang::ZH_CN, &call(&branch, &role, Some(&fire))).concat();
        let quiet = script(&Lang::ZH_CN, &call(&branch, &role, None)).concat();
        assert!(aloud.contains("火灾"), "{aloud}");
        assert!(
            !quiet.contains("火灾") && quiet.contains("说清发生了什么"),
            "{quiet}"
        );
    }
}

#[test]
fn each_role_is_asked_for_what_it_gives() {
    let branch = full();
    let said = |id: &str| {
        let found = ROLES.into_iter().find(|(one, ..)| *one == id).unwrap();
        script(&Lang::ZH_CN, &call(&branch, &role(found), None)).concat()
    };
    assert!(said("ambulance").contains("救护车") && said("ambulance").contains("别挂电话"));
    assert!(said("police").contains("派警察") && !said("police").contains("挂电话"));
    assert!(said("traffic-police").contains("交警"));
    let report = said("supervisor");
    assert!(report.contains("受伤") && report.contains("做了什么") && report.contains("需要"));
    assert!(!said("it").contains("受伤"), "a plain request");
}

#[test]
fn the_time_is_the_one_on_the_branchs_wall() {
    let branch = Branch {
        time_zone: chrono_tz::Tz::Asia__Urumqi,
        ..full()
    };
    let lines = script(&Lang::ZH_CN, &call(&branch, &role(ROLES[0]), None));
    assert!(lines.concat().contains("13:42"), "{lines:?}");
}

#[test]
fn a_text_message_holds_the_same_facts_in_few_bytes() {
    every_call(|lang, call, bits| {
        let message = sms(lang, call);
        assert_no_blank(&message);
        assert!(message.len() <= SMS_BYTES, "{} {message}", message.len());
        let payload = dial::sms("12110 021", &message).unwrap();
        assert!(payload.len() <= 180, "{payload}");
        let most_important = match bits & 0b11 {
            0b00 => ["证券营业部", "securities branch"],
            0b01 => ["华夏证券人民路营业部"; 2],
            _ => ["上海市浦东新区人民路100号"; 2],
        };
        assert!(
            most_important.iter().any(|one| message.contains(one)),
            "{message}"
        );
    });
}

#[test]
fn the_police_are_texted_in_chinese_that_one_cannot_talk() {
    let fire = fire();
    every_call(|lang, call, _| {
        let message = sms(lang, call);
        let police = call.role.id.starts_with("police");
        assert_eq!(message.contains("不能出声"), police, "{message}");
        if police {
            assert_eq!(message, sms(&Lang::ZH_CN, call));
        }
    });
    let branch = branch(0b00010);
    assert_eq!(
        sms(&Lang::EN, &call(&branch, &role(ROLES[1]), Some(&fire))),
        "不能出声，请派警察，勿回电。地址：上海市浦东新区人民路100号。15:42，这里发生火灾。"
    );
}

#[test]
fn the_least_important_is_left_out_of_a_text_message_first() {
    let (fire, police) = (fire(), role(ROLES[1]));
    let with = |length: usize| {
        let branch = Branch {
            address: Some("路".repeat(length)),
            ..full()
        };
        sms(&Lang::ZH_CN, &call(&branch, &police, Some(&fire)))
    };
    let order = ["火灾", "3楼", "人民路营业部", "南门", "地铁站"];
    for length in 1..=100 {
        let message = with(length);
        assert_no_blank(&message);
        assert!(message.len() <= SMS_BYTES, "{message}");
        let there: Vec<bool> = order.iter().map(|one| message.contains(one)).collect();
        assert!(there.is_sorted_by(|a, b| a >= b), "{message}");
        assert_eq!(
            message.contains('…'),
            !message.contains(&"路".repeat(length))
        );
        assert!(!message.contains('…') || !there[0], "{message}");
    }
    assert!(with(2).contains("人民路营业部"));
    assert!(with(100).ends_with("路路…。"), "{}", with(100));
    assert!(with(100).len() > SMS_BYTES - 3);
}

#[test]
fn an_endless_branch_name_without_an_address_is_shortened_too() {
    let branch = Branch {
        name: Some("名".repeat(100)),
        ..Branch::default()
    };
    for lang in LANGS {
        for role in ROLES.map(role) {
            let message = sms(lang, &call(&branch, &role, None));
            assert!(message.len() <= SMS_BYTES && message.contains("名名…"));
        }
    }
}

#[test]
fn chinese_cannot_be_taken_for_japanese() {
    // As Shift-JIS half-width katakana and two-byte characters these bytes would pass.
    let text = "广场北侧旗杆";
    let marked = dial::unmistakable(text);
    assert_eq!(marked.trim_end(), text);
    for at in 0..3 {
        // Whichever byte a reader of Shift-JIS starts with, it meets one that cannot stand there.
        assert!(!is_shift_jis(&marked.as_bytes()[at..]), "from byte {at}");
    }
    assert!(is_shift_jis(text.as_bytes()), "or else this proves nothing");
    assert_eq!(dial::unmistakable("tel:110"), "tel:110");
}

/// Whether the bytes have the shape of Shift-JIS (JIS X 0201, JIS X 0208).
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        let sound = match byte {
            0x00..=0x7f | 0xa1..=0xdf => true,
            0x81..=0x9f | 0xe0..=0xfc => {
                matches!(rest.next(), Some(0x40..=0x7e | 0x80..=0xfc))
            }
            _ => false,
        };
        if !sound {
            return false;
        }
    }
    true
}

#[test]
fn the_police_are_told_the_event_and_not_our_name_for_it() {
    let plan = lobby_kiosk::config::plan_file::built_in();
    let branch = Branch {
        address: Some("人民路188号".to_owned()),
        ..Branch::default()
    };
    let kind = plan.incident("malicious-complaint").unwrap();
    for (role, told) in [
        ("police", true),
        ("police-sms", true),
        ("police-station", true),
        ("security", false),
    ] {
        let role = plan.role(role).unwrap();
        let call = Call {
            branch: &branch,
            role,
            incident: Some(Occurrence {
                name: Some(&kind.name),
                police_words: kind.police_words.as_ref(),
                known: None,
                started: started(),
            }),
            so_far: &[],
        };
        for words in [
            sms(&Lang::ZH_CN, &call),
            script(&Lang::ZH_CN, &call).join(""),
        ] {
            assert_eq!(words.contains("有人威胁闹事"), told, "{}: {words}", role.id);
            assert_eq!(words.contains("恶意投诉"), !told, "{}: {words}", role.id);
        }
        let hidden = Call {
            incident: Some(Occurrence {
                name: None,
                police_words: kind.police_words.as_ref(),
                known: None,
                started: started(),
            }),
            ..call
        };
        let words = script(&Lang::ZH_CN, &hidden).join("");
        assert!(
            !words.contains("威胁"),
            "not in bystanders' hearing: {words}"
        );
    }
}
