//! What a PDF file has in it.

use std::process::Command;

use lobby_kiosk::document::model::{Block, Image, Orientation, Picture};
use lobby_kiosk::document::{Document, Format, Paper, write};

use super::{count, document, empty, heading, paragraph, pdf, photo, pictured, sample, table};

fn pages(pdf: &[u8]) -> usize {
    count(pdf, "/MediaBox")
}

/// The first page as others draw it: red, green and blue of each dot, 75 of them an inch.
fn drawn(pdf: &[u8]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("document.pdf");
    std::fs::write(&path, pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", "75"])
        .arg(&path)
        .output();
    let drawn = drawn.unwrap().stdout;
    // Three lines, then the dots.
    let head: usize = drawn
        .split(|byte| *byte == b'\n')
        .take(3)
        .map(|line| line.len() + 1)
        .sum();
    drawn[head..].to_vec()
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
    // The beginning of a photo is none.
    let photo = photo(40, 30);
    for end in [2, 20, 100] {
        let broken = Image::Jpeg(photo[..end].to_vec());
        assert!(with(broken) == words, "{end} bytes");
    }
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

#[test]
fn a_photo_is_in_every_kind_of_file_as_it_is_with_its_words() {
    let photo = photo(400, 300);
    let document = pictured(Image::Jpeg(photo.clone()));
    let holds = |file: &[u8]| file.windows(photo.len()).any(|part| part == photo);
    let file = pdf(&document);
    assert!(holds(&file));
    assert_eq!(count(&file, "/DCTDecode"), 1);
    let html = String::from_utf8(write(&document, Format::Html).unwrap()).unwrap();
    let data = "src=\"data:image/jpeg;base64,/9j/";
    assert!(
        html.contains(data) && html.contains("alt=\"15:42 的照片\""),
        "{html}"
    );
}

#[test]
fn a_photo_keeps_its_shape_and_its_page() {
    // As wide as asked, as high as the page at most: the second is smaller for that.
    for (width, height, across) in [(400, 300, 100.0), (30, 300, 30.0)] {
        let file = pdf(&pictured(Image::Jpeg(photo(width, height))));
        assert_eq!(pages(&file), 1);
        let dots = drawn(&file);
        let is_red = |dot: &[u8]| dot[0] > 150 && dot[1] < 90 && dot[2] < 90;
        let is_blue = |dot: &[u8]| dot[2] > 150 && dot[0] < 90 && dot[1] < 90;
        let count = |of: &dyn Fn(&[u8]) -> bool| dots.chunks(3).filter(|dot| of(dot)).count();
        let (red, blue) = (count(&is_red), count(&is_blue));
        // A dot is a third of a millimetre.
        let area = across * across * height as f32 / width as f32;
        let shown = (red + blue) as f32 * (25.4 / 75.0) * (25.4 / 75.0);
        assert!(
            shown > area * 0.5 && shown < area * 1.1,
            "{shown} of {area}"
        );
        assert!(
            red.abs_diff(blue) * 10 < red + blue,
            "{red} red, {blue} blue"
        );
    }
}
