//! Words that are often written wrongly, in Chinese; the English is checked by codespell in `.ci/run`.

use std::fs;

/// What is often written, and what is right (《现代汉语词典》 and the terms of this field).
const WRONG: [(&str, &str); 29] = [
    ("帐号", "账号"),
    ("帐户", "账户"),
    ("登陆系统", "登录系统"),
    ("登陆密码", "登录密码"),
    ("其它", "其他"),
    ("做为", "作为"),
    ("象素", "像素"),
    ("图象", "图像"),
    ("录象", "录像"),
    ("既使", "即使"),
    ("既便", "即便"),
    ("按装", "安装"),
    ("布署", "部署"),
    ("部暑", "部署"),
    ("撤散", "撤离、疏散"),
    ("防碍", "妨碍"),
    ("妨止", "防止"),
    ("复盖", "覆盖"),
    ("回覆", "回复"),
    ("答覆", "答复"),
    ("急燥", "急躁"),
    ("烦燥", "烦躁"),
    ("渲泄", "宣泄"),
    ("松驰", "松弛"),
    ("脉膊", "脉搏"),
    ("抽蓄", "抽搐"),
    ("震憾", "震撼"),
    ("通迅", "通讯"),
    ("侯补", "候补"),
];

#[test]
fn no_word_is_written_as_it_often_is_by_mistake() {
    let files = [
        "locales/plan.toml",
        "locales/corrections.toml",
        "locales/zh_CN/LC_MESSAGES/lobby-kiosk.po",
        "src/config/settings/kiosk.toml",
        "README.md",
    ];
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            for (wrong, right) in WRONG {
                if line.contains(wrong) {
                    found.push(format!("{file}:{}: {wrong}, not {right}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_two_signs_of_punctuation_follow_each_other_by_mistake() {
    for file in [
        "locales/plan.toml",
        "locales/zh_CN/LC_MESSAGES/lobby-kiosk.po",
    ] {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            for pair in [
                "，，", "。。", "、、", "，。", "。，", "；；", "：：", "的的", "了了",
            ] {
                assert!(!line.contains(pair), "{file}:{}: {pair}", number + 1);
            }
        }
    }
}
