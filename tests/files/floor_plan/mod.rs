//! A branch's own floor plan: what is shown, and what is refused with a word on what to do.

mod hostile;
mod png_files;
mod unseen;

use std::fs;
use std::path::{Path, PathBuf};

use lobby_kiosk::config::fault::{Fault, Problem};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::floor_plan::{self, MOST_BYTES, MOST_SIDE, Picture, Reading, SAMPLE_HERE, sample};
use lobby_kiosk::helper;
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

/// Reads a file as the kiosk does, in a process of the real program.
fn read(path: &Path, within: (u32, u32)) -> Result<Reading, Fault> {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    floor_plan::load(path, &[within])
}

fn load(path: &Path, within: (u32, u32)) -> Result<Picture, Fault> {
    read(path, within).map(|reading| reading.pictures.into_iter().next().unwrap())
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
        for lang in [&Lang::ZH_CN, &Lang::EN] {
            let told = faults::problem(lang, &found);
            assert!(told.contains("PNG") && told.contains("SVG"), "{told}");
        }
    }
    for length in (1..png.len() - 40).step_by(61) {
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

/// What is said of a picture that can be drawn.
fn remarks(content: &[u8]) -> Vec<Problem> {
    let (_dir, path) = file("plan", content);
    let faults = read(&path, WITHIN).unwrap().faults;
    faults.into_iter().map(|fault| fault.problem).collect()
}

#[test]
fn a_picture_of_one_colour_is_named() {
    let one = |colour: &str| {
        vec![Problem::OneColour {
            colour: colour.to_owned(),
        }]
    };
    let rect = |fill: &str| {
        svg(&format!(
            "<rect width=\"120\" height=\"80\" fill=\"{fill}\"/>"
        ))
    };
    assert_eq!(remarks(rect("#fff").as_bytes()), one("#ffffff"));
    assert_eq!(remarks(rect("#000").as_bytes()), one("#000000"));
    let nearly = "<rect width=\"60\" height=\"40\" fill=\"#f4f4f4\"/>";
    assert_eq!(
        remarks(svg(nearly).as_bytes()),
        one("#ffffff"),
        "too faint to see"
    );
    let drawn = "<path d=\"M9 9H99\" stroke=\"#000\"/>";
    assert_eq!(remarks(svg(drawn).as_bytes()), []);
    let png = encode((40, 40), ColorType::Grayscale, BitDepth::Eight, &[9; 1600]);
    assert_eq!(remarks(&png), one("#090909"));
}

#[test]
fn a_letter_that_no_typeface_has_is_drawn_as_a_box() {
    let text = |letters: &str| {
        let inside = format!("<text x=\"10\" y=\"50\" font-size=\"30\">{letters}</text>");
        load_bytes(svg(&inside).as_bytes()).unwrap()
    };
    assert!(text("出口\u{1f6aa}") == text("出口□"));
    assert!(!is_blank(&text("སྒོ")), "another script than Chinese");
}

#[test]
fn white_lines_on_nothing_are_drawn_dark() {
    let line = |width: &str| {
        svg(&format!(
            "<rect x=\"10\" y=\"10\" width=\"100\" height=\"60\" fill=\"none\" stroke=\"#fff\" \
             stroke-width=\"{width}\"/>"
        ))
    };
    for width in ["1", "0.005"] {
        let picture = load_bytes(line(width).as_bytes()).unwrap();
        let dark = |x| at(&picture, x, 400)[0] < 120;
        assert!((90..=110).any(dark), "the wall to the left, {width}");
        assert_eq!(at(&picture, 600, 400), WHITE, "the room, {width}");
        assert_eq!(remarks(line(width).as_bytes()), [], "{width}");
    }
    let sheet = "<rect width=\"120\" height=\"80\" fill=\"#fff\"/>";
    let unseen = [sheet, &line("1")].concat();
    assert_eq!(
        remarks(svg(&unseen).as_bytes()).len(),
        1,
        "white on white is nothing"
    );
}

#[test]
fn text_that_flows_into_a_shape_is_drawn_as_lines() {
    let flow = "<flowRoot style=\"font-size:20px\"><flowRegion><rect x=\"9\" y=\"10\" \
        width=\"90\" height=\"40\"/></flowRegion><flowPara>安全出口 EXIT A</flowPara></flowRoot>";
    let lines = "<text font-size=\"20\"><tspan x=\"9\" y=\"30\">安全出口</tspan>\
        <tspan x=\"9\" y=\"55\">EXIT A</tspan></text>";
    let drawn = load_bytes(svg(flow).as_bytes()).unwrap();
    assert!(drawn == load_bytes(svg(lines).as_bytes()).unwrap());
    assert!(!is_blank(&drawn));
}

#[test]
fn every_usual_encoding_is_read() {
    let plan = |name: &str| {
        let inside = svg("<text x=\"9\" y=\"50\" font-size=\"20\">安全出口</text>");
        format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{inside}")
    };
    let expected = load_bytes(plan("UTF-8").as_bytes()).unwrap();
    let wide = |bytes: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        let text = [mark, &plan("UTF-16")].concat();
        text.encode_utf16().flat_map(bytes).collect()
    };
    for mark in [true, false] {
        for bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            assert!(
                load_bytes(&wide(bytes, mark)).unwrap() == expected,
                "{mark}"
            );
        }
    }
    for name in ["GBK", "GB18030", "gb2312", "UTF-8"] {
        let text = plan(name);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert!(load_bytes(&bytes).unwrap() == expected, "{name}");
    }
}

#[test]
fn newer_style_sheets_have_their_light_values() {
    let red = load_bytes(svg("<rect width=\"60\" height=\"80\" fill=\"#c80000\"/>").as_bytes());
    let red = red.unwrap();
    for drawing in [
        "<rect width=\"60\" height=\"80\" style=\"fill: light-dark(rgb(200, 0, 0), var(--d, #121212))\"/>",
        "<rect width=\"60\" height=\"80\" fill=\"var(--none, light-dark(#c80000, #fff))\"/>",
        "<style>:root { --wall: #c80000 } rect { fill: var(--wall) }</style>\
         <rect width=\"60\" height=\"80\"/>",
    ] {
        assert!(
            load_bytes(svg(drawing).as_bytes()).unwrap() == red,
            "{drawing}"
        );
    }
    for rules in [
        ":root { --wall: #c80000 } @media (prefers-color-scheme: dark) { :root { --wall: #eee } }",
        "@media (prefers-color-scheme: dark) { :root { --wall: #eee } } :root { --wall: #c80000 }",
        "/* in { the night */ :root { --wall: #c80000 } [data-theme=\"dark\"] { --wall: #eee }",
        ".dark { --wall: #eee } svg { --wall: #00f } svg, svg.light { --wall: #c80000 }",
        ":root:not(.light) { --wall: #eee } @media screen { rect { --wall: #c80000 } }",
        ":root { --wall: #c80000 } @media print { :root { --wall: #000 } }",
    ] {
        let drawing = format!(
            "<style><![CDATA[{rules} rect {{ fill: var(--wall) }}]]></style>\
             <rect width=\"60\" height=\"80\"/>"
        );
        assert!(
            load_bytes(svg(&drawing).as_bytes()).unwrap() == red,
            "{rules}"
        );
    }
    let endless = "<style>svg { --a: var(--b) var(--b); --b: var(--a) var(--a) }</style>\
        <rect width=\"60\" height=\"80\" fill=\"var(--a)\"/>";
    assert!(load_bytes(svg(endless).as_bytes()).is_ok());
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
