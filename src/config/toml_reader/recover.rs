//! What can still be read of a file with syntax errors.
//!
//! The parser's own recovery gives up the rest of the file at a key without `=`, and an unclosed
//! bracket swallows what follows. So a broken file is parted into its statements (a heading, or a
//! key with its value over as many lines as its brackets stay open), each is tried alone, and
//! the broken ones are blanked: their lines stay, so that all others keep their numbers.

use std::borrow::Cow;

use toml::de::DeTable;

use super::stray;
use crate::config::fault::Problem;

/// The most lines of one statement: the lists and texts of these files have a few, and what is
/// longer was never closed.
const MOST_LINES: usize = 200;

/// A statement that is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Line of the error, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// A file without its broken statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The text, with as many lines as before.
    pub text: String,
    /// What was broken, by line.
    pub broken: Vec<Broken>,
    /// The lines that were blanked.
    pub lost: Vec<usize>,
}

/// Parts `text` into statements and blanks the broken ones.
pub fn recover(text: &str) -> Recovered {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kept: Vec<Cow<'_, str>> = Vec::with_capacity(lines.len());
    let mut broken = Vec::new();
    let mut lost = Vec::new();
    while kept.len() < lines.len() {
        let first = kept.len();
        let heading = lines[first].trim_start().starts_with('[');
        let end = if heading {
            first + 1
        } else {
            end_of_statement(&lines, first)
        };
        let statement = lines[first..end].join("\n");
        let Some((words, offset)) = error_in(&statement) else {
            kept.extend(lines[first..end].iter().copied().map(Cow::Borrowed));
            continue;
        };
        broken.push(named(&statement, first + 1, words, offset));
        if heading && let Some(mended) = mend_heading(lines[first]) {
            kept.push(Cow::Owned(mended));
            continue;
        }
        // Without its heading a section would be taken for a part of the one before it; and what
        // is left of a value that was never closed is no statement of its own.
        let goes_on = if heading { is_heading } else { is_start };
        let rest = lines[end..].iter().position(|line| goes_on(line));
        let next = rest.map_or(lines.len(), |rest| end + rest);
        lost.extend(first + 1..=next);
        kept.resize(next, Cow::Borrowed(""));
    }
    Recovered {
        text: kept.join("\n"),
        broken,
        lost,
    }
}

/// What is wrong in a statement that begins on line `first`: a sign that stands for another, if
/// there is one, else the parser's `words` about the byte `offset`.
fn named(statement: &str, first: usize, words: String, offset: usize) -> Broken {
    if let Some(stray) = stray::first(statement) {
        return Broken {
            line: first + stray.line,
            problem: Problem::StraySign {
                column: stray.column,
                sign: stray.sign,
                wanted: stray.wanted,
            },
        };
    }
    let before = statement.as_bytes().iter().take(offset);
    Broken {
        line: first + before.filter(|byte| **byte == b'\n').count(),
        problem: Problem::Syntax(words),
    }
}

/// The first error in `statement`, with the byte it is at.
fn error_in(statement: &str) -> Option<(String, usize)> {
    let (_, errors) = DeTable::parse_recoverable(statement);
    let first = errors
        .iter()
        .min_by_key(|error| error.span().map_or(0, |span| span.start))?;
    let offset = first.span().map_or(0, |span| span.start);
    Some((first.message().to_owned(), offset))
}

/// The line after the statement that starts on line `first`.
fn end_of_statement(lines: &[&str], first: usize) -> usize {
    let mut scan = Scan::default();
    for (index, line) in lines.iter().enumerate().skip(first).take(MOST_LINES) {
        // A heading within a value means that the value was never closed.
        if index > first && is_heading(line) {
            break;
        }
        scan.line(line);
        if scan.is_closed() {
            return index + 1;
        }
    }
    first + 1
}

/// What is open at a point of a statement.
#[derive(Default)]
struct Scan {
    brackets: usize,
    /// The quotation mark of a text over several lines.
    open: Option<char>,
}

impl Scan {
    fn is_closed(&self) -> bool {
        self.brackets == 0 && self.open.is_none()
    }

    fn line(&mut self, line: &str) {
        let mut rest = line;
        loop {
            if let Some(mark) = self.open {
                let Some(after) = after_triple(rest, mark) else {
                    return;
                };
                self.open = None;
                rest = after;
            }
            let Some(at) = rest.find(['"', '\'', '[', ']', '{', '}', '#']) else {
                return;
            };
            let found = rest.as_bytes()[at];
            rest = &rest[at..];
            match found {
                b'#' => return,
                b'[' | b'{' => self.brackets += 1,
                b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                _ => {
                    let mark = char::from(found);
                    if let Some(after) = rest.strip_prefix(triple(mark)) {
                        self.open = Some(mark);
                        rest = after;
                    } else {
                        rest = after_single(rest, mark);
                    }
                    continue;
                }
            }
            rest = &rest[1..];
        }
    }
}

fn triple(mark: char) -> &'static str {
    if mark == '"' { "\"\"\"" } else { "'''" }
}

/// What follows the closing mark of a text over several lines.
fn after_triple(text: &str, mark: char) -> Option<&str> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && mark == '"' {
            escaped = true;
        } else if let Some(after) = text[at..].strip_prefix(triple(mark)) {
            return Some(after);
        }
    }
    None
}

/// What follows the text of one line that `text` starts with; an unclosed one ends the line.
fn after_single(text: &str, mark: char) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && mark == '"' {
            escaped = true;
        } else if c == mark {
            return &text[at + 1..];
        }
    }
    ""
}

/// Whether a statement can start on this line.
fn is_start(line: &str) -> bool {
    let name = line.trim_start();
    is_heading(line)
        || name.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty() && key.trim_end().chars().all(|c| is_bare(c) || c == '.')
        })
}

/// Whether the line is a heading: a bracket or two, then a name. Within a list of lists a line
/// may start with a bracket too, but not before a bare name.
fn is_heading(line: &str) -> bool {
    let line = line.trim_start();
    line.strip_prefix('[').is_some_and(|inner| {
        let inner = inner.strip_prefix('[').unwrap_or(inner).trim_start();
        inner.starts_with(is_bare) && !inner.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The heading that a broken one was most likely meant to be: a name within brackets of which
/// some are missing.
fn mend_heading(line: &str) -> Option<String> {
    let line = line.split('#').next()?.trim();
    let (open, close) = if line.starts_with("[[") || line.ends_with("]]") {
        ("[[", "]]")
    } else {
        ("[", "]")
    };
    let name = line.trim_matches(|c: char| matches!(c, '[' | ']') || c.is_whitespace());
    let mended = format!("{open}{name}{close}");
    let is_name = name.chars().all(|c| is_bare(c) || c == '.');
    (is_name && error_in(&mended).is_none()).then_some(mended)
}
