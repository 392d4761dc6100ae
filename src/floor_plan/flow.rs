//! Text that flows into a shape, an element that drawing programs write and that never became
//! part of SVG: it is set as lines of ordinary text.

use std::ops::Range;

use resvg::usvg::roxmltree::{Document, Node};

/// The usual size of letters, in pixels.
pub(super) const USUAL_SIZE: f32 = 16.0;
/// From one line to the next, in sizes of a letter.
pub(super) const LINE: f32 = 1.25;
/// The width of a letter that is no Chinese character, in sizes of a letter.
const NARROW: f32 = 0.6;

/// `text` with lines in the place of text that flows; none where there is none.
pub(super) fn set(text: &str, document: &Document<'_>) -> Option<String> {
    let flows = document.descendants().filter(|node| is(*node, "flowRoot"));
    in_place(text, flows.map(|flow| (flow.range(), flow)), lines)
}

/// `text` with what `set` makes of each node in the place of its range; none where there are no
/// nodes. What lies within the one before is left out.
pub(super) fn in_place<'a, 'i: 'a>(
    text: &str,
    nodes: impl Iterator<Item = (Range<usize>, Node<'a, 'i>)>,
    set: impl Fn(&str, Node<'a, 'i>) -> Option<String>,
) -> Option<String> {
    let mut out = String::new();
    let mut end = 0;
    for (range, node) in nodes {
        if range.start < end {
            continue;
        }
        out.push_str(text.get(end..range.start)?);
        out.push_str(&set(text, node)?);
        end = range.end;
    }
    if end == 0 {
        return None;
    }
    out.push_str(text.get(end..)?);
    Some(out)
}

/// The shape that is filled.
struct Region {
    x: f32,
    y: f32,
    width: f32,
    transform: String,
}

fn lines(text: &str, flow: Node<'_, '_>) -> Option<String> {
    let region = region(flow);
    let prefix = text
        .get(flow.range())?
        .strip_prefix('<')?
        .split("flowRoot")
        .next()?;
    let mut baseline = region.y;
    let mut spans = String::new();
    for paragraph in flow.descendants().filter(|node| is(*node, "flowPara")) {
        let size = size(paragraph);
        let all: String = paragraph
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect();
        let attributes = attributes(text, paragraph);
        for line in wrapped(&all, region.width / size) {
            baseline += if baseline > region.y {
                LINE * size
            } else {
                size
            };
            let (x, line) = (region.x, escaped(&line));
            spans += &format!(
                "<{prefix}tspan x=\"{x}\" y=\"{baseline}\"{attributes}>{line}</{prefix}tspan>"
            );
        }
    }
    Some(format!(
        "<{prefix}g{}><{prefix}text{}>{spans}</{prefix}text></{prefix}g>",
        attributes(text, flow),
        region.transform
    ))
}

pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

/// What the element itself says of its style.
pub(super) fn style<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute("style")?.split(';').find_map(|one| {
        let (property, value) = one.split_once(':')?;
        (property.trim() == name).then_some(value.trim())
    })
}

/// The attributes as they stand in the file.
fn attributes(text: &str, node: Node<'_, '_>) -> String {
    node.attributes()
        .filter(|one| !["x", "y"].contains(&one.name()))
        .filter_map(|one| text.get(one.range()))
        .map(|one| [" ", one].concat())
        .collect()
}

fn region(flow: Node<'_, '_>) -> Region {
    let shape = flow
        .descendants()
        .find(|node| is(*node, "flowRegion"))
        .and_then(|region| {
            region
                .descendants()
                .find(|node| is(*node, "rect") || is(*node, "path"))
        });
    let number = |name| {
        let value = shape.and_then(|shape| shape.attribute(name));
        value.and_then(leading)
    };
    let path: Vec<f32> = shape
        .and_then(|shape| shape.attribute("d"))
        .unwrap_or_default()
        .split(|c: char| !(c.is_ascii_digit() || ".-+e".contains(c)))
        .filter_map(|number| number.parse().ok())
        .take(2)
        .collect();
    let transform = shape.and_then(|shape| shape.attribute("transform"));
    Region {
        x: number("x").or(path.first().copied()).unwrap_or(0.0),
        y: number("y").or(path.get(1).copied()).unwrap_or(0.0),
        // Of other shapes only the corner is known: their lines are not broken.
        width: number("width").unwrap_or(f32::INFINITY),
        transform: transform.map_or(String::new(), |value| {
            format!(" transform=\"{}\"", escaped(value))
        }),
    }
}

/// The size of its letters, in pixels, its own or of what is around it.
fn size(node: Node<'_, '_>) -> f32 {
    let named =
        |node: Node<'_, '_>| leading(style(node, "font-size").or(node.attribute("font-size"))?);
    let size = node.ancestors().find_map(named);
    size.filter(|size| *size > 0.0).unwrap_or(USUAL_SIZE)
}

/// The number that a length begins with, in pixels.
pub(super) fn leading(value: &str) -> Option<f32> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || ".-+".contains(c)));
    let (number, unit) = value.split_at(end.unwrap_or(value.len()));
    let unit = match unit.trim() {
        "pt" => 4.0 / 3.0,
        "mm" => 96.0 / 25.4,
        "em" => USUAL_SIZE,
        _ => 1.0,
    };
    number.parse::<f32>().ok().map(|number| number * unit)
}

/// Lines of at most `width`, in sizes of a letter.
pub(super) fn wrapped(text: &str, width: f32) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in words(text.trim()) {
        let length: f32 = word
            .chars()
            .map(|c| if c < '\u{2e80}' { NARROW } else { 1.0 })
            .sum();
        if used + length > width && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
            used = 0.0;
        }
        line.push_str(word);
        used += length;
    }
    lines.push(line.trim().to_owned());
    lines
}

/// What is not broken: a word with the space after it, or a Chinese character.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| c.is_whitespace() || c >= '\u{2e80}')
}

/// `text` as it is written between tags and quotation marks.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
