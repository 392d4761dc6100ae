//! What is in a word processor's file.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The namespace of a text's elements.
pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The names of all parts.
pub fn names(docx: &[u8]) -> Vec<String> {
    let file = ZipArchive::new(Cursor::new(docx)).expect("a container");
    let names = file.file_names();
    names
        .map(|name| name.expect("a name").into_owned())
        .collect()
}

/// The bytes of a part.
pub fn bytes(docx: &[u8], name: &str) -> Vec<u8> {
    let mut file = ZipArchive::new(Cursor::new(docx)).expect("a container");
    let mut bytes = Vec::new();
    let mut part = file.by_name(name).expect(name);
    part.read_to_end(&mut bytes).expect(name);
    bytes
}

/// A part as text.
pub fn part(docx: &[u8], name: &str) -> String {
    String::from_utf8(bytes(docx, name)).expect("UTF-8")
}

/// All words of the text, without white space.
pub fn words(docx: &[u8]) -> String {
    let markup = part(docx, "word/document.xml");
    let document = roxmltree::Document::parse(&markup).expect("markup");
    let texts = document.descendants();
    let texts = texts.filter(|node| node.has_tag_name((MAIN, "t")));
    let all: String = texts.filter_map(|node| node.text()).collect();
    all.chars().filter(|c| !c.is_whitespace()).collect()
}
