//! Words about the file that a command writes a document to.

use super::tr_with;
use crate::domain::lang::Lang;

/// The file's ending says nothing.
pub fn bad_ending(lang: &Lang, file: &str) -> String {
    tr_with(
        lang,
        "{}: the ending does not say what to write. End it in .pdf, .html or .docx.",
        &[file],
    )
}

/// The document could not be made.
pub fn not_made(lang: &Lang, detail: &str) -> String {
    tr_with(
        lang,
        "The document was not made: {}. This is a fault of the program; please report it.",
        &[detail],
    )
}
