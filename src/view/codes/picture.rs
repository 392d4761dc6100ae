//! Codes as pictures: one pixel a module, with the quiet zone, drawn larger by the screens.

use std::cell::RefCell;
use std::collections::HashMap;

use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::qr::{self, Matrix, Medium, QUIET_ZONE};

/// Pictures kept at most: a few screens' worth.
const KEPT: usize = 64;

/// The codes drawn so far, by what they carry: a guide draws itself every second.
#[derive(Default)]
pub(in crate::view) struct Pictures(RefCell<HashMap<String, Image>>);

impl Pictures {
    /// The code of `payload`; an empty picture where there is nothing to carry, or too much.
    pub(in crate::view) fn get(&self, payload: Option<&str>) -> Image {
        let Some(payload) = payload else {
            return Image::default();
        };
        if let Some(drawn) = self.0.borrow().get(payload) {
            return drawn.clone();
        }
        let Ok(matrix) = qr::encode(payload, Medium::Screen) else {
            return Image::default();
        };
        let drawn = draw(&matrix);
        let mut kept = self.0.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(payload.to_owned(), drawn.clone());
        drawn
    }
}

/// The code of `payload`, of which nothing is kept: it carries a secret.
pub(in crate::view) fn once(payload: &str) -> Image {
    qr::encode(payload, Medium::Near).map_or_else(|_| Image::default(), |matrix| draw(&matrix))
}

/// The code as a picture.
pub(super) fn draw(matrix: &Matrix) -> Image {
    const LIGHT: Rgb8Pixel = Rgb8Pixel::new(255, 255, 255);
    const DARK: Rgb8Pixel = Rgb8Pixel::new(0, 0, 0);
    let side = matrix.width() + 2 * QUIET_ZONE;
    let width = u32::try_from(side).unwrap_or(0);
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(width, width);
    for (at, pixel) in pixels.make_mut_slice().iter_mut().enumerate() {
        let (column, row) = (at % side, at / side);
        let dark = column >= QUIET_ZONE
            && row >= QUIET_ZONE
            && matrix.is_dark(column - QUIET_ZONE, row - QUIET_ZONE);
        *pixel = if dark { DARK } else { LIGHT };
    }
    Image::from_rgb8(pixels)
}
