//! A sheet as a PDF file: words as text in embedded fonts, everything else as outlines.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document};
use resvg::usvg::Transform;
use resvg::usvg::fontdb::ID;
use resvg::usvg::tiny_skia_path::{self, PathSegment};

use chrono::Datelike;

use super::PosterError;
use super::sheet::{Colour, INCH, Item, Sheet, Words};
use super::type_case::{EM, TypeCase};
use super::{outline, sign};
use crate::fonts;
use crate::i18n;

/// Points in a millimetre.
const POINTS: f32 = 72.0 / INCH;

/// The sheet as a file of one page, of exactly the size of its paper.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, PosterError> {
    let failed = |what: &str| PosterError::Pdf(what.to_owned());
    let (width, height) = sheet.paper.size();
    let settings =
        PageSettings::from_wh(width * POINTS, height * POINTS).ok_or_else(|| failed("page"))?;
    let mut fonts = Fonts::default();
    let mut document = Document::new();
    document.set_metadata(metadata(sheet));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let case = TypeCase::default();
    let millimetres = Transform::from_scale(POINTS, POINTS);
    for item in &sheet.items {
        match item {
            Item::Panel {
                area,
                radius,
                colour,
            } => {
                let panel = outline::panel(area, *radius);
                draw(&mut surface, panel, millimetres, *colour, false);
            }
            Item::Code { area, matrix } => {
                let modules = outline::modules(area, matrix);
                draw(&mut surface, modules, millimetres, Colour::BLACK, false);
            }
            Item::Sign { area, sign } => {
                let art = sign::art(*sign);
                let place = sign::placed(art, area.left, area.top, area.width);
                let place = millimetres.pre_concat(place);
                for shape in &art.shapes {
                    let clip = shape.clip.as_deref().cloned();
                    let clip = clip.and_then(|clip| clip.transform(place));
                    let clip = clip.as_ref().and_then(converted);
                    if let Some(clip) = &clip {
                        surface.push_clip_path(clip, &FillRule::NonZero);
                    }
                    let path = Some(shape.path.clone());
                    draw(&mut surface, path, place, shape.colour, shape.even_odd);
                    if clip.is_some() {
                        surface.pop();
                    }
                }
            }
            Item::Words(words) => say(&mut surface, words, &case, &mut fonts),
        }
    }
    surface.finish();
    page.finish();
    document
        .finish()
        .map_err(|error| PosterError::Pdf(format!("{error:?}")))
}

fn metadata(sheet: &Sheet) -> Metadata {
    let day = sheet.day;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(part(day.month()))
        .day(part(day.day()));
    Metadata::new()
        .title(sheet.title.clone())
        .language(i18n::tag(&sheet.lang))
        .creator(env!("CARGO_PKG_NAME").to_owned())
        .creation_date(date)
}

/// The fonts of a file; only the glyphs that it uses are put into it.
#[derive(Default)]
struct Fonts(HashMap<ID, Font>);

impl Fonts {
    fn of(&mut self, face: ID) -> Option<Font> {
        if let Some(font) = self.0.get(&face) {
            return Some(font.clone());
        }
        let font = Font::new(Data::from(fonts::file_of(face)?), 0)?;
        self.0.insert(face, font.clone());
        Some(font)
    }
}

fn fill(colour: Colour, even_odd: bool) -> Fill {
    let Colour(red, green, blue) = colour;
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: if even_odd {
            FillRule::EvenOdd
        } else {
            FillRule::NonZero
        },
    }
}

fn draw(
    surface: &mut Surface<'_>,
    path: Option<tiny_skia_path::Path>,
    place: Transform,
    colour: Colour,
    even_odd: bool,
) {
    let path = path.and_then(|path| path.transform(place));
    if let Some(path) = path.as_ref().and_then(converted) {
        surface.set_fill(Some(fill(colour, even_odd)));
        surface.draw_path(&path);
    }
}

fn converted(path: &tiny_skia_path::Path) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => builder.move_to(to.x, to.y),
            PathSegment::LineTo(to) => builder.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => builder.quad_to(by.x, by.y, to.x, to.y),
            PathSegment::CubicTo(by, and, to) => {
                builder.cubic_to(by.x, by.y, and.x, and.y, to.x, to.y);
            }
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn say(surface: &mut Surface<'_>, words: &Words, case: &TypeCase, fonts: &mut Fonts) {
    let line = case.line(&words.text, words.weight);
    surface.set_fill(Some(fill(words.colour, false)));
    let size = words.size * POINTS;
    for run in line.glyphs.chunk_by(|one, next| one.face == next.face) {
        let Some((first, font)) = run
            .first()
            .and_then(|first| Some((first, fonts.of(first.face)?)))
        else {
            continue;
        };
        let glyphs: Vec<KrillaGlyph> = run
            .iter()
            .map(|glyph| KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id),
                text_range: glyph.bytes.clone(),
                x_advance: (glyph.right - glyph.left) / EM,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            })
            .collect();
        let left = words.left * POINTS + first.left / EM * size;
        let start = Point::from_xy(left, words.baseline * POINTS);
        surface.draw_glyphs(start, &glyphs, font, &words.text, size, false);
    }
}
