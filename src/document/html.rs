//! A document as an HTML page that stands by itself and prints well. It says the same words in
//! the same order as the PDF file; the browser numbers the pages.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::base64;
use super::layout::cleaned;
use super::model::{Block, Document, Image, Orientation, Picture, RunningPart, Side, Table, Text};

const STYLE: &str = include_str!("document.css");

/// The whole page.
pub(super) fn write(document: &Document) -> String {
    let turned = match document.orientation {
        Orientation::Portrait => "portrait",
        Orientation::Landscape => "landscape",
    };
    let paper = format!("@page {{ size: {} {turned} }}", document.paper.name());
    let page = html! {
        (DOCTYPE)
        html lang=(document.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="date" content=(document.date);
                title { (document.title) }
                style { (PreEscaped(STYLE)) (PreEscaped(paper)) }
            }
            body {
                (edge(&document.head.left, &document.head.right, true))
                main { (blocks(&document.body, Dress::Whole)) }
                (edge(&document.foot.left, &document.foot.right, false))
            }
        }
    };
    page.into_string()
}

/// Whose words say how wide columns and pictures are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dress {
    /// The page's own.
    Whole,
    /// Those of the page that it becomes a part of, which allows no styles beside its own.
    Part,
}

/// What a document says, as a part of a page that has a heading and styles of its own.
pub fn part(document: &Document) -> String {
    let said = match document.body.split_first() {
        Some((Block::Heading { level: 0 | 1, .. }, rest)) => rest,
        _ => &document.body,
    };
    blocks(said, Dress::Part).into_string()
}

/// What stands at the edge of every page on paper, here once and without numbers of pages.
fn edge(left: &[RunningPart], right: &[RunningPart], head: bool) -> Markup {
    let said = |parts: &[RunningPart]| -> Option<String> {
        let numbered = parts
            .iter()
            .any(|part| !matches!(part, RunningPart::TextRun(_)));
        let words = parts.iter().map(|part| match part {
            RunningPart::TextRun(words) => words.as_str(),
            RunningPart::Page | RunningPart::Pages | RunningPart::Title => "",
        });
        let words: String = words.collect();
        // A sentence with holes says nothing.
        (!numbered && !words.trim().is_empty()).then_some(words)
    };
    let sides = [said(left), said(right)];
    let content = html! {
        @for side in sides.iter().flatten() { p { (cleaned(side)) } }
    };
    match (sides.iter().any(Option::is_some), head) {
        (false, _) => html! {},
        (true, true) => html! { header { (content) } },
        (true, false) => html! { footer { (content) } },
    }
}

fn blocks(blocks: &[Block], dress: Dress) -> Markup {
    html! {
        @for block in blocks {
            @match block {
                Block::Heading { level, text } => (heading(*level, text)),
                Block::Paragraph(said) => p { (text(said)) },
                Block::List { numbered: true, items } => ol { (listed(items)) },
                Block::List { numbered: false, items } => ul { (listed(items)) },
                Block::Table(one) => (table(one, dress)),
                Block::Picture(one) => (picture(one, dress)),
                Block::PageBreak => div class="page-break" {},
                Block::Together(some) => section { (self::blocks(some, dress)) },
            }
        }
    }
}

fn heading(level: u8, said: &Text) -> Markup {
    match level {
        0 | 1 => html! { h1 { (text(said)) } },
        2 => html! { h2 { (text(said)) } },
        3 => html! { h3 { (text(said)) } },
        4 => html! { h4 { (text(said)) } },
        5 => html! { h5 { (text(said)) } },
        _ => html! { h6 { (text(said)) } },
    }
}

fn listed(items: &[Text]) -> Markup {
    html! { @for item in items { li { (text(item)) } } }
}

fn text(said: &Text) -> Markup {
    html! {
        @for run in &said.0 {
            @let words = lines(&run.text);
            @match (run.strong, run.lang.as_deref()) {
                (false, None) => (words),
                (true, lang) => strong lang=[lang] { (words) },
                (false, lang) => span lang=[lang] { (words) },
            }
        }
    }
}

fn lines(said: &str) -> Markup {
    html! {
        @for (index, line) in cleaned(said).split('\n').enumerate() {
            @if index > 0 { br; }
            (line)
        }
    }
}

fn table(table: &Table, dress: Dress) -> Markup {
    let all = table.head.iter().chain(&table.rows);
    let count = all.map(Vec::len).max().unwrap_or(0);
    let column = |index: usize| table.columns.get(index).copied().unwrap_or_default();
    let shares: Vec<f32> = (0..count).map(|index| column(index).parts()).collect();
    let whole: f32 = shares.iter().sum();
    let class = |index| (column(index).side == Side::Right).then_some("right");
    let empty = Text::default();
    html! {
        @if count > 0 {
            table {
                @if dress == Dress::Whole {
                    colgroup {
                        @for share in &shares {
                            col style=(format!("width: {:.2}%", share / whole * 100.0));
                        }
                    }
                }
                @if !table.head.is_empty() {
                    thead {
                        @for row in &table.head {
                            tr {
                                @for index in 0..count {
                                    @let named = row.get(index).unwrap_or(&empty);
                                    // A heading that says nothing is none to whoever hears it.
                                    @if named.0.iter().all(|run| run.text.trim().is_empty()) { td {} } @else {
                                        th scope="col" class=[class(index)] { (text(named)) }
                                    }
                                }
                            }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for index in 0..count {
                                td class=[class(index)] {
                                    (text(row.get(index).unwrap_or(&empty)))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn picture(picture: &Picture, dress: Dress) -> Markup {
    let (kind, bytes) = match &picture.image {
        Image::Svg(svg) => ("image/svg+xml", svg.as_bytes()),
        Image::Png(png) => ("image/png", png.as_slice()),
        Image::Jpeg(jpeg) => ("image/jpeg", jpeg.as_slice()),
    };
    let source = format!("data:{kind};base64,{}", base64::text(bytes));
    let style = (dress == Dress::Whole).then(|| {
        if picture.width.is_finite() && picture.width > 0.0 {
            format!("width: {}mm", picture.width)
        } else {
            String::new()
        }
    });
    html! { p { img src=(source) alt=(picture.words) style=[style]; } }
}
