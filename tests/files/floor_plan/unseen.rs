//! Plans that come out black, blank or without their words, and what is said of them.

use lobby_kiosk::config::fault::Problem;

use super::{at, is_blank, load_bytes, remarks};

/// A plan of 400 × 300.
fn plan(inside: &str) -> String {
    sized(400, 300, inside)
}

fn sized(width: u32, height: u32, inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"{width}\" height=\"{height}\">{inside}</svg>"
    )
}

/// The walls of a branch and a word.
fn walls(colour: &str) -> String {
    format!(
        "<g fill=\"none\" stroke=\"{colour}\"><rect x=\"10\" y=\"10\" width=\"380\" \
         height=\"280\" stroke-width=\"3\"/><path d=\"M100 10V200M200 290V100\" \
         stroke-width=\"2\"/></g><text x=\"50\" y=\"80\" font-size=\"24\" \
         fill=\"{colour}\">安全出口 EXIT</text>"
    )
}

fn said(drawing: &str) -> Vec<Problem> {
    remarks(drawing.as_bytes())
}

fn is_one_colour(problems: &[Problem]) -> bool {
    matches!(problems.first(), Some(Problem::OneColour { .. }))
}

fn names(problems: &[Problem], name: &str) -> bool {
    let named = |one: &Problem| match one {
        Problem::NotDrawn { what } => what.contains(name),
        Problem::WordsUnseen { words } => words.contains(name),
        _ => false,
    };
    problems.iter().any(named)
}

#[test]
fn a_black_sheet_is_named_in_every_size() {
    for (width, height) in [(400, 300), (800, 600), (1000, 700), (297, 210), (1, 3)] {
        let sheet = format!("<rect width=\"{width}\" height=\"{height}\"/>");
        let problems = said(&sized(width, height, &sheet));
        assert!(is_one_colour(&problems), "{width}×{height}: {problems:?}");
    }
}

#[test]
fn black_with_a_white_margin_is_named() {
    let word = "<text x=\"30\" y=\"80\" font-size=\"24\">出口</text>";
    for margin in [1, 5, 15, 25] {
        let (width, height) = (400 - 2 * margin, 300 - 2 * margin);
        let room = format!(
            "<rect x=\"{margin}\" y=\"{margin}\" width=\"{width}\" height=\"{height}\"/>{word}"
        );
        let problems = said(&plan(&room));
        assert!(is_one_colour(&problems), "{margin}: {problems:?}");
    }
    let dark = [
        "<rect width=\"400\" height=\"300\" fill=\"#101010\"/>",
        &walls("#181818"),
    ];
    assert!(
        is_one_colour(&said(&plan(&dark.concat()))),
        "hardly lighter lines"
    );
}

#[test]
fn a_plan_with_lines_to_be_seen_has_no_fault() {
    let dark = "<rect width=\"400\" height=\"300\" fill=\"#101820\"/>";
    for drawing in [
        walls("black"),
        walls("#c80000"),
        [dark, &walls("white")].concat(),
        [dark, &walls("#ffd200")].concat(),
        "<path d=\"M9 9H390V290\" fill=\"none\" stroke=\"#000\" stroke-width=\".5\"/>".to_owned(),
    ] {
        assert_eq!(said(&plan(&drawing)), [], "{drawing}");
    }
}

#[test]
fn white_lines_within_a_dark_frame_are_drawn_dark() {
    for inset in [0.5, 8.0] {
        let (width, height) = (400.0 - 2.0 * inset, 300.0 - 2.0 * inset);
        let frame = format!(
            "<rect x=\"{inset}\" y=\"{inset}\" width=\"{width}\" height=\"{height}\" \
             fill=\"none\" stroke=\"black\"/>"
        );
        let drawing = plan(&[frame, walls("white")].concat());
        let picture = load_bytes(drawing.as_bytes()).unwrap();
        let dark = |x| at(&picture, x, 400)[0] < 120;
        assert!((263..=270).any(dark), "a wall, {inset}");
        assert!((0..=28).any(dark), "the frame, {inset}");
        assert_eq!(said(&drawing), [], "{inset}");
    }
}

#[test]
fn style_that_is_not_read_is_named() {
    let room = "<rect class=\"a\" x=\"150\" y=\"150\" width=\"80\" height=\"80\"/>";
    let styled = |rules: &str| format!("<style>{rules}</style>");
    for (beyond, name) in [
        (styled("@import url('a.css'); .a { fill: none }"), "@import"),
        (styled("@layer a { rect { fill: none } }"), "@layer a"),
        (
            styled("@supports (fill: red) { rect { fill: none } }"),
            "@supports",
        ),
        (
            styled("@media screen { rect { fill: none } }"),
            "@media screen",
        ),
        (styled(":is(rect, path) { fill: none }"), ":is("),
        (styled(".g { &amp; rect { fill: none } }"), "& rect"),
        (styled(".a { fill: oklch(1 0 0) }"), "oklch("),
        (
            "<?xml-stylesheet href=\"a.css\"?>".to_owned(),
            "xml-stylesheet",
        ),
        (
            "<path d=\"M9 9H99\" stroke=\"color-mix(in srgb, red, blue)\"/>".to_owned(),
            "color-mix(",
        ),
        (
            "<path d=\"M9 9H99\" style=\"stroke:lab(20% 0 0)\"/>".to_owned(),
            "lab(",
        ),
        (
            "<path d=\"M9 9H99\" stroke=\"var(--nothing)\"/>".to_owned(),
            "var(--nothing)",
        ),
        (
            "<path d=\"M9 9H99\" stroke=\"url(#nothing)\"/>".to_owned(),
            "url(#nothing)",
        ),
        (styled(".a { stroke: url('#nothing') }"), "url(#nothing)"),
        (
            "<switch><text systemLanguage=\"de\">Ausgang</text></switch>".to_owned(),
            "<switch",
        ),
        ("<use href=\"#nothing\"/>".to_owned(), "#nothing"),
        (
            "<use xlink:href=\"other.svg#a\"/>".to_owned(),
            "other.svg#a",
        ),
    ] {
        let problems = said(&plan(&[walls("black"), beyond, room.to_owned()].concat()));
        assert!(names(&problems, name), "{name}: {problems:?}");
    }
    for harmless in [
        styled("@font-face { font-family: a } .a:hover { fill: red }"),
        styled("/* @layer */ @media (prefers-color-scheme: dark) { rect { fill: #eee } }"),
        styled("@media print { rect { fill: none } } @charset \"utf-8\"; .a { fill: red }"),
        styled(":root { --wall: #c80000 } .a { fill: var(--wall) }"),
        "<path d=\"M9 9H99\" stroke=\"url(#nothing) #000\"/>".to_owned(),
        "<defs><g id=\"b\"><path d=\"M9 9H99\"/></g></defs><use href=\"#b\"/>".to_owned(),
    ] {
        let drawing = [walls("black"), harmless, room.to_owned()].concat();
        assert_eq!(said(&plan(&drawing)), [], "{drawing}");
    }
}

/// A piece of a web page of 200 × 50 in the upper left.
fn page(attributes: &str, inside: &str) -> String {
    format!(
        "<foreignObject {attributes} requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\">\
         <div xmlns=\"http://www.w3.org/1999/xhtml\" {inside}</div></foreignObject>"
    )
}

#[test]
fn words_in_a_piece_of_a_web_page_are_drawn() {
    let placed = "x=\"20\" y=\"20\" width=\"200\" height=\"50\"";
    let plain = page(placed, ">安全出口");
    let paragraphs = page(
        placed,
        "style=\"font-size:24px\"><p>安全出口</p><p>EXIT</p>",
    );
    // As a diagram program centres words in a box of 118 from 100 on, around 60.
    let centred = page(
        "width=\"100%\" height=\"100%\" style=\"overflow: visible\"",
        "style=\"display: flex; align-items: unsafe center; justify-content: unsafe center; \
         width: 118px; height: 1px; padding-top: 60px; margin-left: 101px;\"><div \
         style=\"font-size: 0; text-align: center\"><div style=\"font-size: 12px; \
         color: light-dark(#000000, #ffffff)\">安全出口</div></div>",
    );
    let image = "<image x=\"100\" y=\"50\" width=\"9\" height=\"9\" \
        xlink:href=\"data:image/png;base64,iVBORw0KGgo=\"/>";
    let cut = "<text x=\"300\" y=\"280\" font-size=\"12\">安全...</text>";
    let walls = "<path d=\"M9 200H390\" stroke=\"#000\"/>";
    for (drawing, (left, right), (top, bottom)) in [
        (plain, (20, 220), (20, 70)),
        (paragraphs, (20, 220), (20, 90)),
        (
            format!("<switch>{centred}{image}</switch>"),
            (101, 219),
            (50, 70),
        ),
        (
            format!("<switch>{centred}{cut}</switch>"),
            (101, 219),
            (50, 70),
        ),
        (centred, (101, 219), (50, 70)),
    ] {
        let drawing = plan(&[walls, &drawing].concat());
        let picture = load_bytes(drawing.as_bytes()).unwrap();
        let scale = |value: u32| value * 8 / 3;
        let dark = |x, y| at(&picture, x, y)[0] < 120;
        let (mut inside, mut outside) = (0, 0);
        for y in 0..scale(190) {
            for x in 0..picture.width {
                let within = (scale(left)..scale(right)).contains(&x)
                    && (scale(top)..scale(bottom)).contains(&y);
                *(if within { &mut inside } else { &mut outside }) += u32::from(dark(x, y));
            }
        }
        assert!(
            inside > 200 && outside == 0,
            "{inside} {outside}: {drawing}"
        );
        assert_eq!(said(&drawing), [], "{drawing}");
    }
}

#[test]
fn what_is_no_words_in_a_piece_of_a_web_page_is_named() {
    let inside = page(
        "x=\"20\" y=\"20\" width=\"200\" height=\"50\"",
        "><img src=\"a.png\"/>",
    );
    let problems = said(&plan(&[walls("black"), inside].concat()));
    assert!(names(&problems, "<img>"), "{problems:?}");
}

#[test]
fn words_given_as_text_too_are_drawn_as_that() {
    let text = "<text x=\"30\" y=\"60\" font-size=\"20\">出口</text>";
    let both = plan(&format!("<switch>{}{text}</switch>", page("", ">出口")));
    assert!(load_bytes(both.as_bytes()).unwrap() == load_bytes(plan(text).as_bytes()).unwrap());
}

#[test]
fn words_that_nobody_sees_are_named() {
    let frame = "<rect x=\"5\" y=\"5\" width=\"390\" height=\"290\" fill=\"none\" stroke=\"#000\"/>\
        <path d=\"M100 10V200\" stroke=\"#000\"/><rect id=\"r\" x=\"300\" y=\"200\" width=\"80\" height=\"80\"/>";
    for words in [
        "<text x=\"3000\" y=\"80\" font-size=\"20\">安全出口</text>",
        "<text x=\"120\" y=\"80\" font-size=\"20\" fill=\"#fff\">安全出口</text>",
        "<text x=\"305\" y=\"250\" font-size=\"12\">安全出口</text>",
        "<text x=\"120\" y=\"80\" font-size=\"0.5\">安全出口</text>",
        "<text style=\"shape-inside:url(#r);font-size:20px\">安全出口</text>",
        "<text x=\"120\" y=\"80\">安全出口</text><rect x=\"110\" y=\"50\" width=\"90\" height=\"40\"/>",
    ] {
        let problems = said(&plan(&[frame, words].concat()));
        assert!(names(&problems, "安全出口"), "{words}: {problems:?}");
    }
    for seen in [
        "<text x=\"120\" y=\"80\" font-size=\"20\">安全出口</text>",
        "<text x=\"120\" y=\"80\" font-size=\"20\" fill=\"none\">安全出口</text>",
        "<text x=\"305\" y=\"250\" font-size=\"12\" fill=\"#fff\">安全出口</text>",
        "<text transform=\"translate(200 100) rotate(90)\" font-size=\"9\">l</text>",
    ] {
        assert_eq!(said(&plan(&[frame, seen].concat())), [], "{seen}");
    }
    assert!(!is_blank(&load_bytes(plan(frame).as_bytes()).unwrap()));
}

/// Six rooms as rectangles, each with its name.
fn rooms(fill: &str, words: &str, size: u32) -> String {
    let names = ["贵宾室", "柜台", "楼梯", "卫生间", "大厅", "自助区"];
    let places = (0..6).map(|at| (10 + at % 3 * 130, 10 + at / 3 * 145));
    let room = |((x, y), name): ((i32, i32), &str)| {
        format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"120\" height=\"135\" {fill}/><text x=\"{}\" \
             y=\"{}\" font-size=\"{size}\" {words}>{name}</text>",
            x + 20,
            y + 70
        )
    };
    places.zip(names).map(room).collect()
}

#[test]
fn words_of_the_colour_of_their_room_are_named() {
    let white = "<rect width=\"400\" height=\"300\" fill=\"#fff\"/>";
    for (ground, fill, words) in [
        ("", "", ""),
        ("", "fill=\"#000\"", "fill=\"#111\""),
        ("", "fill=\"#0b1a2a\"", "fill=\"#000080\""),
        (white, "fill=\"none\" stroke=\"#000\"", "fill=\"#ff0\""),
        (white, "fill=\"none\" stroke=\"#000\"", "fill=\"#fff\""),
        ("", "fill=\"#eef\" stroke=\"#000\"", "opacity=\".08\""),
        (
            "<clipPath id=\"c\"><path d=\"M0 0h1v1\"/></clipPath>",
            "fill=\"#fff\" stroke=\"#000\"",
            "clip-path=\"url(#c)\"",
        ),
    ] {
        let drawing = plan(&[ground, &rooms(fill, words, 20)].concat());
        let problems = said(&drawing);
        for name in ["贵宾室", "自助区"] {
            assert!(names(&problems, name), "{fill} {words}: {problems:?}");
        }
    }
}

#[test]
fn words_that_stand_out_from_their_room_are_not_named() {
    let rim = "stroke=\"#fff\" stroke-width=\"5\" paint-order=\"stroke\"";
    for (fill, words) in [
        ("fill=\"#000\"", "fill=\"#fff\""),
        ("fill=\"#0a8f3c\"", "fill=\"#d00000\""),
        ("fill=\"#222\"", rim),
        ("fill=\"none\" stroke=\"#000\"", rim),
        ("fill=\"none\" stroke=\"#000\"", "fill=\"#999\""),
        ("fill=\"#246\"", "fill=\"none\" stroke=\"#fff\""),
    ] {
        assert_eq!(said(&plan(&rooms(fill, words, 24))), [], "{fill} {words}");
    }
    let rims = "fill=\"#fff\" stroke=\"#fff\" stroke-width=\"5\"";
    let letters = "<text x=\"30\" y=\"80\" font-size=\"24\" @>贵宾室</text>";
    let twice = [
        "<rect width=\"200\" height=\"200\" fill=\"#222\"/>",
        &letters.replace('@', rims),
        &letters.replace('@', ""),
    ]
    .concat();
    assert_eq!(said(&plan(&twice)), [], "{twice}");
}

#[test]
fn words_are_named_where_most_are_too_small_for_the_sign() {
    let frame = "fill=\"none\" stroke=\"#000\"";
    let problems = said(&plan(&rooms(frame, "", 2)));
    assert!(names(&problems, "贵宾室"), "{problems:?}");
    let wide = sized(4000, 300, &rooms(frame, "", 15));
    assert!(names(&said(&wide), "贵宾室"), "a strip with tiny words");
    let print = "<text x=\"300\" y=\"298\" font-size=\"2\">比例 1:100</text>";
    let small_print = [&rooms(frame, "", 12), print].concat();
    assert_eq!(said(&plan(&small_print)), [], "small print");
}

/// A dark block with white words, in the lower right.
const TITLE: &str = "<g transform=\"translate(310 240)\"><rect width=\"84\" height=\"55\" \
    fill=\"#202020\"/><text x=\"5\" y=\"20\" font-size=\"12\" fill=\"#fff\">营业部</text>\
    <text x=\"5\" y=\"40\" font-size=\"12\" fill=\"#fff\">疏散图</text></g>";

#[test]
fn white_walls_beside_a_dark_title_block_are_drawn_dark() {
    let frame =
        "<rect x=\"2\" y=\"2\" width=\"396\" height=\"296\" fill=\"none\" stroke=\"#000\"/>";
    for (colour, around) in [("#fff", ""), ("#fff", frame), ("#f0f0f0", ""), ("#ff0", "")] {
        let drawing = plan(&[&walls(colour), TITLE, around].concat());
        let picture = load_bytes(drawing.as_bytes()).unwrap();
        let dark = |x, y| at(&picture, x, y).iter().min() < Some(&120);
        assert!((263..=270).any(|x| dark(x, 400)), "a wall, {colour}");
        let white = |x: u32| (640..790).any(|y| at(&picture, x, y)[0] > 200);
        assert!((840..900).any(white), "words in the block, {colour}");
        assert_eq!(said(&drawing), [], "{colour} {around}");
    }
}

#[test]
fn white_that_covers_or_parts_or_bears_something_stays_white() {
    let black = walls("black");
    let doors = "<path d=\"M100 60v40M10 200v40M200 220v30\" stroke=\"#fff\" stroke-width=\"8\"/>\
        <rect x=\"330\" y=\"6\" width=\"40\" height=\"8\" fill=\"#fff\"/>";
    let boxes = "<rect x=\"210\" y=\"20\" width=\"170\" height=\"60\" fill=\"#fff\"/>\
        <text x=\"220\" y=\"60\" font-size=\"24\">柜台</text>";
    let grid: String = (0..40)
        .map(|at| {
            format!(
                "<path d=\"M0 {0}H400M{0} 0V300\" stroke=\"#f2f2f2\"/>",
                at * 10
            )
        })
        .collect();
    let parted = rooms("fill=\"#cfd8dc\"", "fill=\"#222\"", 20)
        + "<path d=\"M135 5V290M265 5V290M5 150H395\" stroke=\"#fff\" stroke-width=\"8\"/>";
    let casing = [
        walls("#fff").replace("width=\"3\"", "width=\"14\""),
        black.clone(),
    ]
    .concat();
    for drawing in [
        [&black, doors].concat(),
        [&black, boxes].concat(),
        [&grid, black.as_str()].concat(),
        parted,
        casing,
    ] {
        let picture = load_bytes(plan(&drawing).as_bytes()).unwrap();
        let white = "<rect width=\"400\" height=\"300\" fill=\"#fff\"/>";
        // On a white sheet, nothing is taken for a line on nothing.
        let sheet = load_bytes(plan(&[white, &drawing].concat()).as_bytes()).unwrap();
        assert!(picture == sheet, "{drawing}");
        assert_eq!(said(&plan(&drawing)), [], "{drawing}");
    }
}

#[test]
fn walls_that_cannot_be_seen_beside_other_things_are_named() {
    let sheet = "<rect width=\"400\" height=\"300\" fill=\"#fff\"/>";
    for drawing in [
        [sheet, &walls("#fff"), TITLE].concat(),
        rooms("fill=\"#fff\"", "", 16),
    ] {
        let problems = said(&plan(&drawing));
        let found = problems.contains(&Problem::LinesUnseen);
        assert!(found, "{drawing}: {problems:?}");
    }
}

#[test]
fn lines_of_no_width_to_speak_of_are_drawn_so_that_they_are_seen() {
    let walls = "<g transform=\"scale(100)\"><path d=\"M10 10H390V290H10Z\" fill=\"none\" \
        stroke=\"#000\" @/></g><text x=\"5000\" y=\"8000\" font-size=\"2400\">安全出口</text>";
    for width in [
        "stroke-width=\"0.01\"",
        "stroke-width=\"0.00001\"",
        "style=\"stroke-width:.02\"",
    ] {
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40000 30000\">{}</svg>",
            walls.replace('@', width)
        );
        let picture = load_bytes(drawing.as_bytes()).unwrap();
        let darkest = (20..34).map(|x| at(&picture, x, 400)[0]).min();
        assert!(darkest < Some(180), "{width}: {darkest:?}");
        assert_eq!(said(&drawing), [], "{width}");
    }
}
