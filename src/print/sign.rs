//! The safety signs as paths, read from the same files that the screens show.

use std::sync::{Arc, LazyLock};

use resvg::usvg::tiny_skia_path::{Path, Transform};
use resvg::usvg::{Fill, FillRule, Group, Node, Options, Paint, Tree};

use super::sheet::Colour;

/// A safety sign after ISO 7010.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// E001: emergency exit.
    Exit,
    /// E007: assembly point.
    Assembly,
}

/// A filled outline.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// In the units of its sign.
    pub path: Path,
    pub colour: Colour,
    pub even_odd: bool,
    /// What of it is seen; all, where there is none.
    pub clip: Option<Arc<Path>>,
}

/// A sign's shapes, the lowest first.
#[derive(Debug, Default)]
pub(super) struct Art {
    /// The length of a side in the units of the shapes.
    pub side: f32,
    pub shapes: Vec<Shape>,
}

static EXIT: LazyLock<Art> = LazyLock::new(|| read(include_str!("../../ui/signs/e001-exit.svg")));
static ASSEMBLY: LazyLock<Art> =
    LazyLock::new(|| read(include_str!("../../ui/signs/e007-assembly.svg")));

/// The shapes of a sign.
pub(super) fn art(sign: Sign) -> &'static Art {
    match sign {
        Sign::Exit => &EXIT,
        Sign::Assembly => &ASSEMBLY,
    }
}

fn read(svg: &str) -> Art {
    // The files are built in, and a test sees that both are drawn.
    let Ok(tree) = Tree::from_str(svg, &Options::default()) else {
        return Art::default();
    };
    let mut shapes = Vec::new();
    collect(tree.root(), None, &mut shapes);
    Art {
        side: tree.size().width(),
        shapes,
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
            // The signs have neither words nor pictures in them.
            Node::Path(_) | Node::Text(_) | Node::Image(_) => {}
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

/// The outline of a clip, which in the signs is a single one.
fn first_path(group: &Group) -> Option<Path> {
    group.children().iter().find_map(|node| match node {
        Node::Path(path) => path.data().clone().transform(path.abs_transform()),
        Node::Group(group) => first_path(group),
        Node::Text(_) | Node::Image(_) => None,
    })
}

/// From the units of a sign to where it stands on the sheet.
pub(super) fn placed(art: &Art, left: f32, top: f32, side: f32) -> Transform {
    let scale = side / art.side.max(1.0);
    Transform::from_row(scale, 0.0, 0.0, scale, left, top)
}
