//! Telephone numbers as people write them: what each is read as and what a telephone dials.

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::domain::dial;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::phone::{self, Unreadable};
use lobby_kiosk::i18n::{faults, number};

use super::{load, one, with};

/// What is written, how it is shown, what is dialled.
const FORMS: &[(&str, &str, &str)] = &[
    // As it has always been written; such a number stays as it is.
    ("110", "110", "110"),
    ("021-55550001", "021-55550001", "02155550001"),
    ("021 5555 0001", "021 5555 0001", "02155550001"),
    ("021-5555-0001", "021-5555-0001", "02155550001"),
    ("0571-8888 7777", "0571-8888 7777", "057188887777"),
    ("0570-888-7777", "0570-888-7777", "05708887777"),
    ("5555-0001", "5555-0001", "55550001"),
    ("139 0000 0000", "139 0000 0000", "13900000000"),
    ("95598", "95598", "95598"),
    ("12110 021", "12110 021", "12110021"),
    (
        "021-55550001转8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001 ext. 8001",
        "021-55550001 ext. 8001",
        "02155550001,8001",
    ),
    ("12345678,9", "12345678,9", "12345678,9"),
    ("+86 21-5555 0001", "+86 21-5555 0001", "+862155550001"),
    ("+1 415-555-0001", "+1 415-555-0001", "+14155550001"),
    // An extension behind a further hyphen.
    (
        "021-55550001-8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-5555-0001-8001",
        "021-5555-0001转8001",
        "02155550001,8001",
    ),
    ("021-55550001-2", "021-55550001转2", "02155550001,2"),
    (
        "0571-88887777-801",
        "0571-88887777转801",
        "057188887777,801",
    ),
    ("0570-8887777-801", "0570-8887777转801", "05708887777,801"),
    ("55550001-8001", "55550001转8001", "55550001,8001"),
    ("5550001-8001", "5550001转8001", "5550001,8001"),
    ("400-820-0000-2", "400-820-0000转2", "4008200000,2"),
    ("4008200000—12", "4008200000转12", "4008200000,12"),
    ("95511-8", "95511转8", "95511,8"),
    ("13900000000-8001", "13900000000转8001", "13900000000,8001"),
    (
        "+86 21-55550001-8001",
        "+86 21-55550001转8001",
        "+862155550001,8001",
    ),
    (
        "021-55550001（8001）",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    // Words and signs before an extension.
    (
        "021-55550001分机8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001 分机号：8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001轉8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001转分机8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001（转8001）",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001转8001分机",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001#8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001＃8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001 extension 8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001 EXT:8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001, ext 8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    (
        "021-55550001，8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    ("400-820-0000转2", "400-820-0000转2", "4008200000,2"),
    (
        "021-55550001 转 ８００１",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    // Full-width signs, brackets, and dashes, dots and spaces of every sort.
    ("０２１－５５５５０００１", "021-55550001", "02155550001"),
    ("１１０", "110", "110"),
    ("021－55550001", "021-55550001", "02155550001"),
    ("(021)55550001", "021-55550001", "02155550001"),
    ("（021）55550001", "021-55550001", "02155550001"),
    (
        "（021） 5555 0001－8001",
        "021-5555 0001转8001",
        "02155550001,8001",
    ),
    ("5555·0001", "5555 0001", "55550001"),
    ("021.5555.0001", "021 5555 0001", "02155550001"),
    ("021-5555–0001", "021-5555-0001", "02155550001"),
    ("021‒5555−0001", "021-5555-0001", "02155550001"),
    ("021‑55550001", "021-55550001", "02155550001"),
    ("021\u{a0}55550001", "021 55550001", "02155550001"),
    ("021\u{3000}55550001", "021 55550001", "02155550001"),
    (
        "021\u{202f}5555\u{2009}0001",
        "021 5555 0001",
        "02155550001",
    ),
    // The country code before an area code with its 0, or without a plus.
    ("+86 021-5555 0001", "021-5555 0001", "02155550001"),
    ("+86 (0)21 5555 0001", "021 5555 0001", "02155550001"),
    ("+86 (021) 5555 0001", "021-5555 0001", "02155550001"),
    ("＋86－021－55550001", "021-55550001", "02155550001"),
    (
        "+86 (0755) 88887777-801",
        "0755-88887777转801",
        "075588887777,801",
    ),
    ("86-21-55550001", "021-55550001", "02155550001"),
    (
        "86-021-55550001-8001",
        "021-55550001转8001",
        "02155550001,8001",
    ),
    ("（86）10-55550001", "010-55550001", "01055550001"),
    ("0086 21 5555 0001", "021 5555 0001", "02155550001"),
    ("0086-139-0000-0000", "139-0000-0000", "13900000000"),
    ("8613900000000", "13900000000", "13900000000"),
    ("+86 13900000000", "+86 13900000000", "+8613900000000"),
    // The 0 in brackets that is dialled within the other country alone.
    ("+44 (0)20 7946 0000", "+44 20 7946 0000", "+442079460000"),
    ("+44(0)20 7946 0000", "+44 20 7946 0000", "+442079460000"),
    ("＋44（0）20 7946 0000", "+44 20 7946 0000", "+442079460000"),
    ("+49 (0) 30 123456", "+49 30 123456", "+4930123456"),
    ("+49-(0)30-123456", "+49 30-123456", "+4930123456"),
    (
        "0044 (0)20 7946 0000",
        "0044 20 7946 0000",
        "00442079460000",
    ),
    ("5888 1234-6001", "5888 1234转6001", "58881234,6001"),
    ("588 1234-6", "588 1234转6", "5881234,6"),
    ("86 400-820-0000", "400-820-0000", "4008200000"),
    // A local number in groups that no country code begins, and its extension.
    ("555-0001", "555-0001", "5550001"),
    ("555-0001-8001", "555-0001转8001", "5550001,8001"),
    ("555-0001 ext 8001", "555-0001 ext 8001", "5550001,8001"),
    ("(555)0001-8001", "555-0001转8001", "5550001,8001"),
    ("628-5000－6001", "628-5000转6001", "6285000,6001"),
    ("777-1234-80", "777-1234转80", "7771234,80"),
    ("555 0001-8001", "555 0001转8001", "5550001,8001"),
];

#[test]
fn a_number_abroad_without_its_plus_is_not_cut_off_at_an_extension() {
    for written in [
        "852-2345-6789",
        "852 2345-6789",
        "(852) 2345-6789",
        "886-2-2345-6789",
        "44-20-7946-0000",
        "81-3-1234-5678",
        "221-3456-7890",
        "853-2888-1234",
    ] {
        let read = phone::read(written);
        assert!(
            matches!(read, Err(phone::Unreadable::Abroad { .. })),
            "{written}: {read:?}"
        );
    }
    let read = phone::read("+852-2345-6789").expect("a number");
    assert_eq!(
        (read.dialled().as_str(), read.extension),
        ("+85223456789", None)
    );
}

#[test]
fn what_people_write_is_read_and_dialled() {
    for (written, shown, dialled) in FORMS {
        let reading = phone::read(written).unwrap_or_else(|e| panic!("{written}: {e:?}"));
        assert_eq!(reading.shown, *shown, "{written}");
        let tel = dial::tel(written).unwrap_or_default();
        assert_eq!(tel, format!("tel:{dialled}"), "{written}");
        // What is shown reads as itself, so that a number can be written back into the file.
        let again = phone::read(shown).expect("a number");
        assert_eq!(
            (&again.shown, again.dialled()),
            (&reading.shown, reading.dialled())
        );
        assert_eq!(dial::tel(shown), dial::tel(written), "{written}");
        assert!(phone::is_same(written, shown), "{written}");
    }
}

#[test]
fn numbers_that_reach_the_same_telephone_are_the_same() {
    for other in ["+86 21 5555 0001", "（021）55550001", "0086-021-5555-0001"] {
        assert!(phone::is_same("021-55550001", other), "{other}");
    }
    assert!(phone::is_same("+86 13900000000", "139 0000 0000"));
    assert!(phone::is_same("+86 400 820 0000", "400-820-0000"));
    assert!(!phone::is_same("021-55550001", "021-55550001-8001"));
    assert!(!phone::is_same("+1 415 555 0001", "415 555 0001"));
}

#[test]
fn what_cannot_be_dialled_is_refused_at_its_place() {
    let several = |sign, place| Unreadable::Several { sign, place };
    let sign = |sign, place| Unreadable::Character { sign, place };
    let long = |place| Unreadable::TooLong { place };
    for (written, expected) in [
        ("021-55550001/55550002", several('/', 13)),
        ("110、021-55550110", several('、', 4)),
        ("110,119", several(',', 4)),
        ("021-55550001，021-55550002", several('，', 13)),
        ("021-55550001；55550002", several('；', 13)),
        ("021-55550001或55550002", several('或', 13)),
        ("021-55550001转8001/8002", several('/', 18)),
        ("电话：021-55550001", sign('电', 1)),
        ("021-5555000l", sign('l', 12)),
        ("021-5555O001", sign('O', 9)),
        ("021~55550001", sign('~', 4)),
        ("+86+21", sign('+', 4)),
        ("+021-55550001", sign('0', 2)),
        ("021-55550001转8001转2", sign('转', 18)),
        ("021-5555\u{200b}0001", sign('\u{200b}', 9)),
        ("021-55550001 55550002", long(14)),
        ("021-55550001-55550002", long(14)),
        ("021-55550001 8001", long(14)),
        ("021-55550001-8001-2", long(14)),
        ("021-555500011", long(13)),
        ("139000000001", long(12)),
        ("110-021", long(5)),
        ("021-55550001转123456789", long(22)),
        ("021-55550001转", Unreadable::TooShort),
        ("12", Unreadable::TooShort),
        ("", Unreadable::TooShort),
    ] {
        assert_eq!(phone::read(written), Err(expected), "{written}");
        assert_eq!(dial::tel(written), None, "{written}");
    }
}

#[test]
fn a_refusal_names_the_character_and_what_to_write() {
    let say = |lang, number: &str| {
        let number = number.to_owned();
        faults::problem(lang, &Problem::BadNumber { number })
    };
    assert_eq!(
        say(&Lang::EN, "110、021-55550110"),
        "“110、021-55550110” is more than one number, with “、” (U+3001, character 4) between them; write one of them, or under [contacts] a list: [\"021-12345678\", \"021-87654321\"]"
    );
    assert_eq!(
        say(&Lang::ZH_CN, "021-5555O001"),
        "“021-5555O001”不是电话号码；请用数字、空格和连字符填写，例如 021-12345678转123，并去掉第 9 个字符“O”（U+004F）"
    );
    assert!(say(&Lang::ZH_CN, "021-555500011").contains("从第 13 个字符起位数过多"));
}

#[test]
fn the_settings_hold_what_was_understood_and_say_so() {
    let text = "[contacts]\nsecurity = [\"021-55550001-8001\",\n\"021-5555 0001\"]\n\
                supervisor = { number = \"+86 021-5555 0001\" }\n\
                [complaint]\nphone = \"（021）55550001－2\"\nfax = \"０２１－５５５５０００３\"\n";
    let loaded = load(&with(text));
    assert_eq!(loaded.faults, []);
    let settings = loaded.settings;
    assert_eq!(
        settings.contacts["security"][0].number,
        "021-55550001转8001"
    );
    assert_eq!(settings.contacts["security"][1].number, "021-5555 0001");
    assert_eq!(settings.contacts["supervisor"][0].number, "021-5555 0001");
    assert_eq!(settings.complaint.phone.as_deref(), Some("021-55550001转2"));
    assert_eq!(settings.complaint.fax.as_deref(), Some("021-55550003"));
    let said: Vec<String> = settings
        .readings
        .iter()
        .map(|one| number::read_as(&Lang::EN, one))
        .collect();
    let expected = [
        "line 2, contacts.security[1]: “021-55550001-8001” was read as 021-55550001 ext 8001",
        "line 4, contacts.supervisor.number: “+86 021-5555 0001” was read as 021-5555 0001",
        "line 6, complaint.phone: “（021）55550001－2” was read as 021-55550001 ext 2",
        "line 7, complaint.fax: “０２１－５５５５０００３” was read as 021-55550003",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_list_in_one_text_is_refused_with_its_line() {
    for number in ["021-55550001/55550002", "110、021-55550110"] {
        let problem = Problem::BadNumber {
            number: number.to_owned(),
        };
        let text = format!("[contacts]\nsecurity = \"{number}\"\n");
        one(&text, 2, "contacts.security", problem.clone());
        let text = format!("[complaint]\nphone = \"{number}\"\n");
        one(&text, 2, "complaint.phone", problem);
    }
}
