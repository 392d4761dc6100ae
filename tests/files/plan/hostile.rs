//! Whatever stands in a plan's file, reading it neither panics nor takes for ever.

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::faults;

use super::SMALL;

/// A small generator of numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }
}

/// Reads and words everything; what it says matters less than that it says it.
fn survive(text: &str) {
    let lines = text.split('\n').count();
    if let Err(found) = plan_file::parse("p.toml", text) {
        assert!(!found.is_empty());
        for fault in &found {
            assert!(
                fault.line.is_none_or(|line| (1..=lines).contains(&line)),
                "{fault:?}"
            );
            assert!(!faults::fault(&Lang::ZH_CN, fault).contains('\n'));
        }
    }
}

const PIECES: [&str; 24] = [
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r",
    "\\",
    "\0",
    "\u{feff}",
    "长",
    "1e999",
    "2026-99-99",
    "[[incident.step]]\n",
    "a.b.c = 1\n",
];

#[test]
fn mutated() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..400 {
        let mut chars: Vec<char> = SMALL.chars().collect();
        for _ in 0..=numbers.below(6) {
            let at = numbers.below(chars.len());
            match numbers.below(4) {
                0 => {
                    chars.remove(at);
                }
                1 => {
                    let end = (at + numbers.below(200)).min(chars.len());
                    chars.drain(at..end);
                }
                2 => {
                    let piece = PIECES[numbers.below(PIECES.len())];
                    chars.splice(at..at, piece.chars());
                }
                _ => {
                    let other = numbers.below(chars.len());
                    chars.swap(at, other);
                }
            }
        }
        survive(&chars.into_iter().collect::<String>());
    }
}

#[test]
fn truncated() {
    for (end, _) in SMALL.char_indices().step_by(37) {
        survive(&SMALL[..end]);
        survive(&SMALL[end..]);
    }
}

#[test]
fn made_of_nothing_but_pieces() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2000 {
        let count = numbers.below(40);
        let text: String = (0..count)
            .map(|_| PIECES[numbers.below(PIECES.len())])
            .collect();
        survive(&text);
    }
}

#[test]
fn deep_long_and_repeated() {
    survive(&"[".repeat(20_000));
    survive(&format!("a = {}", "[".repeat(20_000)));
    survive(&format!("a = {}", "{a=".repeat(20_000)));
    survive(&format!("{} = 1", ["a"; 5000].join(".")));
    survive(&"[[incident]]\n".repeat(5000));
    survive(&"x\n".repeat(20_000));
    survive(&"a = [\n".repeat(5000));
    survive(&format!("a = \"{}\"", "长".repeat(100_000)));
}
