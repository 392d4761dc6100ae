//! PNG files: scans and exports, of any colour type.

use std::io::Cursor;

use png::{ColorType, Decoder, DecodingError, Transformations};

use super::reverse::{self, Reverse};
use super::shrink::{Shrink, fit};
use super::{MOST_PIXELS, Picture, Size, bounded, judge, thin};
use crate::config::fault::Problem;

/// Draws a PNG on white. White lines on nothing become dark ones.
pub(super) fn draw(bytes: &[u8], within: Size) -> Result<Picture, Problem> {
    let (white, clear) = draw_on(255.0, bytes, within)?;
    if !clear {
        return Ok(white);
    }
    let (black, _) = draw_on(0.0, bytes, within)?;
    if judge::is_empty(&white) {
        let reversed = reverse::dark_lines(&white, black);
        return Ok(reversed.map_or(white, |(picture, _)| picture));
    }
    let reverse = thin::lost(&white, &black).and_then(|lost| Reverse::of(&black, Some(lost)));
    Ok(match reverse {
        Some(reverse) => reverse.apply(&white, black),
        None => white,
    })
}

/// Decodes and reduces a PNG on a grey `ground`. Says whether that can be seen through it.
fn draw_on(ground: f32, bytes: &[u8], within: Size) -> Result<(Picture, bool), Problem> {
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
    let mut clear = false;
    let mut shrink = Shrink::new(size, fit(size, within));
    if reader.info().interlaced {
        let room = reader.output_buffer_size().unwrap_or_default();
        let mut whole = vec![0; room];
        let frame = reader.next_frame(&mut whole).map_err(failed)?;
        for line in whole.chunks_exact(frame.line_size.max(1)) {
            shrink.line(pixels(line, kind, ground, &mut clear));
        }
    } else {
        for _ in 0..size.1 {
            let Some(row) = reader.next_row().map_err(failed)? else {
                break;
            };
            shrink.line(pixels(row.data(), kind, ground, &mut clear));
        }
    }
    let picture = shrink.picture();
    picture
        .map(|picture| (picture, clear))
        .ok_or_else(|| Problem::NotAPicture("PNG".to_owned()))
}

/// The pixels of a line, composed on a grey ground; notes where it shines through.
fn pixels<'l>(
    line: &'l [u8],
    kind: ColorType,
    ground: f32,
    clear: &'l mut bool,
) -> impl Iterator<Item = [f32; 3]> + 'l {
    let grey = matches!(kind, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    line.chunks_exact(kind.samples()).map(move |pixel| {
        let at = |index: usize| f32::from(pixel.get(index).copied().unwrap_or(255));
        let colour = if grey {
            [at(0); 3]
        } else {
            [at(0), at(1), at(2)]
        };
        let alpha = at(if grey { 1 } else { 3 }) / 255.0;
        *clear |= alpha < 0.5;
        colour.map(|value| ground + (value - ground) * alpha)
    })
}
