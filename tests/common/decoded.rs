//! Reads codes back with `rqrr`, a decoder that is not the encoder's.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use lobby_kiosk::qr::{Matrix, QUIET_ZONE};

/// What every code says in a picture of this size, whose pixels are this bright.
pub fn found(width: usize, height: usize, bright: impl Fn(usize, usize) -> u8) -> Vec<String> {
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, bright);
    let grids = picture.detect_grids();
    grids
        .iter()
        .filter_map(|grid| Some(grid.decode().ok()?.1))
        .collect()
}

/// What every code says in a PNG file. The decoder misses some that stand close to another, so
/// that it is shown parts of the picture besides, as a phone held over them would see.
pub fn in_file(path: &Path) -> Vec<String> {
    let file = BufReader::new(File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let each = info.color_type.samples();
    let bright = |x: usize, y: usize| {
        let at = each * (y * width + x);
        let sum: u32 = pixels[at..at + 3].iter().map(|one| u32::from(*one)).sum();
        u8::try_from(sum / 3).unwrap()
    };
    let mut said = found(width, height, bright);
    for left in [0, width / 4, width / 2] {
        for near in found(width / 2, height, |x, y| bright(left + x, y)) {
            if !said.contains(&near) {
                said.push(near);
            }
        }
    }
    said
}

/// What a code says that is drawn with so many pixels a module.
pub fn drawn(matrix: &Matrix, scale: usize) -> String {
    let side = (matrix.width() + 2 * QUIET_ZONE) * scale;
    let module = |pixel: usize| (pixel / scale).checked_sub(QUIET_ZONE);
    let mut said = found(side, side, |x, y| match (module(x), module(y)) {
        (Some(column), Some(row)) if matrix.is_dark(column, row) => 0,
        _ => 255,
    });
    assert_eq!(said.len(), 1, "one code is found");
    said.remove(0)
}
