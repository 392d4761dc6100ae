//! Nothing fails in silence, and what is written for a diagnosis names nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|one| one == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The lints that forbid it, with what they are asked of.
const LINTS: [&str; 3] = [
    "clippy::allow_attributes_without_reason",
    "clippy::let_underscore_must_use",
    "clippy::unused_result_ok",
];

#[test]
fn the_compiler_asks_why_whatever_is_silent_may_be() {
    let all = fs::read_to_string("src/lib.rs").unwrap();
    let warned = all.split("#![warn(").skip(1);
    let warned: String = warned.map(|one| one.split(")]").next().unwrap()).collect();
    for lint in LINTS {
        assert!(warned.contains(lint), "{lint}");
    }
}

#[test]
fn nothing_is_silent_without_a_reason_beside_it() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        // What the compiler of the screens makes has its reason there.
        let own = if path == Path::new("src/lib.rs") {
            text.split("mod screens").next().unwrap()
        } else {
            &text
        };
        for attribute in own.split("#[").chain(own.split("#![")).skip(1) {
            let attribute = attribute.split(")]").next().unwrap();
            let loosens = attribute.starts_with("allow(") || attribute.starts_with("expect(");
            let silent = LINTS.iter().any(|lint| attribute.contains(lint));
            let reason = attribute.split("reason = \"").nth(1).unwrap_or_default();
            if loosens && silent && reason.trim_end_matches(['"', ',']).trim().len() < 10 {
                faults.push(format!("{}: {attribute}", path.display()));
            }
        }
        // Each reason is for one place, or for one function that is named for it.
        for line in own.lines().filter(|line| line.contains("#![allow(clippy")) {
            faults.push(format!("{}: {line}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The fields that a line for a diagnosis may have: numbers, kinds, names of the program's own, and
/// an error's own words. Whoever adds one asks whether somebody's name could stand in it.
const FIELDS: [&str; 29] = [
    "by_ms",
    "carried",
    "count",
    "data",
    "disk",
    "entries",
    "error",
    "faults",
    "file",
    "helper",
    "job",
    "kind",
    "line",
    "ms",
    "pending",
    "pid",
    "place",
    "plan",
    "plan_changed",
    "program",
    "restarts",
    "served",
    "settings_changed",
    "signal",
    "thread",
    "trouble",
    "version",
    "what",
    "words",
];

/// The arguments of every line for a diagnosis in a source, without what they are given.
fn lines(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["trace", "debug", "info", "warn", "error"] {
        for (at, called) in source.match_indices(&format!("{name}!(")) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &source[at + called.len()..];
            let (mut depth, mut quoted) = (1, false);
            let end = rest.char_indices().find(|(at, c)| {
                match c {
                    '"' if !rest[..*at].ends_with('\\') => quoted = !quoted,
                    '(' if !quoted => depth += 1,
                    ')' if !quoted => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            found.push(rest[..end.unwrap().0].to_owned());
        }
    }
    found
}

/// The arguments, each by itself.
fn arguments(of: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut last) = (0, false, ' ');
    let mut all = vec![String::new()];
    for c in of.chars() {
        match c {
            '"' if last != '\\' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        last = c;
        if c == ',' && depth == 0 && !quoted {
            all.push(String::new());
        } else if let Some(one) = all.last_mut() {
            one.push(c);
        }
    }
    let all = all.into_iter().map(|one| one.trim().to_owned());
    all.filter(|one| !one.is_empty()).collect()
}

#[test]
fn what_a_diagnosis_is_told_is_in_english_and_has_no_field_for_a_person() {
    let mut used = BTreeSet::new();
    for (path, source) in sources() {
        for line in lines(&source) {
            let place = format!("{}: {line}", path.display());
            let mut arguments = arguments(&line);
            let words = arguments.pop().unwrap_or_default();
            // Words that are always the same: what differs is a field.
            let text = words
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            let text = text.unwrap_or_else(|| panic!("no plain words: {place}"));
            assert!(text.is_ascii() && !text.contains('{'), "{place}");
            for argument in arguments {
                let name = argument.split('=').next().unwrap().trim();
                let name = name.trim_start_matches(['%', '?']).to_owned();
                assert!(FIELDS.contains(&name.as_str()), "{name} in {place}");
                used.insert(name);
            }
        }
    }
    assert!(used.len() > 10, "{used:?}");
    for field in FIELDS {
        assert!(used.contains(field), "{field} is in use nowhere");
    }
}

#[test]
fn lines_are_found_as_they_are_written() {
    let source = r#"
        warn!(%error, count = of(1, 2), "it failed, (so)");
        eprintln!("no line");
        my_error!(number);
    "#;
    assert_eq!(
        lines(source),
        ["%error, count = of(1, 2), \"it failed, (so)\""]
    );
    let found = arguments(&lines(source)[0]);
    assert_eq!(found, ["%error", "count = of(1, 2)", "\"it failed, (so)\""]);
}
