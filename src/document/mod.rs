//! Documents: what a report says ([`Document`]), and the files that it becomes.
//!
//! [`make`] makes one in a process of its own, as whoever has a screen to draw should; [`write`]
//! does it on the spot. A PDF file goes from the blocks of the [`model`] through `layout`, which
//! deals lines out to pages, to `pdf`, the only one that knows that kind of file; `html` and `docx` need
//! the blocks alone. Letters are measured in `shaping`, lines broken in `lines`, for posters as well.

mod base64;
mod child;
mod code;
mod colour;
mod docx;
mod drawing;
mod html;
mod layout;
pub(crate) mod lines;
pub mod model;
pub(crate) mod outline;
pub(crate) mod page;
pub(crate) mod pdf;
mod pixels;
pub(crate) mod shaping;
pub(crate) mod structure;
pub(crate) mod wrapping;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use child::{make, run_child, write};
pub use colour::Colour;
pub use docx::DocxError;
pub(crate) use drawing::{Drawing, Shape};
pub use html::part;
pub use model::Document;
pub use page::{Area, Paper, TextRun, Weight};
pub use pdf::PdfError;

use crate::helper::Unhelped;

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// To print and to file.
    Pdf,
    /// To read on a screen.
    Html,
    /// To go on writing in a word processor.
    Docx,
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotMade {
    /// The process that makes it did not.
    #[error(transparent)]
    Helper(#[from] Unhelped),
    /// It could not be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The same of a word processor's file.
    #[error(transparent)]
    Docx(#[from] DocxError),
}
