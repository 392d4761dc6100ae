//! Panels, codes and letters as outlines, the same for every kind of file.

use resvg::usvg::tiny_skia_path::{Path, PathBuilder, Rect};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::page::Area;
use super::shaping::{EM, Line};
use crate::fonts;
use crate::qr::Matrix;

/// How far a corner's control points lie from its ends, in parts of the radius: a quarter circle
/// as a cubic curve.
const ROUND: f32 = 0.447_715;

/// A rectangle with rounded corners.
pub(crate) fn panel(area: &Area, radius: f32) -> Option<Path> {
    let (left, top, right, bottom) = (area.left, area.top, area.right(), area.bottom());
    let radius = radius.min(area.width / 2.0).min(area.height / 2.0);
    if radius <= 0.0 {
        return Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect);
    }
    let near = radius * ROUND;
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - near, top, right, top + near, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(
        right,
        bottom - near,
        right - near,
        bottom,
        right - radius,
        bottom,
    );
    path.line_to(left + radius, bottom);
    path.cubic_to(
        left + near,
        bottom,
        left,
        bottom - near,
        left,
        bottom - radius,
    );
    path.line_to(left, top + radius);
    path.cubic_to(left, top + near, left + near, top, left + radius, top);
    path.close();
    path.finish()
}

/// The dark modules of a code as one path, so that no hairline shows between them.
pub(crate) fn modules(area: &Area, matrix: &Matrix) -> Option<Path> {
    let module = area.width / matrix.width().max(1) as f32;
    let (across, down) = (
        |count: usize| area.left + count as f32 * module,
        |count: usize| area.top + count as f32 * module,
    );
    let mut path = PathBuilder::new();
    for (columns, rows) in matrix.rectangles() {
        let rect = Rect::from_ltrb(
            across(columns.start),
            down(rows.start),
            across(columns.end),
            down(rows.end),
        );
        if let Some(rect) = rect {
            path.push_rect(rect);
        }
    }
    path.finish()
}

/// The letters of a line as one path, in units of [`EM`] from the beginning of its baseline,
/// downwards. None for what leaves no ink.
pub(crate) fn letters(line: &Line) -> Option<Path> {
    let faces: Vec<Option<FontRef<'_>>> =
        fonts::faces().map(|face| FontRef::new(face).ok()).collect();
    let mut builder = PathBuilder::new();
    for glyph in &line.glyphs {
        let Some(Some(face)) = faces.get(glyph.face) else {
            continue;
        };
        let Some(found) = face.outline_glyphs().get(GlyphId::new(glyph.id)) else {
            continue;
        };
        let mut pen = Pen {
            path: &mut builder,
            left: glyph.left,
            down: glyph.down,
        };
        let settings = DrawSettings::unhinted(Size::new(EM), LocationRef::default());
        #[expect(
            clippy::unused_result_ok,
            reason = "one that cannot be drawn leaves a gap"
        )]
        found.draw(settings, &mut pen).ok();
    }
    builder.finish()
}

/// Draws a glyph where it stands; fonts count upwards.
struct Pen<'p> {
    path: &'p mut PathBuilder,
    left: f32,
    down: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.left + x, self.down - y)
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, by_x: f32, by_y: f32, x: f32, y: f32) {
        let ((by_x, by_y), (x, y)) = (self.at(by_x, by_y), self.at(x, y));
        self.path.quad_to(by_x, by_y, x, y);
    }

    fn curve_to(&mut self, by_x: f32, by_y: f32, and_x: f32, and_y: f32, x: f32, y: f32) {
        let (by_x, by_y) = self.at(by_x, by_y);
        let (and_x, and_y) = self.at(and_x, and_y);
        let (x, y) = self.at(x, y);
        self.path.cubic_to(by_x, by_y, and_x, and_y, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
