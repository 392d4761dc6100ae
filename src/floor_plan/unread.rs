//! What a drawing says that the drawing library does not understand, and leaves out or takes for
//! black without a word.

use std::collections::HashSet;

use resvg::usvg::roxmltree::{Document, Node};

use crate::config::fault::Problem;

/// The most of it that is named.
const MOST_NAMED: usize = 12;
/// The most letters of a rule or name that are repeated.
const LONGEST: usize = 40;
/// Properties that decide whether something is seen, and how.
const PROPERTIES: [&str; 18] = [
    "fill",
    "stroke",
    "color",
    "stop-color",
    "stroke-width",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "display",
    "visibility",
    "font-size",
    "transform",
    "x",
    "y",
    "width",
    "height",
    "clip-path",
    "mask",
];
/// What computes a value in newer style sheets. `oklch`, `oklab` and `lch` end like others.
const COMPUTED: [&str; 12] = [
    "lab(",
    "lch(",
    "color(",
    "color-mix(",
    "light-dark(",
    "contrast-color(",
    "var(",
    "env(",
    "attr(",
    "calc(",
    "min(",
    "max(",
];
/// Selectors that are passed over together with their whole rule.
const SELECTORS: [&str; 4] = [":is(", ":where(", ":has(", ":not("];
/// Elements of a page that are no words.
const PAGE: [&str; 7] = ["img", "svg", "canvas", "video", "iframe", "object", "input"];

/// Each such thing once, with its line.
pub(super) fn of(document: &Document<'_>) -> Vec<(Option<usize>, Problem)> {
    let ids: HashSet<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let mut found = Found {
        document,
        ids,
        named: Vec::new(),
    };
    let mut end_of_page = 0;
    for node in document.descendants() {
        if found.named.len() >= MOST_NAMED {
            break;
        }
        if node.pi().is_some_and(|one| one.target == "xml-stylesheet") {
            found.name(node, "xml-stylesheet");
        }
        if node.is_element() && node.range().start < end_of_page {
            found.on_page(node);
        } else if node.is_element() {
            found.element(node);
        }
        if node.tag_name().name() == "foreignObject" {
            end_of_page = end_of_page.max(node.range().end);
        }
    }
    let named = found.named.into_iter();
    named
        .map(|(line, what)| (line, Problem::NotDrawn { what }))
        .collect()
}

struct Found<'d, 'i> {
    document: &'d Document<'i>,
    ids: HashSet<&'d str>,
    named: Vec<(Option<usize>, String)>,
}

impl<'i> Found<'_, 'i> {
    fn name(&mut self, node: Node<'_, 'i>, what: &str) {
        let what: String = what.trim().chars().take(LONGEST).collect();
        let room = self.named.len() < MOST_NAMED;
        if room && !self.named.iter().any(|(_, known)| *known == what) {
            let row = self.document.text_pos_at(node.range().start).row;
            self.named.push((usize::try_from(row).ok(), what));
        }
    }

    /// An element of a piece of a web page: only its words are drawn.
    fn on_page(&mut self, node: Node<'_, 'i>) {
        let name = node.tag_name().name();
        if PAGE.contains(&name) {
            self.name(node, &["<", name, ">"].concat());
        }
    }

    fn element(&mut self, node: Node<'_, 'i>) {
        let name = node.tag_name().name();
        if name == "style" {
            for sheet in node.children().filter_map(|one| one.text()) {
                self.sheet(node, sheet);
            }
            return;
        }
        if name == "switch" && is_for_others(node) {
            self.name(node, "<switch systemLanguage>");
        }
        for attribute in node.attributes() {
            if attribute.name() == "style" {
                for declaration in attribute.value().split(';') {
                    self.declaration(node, declaration);
                }
            } else if attribute.namespace().is_none() {
                self.value(node, attribute.name(), attribute.value());
            }
            if name == "use" && attribute.name() == "href" {
                let target = attribute.value().trim();
                let id = target.strip_prefix('#');
                if id.is_none_or(|id| !self.ids.contains(id)) {
                    self.name(node, target);
                }
            }
        }
    }

    fn declaration(&mut self, node: Node<'_, 'i>, declaration: &str) {
        if let Some((property, value)) = declaration.split_once(':') {
            self.value(node, property.trim(), value);
        }
    }

    fn value(&mut self, node: Node<'_, 'i>, property: &str, value: &str) {
        let value = value.trim();
        if PROPERTIES.contains(&property) && COMPUTED.iter().any(|name| value.contains(name)) {
            self.name(node, value);
        }
        for reference in value.split("url(").skip(1) {
            let Some((id, fallback)) = reference.split_once(')') else {
                continue;
            };
            let id = id.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
            let missing = id
                .strip_prefix('#')
                .is_some_and(|id| !self.ids.contains(id));
            if missing && fallback.trim().is_empty() {
                self.name(node, &["url(", id, ")"].concat());
            }
        }
    }

    /// Names what of a style sheet is passed over.
    fn sheet(&mut self, node: Node<'_, 'i>, sheet: &str) {
        let sheet = without_comments(sheet);
        // What encloses the place that is read, and whether that is passed over.
        let mut around: Vec<bool> = Vec::new();
        let mut start = 0;
        for (at, c) in sheet.char_indices() {
            let Some(part) = sheet.get(start..at).map(str::trim) else {
                continue;
            };
            let skipped = around.last().copied().unwrap_or(false);
            match c {
                '{' => {
                    let unread = !around.is_empty() || is_passed_over(part);
                    if unread && !skipped && !is_harmless(part) {
                        self.name(node, part);
                    }
                    around.push(skipped || unread || part.starts_with('@'));
                }
                '}' | ';' => {
                    if around.is_empty() && part.starts_with("@import") {
                        self.name(node, part);
                    } else if !skipped {
                        self.declaration(node, part);
                    }
                    if c == '}' {
                        around.pop();
                    }
                }
                _ => continue,
            }
            start = at + 1;
        }
    }
}

/// Whether a choice between languages has none for a reader of Chinese or English.
fn is_for_others(switch: Node<'_, '_>) -> bool {
    let mut choices = switch.children().filter(Node::is_element).peekable();
    let other = |node: Node<'_, '_>| {
        let languages = node.attribute("systemLanguage");
        languages.is_some_and(|all| {
            let mut all = all.split(',').map(str::trim);
            !all.any(|one| one.starts_with("zh") || one.starts_with("en"))
        })
    };
    choices.peek().is_some() && choices.all(other)
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        all + part.split_once("*/").map_or("", |(_, after)| after)
    })
}

/// Whether the rule that begins so is not applied.
fn is_passed_over(prelude: &str) -> bool {
    prelude.starts_with('@') || SELECTORS.iter().any(|one| prelude.contains(one))
}

/// Whether the picture is the same without the rule that begins so: typefaces are the program's
/// own, nothing moves, and rules for dark screens or for paper are for others. Values with names
/// have been put in their places already.
fn is_harmless(prelude: &str) -> bool {
    let prelude = prelude.to_ascii_lowercase();
    let starts = |rules: &[&str]| rules.iter().any(|rule| prelude.starts_with(rule));
    let for_others = ["dark", "print", "hover", "reduced-motion", "max-width"];
    starts(&[
        "@font-face",
        "@keyframes",
        "@-",
        "@page",
        "@property",
        ":root",
    ]) || (starts(&["@media"]) && for_others.iter().any(|one| prelude.contains(one)))
}
