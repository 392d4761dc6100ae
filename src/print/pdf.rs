//! A sheet as a PDF file: words as text in embedded fonts, everything else as outlines, all of it
//! tagged for whoever has it read aloud.

use std::process::ExitCode;
use std::time::Duration;

use super::PosterError;
use super::sheet::{Item, Sheet};
use super::sign::Sign;
use crate::document::pdf::{self, About, Canvas};
use crate::document::structure::{Of, Role, Structure};
use crate::document::{Colour, Weight, outline};
use crate::helper::{self, Limits};
use crate::i18n::{self, evacuation, poster as words};

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
    let (structure, parts) = structure(sheet);
    pdf::single(&about, sheet.paper.size(), structure, |canvas| {
        for (item, of) in sheet.items.iter().zip(parts) {
            let words = matches!(item, Item::TextRun(_));
            canvas.mark(of, words, |canvas| draw(canvas, item));
        }
    })
    .map_err(|error| PosterError::Pdf(error.to_string()))
}

/// What the items are to each other, and which part each is of: they are read as they lie. The
/// first bold line is the heading.
fn structure(sheet: &Sheet) -> (Structure, Vec<Of>) {
    let lang = &sheet.lang;
    let mut structure = Structure::default();
    let mut headed = false;
    let parts = sheet.items.iter().map(|item| {
        let role = match item {
            Item::Panel { .. } => return Of::Nothing,
            Item::TextRun(line) if line.weight == Weight::Bold && !headed => {
                headed = true;
                let title = line.text.clone();
                Role::Heading { level: 1, title }
            }
            Item::TextRun(_) => Role::Paragraph,
            Item::Code { .. } => figure(words::code(lang)),
            Item::Sign { sign, .. } => figure(match sign {
                Sign::Exit => words::exits(lang),
                Sign::Assembly => evacuation::assembly_point(lang),
                Sign::Arrow(direction) => evacuation::direction(lang, *direction),
            }),
        };
        Of::Node(structure.add(role, None))
    });
    let parts = parts.collect();
    (structure, parts)
}

fn figure(words: &str) -> Role {
    let words = words.to_owned();
    Role::Figure { words }
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
        Item::TextRun(words) => canvas.words(words),
    }
}
