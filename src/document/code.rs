//! QR codes as pictures of a document.

#![expect(
    clippy::let_underscore_must_use,
    reason = "a text takes any number of writes"
)]

use std::fmt::Write;

use super::model::Image;
use crate::qr::{Matrix, QUIET_ZONE};

impl Image {
    /// A code, black on white, with its quiet zone.
    pub fn code(matrix: &Matrix) -> Self {
        let side = matrix.width() + 2 * QUIET_ZONE;
        let mut path = String::new();
        for (columns, rows) in matrix.rectangles() {
            let (left, top) = (columns.start + QUIET_ZONE, rows.start + QUIET_ZONE);
            let (across, down) = (columns.len(), rows.len());
            let _ = write!(path, "M{left} {top}h{across}v{down}h-{across}z");
        }
        Self::Svg(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">\
             <path d=\"M0 0h{side}v{side}h-{side}z\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
        ))
    }
}
