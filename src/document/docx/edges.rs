//! What stands at the edges of every page.

use maud::{Markup, html};

use super::measures::{Measures, twips};
use super::package;
use super::runs::runs;
use crate::document::model::{Document, Running, RunningPart, Text};

/// Above the text of every page.
pub(super) fn head(document: &Document) -> Markup {
    let said = edge(document, &document.head, "Header");
    html! { w:hdr xmlns:w=(package::MAIN) xmlns:r=(package::RELATIONS) { (said) } }
}

/// Beneath it.
pub(super) fn foot(document: &Document) -> Markup {
    let said = edge(document, &document.foot, "Footer");
    html! { w:ftr xmlns:w=(package::MAIN) xmlns:r=(package::RELATIONS) { (said) } }
}

fn edge(document: &Document, running: &Running, style: &str) -> Markup {
    let measures = Measures::of(document);
    let side = twips(measures.width());
    // Without anything on it, no line is drawn either.
    let is_empty = running.left.is_empty() && running.right.is_empty();
    html! {
        w:p {
            w:pPr {
                @if !is_empty { w:pStyle w:val=(style) {} }
                w:tabs { w:tab w:val="right" w:pos=(side) {} }
            }
            (said(&running.left))
            @if !running.right.is_empty() { w:r { w:tab {} } }
            (said(&running.right))
        }
    }
}

fn said(parts: &[RunningPart]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                RunningPart::TextRun(words) => (runs(&Text::plain(words.replace('\n', " ")))),
                RunningPart::Page => (field("PAGE")),
                RunningPart::Pages => (field("NUMPAGES")),
                RunningPart::Title => (field("STYLEREF \"heading 1\"")),
            }
        }
    }
}

/// Something that the word processor fills in.
fn field(what: &str) -> Markup {
    html! {
        w:fldSimple w:instr=(format!(" {what} ")) { w:r { w:t { "1" } } }
    }
}
