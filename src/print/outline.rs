//! Panels and codes as outlines, the same for every kind of file.

use std::ops::Range;

use resvg::usvg::tiny_skia_path::{Path, PathBuilder, Rect};

use super::sheet::Area;
use crate::qr::Matrix;

/// How far a corner's control points lie from its ends, in parts of the radius: a quarter circle
/// as a cubic curve.
const ROUND: f32 = 0.447_715;

/// A rectangle with rounded corners.
pub(super) fn panel(area: &Area, radius: f32) -> Option<Path> {
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

/// The dark modules of a code as one path, so that no hairline shows between them: each run of a
/// row, together with the rows beneath that have the same run.
pub(super) fn modules(area: &Area, matrix: &Matrix) -> Option<Path> {
    let side = matrix.width();
    let module = area.width / side.max(1) as f32;
    let at = |count: usize| count as f32 * module;
    let mut path = PathBuilder::new();
    let mut open: Vec<(Range<usize>, usize)> = Vec::new();
    for row in 0..=side {
        let runs = matrix.runs(row);
        open.retain(|(run, since)| {
            let goes_on = runs.contains(run);
            if !goes_on {
                let rect = Rect::from_ltrb(
                    area.left + at(run.start),
                    area.top + at(*since),
                    area.left + at(run.end),
                    area.top + at(row),
                );
                if let Some(rect) = rect {
                    path.push_rect(rect);
                }
            }
            goes_on
        });
        for run in runs {
            if !open.iter().any(|(one, _)| *one == run) {
                open.push((run, row));
            }
        }
    }
    path.finish()
}
