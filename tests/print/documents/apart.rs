//! Documents that a process of their own makes.

use std::path::Path;
use std::process::Command;

use lobby_kiosk::document::model::Block;
use lobby_kiosk::document::{Format, NotMade, make, write};
use lobby_kiosk::helper::{self, Unhelped};

use super::{document, paragraph, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lobby-kiosk");

#[test]
fn the_helper_makes_the_same_file() {
    helper::use_program(Path::new(PROGRAM));
    for format in [Format::Pdf, Format::Html, Format::Docx] {
        let made = make(&sample(), format).unwrap();
        assert!(made == write(&sample(), format).unwrap(), "{format:?}");
    }
}

#[test]
fn a_helper_that_refuses_costs_nothing_but_the_document() {
    helper::use_program(Path::new(PROGRAM));
    // Nested more deeply than anybody reads, which its reader refuses.
    let mut block = paragraph("最里面");
    for _ in 0..200 {
        block = Block::Together(vec![block]);
    }
    let refused = make(&document(vec![block]), Format::Pdf);
    assert!(
        matches!(refused, Err(NotMade::Helper(Unhelped::Refused(_)))),
        "{refused:?}"
    );
    assert!(make(&sample(), Format::Pdf).is_ok(), "the next one is made");
}

#[test]
fn a_helper_without_a_task_says_so() {
    for command in ["_document", "_poster"] {
        let done = Command::new(PROGRAM).arg(command).output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.starts_with("{\"Err\":"), "{command}: {said}");
    }
}
