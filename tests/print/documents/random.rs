//! Documents that nobody would write.

use lobby_kiosk::document::model::{
    Block, Column, Image, Orientation, Picture, Running, RunningPart,
};
use lobby_kiosk::document::model::{Run, Table, Text};
use lobby_kiosk::document::{Document, Paper};
use proptest::prelude::*;

use super::docx::docx;
use super::page::{html, words};
use super::{dense, empty, pdf, read_aloud, said};
use crate::docx as file;

/// Words of all lengths that `pdfinfo` reads by structure; it loses what follows a letter that is
/// drawn as several, or as another one: the point of a list is the one between names.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[一-龥，。！？、；：（）《》“”…—]{1,30}",
        4 => "[a-zA-Z0-9.,:/@_-]{1,12}",
        1 => "[a-z]{1,200}",
        1 => "[!-~ ]{0,20}",
        1 => "[①-⑨℃←-↓]{1,3}",
        1 => "[ \n\t]{1,3}",
    ]
}

/// Anything that fits in a string.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        ".{0,40}",
        "[\u{600}-\u{6ff} 0-9a-z（）]{0,60}",
        "a[\u{300}-\u{36f}]{0,400}",
        "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}\u{0}-\u{1f}一a]{0,60}",
    ]
}

fn text(word: impl Strategy<Value = String>) -> impl Strategy<Value = Text> {
    let lang = prop_oneof![
        Just(None),
        Just(Some("en".to_owned())),
        Just(Some("无".to_owned()))
    ];
    let run = (prop::collection::vec(word, 0..5), any::<bool>(), lang).prop_map(
        |(words, strong, lang)| Run {
            text: words.concat(),
            strong,
            lang,
        },
    );
    prop::collection::vec(run, 0..4).prop_map(Text)
}

fn block(word: BoxedStrategy<String>) -> impl Strategy<Value = Block> {
    let said = || text(word.clone());
    let row = || prop::collection::vec(said(), 0..5);
    let share = prop_oneof![Just(f32::NAN), Just(f32::MAX), -1.0f32..5.0];
    let table = (
        prop::collection::vec(share.prop_map(Column::of), 0..5),
        prop::collection::vec(row(), 0..2),
        prop::collection::vec(row(), 0..12),
    );
    let image = prop_oneof![
        Just(Image::Svg(super::DRAWING.to_owned())),
        Just(Image::Svg("<svg".to_owned())),
        prop::collection::vec(any::<u8>(), 0..20).prop_map(Image::Png),
        Just(Image::Jpeg(super::photo(8, 6))),
        prop::collection::vec(any::<u8>(), 0..20).prop_map(Image::Jpeg),
    ];
    let leaf = prop_oneof![
        (any::<u8>(), said()).prop_map(|(level, text)| Block::Heading { level, text }),
        said().prop_map(Block::Paragraph),
        said().prop_map(Block::Paragraph),
        (any::<bool>(), prop::collection::vec(said(), 0..6))
            .prop_map(|(numbered, items)| Block::List { numbered, items }),
        table.prop_map(|(columns, head, rows)| Block::Table(Table {
            columns,
            head,
            rows
        })),
        (image, prop_oneof![Just(f32::NAN), -5.0f32..900.0]).prop_map(|(image, width)| {
            let words = String::new();
            Block::Picture(Picture {
                image,
                width,
                words,
            })
        }),
        Just(Block::PageBreak),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop::collection::vec(inner, 0..4).prop_map(Block::Together)
    })
}

fn document(word: BoxedStrategy<String>) -> impl Strategy<Value = Document> {
    let paper = prop_oneof![Just(Paper::A4), Just(Paper::A5)];
    let turned = prop_oneof![Just(Orientation::Portrait), Just(Orientation::Landscape)];
    let part = prop_oneof![
        word.clone().prop_map(RunningPart::TextRun),
        Just(RunningPart::Page),
        Just(RunningPart::Pages)
    ];
    let side = prop::collection::vec(part, 0..4);
    let running = (side.clone(), side).prop_map(|(left, right)| Running { left, right });
    let body = prop::collection::vec(block(word.clone()), 0..8);
    (paper, turned, running.clone(), running, word, body).prop_map(
        |(paper, orientation, head, foot, title, body)| Document {
            title,
            paper,
            orientation,
            head,
            foot,
            body,
            ..empty()
        },
    )
}

fn many(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(many(48))]

    #[test]
    fn nothing_is_too_odd_for_a_file(document in document(anything().boxed())) {
        prop_assert!(pdf(&document).starts_with(b"%PDF-"));
        prop_assert!(html(&document).ends_with("</html>"));
        let made = docx(&document);
        for name in file::names(&made).iter().filter(|name| !name.starts_with("word/media/")) {
            let markup = file::part(&made, name);
            let read = roxmltree::Document::parse(&markup);
            prop_assert!(read.is_ok(), "{}: {:?}", name, read.err());
        }
    }
}

proptest! {
    #![proptest_config(many(48))]

    #[test]
    #[ignore = "needs pdfinfo (Debian: poppler-utils)"]
    fn no_word_is_lost(document in document(word().boxed())) {
        let (structure, read) = read_aloud(&pdf(&document));
        prop_assert_eq!(dense(&read), said(&document.body), "{}", structure);
    }
}

proptest! {
    #![proptest_config(many(48))]

    #[test]
    fn every_kind_of_file_says_the_same_words(document in document(word().boxed())) {
        prop_assert_eq!(file::words(&docx(&document)), words(&html(&document)));
    }
}

proptest! {
    #![proptest_config(many(48))]

    #[test]
    fn a_page_loses_no_word(document in document(word().boxed())) {
        let said = said(&document.body);
        let read = words(&html(&document));
        // Numbers and points of lists are the browser's.
        let mut read = read.chars().peekable();
        for c in said.chars() {
            if read.peek() == Some(&c) {
                read.next();
            } else {
                prop_assert!(c.is_ascii_digit() || c == '.' || c == '•', "{}", c);
            }
        }
        prop_assert_eq!(read.next(), None);
    }
}
