//! What other programs read in a PDF file.

use std::process::Command;

use lobby_kiosk::document::model::{Block, Column, Image, Orientation, Picture, Table};
use lobby_kiosk::document::{Document, Paper};
use lobby_kiosk::qr::{self, Medium};

use super::{
    CHINESE, dense, document, heading, pages, paragraph, pdf, read_aloud, said, sample, table,
};

#[test]
#[ignore = "needs pdftotext and pdfinfo (Debian: poppler-utils)"]
fn every_word_is_read_aloud_in_its_order() {
    let (structure, read) = read_aloud(&pdf(&sample()));
    assert_eq!(dense(&read), said(&sample().body), "{structure}");
    for part in ["H1 ", "H2 ", "LBody", "THead", "/Scope /Column", "Figure"] {
        assert!(structure.contains(part), "{part}: {structure}");
    }
    assert!(!read.contains("人民路证券营业部"), "the edges are not read");
}

#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn words_are_found_and_pages_counted() {
    let document = document(vec![table(500), paragraph("完毕")]);
    let pages = pages(&pdf(&document));
    let count = pages.len();
    assert!(count > 10, "{count}");
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("人民路证券营业部"), "{page}");
        let number = format!("第 {} 页，共 {count} 页", index + 1);
        assert!(page.contains(&number), "{page}");
        let names = page.matches("物品").count();
        assert_eq!(names, usize::from(page.contains("编号")), "{page}");
    }
    let all = dense(&pages.concat());
    for row in 1..=500 {
        assert!(all.contains(&format!("编号{row}")), "{row}");
    }
}

/// Papers of every width.
fn papers() -> Vec<(Paper, Orientation)> {
    let turned = [Orientation::Portrait, Orientation::Landscape];
    let papers = [Paper::A4, Paper::A5].into_iter();
    papers
        .flat_map(|paper| turned.map(|one| (paper, one)))
        .collect()
}

#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn no_line_begins_or_ends_with_the_wrong_mark() {
    let long = "a".repeat(200);
    let cells = Table {
        columns: vec![Column::of(1.0), Column::of(1.3), Column::of(0.7)],
        head: Vec::new(),
        rows: (0..8)
            .map(|n| vec![CHINESE.chars().skip(n).collect::<String>().into()])
            .collect(),
    };
    // Begun anew at every character, so that every character comes to the end of a line.
    let shifted = (0..40).map(|n| paragraph(&["一".repeat(n), CHINESE.to_owned()].concat()));
    let torn =
        (60..120).map(|n| paragraph(&format!("{}，后面（{}。", &long[..n], &long[..n * 3 / 2])));
    let body: Vec<Block> = shifted.chain(torn).chain([Block::Table(cells)]).collect();
    for (paper, orientation) in papers() {
        let file = pdf(&Document {
            paper,
            orientation,
            ..document(body.clone())
        });
        for line in pages(&file).iter().flat_map(|page| page.lines()) {
            let line = line.trim();
            let wrong = line.starts_with([
                '，', '。', '！', '？', '）', '》', '、', '；', '：', '”', '…', '—',
            ]) || line.ends_with(['（', '《', '“']);
            assert!(!wrong, "{paper:?} {orientation:?}: {line}");
        }
    }
}

#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn what_belongs_together_stays_on_one_page() {
    // Wherever on the page it comes.
    for filler in 0..45 {
        let mut body: Vec<Block> = (0..filler).map(|_| paragraph("填充")).collect();
        body.push(heading(2, "标题"));
        body.push(paragraph(&["开头", &CHINESE.repeat(2), "结尾"].concat()));
        body.push(Block::Together(vec![
            paragraph("签字一"),
            paragraph("签字二"),
            paragraph("签字三"),
        ]));
        let pages = pages(&pdf(&document(body)));
        let at = |what: &str| pages.iter().position(|page| page.contains(what)).unwrap();
        assert_eq!(at("标题"), at("开头"), "{filler}");
        assert_eq!(at("签字一"), at("签字三"), "{filler}");
        for page in &pages {
            // Head and foot are lines as well.
            let lines = page.lines().filter(|line| !line.trim().is_empty()).count();
            let alone = lines == 3 && (page.contains("结尾") || page.contains("开头"));
            assert!(!alone, "{filler}: a line by itself on {page}");
        }
    }
}

#[test]
#[ignore = "needs pdftotext and pdfinfo (Debian: poppler-utils)"]
fn a_row_longer_than_a_page_goes_on() {
    let long = CHINESE.repeat(60);
    let document = document(vec![Block::Table(Table {
        columns: vec![Column::of(1.0), Column::of(2.0).right()],
        head: vec![vec!["名称".into(), "内容".into()]],
        rows: vec![vec!["甲".into(), long.as_str().into()], vec!["乙".into()]],
    })]);
    let file = pdf(&document);
    let pages = pages(&file);
    assert!(pages.len() > 3);
    assert!(pages.iter().all(|page| page.contains("名称")), "{pages:?}");
    assert_eq!(dense(&read_aloud(&file).1), said(&document.body));
}

#[test]
#[ignore = "needs pdftoppm (Debian: poppler-utils) and zbarimg (zbar-tools)"]
fn a_code_in_a_document_is_read_from_paper() {
    let matrix = qr::encode("https://desk.example.cn/status", Medium::Paper).unwrap();
    let code = Block::Picture(Picture {
        image: Image::code(&matrix),
        width: 30.0,
        words: "查询".to_owned(),
    });
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("code.pdf");
    std::fs::write(&file, pdf(&document(vec![paragraph(CHINESE), code]))).unwrap();
    for words in [
        &[
            "pdftoppm",
            "-r",
            "150",
            "-png",
            "-singlefile",
            "code.pdf",
            "code",
        ][..],
        &["zbarimg", "--quiet", "code.png"],
    ] {
        let mut command = Command::new(words[0]);
        let done = command.args(&words[1..]).current_dir(dir.path()).output();
        let done = done.unwrap_or_else(|error| panic!("{words:?}: {error}"));
        assert!(done.status.success(), "{words:?}: {done:?}");
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(
            said.is_empty() || said.contains("desk.example.cn/status"),
            "{said}"
        );
    }
}

#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn other_scripts_are_found_as_they_were_written() {
    let texts = [
        "Привет, Ελλάδα, naïve café",
        "한국어 문장입니다",
        "ꆈꌠꁱꂷ",
        "ไม่ใช้ลิฟต์",
        "𠮷野家 㐀㐁 🔥 ☎",
    ];
    for text in texts {
        let pages = pages(&pdf(&document(vec![paragraph(text)])));
        assert!(
            dense(&pages.concat()).contains(&dense(text)),
            "{text}: {pages:?}"
        );
    }
    // How marks and letters that run to the left are put in order is the reader's business.
    for text in ["ئۇيغۇرچە 119 يېزىق", "བོད་ཡིག", "e\u{301}\u{302}"] {
        let pages = pages(&pdf(&document(vec![paragraph(text)])));
        for letter in text.chars() {
            assert!(
                pages.concat().contains(letter),
                "{letter} of {text}: {pages:?}"
            );
        }
    }
}
