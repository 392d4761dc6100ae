//! Documents: the files that they become, what other programs read in them, and that no document
//! is too odd for it.

mod apart;
mod docx;
mod files;
mod page;
mod random;
mod reading;

use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use lobby_kiosk::document::model::{
    Block, Column, Image, Picture, Running, RunningPart, Table, Text,
};
use lobby_kiosk::document::{Document, Format, write};

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 40\">\
                       <rect width=\"100\" height=\"40\" fill=\"#e4f4ea\"/>\
                       <circle cx=\"20\" cy=\"20\" r=\"15\" fill=\"#0b5b36\"/></svg>";
/// Chinese with every kind of punctuation that minds where a line breaks.
const CHINESE: &str = "大堂经理发现烟雾后，应当立即大声呼喊“着火了，请跟我走”，并按下疏散按钮；同时请保安人员拨打119（火警），\
                       说明地址“人民路188号一楼”、起火部位和有无人员被困。不要乘坐电梯！切勿返回取物……《营业部应急预案》\
                       第3.2条（见附件）要求：所有客户在三分钟以内撤到集合点——广场北侧旗杆，由谁清点？";

/// An empty document.
fn empty() -> Document {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Document::new("演练评估报告", "zh-CN", day)
}

/// A document that says this, with numbered pages.
fn document(body: Vec<Block>) -> Document {
    Document {
        head: Running {
            left: vec![RunningPart::TextRun("人民路证券营业部".to_owned())],
            right: Vec::new(),
        },
        foot: Running {
            left: Vec::new(),
            right: RunningPart::numbered("第 {0} 页，共 {1} 页"),
        },
        body,
        ..empty()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.into())
}

fn heading(level: u8, text: &str) -> Block {
    let text = text.into();
    Block::Heading { level, text }
}

fn table(rows: usize) -> Block {
    let row = |index: usize| {
        let cells = [
            format!("编号{index}"),
            CHINESE.chars().skip(index % 40).take(30).collect(),
        ];
        cells.into_iter().map(Text::from).collect()
    };
    Block::Table(Table {
        columns: vec![Column::of(1.0), Column::of(3.0)],
        head: vec![vec!["物品".into(), "说明".into()]],
        rows: (1..=rows).map(row).collect(),
    })
}

/// One of everything.
fn sample() -> Document {
    document(vec![
        heading(1, "演练评估"),
        paragraph(CHINESE),
        heading(2, "经过"),
        Block::Paragraph(
            Text::plain("结论：")
                .and_strong("全部达标")
                .and_in("en", " All met the mark."),
        ),
        Block::List {
            numbered: true,
            items: vec!["检查出口".into(), "清点人数".into()],
        },
        Block::List {
            numbered: false,
            items: vec!["灭火器在有效期内".into()],
        },
        heading(2, "物品"),
        table(3),
        Block::Picture(Picture {
            image: Image::Svg(DRAWING.to_owned()),
            width: 60.0,
            words: "绿色圆点".to_owned(),
        }),
        Block::Together(vec![heading(3, "签字"), paragraph("负责人：张三")]),
    ])
}

/// A photo, left half red and right half blue.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let image = image::RgbImage::from_fn(width, height, |x, _| {
        let is_left = x < width / 2;
        image::Rgb(if is_left {
            [220, 20, 20]
        } else {
            [20, 20, 220]
        })
    });
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

fn pictured(image: Image) -> Document {
    let words = "15:42 的照片".to_owned();
    let width = 100.0;
    document(vec![Block::Picture(Picture {
        image,
        width,
        words,
    })])
}

fn pdf(document: &Document) -> Vec<u8> {
    write(document, Format::Pdf).unwrap()
}

/// How often `what` stands in a file.
fn count(bytes: &[u8], what: &str) -> usize {
    let found = bytes.windows(what.len());
    found.filter(|one| *one == what.as_bytes()).count()
}

/// What a program of poppler-utils says on a file.
fn asked(program: &str, words: &[&str], file: &Path) -> String {
    let done = Command::new(program)
        .args(words)
        .arg(file)
        .arg("-")
        .output();
    let done = match program {
        // It writes nowhere else.
        "pdfinfo" => Command::new(program).args(words).arg(file).output(),
        _ => done,
    };
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(done.status.success(), "{program}: {done:?}");
    // Titles of headings come in another encoding.
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// What stands on each page of a file, line by line.
pub(super) fn pages(pdf: &[u8]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("document.pdf");
    std::fs::write(&file, pdf).unwrap();
    let text = asked("pdftotext", &["-layout"], &file);
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(str::to_owned)
        .collect()
}

/// What the structure of a file says, without what stands at the edges of pages.
fn read_aloud(pdf: &[u8]) -> (String, String) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("document.pdf");
    std::fs::write(&file, pdf).unwrap();
    let structure = asked("pdfinfo", &["-struct-text"], &file);
    let said = structure.lines().filter_map(|line| {
        let line = line.trim_start().strip_prefix('"')?;
        line.strip_suffix('"')
    });
    let said = said.collect();
    (structure, said)
}

/// Without white space, which lines and columns make more or less of.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All that blocks say, in the order in which it is read, with the numbers of lists.
fn said(blocks: &[Block]) -> String {
    let mut all = String::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => all.push_str(&text.said()),
            Block::List { numbered, items } => {
                for (index, item) in items.iter().enumerate() {
                    match numbered {
                        true => all.push_str(&format!("{}.", index + 1)),
                        false => all.push('•'),
                    }
                    all.push_str(&item.said());
                }
            }
            Block::Table(table) => {
                for row in table.head.iter().chain(&table.rows) {
                    row.iter().for_each(|cell| all.push_str(&cell.said()));
                }
            }
            Block::Picture(_) | Block::PageBreak => {}
            Block::Together(blocks) => all.push_str(&said(blocks)),
        }
    }
    dense(&all)
}
