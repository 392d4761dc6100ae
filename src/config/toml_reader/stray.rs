//! Signs that an input method writes where TOML wants another: a full-width comma, equals sign or
//! quotation mark, a wide space. They look right to whoever typed them, and the parser's words
//! about them help nobody.

/// A sign in the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Line within the text, counted from 0.
    pub line: usize,
    /// Which character of the line it is, counted from 1.
    pub column: usize,
    /// What stands there.
    pub sign: char,
    /// What is wanted there; none where nothing may stand.
    pub wanted: Option<char>,
}

/// Where a reader of TOML is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Bare,
    Comment,
    /// Within a text that began with this sign, one or three of them.
    Text {
        sign: char,
        long: bool,
    },
}

/// The first sign in `text` that stands for another, outside comments and closed texts.
pub fn first(text: &str) -> Option<Stray> {
    let mut within = Within::Bare;
    for (line, words) in text.split('\n').enumerate() {
        let signs: Vec<char> = words.chars().collect();
        // The last sign on this line that may have been meant to end a text.
        let mut ending = None;
        let mut at = 0;
        while let Some(&sign) = signs.get(at) {
            let stray = |wanted| Stray {
                line,
                column: at + 1,
                sign,
                wanted,
            };
            let three = signs.get(at..at + 3) == Some(&[sign; 3]);
            match within {
                Within::Comment => break,
                Within::Bare => match sign {
                    '#' => within = Within::Comment,
                    '"' | '\'' => {
                        within = Within::Text { sign, long: three };
                        at += if three { 2 } else { 0 };
                    }
                    _ => {
                        if let Some(wanted) = wanted(sign) {
                            return Some(stray(wanted));
                        }
                    }
                },
                Within::Text { sign: own, long } => {
                    if sign == own && (three || !long) {
                        within = Within::Bare;
                        at += if long { 2 } else { 0 };
                    } else if sign == '\\' && own == '"' {
                        at += 1;
                    } else if !long && wanted(sign) == Some(Some(own)) {
                        ending = Some(stray(Some(own)));
                    }
                }
            }
            at += 1;
        }
        match within {
            // A text on one line that its line does not end.
            Within::Text { long: false, .. } if ending.is_some() => return ending,
            Within::Text { long: true, .. } => {}
            _ => within = Within::Bare,
        }
    }
    None
}

/// What is wanted where this sign stands: outside a text, nothing but ASCII has a meaning.
fn wanted(sign: char) -> Option<Option<char>> {
    let sign = match sign {
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return Some(None),
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '、' | '؛' | '،' => ',',
        '。' | '．' | '·' => '.',
        '：' => '=',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '－' | '−' | '–' | '—' | '‐' | '‑' => '-',
        // The full-width forms lie as far from ASCII as one from the other.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0)?,
        _ => return None,
    };
    Some(Some(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(usize, usize, char, Option<char>)> {
        first(text).map(|one| (one.line, one.column, one.sign, one.wanted))
    }

    #[test]
    fn each_sign_is_named_with_what_is_wanted() {
        for (text, expected) in [
            ("a ＝ \"x\"", (0, 3, '＝', Some('='))),
            ("a：\"x\"", (0, 2, '：', Some('='))),
            ("a = [1，2]", (0, 7, '，', Some(','))),
            ("a = [\"x\"、\"y\"]", (0, 9, '、', Some(','))),
            ("a = “x”", (0, 5, '“', Some('"'))),
            ("a = ＂x＂", (0, 5, '＂', Some('"'))),
            ("a = ‘x’", (0, 5, '‘', Some('\''))),
            ("a\u{3000}= 1", (0, 2, '\u{3000}', Some(' '))),
            ("a\u{a0}= 1", (0, 2, '\u{a0}', Some(' '))),
            ("a\u{200b} = 1", (0, 2, '\u{200b}', None)),
            ("［a］", (0, 1, '［', Some('['))),
            ("【a】", (0, 1, '【', Some('['))),
            ("a = ｛ b = 1 ｝", (0, 5, '｛', Some('{'))),
            ("a = １", (0, 5, '１', Some('1'))),
            ("a = 2026－10－01", (0, 9, '－', Some('-'))),
            ("a = 1 ＃ x", (0, 7, '＃', Some('#'))),
            ("a = 1\nb ＝ 2", (1, 3, '＝', Some('='))),
        ] {
            assert_eq!(found(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_that_ends_with_another_sign_is_found_at_its_end() {
        assert_eq!(found("a = \"x”"), Some((0, 7, '”', Some('"'))));
        assert_eq!(found("a = 'x’ # y"), Some((0, 7, '’', Some('\''))));
        let in_list = found("a = [\"x”, \"y\"]");
        assert_eq!(in_list, Some((0, 8, '”', Some('"'))));
    }

    #[test]
    fn within_texts_and_comments_every_sign_is_right() {
        for text in [
            "a = \"“x”，y\" # z＝",
            "a = '“x”，y'",
            "a = \"\"\"x，\ny＝“\"\"\"",
            "a = '''x，\ny＝“'''",
            "a = \"x\\\"，y\"",
            "# ，＝",
            "a = \"x",
            "楼 = 1",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
