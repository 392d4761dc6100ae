//! A sheet as a PDF file: words as text in embedded fonts, everything else as outlines.

use std::process::ExitCode;
use std::time::Duration;

use super::PosterError;
use super::sheet::{Item, Sheet};
use crate::document::pdf::{self, About, Canvas};
use crate::document::{Colour, outline};
use crate::helper::{self, Limits};
use crate::i18n;

/// The first argument of a process that makes a poster.
const COMMAND: &str = "_poster";
/// Fonts are most of the memory.
const LIMITS: Limits = Limits {
    memory: 512 * 1024 * 1024,
    seconds: 10,
};
/// How long a poster may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes the file of a sheet, if that is what this process was started for; none where it was not.
pub fn run_child(args: impl Iterator<Item = String>) -> Option<ExitCode> {
    helper::serve(args, COMMAND, LIMITS, |sheet: Sheet| {
        write(&sheet).map_err(|error| error.to_string())
    })
}

/// The file of a sheet, made in a process of its own.
pub(super) fn make(sheet: &Sheet) -> Result<Vec<u8>, PosterError> {
    helper::ask(COMMAND, sheet, PATIENCE).map_err(|error| PosterError::Pdf(error.to_string()))
}

/// The sheet as a file of one page, of exactly the size of its paper.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, PosterError> {
    let about = About {
        title: &sheet.title,
        lang: &i18n::tag(&sheet.lang),
        date: sheet.day,
    };
    pdf::single(&about, sheet.paper.size(), |canvas| {
        for item in &sheet.items {
            draw(canvas, item);
        }
    })
    .map_err(|error| PosterError::Pdf(error.to_string()))
}

fn draw(canvas: &mut Canvas<'_, '_>, item: &Item) {
    match item {
        Item::Panel {
            area,
            radius,
            colour,
        } => canvas.path(outline::panel(area, *radius), *colour),
        Item::Code { area, matrix } => {
            canvas.path(outline::modules(area, matrix), Colour::BLACK);
        }
        Item::Sign { area, sign } => canvas.drawing(sign.drawing(), area),
        Item::Words(words) => canvas.words(words),
    }
}
