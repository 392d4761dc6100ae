//! Texts as runs: parts of one language that look alike.

use maud::{Markup, html};

use crate::document::layout::cleaned;
use crate::document::model::Text;

/// The language that Latin letters are in where the document's own has none.
const LATIN: &str = "en-US";
/// The same of Chinese ones.
const CHINESE: &str = "zh-CN";

/// A language as a run names it: of its Latin letters, or of its Chinese ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Languages<'l> {
    pub latin: &'l str,
    pub eastern: &'l str,
}

impl<'l> Languages<'l> {
    /// Both where most is in this one.
    pub(super) fn of(tag: &'l str) -> Self {
        let eastern = tag.starts_with("zh") || tag.starts_with("ja") || tag.starts_with("ko");
        match tag {
            _ if !is_tag(tag) => Self {
                latin: LATIN,
                eastern: CHINESE,
            },
            _ if eastern => Self {
                latin: LATIN,
                eastern: tag,
            },
            // A language without a country is taken for none.
            "en" => Self {
                latin: LATIN,
                eastern: CHINESE,
            },
            _ => Self {
                latin: tag,
                eastern: CHINESE,
            },
        }
    }
}

/// Whether it has the shape of a tag; what has not would make the file one that is refused.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && letters(first)
        && parts.all(|part| (1..=8).contains(&part.len()) && letters(part))
}

/// The runs of a text.
pub(super) fn runs(text: &Text) -> Markup {
    html! {
        @for run in &text.0 {
            @let languages = run.lang.as_deref().map(Languages::of);
            @for (index, line) in cleaned(&run.text).split('\n').enumerate() {
                @if index > 0 { w:r { w:br {} } }
                @if !line.is_empty() {
                    w:r {
                        w:rPr {
                            @if run.strong { w:rStyle w:val="Strong" {} }
                            // Marks that Chinese and English share are as wide as Chinese ones
                            // where the text is Chinese.
                            w:rFonts w:hint=(hint(line)) {}
                            @if let Some(one) = languages {
                                w:lang w:val=(one.latin) w:eastAsia=(one.eastern) {}
                            }
                        }
                        w:t xml:space="preserve" { (line) }
                    }
                }
            }
        }
    }
}

/// Which typeface letters take that both have.
fn hint(line: &str) -> &'static str {
    let is_full_width = |c: char| ('\u{2e80}'..='\u{ffef}').contains(&c);
    if line.chars().any(is_full_width) {
        "eastAsia"
    } else {
        "default"
    }
}
