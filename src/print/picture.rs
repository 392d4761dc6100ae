//! A sheet as a PNG file, drawn from its SVG.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::PosterError;
use super::sheet::{DPI, Sheet};
use crate::document::page::INCH;

/// Dots per metre, as a PNG file states its size.
const PER_METRE: u32 = 11_811;

/// The sheet at [`DPI`] dots per inch.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, PosterError> {
    let failed = |error: &dyn std::fmt::Display| PosterError::Picture(error.to_string());
    let (width, height) = sheet.paper.size();
    let per_mm = DPI as f32 / INCH;
    let dots = |length: f32| (length * per_mm).round() as u32;
    let tree = Tree::from_str(&super::svg::write(sheet), &Options::default())
        .map_err(|error| failed(&error))?;
    let mut pixels = Pixmap::new(dots(width), dots(height)).ok_or_else(|| failed(&"memory"))?;
    pixels.fill(Color::WHITE);
    // Exactly as many dots as there are in a millimetre, so that the edges of a code's modules
    // fall between dots; the file's own unit is a 96th of an inch.
    let scale = width * per_mm / tree.size().width();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    encode(&pixels).map_err(|error| failed(&error))
}

fn encode(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: PER_METRE,
        yppu: PER_METRE,
        unit: png::Unit::Meter,
    }));
    // Paper is opaque.
    let rgb: Vec<u8> = pixels
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| pixel.iter().take(3).copied())
        .collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(file)
}
