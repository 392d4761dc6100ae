//! The way out as text, read back by a decoder that is not the encoder's.

use lobby_kiosk::config::settings::Branch;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::way_out::{CODE_BYTES, codes};
use lobby_kiosk::qr::{MOST_BYTES, Medium, encode};

use super::{LANGS, assert_no_blank, branch};
use crate::decoded::drawn;

/// The texts for the way out, found sound.
fn way_out(lang: &Lang, branch: &Branch, numbers: &[(&str, &str)]) -> Vec<String> {
    let texts = codes(lang, branch, numbers);
    assert!((1..=2).contains(&texts.len()), "{texts:?}");
    for (at, text) in texts.iter().enumerate() {
        assert_no_blank(text);
        assert!(
            text.len() <= CODE_BYTES && text.len() <= MOST_BYTES,
            "{text}"
        );
        let matrix = encode(text, Medium::Screen).unwrap();
        assert!(matrix.width() <= 53, "{}", matrix.width());
        assert_eq!(&drawn(&matrix, 3), text);
        let title = text.lines().next().unwrap();
        let mark = format!(" {}/2", at + 1);
        assert_eq!(title.ends_with(&mark), texts.len() == 2, "{text}");
        assert!(text.lines().count() > 1, "nothing but a title: {text}");
    }
    let whole = texts.join("\n");
    for number in ["110", "119", "120"] {
        assert!(whole.contains(number), "{whole}");
    }
    assert!(
        whole.contains("楼梯") || whole.contains("stairs"),
        "{whole}"
    );
    texts
}

#[test]
fn the_way_out_of_an_ordinary_branch_is_one_text() {
    let branch = Branch {
        exits: vec!["东侧楼梯".into(), "南门".into()],
        assembly_point: Some("广场北侧旗杆".to_owned()),
        ..branch(1)
    };
    assert_eq!(
        way_out(&Lang::ZH_CN, &branch, &[]),
        [
            "疏散指引 · 华夏证券人民路营业部\n听指挥，走楼梯，不乘电梯\n\
          出口：东侧楼梯；南门\n集合点：广场北侧旗杆\n报警110 火警119 急救120\u{3000}"
        ]
    );
}

#[test]
fn where_nothing_is_set_the_way_out_says_what_always_holds() {
    let blank = Branch {
        name: Some(" ".to_owned()),
        exits: vec!["".into()],
        assembly_point: Some("。".to_owned()),
        ..Branch::default()
    };
    for branch in [Branch::default(), blank] {
        for (lang, exit, open) in [
            (&Lang::ZH_CN, "绿色安全出口标志", "空旷处"),
            (&Lang::EN, "green exit signs", "in the open"),
        ] {
            let texts = way_out(lang, &branch, &[]);
            assert_eq!(texts.len(), 1);
            assert!(
                texts[0].contains(exit) && texts[0].contains(open),
                "{texts:?}"
            );
        }
    }
}

#[test]
fn the_way_out_is_never_more_than_two_texts() {
    let numbers: Vec<(&str, &str)> = vec![("安保人员", "021-12345678转8012"); 6];
    for lang in LANGS {
        for name in [0, 30, 100] {
            for exits in [0, 1, 4, 10] {
                for length in [1, 25, 100] {
                    let branch = Branch {
                        name: (name > 0).then(|| "名".repeat(name)),
                        exits: (0..exits)
                            .map(|at| format!("{at}{}", "口".repeat(length - 1)).as_str().into())
                            .collect(),
                        assembly_point: Some(format!("点{}", "集".repeat(length - 1))),
                        ..Branch::default()
                    };
                    for given in [0, 6] {
                        let texts = way_out(lang, &branch, &numbers[..given]);
                        let whole = texts.join("\n");
                        assert!(exits == 0 || whole.contains('0'), "{whole}");
                        assert!(whole.contains('点'), "{whole}");
                    }
                }
            }
        }
    }
}

#[test]
fn further_numbers_go_first_and_then_the_last_exits() {
    let exits = (0..10)
        .map(|at| format!("{at}{}", "口".repeat(99)).as_str().into())
        .collect();
    let branch = Branch {
        exits,
        assembly_point: Some("点".repeat(100)),
        ..branch(1)
    };
    let whole = way_out(&Lang::ZH_CN, &branch, &[("安保", "8012")]).join("\n");
    assert!(
        whole.contains("出口：0口") && whole.contains("口…"),
        "{whole}"
    );
    assert!(!whole.contains("9口") && !whole.contains("安保"), "{whole}");
    assert!(
        whole.contains("集合点：点点") && whole.contains("点…"),
        "{whole}"
    );

    let few = Branch {
        exits: vec!["南门".into()],
        ..Branch::default()
    };
    let numbers = [("报警", "110"), ("安保", "021-12345678转8012")];
    let whole = way_out(&Lang::ZH_CN, &few, &numbers).concat();
    assert!(whole.contains("安保 021-12345678转8012"), "{whole}");
    assert_eq!(whole.matches("110").count(), 1, "{whole}");
}
