//! Pictures of pixels.

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageFormat, ImageReader};

/// The most pixels of a picture: what a large scan has.
const MOST_PIXELS: u64 = 40_000_000;

/// A picture of pixels on white paper.
#[derive(Debug)]
pub(crate) struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, line by line from the top.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// Reads a PNG file; none where it is none, or beyond reason.
    pub(crate) fn read(png: &[u8]) -> Option<Self> {
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().ok()?;
        let (width, height) = reader.info().size();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return None;
        }
        let mut bytes = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut bytes).ok()?;
        bytes.truncate(info.buffer_size());
        let rgba = match info.color_type {
            png::ColorType::Rgba => bytes,
            png::ColorType::Rgb => spread(&bytes, |&[red, green, blue]| [red, green, blue, 255]),
            png::ColorType::GrayscaleAlpha => {
                spread(&bytes, |&[grey, alpha]| [grey, grey, grey, alpha])
            }
            png::ColorType::Grayscale => spread(&bytes, |&[grey]| [grey, grey, grey, 255]),
            png::ColorType::Indexed => return None,
        };
        Some(Self {
            width,
            height,
            rgba,
        })
    }
}

/// A photo that can be read, with its file: what it consists of is left as it is.
#[derive(Debug)]
pub(crate) struct Jpeg {
    pub width: u32,
    pub height: u32,
    pub file: Vec<u8>,
}

impl Jpeg {
    /// Reads a JPEG file to its end; none where it cannot be, is beyond reason, or is in the colours of
    /// ink, which not every kind of file takes.
    pub(crate) fn read(file: &[u8]) -> Option<Self> {
        let reader = || ImageReader::with_format(Cursor::new(file), ImageFormat::Jpeg);
        let (width, height) = reader().into_dimensions().ok()?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return None;
        }
        let known = |image: &DynamicImage| matches!(image.color(), ColorType::L8 | ColorType::Rgb8);
        reader().decode().ok().filter(known)?;
        Some(Self {
            width,
            height,
            file: file.to_vec(),
        })
    }
}

fn spread<const SAMPLES: usize>(bytes: &[u8], rgba: impl Fn(&[u8; SAMPLES]) -> [u8; 4]) -> Vec<u8> {
    bytes.as_chunks().0.iter().flat_map(rgba).collect()
}
