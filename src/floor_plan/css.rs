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
    let plain = without_comments(text);
    let values = custom(&plain);
    finish(text, &values, 0)
}

/// How well a value stands for its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Said of the whole drawing: the last one holds.
    Whole,
    /// Said of a part of it, or for paper or other circumstances.
    Part,
    /// Said for dark screens: holds where there is no other.
    Dark,
}

type Custom<'t> = HashMap<&'t str, (Rank, &'t str)>;

/// The values that names beginning with two hyphens are given.
fn custom(text: &str) -> Custom<'_> {
    let mut values = HashMap::new();
    let mut rest = text;
    while let Some((attributes, after)) = rest.split_once("<style") {
        of_attributes(attributes, &mut values);
        let (sheet, after) = after.split_once("</style").unwrap_or((after, ""));
        of_sheet(
            sheet.split_once('>').map_or("", |(_, rules)| rules),
            &mut values,
        );
        rest = after;
    }
    of_attributes(rest, &mut values);
    values
}

/// `text` without the comments of its style sheets.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        let Some((_, after)) = comment.split_once("*/") else {
            break;
        };
        out.push_str(before);
        rest = after;
    }
    out + rest
}

fn of_attributes<'t>(text: &'t str, values: &mut Custom<'t>) {
    for (at, _) in text.match_indices("--") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c == '"' || c == '\'' || c == ';' || c.is_whitespace()) {
            let end = text[at..].find([';', '"', '\'', '<', '>']);
            declare(
                &text[at..end.map_or(text.len(), |end| at + end)],
                Rank::Part,
                values,
            );
        }
    }
}

fn of_sheet<'t>(sheet: &'t str, values: &mut Custom<'t>) {
    let (mut around, mut start) = (vec![Rank::Whole], 0);
    for (at, c) in sheet.char_indices() {
        let rank = around.last().copied().unwrap_or(Rank::Whole);
        match c {
            '{' => around.push(rank.max(rank_of(&sheet[start..at]))),
            '}' => {
                declare(&sheet[start..at], rank, values);
                around.pop();
            }
            ';' => declare(&sheet[start..at], rank, values),
            _ => continue,
        }
        start = at + 1;
    }
}

/// The rank of what stands under this selector or rule.
fn rank_of(selector: &str) -> Rank {
    let selector = selector
        .to_ascii_lowercase()
        .replace("<![cdata[", "")
        .replace("highlight", "");
    let selector = selector.trim();
    let has = |words: [&str; 2]| words.iter().any(|word| selector.contains(word));
    let (dark, light, not) = (
        has(["dark", "night"]),
        has(["light", "day"]),
        has([":not(", " not "]),
    );
    let for_dark = if not { light } else { dark };
    if for_dark {
        return Rank::Dark;
    }
    let whole = [":root", "svg", "html", "*", ":host"];
    let layer = ["@layer", "@supports"];
    if light
        || layer.iter().any(|rule| selector.starts_with(rule))
        || selector.split(',').any(|one| whole.contains(&one.trim()))
    {
        return Rank::Whole;
    }
    Rank::Part
}

fn declare<'t>(declaration: &'t str, rank: Rank, values: &mut Custom<'t>) {
    let Some((name, value)) = declaration.trim().split_once(':') else {
        return;
    };
    let name = name.trim();
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with("--") || name.len() >= LONGEST || !name.chars().all(is_name) {
        return;
    }
    let value = value.trim().trim_end_matches("!important").trim();
    let better = values
        .get(name)
        .is_none_or(|(before, _)| rank < *before || (rank == *before && rank == Rank::Whole));
    if better {
        values.insert(name, (rank, value));
    }
}

fn finish(text: &str, values: &Custom<'_>, depth: usize) -> String {
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
            values.get(first.trim()).map(|(_, value)| *value).or(second)
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
