//! Which characters the program draws, and that nothing which somebody wrote vanishes: on the
//! screen, on paper and on the floor plan.

use lobby_kiosk::fonts::{self, lacks};
use skrifa::{FontRef, MetadataProvider};
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

use crate::kiosk::{BASELINE, Kiosk};

/// The General Standard Chinese list (通用规范汉字表, 2013), from `kTGH` in Unicode's Unihan database.
const STANDARD: &str = include_str!("../fixtures/general-standard-chinese.txt");
/// Signs that people put into addresses, exits and notices.
const SIGNS: &str = "−–—‑·…①②⑩→←↑↓↗↘⬅➡⇒№℃‰㎡§¶°′″×÷±≈≤≥√∞∶★☆●○■□▲△▼◆◇♀♂☎☏⚠✓✔✗✘☑☐♿⚡\
     ½¼²³€£¥©®™《》〈〉「」『』【】〔〕（）［］｛｝，。、；：？！“”‘’～￥％＃＠＆＊＋－＝／＼｜Ⅰ Ⅻ㈠ⅰÀéñüßŁžΩλπЖя";
/// A word of each script that customers may write in, with the script's name.
const SCRIPTS: [(&str, &str); 6] = [
    ("Uyghur", "ئۇيغۇرچە ياردەم"),
    ("Tibetan", "བོད་སྐད་རོགས་རམ"),
    ("Mongolian", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ"),
    ("Yi", "ꆈꌠꉙ"),
    ("Korean", "도와주세요"),
    ("Thai", "ช่วยด้วย"),
];
/// An emoji, a hieroglyph, a rare ideograph, a character for private use, one not assigned yet.
const UNKNOWN: [&str; 5] = ["🫠", "𓀀", "𠀂", "\u{e000}", "\u{3fff0}"];

#[test]
fn the_standard_list_is_covered_whole() {
    let characters: Vec<char> = STANDARD.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(characters.len(), 8_105);
    let missing: String = characters.into_iter().filter(|c| lacks(*c)).collect();
    assert_eq!(missing, "");
}

#[test]
fn usual_signs_and_the_scripts_of_china_are_covered() {
    let missing: String = SIGNS.chars().filter(|c| lacks(*c)).collect();
    assert_eq!(missing, "");
    for (script, word) in SCRIPTS {
        let missing: String = word.chars().filter(|c| lacks(*c)).collect();
        assert_eq!(missing, "", "{script}");
    }
}

#[test]
fn bold_has_the_same_characters_as_regular() {
    let all = |font| -> Vec<u32> {
        let charmap = FontRef::new(font).unwrap().charmap();
        charmap.mappings().map(|(c, _)| c).collect()
    };
    assert_eq!(all(fonts::REGULAR), all(fonts::BOLD));
}

#[test]
fn the_other_typefaces_take_at_most_five_megabytes() {
    let bytes: usize = fonts::OTHERS.iter().map(|font| font.len()).sum();
    assert!(bytes <= 5_000_000, "{bytes}");
}

#[test]
fn what_leaves_no_ink_is_no_lack() {
    for c in [
        ' ', '\u{3000}', '\n', '\u{200b}', '\u{200d}', '\u{fe0f}', '\u{301}',
    ] {
        assert!(!lacks(c), "{c:?}");
    }
    assert_eq!(fonts::drawable("A🫠\u{fe0f}岸"), "A□\u{fe0f}岸");
}

/// The board, headed by a branch of this name.
fn board_of(name: &str) -> SharedPixelBuffer<Rgba8Pixel> {
    let (_dir, kiosk) = Kiosk::of(&format!("[branch]\nname = \"{name}\"\n"));
    kiosk.resize(BASELINE);
    kiosk.window().window().take_snapshot().unwrap()
}

/// Pixels that differ between two pictures.
fn different(one: &SharedPixelBuffer<Rgba8Pixel>, two: &SharedPixelBuffer<Rgba8Pixel>) -> usize {
    let pairs = one.as_slice().iter().zip(two.as_slice());
    pairs.filter(|(one, two)| one != two).count()
}

#[test]
fn every_character_of_a_name_leaves_ink_on_the_screen() {
    let blank = board_of("一　一");
    let boxed = board_of("一\u{e000}一");
    assert!(different(&blank, &boxed) > 60, "a box is seen");
    for unknown in UNKNOWN {
        let drawn = board_of(&format!("一{unknown}一"));
        assert_eq!(different(&boxed, &drawn), 0, "{unknown:?} is a box");
    }
    let known = STANDARD.chars().filter(|c| *c >= '\u{20000}').take(3);
    let known = known
        .map(String::from)
        .chain(["−".to_owned(), "☎".to_owned()]);
    for c in known.chain(SCRIPTS.map(|(_, word)| word.to_owned())) {
        let drawn = board_of(&format!("一{c}一"));
        assert!(different(&blank, &drawn) > 10, "{c} is drawn");
        assert!(different(&boxed, &drawn) > 10, "{c} is no box");
    }
}
