//! A document as a PDF file: words as text in embedded fonts, drawings as outlines, and a
//! structure for whoever has it read aloud. The same document gives the same bytes.

mod canvas;
mod tags;

use chrono::{Datelike, NaiveDate};
use krilla::SerializeSettings;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use thiserror::Error;

use super::layout::{self, Heading, Item, Mark};
use super::model::Document;
use super::outline;
use super::shaping::Shaper;
use super::structure::Structure;
pub(crate) use canvas::Canvas;
use canvas::{Fonts, POINTS};
use tags::Tags;

/// Why a PDF file could not be made, which no document is known to meet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("PDF: {0}")]
pub struct PdfError(String);

/// What a file says of itself.
pub(crate) struct About<'a> {
    pub title: &'a str,
    /// A tag (`zh-CN`, `en`).
    pub lang: &'a str,
    pub date: NaiveDate,
}

/// A document on as many pages as it takes.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, PdfError> {
    let shaper = Shaper::default();
    let laid_out = layout::lay_out(document, &shaper);
    let about = About {
        title: &document.title,
        lang: &document.lang,
        date: document.date,
    };
    let mut file = File::begin(&about, laid_out.structure);
    for page in &laid_out.pages {
        file.page(document.page_size(), &shaper, |canvas| {
            page.marks.iter().for_each(|mark| draw(canvas, mark));
        })?;
    }
    file.document.set_outline(contents(&laid_out.headings));
    file.finish()
}

/// One page on which everything has its place already, as `drawn` draws it.
pub(crate) fn single(
    about: &About<'_>,
    size: (f32, f32),
    structure: Structure,
    drawn: impl FnOnce(&mut Canvas<'_, '_>),
) -> Result<Vec<u8>, PdfError> {
    let mut file = File::begin(about, structure);
    file.page(size, &Shaper::default(), drawn)?;
    file.finish()
}

struct File {
    document: krilla::Document,
    fonts: Fonts,
    tags: Tags,
}

impl File {
    fn begin(about: &About<'_>, structure: Structure) -> Self {
        let mut document = krilla::Document::new_with(SerializeSettings::default());
        document.set_metadata(metadata(about));
        Self {
            document,
            fonts: Fonts::default(),
            tags: Tags::of(structure),
        }
    }

    fn page(
        &mut self,
        (width, height): (f32, f32),
        shaper: &Shaper,
        drawn: impl FnOnce(&mut Canvas<'_, '_>),
    ) -> Result<(), PdfError> {
        let settings = PageSettings::from_wh(width * POINTS, height * POINTS);
        let settings = settings.ok_or_else(|| PdfError("page".to_owned()))?;
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        drawn(&mut Canvas {
            surface: &mut surface,
            fonts: &mut self.fonts,
            shaper,
            tags: &mut self.tags,
        });
        surface.finish();
        page.finish();
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, PdfError> {
        self.document.set_tag_tree(self.tags.tree());
        let done = self.document.finish();
        done.map_err(|error| PdfError(format!("{error:?}")))
    }
}

fn metadata(about: &About<'_>) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(about.date.year()).unwrap_or(0))
        .month(part(about.date.month()))
        .day(part(about.date.day()));
    Metadata::new()
        .title(about.title.to_owned())
        .language(about.lang.to_owned())
        .creator(env!("CARGO_PKG_NAME").to_owned())
        .creation_date(date)
}

fn draw(canvas: &mut Canvas<'_, '_>, mark: &Mark) {
    let words = matches!(mark.item, Item::TextRun(_));
    canvas.mark(mark.of, words, |canvas| match &mark.item {
        Item::Panel(area, colour) => canvas.path(outline::panel(area, 0.0), *colour),
        Item::TextRun(words) => canvas.words(words),
        Item::Drawing(area, drawing) => canvas.drawing(drawing, area),
        Item::Pixels(area, pixels) => canvas.pixels(pixels, area),
        Item::Jpeg(area, jpeg) => canvas.jpeg(jpeg, area),
    });
}

/// The headings as the file's table of contents, each beneath the one of a higher rank before it.
fn contents(headings: &[Heading]) -> Outline {
    let mut outline = Outline::new();
    // The entries that may still get others beneath them, the outermost first.
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let close = |open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline, level: u8| {
        while open.last().is_some_and(|(rank, _)| *rank >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, above)) => above.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for heading in headings {
        close(&mut open, &mut outline, heading.level);
        let place = Point::from_xy(0.0, heading.top * POINTS);
        let place = XyzDestination::new(heading.page, place);
        let node = OutlineNode::new(heading.title.clone(), place);
        open.push((heading.level, node));
    }
    close(&mut open, &mut outline, 0);
    outline
}
