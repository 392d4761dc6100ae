//! Documents as HTML pages.

use lobby_kiosk::document::{Document, Format, write};

use super::{dense, said, sample};

pub fn html(document: &Document) -> String {
    String::from_utf8(write(document, Format::Html).unwrap()).unwrap()
}

/// What is read on a page between `main` and its end.
pub fn words(html: &str) -> String {
    let start = html.find("<main>").unwrap();
    let end = html.rfind("</main>").unwrap();
    let mut text = String::new();
    let mut inside = false;
    for c in html[start..end].chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    dense(&text.replace("&quot;", "\"").replace("&amp;", "&"))
}

#[test]
fn a_page_says_the_same_words_in_the_same_order() {
    let html = html(&sample());
    // A browser numbers the lists.
    let expected = said(&sample().body)
        .replace("1.检", "检")
        .replace("2.清", "清");
    assert_eq!(words(&html), expected.replace('•', ""));
    assert!(
        html.contains("<header><p>人民路证券营业部</p></header>"),
        "{html}"
    );
    assert!(!html.contains("第 "), "a page has no number on a screen");
}

#[test]
fn a_page_stands_by_itself_and_prints() {
    let html = html(&sample());
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"));
    for part in [
        "<title>演练评估报告</title>",
        "@media print",
        "@page { size: A4 portrait }",
        "<span lang=\"en\"> All met the mark.</span>",
        "<strong>全部达标</strong>",
        "<th scope=\"col\">物品</th>",
        "alt=\"绿色圆点\"",
        "<h1>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("<script") && !html.contains("src=\"http"));
}
