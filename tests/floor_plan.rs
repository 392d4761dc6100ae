//! A branch's own floor plan: what is shown, and what is refused with a word on what to do.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lobby_kiosk::domain::fault::{Fault, Problem};
use lobby_kiosk::floor_plan::{
    MOST_BYTES, MOST_PIXELS, MOST_SIDE, Picture, SAMPLE_HERE, load, sample,
};
use lobby_kiosk::i18n::faults;
use png::{BitDepth, ColorType, Encoder};
use tempfile::TempDir;

const WITHIN: (u32, u32) = (1200, 800);
const WHITE: [u8; 3] = [255; 3];

/// A file with this content.
fn file(name: &str, content: &[u8]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, content).unwrap();
    (dir, path)
}

fn load_bytes(content: &[u8]) -> Result<Picture, Fault> {
    let (_dir, path) = file("plan", content);
    let picture = load(&path, WITHIN);
    if let Ok(picture) = &picture {
        let pixels = picture.width as usize * picture.height as usize;
        assert_eq!(picture.rgba.len(), pixels * 4);
        assert!(picture.width <= WITHIN.0 && picture.height <= WITHIN.1);
        assert!(picture.rgba.chunks(4).all(|pixel| pixel[3] == 255));
    }
    picture
}

fn problem(content: &[u8]) -> Problem {
    load_bytes(content).unwrap_err().problem
}

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"120\" height=\"80\">{inside}</svg>"
    )
}

fn at(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let start = (y * picture.width + x) as usize * 4;
    picture.rgba[start..start + 3].try_into().unwrap()
}

fn is_blank(picture: &Picture) -> bool {
    picture.rgba.iter().all(|value| *value == 255)
}

/// A PNG of the given kind with these bytes for its lines.
fn encode(size: (u32, u32), kind: ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(kind);
    encoder.set_depth(depth);
    if kind == ColorType::Indexed {
        encoder.set_palette(vec![255, 255, 255, 200, 0, 0, 0, 0, 200]);
        encoder.set_trns(vec![255, 255, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn every_kind_of_png_is_composed_on_white() {
    use BitDepth::{Eight, One, Sixteen};
    use ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let red = [200, 0, 0];
    // Two pixels beside each other in each kind, and what they are on white.
    let cases: [(ColorType, BitDepth, &[u8], [[u8; 3]; 2]); 9] = [
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

#[test]
fn a_file_of_twenty_megabytes_is_not_read() {
    let mut bytes = encode((1, 1), ColorType::Grayscale, BitDepth::Eight, &[0]);
    bytes.resize(20 * 1024 * 1024, 0);
    let most = MOST_BYTES;
    assert_eq!(problem(&bytes), Problem::TooLarge { most });
    bytes.truncate(most);
    assert!(
        load_bytes(&bytes).is_ok(),
        "what follows the picture is its own business"
    );
}

#[test]
fn what_is_no_picture_is_named() {
    let png = encode((64, 64), ColorType::Rgb, BitDepth::Eight, &[7; 64 * 64 * 3]);
    let half = &png[..png.len() - 30];
    let cases: [(&[u8], &str); 12] = [
        (b"", "0 bytes"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"%PDF-1.7", "PDF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"\x1f\x8b\x08", "SVGZ"),
        (b"AC1032", "DWG"),
        (b"hello", "?"),
        (b"<!DOCTYPE html><html></html>", "<html>"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"", ""),
        (b"\x89PNG\r\n\x1a\n", ""),
        (half, ""),
    ];
    for (content, words) in cases {
        let found = problem(content);
        let Problem::NotAPicture(said) = &found else {
            panic!("{found:?}");
        };
        assert!(said.contains(words) && !said.is_empty(), "{said}");
        for lang in ["zh_CN", "en"] {
            let told = faults::problem(lang, &found);
            assert!(told.contains("PNG") && told.contains("SVG"), "{told}");
        }
    }
    for length in 1..png.len() - 12 {
        assert!(
            matches!(problem(&png[..length]), Problem::NotAPicture(_)),
            "{length}"
        );
    }
}

#[test]
fn a_broken_svg_names_its_line() {
    let fault =
        load_bytes(b"<svg xmlns=\"http://www.w3.org/2000/svg\">\n<rect>\n</svg>").unwrap_err();
    assert_eq!(fault.line, Some(3), "{fault:?}");
    assert!(fault.file.ends_with("plan"));
    assert_eq!(problem(b"<svg>\xff\xfe</svg>"), Problem::NotUtf8);
}

#[test]
fn a_missing_file_a_folder_and_a_pipe_are_faults() {
    let dir = tempfile::tempdir().unwrap();
    let missing = load(&dir.path().join("none.png"), WITHIN).unwrap_err();
    assert_eq!(missing.problem, Problem::NotFound);
    let folder = load(dir.path(), WITHIN).unwrap_err();
    assert!(matches!(folder.problem, Problem::Unreadable(_)));
    if Path::new("/dev/zero").exists() {
        let device = load(Path::new("/dev/zero"), WITHIN).unwrap_err();
        assert!(matches!(device.problem, Problem::Unreadable(_)));
    }
}

#[test]
fn the_content_decides_and_not_the_name() {
    let drawing = svg("<rect width=\"60\" height=\"80\" fill=\"#c80000\"/>");
    let (_dir, path) = file("plan.png", format!("\u{feff}\n {drawing}").as_bytes());
    let picture = load(&path, WITHIN).unwrap();
    assert_eq!(
        (picture.width, picture.height),
        (1200, 800),
        "drawn as large as fits"
    );
    assert_eq!(at(&picture, 100, 400), [200, 0, 0]);
    assert_eq!(at(&picture, 900, 400), WHITE);
}

#[test]
fn a_picture_has_the_size_asked_for_within_reason() {
    let (_dir, path) = file(
        "plan.svg",
        svg("<rect width=\"9\" height=\"9\"/>").as_bytes(),
    );
    for (within, size) in [
        ((0, 0), (1, 1)),
        ((300, 1000), (300, 200)),
        ((u32::MAX, u32::MAX), (MOST_SIDE, 2731)),
    ] {
        let picture = load(&path, within).unwrap();
        assert_eq!((picture.width, picture.height), size);
    }
}

#[test]
fn text_is_drawn_whatever_font_it_names() {
    let text = |family: &str| {
        svg(&format!(
            "<text x=\"10\" y=\"50\" font-size=\"30\" {family}>出口</text>"
        ))
    };
    let plain = load_bytes(text("").as_bytes()).unwrap();
    assert!(!is_blank(&plain), "no text at all");
    for family in [
        "font-family=\"Comic Sans MS\"",
        "font-family=\"SimSun, serif\" font-weight=\"700\"",
        "style=\"font-family:'微软雅黑';font-style:italic\"",
    ] {
        let other = load_bytes(text(family).as_bytes()).unwrap();
        assert!(other == plain, "{family}");
    }
}

#[test]
fn pictures_inside_and_outside_are_never_followed() {
    let dot = encode((1, 1), ColorType::Grayscale, BitDepth::Eight, &[0]);
    let (dir, dot_path) = file("dot.png", &dot);
    let data = "data:image/png;base64,iVBORw0KGgo=";
    let fill = "<filter id=\"f\"><feImage href=\"file:///etc/passwd\"/></filter>\
                <rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>";
    let image = |href: &str| {
        svg(&format!(
            "<image xlink:href=\"{href}\" width=\"9\" height=\"9\"/>"
        ))
    };
    let hrefs = [
        image(dot_path.to_str().unwrap()),
        image("dot.png"),
        image("https://example.com/plan.png"),
        image(data),
        svg(fill),
    ];
    for drawing in hrefs {
        let path = dir.path().join("plan.svg");
        fs::write(&path, &drawing).unwrap();
        let fault = load(&path, WITHIN).unwrap_err();
        assert_eq!(fault.problem, Problem::PictureInside, "{drawing}");
    }
    // What is not drawn is left out: there is no other file to take it from.
    let rest = "<rect width=\"9\" height=\"9\"/>";
    for beyond in [
        "<use href=\"other.svg#a\"/>",
        "<style>@import url('https://example.com/a.css');</style>",
        "<style>@font-face { font-family: a; src: url('file:///etc/passwd') }</style>",
        "<?xml-stylesheet href=\"file:///etc/passwd\"?>",
        "<script href=\"https://example.com/a.js\">while (true) {}</script>",
    ] {
        let with = load_bytes(svg(&[beyond, rest].concat()).as_bytes()).unwrap();
        assert!(
            with == load_bytes(svg(rest).as_bytes()).unwrap(),
            "{beyond}"
        );
    }
}

#[test]
fn what_drawing_programs_write_is_understood() {
    let illustrator = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
        <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/svg11.dtd\" [\n\
        <!-- a > in a comment -->\n<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n]>\n\
        <svg xmlns=\"&ns_svg;\" viewBox=\"0 0 120 80\"><rect width=\"60\" height=\"80\"/>\
        <text>A &amp; B</text></svg>";
    assert!(!is_blank(&load_bytes(illustrator.as_bytes()).unwrap()));
    let many: String = (0..20_000)
        .map(|n| {
            format!(
                "<path d=\"M{} {} l1 1\" stroke=\"#000\"/>",
                n % 120,
                n / 120 % 80
            )
        })
        .collect();
    assert!(
        !is_blank(&load_bytes(svg(&many).as_bytes()).unwrap()),
        "a plan from a CAD program"
    );
    let hatch = "<pattern id=\"p\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">\
        <path d=\"M0 0 L4 4\" stroke=\"#000\"/></pattern>\
        <g opacity=\".5\"><rect width=\"120\" height=\"80\" fill=\"url(#p)\"/></g>";
    assert!(!is_blank(&load_bytes(svg(hatch).as_bytes()).unwrap()));
}

/// Elements that each use the one before ten times.
fn bomb(levels: usize) -> String {
    let mut all = "<g id=\"l0\"><rect width=\"1\" height=\"1\"/></g>".to_owned();
    for level in 1..=levels {
        let uses = format!("<use href=\"#l{}\"/>", level - 1).repeat(10);
        all += &format!("<g id=\"l{level}\">{uses}</g>");
    }
    svg(&all)
}

fn nested(open: &str, depth: usize) -> String {
    svg(&[
        open.repeat(depth).as_str(),
        "<rect width=\"120\" height=\"80\"/>",
        "</g>".repeat(depth).as_str(),
    ]
    .concat())
}

/// Patterns, each filled with squares of the one before.
fn patterns(levels: usize) -> String {
    let mut all = "<pattern id=\"p0\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">\
        <rect width=\"3\" height=\"3\"/></pattern>"
        .to_owned();
    for level in 1..=levels {
        let squares = format!(
            "<rect width=\"99\" height=\"99\" fill=\"url(#p{})\"/>",
            level - 1
        );
        all += &format!(
            "<pattern id=\"p{level}\" width=\"99\" height=\"99\" patternUnits=\"userSpaceOnUse\">{}</pattern>",
            squares.repeat(10)
        );
    }
    all += &format!("<rect width=\"99\" height=\"99\" fill=\"url(#p{levels})\"/>");
    svg(&all)
}

#[test]
fn hostile_drawings_end_in_a_fault_and_soon() {
    let laughs = {
        let mut dtd = "<!ENTITY l0 \"ha\">".to_owned();
        for level in 1..12 {
            dtd += &format!(
                "<!ENTITY l{level} \"{}\">",
                format!("&l{};", level - 1).repeat(10)
            );
        }
        format!("<!DOCTYPE svg [{dtd}]>{}", svg("<text>&l11;</text>"))
    };
    let quadratic = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{}\">]>{}",
        "a".repeat(3_000_000),
        svg(&format!("<text>{}</text>", "&a;".repeat(100_000)))
    );
    let markers = svg(&format!(
        "<marker id=\"m\" markerWidth=\"9\" markerHeight=\"9\">{}</marker>\
         <path marker-mid=\"url(#m)\" d=\"M0 0h{}\"/>",
        "<rect width=\"1\" height=\"1\"/>".repeat(100),
        "1 ".repeat(500_000)
    ));
    let filter = |steps: &str, count: usize| {
        svg(&format!(
            "<filter id=\"f\">{}</filter><rect width=\"120\" height=\"80\" filter=\"url(#f)\"/>",
            steps.repeat(count)
        ))
    };
    let cases = [
        ("uses", bomb(9)),
        ("uses of uses", bomb(90)),
        (
            "itself",
            svg("<g id=\"a\"><use href=\"#a\"/><use href=\"#a\"/></g>"),
        ),
        ("deep", nested("<g>", 100_000)),
        ("deep enough for the library", nested("<g>", 900)),
        ("layers", nested("<g opacity=\".9\">", 90)),
        ("patterns", patterns(9)),
        (
            "a huge pattern",
            svg(
                "<pattern id=\"p\" width=\"30000\" height=\"30000\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"9\" height=\"9\"/></pattern><rect width=\"99\" height=\"99\" fill=\"url(#p)\"/>",
            ),
        ),
        ("entities", laughs),
        ("long entities", quadratic),
        ("markers", markers),
        (
            "filter",
            filter("<feGaussianBlur stdDeviation=\"2\"/>", 1000),
        ),
        ("elements", svg(&"<g/>".repeat(500_000))),
    ];
    for (name, drawing) in cases {
        let begun = Instant::now();
        let found = problem(drawing.as_bytes());
        assert!(
            matches!(found, Problem::TooIntricate | Problem::NotAPicture(_)),
            "{name}: {found:?}"
        );
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_drawing_that_takes_too_long_is_given_up() {
    let noise = "<filter id=\"f\"><feTurbulence baseFrequency=\"9\" numOctaves=\"1000000\"/></filter>\
                 <rect width=\"120\" height=\"80\" filter=\"url(#f)\"/>";
    assert_eq!(problem(svg(noise).as_bytes()), Problem::TooIntricate);
}

#[test]
fn absurd_sizes_are_no_harm() {
    let sized = |attributes: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}><rect width=\"9\" height=\"9\"/></svg>"
        )
    };
    for attributes in [
        "",
        "width=\"0\" height=\"0\"",
        "width=\"-5\" height=\"5\"",
        "width=\"1e30\" height=\"1e30\"",
        "width=\"1e-30\" height=\"1e-30\"",
        "width=\"1e38\" height=\"1e-38\"",
        "width=\"NaN\" height=\"inf\"",
        "width=\"100%\" height=\"100%\"",
        "viewBox=\"0 0 1e-30 1e30\"",
        "viewBox=\"0 0 0 0\"",
        "width=\"2000000000\" height=\"1\" viewBox=\"0 0 1 1\"",
    ] {
        if let Err(fault) = load_bytes(sized(attributes).as_bytes()) {
            assert!(
                matches!(
                    fault.problem,
                    Problem::NotAPicture(_) | Problem::TooIntricate
                ),
                "{attributes}: {fault:?}"
            );
        }
    }
    assert!(
        matches!(problem(svg("").as_bytes()), Problem::NotAPicture(_)),
        "nothing in it"
    );
}

#[test]
fn the_sample_is_whole_and_says_that_it_is_one() {
    let picture = sample(WITHIN);
    assert_eq!((picture.width, picture.height), WITHIN);
    let count = |picture: &Picture, (left, right): (u32, u32), (top, bottom): (u32, u32)| {
        (top..bottom)
            .flat_map(|y| (left..right).map(move |x| (x, y)))
            .filter(|(x, y)| at(picture, *x, *y).iter().all(|value| *value < 100))
            .count()
    };
    // Dark on the yellow banner is only its text: Chinese in the first line, English below.
    assert!(
        count(&picture, (300, 900), (4, 44)) > 2000,
        "the Chinese banner"
    );
    assert!(
        count(&picture, (300, 900), (46, 80)) > 1500,
        "the English banner"
    );
    assert!(
        count(&picture, (140, 240), (236, 270)) > 300,
        "the name of a room"
    );
    let greens = picture
        .rgba
        .chunks(4)
        .filter(|pixel| pixel[..3] == [20, 128, 74]);
    assert!(greens.count() > 10_000, "arrows, exits and assembly point");
    // The mark for the tablet goes on free floor.
    let (x, y) = (u32::from(SAMPLE_HERE.0) * 12, u32::from(SAMPLE_HERE.1) * 8);
    for (dx, dy) in [(0, 0), (30, 0), (0, 30)] {
        assert_eq!(at(&picture, x + dx, y + dy), WHITE);
        assert_eq!(at(&picture, x - dx, y - dy), WHITE);
    }
    let small = sample((600, 600));
    assert_eq!((small.width, small.height), (600, 400));
}
