//! Every code that the product shows, read back from pictures of its screens by two decoders that
//! are not the encoder's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A branch with Chinese in everything that codes carry.
const BRANCH: &str = r#"
[branch]
name = "人民路证券营业部"
address = "浦东新区人民路188号"
floor = "一楼"
entrance = "南门"
landmark = "地铁站3号口"
exits = ["东侧楼梯 East stairs", "南门 South door"]
assembly_point = "广场北侧旗杆"
key_holder = "安保室"
power_shutoff = "一楼东侧配电间"
site_hazards = "二楼机房 UPS 电池"
area_code = "021"
[complaint]
phone = "021-58881234转6"
[contacts]
security = { number = "021-58886110", public = true }
supervisor = "13800138000"
branch-head = "+86 139 0013 9000"
it = "021-58886120转8012"
"#;

/// Arguments of a picture, and how each of its codes begins.
const PICTURES: [(&[&str], &[&str]); 14] = [
    (&["codes"], &["tel:02158881234,6", "疏散指引|Way out"]),
    (&["posted"], &["tel:02158881234,6", "疏散指引|Way out"]),
    (&["notice", "--incident", "fire"], &["疏散指引|Way out"]),
    (
        &["notice", "--incident", "earthquake"],
        &["疏散指引|Way out"],
    ),
    (&["call", "--contact", "ambulance"], &["tel:120"]),
    (
        &["call", "--contact", "police"],
        &["tel:110", "SMSTO:12110021:"],
    ),
    (&["call", "--contact", "police-sms"], &["SMSTO:12110021:"]),
    (
        &["call", "--contact", "supervisor", "--incident", "power-cut"],
        &["tel:13800138000", "SMSTO:13800138000:"],
    ),
    (
        &["call", "--contact", "branch-head", "--incident", "fire"],
        &["tel:+8613900139000", "SMSTO:+8613900139000:"],
    ),
    (&["call", "--contact", "it"], &["tel:02158886120,8012"]),
    (
        &["guide", "--incident", "sudden-illness", "--done", "1"],
        &["tel:120"],
    ),
    (
        &["guide", "--incident", "burst-pipe", "--done", "1"],
        &["tel:02158886110"],
    ),
    (&["role-card"], &["安保|Guard"]),
    (
        &["handover", "--incident", "fire", "--done", "5"],
        &["情况 火灾|What Fire"],
    ),
];

fn shoot(data: &Path, out: &Path, lang: &str, size: &str, words: &[&str]) -> PathBuf {
    let path = out.join(format!("{}-{lang}-{size}.png", words.join("-")));
    let shot = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--data".as_ref(), data.as_os_str()])
        .args(["--lang", lang, "screenshot"])
        .args(words)
        .args(["--size", size, "--at", "2026-11-23T15:42:00+08:00", "--out"])
        .arg(&path)
        .output()
        .unwrap();
    assert!(shot.status.success(), "{shot:?}");
    path
}

/// Every code in a picture, read by `rqrr`.
fn read(path: &Path) -> BTreeSet<String> {
    crate::decoded::in_file(path).into_iter().collect()
}

/// The same, read by `zbarimg`.
fn read_by_zbar(path: &Path) -> BTreeSet<String> {
    let output = Command::new("zbarimg")
        .arg("--quiet")
        .arg(path)
        .output()
        .expect("zbarimg is installed");
    let text = String::from_utf8(output.stdout).unwrap();
    let codes = text.split("QR-Code:").skip(1);
    codes
        .map(|one| one.strip_suffix('\n').unwrap_or(one).to_owned())
        .collect()
}

/// Whether a text begins in one of the ways, parted by `|`; a page number may follow.
fn begins(text: &str, ways: &str) -> bool {
    ways.split('|').any(|way| {
        let start = way.split(' ').next().unwrap_or(way);
        text.starts_with(way) || (way.contains("/2") && text.starts_with(start))
    })
}

fn check(sizes: &[&str], decode: impl Fn(&Path) -> BTreeSet<String>) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), BRANCH).unwrap();
    for lang in ["zh_CN", "en"] {
        for size in sizes {
            for (words, expected) in PICTURES {
                // Upright, the step has the room, and the code is on the card that its number opens.
                let is_upright = *size == "800x1280";
                let expected = if words[0] == "guide" && is_upright {
                    &[]
                } else {
                    expected
                };
                let path = shoot(dir.path(), dir.path(), lang, size, words);
                let found = decode(&path);
                let what = format!("{words:?} in {lang} at {size}: {found:?}");
                for ways in expected {
                    assert!(
                        found.iter().any(|text| begins(text, ways)),
                        "{ways}: {what}"
                    );
                }
                let known = |text: &String| expected.iter().any(|ways| begins(text, ways));
                assert!(found.iter().all(known), "{what}");
                // Both halves of a text in two parts.
                for text in &found {
                    // What rescuers are handed is read close up off a clean screen.
                    let most = if words[0] == "handover" { 284 } else { 190 };
                    assert!(text.len() <= most, "{} bytes: {what}", text.len());
                    let first = text.lines().next().unwrap();
                    if first.ends_with("1/2") {
                        assert!(
                            found
                                .iter()
                                .any(|text| text.lines().next().unwrap().contains("2/2")),
                            "the other half: {what}"
                        );
                    }
                }
                let whole: String = found.into_iter().collect();
                if whole.contains("Way out") || whole.contains("疏散指引") {
                    for part in ["东侧楼梯", "广场北侧旗杆", "110", "021-58886110"] {
                        assert!(whole.contains(part), "{part}: {what}");
                    }
                }
                if whole.contains("SMSTO:12110") {
                    assert!(
                        whole.contains("人民路188号") && whole.contains("不能出声"),
                        "{what}"
                    );
                }
            }
        }
    }
}

#[test]
fn read_from_the_screens() {
    check(&["1280x800", "800x1280"], read);
}

#[test]
#[ignore = "needs zbarimg (Debian: zbar-tools)"]
fn read_from_the_screens_by_another_decoder() {
    check(&["1280x800", "800x1280"], read_by_zbar);
}

#[test]
fn each_of_two_codes_says_which_it_is() {
    let long = "address = \"上海市浦东新区人民路一百八十八号中环国际金融中心大厦西塔楼\"\n\
                floor = \"一楼营业大厅\"\nentrance = \"人民路一侧的南门\"\n\
                exits = [\"东侧消防楼梯 East fire stairs\", \"南门旋转门旁 Door beside the gate\"]\n\
                assembly_point = \"人民广场北侧旗杆下的空地 Flagpole, People's Square\"\n";
    for size in crate::kiosk::SIZES {
        let (_dir, kiosk) = crate::kiosk::Kiosk::of(&format!("[branch]\n{long}"));
        kiosk.resize(size);
        kiosk.tap("incident-fire");
        kiosk.tap("public-notice");
        let marked = || {
            assert!(kiosk.shows("qr-evacuation-2"), "two codes at {size:?}");
            let marks = ["qr-evacuation-mark", "qr-evacuation-2-mark"].map(|id| kiosk.label(id));
            assert_eq!(marks, ["1/2", "2/2"], "{size:?}");
        };
        marked();
        kiosk.tap("evacuate");
        kiosk.tap("confirm-evacuate");
        assert!(!kiosk.shows("qr-evacuation"), "the sign has none");
    }
}
