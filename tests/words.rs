//! What the program says about its journal is said in every language.

use lobby_kiosk::i18n::tr;

/// Every string in the two sources of words is a message, but for what joins them.
#[test]
fn every_word_of_journal_and_records_is_translated() {
    let mut checked = 0;
    for source in [
        include_str!("../src/i18n/journal.rs"),
        include_str!("../src/i18n/records.rs"),
    ] {
        let code: String = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let mut rest = code.as_str();
        while let Some(open) = rest.find('"') {
            let mut end = open + 1;
            while !rest[end..].starts_with('"') {
                end += if rest[end..].starts_with('\\') { 2 } else { 1 };
                while !rest.is_char_boundary(end) {
                    end += 1;
                }
            }
            let message = rest[open + 1..end].replace("\\\"", "\"");
            rest = &rest[end + 1..];
            if message.is_empty() || message == "{found}\\n{remedy}" {
                continue;
            }
            assert_ne!(tr("zh_CN", &message), message);
            let holes = |words: &str| words.matches('{').count();
            assert_eq!(holes(tr("zh_CN", &message)), holes(&message), "{message}");
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked}");
}
