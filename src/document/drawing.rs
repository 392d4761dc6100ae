//! Drawings as filled outlines, which every kind of file can be made of.

use std::sync::Arc;

use resvg::usvg::tiny_skia_path::{Path, Transform};
use resvg::usvg::{Fill, FillRule, Group, Node, Options, Paint, Tree};

use super::colour::Colour;
use super::page::Area;
use crate::fonts;

/// A filled outline.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// In the units of its drawing.
    pub path: Path,
    pub colour: Colour,
    pub even_odd: bool,
    /// What of it is seen; all, where there is none.
    pub clip: Option<Arc<Path>>,
}

/// A drawing's shapes, the lowest first.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// Its width in the units of the shapes.
    pub width: f32,
    /// Its height in the same.
    pub height: f32,
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// Reads an SVG document of flat colours; none where it is no such thing. Its letters become
    /// outlines, in the program's own typefaces; what it takes from elsewhere, shades and
    /// half-transparent parts are none of a document's.
    pub(crate) fn read(svg: &str) -> Option<Self> {
        let options = Options {
            fontdb: fonts::database(),
            font_resolver: fonts::of_drawing(),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).ok()?;
        let mut shapes = Vec::new();
        collect(tree.root(), None, &mut shapes);
        Some(Self {
            width: tree.size().width(),
            height: tree.size().height(),
            shapes,
        })
    }

    /// From the units of the shapes to where the drawing stands on paper.
    pub(crate) fn placed(&self, area: &Area) -> Transform {
        let across = area.width / self.width.max(f32::MIN_POSITIVE);
        let down = area.height / self.height.max(f32::MIN_POSITIVE);
        Transform::from_row(across, 0.0, 0.0, down, area.left, area.top)
    }
}

fn collect(group: &Group, outer: Option<&Arc<Path>>, shapes: &mut Vec<Shape>) {
    if group.opacity().get() == 0.0 {
        return;
    }
    let own = group.clip_path().and_then(|clip| {
        let path = first_path(clip.root())?;
        let seen_from = group.abs_transform().pre_concat(clip.transform());
        path.transform(seen_from).map(Arc::new)
    });
    let clip = own.as_ref().or(outer);
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, clip, shapes),
            Node::Path(path) if path.is_visible() => {
                let at = path.abs_transform();
                let fill = path.fill().and_then(|fill| {
                    let whole = path.data().clone().transform(at)?;
                    shape(whole, fill.paint(), is_even_odd(fill), clip)
                });
                let stroke = path.stroke().and_then(|stroke| {
                    // Outlined at ten times its size, so that curves stay round.
                    let outline = path.data().stroke(&stroke.to_tiny_skia(), 10.0)?;
                    shape(outline.transform(at)?, stroke.paint(), false, clip)
                });
                shapes.extend(fill.into_iter().chain(stroke));
            }
            Node::Text(text) => collect(text.flattened(), clip, shapes),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn shape(path: Path, paint: &Paint, even_odd: bool, clip: Option<&Arc<Path>>) -> Option<Shape> {
    let Paint::Color(colour) = paint else {
        return None;
    };
    Some(Shape {
        path,
        colour: Colour(colour.red, colour.green, colour.blue),
        even_odd,
        clip: clip.cloned(),
    })
}

fn is_even_odd(fill: &Fill) -> bool {
    fill.rule() == FillRule::EvenOdd
}

/// The outline of a clip, which in plain drawings is a single one.
fn first_path(group: &Group) -> Option<Path> {
    group.children().iter().find_map(|node| match node {
        Node::Path(path) => path.data().clone().transform(path.abs_transform()),
        Node::Group(group) => first_path(group),
        Node::Text(_) | Node::Image(_) => None,
    })
}
