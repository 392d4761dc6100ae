//! A photo that was kept, as pixels for the glass.

use image::ImageFormat;

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
