//! From a file's bytes to the photo that is kept. Reads nothing but what it is given.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
};

use super::{MOST_BYTES, MOST_PIXELS, Photo, QUALITY, Refused, SIDE};

/// The most bytes that a decoder may ask for: four a pixel, and as many again for what it works with.
const MOST_MEMORY: u64 = 8 * MOST_PIXELS;
/// Kinds of the box that a HEIC or AVIF file begins with (ISO/IEC 23008-12).
const HEIF: [&[u8]; 8] = [
    b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif",
];

/// The photo in a file.
///
/// # Errors
/// [`Refused`].
pub fn read(file: &[u8]) -> Result<Photo, Refused> {
    if file.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let format = format(file)?;
    let mut decoder = ImageReader::with_format(Cursor::new(file), format)
        .into_decoder()
        .map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refused::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(refused)?;
    // A photo that does not say how it was held is upright.
    let orientation = decoder.orientation();
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    if image.width().max(image.height()) > SIDE {
        image = image.thumbnail(SIDE, SIDE);
    }
    if let Ok(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    write(&on_white(image))
}

#[expect(clippy::needless_pass_by_value, reason = "the end of a `map_err`")]
fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Damaged,
    }
}

/// What a file is, by its first bytes: its name and what the phone says of it prove nothing.
fn format(file: &[u8]) -> Result<ImageFormat, Refused> {
    if file.get(4..8) == Some(b"ftyp") && file.get(8..12).is_some_and(|kind| HEIF.contains(&kind)) {
        return Err(Refused::Heic);
    }
    match image::guess_format(file) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ => Err(Refused::NotAPhoto),
    }
}

/// JPEG knows no transparency: what lies behind it is paper.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let seen = image.into_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let over = |colour: u8| {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

fn write(image: &RgbImage) -> Result<Photo, Refused> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(image)
        .map_err(refused)?;
    Ok(Photo {
        width: image.width(),
        height: image.height(),
        jpeg,
    })
}
