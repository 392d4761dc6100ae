//! Photos from phones: what is kept of them, what is not, and what is refused.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use lobby_kiosk::helper;
use lobby_kiosk::photo::{MOST_BYTES, Photo, Refused, SIDE, read, shrink, size, take_in};

/// Left half red, right half blue.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// What a phone writes beside the pixels: how it was held, who made it, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = tag.to_be_bytes().to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    // Big-endian TIFF: three entries, then the maker's name, then the place's own directory.
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    let (maker, place) = (50, 62);
    exif.extend(entry(0x010f, 2, 12, [0, 0, 0, maker]));
    exif.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    exif.extend(entry(0x8825, 4, 1, [0, 0, 0, place]));
    exif.extend([0; 4]);
    exif.extend(b"ACME Phone\0\0");
    exif.extend([0, 1]);
    exif.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    exif.extend([0; 4]);
    exif
}

fn photographed(orientation: u8) -> Vec<u8> {
    let image = two_halves(80, 40);
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 95);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.encode_image(&image).unwrap();
    assert!(
        holds(&file, b"ACME"),
        "the test's own photo names its maker"
    );
    file
}

fn holds(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|bytes| bytes == part)
}

/// The colour at a place, in shares of the width and the height.
fn seen(photo: &Photo, across: f32, down: f32) -> [u8; 3] {
    let image = image::load_from_memory_with_format(&photo.jpeg, ImageFormat::Jpeg).unwrap();
    let image = image.into_rgb8();
    assert_eq!(image.dimensions(), (photo.width, photo.height));
    let at = |side: u32, share: f32| (side as f32 * share) as u32;
    let (x, y) = (at(image.width(), across), at(image.height(), down));
    image.get_pixel(x, y).0
}

fn is_red([red, _, blue]: [u8; 3]) -> bool {
    red > 150 && blue < 90
}

fn is_blue([red, _, blue]: [u8; 3]) -> bool {
    blue > 150 && red < 90
}

#[test]
fn a_photo_stands_as_it_was_taken() {
    let upright = read(&photographed(1)).unwrap();
    assert_eq!((upright.width, upright.height), (80, 40));
    assert!(is_red(seen(&upright, 0.2, 0.5)) && is_blue(seen(&upright, 0.8, 0.5)));

    // Held upright, as most are: what the sensor has at its left is at the top.
    let turned = read(&photographed(6)).unwrap();
    assert_eq!((turned.width, turned.height), (40, 80));
    assert!(is_red(seen(&turned, 0.5, 0.2)) && is_blue(seen(&turned, 0.5, 0.8)));

    let over = read(&photographed(3)).unwrap();
    assert!(is_blue(seen(&over, 0.2, 0.5)) && is_red(seen(&over, 0.8, 0.5)));
}

#[test]
fn nothing_but_pixels_is_kept() {
    let kept = read(&photographed(6)).unwrap().jpeg;
    for part in [&b"ACME"[..], b"Exif", b"MM\0\x2a", b"http"] {
        assert!(!holds(&kept, part), "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn what_can_be_looked_through_lies_on_white() {
    let glass = RgbaImage::from_pixel(60, 60, Rgba([0, 0, 0, 0]));
    let photo = read(&file(glass, ImageFormat::Png)).unwrap();
    assert!(seen(&photo, 0.5, 0.5).iter().all(|part| *part > 250));
    let half = RgbaImage::from_pixel(60, 60, Rgba([0, 0, 0, 128]));
    let photo = read(&file(half, ImageFormat::WebP)).unwrap();
    assert!(
        seen(&photo, 0.5, 0.5)
            .iter()
            .all(|part| (120..136).contains(part))
    );
}

#[test]
fn every_format_of_phones_is_read_and_bounded() {
    let image = two_halves(3000, 1500);
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = read(&file(image.clone(), format)).unwrap();
        assert_eq!((photo.width, photo.height), (SIDE, SIDE / 2), "{format:?}");
        assert!(is_red(seen(&photo, 0.2, 0.5)) && is_blue(seen(&photo, 0.8, 0.5)));
    }
}

#[test]
fn what_is_no_photo_is_refused_by_what_it_is() {
    for kind in [b"heic", b"heix", b"mif1", b"avif"] {
        let heic = [&b"\0\0\0\x18ftyp"[..], kind, b"\0\0\0\0"].concat();
        assert_eq!(read(&heic), Err(Refused::Heic));
    }
    for other in [
        &b""[..],
        b"hello",
        b"%PDF-1.7",
        b"GIF89a\x01\0\x01\0",
        b"\0\0\0\x18ftypisom",
    ] {
        assert_eq!(read(other), Err(Refused::NotAPhoto), "{other:?}");
    }
    assert_eq!(read(&vec![0; MOST_BYTES + 1]), Err(Refused::TooLarge));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(two_halves(64, 64), format);
        assert_eq!(read(&whole[..40]), Err(Refused::Damaged), "{format:?}");
    }
}

/// A picture of one colour, whose file is a thousandth of what it unpacks into.
fn bomb(side: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    let row = vec![0; side.div_ceil(8) as usize];
    let mut lines = writer.stream_writer().unwrap();
    for _ in 0..side {
        std::io::Write::write_all(&mut lines, &row).unwrap();
    }
    lines.finish().unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn what_unpacks_into_too_much_is_refused_before_it_does() {
    let bomb = bomb(20_000);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    assert_eq!(read(&bomb), Err(Refused::TooManyPixels));
}

#[test]
fn a_process_of_its_own_reads_the_same() {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let file = photographed(6);
    assert_eq!(take_in(file.clone()), read(&file));
    for (other, why) in [
        (b"hello".to_vec(), Refused::NotAPhoto),
        (bomb(20_000), Refused::TooManyPixels),
        (file[..60].to_vec(), Refused::Damaged),
        (vec![0; MOST_BYTES + 1], Refused::TooLarge),
    ] {
        assert_eq!(take_in(other), Err(why));
    }
}

#[test]
fn a_photo_is_made_as_large_as_paper_needs_and_no_larger() {
    let kept = read(&file(two_halves(1600, 400), ImageFormat::Jpeg)).unwrap();
    assert_eq!(size(&kept.jpeg), Some((1600, 400)));
    let small = shrink(&kept.jpeg, 800).unwrap();
    assert_eq!(size(&small), Some((800, 200)));
    assert!(small.len() < kept.jpeg.len());
    // One that is small enough stays what it is, and what is none is none.
    assert_eq!(shrink(&kept.jpeg, 1600), None);
    assert_eq!(shrink(b"hello", 800), None);
    assert_eq!(size(b"hello"), None);
}
