//! The catalogue: every message of the sources is translated, and nothing else is in it.

mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PO: &str = "locales/zh_CN/LC_MESSAGES/lobby-kiosk.po";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `dir` with this extension.
fn files(dir: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
}

/// Every message of the sources with a place where it is used.
fn messages() -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for (dir, extension) in [("src", "rs"), ("ui", "slint")] {
        let mut found = Vec::new();
        files(&root().join(dir), extension, &mut found);
        assert!(!found.is_empty(), "no sources in {dir}");
        for path in found {
            let text = fs::read_to_string(&path).expect("UTF-8");
            let name = path
                .strip_prefix(root())
                .expect("below")
                .display()
                .to_string();
            let calls = match extension {
                "rs" => scan::rust(&text),
                _ => scan::slint(&text),
            };
            for call in calls {
                let place = format!("{name}:{}", call.line);
                match call.message {
                    Some(message) => {
                        messages.entry(message).or_insert(place);
                    }
                    // The catalogue's own functions pass on what they are given.
                    None if name == "src/i18n/mod.rs" => {}
                    // A file that only words things may choose the message first: then all of
                    // its texts of more than a sign are messages.
                    None if name.starts_with("src/i18n/") => {
                        for one in scan::texts(&text) {
                            let message = one.message.unwrap_or_default();
                            if message.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                                messages
                                    .entry(message)
                                    .or_insert(format!("{name}:{}", one.line));
                            }
                        }
                    }
                    None => panic!("{place}: write the message where it is translated"),
                }
            }
        }
    }
    messages
}

/// The catalogue: message and translation.
fn catalogue() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(PO)).expect("the catalogue");
    let file = rspolib::pofile(text.as_str()).expect("it parses");
    let mut all = BTreeMap::new();
    for entry in file.entries.iter().filter(|entry| !entry.obsolete) {
        assert!(!entry.fuzzy(), "fuzzy: {}", entry.msgid);
        let words = entry.msgstr.clone().unwrap_or_default();
        let before = all.insert(entry.msgid.clone(), words);
        assert_eq!(before, None, "twice: {}", entry.msgid);
    }
    all
}

#[test]
fn every_message_is_translated() {
    let catalogue = catalogue();
    let missing: Vec<String> = messages()
        .into_iter()
        .filter(|(message, _)| {
            catalogue
                .get(message)
                .is_none_or(|words| words.trim().is_empty())
        })
        .map(|(message, place)| format!("{place}: {message}"))
        .collect();
    assert!(
        missing.is_empty(),
        "without translation:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_translation_has_a_message() {
    let messages = messages();
    let orphans: Vec<String> = catalogue()
        .into_keys()
        .filter(|message| !message.is_empty() && !messages.contains_key(message))
        .collect();
    assert!(
        orphans.is_empty(),
        "no longer used:\n{}",
        orphans.join("\n")
    );
}

/// The placeholders in `words`, each with how often it stands there.
fn placeholders(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_once('{') {
        if let Some((name, _)) = after.split_once('}')
            && name.chars().all(|c| c.is_ascii_alphanumeric())
        {
            found.push(name.to_owned());
        }
        rest = after;
    }
    found.sort();
    found
}

#[test]
fn every_translation_has_the_placeholders_of_its_message() {
    for (message, words) in catalogue() {
        assert_eq!(placeholders(&message), placeholders(&words), "{message}");
    }
}

#[test]
fn the_scanner_sees_what_it_should() {
    let rust = r##"
        /// tr(lang, "in a comment")
        fn tr(lang: &str, message: &str) {} // tr(lang, "behind code")
        let a = tr(lang, "one");
        let b = i18n::tr_with(&lang(a, "x"), "two \"quoted\" {}", &[b]);
        let c = tr(
            lang,
            r#"three "raw""#,
        );
        let d = "tr(lang, \"in a text\")"; let e = '"'; let f: &'static str = str(lang, "no");
        let g = tr(lang, "four \
                          goes on");
        let h = tr(lang, message);
    "##;
    let found: Vec<Option<String>> = scan::rust(rust)
        .into_iter()
        .map(|call| call.message)
        .collect();
    let some = |words: &str| Some(words.to_owned());
    let expected = [
        some("one"),
        some("two \"quoted\" {}"),
        some("three \"raw\""),
        some("four goes on"),
        None,
    ];
    assert_eq!(found, expected);

    let slint = r#"
        // @tr("in a comment")
        text: @tr("one") + @tr("context" => "two {}", x);
        /* @tr("in another") */ label: @tr( "three" | "threes" % n );
    "#;
    let found: BTreeSet<Option<String>> = scan::slint(slint)
        .into_iter()
        .map(|call| call.message)
        .collect();
    assert_eq!(found, [some("one"), some("two {}"), some("three")].into());
}
