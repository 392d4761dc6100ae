//! Values that newer style sheets compute: the drawing library knows only finished ones, and
//! takes black for the rest.

use std::collections::HashMap;

/// How often values may stand for values.
const DEEPEST: usize = 8;
/// The most bytes that one value may come to.
const LONGEST: usize = 1024;

/// `text` with the light value for every `light-dark()`, and for every `var()` its value or its
/// fallback. One that has neither stays, and is not understood.
pub(super) fn finished(text: &str) -> String {
    if !text.contains("light-dark(") && !text.contains("var(") {
        return text.to_owned();
    }
    let values = custom(text);
    finish(text, &values, 0)
}

/// The values that names beginning with two hyphens are given; the first, since a later one is
/// that of the dark scheme where there are several.
fn custom(text: &str) -> HashMap<&str, &str> {
    let mut values = HashMap::new();
    for (at, _) in text.match_indices("--") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "-(!<,".contains(c)) {
            continue;
        }
        let rest = &text[at..];
        let Some((name, after)) = rest.split_once(':') else {
            break;
        };
        let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let name = name.trim_end();
        if name.len() > 2 && name.len() < LONGEST && name.chars().all(is_name) {
            let end = after.find([';', '}', '"', '<']).unwrap_or(after.len());
            values.entry(name).or_insert(after[..end].trim());
        }
    }
    values
}

fn finish(text: &str, values: &HashMap<&str, &str>, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, name)) = next(rest) {
        out.push_str(&rest[..at]);
        let call = &rest[at..];
        let Some((arguments, length)) = arguments(&call[name.len()..]) else {
            out.push_str(name);
            rest = &call[name.len()..];
            continue;
        };
        let (first, second) = arguments;
        let value = if name == "var(" {
            values.get(first.trim()).copied().or(second)
        } else {
            Some(first)
        };
        match value {
            Some(value) if depth < DEEPEST && value.len() <= LONGEST => {
                let value = finish(value.trim(), values, depth + 1);
                out.push_str(if value.len() <= LONGEST { &value } else { "" });
            }
            _ => out.push_str(&call[..name.len() + length]),
        }
        rest = &call[name.len() + length..];
    }
    out.push_str(rest);
    out
}

/// Where the next value to compute stands, and what it begins with.
fn next(text: &str) -> Option<(usize, &'static str)> {
    ["light-dark(", "var("]
        .into_iter()
        .filter_map(|name| Some((text.find(name)?, name)))
        .min()
}

/// The first argument, all that follow, and the length up to the closing bracket.
fn arguments(text: &str) -> Option<((&str, Option<&str>), usize)> {
    let (mut open, mut comma) = (0_usize, None);
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' => open += 1,
            ')' if open == 0 => {
                let first = &text[..comma.unwrap_or(at)];
                let second = comma.map(|comma| &text[comma + 1..at]);
                return Some(((first, second), at + 1));
            }
            ')' => open -= 1,
            ',' if open == 0 && comma.is_none() => comma = Some(at),
            // No value reaches beyond its declaration.
            '<' | '{' | '}' => return None,
            _ => {}
        }
    }
    None
}
