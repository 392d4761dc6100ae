//! A document as a word processor's file (Office Open XML, ECMA-376), to go on writing in Word, WPS
//! or LibreOffice: headings are headings, lists lists, and the names of columns stand again at the
//! top of every page. It says the same words in the same order as the other files, and the same
//! document gives the same bytes.
//!
//! The container is the business of the library `zip`; what lies in it is written as markup here. Of
//! the libraries that write such files whole, `docx-rs` knows neither rows that are repeated, nor the
//! language of a run, nor the words of a picture; `rdocx` asks for a newer compiler, and `ooxmlsdk`
//! is some hundred thousand lines for the twenty elements of a report.

mod blocks;
mod edges;
mod measures;
mod package;
mod picture;
mod runs;
mod styles;
mod table;

use std::io::{Cursor, Write};

use maud::Markup;
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::model::Document;
use blocks::Body;

/// Why a file could not be made, which no document is known to meet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("DOCX: {0}")]
pub struct DocxError(String);

/// What stands before every part.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A document as the bytes of its file.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, DocxError> {
    let body = Body::of(document);
    let mut file = Package::default();
    file.part("[Content_Types].xml", &package::content_types())?;
    file.part("_rels/.rels", &package::relations())?;
    file.part("docProps/core.xml", &package::properties(document))?;
    file.part("word/document.xml", &package::whole(document, &body))?;
    file.part("word/styles.xml", &styles::styles(document))?;
    file.part("word/numbering.xml", &styles::numbering(body.numbered))?;
    file.part("word/settings.xml", &styles::settings())?;
    file.part("word/fontTable.xml", &styles::fonts())?;
    file.part("word/header1.xml", &edges::head(document))?;
    file.part("word/footer1.xml", &edges::foot(document))?;
    let targets = package::targets(&body.pictures);
    file.part("word/_rels/document.xml.rels", &targets)?;
    for (index, media) in body.pictures.iter().enumerate() {
        let place = ["word/", &package::picture(index, media)].concat();
        file.bytes(&place, &media.bytes)?;
    }
    file.finish()
}

/// The container while it is filled.
struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Package {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Package {
    fn part(&mut self, name: &str, markup: &Markup) -> Result<(), DocxError> {
        self.bytes(name, [DECLARATION, &markup.0].concat().as_bytes())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), DocxError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let begun = self.0.start_file(name, options);
        begun.map_err(|error| DocxError(error.to_string()))?;
        let written = self.0.write_all(bytes);
        written.map_err(|error| DocxError(error.to_string()))
    }

    fn finish(self) -> Result<Vec<u8>, DocxError> {
        let done = self.0.finish();
        done.map(Cursor::into_inner)
            .map_err(|error| DocxError(error.to_string()))
    }
}
