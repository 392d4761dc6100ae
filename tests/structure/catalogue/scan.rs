//! Finds the translated messages in sources: enough of a lexer to tell code from comments and
//! texts.

/// A call of a translating function or macro.
pub struct Call {
    /// Its line, counted from 1.
    pub line: usize,
    /// The message, if it stands there as a text.
    pub message: Option<String>,
}

#[derive(Clone, PartialEq)]
enum Token {
    /// A name, or `@` with a name.
    Name(String),
    /// A text, unescaped.
    Text(String),
    /// Any other character of the code.
    Sign(char),
}

/// The calls of `tr` and `tr_with` in Rust.
pub fn rust(source: &str) -> Vec<Call> {
    let tokens = tokens(source);
    let name = |at: usize, names: &[&str]| matches!(tokens.get(at), Some((_, Token::Name(name))) if names.contains(&name.as_str()));
    (0..tokens.len())
        .filter(|&at| name(at, &["tr", "tr_with"]) && is(&tokens, at + 1, '('))
        .filter(|&at| at == 0 || !name(at - 1, &["fn"]))
        .map(|at| Call {
            line: tokens[at].0,
            message: second_argument(&tokens[at + 2..]),
        })
        .collect()
}

/// Every text of a Rust source, with its line; but for the reasons of attributes, which nobody but
/// the compiler's users read.
pub fn texts(source: &str) -> Vec<Call> {
    let tokens = tokens(source);
    let is_reason = |at: usize| {
        at >= 2 && is(&tokens, at - 1, '=') && tokens[at - 2].1 == Token::Name("reason".to_owned())
    };
    let found = tokens.iter().enumerate();
    found
        .filter_map(|(at, (line, token))| match token {
            Token::Text(text) if !is_reason(at) => Some(Call {
                line: *line,
                message: Some(text.clone()),
            }),
            _ => None,
        })
        .collect()
}

/// The uses of `@tr` in Slint.
pub fn slint(source: &str) -> Vec<Call> {
    let tokens = tokens(source);
    let text = |at: usize| match tokens.get(at) {
        Some((_, Token::Text(text))) => Some(text.clone()),
        _ => None,
    };
    (0..tokens.len())
        .filter(|&at| tokens[at].1 == Token::Name("@tr".to_owned()) && is(&tokens, at + 1, '('))
        .map(|at| {
            // A context stands in front: "context" => "message".
            let context = is(&tokens, at + 3, '=') && is(&tokens, at + 4, '>');
            Call {
                line: tokens[at].0,
                message: text(if context { at + 5 } else { at + 2 }),
            }
        })
        .collect()
}

fn is(tokens: &[(usize, Token)], at: usize, sign: char) -> bool {
    tokens
        .get(at)
        .is_some_and(|(_, token)| *token == Token::Sign(sign))
}

/// The text that the second argument starts with, in what follows an opening parenthesis.
fn second_argument(tokens: &[(usize, Token)]) -> Option<String> {
    let mut depth = 0;
    for (at, (_, token)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') if depth == 0 => return None,
            Token::Sign(')' | ']' | '}') => depth -= 1,
            Token::Sign(',') if depth == 0 => {
                return match tokens.get(at + 1) {
                    Some((_, Token::Text(text))) => Some(text.clone()),
                    _ => None,
                };
            }
            _ => {}
        }
    }
    None
}

/// The tokens of a source with their lines.
fn tokens(source: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let starts = |at: usize, words: &str| {
        words
            .chars()
            .enumerate()
            .all(|(n, c)| chars.get(at + n) == Some(&c))
    };
    while let Some(&c) = chars.get(at) {
        let begin = at;
        let token = if starts(at, "//") {
            at += chars[at..].iter().take_while(|c| **c != '\n').count();
            None
        } else if starts(at, "/*") {
            while at < chars.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
            None
        } else if c == '"' {
            let (text, end) = text(&chars, at + 1);
            at = end;
            Some(Token::Text(text))
        } else if c == 'r' && (starts(at, "r\"") || starts(at, "r#")) {
            let (text, end) = raw_text(&chars, at + 1);
            at = end;
            Some(Token::Text(text))
        } else if c == '\'' {
            // A character, or else a lifetime.
            at += match (chars.get(at + 1), chars.get(at + 2)) {
                (Some('\\'), _) => {
                    2 + chars[at + 3..].iter().take_while(|c| **c != '\'').count() + 2
                }
                (_, Some('\'')) => 3,
                _ => 1,
            };
            None
        } else if c.is_alphanumeric() || c == '_' || c == '@' {
            let more = chars[at + 1..].iter();
            at += 1 + more
                .take_while(|c| c.is_alphanumeric() || **c == '_')
                .count();
            Some(Token::Name(chars[begin..at].iter().collect()))
        } else {
            at += 1;
            (!c.is_whitespace()).then_some(Token::Sign(c))
        };
        found.extend(token.map(|token| (line, token)));
        let end = at.min(chars.len());
        line += chars[begin..end].iter().filter(|c| **c == '\n').count();
    }
    found
}

/// The text that starts at `at`, behind its opening mark, and the place behind its closing mark.
fn text(chars: &[char], mut at: usize) -> (String, usize) {
    let mut text = String::new();
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            '"' => break,
            '\\' => {
                let escape = chars.get(at).copied().unwrap_or_default();
                at += 1;
                match escape {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'u' => {
                        let digits: String =
                            chars[at + 1..].iter().take_while(|c| **c != '}').collect();
                        at += digits.len() + 2;
                        let code = u32::from_str_radix(&digits, 16).expect("an escape");
                        text.push(char::from_u32(code).expect("a character"));
                    }
                    '\n' => at += chars[at..].iter().take_while(|c| c.is_whitespace()).count(),
                    other => text.push(other),
                }
            }
            other => text.push(other),
        }
    }
    (text, at)
}

/// The raw text whose marks start at `at`.
fn raw_text(chars: &[char], at: usize) -> (String, usize) {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    let begin = at + hashes + 1;
    let mut end = begin;
    let closes = |end: usize| {
        chars.get(end) == Some(&'"') && (0..hashes).all(|n| chars.get(end + 1 + n) == Some(&'#'))
    };
    while end < chars.len() && !closes(end) {
        end += 1;
    }
    let text = chars[begin.min(end)..end].iter().collect();
    (text, end + 1 + hashes)
}
