//! What an SVG would cost, found before the cost is incurred: a few lines can ask for more memory
//! than the machine has.

use resvg::tiny_skia::Transform;
use resvg::usvg::roxmltree::Document;
use resvg::usvg::{ClipPath, Group, Mask, Node as Drawn, Paint, Tree};

use crate::config::fault::Problem;

/// The most elements, each counted as often as it is used.
pub(super) const MOST_ELEMENTS: u32 = 200_000;
/// How deep elements may be nested, uses included.
const MOST_DEPTH: u32 = 100;
/// The most bytes of a document type. Those of drawing programs have one or two thousand.
const MOST_DTD_BYTES: usize = 4096;
/// The most uses of what a document type abbreviates.
const MOST_ABBREVIATIONS: usize = 64;
/// The most pixels of all layers that exist at the same time, at four bytes each.
const MOST_LAYER_PIXELS: f32 = 50_000_000.0;
/// The most operations of one filter, each of which keeps its result.
const MOST_FILTER_STEPS: usize = 12;

/// What has been counted so far.
#[derive(Default)]
pub(super) struct RenderCost {
    elements: u32,
}

type Weighed = Result<(), Problem>;

fn allow(allowed: bool) -> Weighed {
    if allowed {
        Ok(())
    } else {
        Err(Problem::TooIntricate)
    }
}

impl RenderCost {
    /// Weighs the document type: abbreviations of abbreviations grow without end.
    pub(super) fn of_text(text: &str) -> Weighed {
        let Some(begin) = text.find("<!DOCTYPE") else {
            return Ok(());
        };
        let (dtd, rest) = text[begin..].split_at(dtd_length(&text[begin..]));
        if !dtd.contains("<!ENTITY") {
            return Ok(());
        }
        let signs = ["amp;", "lt;", "gt;", "quot;", "apos;", "#"];
        let abbreviations = rest
            .split('&')
            .skip(1)
            .filter(|after| !signs.iter().any(|sign| after.starts_with(sign)))
            .count();
        allow(dtd.len() <= MOST_DTD_BYTES && abbreviations <= MOST_ABBREVIATIONS)
    }

    /// Weighs the elements as they stand in the file, before references multiply them.
    pub(super) fn of_elements(document: &Document<'_>) -> Weighed {
        let count = super::count::elements(document, MOST_ELEMENTS, MOST_DEPTH);
        allow(count.is_some())
    }

    /// Weighs what is about to be drawn at this `scale` on a picture of `size`.
    pub(super) fn of_drawing(tree: &Tree, scale: f32, size: (u32, u32)) -> Weighed {
        for filter in tree.filters() {
            allow(filter.primitives().len() <= MOST_FILTER_STEPS)?;
        }
        // Layers reach beyond the picture; the library cuts them to five times its sides.
        let most = size.0 as f32 * size.1 as f32 * 25.0;
        let place = Place {
            scale,
            most,
            layers: 0.0,
            depth: 0,
        };
        Self::default().group(tree.root(), place)
    }

    fn group(&mut self, group: &Group, mut place: Place) -> Weighed {
        place.depth += 1;
        allow(place.depth <= MOST_DEPTH * 2)?;
        if group.should_isolate() {
            let area = group.abs_layer_bounding_box();
            let copies = 1.0
                + f32::from(group.mask().is_some() || group.clip_path().is_some())
                + group
                    .filters()
                    .iter()
                    .map(|one| one.primitives().len() as f32 + 1.0)
                    .fold(0.0, f32::max);
            place.layer(area.width(), area.height(), copies)?;
        }
        let within = place.scaled(group.abs_transform());
        if let Some(mask) = group.mask() {
            self.mask(mask, within)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip, within)?;
        }
        for node in group.children() {
            self.elements += 1;
            allow(self.elements <= MOST_ELEMENTS)?;
            match node {
                Drawn::Group(inner) => self.group(inner, place)?,
                Drawn::Text(text) => self.group(text.flattened(), place)?,
                Drawn::Path(path) => {
                    let paints = [
                        path.fill().map(|fill| fill.paint()),
                        path.stroke().map(|stroke| stroke.paint()),
                    ];
                    for paint in paints.into_iter().flatten() {
                        self.paint(paint, place.scaled(path.abs_transform()))?;
                    }
                }
                Drawn::Image(_) => {}
            }
        }
        Ok(())
    }

    /// A pattern is drawn anew for every shape that is filled with it, and can hold such shapes.
    fn paint(&mut self, paint: &Paint, place: Place) -> Weighed {
        let Paint::Pattern(pattern) = paint else {
            return Ok(());
        };
        let mut place = place.scaled(pattern.transform());
        // The library does not cut a pattern to the picture.
        place.most = f32::INFINITY;
        place.layer(pattern.rect().width(), pattern.rect().height(), 1.0)?;
        self.group(pattern.root(), place)
    }

    fn mask(&mut self, mask: &Mask, mut place: Place) -> Weighed {
        place.depth += 1;
        allow(place.depth <= MOST_DEPTH)?;
        if let Some(inner) = mask.mask() {
            self.mask(inner, place)?;
        }
        self.group(mask.root(), place)
    }

    fn clip(&mut self, clip: &ClipPath, mut place: Place) -> Weighed {
        place.depth += 1;
        allow(place.depth <= MOST_DEPTH)?;
        if let Some(inner) = clip.clip_path() {
            self.clip(inner, place)?;
        }
        self.group(clip.root(), place.scaled(clip.transform()))
    }
}

/// What a part of the drawing is drawn in.
#[derive(Clone, Copy)]
struct Place {
    /// Pixels for one unit of its parent's drawing.
    scale: f32,
    /// The most pixels of one layer.
    most: f32,
    /// The pixels of the layers around it.
    layers: f32,
    depth: u32,
}

impl Place {
    fn scaled(mut self, transform: Transform) -> Self {
        let (x, y) = transform.get_scale();
        self.scale *= x.max(y);
        self
    }

    /// One more layer of this width and height.
    fn layer(&mut self, width: f32, height: f32, copies: f32) -> Weighed {
        let pixels = (width * self.scale + 4.0) * (height * self.scale + 4.0);
        self.layers += pixels.min(self.most) * copies;
        allow(self.layers <= MOST_LAYER_PIXELS)
    }
}

/// The length of the document type that `text` begins with.
fn dtd_length(text: &str) -> usize {
    let (mut quote, mut inside) = (None, false);
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => inside = true,
            (None, ']') => inside = false,
            (None, '>') if !inside => return at + 1,
            (None, '<') if text[at..].starts_with("<!--") => {
                let length = text[at..].find("-->").unwrap_or(text.len() - at);
                while rest.offset() < at + length && rest.next().is_some() {}
            }
            (None, _) => {}
        }
    }
    text.len()
}
