//! PNG files: scans and exports, of any colour type.

use std::io::Cursor;

use png::{ColorType, Decoder, DecodingError, Transformations};

use super::shrink::{Shrink, fit};
use super::{MOST_PIXELS, Picture, Size, bounded};
use crate::domain::fault::Problem;

/// Decodes and reduces a PNG.
pub(super) fn draw(bytes: &[u8], within: Size) -> Result<Picture, Problem> {
    let within = bounded(within);
    let failed = |error: DecodingError| Problem::NotAPicture(error.to_string());
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    // The header alone, before anything is made room for.
    let info = decoder.read_header_info().map_err(failed)?;
    let size = (info.width, info.height);
    if u64::from(size.0) * u64::from(size.1) > MOST_PIXELS as u64 {
        return Err(Problem::TooManyPixels { most: MOST_PIXELS });
    }
    let mut reader = decoder.read_info().map_err(failed)?;
    let kind = reader.output_color_type().0;
    let mut shrink = Shrink::new(size, fit(size, within));
    if reader.info().interlaced {
        let room = reader.output_buffer_size().unwrap_or_default();
        let mut whole = vec![0; room];
        let frame = reader.next_frame(&mut whole).map_err(failed)?;
        for line in whole.chunks_exact(frame.line_size.max(1)) {
            shrink.line(pixels(line, kind));
        }
    } else {
        for _ in 0..size.1 {
            let Some(row) = reader.next_row().map_err(failed)? else {
                break;
            };
            shrink.line(pixels(row.data(), kind));
        }
    }
    shrink
        .picture()
        .ok_or_else(|| Problem::NotAPicture("PNG".to_owned()))
}

/// The pixels of a line, composed on white.
fn pixels(line: &[u8], kind: ColorType) -> impl Iterator<Item = [f32; 3]> {
    let grey = matches!(kind, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    line.chunks_exact(kind.samples()).map(move |pixel| {
        let at = |index: usize| f32::from(pixel.get(index).copied().unwrap_or(255));
        let colour = if grey {
            [at(0); 3]
        } else {
            [at(0), at(1), at(2)]
        };
        let alpha = at(if grey { 1 } else { 3 }) / 255.0;
        colour.map(|value| 255.0 + (value - 255.0) * alpha)
    })
}
