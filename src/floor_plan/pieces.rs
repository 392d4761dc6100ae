//! A drawing as shapes, each in one paint.

use resvg::tiny_skia::{FillRule, Mask, Path as Outline, PathSegment, Rect, Stroke, Transform};
use resvg::usvg::{Color, Group, Node, Paint, Path, Tree};

/// From this value on in every channel, a colour is that of paper.
const PAPER: u8 = 248;
/// From this value on it is nearly so: a faint grid on paper, or lines for a dark ground.
const PALE: u8 = 236;
/// How far the channels of a bright colour lie apart that is meant for a dark ground, such as
/// yellow.
const GAUDY: u8 = 160;
/// From this brightness on, in thousandths, such a colour cannot be told from paper at a distance.
const BRIGHT: u32 = 700;

/// All shapes of a drawing that is drawn at this scale.
pub(super) fn of(tree: &Tree, scale: f32) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    collect(tree.root(), false, &mut pieces);
    let to_pixels = Transform::from_scale(scale, scale);
    for piece in &mut pieces {
        piece.transform = piece.transform.post_concat(to_pixels);
    }
    pieces
}

/// How a paint looks on paper.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    /// As something darker.
    Ink,
    /// Hardly.
    Pale,
    /// Not at all.
    Paper,
}

/// A shape in one paint.
pub(super) struct Piece<'t> {
    pub path: &'t Path,
    /// None for the inside.
    pub stroke: Option<Stroke>,
    /// From its own units to pixels.
    pub transform: Transform,
    pub shade: Shade,
    /// Whether it is part of a word.
    pub letters: bool,
}

fn collect<'t>(group: &'t Group, letters: bool, pieces: &mut Vec<Piece<'t>>) {
    if group.opacity().get() == 0.0 {
        return;
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, letters, pieces),
            Node::Text(text) => collect(text.flattened(), true, pieces),
            Node::Path(path) if path.is_visible() => of_path(path, letters, pieces),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn of_path<'t>(path: &'t Path, letters: bool, pieces: &mut Vec<Piece<'t>>) {
    let mut add = |stroke: Option<Stroke>, shade| {
        pieces.push(Piece {
            path,
            stroke,
            transform: path.abs_transform(),
            shade,
            letters,
        });
    };
    if let Some(fill) = path.fill().filter(|fill| fill.opacity().get() > 0.0) {
        add(None, shade(fill.paint(), letters));
    }
    let stroke = path.stroke().filter(|one| one.opacity().get() > 0.0);
    // White around letters is a rim that sets them off.
    let rim = |shade| letters && shade != Shade::Ink;
    if let Some(stroke) = stroke.filter(|one| !rim(shade(one.paint(), true))) {
        add(Some(stroke.to_tiny_skia()), shade(stroke.paint(), true));
    }
}

/// The shade of an area, or of a line or letter.
fn shade(paint: &Paint, line: bool) -> Shade {
    let Paint::Color(colour) = paint else {
        return Shade::Ink;
    };
    match colour.red.min(colour.green).min(colour.blue) {
        PAPER.. => Shade::Paper,
        PALE.. => Shade::Pale,
        _ if line && is_gaudy(*colour) => Shade::Paper,
        _ => Shade::Ink,
    }
}

/// Whether it is a bright yellow, green or blue, as lines on a black screen have.
fn is_gaudy(Color { red, green, blue }: Color) -> bool {
    let spread = red.max(green).max(blue) - red.min(green).min(blue);
    let brightness = 213 * u32::from(red) + 715 * u32::from(green) + 72 * u32::from(blue);
    spread >= GAUDY && brightness >= BRIGHT * 255
}

impl Piece<'_> {
    /// Where it is, in pixels.
    pub(super) fn bounds(&self) -> Option<Rect> {
        let bounds = match self.stroke {
            Some(_) => self.path.stroke_bounding_box(),
            None => self.path.bounding_box(),
        };
        bounds.transform(self.transform)
    }

    /// How much of it there is to see, in pixels: the length of a line, half the outline of an
    /// area, and the sides of a word.
    pub(super) fn length(&self) -> f32 {
        if self.letters {
            let bounds = self.bounds();
            return bounds.map_or(0.0, |bounds| bounds.width() + bounds.height());
        }
        let share = match (&self.stroke, self.path.stroke()) {
            (Some(_), _) => 1.0,
            // It is seen by its outline, which counts by itself.
            (None, Some(_)) => return 0.0,
            (None, None) => 0.5,
        };
        share * length(self.path.data(), self.transform)
    }

    /// What it covers of a part of the picture; a line has the width of a pixel at least.
    pub(super) fn mask(&self, corner: (usize, usize), size: (u32, u32)) -> Option<Mask> {
        self.mask_of(self.stroke.as_ref(), corner, size)
    }

    /// What its inside covers, or a `stroke` along its outline.
    pub(super) fn mask_of(
        &self,
        stroke: Option<&Stroke>,
        corner: (usize, usize),
        (width, height): (u32, u32),
    ) -> Option<Mask> {
        let mut mask = Mask::new(width, height)?;
        let place = Transform::from_translate(-(corner.0 as f32), -(corner.1 as f32));
        let transform = self.transform.post_concat(place);
        cover(&mut mask, self.path, stroke, transform)?;
        Some(mask)
    }
}

/// Fills `mask` with the inside of `path`, or with its `stroke`, which is at least a pixel wide.
pub(super) fn cover(
    mask: &mut Mask,
    path: &Path,
    stroke: Option<&Stroke>,
    transform: Transform,
) -> Option<()> {
    let Some(stroke) = stroke else {
        mask.fill_path(path.data(), rule(path), true, transform);
        return Some(());
    };
    let (across, down) = transform.get_scale();
    let scale = across.max(down);
    let stroke = Stroke {
        width: stroke.width.max(1.0 / scale.max(f32::MIN_POSITIVE)),
        ..stroke.clone()
    };
    let dashed = stroke
        .dash
        .as_ref()
        .and_then(|dash| path.data().dash(dash, scale));
    let line: &Outline = dashed.as_ref().unwrap_or(path.data());
    let outline = line.stroke(&stroke, scale)?;
    mask.fill_path(&outline, FillRule::Winding, true, transform);
    Some(())
}

/// What is inside of it.
pub(super) fn rule(path: &Path) -> FillRule {
    use resvg::usvg::FillRule::{EvenOdd, NonZero};
    match path.fill().map_or(NonZero, resvg::usvg::Fill::rule) {
        NonZero => FillRule::Winding,
        EvenOdd => FillRule::EvenOdd,
    }
}

fn length(path: &Outline, transform: Transform) -> f32 {
    let moved = path.clone().transform(transform);
    let (mut all, mut at) = (0.0, None);
    let mut first = None;
    for segment in moved.iter().flat_map(Outline::segments) {
        let to = match segment {
            PathSegment::MoveTo(to) => {
                (first, at) = (Some(to), Some(to));
                continue;
            }
            PathSegment::LineTo(to)
            | PathSegment::QuadTo(_, to)
            | PathSegment::CubicTo(_, _, to) => Some(to),
            PathSegment::Close => first,
        };
        if let (Some(from), Some(to)) = (at, to) {
            all += (to - from).length();
        }
        at = to;
    }
    all
}
