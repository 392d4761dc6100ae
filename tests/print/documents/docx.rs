//! Documents as a word processor's files.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use lobby_kiosk::document::model::{Block, Image, Orientation, Picture, Running, RunningPart};
use lobby_kiosk::document::{Document, Format, Paper, write};
use roxmltree::Node;

use super::{
    CHINESE, count, dense, document, heading, pages, paragraph, photo, pictured, said, sample,
    table,
};
use crate::docx::{MAIN, bytes, names, part, words};

pub fn docx(document: &Document) -> Vec<u8> {
    write(document, Format::Docx).unwrap()
}

/// What `read` finds in the text of a file.
fn asked<T>(docx: &[u8], read: impl FnOnce(Node<'_, '_>) -> T) -> T {
    let markup = part(docx, "word/document.xml");
    let document = roxmltree::Document::parse(&markup).unwrap();
    read(document.root_element())
}

fn has<'a>(node: Node<'a, 'a>, name: &str) -> bool {
    node.descendants().any(|one| one.has_tag_name((MAIN, name)))
}

/// The words of paragraphs in this style.
fn styled(docx: &[u8], style: &str) -> Vec<String> {
    asked(docx, |root| {
        let paragraphs = root
            .descendants()
            .filter(|one| one.has_tag_name((MAIN, "p")));
        let of_style = paragraphs.filter(|one| {
            let mut inner = one.descendants();
            inner.any(|it| {
                it.has_tag_name((MAIN, "pStyle")) && it.attribute((MAIN, "val")) == Some(style)
            })
        });
        let said = of_style.map(|one| {
            let texts = one.descendants().filter(|it| it.has_tag_name((MAIN, "t")));
            texts.filter_map(|it| it.text()).collect()
        });
        said.collect()
    })
}

#[test]
fn every_part_is_markup_and_named_by_the_container() {
    let file = docx(&sample());
    let all: BTreeSet<String> = names(&file).into_iter().collect();
    let markup = all.iter().filter(|name| !name.ends_with(".png"));
    for name in markup.clone() {
        let text = part(&file, name);
        assert!(text.starts_with("<?xml version=\"1.0\""), "{name}");
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let types = part(&file, "[Content_Types].xml");
    for name in markup.filter(|name| !name.ends_with(".rels") && !name.starts_with('[')) {
        assert!(types.contains(&format!("\"/{name}\"")), "{name}");
    }
    let relations = part(&file, "word/_rels/document.xml.rels");
    let relations = roxmltree::Document::parse(&relations).unwrap();
    let targets = relations
        .descendants()
        .filter_map(|one| one.attribute("Target"));
    for target in targets {
        assert!(all.contains(&format!("word/{target}")), "{target}");
    }
}

#[test]
fn the_same_document_gives_the_same_file() {
    assert!(docx(&sample()) == docx(&sample()));
    let later = Document {
        date: sample().date.succ_opt().unwrap(),
        ..sample()
    };
    assert!(part(&docx(&later), "docProps/core.xml").contains("2026-11-25"));
}

#[test]
fn headings_are_headings_and_stay_with_what_follows() {
    let file = docx(&sample());
    assert_eq!(styled(&file, "Heading1"), ["演练评估"]);
    assert_eq!(styled(&file, "Heading2"), ["经过", "物品"]);
    assert_eq!(styled(&file, "Heading3"), ["签字"]);
    let styles = part(&file, "word/styles.xml");
    let styles = roxmltree::Document::parse(&styles).unwrap();
    let heading = styles.descendants().find(|one| {
        one.has_tag_name((MAIN, "style")) && one.attribute((MAIN, "styleId")) == Some("Heading2")
    });
    let heading = heading.unwrap();
    assert!(has(heading, "keepNext") && has(heading, "outlineLvl"));
    let name = heading
        .descendants()
        .find(|one| one.has_tag_name((MAIN, "name")));
    assert_eq!(name.unwrap().attribute((MAIN, "val")), Some("heading 2"));
}

#[test]
fn the_names_of_columns_are_repeated_and_no_row_is_cut() {
    let file = docx(&document(vec![table(3), table(1)]));
    asked(&file, |root| {
        let tables: Vec<_> = (root.descendants())
            .filter(|one| one.has_tag_name((MAIN, "tbl")))
            .collect();
        assert_eq!(tables.len(), 2);
        for table in &tables {
            // Tables side by side would be one.
            assert!(
                table
                    .next_sibling_element()
                    .unwrap()
                    .has_tag_name((MAIN, "p"))
            );
            let rows = table
                .children()
                .filter(|one| one.has_tag_name((MAIN, "tr")));
            for (index, row) in rows.enumerate() {
                assert_eq!(has(row, "tblHeader"), index == 0);
                assert!(has(row, "cantSplit"));
            }
            // As wide as the text: 170 mm.
            let columns = table.descendants();
            let columns = columns.filter(|one| one.has_tag_name((MAIN, "gridCol")));
            let width: f32 = columns
                .map(|one| one.attribute((MAIN, "w")).unwrap().parse::<f32>().unwrap())
                .sum();
            assert!((width - 9638.0).abs() < 4.0, "{width}");
        }
    });
}

#[test]
fn each_numbered_list_counts_from_one() {
    let list = |numbered, item: &str| Block::List {
        numbered,
        items: vec![item.into()],
    };
    let file = docx(&document(vec![
        list(true, "甲"),
        list(false, "乙"),
        list(true, "丙"),
    ]));
    let numbers: Vec<String> = asked(&file, |root| {
        let all = root
            .descendants()
            .filter(|one| one.has_tag_name((MAIN, "numId")));
        all.filter_map(|one| one.attribute((MAIN, "val")))
            .map(str::to_owned)
            .collect()
    });
    assert_eq!(numbers, ["2", "1", "3"]);
    let numbering = part(&file, "word/numbering.xml");
    assert_eq!(numbering.matches("<w:num ").count(), 3);
    assert_eq!(
        numbering.matches("startOverride").count(),
        4,
        "opened and closed"
    );
}

#[test]
fn paper_is_as_large_as_asked_and_its_pages_are_numbered() {
    for (paper, orientation, width, turned) in [
        (Paper::A4, Orientation::Portrait, "11906", false),
        (Paper::A4, Orientation::Landscape, "16838", true),
        (Paper::A5, Orientation::Portrait, "8391", false),
    ] {
        let file = docx(&Document {
            paper,
            orientation,
            ..sample()
        });
        let size = asked(&file, |root| {
            let size = root
                .descendants()
                .find(|one| one.has_tag_name((MAIN, "pgSz")));
            let size = size.unwrap();
            let side = |name: &str| size.attribute((MAIN, name)).map(str::to_owned);
            (side("w"), side("orient"))
        });
        assert_eq!(size.0.as_deref(), Some(width));
        assert_eq!(size.1.is_some(), turned);
        let foot = part(&file, "word/footer1.xml");
        assert!(
            foot.contains(" PAGE ") && foot.contains(" NUMPAGES "),
            "{foot}"
        );
        assert!(part(&file, "word/header1.xml").contains("人民路证券营业部"));
    }
    let titled = Document {
        head: Running {
            left: vec![RunningPart::Title],
            right: Vec::new(),
        },
        ..sample()
    };
    assert!(part(&docx(&titled), "word/header1.xml").contains("STYLEREF"));
}

#[test]
fn languages_and_chinese_typefaces_are_named() {
    let file = docx(&sample());
    let styles = part(&file, "word/styles.xml");
    assert!(styles.contains("w:eastAsia=\"SimSun\""), "{styles}");
    assert!(styles.contains("w:eastAsia=\"zh-CN\""), "{styles}");
    let text = part(&file, "word/document.xml");
    assert!(text.contains("<w:lang w:val=\"en-US\""), "{text}");
    assert!(text.contains("w:hint=\"eastAsia\""), "{text}");
    let fonts = part(&file, "word/fontTable.xml");
    assert!(fonts.contains("Noto Serif CJK SC"), "{fonts}");
    let core = part(&file, "docProps/core.xml");
    assert!(
        core.contains("演练评估报告") && core.contains("zh-CN"),
        "{core}"
    );
    // What is no language is left out: it would be a file that is refused.
    let odd = Document {
        lang: "无\"<".to_owned(),
        ..sample()
    };
    roxmltree::Document::parse(&part(&docx(&odd), "word/styles.xml")).unwrap();
    roxmltree::Document::parse(&part(&docx(&odd), "docProps/core.xml")).unwrap();
}

#[test]
fn a_drawing_becomes_pixels_with_its_words() {
    let file = docx(&sample());
    assert!(bytes(&file, "word/media/image1.png").starts_with(b"\x89PNG"));
    let text = part(&file, "word/document.xml");
    assert!(text.contains("descr=\"绿色圆点\""), "{text}");
    // 60 mm.
    assert!(text.contains("cx=\"2160000\""), "{text}");
    let unread = Block::Picture(Picture {
        image: Image::Png(b"\x89PNG".to_vec()),
        width: f32::NAN,
        words: "平面图".to_owned(),
    });
    let file = docx(&document(vec![unread]));
    assert_eq!(words(&file), "平面图");
    assert!(names(&file).iter().all(|name| !name.ends_with(".png")));
}

#[test]
fn a_photo_lies_beside_the_text_as_it_is() {
    let photo = photo(400, 300);
    let file = docx(&pictured(Image::Jpeg(photo.clone())));
    assert_eq!(bytes(&file, "word/media/image1.jpeg"), photo);
    let relations = part(&file, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("Target=\"media/image1.jpeg\""),
        "{relations}"
    );
    let kinds = part(&file, "[Content_Types].xml");
    assert!(
        kinds.contains("Extension=\"jpeg\" ContentType=\"image/jpeg\""),
        "{kinds}"
    );
    let text = part(&file, "word/document.xml");
    assert!(text.contains("descr=\"15:42 的照片\""), "{text}");
    // 100 mm across, and three quarters of it down.
    assert!(
        text.contains("cx=\"3600000\"") && text.contains("cy=\"2700000\""),
        "{text}"
    );
}

#[test]
fn pages_break_where_asked() {
    let file = docx(&document(vec![
        paragraph("一"),
        Block::PageBreak,
        Block::PageBreak,
        paragraph("二"),
        Block::PageBreak,
        table(1),
        Block::PageBreak,
    ]));
    let text = part(&file, "word/document.xml");
    assert_eq!(count(text.as_bytes(), "<w:pageBreakBefore>"), 2);
}

#[test]
fn a_file_says_the_same_words_in_the_same_order() {
    let file = docx(&sample());
    // A word processor numbers the lists.
    let expected = said(&sample().body)
        .replace("1.检", "检")
        .replace("2.清", "清")
        .replace('•', "");
    assert_eq!(words(&file), expected);
}

/// What LibreOffice makes of a file: what stands on each page.
fn opened(file: &[u8]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("document.docx"), file).unwrap();
    // Chinese typefaces are there on every desk, but not on every machine that tests.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/fonts");
    let fonts = format!(
        "<?xml version=\"1.0\"?><fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
        own.display(),
        dir.path().join("cache").display()
    );
    std::fs::write(dir.path().join("fonts.conf"), fonts).unwrap();
    let home = format!("-env:UserInstallation=file://{}/home", dir.path().display());
    let done = Command::new("soffice")
        .args(["--headless", &home, "--convert-to", "pdf", "document.docx"])
        .env("FONTCONFIG_FILE", dir.path().join("fonts.conf"))
        .current_dir(dir.path())
        .output();
    let done = done.unwrap_or_else(|error| panic!("soffice: {error}"));
    assert!(done.status.success(), "{done:?}");
    pages(&std::fs::read(dir.path().join("document.pdf")).expect("a file that is opened"))
}

#[test]
#[ignore = "needs LibreOffice and pdftotext (Debian: libreoffice-writer-nogui, poppler-utils)"]
fn a_word_processor_opens_it_and_loses_no_word() {
    let pages = opened(&docx(&sample()));
    let read = dense(&pages.concat());
    let words = [
        "演练评估",
        "全部达标",
        "Allmetthemark.",
        "1.检查出口",
        "编号3",
        "负责人：张三",
    ];
    for word in words {
        assert!(read.contains(word), "{word}: {read}");
    }
    assert!(read.contains("第1页，共1页"), "{read}");
    assert!(
        read.contains(&dense(&CHINESE.chars().take(30).collect::<String>())),
        "{read}"
    );
}

#[test]
#[ignore = "needs LibreOffice and pdftotext (Debian: libreoffice-writer-nogui, poppler-utils)"]
fn a_word_processor_repeats_the_names_of_columns() {
    let pages = opened(&docx(&document(vec![heading(1, "物品"), table(150)])));
    let count = pages.len();
    assert!(count > 3, "{count}");
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("说明"), "{page}");
        let number = format!("第{}页，共{count}页", index + 1);
        assert!(dense(page).contains(&number), "{page}");
    }
}
