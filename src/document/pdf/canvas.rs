//! Drawing on a page of a PDF file, in millimetres.

use std::collections::HashMap;

use krilla::Data;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Size, Transform as PdfTransform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::usvg::Transform;
use resvg::usvg::tiny_skia_path::{self, PathSegment};

use super::tags::Tags;
use crate::document::colour::Colour;
use crate::document::drawing::Drawing;
use crate::document::page::{Area, INCH, TextRun};
use crate::document::pixels::{Jpeg, Pixels};
use crate::document::shaping::{EM, Shaper};
use crate::document::structure::Of;
use crate::fonts;

/// Points in a millimetre.
pub(super) const POINTS: f32 = 72.0 / INCH;

/// The fonts of a file; only the glyphs that it uses are put into it.
#[derive(Default)]
pub(super) struct Fonts(HashMap<usize, Font>);

impl Fonts {
    fn of(&mut self, face: usize) -> Option<Font> {
        if let Some(font) = self.0.get(&face) {
            return Some(font.clone());
        }
        let font = Font::new(Data::from(fonts::faces().nth(face)?), 0)?;
        self.0.insert(face, font.clone());
        Some(font)
    }
}

/// A page to draw on.
pub(crate) struct Canvas<'c, 's> {
    pub(super) surface: &'c mut Surface<'s>,
    pub(super) fonts: &'c mut Fonts,
    pub(super) shaper: &'c Shaper,
    pub(super) tags: &'c mut Tags,
}

impl Canvas<'_, '_> {
    /// Draws something that belongs to `of`: words, or what is no text.
    pub(crate) fn mark(&mut self, of: Of, words: bool, draw: impl FnOnce(&mut Self)) {
        let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
        let drawn = self.surface.start_tagged(match of {
            Of::Nothing => artifact(ArtifactType::Layout),
            Of::Head => artifact(ArtifactType::Header),
            Of::Foot => artifact(ArtifactType::Footer),
            Of::Node(_) if words => ContentTag::Span(SpanTag::empty()),
            Of::Node(_) => ContentTag::Other,
        });
        draw(self);
        self.surface.end_tagged();
        if let Of::Node(number) = of {
            self.tags.drawn(number, drawn);
        }
    }

    /// Fills an outline.
    pub(crate) fn path(&mut self, path: Option<tiny_skia_path::Path>, colour: Colour) {
        self.shape(path, millimetres(), colour, false);
    }

    /// Draws a drawing in this place.
    pub(crate) fn drawing(&mut self, drawing: &Drawing, area: &Area) {
        let place = millimetres().pre_concat(drawing.placed(area));
        for shape in &drawing.shapes {
            let clip = shape.clip.as_deref().cloned();
            let clip = clip.and_then(|clip| clip.transform(place));
            let clip = clip.as_ref().and_then(converted);
            if let Some(clip) = &clip {
                self.surface.push_clip_path(clip, &FillRule::NonZero);
            }
            self.shape(
                Some(shape.path.clone()),
                place,
                shape.colour,
                shape.even_odd,
            );
            if clip.is_some() {
                self.surface.pop();
            }
        }
    }

    /// Draws a picture of pixels in this place.
    pub(super) fn pixels(&mut self, pixels: &Pixels, area: &Area) {
        let image = Image::from_rgba8(pixels.rgba.clone(), pixels.width, pixels.height);
        self.image(image, area);
    }

    /// Draws a photo in this place; nothing where its file is of a kind that pages do not take.
    pub(super) fn jpeg(&mut self, jpeg: &Jpeg, area: &Area) {
        if let Ok(image) = Image::from_jpeg(Data::from(jpeg.file.clone()), false) {
            self.image(image, area);
        }
    }

    fn image(&mut self, image: Image, area: &Area) {
        let Some(size) = Size::from_wh(area.width * POINTS, area.height * POINTS) else {
            return;
        };
        let place = PdfTransform::from_translate(area.left * POINTS, area.top * POINTS);
        self.surface.push_transform(&place);
        self.surface.draw_image(image, size);
        self.surface.pop();
    }

    /// Writes a line of text, as text.
    pub(crate) fn words(&mut self, words: &TextRun) {
        let line = self.shaper.line(&words.text, words.weight);
        self.surface.set_fill(Some(fill(words.colour, false)));
        let size = words.size * POINTS;
        for run in line.glyphs.chunk_by(|one, next| one.face == next.face) {
            let first = run.first();
            let Some((first, font)) = first.and_then(|one| Some((one, self.fonts.of(one.face)?)))
            else {
                continue;
            };
            let next = run.iter().skip(1).map(|glyph| glyph.left);
            let ends = next.chain(run.last().map(|last| last.left + last.advance));
            let glyphs: Vec<KrillaGlyph> = run
                .iter()
                .zip(ends)
                .map(|(glyph, end)| KrillaGlyph {
                    glyph_id: GlyphId::new(glyph.id),
                    text_range: glyph.bytes.clone(),
                    x_advance: (end - glyph.left) / EM,
                    x_offset: 0.0,
                    y_offset: -glyph.down / EM,
                    y_advance: 0.0,
                    location: None,
                })
                .collect();
            let left = words.left * POINTS + first.left / EM * size;
            let start = Point::from_xy(left, words.baseline * POINTS);
            self.surface
                .draw_glyphs(start, &glyphs, font, &words.text, size, false);
        }
    }

    fn shape(
        &mut self,
        path: Option<tiny_skia_path::Path>,
        place: Transform,
        colour: Colour,
        even_odd: bool,
    ) {
        let path = path.and_then(|path| path.transform(place));
        if let Some(path) = path.as_ref().and_then(converted) {
            self.surface.set_fill(Some(fill(colour, even_odd)));
            self.surface.draw_path(&path);
        }
    }
}

fn millimetres() -> Transform {
    Transform::from_scale(POINTS, POINTS)
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
