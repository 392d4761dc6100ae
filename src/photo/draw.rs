//! A photo that was kept, as pixels for the glass and smaller for paper.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, ImageReader};

use super::QUALITY;

/// Red, green and blue of each pixel, line by line from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

/// The photo whose longer side has `side` pixels at most; none where `jpeg` is no photo that this
/// program kept.
pub fn draw(jpeg: &[u8], side: u32) -> Option<Pixels> {
    let photo = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).ok()?;
    let photo = if photo.width().max(photo.height()) > side {
        photo.thumbnail(side, side)
    } else {
        photo
    };
    let photo = photo.into_rgb8();
    Some(Pixels {
        width: photo.width(),
        height: photo.height(),
        rgb: photo.into_raw(),
    })
}

/// Width and height of a photo that was kept, in pixels; none where it is none.
pub fn size(jpeg: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::with_format(Cursor::new(jpeg), ImageFormat::Jpeg);
    let (width, height) = reader.into_dimensions().ok()?;
    (width > 0 && height > 0).then_some((width, height))
}

/// The same photo as a file whose longer side has `side` pixels at most; none where it has no more
/// already, or is none.
pub fn shrink(jpeg: &[u8], side: u32) -> Option<Vec<u8>> {
    let (width, height) = size(jpeg)?;
    if width.max(height) <= side {
        return None;
    }
    let photo = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).ok()?;
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY)
        .encode_image(&photo.thumbnail(side, side).into_rgb8())
        .ok()?;
    Some(file)
}
