//! Lines that would be thinner than an eye sees: drawing programs give widths in metres, or none
//! at all for the thinnest that a plotter can draw.

use std::ops::Range;

use resvg::tiny_skia::Transform;
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};
use resvg::usvg::{Group, Node as Drawn, Options, Tree, WriteOptions};

use super::render_cost::MOST_ELEMENTS;

/// The least width of a line, in pixels.
const LEAST: f32 = 0.75;

/// The drawing with lines that can be seen at this `scale`; none where all of its lines can. Its
/// words have become shapes.
pub(super) fn widened(tree: &Tree, scale: f32, options: &Options<'_>) -> Option<Tree> {
    if !has_thin(tree.root(), scale) {
        return None;
    }
    // The library's own plain form: every width stands with its line, and every scale with its
    // group.
    let text = tree.to_string(&WriteOptions::default());
    let parsing = ParsingOptions {
        nodes_limit: MOST_ELEMENTS * 4,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&text, parsing).ok()?;
    let mut widths = Vec::new();
    collect(document.root_element(), scale, &mut widths);
    let (mut out, mut end) = (String::with_capacity(text.len() * 2), 0);
    for (range, width) in widths {
        out.push_str(text.get(end..range.start)?);
        out.push_str(&format!(" stroke-width=\"{width}\""));
        end = range.end;
    }
    out.push_str(text.get(end..)?);
    Tree::from_str(&out, options).ok()
}

fn has_thin(group: &Group, scale: f32) -> bool {
    group.children().iter().any(|node| match node {
        Drawn::Group(inner) => has_thin(inner, scale),
        Drawn::Path(path) => path.stroke().is_some_and(|stroke| {
            let (across, down) = path.abs_transform().get_scale();
            path.is_visible() && stroke.width().get() * across.max(down) * scale < LEAST
        }),
        Drawn::Text(_) | Drawn::Image(_) => false,
    })
}

/// What takes the place of which part of the text: the width of each line that is too thin.
fn collect(node: Node<'_, '_>, scale: f32, widths: &mut Vec<(Range<usize>, f32)>) {
    // What is drawn elsewhere has its scale from there.
    if node.tag_name().name() == "defs" {
        return;
    }
    let scale = scale * node.attribute("transform").map_or(1.0, scale_of);
    let is_line = node.tag_name().name() == "path" && node.has_attribute("stroke");
    let written = node.attributes().find(|one| one.name() == "stroke-width");
    let width = written.map_or(Some(1.0), |one| one.value().parse::<f32>().ok());
    if width.is_some_and(|width| is_line && scale > 0.0 && width * scale < LEAST) {
        let name = node.range().start + "<path".len();
        let place = written.map_or(name..name, |one| {
            // The space before it goes with it.
            one.range().start - 1..one.range().end
        });
        widths.push((place, LEAST / scale));
    }
    for child in node.children().filter(Node::is_element) {
        collect(child, scale, widths);
    }
}

/// The scale of a matrix as the library writes it.
fn scale_of(transform: &str) -> f32 {
    let numbers = transform
        .trim_start_matches("matrix(")
        .trim_end_matches(')');
    let numbers: Vec<f32> = numbers
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    let &[sx, ky, kx, sy, tx, ty] = numbers.as_slice() else {
        return 1.0;
    };
    let (across, down) = Transform::from_row(sx, ky, kx, sy, tx, ty).get_scale();
    across.max(down)
}
