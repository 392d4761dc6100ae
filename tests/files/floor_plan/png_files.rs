//! PNG files of every kind and size.

use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::floor_plan::MOST_PIXELS;
use png::{BitDepth, ColorType};

use super::{WHITE, at, encode, is_blank, load_bytes, problem, remarks};

/// Colour type, depth, the bytes of two pixels beside each other, and what they are on white.
type Kind = (ColorType, BitDepth, &'static [u8], [[u8; 3]; 2]);

#[test]
fn every_kind_of_png_is_composed_on_white() {
    use BitDepth::{Eight, One, Sixteen};
    use ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let red = [200, 0, 0];
    let cases: [Kind; 9] = [
        (Grayscale, One, &[0b0100_0000], [[0; 3], WHITE]),
        (Grayscale, Eight, &[10, 250], [[10; 3], [250; 3]]),
        (Grayscale, Sixteen, &[10, 99, 250, 1], [[10; 3], [250; 3]]),
        (GrayscaleAlpha, Eight, &[0, 255, 0, 0], [[0; 3], WHITE]),
        (Indexed, Eight, &[1, 2], [red, WHITE]),
        (Rgb, Eight, &[200, 0, 0, 1, 2, 3], [red, [1, 2, 3]]),
        (
            Rgb,
            Sixteen,
            &[200, 9, 0, 9, 0, 9, 1, 9, 2, 9, 3, 9],
            [red, [1, 2, 3]],
        ),
        (Rgba, Eight, &[200, 0, 0, 255, 9, 9, 9, 0], [red, WHITE]),
        (Rgba, Eight, &[0, 0, 0, 51, 200, 0, 0, 255], [[204; 3], red]),
    ];
    for (kind, depth, data, expected) in cases {
        let picture = load_bytes(&encode((2, 1), kind, depth, data)).unwrap();
        assert_eq!((picture.width, picture.height), (2, 1), "never enlarged");
        let pixels = [at(&picture, 0, 0), at(&picture, 1, 0)];
        assert_eq!(pixels, expected, "{kind:?} {depth:?}");
    }
}

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = !0_u32;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind.as_slice(), data, &(!crc).to_be_bytes()].concat()
}

/// The beginning of a PNG: its signature and header.
fn header(width: u32, height: u32, kind: u8, interlaced: u8) -> Vec<u8> {
    let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let ihdr = [sizes.as_slice(), &[8, kind, 0, 0, interlaced]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &ihdr)].concat()
}

#[test]
fn an_interlaced_png_is_shown() {
    // Passes 1 and 6 of two pixels in grey: each line has a filter byte in front.
    let raw = [0, 30, 0, 90];
    let adler = {
        let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
            let a = (a + u32::from(*byte)) % 65521;
            (a, (a + b) % 65521)
        });
        (b << 16 | a).to_be_bytes()
    };
    // One stored block.
    let zlib = [&[0x78, 0x01, 1, 4, 0, 0xfb, 0xff], raw.as_slice(), &adler].concat();
    let bytes = [
        header(2, 1, 0, 1),
        chunk(b"IDAT", &zlib),
        chunk(b"IEND", &[]),
    ]
    .concat();
    let picture = load_bytes(&bytes).unwrap();
    assert_eq!([at(&picture, 0, 0), at(&picture, 1, 0)], [[30; 3], [90; 3]]);
}

#[test]
fn a_large_png_is_averaged_into_the_size_that_fits() {
    // Columns of one pixel, black and white in turn, in the left half; the right half is black.
    let (width, height) = (2400, 400);
    let line: Vec<u8> = (0..width)
        .map(|x| if x < width / 2 && x % 2 == 1 { 255 } else { 0 })
        .collect();
    let bytes = encode(
        (width, height),
        ColorType::Grayscale,
        BitDepth::Eight,
        &line.repeat(height as usize),
    );
    let picture = load_bytes(&bytes).unwrap();
    assert_eq!((picture.width, picture.height), (1200, 200));
    for (x, y) in [(0, 0), (100, 100), (599, 199)] {
        assert_eq!(at(&picture, x, y), [128; 3], "{x} {y}");
    }
    for (x, y) in [(600, 0), (1199, 199)] {
        assert_eq!(at(&picture, x, y), [0; 3], "{x} {y}");
    }
}

#[test]
fn a_white_picture_stays_white_in_every_size() {
    for (width, height) in [(1, 1), (1201, 799), (1333, 777), (7, 3001), (5000, 1)] {
        let data = vec![255; (width * height) as usize];
        let bytes = encode(
            (width, height),
            ColorType::Grayscale,
            BitDepth::Eight,
            &data,
        );
        let picture = load_bytes(&bytes).unwrap();
        assert!(is_blank(&picture), "{width} {height}");
        let (scaled, original) = (picture.width * height, picture.height * width);
        assert!(
            scaled.abs_diff(original) <= width.max(height)
                || picture.width == 1
                || picture.height == 1,
            "{width}×{height} became {}×{}",
            picture.width,
            picture.height
        );
    }
}

#[test]
fn a_png_that_unpacks_to_too_much_is_refused_by_its_header() {
    let many = Problem::TooManyPixels { most: MOST_PIXELS };
    for (width, height) in [
        (100_000, 100_000),
        (40_000_001, 1),
        (0x7fff_ffff, 0x7fff_ffff),
    ] {
        assert_eq!(problem(&header(width, height, 2, 0)), many);
    }
}

/// A transparent picture of 120 × 90 in grey and alpha: squares of rooms in one colour, each three
/// pixels wide, and what `over` puts on it.
fn on_nothing(grey: u8, over: impl Fn(u32, u32) -> Option<(u8, u8)>) -> Vec<u8> {
    let mut data = Vec::new();
    for y in 0..90 {
        for x in 0..120 {
            let wall = x % 39 < 3 || y % 43 < 3;
            let (grey, alpha) = over(x, y).unwrap_or(if wall { (grey, 255) } else { (0, 0) });
            data.extend([grey, alpha]);
        }
    }
    encode((120, 90), ColorType::GrayscaleAlpha, BitDepth::Eight, &data)
}

#[test]
fn white_lines_on_nothing_in_a_png_are_drawn_dark() {
    let plain = |_, _| None;
    let title = |x, y| (x > 80 && y > 50 && x < 115 && y < 84).then_some((20, 255));
    for png in [on_nothing(255, plain), on_nothing(255, title)] {
        let picture = load_bytes(&png).unwrap();
        assert!(at(&picture, 40, 20)[0] < 120, "a wall");
        assert_eq!(at(&picture, 20, 20), WHITE, "a room");
        assert_eq!(remarks(&png), []);
    }
    assert!(at(&load_bytes(&on_nothing(255, title)).unwrap(), 100, 70)[0] < 120);
    let door = |x, y| (y % 43 < 3 && x % 39 > 15 && x % 39 < 25).then_some((255, 255));
    let picture = load_bytes(&on_nothing(0, door)).unwrap();
    assert_eq!(at(&picture, 20, 44), WHITE, "a door in a dark wall");
    assert!(at(&picture, 40, 20)[0] < 120, "that wall");
}
