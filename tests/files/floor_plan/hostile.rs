//! Drawings that ask for too much: time, memory, depth.

use lobby_kiosk::config::fault::Problem;

use super::{load_bytes, problem, svg};

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
fn patterns(levels: usize, styled: bool) -> String {
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
    if styled {
        let rules: String = (0..=levels)
            .map(|level| format!(".a{level}{{fill:url(\"#p{level}\")}}"))
            .collect();
        for level in 0..=levels {
            all = all.replace(
                &format!("fill=\"url(#p{level})\""),
                &format!("class=\"x a{level}\""),
            );
        }
        all += &format!("<style>{rules}</style>");
    }
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
        ("patterns", patterns(9, false)),
        ("patterns by a style sheet", patterns(9, true)),
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
        let found = problem(drawing.as_bytes());
        assert!(
            matches!(found, Problem::TooIntricate | Problem::NotAPicture(_)),
            "{name}: {found:?}"
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
