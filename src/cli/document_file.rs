//! The file that a command writes a document to: its ending says which kind.

use std::path::Path;

use anyhow::anyhow;

use crate::atomic_file::{self, Readers};
use crate::document::{self, Document, Format};
use crate::domain::lang::Lang;
use crate::i18n::document_file as words;
use crate::i18n::records::cannot_write;

/// Where to, and as what.
pub(super) struct DocumentFile<'a> {
    path: &'a Path,
    format: Format,
}

impl<'a> DocumentFile<'a> {
    /// The file `path`.
    ///
    /// # Errors
    /// Its ending says nothing.
    pub(super) fn at(path: &'a Path, lang: &Lang) -> anyhow::Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let format = match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("pdf") => Format::Pdf,
            Some("html") => Format::Html,
            Some("docx") => Format::Docx,
            _ => return Err(anyhow!(words::bad_ending(lang, &path.to_string_lossy()))),
        };
        Ok(Self { path, format })
    }

    /// What it is called, for a sentence.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Writes a document to it, in place of what is there.
    ///
    /// # Errors
    /// The document cannot be made, or the file not be written.
    pub(super) fn write(&self, document: &Document, lang: &Lang) -> anyhow::Result<()> {
        let bytes = document::write(document, self.format)
            .map_err(|error| anyhow!(words::not_made(lang, &error.to_string())))?;
        atomic_file::write(self.path, &bytes, Readers::Usual)
            .map_err(|error| anyhow!(cannot_write(lang, &self.name(), &error.to_string())))
    }
}
