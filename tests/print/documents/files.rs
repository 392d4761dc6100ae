//! What a PDF file has in it.

use lobby_kiosk::document::model::{Block, Image, Orientation, Picture};
use lobby_kiosk::document::{Document, Paper};

use super::{count, document, empty, heading, paragraph, pdf, sample, table};

fn pages(pdf: &[u8]) -> usize {
    count(pdf, "/MediaBox")
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = pdf(&sample());
    assert!(first == pdf(&sample()));
    let later = Document {
        date: sample().date.succ_opt().unwrap(),
        ..sample()
    };
    assert!(first != pdf(&later), "the date is in it");
}

#[test]
fn a_file_is_tagged_and_has_contents_and_subsets_of_its_fonts() {
    let file = pdf(&sample());
    for (what, times) in [
        ("/StructTreeRoot", 1),
        ("/Marked true", 1),
        ("/Outlines", 1),
        ("/S/H1", 1),
        ("/S/H2", 2),
        ("/S/H3", 1),
        ("/S/Table", 1),
        ("/S/THead", 1),
        ("/S/TH/", 2),
        ("/S/TD/", 6),
        ("/S/LI/", 3),
        ("/S/Figure", 1),
        ("/Lang(en)", 1),
    ] {
        assert!(
            count(&file, what) >= times,
            "{what}: {}",
            count(&file, what)
        );
    }
    assert!(file.len() < 150_000, "{}: whole fonts?", file.len());
}

#[test]
fn paper_is_as_large_as_asked() {
    for (paper, orientation, size) in [
        (Paper::A4, Orientation::Portrait, "[0 0 595.2"),
        (Paper::A4, Orientation::Landscape, "[0 0 841.8"),
        (Paper::A5, Orientation::Portrait, "[0 0 419.5"),
        (Paper::A5, Orientation::Landscape, "[0 0 595.2"),
    ] {
        let file = pdf(&Document {
            paper,
            orientation,
            ..sample()
        });
        let size = ["/MediaBox", size].concat();
        assert_eq!(
            count(&file, &size),
            pages(&file),
            "{paper:?} {orientation:?}"
        );
    }
}

#[test]
fn a_document_that_says_nothing_is_one_page() {
    let bodies = [
        vec![],
        vec![paragraph("")],
        vec![Block::PageBreak, Block::PageBreak],
        vec![heading(9, " \n"), Block::Together(Vec::new()), table(0)],
        vec![Block::List {
            numbered: true,
            items: Vec::new(),
        }],
    ];
    for body in bodies {
        assert_eq!(pages(&pdf(&document(body.clone()))), 1, "{body:?}");
        let bare = Document { body, ..empty() };
        assert_eq!(pages(&pdf(&bare)), 1);
    }
}

#[test]
fn pages_break_where_asked_and_nowhere_twice() {
    let body = vec![
        Block::PageBreak,
        paragraph("一"),
        Block::PageBreak,
        Block::PageBreak,
        paragraph("二"),
        Block::Together(vec![Block::PageBreak, paragraph("三")]),
        Block::PageBreak,
    ];
    assert_eq!(pages(&pdf(&document(body))), 3);
}

#[test]
fn a_picture_that_cannot_be_read_says_what_it_would_have_shown() {
    let with = |image| {
        let picture = Picture {
            image,
            width: f32::NAN,
            words: "平面图".to_owned(),
        };
        pdf(&document(vec![Block::Picture(picture)]))
    };
    let words = pdf(&document(vec![paragraph("平面图")]));
    assert!(with(Image::Svg("<svg".to_owned())) == words);
    assert!(with(Image::Png(b"\x89PNG".to_vec())) == words);
}

#[test]
fn a_picture_is_never_larger_than_its_page() {
    for (width, height) in [(1, 3000), (3000, 1)] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
             <rect width=\"{width}\" height=\"{height}\"/></svg>"
        );
        let picture = Picture {
            image: Image::Svg(svg),
            width: 500.0,
            words: "线".to_owned(),
        };
        assert_eq!(pages(&pdf(&document(vec![Block::Picture(picture)]))), 1);
    }
}
